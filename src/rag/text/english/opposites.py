"""Pairs of words that turn a statement or a question into its opposite. Each pair works in both directions."""

from __future__ import annotations

_PAIRS = """
first last|most least|before after|more fewer|more less|increase decrease|increased decreased
increasing decreasing|north south|northern southern|east west|eastern western|northeast southwest
northwest southeast|largest smallest|biggest smallest|larger smaller|bigger smaller|large small
big little|highest lowest|higher lower|high low|born died|birth death|alive dead|won lost|win lose
winner loser|winning losing|began ended|begin end|started stopped|start stop|beginning end
opened closed|open closed|oldest youngest|older younger|old new|old young|oldest newest
earliest latest|earlier later|early late|father mother|son daughter|brother sister|king queen
husband wife|male female|men women|man woman|boys girls|boy girl|he she|his her|him her
prince princess|actor actress|hero villain|inside outside|internal external|interior exterior
above below|over under|upper lower|top bottom|front back|left right|north south|summer winter
spring autumn|day night|morning evening|sunrise sunset|hot cold|hottest coldest|warm cool
wet dry|wettest driest|long short|longest shortest|longer shorter|tall short|tallest shortest
fast slow|fastest slowest|faster slower|strong weak|strongest weakest|stronger weaker
rich poor|richest poorest|wealthy poor|cheap expensive|good bad|best worst|better worse
positive negative|success failure|successful unsuccessful|succeeded failed|accepted rejected
accept reject|agreed refused|agree disagree|supported opposed|support oppose|supporters opponents
allowed banned|allow prohibit|allowed prohibited|legal illegal|public private|native foreign
domestic foreign|local national|urban rural|ancient modern|major minor|majority minority
maximum minimum|common rare|popular unpopular|known unknown|famous unknown|easy difficult
simple complex|friend enemy|allies enemies|ally enemy|war peace|attack defend|attacked defended
defeated lost|victory defeat|arrived left|arrive leave|entered left|joined left|gained lost
gain lose|buy sell|bought sold|lend borrow|gave took|give take|sent received|send receive
created destroyed|create destroy|built destroyed|founded dissolved|added removed|add remove
raised lowered|rise fall|rose fell|grew shrank|expanded reduced|expand reduce|include exclude
included excluded|appeared disappeared|remembered forgot|love hate|liked disliked|like dislike
full empty|heavy light|heaviest lightest|dark light|black white|thick thin|wide narrow|deep shallow
hard soft|safe dangerous|healthy sick|true false|real fake|right wrong|always never|often rarely
usually rarely|all none|many few|with without|near far|nearest farthest|closest farthest
teacher student|employer employee|buyer seller|parent child|parents children|ancestors descendants
predecessor successor|preceded followed|previous next|former current|present absent|active inactive
permanent temporary|primary secondary|formal informal|liberal conservative|democratic republican
democrats republicans|democrat republican|offensive defensive|offense defense|import export
imports exports|income expense|profit loss|guilty innocent|arrested released|hired fired
appointed removed|elected ousted|married divorced|christian muslim|catholic protestant
advantage disadvantage|advantages disadvantages|benefit harm|benefits drawbacks|cause prevent
causes prevents|caused prevented|encouraged discouraged|encourage discourage|approve disapprove
approved rejected|praised criticized|praise criticize|loved hated|similar different|same different
even odd|odd even|union confederacy|land sea|land water|army navy|solid liquid|theory practice
question answer|solo group|city country|at-home away|minimum maximum|upstream downstream
indoor outdoor|voluntary mandatory|optional required|ascending descending|visible invisible
possible impossible|able unable|likely unlikely|aware unaware|dependent independent|equal unequal
easier harder|easy hard|passed failed|hailed condemned|welcomed denounced|upheld overturned|lifted imposed
tightened loosened|tighten loosen|delayed hastened|recovered worsened|improved worsened|improve worsen
convicted acquitted|convict acquit|confirmed denied|confirm deny|for against|toward away|guilty cleared
resumed suspended|resume suspend|shortage surplus|deficit surplus|ceasefire offensive|survived died
captured released|captured freed|kidnapped released|kidnapped freed|abducted freed|detained released
detained freed|jailed released|jailed freed|imprisoned released|launched ended|announced cancelled
admitted denied|admit deny|remain leave|stayed left|renewed cancelled|strengthened weakened|strengthen weaken
survive die|survive drown|survived drowned|survive perish|survived perished|survived killed|profit lose|gain loss
evacuated returned|missing recovered|missing rescued|cut raise|cut increase|reduce increase
reduced increased|grow shrink|begin expire|start expire|began expired|started expired
"""


def _read_pairs() -> dict[str, tuple[str, ...]]:
    opposites: dict[str, list[str]] = {}
    for pair in _PAIRS.replace("\n", "|").split("|"):
        if pair:
            one, other = pair.split()
            opposites.setdefault(one, []).append(other)
            opposites.setdefault(other, []).append(one)
    return {word: tuple(dict.fromkeys(others)) for word, others in opposites.items()}


OPPOSITES: dict[str, tuple[str, ...]] = _read_pairs()
"""The opposites of each word, in lower case. Example: "The bill was rejected" has the opposite of "approved". """
CONVERSE = frozenset(
    """
    bought sold sent received gave took lent borrowed won lost defeated taught learned entered left
    buy sell send receive give take lend borrow win lose defeat teach learn enter leave
    """.split()
)
"""Opposites that may tell the same from the other side. Example: "Lund bought the mill" is "Vik sold it to Lund". """
CONVERSE_DEEDS = {
    "beat": ("lose",),
    "defeat": ("lose",),
    "lose": ("beat", "defeat"),
    "buy": ("sell",),
    "sell": ("buy",),
    "succeed": ("precede",),
    "precede": ("succeed",),
}
"""Verbs that tell a deed from its other side. Example: "Who did Vik beat?" not whom they lose to."""
MUTUAL_DEEDS = frozenset(
    "marry wed divorce meet face play fight date debate join merge collide kiss hug befriend embrace tie draw".split()
)
"""Verbs for what both sides do. Example: "Lund and Vik marry." """
