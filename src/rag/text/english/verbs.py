"""Verbs of news and of questions: regular ones in their base form, and the forms of irregular ones."""

from __future__ import annotations

REGULAR_VERBS = tuple(
    """
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
    """.split()
)
"""Verbs in their base form. Some also have irregular forms below. Example: "Who did he accuse?" """
IRREGULAR_VERBS = tuple(
    tuple(forms.split())
    for forms in """
    bear bore born|beat beat beaten|become became become
    begin began begun|bite bit bitten|bleed bled bled|blow blew blown
    break broke broken|bring brought brought|build built built|burn burnt burnt|buy bought bought
    catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt
    draw drew drawn|drive drove driven|eat ate eaten|fall fell fallen|feel felt felt|fight fought fought
    find found found|flee fled fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|get got got
    give gave given|go went gone|grow grew grown|hear heard heard|hide hid hidden|hit hit hit|hold held held
    hurt hurt hurt|keep kept kept|know knew known|lead led led|leave left left|lend lent lent|let let let|lie lay lain
    lose lost lost
    make made made|mean meant meant|meet met met|pay paid paid|put put put|quit quit quit|read read read
    rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent
    set set set|shake shook shaken|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut
    sink sank sunk|sit sat sat|speak spoke spoken|spend spent spent|stand stood stood|steal stole stolen
    strike struck struck|swear swore sworn|take took taken|teach taught taught|tell told told|think thought thought
    throw threw thrown|undergo underwent undergone|understand understood understood|wear wore worn|win won won
    withdraw withdrew withdrawn|write wrote written|overthrow overthrew overthrown|rebuild rebuilt rebuilt
    """.replace("\n", "|").split("|")
    if forms.strip()
)
"""Base form, past form and participle of irregular verbs. Example: "begin began begun" """
ALSO_NOUNS = frozenset(
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
"""Verbs that are as often nouns or adjectives. Example: "The strike ended." """
NOT_PAST = frozenset("bred hatred hundred kindred naked sacred shed sled".split())
"""Words in -ed that are not a past form of a verb. Example: "a hundred people" """
PLURAL_ES = ("s", "x", "z", "ch", "sh")
"""Endings of verbs that take -es. Example: "she watches", "he fixes" """
AUXILIARIES_OF_DOING = frozenset("do does did don't doesn't didn't".split())
"""Forms of "do". Example: "Where did he go?" """
AUXILIARIES_OF_BEING = frozenset("is are was were be been being isn't aren't wasn't weren't am".split())
"""Forms of "be". Example: "What was said?" """
AUXILIARIES_OF_HAVING = frozenset("has have had hasn't haven't hadn't".split())
"""Forms of "have". Example: "What has changed?" """
FINITE_AUXILIARIES = ("is", "are", "was", "were", "has", "have", "had", "does", "did")
"""Auxiliaries that need a subject of their own. Example: "The ships were old." """
MODALS = frozenset("can could will would should may might must shall can't couldn't won't wouldn't shouldn't".split())
"""Modal verbs. Example: "Who could win?" """
AUXILIARIES = AUXILIARIES_OF_DOING | AUXILIARIES_OF_BEING | AUXILIARIES_OF_HAVING | MODALS
"""All auxiliaries. Example: "Which ships were lost?" """
ASKING_AUXILIARIES = ("do", "does", "did", "has", "have", "had")
"""Auxiliaries before the speaker in a question for someone's words. Example: "What has Keller said?" """
COUNTED_VERBS = ("were", "have", "had", "are", "died", "fled", "voted", "took")
"""Verbs after counted people or things. Example: "Twelve people died in the fire." """
PASSIVE_AUXILIARIES = ("was", "were", "is", "are")
"""Auxiliaries that form a passive with a participle. Example: "It was built in 1912." """
FINITE_FORMS = (
    *("is", "are", "was", "were", "am", "has", "have", "had", "do", "does", "did", "will", "would", "can", "could"),
    *("may", "might", "must", "shall", "should", "cannot", "says?", "said", "went", "came", "took", "made", "got"),
    *("gave", "left", "held", "met", "told", "began", "won", "lost", "rose", "fell", r"\w{2,}ed"),
)
"""Patterns of finite verbs, which make a sentence complete. Example: "the two sides met" """
PAST_FORMS = tuple("won led took held broke left lost built wrote shot ran became began sent met".split())
"""Irregular past forms of verbs for what people do in news. Example: "Who wrote the letter?" """
FATES = tuple(
    frozenset(fate.split())
    for fate in (
        "kill kills killed killing die dies died dead death deaths fatalities perished",
        "injure injures injured injuring injuries wounded hurt",
        "missing unaccounted",
        "arrested detained",
        "rescued saved",
        "evacuated displaced",
    )
)
"""Words for what happens to people who are counted, by fate. Example: "Three were killed and ten injured." """
NO_DEEDS = ("needed", "used", "supposed", "based", "located", "related")
"""Words in -ed that don't describe a deed. Example: "It was based in Oslo." """
MAKING = frozenset("make makes made find finds found".split())
"""Verbs whose object may be an "it" that refers to nothing. Example: "She made it clear that he must go." """
MOVES = frozenset("go goes going went gone travel travelled fly flew flown flee fled move moved sent send".split())
"""Verbs of movement "to" a place. Example: "Who fled there?" """

FUTURE = (
    r"will|won[’']t|shall|going to|gonna|plan(?:s|ned)? (?:to|for)|expect(?:s|ed)?|predict(?:s|ed)?"
    r"|forecasts?|schedul(?:ed|es?)|target(?:s|ed)?|goals?|promis(?:e|es|ed)|propos(?:e|es|ed|al)|budget(?:s|ed)?|next|upcoming|by"
)
"""Words of a question about what is to come, which an earlier article may tell. Example: "will" """
STILL_TO_COME = (
    r"will|won[’']t|shall|would|could|may|might|should|must|deadline (?:is|of)"
    r"|due(?! to (?:the|an?|its|his|her|their)\b)|going to|to be|(?:is|are|was|were) to"
    r"|(?:set|slated|ready|likely|poised) (?:to|for)|(?:plan|hope|intend|vow|promise|expect)(?:s|n?e?d)? (?:to|for)"
    r"|forecast for|(?:expected|scheduled|slated)|(?:postponed|delayed|adjourned|rescheduled) (?:to|for|until)"
)
"""Pattern of the words before what is still to be done on a day. Example: "is due to open on Friday" """
