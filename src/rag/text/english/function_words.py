"""Function words: articles, pronouns, prepositions, conjunctions; and the stop words."""

from __future__ import annotations

ARTICLES = frozenset("a an the".split())
"""The articles. Example: "The court met." """
DEMONSTRATIVES = frozenset("this that these those".split())
"""The demonstratives. Example: "Who said that?" """
SUBJECT_PRONOUNS = frozenset("i you he she it we they".split())
"""Personal pronouns as subjects. Example: "They left." """
OBJECT_PRONOUNS = frozenset("me you him her it us them".split())
"""Personal pronouns as objects. Example: "Who met him?" """
FIRST_PERSONS = frozenset("i me my mine myself we us our ours ourselves".split())
"""Pronouns of the first person. Example: "We must not forget." """
SECOND_PERSONS = frozenset("you your yours yourself yourselves".split())
"""Pronouns of the second person. Example: "It is your money." """
POSSESSIVES = frozenset("my your his her its our their".split())
"""Possessive pronouns before a noun. Example: "What is their plan?" """
REFLEXIVES = frozenset("himself herself itself themselves".split())
"""Reflexive pronouns of the third person. Example: "Did she herself say so?" """
PRONOUNS_FOR = {
    **dict.fromkeys(("he", "him", "his"), "he"),
    **dict.fromkeys(("she", "her"), "she"),
    **dict.fromkeys(("it", "its"), "it"),
    **dict.fromkeys(("they", "them", "their"), "they"),
    "there": "there",
}
"""Pronouns that refer to something named before, and the subject form of each. Example: "What is its price?" """
SPEAKING_PRONOUNS = ("he", "she", "they")
"""Pronouns that refer to a speaker. Example: "She said so." """
THIRD_PERSONS = frozenset(SPEAKING_PRONOUNS)
"""Pronouns that are always a subject. Example: "Did they agree?" """
DETERMINERS = ARTICLES | DEMONSTRATIVES | frozenset("some any every each no all both either neither another".split())
"""Words that begin a noun phrase. Example: "every ship" """
PRONOUNS = SUBJECT_PRONOUNS | OBJECT_PRONOUNS | REFLEXIVES | frozenset("there one ones".split())
"""Pronouns except possessives and demonstratives. Example: "Why did it happen there?" """
OWNERS = POSSESSIVES | frozenset("hers theirs".split())
"""Possessive pronouns, with or without their noun. Example: "Was it hers?" """
QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
"""The question words. Example: "Which ship sank?" """
NO_NOUN_BEHIND = frozenset("who whom when where why".split())
"""Question words that no noun follows. Example: "Why did the ship sink?" """
PREPOSITIONS = frozenset(
    """
    about above across after against along alongside among around at before behind below beneath beside besides
    between beyond by despite during except for from in inside into like near of off on onto outside over past per
    regarding since than through throughout to toward towards under until up upon via with within without amid as
    """.split()
)
"""The prepositions. Example: "the talks between Iran and Oman" """
CONJUNCTIONS = frozenset("and or but nor if because although while whether so that's".split())
"""Conjunctions and other words that join clauses. Example: "Did he go because it rained?" """
TAIL_ADJECTIVES = frozenset("separate different similar available familiar close first".split())
"""Adjectives behind a noun with which a phrase goes on. Example: "according to a survey separate from it" """
ADVERBS = frozenset(
    """
    not also too very really still yet already ever never now then again just only even once often always sometimes
    else more most less least much many few enough such here away back out down exactly instead so far ago please
    soon later afterwards together alone apart long actually anyone someone something anything everyone nothing
    nobody everything same other others either
    """.split()
)
"""Adverbs and other words that are neither the subject nor the verb. Example: "Has it ever rained?" """
COUNTING = frozenset("many much most".split())
"""Words that quantify a noun. Example: "How many were hurt?" """
INTERJECTIONS = frozenset("wow oh ok okay yes thanks interesting well".split())
"""Words at the start of a question without meaning for it. Example: "Oh, why?" """
ORDERS = frozenset("tell describe explain".split())
"""Verbs that begin a question in the form of an order. Example: "Describe the treaty" """
JOINING = frozenset(
    "of on in at between with for against from to over into near behind about among by under across around".split()
)
"""Prepositions that join one phrase to another. Example: "the deal with Oman" """
PLACING = frozenset("in at near to from into around across inside outside".split())
"""Prepositions that make the name after them a place. Example: "across Lund" """
NO_SUBJECT_AFTER = tuple("with of in to from by for at on against about".split())
"""Prepositions that no subject follows. Example: "his record with Iran" """
CUTTING_WORDS = tuple(
    "about after against amid among and as at before between by despite during for from in into of on over since that"
    " to under until when which while who with without".split()
)
"""Words before which a long title may be cut. Example: "Rebels took the capital | after a siege" """
CLAUSE_OPENERS = tuple("and but which who that as while because after before when said".split())
"""Words that begin another clause. Example: "He left when it rained." """
NO_SPEAKER_WORDS = (
    SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | POSSESSIVES
    | REFLEXIVES
    | DEMONSTRATIVES
    | frozenset("who whom which whose there what".split())
)
"""Words that don't say who speaks, alone or before a noun. Example: "She said no." """
ALONE_NO_SPEAKERS = frozenset("one some many others several few most all both each other another none any".split())
"""Words that say who speaks only with a noun. Example: "Others said no." """
CLAUSE_STARTS = frozenset(
    "that but while when because if as although though since so yet or nor whereas until unless after before".split()
)
"""Words after which a clause begins with its subject. Example: "It failed because Keller left." """
BEFORE_SUBJECTS = frozenset(
    "and but yet still meanwhile then also instead even now so later earlier today yesterday however moreover".split()
)
"""Words between the start of a clause and its subject. Example: "Meanwhile Keller left." """
FIRST_WORDS = (
    ARTICLES
    | (SUBJECT_PRONOUNS - {"you"})
    | frozenset(
        "and as at but by for from her his if in its of on or so that their there this to when while with last earlier"
        " yesterday today".split()
    )
)
"""Words that have a capital only at the start of a sentence. Example: "Earlier Keller said no." """
NO_ROLE_WORDS = tuple(
    "a an and as at after before by during early earlier for from in into late later last next not of on or over since"
    " that the their this through to under until when while who with yesterday".split()
)
"""Words that are never part of a role before a name. Example: "said late on Monday Keller" """
REFERRING_BACK = (
    *("He", "She", "It", "They", "This", "These", "Those", "Such", "His", "Her", "Its", "Their", "The latter"),
    "The former",
)
"""First words of a sentence that can't be understood without the sentence before. Example: "The former lost." """
POINTING_BACK = (
    CONJUNCTIONS | DEMONSTRATIVES | SUBJECT_PRONOUNS | frozenset("then there such here now his her its".split())
)
"""First words of a sentence that needs the one before or a "we" to be understood. Example: "Now the council votes." """
LIST_OPENERS = (
    *("Chief among them", "Chief among these", "Foremost among them", "Foremost among these", "First among them"),
    *("First among these", "Among them", "Among these", "These include", "They include", "Namely"),
)
"""First words of a sentence that lists what the sentence before announced. Example: "Among them are two judges." """
DANGLING = (
    SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | POSSESSIVES
    | DEMONSTRATIVES
    | frozenset("hers there here said told such another later earlier also then".split())
    | {"the two", "the other"}
)
"""Words that refer to the sentence before. Example: "the other ship" """
DANGLING_END = tuple("a an the of to in on for with by at from into or not be been more than".split())
"""Words that a complete question does not end with. Example: "Who agreed to the" """
PLACE_PREPOSITIONS = tuple("in at from near across to of".split())
"""Prepositions before a place's name. Example: "near Doha" """
WHERE_PREPOSITIONS = tuple("in at on near under over between across".split())
"""Prepositions that begin a short answer to "where". Example: "under the bridge" """
BEFORE_PLACES = tuple("in at from near by to with on inside outside of".split())
"""Prepositions that are not part of the name after them. Example: "outside Kyiv" """
NEGATIONS = frozenset(
    "not no nor never neither none nobody nothing nowhere without cannot hardly barely scarcely".split()
)
"""Words that turn what is said into its opposite. Example: "It was not signed in May." """
NEGATING_PREFIXES = frozenset("non anti ex un not former pseudo".split())
"""Prefixes of names that make another name. Example: "the non-EU states" """
TURNING_WORDS = NEGATIONS | frozenset(
    """
    before after since until till above below over under up down more most less least few fewer only once all both
    against off out from to by some any every each either could may might would will can should must if
    """.split()
)
"""Words that say nothing about a topic, but without which a phrase says something else. Example: "after the vote" """
STOP_WORDS: frozenset[str] = frozenset(
    """
    a about after again all also am an and any are as at be because been before being between both but by can could
    did do does doing done down during each either else every few for from further get got had has have having he her
    here hers him his how i if in into is it its just kind let like many may me might more most much must my no nor not
    now of off on once one only or other our out over own s same say said says she should so some sort such t tell than
    that the their them then there these they this those through to too under until up upon us very was we were what
    when where which while who whom whose why will with would you your
    """.split()
)
"""Stop words: they say nothing about the topic of a question. Example: "What was it?" """
