"""Words and patterns for the kind of a question, its period, and the form of an answer."""

from __future__ import annotations

from rag.text.english.calendar import MONTH, PARTS_OF_DAY, RELATIVE_DAYS, SEASONS, WEEKDAY
from rag.text.english.numbers import ORDINAL_ENDING
from rag.text.english.patterns import any_of
from rag.text.english.places import ASKED_PLACES

QUANTITY_ASKED = (
    r"how (?:many|much|old|long|far|large|big|high|deep|often|few|tall|wide|heavy|fast|hot|cold)"
    r"|what (?:number|percentage|percent|share)"
    r"|what (?:do|does|did|will|would) (?:[\w.'’-]+ ){1,8}(?:cost|weigh)(?=\W*$)"
)
"""A pattern of question words for a number. Example: "how many came" """
TIME_ASKED = r"when|(?:what|which|in what|in which) (?:year|month|day|date|time|decade|century)|since when|how long ago"
"""A pattern of question words for a time. Example: "in which year" """
UNITS_ASKED = (
    ("year", r"(?:what|which) year"),
    ("month", r"(?:what|which) month"),
    (
        "day",
        r"(?:what|which) (?:\w+ )?(?:day|date)(?! of the (?:week|month))|(?:what|which) (?:was|is) the (?:\w+ )?date",
    ),
    ("weekday", r"(?:what|which) (?:weekday|day of the week)"),
    ("hour", r"(?:at|by|around|about) (?:what|which) (?:time|hour)|what time"),
    (
        "share",
        r"what (?:percentage|percent|per cent|share|proportion)"
        r"|(?:how (?:high|low|big|large)|what) (?:is|was|are|were) the (?:[\w-]+ ){0,3}(?:rates?|share|percentage)",
    ),
)
"""Units, and a pattern of the questions that ask for each. Example: "On what day did it close?" """
PLACE_ASKED = rf"where|(?:what|which|in what|in which) {any_of(ASKED_PLACES)}"
"""A pattern of question words for a place. Example: "in what city" """
PERSON_ASKED = r"who|whom|whose|by whom"
"""A pattern of question words for a person. Example: "who won" """
COUNTING_ALL = (
    r"(?:are|is|were|was) (?:there|in|on|at)|in (?:all|total)|total|altogether|overall"
    r"|(?:do|does|did) .+ (?:have|own|hold|run|operate|employ|count|number|comprise)|live|lived|belong|belonged|exist"
)
"""A pattern of questions that count all there are, not a part of them. Example: "How many seats are there?" """
REASON_ASKED = r"why|how come|for what reason|what (?:is|was|are|were) the reasons?"
"""A pattern of question words for a reason. Example: "what was the reason" """
EXPLAINED = (
    r"(?:why|how(?! (?:many|much|old|long|far|large|big|high|deep|often|few|tall)\b)|describe|explain|tell|what's"
    r"|meaning|definition|difference|what (?:happen\w*|is|are|was|were|do|does|did))"
)
"""A pattern of questions that may need several sentences as an answer. Example: "what happened in Doha" """
REASON_SIGNS = (
    *("because", "due to", "since", "as a result", "so that", "in order to", "therefore", "proof", "reason", "caused?"),
    *("led to", "given"),
)
"""Patterns of words that introduce a reason. Example: "It failed due to rain." """
TIME_SIGNS = ("ago", "last", "next", "yesterday", "today", "tomorrow", "decade", "century")
"""Words of a sentence that states a time. Example: "two days ago" """
TIME_FORMS = (
    *(r"\w+day", "years?", "months?", "weeks?", "hours?", "ago", "last", "next", "centur", "decade"),
    *sorted(SEASONS),
    *sorted(PARTS_OF_DAY - {"afternoon"}),
    *("after", "before", "during", "since", "until", "when", "while"),
)
"""Patterns of words in a short answer that states a time. Example: "during the summer" """
UNITS_TOLD = {
    "year": r"\b(?:1\d|20)\d\d(?!\d)|\b(?:last|this|next|same|previous) year\b|\byears? (?:ago|later|earlier)\b",
    "month": rf"\b{MONTH}\b|\b\d{{4}}-\d\d\b|\b(?:last|this|next|same|previous) month\b|\bmonths? (?:ago|later)\b",
    "day": rf"\b\d{{1,2}}{ORDINAL_ENDING}?(?: of)? {MONTH}\b|\b{MONTH}\.? \d{{1,2}}(?!\d)|\b\d{{4}}-\d\d-\d\d\b"
    rf"|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\b{WEEKDAY}|\b{any_of(RELATIVE_DAYS)}\b"
    rf"|\b(?:day|days|eve|christmas|easter)\b|\b\d{{1,2}}{ORDINAL_ENDING}\b",
    "weekday": rf"\b{WEEKDAY}",
    "hour": r"\d[:.]\d\d\b|\d ?(?:[ap]\.?m|h)\b|\b(?:noon|midnight|midday|o[’']clock|dawn|dusk|hours?)\b",
    "share": r"[%‰]|\bper\b|percent|\bpoints?\b|\bout of\b|\b(?:one|two|three|four|\d+) in (?:\w+|\d+)\b"
    r"|\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|most)\b",
}
"""Units, and a pattern of the short answers that tell each. Example: "14 April 1987" tells a day. """
NEWS = (
    r"(?:latest|newest|most recent|recent|recently|currently|current|today|tonight|right now|at the moment|at present"
    r"|these days|so far|breaking|nowadays|now(?! that\b))"
)
"""A pattern of words that ask for news, so that a newer article is better. Example: "the latest talks" """
VALUE_OF_NOW = (
    r"(?:what(?:['’]s| is)|how (?:high|low|big|large) is) the (?:[\w-]+ ){0,3}?"
    r"(?:rates?|price|population|debt|deficit|toll|unemployment|inflation|wage|turnout|caseload|backlog)"
)
"""A pattern of questions for what changes, in the present tense. Example: "What is the price of oil?" """
LEADS_OPEN_END = frozenset(("since", "ever since", "after", "from"))
"""Words before the start of an open period. Example: "since 2018" """
LEADS_OPEN_START = frozenset(("before", "until", "till", "up to", "by", "as of"))
"""Words before the end of an open period. Example: "until May" """
LEADS = (
    LEADS_OPEN_END
    | LEADS_OPEN_START
    | frozenset("between in on during of over within through throughout for".split())
    | {"in early", "in late", "in mid"}
)
"""Words before a time in a question. Example: "in March" """
RANGE_JOINTS = ("and", "to", "until", "till", "through")
"""Words between the two ends of a period. Example: "between 2018 and 2020" """
NOT_TOLD = ("on", "in", "at", "the", "of", "around", "about", "year", "month", "st", "nd", "rd", "th")
"""Words around a date that add nothing to it. Example: "on the 3rd of May" """
ASKED_POLITELY = (
    r"(?:(?:hi|hello|hey)\W+)?(?:please |also |and |but |so |then )*(?:"
    r"(?:can|could|would|will) (?:you|someone|anyone|anybody) (?:please |kindly |possibly |also )*"
    r"(?:tell|show|explain|find|remind|inform|say|look up|check|help|give|let)(?: out| up)?(?: (?:to )?(?:me|us))?"
    r"(?: know| see| find out| understand| remember)?"
    r"|(?:do|does|did) (?:you|we|anyone|anybody|someone|the (?:articles?|archive|papers?|reports?)) "
    r"(?:happen to |perhaps |also )?(?:know|say|tell(?: us| me)?|remember|mention|report)"
    r"|(?:is|was|has) it (?:yet )?(?:been )?(?:already |now |yet )?"
    r"(?:known|clear|said|reported|stated|established|explained)(?: yet)?"
    r"|(?:tell|show|remind|inform|explain to|let)(?: (?:me|us))(?: know)?(?: please)?|find out|look up"
    r"|(?:i|we)(?:['’]d| would|['’]ll| am|['’]m| are|['’]re| was| were)? ?(?:also |just |really )?"
    r"(?:(?:like|love|want|wanted|need|needed|trying|try) to (?:know|find out|understand|learn)"
    r"|wonder(?:ing)?|curious|interested(?: in)?|want(?:ed)? you to tell me|looking for)"
    r"|(?:have you |do you have )?(?:any|an) idea(?: (?:of|about))?"
    r"|(?:i|we) (?:do not|don['’]t) (?:know|remember|understand)|i forgot|i have forgotten"
    r")(?: about)?(?: please)?"
)
"""A pattern of words before an indirect question. Example: "Can you tell me" """
INDIRECT_QUESTION_WORDS = (
    r"(?:(?:in|on|at|to|from|for|with|by|of|since|until) )?(?:whom?|whose|what|when|where|why|which"
    r"|how(?: (?:many|much|long|old|far|often|big|large|high|tall|deep|fast|soon|well|badly))?)"
)
"""A pattern of a question word, with what belongs to it. Example: "how many" """
