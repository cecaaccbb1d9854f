"""Nouns and adjectives that refer back to something, or that say little alone."""

from __future__ import annotations

RELATIONS = frozenset(
    """
    advantage advantages aim aims alternative alternatives author background benefit benefits cause causes challenge
    challenges characteristics condition conditions consequence consequences cons cost costs details disadvantages
    effect effects example examples findings goal goals history impact importance issue issues members motive
    motives origin origins outcome penalty plan plans price problem problems process proposal pros purpose reaction
    reactions reason reasons response result results risk risks role solution solutions source symptoms terms theme
    themes treatment treatments types victims vote
    """.split()
)
"""Nouns that need an "of" something. Example: "What was the cause?" """
EMPTY_NOUNS = RELATIONS | frozenset(
    """
    amount answer bit capital case difference differences evidence fact kind kinds name number part percent
    percentage point population relationship share sign signs sort state thing things type use uses way ways
    """.split()
)
"""Nouns that say little about a topic; the phrase after their "of" says more. Example: "the number of ships" """
HAPPENINGS = frozenset(
    """
    accident agreement attack ban campaign case change changes claim claims collapse conflict crash crisis deal
    decision disaster dispute event events idea incident issue killing killings law measure measures move plan plans
    policy problem project proposal protest protests reform reforms report ruling rule rules scandal scheme
    statement step story strike strikes subject theory topic trial vote war
    """.split()
)
"""Nouns for the events and plans that a conversation is about. Example: "Who opposed that law?" """
ADJECTIVES = frozenset(
    """
    bad good big small high low old new young poor rich free far near close closer closest large largest long
    longest first second third next last latest biggest highest oldest newest youngest worst best main important
    possible different similar typical famous right left wrong dangerous
    """.split()
)
"""Words that are not a thing alone. Example: "Which is the largest?" """
ADJECTIVE_ENDINGS = ("able", "ible", "al", "ous", "ful", "ive", "ic", "ent", "ant", "less", "ar", "ier", "iest")
"""Endings of adjectives. Example: "Is it dangerous?" ends with "ous". """
SHORT_ADJECTIVES = ("legal", "harder", "better", "worse", "safe", "dead", "alive", "ready", "true", "sure")
"""Adjectives without one of the endings. Example: "Is she alive?" """
NOUNS_IN_LY = frozenset("anomaly assembly butterfly doily family homily italy monopoly sicily supply".split())
"""Nouns in -ly, which are not adverbs. Example: "the family" """
CALLED_FOR = frozenset(("name", "call"))
"""Terms that ask for a name; an answer does not have them. Example: "What is the name of the strait?" """
FATES = (
    ("killed", r"(?:killed|dead|died|deaths?|fatalit\w+|lives)"),
    ("wounded", r"(?:wounded|injur\w+|hurt)"),
    ("missing", "missing"),
)
"""Fates of people that news counts, and a pattern of the words for each. Example: "12 dead and 30 injured" """
COUNTS_OF_FATE = (
    r"(?:(?:death |final )?toll"
    r"|(?:number|count) of (?:the )?(?:confirmed )?(?:dead|deaths|fatalities|victims|injured|wounded|injuries|missing"
    r"|(?:people|persons|those) (?:killed|dead|injured|wounded|hurt|missing)))"
)
"""A pattern of words for how many people met a fate. Example: "The number of injured was put at 640." """
FURTHER_FATES = (
    ("killed", r"killing"),
    ("infected", r"infect\w*"),
    ("displaced", r"(?:displac\w*|homeless)"),
    ("rescued", r"rescu\w*"),
    ("evacuated", r"evacuat\w*"),
    ("hospitalized", r"hospitali[sz]\w*"),
)
"""Further fates of people that news counts, and words for them. Example: "more than 2,700 people infected" """
HARMING = ("kill", "injur", "wound", "displac")
"""Stems of verbs whose victims are counted. Example: "killing at least 12" """
FORMAL_ADJECTIVES = (
    *("true", "false", "clear", "safe", "hard", "right", "wrong", "better", "best", "fair", "known", "said", "easy"),
    *("worth", "time", "easier", "harder", "reported", "thought", "believed", "expected"),
)
"""Words after an "it is" that refers to nothing. Example: "Is it true that he left?" """
WEATHER = ("rain", "snow", "raining", "snowing", "cold", "hot", "dark")
"""Words for the weather, after an "it" that refers to nothing. Example: "Did it rain?" """
JUDGEMENTS = ("legal", "lawful", "justified", "necessary", "right", "wrong")
"""Adjectives that judge a deed. Example: "Was it justified?" """
UNCOUNTED = ("million", "billion", "trillion", "years", "months", "weeks", "days", "hours", "minutes", "times")
"""Words after a number that are not things that are counted. Example: "two years" """
UNCOUNTED_SHARES = ("percent", "points")
"""Words after a share that are not things that are counted. Example: "five percent" """
NAMED_KINDS = frozenset(
    "hurricane cyclone typhoon storm bank lake mount port fort hotel flight operation project team radio".split()
)
"""Nouns before a name that tell what it is the name of. Example: "Hurricane Irma" """
