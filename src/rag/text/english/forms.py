"""Words and patterns of questions by the form of their answer."""

from __future__ import annotations

from typing import Literal

from rag.text.english.numbers import NUMBER_WORD
from rag.text.english.patterns import any_of
from rag.text.english.verbs import AUXILIARIES as AUXILIARIES_OF_VERBS
from rag.text.english.verbs import IRREGULAR_VERBS, REGULAR_VERBS

CHANGES_ASKED = (
    "change|changes|changed|develop|developed|evolve|evolved|grow|grown|rise|risen|fall|fallen|increase|increased"
    "|decrease|decreased|shift|shifted|progress|progressed|unfold|unfolded|vary|varied|drop|dropped|shrink|shrunk"
)
"""Verbs that ask how something changed. Example: "How did the toll rise?" """
COURSES = (
    "over (?:the )?(?:time|years|months|weeks|days)|from (?P<unit>day|week|month|year) to (?P=unit)|day by day|so far"
)
"""Phrases for a course of time, which no report of one day has. Example: "from day to day" """
COURSE_STARTS = (
    "in|on|after|before|during|since|between|from|over|by|at|under|as|when|while|through|throughout|within|across|until"
    "|for|so|day|this|last|following|because|due|with"
)
"""First words of a phrase behind a verb of change; anything else is what was changed. Example: "since the quake" """
TOLLS = "(?:death )?toll|death count|body count|number of (?:the )?(?:deaths|dead|fatalities)|deaths|fatalities"
"""Names of a number of dead. Example: "the death toll" """
COUNTS = "number|count|tally|total|total number"
"""Nouns before what is counted. Example: "the number of boats" """
SIZES = "size|extent"
"""Nouns for a size. Example: "the size of the crowd" """
ESTIMATES = "reported|official|confirmed|estimated|known|total|current|overall"
"""Adjectives of a number that may change. Example: "the confirmed toll" """
MEASURES = (
    "account|age|amount|approval|area|assessment|attendance|balance|ban|budget|capacity|cost|costs|damage|date|deadline"
    "|debt|deficit|demand|distance|dose|estimate|estimates|figure|figures|forecast|height|income|lead|length|level"
    "|levels|limit|line|loss|losses|magnitude|majority|margin|membership|opinion|plan|plans|poll numbers|population"
    "|position|price|prices|profit|profits|quota|rank|ranking|rate|rates|rating|ratings|revenue|reward|risk|salary|sales|score"
    "|sentence|share|size|speed|stance|story|support|target|tariff|tariffs|tax|taxes|temperature|turnout|value|version"
    "|view|views|volume|wage|wages|weight|yield"
)
"""Nouns of what has another value on another day. Example: "the price of bread" """
NEWEST_ASKED = (
    "latest|newest|most recent|most recently|timeline|time line|chronology|over time|over the years|day by day"
    "|from day to day|from year to year|since when"
)
"""Words that ask for the newest or for a course of time. Example: "the newest toll" """
_HEADING = r"^\W*(?:an? |the )?(?:short |brief |full |complete )?"
TIMELINE_HEADED = (
    rf"{_HEADING}(?:(?:timeline|time line|chronology|sequence of events)(?:[:,]| (?:of|for|on)\b)|history of\b"
    r"|latest (?:news )?(?:on|about|from|in)\b)"
)
"""A beginning of keywords that asks for a timeline. Example: "timeline of the strike" """
TIMELINE_BEHIND = r"[:,]? (?:timeline|time line|chronology)\W*$"
"""An end of keywords that asks for a timeline. Example: "ferry strike timeline" """
OVERVIEW_HEADED = rf"{_HEADING}(?:summary|overview|background)(?:[:,]| (?:of|on|to)\b)"
"""A beginning of keywords that asks for an overview. Example: "brief overview of the strike" """
LIST_HEADED = rf"{_HEADING}(?:lists?|names)(?:[:,]| of\b)"
"""A beginning of keywords that asks for a list. Example: "list of the victims" """
_THAN = rf"than (?!\d|{NUMBER_WORD}\b|(?:a|half|twice|double|usual|ever|expected)\b)"
_MORE = r"(?:more|less|fewer|(?!other|rather|after|under|never|whether|however|together)\w{3,}er)"
COMPARISONS = (
    r"compare\w*|comparison|differences? between"
    rf"|(?<!\w )(?:is|are|was|were|do|does|did|has|have|had|would|will|can) [^?]*?{_MORE} (?:[^\s?]+ ){{0,9}}?{_THAN}"
    r"|(?<!\w )(?!who|when|where|how)\w+ [^?]*?\b(?:versus|vs)"
    r"|\w{3,}er or \w{3,}er|(?:which|who) [^?]*?(?:more|less|fewer|most|\w{3,}er)\b[^?]*, [^,?]+ or [^,?]+"
)
"""Patterns that ask for a comparison. Example: "Which is longer, the bridge or the tunnel?" """
_SIDE = r"(?:(?!\b(?:and|or|than|with|versus|vs)\b)[^?,;])+"
_NAMED = r"(?!(?:Did|Do|Does|Is|Are|Was|Were|Has|Have|Had|Who|What|Which) )[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*"
SIDES_COMPARED = (
    rf"\b(?:difference|differences|comparison) between (?P<one>{_SIDE}) and (?P<other>{_SIDE})",
    rf"\bcompare[sd]? (?P<one>{_SIDE}) (?:and|with|to|versus|vs) (?P<other>{_SIDE})",
    rf"\b(?:is|are|was|were|did|does|do|has|have|had) (?P<one>{_SIDE}?) "
    r"(?:(?:much|far|even|any|no|really|still) )*(?:more|less|fewer|\w{2,}er) (?:[\w-]+ ){0,3}?"
    rf"than (?P<other>{_SIDE})",
    rf"[,:] ?(?:was it |is it )?(?P<one>{_SIDE}),? or (?P<other>{_SIDE})[?. ]*$",
    rf"(?-i:\b(?P<one>{_NAMED}) (?:versus|vs\.?|or) (?P<other>{_NAMED}))",
)
"""Patterns of a comparison's two sides. Example: "Which is longer, the bridge or the tunnel?" """
REACTION_ASKED = (
    r"how (?:did|does|do|has|have|had) [^?]{2,60}? (?:react|respond|reply|answer|comment|defend|explain|justify"
    r"|describe|put it|see|view)\w*|reaction (?:of|from|to)|response (?:of|from)"
)
"""Patterns that ask for a reaction in someone's words. Example: "How did the mayor react?" """
WHO_SAID = (
    r"who (?:\w+ )?(?:said|says|told|called|calls|claimed|warned|argued|accused|criticised|criticized|praised"
    r"|tweeted|wrote|announced|described|asked|demanded|denied|promised)\b(?! (?:for|off|on|upon|up)\b)"
    r"|what (?:did|does|do|has|have) [^?]{2,60}? (?:say|said|tell|told|ask|asked|think|claim|claimed|promise"
    r"|promised|tweet|reply|answer|warn)|whose words|in (?:his|her|their) own words"
)
"""Patterns that ask who said something, or what someone said. Example: "Who called it a disgrace?" """
OVERVIEW_ASKED = (
    r"what(?: has| had|'s|’s)? (?:happen\w*|is going on|was going on|went wrong|took place)"
    r"|tell (?:me|us) (?:more )?about|summari[sz]e\w*|summary of|overview of|background (?:of|on|to)"
    r"|what (?:do|does|can) (?:you|we|the (?:articles|archive|papers?)) (?:know|say|have)|what is known (?:of|about)"
)
"""Patterns that ask for an overview. Example: "What happened in Doha?" """
INTRODUCED = r"[Ww]ho|[Ww]hat|WHO|WHAT"
"""Question words that ask who someone or what something is, if only a name follows. Example: "Who is Otto Keller?" """
DEFINED = (
    r"what (?:is|are) (?!at\b|in\b|on\b|the\b|it\b|its\b|your\b|known\b|next\b|new\b|going\b)"
    r"(?:[a-z]{3,}[- ]){0,2}[a-z]{4,}"
)
"""A pattern of a whole question for what a thing is, named without an article. Example: "What is net neutrality?" """
AUXILIARIES = (
    "is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|must|may|might|isn't|aren't|wasn't|weren't"
    "|didn't|doesn't|don't|hasn't|haven't|hadn't|can't|couldn't|won't|wouldn't|shouldn't"
)
"""Verbs that begin a question to be answered by yes or no. Example: "Did the talks fail?" """
_BEFORE_NOUN = r"(?:(?!of|in|on|for|to|at|by|from|is|was|did|do|does|has|have|had|these|those|\w+ed\b)[\w-]+ ){0,2}?"
_NO_PLURALS = r"(?!this\b|news\b|politics\b|series\b|was\b|is\b|has\b|does\b)"
_PLURAL = rf"(?:people|men|women|children|{_NO_PLURALS}(?-i:[a-z][a-z-]*)(?<![sui])s)"
_BEHIND_NOUN = r"(?: (?:in|of|from|at|along|on|with|for) (?:[\w’'-]+ ){0,3}?[\w’'-]+)?"
_VERBS = (AUXILIARIES_OF_VERBS - {"was", "is", "has", "does"}).union(
    REGULAR_VERBS, *(forms[:2] for forms in IRREGULAR_VERBS)
)
_DID = rf"(?:(?:also |all )?(?:{any_of(sorted(_VERBS))}|\w+ed))"
LIST_ASKED = (
    rf"(?:which|what) {_BEFORE_NOUN}{_PLURAL}{_BEHIND_NOUN} {_DID}\b"
    rf"|what (?:are|were) (?:the|his|her|their|its) {_BEFORE_NOUN}{_PLURAL}\b"
    rf"|who (?:else|were|are) |who all|(?<!\w )(?:name|give me) (?:all|the|some) {_BEFORE_NOUN}{_PLURAL}\b"
    r"|(?<!\w )(?:can you )?list "
    r"|(?:what|which) were|what else|where else"
)
"""Patterns that ask for several items. Example: "Which countries signed?" """
REASON_OR_MANNER_ASKED = (
    r"why|how come|for what reason|what (?:is|was|are|were) the (?:reasons?|causes?)|what (?:led to|caused|made)"
    r"|how (?:did|do|does|could|can|was|were|is|are|has|have|had|would|will)"
)
"""Patterns that ask for a reason or a manner. Example: "How could the thief escape?" """
QUESTION_STARTS = (
    r"who|whom|whose|what|when|where|why|which|how|is|are|was|were|did|does|do|has|have|had|can|could|will|would"
    r"|should|tell|compare|list|name|describe|explain|summari[sz]e|give|show|find"
)
"""Words of a question or request; without them and a question mark it is keywords. Example: "who won" """
QUESTION_BEGINNING = (
    r"(?:(?:and|but|so|also|then) )?(?:in |at |on |to |from |for |with |by |of )?"
    rf"(?:who|whom|whose|what|when|where|why|which|how|{AUXILIARIES})(?:'s|’s)?"
)
"""Words at the beginning of a direct question. Example: "And in which" """
_ASKED_DIRECTLY = "is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|must|may|might"
INVERTED_QUESTION = rf"(?:when|where|why|how|what|who|whom|which) (?:{_ASKED_DIRECTLY})\b"
"""Pattern of a question whose verb is in front of its subject. Example: "who is he" """
SECOND_QUESTION = (
    rf"{INVERTED_QUESTION}"
    r"|how (?:many|much|long|old|far|often|big|large|high|tall|deep|fast)\b"
    rf"|(?:what|which) \w+ (?:{_ASKED_DIRECTLY})\b"
    r"|(?:who|what) (?!(?:the|he|she|it|they|we|I|his|her|their|its|a|an)\b)\w+(?:ed|s|t|d|n|e)\b"
    r"|(?:when|where|why|how)\W*$"
)
"""Patterns of a second question behind "and". Its verb is in front, unlike "and why it burnt". Example: "when was" """
INDIRECT_START = (
    "said|say|says|know|knows|known|knew|tell|tells|told|explain|explains|explained|ask|asks|asked|whether|if|decide"
    "|decided|wonder|wondered|describe|described|understand|understood|that"
)
"""Words behind which a question word starts no question of its own. Example: "Who knows what happened" """
SMALL_TALK = (
    r"hi|hello|hey|hallo|good (?:morning|afternoon|evening|day|night)|greetings|thanks?|thank you|many thanks|cheers"
    r"|thanks? a lot|thank you (?:very|so) much|ok(?:ay)?|great|bye|goodbye|see you|how are you(?: doing)?(?: today)?"
    r"|what'?s up|nice to meet you|help|help me|what can you do|what do you do|what can (?:i|you) (?:ask|answer)"
    r"|who are you|what are you|are you (?:a |an )?(?:bot|robot|human|ai|person|machine)|what is this"
    r"|how (?:do|can|should) i (?:use|ask)(?: (?:you|this))?|how does (?:this|it) work|can you help(?: me)?|test"
)
"""Whole texts that ask nothing of the articles. Example: "Good morning" """
_PAGE_DEEDS = (
    "add|upload|import|drop|remove|delete|export|save|download|print|copy|cite|share|pin|search|filter|narrow|find|open"
    "|edit|rename|change|correct|update|follow|quote|ask|undo|see|list|sort|switch|check|search for|look for"
)
_PAGE_THINGS = (
    "articles?|files?|folders?|pdfs?|documents?|conversations?|chats?|answers?|quotes?|questions?|notes?|pins?|sources?"
    "|titles?|archive|index|feeds?|references?|footnotes?|citations?|page|theme|dark mode|text size"
    "|language|keys|shortcuts"
    "|settings|options|drafts?|phrases?|words?"
)
_SMALL = "(?:(?:an?|the|my|new|more|old|this|that|your|all|of|in|to) ){0,3}"
HELP_ASKED = (
    rf"(?:how|where|can|could|may) (?:do |can |could |should |would )?(?:i|we|one|you) (?:{_PAGE_DEEDS}) "
    rf"{_SMALL}(?:{_PAGE_THINGS})(?: here| please"
    rf"| (?:from|to|in|into|as|of|with) {_SMALL}(?:{_PAGE_THINGS}|word|word file))?"
    r"|(?:how|where|can) (?:do |can )?(?:i|we) (?:export|save|download|print|copy|cite|share|pin|undo) (?:this|it|them)"
    r"|(?:how|where) (?:do|can) (?:i|we) (?:sign|log) (?:in|out|on|off)"
    r"|where (?:is|are) (?:the|my) (?:settings|options|help|keys|menu|search|conversations?|notes?|pins?)"
    r"|(?:is|are) (?:this|it|my (?:data|articles|questions)) (?:private|safe|offline|sent anywhere|stored)"
    r"|does (?:this|it) (?:work offline|send (?:my )?(?:data|questions)(?: anywhere)?)"
    r"|(?:where|how) (?:is|are) my (?:data|articles|questions|conversations) (?:kept|stored|saved)"
)
"""Whole texts that ask how the page is used. Example: "How do I add articles" """
ARTICLE_NOUN = r"(?:news |newspaper |magazine |opinion )?(?:article|story|piece|column|op-?ed|editorial|interview)"
"""Nouns for an article. Example: "news story" """
THIS_ARTICLE = rf"(?:this|that) {ARTICLE_NOUN}|(?:the|its) {ARTICLE_NOUN}"
"""Phrases for the article that was quoted last. Example: "this article" """
ARTICLE_TOPIC = "about|on|called|titled|entitled|headlined|with the (?:title|headline)|that (?:says|reports|tells)"
"""Words before the topic or title of an article. Example: "the article about the fire" """
_BE, _BESIDE = "(?:is|are|was|were)", "(?:in|on|with|of|for|beside|above)"
_PHOTO = "(?:photo(?:graph)?|picture|image)s?"
_WHICH_WRITER = "(?:which|what) (?:journalist|reporter|writer|author|columnist|correspondent)s?"
_WHEN = "(?:when|how long ago|(?:on |in )?(?:what|which) (?:date|day|month|year))"
_SECTION = "(?:section|category|rubric|department)"
_IS_PLACED = "(?:is|was) ARTICLE(?: published| printed| filed| from)?"
ARTICLE_ASKED: dict[Literal["byline", "published", "source", "section", "photo"], tuple[str, ...]] = {
    "byline": (
        f"(?:who|{_WHICH_WRITER})(?: has| have)? (?:wrote|written|authored|reported|penned|contributed|filed) ARTICLE",
        f"{_WHICH_WRITER}(?: has| have)? (?:wrote|written|reported) (?:about|on) (?P<topic>[^?]+?)",
        "who(?:[’']s| is| was| are| were) (?:the )?(?:authors?|writers?|reporters?|journalists?) (?:of|behind) ARTICLE",
        "(?:by whom|who) (?:is|was) ARTICLE(?: written)?(?: by)?",
        "what (?:is|was) the byline (?:of|on|for) ARTICLE",
    ),
    "published": (
        f"{_WHEN} (?:was|were|is) ARTICLE(?: first)? (?:published|written|printed|posted|released|dated|from)",
        f"{_WHEN} did you (?:publish|print|post|run) ARTICLE",
        "when did ARTICLE (?:come out|appear|run)",
        "what(?:[’']s| is| was) the (?:publication )?date of (?:publication of )?ARTICLE",
        "how old is ARTICLE",
    ),
    "source": (
        "(?:who|which \\w+|what \\w+) (?:published|printed|ran|carried|posted) ARTICLE",
        "where (?:was|is) ARTICLE (?:published|printed|posted|from)",
        "where (?:did|does) ARTICLE (?:appear|come from|run)",
        "(?:what|who) (?:is|was) the (?:source|publisher) of ARTICLE",
    ),
    "section": (
        f"(?:in |under )?(?:what|which) {_SECTION} {_IS_PLACED}(?: in| under)?",
        f"(?:in |under )?(?:what|which) {_SECTION} (?:did|does) ARTICLE (?:appear|run|belong)(?: in| under| to)?",
        f"what (?:is|was) the {_SECTION} of ARTICLE",
    ),
    "photo": (
        f"whose {_PHOTO} {_BE} (?:it |that |they )?(?:(?:used |shown |printed |published )?{_BESIDE} )?ARTICLE",
        f"whose {_PHOTO} (?:illustrates?|accompan(?:y|ies)|goes with|go with|stands? {_BESIDE}) ARTICLE",
        f"(?:what|who) {_BE} the {_PHOTO} credits? (?:of|for|in) ARTICLE",
        f"who (?:took|shot|made|provided) (?:the|its) {_PHOTO} {_BESIDE} ARTICLE",
        f"who {_BE} (?:the )?photographer (?:of|for) (?:the {_PHOTO} {_BESIDE} )?ARTICLE",
        f"who {_BE} the {_PHOTO} {_BESIDE} ARTICLE by",
    ),
}
"""Patterns that ask for a field of an article, with ARTICLE in its place. Example: "Who wrote ARTICLE" """
WRITING = r"wrote|write|written|author(?:ed|s)?|penned|published?|publication|byline"
"""Patterns of words that ask about an article where "it" stands for it. Example: "When was it published?" """
ARTICLES_COUNTED = (
    "(?:news |different |distinct )?(?:articles?|stories|news (?:reports|items|pieces))(?: (?:are|were|is) there"
    "| do you have| have you got| does the (?:archive|library) have)?(?: that are| which are)?"
)
"""Patterns of the archive's articles in questions that count them. Example: "How many articles mention Lind?" """
MENTIONS = (
    "mention(?:s|ed|ing)?|nam(?:e|es|ed|ing)|refer(?:s|red|ring)? to|(?:talk|write|report|speak)(?:s|ing)? (?:about|on)"
    "|(?:talked|wrote|reported|spoke) (?:about|on)|discuss(?:es|ed|ing)?|cover(?:s|ed|ing)?|contain(?:s|ed|ing)?"
    "|(?:use|has|have|with|include)s? (?=the (?:word|phrase|name|term))|deal(?:s|ing)? with"
    "|(?:(?:are|is|were|was|have been) (?:written |published )?)?(?:about|on)"
)
"""Verbs and prepositions by which an article has something in it. Example: "How many articles are about the fire?" """
MENTIONED = "mentioned|named|referred to|discussed|written about|reported on|talked about|brought up"
"""Participles of being mentioned. Example: "How often is the harbour mentioned?" """
COUNTED_PASSIVELY = f"(?:been )?(?:{MENTIONED})|appear|occur|come up|show up|feature|get mentioned"
"""Words at the end of a question that counts mentions. Example: "In how many articles does Lind appear?" """
IN_THE_ARCHIVE = "are there|were there|do you have|have you got|exist|anywhere|at all|altogether|in total|so far"
"""Words at the end of a question that counts articles. Example: "How many articles on the fire are there?" """
COUNTS_MENTIONS = "how often|how many times|how frequently"
"""Words that count mentions. Example: "How many times is Lind named?" """
ARCHIVE = (
    "(?:all |all of )?(?:the|this|these|your|our|my) (?:whole |entire )?(?:articles|archive|library|collection|index"
    "|database|stories|news|corpus)"
)
"""Names of the archive itself. Example: "How many articles in the archive mention Lind?" """
BEFORE_COUNTED = (
    "both|either|the (?:word|words|name|phrase|term|expression)s?|the (?:topic|subject|case) of|the|a|an|someone called"
)
"""Words before what is counted that are no part of it. Example: "mention the word harbour" """
TIME_BEGINS = (
    "in|on|since|before|after|during|between|from|until|till|by|over|within|last|this|past|yesterday|today|published"
    "|the (?:last|past)"
)
"""Words with which a time at the end of a question begins. Example: "mention the fire since 2019" """
