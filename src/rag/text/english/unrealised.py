"""Words behind which a sentence tells something only as planned, hoped, predicted, asked, tried or charged."""

from __future__ import annotations

UNREALISED_VERBS = (
    # plans
    r"(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|aim(?:s|ed|ing)?)"
    r" (?:(?:to|for|on|an?|the|h(?:is|er)|their|its|another)\b|(?=\w+ing\b))",
    r"(?:prepar(?:e|es|ed|ing)|(?:re)?schedul(?:e|es|ed|ing)|propos(?:e|es|ed|ing)|ready|due|poised)"
    r" (?:(?:to|for)\b|(?=\w+ing\b))",
    r"consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|mull(?:s|ed|ing)?|contemplat(?:e|es|ed|ing)|seek(?:s|ing)?|sought",
    r"(?:set|agree(?:s|d)?|decid(?:es?|ed)|opt(?:s|ed)?|move[sd]?|vote[sd]?|bids?) (?:to|against)\b",
    r"(?:ruled|argued) against",
    # promises and threats
    r"(?:promis(?:e|es|ed|ing)|pledg(?:e|es|ed|ing)|vow(?:s|ed|ing)?|threaten(?:s|ed|ing)?|offer(?:s|ed|ing)?)",
    r"(?:(?:put|push(?:es|ed)?) (?:off|back)|postpon(?:e|es|ed)|deferred|delayed) (?:to|until|till)\b",
    # hopes and wishes
    r"hop(?:es?|ed|ing)|wish(?:es|ed|ing)?|want(?:s|ed|ing)?|need(?:s|ed|ing)?|dream(?:s|ed|t|ing)?|aspir(?:e|es|ed|ing)",
    r"long(?:s|ed|ing)? for|eager|keen|reluctant|unwilling|willing",
    # predictions and beliefs
    r"predict(?:s|ed|ing)?|forecast(?:s|ing)?|project(?:s|ed)? (?:that|an?)\b|expect(?:s|ed|ing)?",
    r"anticipat(?:e|es|ed|ing)",
    r"fear(?:s|ed|ing)?|worr(?:y|ies|ied) (?:that|of|about)\b|speculat(?:e|es|ed|ing)|assum(?:e|es|ed|ing)",
    r"believ(?:e|es|ed|ing)|think(?:s|ing)?|thought|guess(?:es|ed)?|imagin(?:e|es|ed|ing)|jok(?:e|es|ed|ing)",
    r"pretend(?:s|ed|ing)?|(?:un)?likely",
    # requests
    r"urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on|upon)\b|ask(?:s|ed|ing)? (?:(?:\w+ ){0,5}?to|for|that|if)\b",
    r"request(?:s|ed|ing)?|demand(?:s|ed|ing)|(?<=[Tt]hey )demand",
    r"plead(?:s|ed|ing)? (?:for|with|to)\b|beg(?:s|ged|ging)?",
    r"(?:appeal|push|press)(?:s|es|ed|ing)? (?:for|to|\w+ to)\b|petition(?:s|ed|ing)?|pressur(?:es|ed|ing)",
    r"lobb(?:ies|ied|ying)|invit(?:e|es|ed|ing)|encourag(?:e|es|ed|ing)|recommend(?:s|ed|ing)?|advocat(?:e|es|ed|ing)",
    r"advis(?:e|es|ed)|rul(?:e|es|ed|ing) out",
    r"appl(?:y|ies|ied|ying) for\b|(?:fil|submitt?|lodg|hand)(?:e|es|ed|s|ing) (?:in )?(?=(?:\w+ ){0,3}?"
    r"(?:applications?|petitions?|requests?|appeals?|bids?|paperwork|(?:law)?suits?"
    r"|claims?|complaints?)\b)|su(?:e|es|ed|ing) (?:\w+ ){0,4}?for\b",
    # attempts
    r"(?:try|tries|tried|trying|attempt(?:s|ed|ing)?|fail(?:s|ed|ing)?|struggl(?:e|es|ed|ing)) to\b",
    r"(?:close|near|nearer|closer) to (?=\w+ing\b)|nearly|almost|prevent(?:s|ed|ing)?|avert(?:s|ed|ing)?",
    r"avoid(?:s|ed|ing)?|thwart(?:s|ed|ing)?|foil(?:s|ed|ing)?|without (?=\w+ing\b)|instead of|rather than",
    r"miss(?:es|ed|ing)?(?: out on)? (?=\w+ing\b)",
    # charges
    r"accus(?:e|es|ed|ing)|charg(?:e|es|ed|ing) (?:\w+ ){0,3}?(?:with|over)\b",
    r"suspect(?:s|ed|ing)? (?:of|that|\w+ of)\b",
    r"alleg(?:e|es|ed|ing)|indict(?:s|ed|ing)|acquitted|exonerated",
    r"clear(?:s|ed|ing)? (?:[^\s,;:]+ ){0,8}?of (?=\w+ing\b|(?:an?|any|all|the) )",
    r"(?:on|stands?|stood|face[sd]?|facing|awaiting|awaits?) trial",
    # conditions
    r"(?<!\w)(?<!.)Had\b",
)
"""Patterns of verbs and the like; what follows in their clause is told so. Example: "She plans a visit." """
UNREALISED_NOUNS = (
    r"(?:plan|intention|power|right|authority|proposal|preparation|decision|agreement|bill|measure|effort|resolution|motion|campaign|attempt"
    r"|failure|bid|promise|pledge|vow|threat|offer|hope|wish|dream|chance|opportunit(?:y|ie)|need|desire|ambition)s?"
    r" (?:to|for|of|that)\b",
    r"(?:prediction|forecast|expectation|prospect|possibilit(?:y|ie)|risk|fear|speculation|assumption|belief|warning"
    r"|call|request|demand|plea|appeal|petition|push|invitation|recommendation)s? (?:to|for|of|that)\b",
    r"(?:verge|brink|cusp|eve) of|short of|ahead of",
    r"(?:accusation|allegation|suspicion|charge|rumou?r)s? (?:of|that)\b|trial for",
)
"""Patterns of nouns; what follows up to the next finite verb is told so. Example: "Her hope of victory was gone." """
UNREALISED_BEHIND = (
    r"(?:is|are|was|were|be|been|being|remains?) (?:\w+ly )?(?:planned|scheduled|proposed|expected|anticipated|possible"
    r"|likely|unlikely|sought|demanded|requested|averted|prevented|avoided|foiled|feared|predicted|imminent|due|set)\b"
    r"(?! to\b)",
)
"""Patterns of words behind it. Example: "Her visit is planned for June." """
REALISING = frozenset(
    "managed forced compelled on began begun started continued went going came proceeded helped happened".split()
)
"""Words before "to" and a verb that tell that it was done. Example: "He was forced to resign." """
