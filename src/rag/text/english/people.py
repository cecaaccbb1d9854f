"""Titles, name particles, first names and nouns for people."""

from __future__ import annotations

ABBREVIATED_TITLES = frozenset(
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen col lt sgt cpl capt maj adm cmdr rev hon pres amb st"
    " messrs atty asst supt det insp".split()
)
"""Abbreviated titles, which a full stop may follow. Example: "Sen. Keller met Dr. Novak." """
COURTESY_TITLES = ("mr", "mrs", "ms", "dr")
"""Abbreviated titles that British newspapers write without a full stop. Example: "Dr Novak" """
TITLES_IN_FULL = {
    **{"sen": "senator", "sens": "senators", "rep": "representative", "reps": "representatives", "gov": "governor"},
    **{"govs": "governors", "gen": "general", "col": "colonel", "lt": "lieutenant", "sgt": "sergeant", "dr": "doctor"},
    **{"prof": "professor", "capt": "captain", "maj": "major", "adm": "admiral", "pres": "president"},
    **{"amb": "ambassador", "supt": "superintendent", "det": "detective", "insp": "inspector", "asst": "assistant"},
}
"""Abbreviated titles and their full forms. Example: "Sen. Keller" is a senator. """
MENS_TITLES = frozenset("mr king prince sir lord sheikh emperor sultan".split())
"""Titles of men. Example: "King Charles" """
WOMENS_TITLES = frozenset("mrs ms miss queen princess dame lady sheikha".split())
"""Titles of women. Example: "Queen Margrethe" """
OFFICES = frozenset(
    "president minister senator governor mayor chancellor judge justice dr professor general colonel captain pope"
    " ambassador secretary bishop chief admiral representative chairman premier".split()
)
"""Offices that may come before the name of a man or a woman. Example: "President Tokayev" """
TITLES = (
    MENS_TITLES
    | WOMENS_TITLES
    | OFFICES
    | frozenset(
        "attorney congressman congresswoman doctor gov lieutenant officer prime prof rep sen sergeant sheriff speaker"
        " spokesman spokesperson spokeswoman".split()
    )
)
"""All titles that may come before a speaker's name. Example: "What did Sheriff Lund say?" """
_TITLES_OF_OTHER_NAMES = frozenset("miss premier chief".split())
"""Titles that also begin other names: Miss Universe, the Premier League."""
CAPITAL_TITLES = frozenset("sir dame lord lady".split())
"""Titles that are always written with a capital. Example: "Lady Hale" """
TITLES_BEFORE_NAMES = (
    (MENS_TITLES | WOMENS_TITLES | OFFICES | frozenset(("lieutenant", "officer", "sergeant")))
    - ABBREVIATED_TITLES
    - CAPITAL_TITLES
    - _TITLES_OF_OTHER_NAMES
) | frozenset(
    "archbishop ayatollah chair chairwoman coach commander director emir envoy executive leader major spokesman"
    " spokeswoman spokesperson".split()
)
"""Titles in full, with or without a capital, that are not part of the name. Example: "the coach Pia Lund" """
TITLES_OF_GROUPS = frozenset("executive general justice major".split())
"""Titles that also stand in names of groups. Example: "the United Nations General Assembly" """
BEFORE_TITLES = frozenset(
    "former vice deputy prime foreign defence defense finance interior chief supreme acting ex".split()
)
"""Words that may come before a title and are part of it. Example: "former deputy mayor Lund" """
GENERATIONS = frozenset("jr sr junior senior ii iii iv".split())
"""Words behind a name that tell a person from a parent. Example: "Otto Keller Jr." """
ROLES_BEFORE_NAMES = frozenset(
    """
    adviser advisor analyst coach commissioner counsel counselor democrat economist envoy historian independent
    negotiator pollster republican strategist superintendent supervisor treasurer whip
    """.split()
)
"""Further roles that may stand with a capital before a name. Example: "EU Climate Commissioner Pia Lund" """
PRIVATE_ROLES = frozenset(
    """
    activist actor analyst artist author candidate coach correspondent doctor economist historian journalist killer
    lawyer man woman boy girl father mother son daughter wife husband player pollster prisoner professor prof reporter
    scientist singer soldier strategist suspect teacher victim winner witness writer
    """.split()
)
"""Roles of people who speak for themselves. Example: "the Iranian historian Ida Lund" """
STAFF = frozenset("agent aide diplomat lawmaker legislator official".split())
"""Further roles of people who speak for a country or an office. Example: "a White House official" """
GOING_BETWEEN = frozenset("adviser advisor ambassador envoy negotiator".split())
"""Roles behind the name of a country that others send to it. Example: "Iran envoy Lund", but "Iran's envoy" """
OPPOSED = frozenset("critic enemy foe opponent rival".split())
"""Nouns for people who are against someone. Example: "a critic of Iran" """
PARTIES = (
    ("Republicans", "Republican", "GOP", "R"),
    ("Democrats", "Democrat", "Democratic", "D"),
    ("Conservatives", "Conservative", "Tories", "Tory"),
    ("Liberals", "Liberal"),
    ("Greens", "Green"),
    ("Labour",),
    ("Libertarians", "Libertarian"),
)
"""Words for the people of a party, and the letter that stands for it behind a name. Example: "Lund (R-Ohio)" """
CHARGES = frozenset(
    "agriculture culture economy education energy environment fire fisheries health home housing immigration industry"
    " justice labor labour police sports tourism trade transport treasury".split()
)
"""Words before an office for what its holder is in charge of. Example: "the energy minister" """
DEPARTMENTS = CHARGES | frozenset(
    "state defense defence homeland security commerce interior human services war".split()
)
"""Words behind "of" in an office, for a department. Example: "Secretary of State Lund" """
LESSER_RANKS = frozenset("deputy vice assistant associate junior shadow honorary".split())
"""Words before an office that make another office of it. Example: "the deputy mayor" """
LOWER_RANKS = frozenset("sub lieutenant".split())
"""Words that make another office of it only before the office's noun. Example: "the sub-mayor" """
COMING_RANKS = frozenset("elect designate nominee".split())
"""Words behind an office that someone does not hold yet. Example: "the mayor-elect" """
ABBREVIATED_OFFICES = {
    "vp": (frozenset(("vice",)), "president"),
    "veep": (frozenset(("vice",)), "president"),
    "ceo": (frozenset[str](), "ceo"),
    "cfo": (frozenset[str](), "cfo"),
    "pm": (frozenset[str](), "prime minister"),
}
"""Offices that are written short, with the ranks and the noun that they stand for. Example: "VP Keller" """
CANDIDATES_FOR = (
    r"(?:candidates?|nominees?|contenders?|hopefuls?|frontrunners?|challengers?) for"
    r"|(?:runs?|ran|running|stood|standing) for"
)
"""A pattern of words before an office that someone wants. Example: "the candidate for mayor" """
FORMER_RANKS = frozenset("former ex onetime erstwhile previous".split())
"""Words before an office that someone held before. Example: "the ex-mayor" """
POLITE_TITLES = frozenset((*COURTESY_TITLES, *"miss sir hon st rev messrs".split()))
"""Titles that don't say who someone is. Example: "Mr. Lund" """
IN_CHARGE = ("is", "was", "heads", "leads", "runs", "chairs", "represents")
"""Verbs behind "who" that say who someone is. Example: "Lund, who heads the council" """
LEADING = ("leads", "heads", "runs", "rules", "governs", "chairs", "commands", "owns", "edits", "coaches", "captains")
"""Verbs of one who holds an office now. Example: "Who leads the union?" """
BECOMING = frozenset(
    "became become becomes becoming elected named appointed promoted sworn chosen installed inaugurated".split()
)
"""Verbs for coming into an office. Example: "The deputy editor became editor." """
LEAVING = r"resigned|retired|quit|(?:stepped|stood) down|was (?:sacked|fired|dismissed|removed|replaced)"
"""A pattern of verbs for leaving an office. Example: "Lund resigned as mayor." """
OFFICES_OWNED = (
    r"(?:prime|foreign|defen[sc]e|finance|interior|health|justice) minister",
    *(r"(?:vice )?president", "chancellor", "mayor", "governor", "ambassador", "chief executive", "chairman"),
    *("chairwoman", "spokesman", "spokeswoman", "attorney general", "police chief"),
)
"""Patterns of offices that belong to a country, city or organisation. Example: "Norway's prime minister" """

ARABIC_PARTICLES = frozenset("al el bin bint ibn ben".split())
"""Particles of Arabic names. Example: "Badr bin Hamad al-Busaidi" """
ASSIMILATED_ARTICLES = frozenset("as ar an ash ad at".split())
"""The Arabic article as it sounds before some letters. Example: "Bashar as-Sadr" """
NAME_PARTICLES = ARABIC_PARTICLES | frozenset("de del della di da du des la le van von der den ter".split())
"""Particles that are written in lower case inside a name. Example: "Ursula von der Leyen" """
OPENING_PARTICLES = NAME_PARTICLES | frozenset("abu ould y e i".split())
"""Particles that may begin a sentence in lower case. Example: "von der Leyen agreed." """
NAME_JOINTS = frozenset("of the and for".split())
"""English function words inside a name. Example: "Bank of England" """
NAME_PREPOSITIONS = frozenset("in on at".split())
"""Prepositions that join a place to a name. Example: "the Institute for Peace in Oslo" """
ARTICLE_JOINTS = NAME_JOINTS | frozenset("in on".split())
"""English words that have no letter in an acronym. Example: "the Ministry of the Interior" """

PERSON_NOUNS = frozenset(
    """
    actor activist ambassador artist author boss candidate captain chairman chairwoman chancellor chief commander
    correspondent dictator director editor emperor executive founder general governor head judge journalist killer
    king lawyer leader man mayor minister officer owner player pope predecessor president prince princess prisoner
    professor prosecutor queen reporter scientist secretary senator singer soldier spokesman spokesperson
    spokeswoman successor suspect teacher victim winner witness woman writer boy girl father mother son daughter
    wife husband
    """.split()
)
"""Nouns for one person. Example: "the author of the book" """
MENS_NOUNS = frozenset(
    """
    man boy father son brother husband uncle nephew grandfather grandson widower king prince emperor businessman
    policeman gentleman monk
    """.split()
)
"""Nouns for one man. Example: "the businessman Otto Lund" """
WOMENS_NOUNS = frozenset(
    """
    woman girl mother daughter sister wife aunt niece grandmother granddaughter widow queen princess empress actress
    businesswoman spokeswoman chairwoman congresswoman policewoman lady nun
    """.split()
)
"""Nouns for one woman. Example: "Ida Lund, a mother of two" """
RETINUES = frozenset(
    """
    adviser advisor agent aide allies ally assistant backer bodyguard campaign cousin critic defender deputy detail
    envoy fan follower forces friend guard loyalist opponent parents regime relative rival servant sibling sister
    brother subordinate supporter troops uncle aunt nephew niece voter worker colleague partner guardsman henchman
    """.split()
)
"""Nouns for people who belong to a person, and do what that person didn't do. Example: "Lund's aides" """
DOER_ENDINGS = ("[^aeiou]er", "eer", "[st]or", "ist", "ian", "man", "woman", "person")
"""Patterns of the endings of nouns for people who do something. Example: "the physicist" """
SUPERLATIVE_ROLES = ("only", "first", "head", "founder", "leader", "author", "director", "owner")
"""Nouns and adjectives that describe only one person, after "the". Example: "Lund, the founder of the party" """
CROWDS = frozenset("people men women children persons others".split())
"""Nouns for people that don't say who they are. Example: "Which people voted?" """
COUNTED_PEOPLE = ("people", "men", "women", "children")
"""Nouns for counted people, all without a plural s. Example: "Three children were hurt." """
MENS_NAMES = frozenset(
    """
    Abbas Abdul Ahmed Ajay Alan Alexander Ali Andrew Anthony Antonio Barack Benjamin Bernard Bill Bob Boris Carlos
    Charles Christopher Daniel David Denis Donald Dmitry Edward Emmanuel Eric Francis Frank Friedrich George Gordon
    Hamid Hassan Henry Hugo Ibrahim Ivan Jack James Jean Joe John Jonathan José Joseph Juan Justin Kamal Keir Kevin
    Khalid Klaus Lars Luis Marco Mark Martin Matthew Michael Mohammad Mohammed Muhammad Narendra Nicolas Nicolás
    Olaf Omar Pablo Patrick Paul Pedro Peter Philip Pierre Ralph Recep Richard Rishi Robert Roger Ronald Scott
    Sergei Simon Stephen Steven Thomas Tim Tom Tony Viktor Vladimir Volodymyr Walter William Xi Yusuf
    """.split()
)
"""First names of men that are common in news. Example: "Boris Pistorius" """
WOMENS_NAMES = frozenset(
    """
    Aisha Alice Amara Amy Ana Angela Anna Anne Annalena Barbara Carla Caroline Christine Claire Claudia Corina Diana
    Elena Elizabeth Emily Emma Eva Fatima Giorgia Greta Hannah Helen Hillary Ingrid Isabel Jacinda Jane Jennifer
    Jessica Joan Julia Kamala Kate Katherine Karen Laura Leila Linda Lisa Liz Lucy Luisa Maria María Marie Marine
    Margaret Mary Michelle Nancy Nicola Olga Patricia Rachel Rosa Ruth Sanna Sarah Sofia Susan Teresa Theresa Ursula
    Yulia Zainab Hasina
    """.split()
)
"""First names of women that are common in news. Example: "Annalena Baerbock" """
