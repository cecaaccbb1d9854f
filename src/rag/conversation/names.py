"""What kind of thing a name names, as far as its words tell: a man, a woman, a place, a group.

Short lists of what news names most, and the words that give a name away ("Lake", "Ministry", "President").
"""

from __future__ import annotations

import re

PLACES = frozenset(
    """
    Afghanistan Africa Alaska Albania Aleppo Algeria America Amsterdam Anchorage Angola Ankara Antarctica Antwerp
    Argentina Arizona Armenia Asia Astana Athens Australia Austria Azerbaijan Baghdad Bahrain Baltic Bangladesh
    Barcelona Beijing Beirut Belarus Belgium Berlin Birmingham Bolivia Bosnia Boston Botswana Brazil Britain
    Brussels Bucharest Budapest Bulgaria Burundi Cairo California Cambodia Cameroon Canada Caracas Chad Chechnya
    Chicago Chile China Colombia Colorado Congo Copenhagen Crimea Croatia Cuba Cyprus Damascus Darfur Davos Delhi
    Denmark Dhaka Doha Donetsk Dubai Dublin Ecuador Egypt England Eritrea Estonia Ethiopia Europe Finland Florida
    France Frankfurt Gaza Geneva Georgia Germany Ghana Glasgow Greece Greenland Guatemala Guinea Haiti Hawaii
    Helsinki Hokkaido Honduras Houston Hungary Iceland Idaho Idlib India Indonesia Iran Iraq Ireland Islamabad
    Israel Istanbul Italy Jakarta Japan Jerusalem Jordan Kabul Kansas Kashmir Kazakhstan Kenya Kharkiv Khartoum
    Kherson Kosovo Kuwait Kyiv Kyrgyzstan Laos Latvia Lebanon Liberia Libya Lisbon Lithuania London Luxembourg
    Macedonia Madagascar Madrid Malawi Malaysia Maldives Mali Malta Manchester Manila Mariupol Mars Mauritania Mecca
    Melbourne Mexico Miami Michigan Minnesota Moldova Monaco Mongolia Montenegro Morocco Moscow Mosul Mozambique
    Mumbai Munich Muscat Myanmar Nairobi Namibia Nepal Netherlands Nevada Nicaragua Niger Nigeria Norway Odesa Ohio
    Oman Oslo Pakistan Palestine Panama Paraguay Paris Pennsylvania Peru Philippines Poland Portugal Prague
    Pyongyang Qatar Rafah Riyadh Romania Rome Russia Rwanda Sanaa Scotland Senegal Seoul Serbia Shanghai Siberia
    Sicily Singapore Slovakia Slovenia Somalia Spain Stockholm Sudan Sweden Switzerland Sydney Syria Taiwan
    Tajikistan Tanzania Tashkent Tbilisi Tehran Texas Thailand Tibet Tokyo Toronto Transnistria Tripoli Tunis
    Tunisia Turkey Turkmenistan Tuvalu Uganda Ukraine Uruguay Utah Uzbekistan Vatican Venezuela Vienna Vietnam
    Virginia Wales Warsaw Washington Xinjiang Yemen Zambia Zimbabwe Zurich
    """.split()
)
_COMPASS = frozenset("North South East West Northern Southern Eastern Western Central New United Saudi Sri".split())
_GEOGRAPHY = frozenset(
    """
    Lake Mount River Sea Ocean Island Islands Bay Gulf Strait Canal Valley Desert City County Coast Republic Kingdom
    Emirates Arabia Hague Peninsula Territory Territories Bank Strip States Hills Mountains
    """.split()
)
_GROUPS = frozenset(
    """
    Ministry Party Council Committee Commission Agency Court Senate Congress Parliament Union Organisation
    Organization House Army Navy Force Forces Police Association Federation Institute University Company Group Inc
    Ltd Corporation Department Office Bureau Bank Foundation Museum Hospital Agreement Treaty Accord Act Bill
    Crossing Programme Program Gazette Courier Times Post Journal News Project Experiment War Convention Protocol
    Summit Prize Award Line Airport Bridge Dam Tower Street Movement League Scheme Fund Nations Reserve Airlines
    Airways
    """.split()
)
_TITLES_HE = frozenset("Mr King Prince Sir Lord Sheikh Emperor Sultan".split())
_TITLES_SHE = frozenset("Mrs Ms Miss Queen Princess Dame Lady Sheikha".split())
_TITLES = frozenset(
    """
    President Minister Senator Governor Mayor Chancellor Judge Justice Dr Professor General Colonel Captain Pope
    Ambassador Secretary Bishop Chief Admiral Representative Chairman Premier
    """.split()
)
_MEN = frozenset(
    """
    Abbas Abdul Ahmed Ajay Alan Alexander Ali Andrew Anthony Antonio Barack Benjamin Bernard Bill Bob Boris Carlos
    Charles Christopher Daniel David Denis Donald Dmitry Edward Emmanuel Eric Francis Frank Friedrich George Gordon
    Hamid Hassan Henry Hugo Ibrahim Ivan Jack James Jean Joe John Jonathan José Joseph Juan Justin Kamal Keir Kevin
    Khalid Klaus Lars Luis Marco Mark Martin Matthew Michael Mohammad Mohammed Muhammad Narendra Nicolas Nicolás
    Olaf Omar Pablo Patrick Paul Pedro Peter Philip Pierre Ralph Recep Richard Rishi Robert Roger Ronald Scott
    Sergei Simon Stephen Steven Thomas Tim Tom Tony Viktor Vladimir Volodymyr Walter William Xi Yusuf
    """.split()
)
_WOMEN = frozenset(
    """
    Aisha Alice Amara Amy Ana Angela Anna Anne Annalena Barbara Carla Caroline Christine Claire Claudia Corina Diana
    Elena Elizabeth Emily Emma Eva Fatima Giorgia Greta Hannah Helen Hillary Ingrid Isabel Jacinda Jane Jennifer
    Jessica Joan Julia Kamala Kate Katherine Karen Laura Leila Linda Lisa Liz Lucy Luisa Maria María Marie Marine
    Margaret Mary Michelle Nancy Nicola Olga Patricia Rachel Rosa Ruth Sanna Sarah Sofia Susan Teresa Theresa Ursula
    Yulia Zainab Hasina
    """.split()
)
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
GROUP_NOUNS = frozenset(
    """
    administration agency army band board cabinet club committee company council court crew family firm government
    group jury majority media military ministry movement opposition panel parliament party police public regime navy
    senate staff team union youth
    """.split()
)
_PLURALS = frozenset("people men women children police media troops data".split())
_SINGULARS = frozenset("news politics economics physics series species athletics crisis analysis basis thesis".split())
_DOER = re.compile(r"(?:[^aeiou]er|eer|[st]or|ist|ian|man|woman|person)$")
_ACRONYM = re.compile(r"[A-Z]{2,}s?")


def is_plural(noun: str) -> bool:
    """Whether a noun or a name is of many, by its ending."""
    lower = noun.lower()
    if lower in _PLURALS:
        return True
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and lower not in _SINGULARS


def fits_of_name(words: list[str]) -> frozenset[str]:
    """The pronouns that may stand for a name, given as its words: of "he", "she", "it", "they", "there"."""
    given = set(words)
    if given & _GROUPS or _ACRONYM.fullmatch(words[-1]):
        return frozenset({"it", "they"} | ({"there"} if given & _GEOGRAPHY else set()))
    if given & _GEOGRAPHY or (words[-1] in PLACES and (len(words) == 1 or given & _COMPASS)):
        return frozenset(
            {"there", "they"} if is_plural(words[-1]) and words[-1] not in PLACES | {"States"} else {"it", "there"}
        )
    if given & (_TITLES_HE | _MEN):
        return frozenset({"he"})
    if given & (_TITLES_SHE | _WOMEN):
        return frozenset({"she"})
    if given & _TITLES or (len(words) > 1 and not is_plural(words[-1])):
        return frozenset({"he", "she"}) | (frozenset() if given & _TITLES else frozenset({"it"}))
    return frozenset({"they", "it"}) if is_plural(words[-1]) else frozenset({"he", "she", "it"})


def fits_of_noun(head: str) -> frozenset[str]:
    """The pronouns that may stand for a noun phrase with this head."""
    lower = head.lower()
    if lower in PERSON_NOUNS:
        return frozenset({"he", "she"})
    if lower in GROUP_NOUNS:
        return frozenset({"they"}) if lower == "police" else frozenset({"it", "they"})
    if is_plural(lower):
        return frozenset({"they"})
    return frozenset({"it", "he", "she"} if _DOER.search(lower) else {"it"})
