"""Numbers in words, fractions and magnitudes, and the words that bound or hedge numbers."""

from __future__ import annotations

from rag.text.english.patterns import any_of

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
"""Numbers of one word, and their values. Example: "Twenty people were hurt." """
SMALL_NUMBERS = tuple(_ONES[2:13])
"""The numbers from two that news usually writes in words. Example: "Eleven ships sank." """
ONE_TO_FIVE = tuple(_ONES[1:6])
"""Numbers that count fractions. Example: "Three quarters of it burnt." """
VAGUE_NUMBERS = {"few": 3, "couple of": 2}
"""Vague numbers, and the values used for them. Example: "in the last couple of weeks" """
LARGE_NUMBERS = ("dozen", "hundred", "thousand", "million")
"""Magnitudes that are also used alone, in the plural. Example: "Hundreds fled." """
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
"""Fractions and their denominators. Example: "A fifth of the voters stayed at home." """
MAGNITUDES = {
    **{"hundred": 10**2, "thousand": 10**3, "k": 10**3, "lakh": 10**5, "crore": 10**7, "dozen": 12},
    **dict.fromkeys(("million", "millions", "mln", "mn", "m"), 10**6),
    **dict.fromkeys(("billion", "billions", "bln", "bn", "b"), 10**9),
    **dict.fromkeys(("trillion", "trillions", "trn", "tn"), 10**12),
}
"""Words that multiply the number before them, and by how much. Example: "It cost 3 billion dollars." """
ONE_LETTER_MAGNITUDES = frozenset(word for word in MAGNITUDES if len(word) == 1)
"""Magnitudes of one letter, which follow their digits without a space. Example: "a 5k run" """
ORDINAL_ENDING = r"(?:st|nd|rd|th)"
"""A pattern of the ending of an ordinal in digits. Example: "the 3rd of May" """
NOT_IN_DIGITS = frozenset("one no none half third quarter once twice daily weekly".split())
"""Words that answer "how many" or "how often". Example: "Nobody: none of them came." """
BOUNDS = (
    ("≥", r"at (?:the very )?least|(?:no|not) (?:fewer|less|lower|under) than|not under|(?:a )?minimum(?: of)?"),
    ("≤", r"up to|at (?:the very )?most|as (?:many|much|high) as|(?:no|not) (?:more|greater|higher) than|not over"),
    ("≤", r"(?:a )?maximum(?: of)?|a high of"),
    (">", r"(?:more|greater|higher) than|over|above|upwards? of|exceed(?:ing|s|ed)?|in excess of|beyond|north of"),
    ("<", r"(?:less|fewer|lower) than|under|below|short of|shy of"),
)
"""Patterns of bounds before a number, and the sign of each. Example: "at least 400" """
BOUNDS_BEHIND = (
    ("≥", r"^\s?\+|^-plus\b|\b(?:or|and) (?:more|over|above|higher|older|counting)\b|\bat least\b|\bminimum\b"),
    ("≤", r"\b(?:or|and) (?:less|fewer|under|below|lower|younger)\b|\bat most\b|\bmaximum\b"),
)
"""Patterns of bounds after a number, and the sign of each. Example: "400 or more" """
DIRECTIONS = (
    (
        "up",
        r"(?:up(?! to\b)|rise|rose|risen|increase[ds]?|gain(?:ed|s)?|grew|grown|growth|higher(?! than)|climb(?:ed|s)?)",
    ),
    ("down", r"(?:down|fall|fell|fallen|decrease[ds]?|decline[ds]?|drop(?:ped|s)?|loss|lost|lower(?! than)|cut)"),
)
"""Directions of a change, and a pattern of the words for each. Example: "prices fell by 5%" """
VALUE_CHANGES = tuple(
    """
    rise rises rose risen rising raise raises raised raising increase increases increased increasing grow grows grew
    grown growing climb climbs climbed climbing jump jumps jumped jumping surge surges surged surging soar soars soared
    soaring edge edges edged edging swell swells swelled swollen double doubles doubled doubling
    fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease decreases
    decreased decreasing cut cuts cutting lower lowers lowered lowering reduce reduces reduced reducing slip slips
    slipped slipping sink sinks sank sunk plunge plunges plunged plunging shrink shrinks shrank shrunk slow slows slowed
    slowing change changes changed changing revise revises revised revising
    """.split()
)
"""Forms of verbs and nouns for the change of a value. Example: "Pay rose from 5 to 6 percent." """
STANDING_AT = (
    r"(?:(?:now )?stands? at|stood at|(?:is|was|has been|had been) (?:now )?put at|is now(?: at)?"
    r"|(?:has |had )?(?:reach(?:es|ed)|(?:rose|risen|rises|climbed|climbs|grown|grew) to|passed))(?: at least)?"
)
"""A pattern of words before the number at which a count stands. Example: "The toll stands at 112." """
MOVES_OF_VALUES = tuple(
    "go goes went gone going move moves moved tick ticks ticked creep creeps crept shot came".split()
)
"""Forms of verbs that tell a change only with "up" or "down". Example: "The rate went up to 4 percent." """
FIRST_TO_TENTH = tuple("first second third fourth fifth sixth seventh eighth ninth tenth".split())
"""Ordinals of one word. Example: "the third ballot" """
MINUS = r"(?:minus|negative)\s|[-−–]"
"""A pattern of what makes a number negative, before it. Example: "minus 5 degrees" """
BOUND_SIGNS = {"<": "<", ">": ">", "<=": "≤", ">=": "≥", "≤": "≤", "≥": "≥"}
"""Signs of bounds before a number. Example: "an error of <5%" """
NEARLY = r"(?:nearly|almost|approaching)"
"""A pattern of words that say that a number is not quite reached. Example: "nearly half" """
BLURS = rf"(?:about|around|roughly|approximately|approx\.?|{NEARLY}|some|an? estimated|estimated|close to|circa|ca\.?)"
"""A pattern of words that say that a number is not exact. Example: "about 400" """
BLURS_BEHIND = r"(?:-odd\b|,? (?:or so|or thereabouts|give or take|more or less)\b)"
"""A pattern of words behind a number that say the same. Example: "400 or so" """
HEDGES = rf"(?:{BLURS}|just|only|exactly|another|a total of|between|from)"
"""A pattern of words that blur a number without bounding it, or only introduce it. Example: "only 400" """
LABELLED = ("no.", "age", "aged", "chapter", "section", "article", "number", "title")
"""Words before a number that counts nothing. Example: "aged 12" """
ADDED = ("additional", "further", "more", "new")
"""Words behind a number that is added to one told before. Example: "12 more people" """
SUMMED = ("as many as", "a total of")
"""Phrases between a verb and the number of those it happened to. Example: "killed as many as 12" """

NUMBER_WORD = any_of(NUMBER_WORDS)
"""A pattern of the numbers of one word. Example: "seventeen" """
SMALL_NUMBER = any_of(SMALL_NUMBERS)
"""A pattern of the small numbers. Example: "twelve" """
