"""Words and patterns of follow-up questions: what they begin with, leave out or say instead."""

from __future__ import annotations

from rag.text.english.function_words import DEMONSTRATIVES
from rag.text.english.nouns import FORMAL_ADJECTIVES, JUDGEMENTS, WEATHER
from rag.text.english.patterns import any_of

LEAD = r"^(?:(?:and|but|so|or|ok(?:ay)?|also|then)\b,? +)+"
"""A pattern of words that connect a question to the one before. Example: "And why?" """
LEADING_WORDS = ("and", "but", "so")
"""Words before a question that is complete without them. Example: "But who lost?" """
BARE = (
    r"(?P<word>(?:(?:since|for|by|with|from|to|on|until|at|in|against) )?(?:when|where|why|whom?|how|what|which"
    r"|how (?:long|often|much|many|far|old|soon)|(?:what|which) (?:grounds|basis|terms|year|date|country|city|place)))"
    r"(?: exactly| precisely| then)?"
    r"(?: (?:is|was|are|were) (?:that|this)| (?:did|does|will|would) (?:that|this|it) (?:happen|occur|take place))?"
)
"""A pattern of a question that is only a question word, without its question mark. Example: "since when" """
JOINED = (
    r"(?:why not|how so|how come|which ones?|whose|what for|why (?:did|does|has|is|will) it tak\w+ (?:so|that) long)"
)
"""A pattern of short questions that are joined to the question before. Example: "how come" """
JUDGED = rf"(?:is|was|wasn't|isn't) (?:it|that|this) (?:il)?{any_of(JUDGEMENTS)}"
"""A pattern of questions that judge a deed, not a person. Example: "was it illegal" """
ELSE = r"(?P<word>who|whom|what|where|when|why|how) else"
"""A pattern of questions that ask for other people or things. Example: "who else" """
ABOUT = r"^(?:and |but |so )?(?:what|how) about "
"""A pattern of how a question begins that changes the topic. Example: "what about oil" """
SAME_DOING = r"\b(?:do|does|did|done|doing) (?:it|so|this|that|the same)$|\bsays? so$"
"""A pattern of words that repeat the verb of the question before. Example: "who else did so" """
ADVERB_QUESTIONS = frozenset("when where why how".split())
"""Question words that don't ask for a person or thing. Example: "Where did it sink?" """
PERSON_QUESTIONS = frozenset("who whom whose".split())
"""Question words that ask for people. Example: "Whose ship sank?" """
LIKEWISE = ("too", "also", "either", "likewise")
"""Last words of a question that asks about one more case. Example: "Was Portugal affected too?" """
FORMAL_IT = (
    r"it(?: \w+)? (?:takes?|took|taken|costs?|going) (?:\w+ ){0,6}(?:to|for)\b"
    r"|it (?:(?:be|been|is|was|still|really|also|too|more|not) )*"
    rf"(?:\w+(?:ble|ly|al|ant|ary|ful|ous|ing|ic|ent)|{any_of(FORMAL_ADJECTIVES)})"
    r" (?:\w+ ){0,4}?(?:that|to|for|if|whether|when|how|why|who)\b"
    rf"|it (?:\w+ ){{0,3}}?{any_of(WEATHER)}\b"
    r"|it been\b|it (?:(?:be|been|is|was|has) )*\w+ed (?:\w+ ){0,3}?that\b|it (?:that|who|like to)\b"
    r"|it (?:seems?|appears?|turns?|turned) |it [A-Z]\w+(?: [A-Z]\w+)* (?:that|who)\b"
)
"""A pattern of an "it" that refers to nothing, and of the words after it. Example: "it take to" """
ARTICLES_OR_DEMONSTRATIVES = DEMONSTRATIVES | {"a", "an", "the"}
"""Words at the start of a phrase that are not part of a name. Example: "that deal" """
RELATIVE_WORDS = ("who", "whom", "of", "which", "that", "in")
"""Words after a "that" that does not refer to the conversation. Example: "those who left" """
OWNED_JOINTS = ("of", "on", "in", "at", "between", "near")
"""Prepositions in a phrase that takes no possessive 's. Example: "the price of the deal with Oman, between the two" """
WORKS = (
    "book|novel|novella|memoir|autobiography|biography|play|poem|song|hymn|opera|musical|symphony|album|film|movie"
    "|screenplay|script|letter|essay|report|study|paper|thesis|pamphlet|manifesto|diary|speech|statement|petition|magazine"
    "|newspaper|dictionary|encyclopa?edia|atlas|map|comic|cartoon|blog|tweet|law|bill|constitution|treaty|act|software"
    "|program|code|survey|review|list|bible|anthem"
    "|author|writer|publisher|published|written"
)
"""Patterns of words about what is written or published, beside articles. Example: "The novel sold. Who wrote it?" """
TITLE_IN_MARKS = r"[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|the|an?|and|in|to|on|for)){0,7}"
"""A pattern of a title in quotation marks. Example: “The Old Pier” """
PERSONS_ARE = (
    "born|marr(?:y|ied)|divorced?|resign(?:ed|s)?|retire[ds]?|arrested|jailed|imprisoned|convicted|sworn|die[ds]?|dead"
    "|injured|wounded|elected|live[ds]?|graduate[ds]?|pregnant|himself|herself"
)
"""Patterns of what only people do or are. Example: "When was Keller born?" """
