"""English verbs as questions use them: which words are forms of one, and what its base form is.

A closed list, as there is no tagger here: the verbs that news is told and asked with. Words that are as often nouns
("strike", "talks") are told apart by where they stand, in `rag.conversation.tags`.
"""

from __future__ import annotations

from functools import cache

_REGULAR = """
    accept accuse achieve acquire act add adopt advise affect agree allow announce answer appear apply appoint
    approve argue arrive ask assassinate attend avoid believe belong blame block border build buy call cancel carry
    cause challenge change charge choose collapse collide compare compete complain concede condemn confirm consider
    contain continue convict cost criticise criticize cross cut damage decide declare decline defend define delay
    deliver demand denounce deny depend deploy derail describe destroy detain develop die differ disappear discover
    discuss dissent dismiss drop earn elect employ enable encourage end endorse enter escape evacuate evolve exist
    expand expect expel explain explode export express face fail favour fear file find finish fire follow force
    found free fund happen hesitate help hope host identify ignore imply import impose improve include increase
    indicate influence inform injure insist inspect intend interfere introduce invade invent invest investigate
    invite involve join jump kill kidnap land last launch lead learn like limit link list live look lower maintain
    manage mediate mention monitor move murder name need negotiate nominate notice obtain occupy occur offer open
    operate oppose order own participate pass pay perform permit plan play pledge predict prefer prepare present
    prevent privatise privatize produce prohibit promise propose protect protest prove provide publish purchase
    question raise rate ratify reach react rebuild receive recommend recover reduce refer refuse reject relate
    release remain remove reopen repair replace reply report represent require rescue resign resolve respond result
    retire return reveal review rise rule sack sanction save score search seize sentence separate serve settle share
    shift shoot sign sink speak spend split sponsor spread stand start state stay stop strike study succeed sue
    suffer suggest supply support surrender survive suspend suspect swear talk target tell test testify threaten
    touch trade train travel treat trigger trust try turn use veto vanish violate visit vote vow wait walk want warn
    wear win withdraw work worry wound bake borrow clean compare cook cure dance drink infect owe paint remember
    sing sleep solve wash fine hide halt hit hold hunt judge quit resume rest revoke
    """
_IRREGULAR = """
    beat beat beaten|become became become|begin began begun|bite bit bitten|bleed bled bled|blow blew blown
    break broke broken|bring brought brought|build built built|burn burnt burnt|buy bought bought
    catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt
    draw drew drawn|drive drove driven|eat ate eaten|fall fell fallen|feel felt felt|fight fought fought
    find found found|flee fled fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|get got got
    give gave given|go went gone|grow grew grown|hear heard heard|hide hid hidden|hit hit hit|hold held held
    keep kept kept|know knew known|lead led led|leave left left|lend lent lent|lie lay lain|lose lost lost
    make made made|mean meant meant|meet met met|pay paid paid|put put put|quit quit quit|read read read
    rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent
    set set set|shake shook shaken|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut
    sink sank sunk|sit sat sat|speak spoke spoken|spend spent spent|stand stood stood|steal stole stolen
    strike struck struck|swear swore sworn|take took taken|teach taught taught|tell told told|think thought thought
    throw threw thrown|undergo underwent undergone|understand understood understood|wear wore worn|win won won
    withdraw withdrew withdrawn|write wrote written|overthrow overthrew overthrown|rebuild rebuilt rebuilt
    """
_ALSO_NOUNS = frozenset(
    """
    act answer appeal attack ban blame block border build call cause challenge change charge cost cut damage deal
    delay demand drop end escape export face fall fear fight file find fire force found fund hit hold hope host hunt
    import increase influence judge jump land last launch lead limit link list look lower mention monitor move
    murder name need offer open order pass pay plan play pledge present promise protest purchase question rate read
    release remains repair report rescue result return review rise rule run sanction search sentence share shift
    show sign split spread stand start state stay stop strike study supply support suspect talk target test touch
    trade train travel trust try turn use veto visit vote walk want win work worry wound fine free separate own
    express rest
    """.split()
)
_NO_PAST = frozenset("bred hatred hundred kindred naked sacred shed sled".split())
_PLAIN_S = ("s", "x", "z", "ch", "sh")


@cache
def _bases() -> dict[str, str]:
    bases: dict[str, str] = {}
    verbs = dict.fromkeys([*_REGULAR.split(), *_ALSO_NOUNS])
    for triple in _IRREGULAR.replace("\n", "|").split("|"):
        if triple.strip():
            base, past, participle = triple.split()
            verbs[base] = None
            bases |= {past: base, participle: base}
    for verb in verbs:
        for form in _regular_forms(verb):
            bases.setdefault(form, verb)
    return bases | {verb: verb for verb in verbs}


def _regular_forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    stem = verb[:-1] if verb.endswith("e") else verb
    doubled = verb + verb[-1]
    plural = verb + ("es" if verb.endswith(_PLAIN_S) else "s")
    return plural, stem + "ed", stem + "ing", doubled + "ed", doubled + "ing"


def base_of(word: str) -> str | None:
    """The base form of the verb that this word is a form of; None where it is no form of a known one.

    A form that is both a past and a base ("found", "felt") counts as the past, but for "found" after "to".
    """
    return _bases().get(word.lower())


def is_past(word: str) -> bool:
    """Whether a word is a verb's past form: "-ed", or an irregular one that differs from the base."""
    lower = word.lower()
    base = base_of(lower)
    if base is None:
        return lower.endswith("ed") and len(lower) > 3 and not lower.endswith("eed") and lower not in _NO_PAST
    return lower != base and not lower.endswith(("s", "ing"))


def also_noun(word: str) -> bool:
    """Whether a form of a verb is as often a noun or an adjective: "strikes", "cost", "talk"."""
    base = base_of(word)
    return base in _ALSO_NOUNS and word.lower() in (base, base + "s", base + "es")
