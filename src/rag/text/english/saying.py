"""Verbs of saying, and words that ask for what someone said."""

from __future__ import annotations

from rag.text.english.calendar import WEEKDAYS
from rag.text.english.patterns import any_of, capitalised

_REPORTING = (
    "say says said|tell tells told|warn warns warned|argue argues argued|write writes wrote"
    "|explain explains explained|- notes noted|- states stated|insist insists insisted|- replies replied"
    "|stress stresses stressed|emphasise emphasises emphasised|emphasize emphasizes emphasized|- testifies testified"
    "|report reports reported|acknowledge acknowledges acknowledged|admit admits admitted"
    "|respond responds responded|suggest suggests suggested|maintain maintains maintained|contend contends contended"
    "|assert asserts asserted|complain complains complained|caution cautions cautioned|- observes observed"
)
_REPORTING_THAT = (
    "add adds added|claim claims claimed|announce announces announced|- denies denied|- reveals revealed"
    "|- confirms confirmed|estimate estimates estimated"
)
_QUOTING = (
    "ask asks asked|declare declares declared|tweet tweets tweeted|- - posted|recall recalls recalled"
    "|- continues continued|- concludes concluded|remark remarks remarked|comment comments commented"
    "|call calls called|describe describes described|- echoes echoed|urge urges urged|promise promises promised"
    "|vow vows vowed|predict predicts predicted|underline underlines underlined|criticize criticizes criticized"
    "|- answers answered|agree agrees agreed|disagree disagrees disagreed|joke jokes joked|shout shouts shouted"
    "|yell yells yelled|quip quips quipped|- repeats repeated|- boasts boasted|- laments lamented"
)


def _forms(table: str) -> tuple[str, ...]:
    """The forms of a table's verbs. A dash stands for a form that is not a sign of speech, such as "states"."""
    return tuple(form for verb in table.split("|") for form in verb.split() if form != "-")


REPORTING_FORMS = (*_forms(_REPORTING), *(f"{form} that" for form in _forms(_REPORTING_THAT)))
"""Verbs before reported speech, with or without quotation marks. Example: "Keller warned that it would rain." """
SAYING_FORMS = (*REPORTING_FORMS, *_forms(_REPORTING_THAT), *_forms(_QUOTING))
"""All verbs that introduce a quotation in quotation marks. Example: '“No,” recalled Keller.' """
OF_THINGS = frozenset("admits admitted announces announced declares declared reveals revealed tells told".split())
"""Verbs of saying behind which often stands what was done or who was told. Example: "He admitted his guilt." """
NO_SPEECH_BEHIND = ("for", "off", "on", "upon", "up")
"""Words behind which a verb of saying asks for something else. Example: "Who called for a strike?" """
SAYING_NOUNS = frozenset(
    "state states report reports note notes claim claims call calls comment comments remark remarks promise promises"
    " estimate estimates post posts vow vows tweet tweets joke jokes answer answers".split()
)
"""Forms of verbs of saying that are nouns as often. Example: "the police report" """
INTERVIEWED = frozenset("heard interviewed polled questioned quoted surveyed".split())
"""Participles for who was let speak. Example: "Who was interviewed about the flood?" """
SAYING_PARTICIPLES = tuple(
    "saying telling adding warning arguing writing explaining noting stating insisting stressing emphasising"
    " emphasizing acknowledging admitting calling describing claiming announcing tweeting declaring".split()
)
"""Participles of verbs of saying, after a comma. Example: "He denied it, adding that he was abroad." """
DENYING = (
    r"den(?:y|ies|ied|ying)",
    r"refut(?:e|es|ed|ing)",
    r"debunk(?:s|ed|ing)?",
    r"disput(?:e|es|ed|ing)",
    r"doubt(?:s|ed|ing)?",
    r"disprov(?:e|es|ed|ing)",
    r"discredit(?:s|ed|ing)?",
    r"disavow(?:s|ed|ing)?",
    r"falsely \w+",
    r"wrongly \w+",
    r"(?:mistaken|incorrect|erroneous|inaccurate)ly \w+",
    r"g(?:ive|ives|ave|iven|iving) (?:the|an?) (?:wrong|incorrect|inaccurate) \w+",
    r"allegedly",
    r"supposedly",
    r"purportedly",
    r"no (?:\w+ )?(?:evidence|proof|truth|sign|indication|suggestion|basis)",
    r"(?:is|was|are|were|remains?) unclear",
    r"rule[sd]? out",
    r"ruling out",
)
"""Patterns of words that deny or doubt what follows them. Example: "She denied that the dam had burst." """
DOUBTING = (
    r"allegedly|supposedly|purportedly|doubt\w*|(?:is|was|are|were|remains?) unclear"
    r"|no (?:\w+ )?(?:evidence|proof|sign|indication|suggestion)|rul(?:e|es|ed|ing) out"
)
"""A pattern of those that leave open whether it is so. Example: "He allegedly sold the mill." """
REJECTING = r"(?:reject|dismiss|contest|contradict|question|retract|withdr[ae]w|play(?:s|ed)? down)(?:s|ed|ing|n)?"
"""A pattern of verbs that deny the claim after them. Example: "She dismissed reports that the dam had burst." """
CLAIMS = (
    r"(?:claims?|reports?|rumou?rs?|allegations?|accusations?|suggestions?|speculation|assertions?|stor(?:y|ies)"
    r"|statements?|posts?|notion|idea|theor(?:y|ies)|accounts?|figures?|estimates?)"
)
"""A pattern of nouns for what is claimed. Example: "rumours that the dam had burst" """
DOUBTFUL_CLAIMS = (
    r"(?:the claims?|(?:a|the)? ?(?:rumou?rs?|myths?|hoax(?:es)?|lies?|conspiracy theor(?:y|ies)|misconceptions?))"
)
"""A pattern of nouns that cast doubt on the claim after them. Example: "the myth that the dam had burst" """
FALSE = (
    r"(?:false|untrue|not (?:true|correct|accurate|right)|wrong|incorrect|inaccurate|fake|baseless|unfounded"
    r"|groundless|fabricated|misleading|bogus|invented|made[ -]up|mistaken|premature|exaggerated|debunked|denied"
    r"|dismissed|rejected|unproven|unsubstantiated|discredited|retracted|nonsense|rubbish|fiction|lies"
    r"|an? (?:\w+ )?(?:lie|hoax|myth|fabrication|invention|fake|mistake|error|joke))"
)
"""A pattern of words that say that a claim is false. Example: "The reports were baseless." """
BELIEVING = r"think(?:s|ing)?|thought|believ(?:e|es|ed|ing)|assum(?:e|es|ed|ing)|suppos(?:e|es|ed|ing)"
"""A pattern of verbs whose content may be untrue. Example: "Some thought it had burst, but in fact it held." """
UNKNOWN = (
    r"investigat(?:e|es|ing)",
    r"(?:un|not |n[’']t |far from |never )(?:yet |immediately |entirely |quite )?(?:clear|known|certain)",
    r"(?:try|tries|trying|working|work|want|seek|seeking|hope|hoping) to "
    r"(?:determine|learn|establish|find out|figure out|understand|know)",
    r"ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|debat(?:e|es|ed|ing)",
    r"(?:not|n[’']t|never) (?:\w+ )?"
    r"(?:say|said|disclosed?|reveal(?:ed)?|identif(?:y|ied)|know|specif(?:y|ied)|tell|told)",
    r"(?:declin(?:ed|es|ing)|refus(?:ed|es|ing)|yet) to (?:say|disclose|reveal|identify|specify|tell)",
    r"(?:mystery|questions?) (?:of|about|over|as to)|no (?:idea|word on)",
)
"""Patterns of words before what nobody knows or says. Example: "It is not yet clear who paid." """
BEING = r"(?:is|are|was|were|be|been|being|prove[dns]?|proven|remains?|turn(?:s|ed)? out to be|as)"
"""A pattern of the verb before such a word. Example: "It turned out to be a hoax." """
STORIES = (
    r"(?:articles?|story|stories|reports?|pieces?|posts?|columns?|obituar(?:y|ies)|headlines?|captions?|pages?|graphics?"
    r"|charts?|maps?|interviews?|reviews?|paragraphs?)"
)
"""A pattern of nouns for what a newspaper publishes. Example: "This article was amended on 5 June." """
STATED = (
    r"(?:said|stated|reported|claimed|suggested|gave|given|listed|put|described|referred|identified|named|indicated"
    r"|implied|quoted|called|spelled|spelt|written|wrote|printed|showed|shown|attributed)"
)
"""A pattern of what an article did. Example: "The cost was given as 5 million in an earlier version." """
THIS_STORY = rf"(?:(?:this|our) {STORIES}|the (?:article|story|headline|caption))"
"""A pattern of the names that a newspaper gives its own article. Example: "This article was amended on 5 June." """
MISSTATED = (
    r"(?:mis-?(?:stat|report|spel|identif|nam|attribut|quot|dat|label|characteri[sz])"
    r"(?:e[sd]?|s|ed|led|t|ied|ies|l?ing|ying))"
)
"""A pattern of verbs for a mistake in words. Example: "The article misspelled the builder's name." """
_FINITE = (
    r"(?:said|stated|claimed|suggested|gave|listed|identified|indicated|implied|(?:\w+ly) (?:said|stated|gave|reported"
    rf"|listed|named|described|put|identified)|{MISSTATED})"
)
_TOLD = rf"(?=(?: that| which)?(?: had)?(?: \w+ly)?,? (?:{STATED}|{MISSTATED})\b)"
_VERSIONS = r"(?:\w+ )?(?:versions?|editions?|headlines?|captions?)"
EARLIER_VERSION = (
    rf"(?:(?:earlier|previous|prior|original|initial|preliminary|first) {_VERSIONS} of {THIS_STORY}"
    rf"|(?:earlier|previous|prior) {_VERSIONS} of an? (?:article|story){_TOLD}"
    rf"|(?:earlier|previous|prior) {_VERSIONS}(?=(?: that| which)?(?: had)? {_FINITE}\b)"
    rf"|{THIS_STORY}(?: had)? (?:originally|initially|previously|at first|first){_TOLD}"
    r"|^it(?: had)? (?:originally|initially|previously|at first) (?:stated|gave|listed|named|identified|spelled|spelt)"
    rf"|when (?:it was )?(?:first|originally|initially) published,? {THIS_STORY}{_TOLD}"
    rf"|{THIS_STORY} as (?:it was )?(?:first|originally|initially) published{_TOLD}"
    rf"|correct(?:s|ed|ing)(?: an?| the| our)?(?: \w+){{0,3}} {STORIES}\b[^.;]*? (?:that|which)(?: had)?(?: \w+ly)?"
    rf" {STATED})"
)
"""A pattern of what a correction calls the version that was wrong. Example: "An earlier version said it cost 5." """
AMENDED = (
    rf"{THIS_STORY} (?:was|has been|had been) (?:later |since )?"
    r"(?:amended|corrected|updated|edited|changed|revised|modified|clarified)"
)
"""A pattern of what says that an article was changed. Example: "This article was amended on 5 June." """
NOTES = r"(?:corrections?(?: and clarifications?)?|clarifications?|editor[’']?s[’']? note|for the record)"
"""A pattern of the label of a correction. Example: "Correction: the fee was 5 pounds." """
STATED_AS = (
    r"(?:given|listed|reported|described|stated|shown|printed|quoted|published|identified|named|spelled|spelt|put"
    r"|appear(?:s|ed))"
)
"""A pattern of verbs before what an article gave. Example: "The fee appeared in print as 5 crowns." """
STATED_BEFORE = (
    r"(?:(?:previously|originally)(?: been)? (?:listed|reported|stated)|previously(?: been)? given) as\b(?! an? gift\b)"
)
"""A pattern of what comes before a value that no longer holds. Example: "the fee, previously listed as 5 crowns" """
SHOULD_HAVE_SAID = r"should have (?:said|read|stated|reported|written)\b"
"""A pattern of what comes before the words that are right. Example: "We should have said that it cost 5." """
SOME_EDITIONS = r"in (?:some|early|earlier|certain|print) (?:editions|copies)"
"""A pattern of copies of a newspaper that differ. Example: "In some editions, the fee was given as 5 crowns." """
IN_PRINT = (
    rf"(?:in print|in the (?:print|paper)(?: \w+)?|online|{SOME_EDITIONS}"
    rf"|(?:in|on) {any_of(capitalised(WEEKDAYS))}[’']s (?:paper|edition|newspaper))"
)
"""A pattern of where a newspaper's mistake stood. Example: "The name appeared in print as Lunt." """
NEWSROOM_ERROR = (
    r"(?:(?:due to|because of|owing to|through|by|in) an? (?:(?:\w+ )?(?:editing|editor[’']s|production|reporting"
    r"|reporter[’']s|typing|typographical|printing|transcription|layout) (?:error|mistake))"
    r"|(?:due to|because of|owing to|through|by) an? (?:error|mistake|mix-up),"
    rf"(?= (?:an?|the|this|our|{any_of(capitalised(WEEKDAYS))}[’']s) (?:article|story|headline|caption|column)\b))"
)
"""A pattern of a newspaper's own mistake. Example: "Because of an editing error, the age was given as 45." """
_REGRETS = r"we (?:also )?(?:apologi[sz]e|are sorry|regret)|with apologies|our apologies"
ERROR_REGRETTED = rf"(?:{_REGRETS})[^.;]{{0,40}} (?:errors?|mistakes?)\b"
"""A pattern of how a newspaper regrets what it wrote. Example: "We apologise for the error." """
FACTS = (
    r"(?:(?:sur)?names?|spellings?|ages?|titles?|positions?|figures?|numbers?|totals?|sums?|amounts?|dates?|days?|years?"
    r"|times?|prices?|costs?|fees?|rates?|lengths?|heights?|widths?|weights?|distances?|scores?|addresse?s?|locations?"
    r"|percentages?|quotations?|quotes?|sentences?|lines?|words?|captions?|headlines?)"
)
"""A pattern of nouns for what corrections correct. Example: "The builder's name appeared in print as Lunt." """
BEFORE_SAYING = ("also", "later", "has", "had", "then", "himself", "herself", "themselves")
"""Words that may come between the speaker and the verb. Example: "Keller later added that it rained." """
THOUGHTS = ("thought", "felt", "knew", "assumed", "hoped", "wished", "imagined", "figured", "supposed")
"""Verbs for what a writer tells of someone's mind. Example: "Keller thought the study would help." """
GLUED_SAYING = frozenset("said says say saying added adds wrote writes asked asks told tweeted stated".split())
"""Verbs before a colon that a quotation is glued to. Example: "He said:The talks failed." """
SPEECH_ASKED_FOR = tuple(
    "say said tell told think write written reply replied comment commented tweet tweeted post posted respond"
    " responded".split()
)
"""Verbs of questions whose answer is the speaker's own words. Example: "What did Keller reply?" """
STATEMENT_ASKED_FOR = (
    *SAYING_FORMS,
    *"think reply deny conclude note state testify observe reveal confirm answer repeat boast lament".split(),
)
"""Verbs of questions whose answer is a statement, after "what". Example: "What has Keller promised?" """
REPLY_ASKED_FOR = ("respond", "react", "reply", "answer", "defend", "explain", "justify")
"""Verbs of questions whose answer is the speaker's own words, after "how". Example: "How did Keller react?" """
VIEW_ASKED_FOR = (*REPLY_ASKED_FOR, "describe", "see", "view", "characterise", "characterize", "call", "comment")
"""Verbs of questions whose answer is a view, after "how". Example: "How does Keller see the deal?" """
OPINIONS = frozenset("say think want demand argue promise claim propose fear".split())
"""Verbs that need a topic. Example: "What did the voters think?" """
