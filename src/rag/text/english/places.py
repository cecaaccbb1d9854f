"""Names of places and organisations, words that such names contain, and nouns for them."""

from __future__ import annotations

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
    Virginia Wales Warsaw Washington Korea Lanka Leone Xinjiang Yemen Zealand Zambia Zimbabwe Zurich
    """.split()
)
"""Countries, cities and regions that are common in news. Example: "Doha" """
PEOPLES_PLACES = frozenset(
    """
    Chad Dallas Florence Georgia Houston Jordan Lincoln London Madison Mali Milan Paris Sydney Victoria Virginia
    Washington Wales Berlin Holland Austin Jackson Vienna Verona
    """.split()
)
"""Places whose names people have too. Example: "Jordan" """
COMPASS = frozenset("North South East West Northern Southern Eastern Western Central New United Saudi Sri".split())
"""Words that may come before the name of a place. Example: "North Korea" """
GEOGRAPHY = frozenset(
    """
    Lake Mount River Sea Ocean Island Islands Bay Gulf Strait Canal Valley Desert City County Coast Republic Kingdom
    Emirates Arabia Hague Peninsula Territory Territories Bank Strip States Hills Mountains
    """.split()
)
"""Words in names of places. Example: "Lake Chad" """
GROUPS = frozenset(
    """
    Ministry Party Council Committee Commission Agency Court Senate Congress Parliament Union Organisation
    Organization House Army Navy Force Forces Police Association Federation Institute University Company Group Inc
    Ltd Press Corporation Department Office Bureau Bank Foundation Museum Hospital Agreement Treaty Accord Act Bill
    Crossing Programme Program Gazette Courier Times Post Journal News Project Experiment War Convention Protocol
    Summit Prize Award Line Airport Bridge Dam Tower Street Movement League Scheme Fund Nations Reserve Airlines
    Airways
    """.split()
)
"""Words in names of organisations, works and events. Example: "the Ministry of Health" """
GROUP_NOUNS = frozenset(
    """
    administration agency army band board cabinet club committee company council court crew family firm government
    group jury majority media military ministry movement opposition panel parliament party police public regime navy
    senate staff team union youth
    """.split()
)
"""Nouns for groups of people that act as one. Example: "the committee" """
PLURALS = frozenset("people men women children police media troops data".split())
"""Plural nouns that don't end in s. Example: "the troops and the children" """
SINGULARS = frozenset("news politics economics physics series species athletics crisis analysis basis thesis".split())
"""Singular nouns that end in s. Example: "the crisis" """
COMPANIES = frozenset("company firm airline bank organisation organization group business corporation".split())
"""Nouns that refer to a company named before. Example: "Who founded the airline?" """
LANDS = frozenset("country nation state city town island region area place site village".split())
"""Nouns that refer to a place named before. Example: "Who governs the island?" """
NATIONS = frozenset("country countries nation nations state states government governments".split())
"""Nouns that the name of a country may replace. Example: "Which countries signed?" """
ASKED_PLACES = ("country", "city", "place", "state", "town", "region", "province")
"""Nouns that ask for a place. Example: "In which province was it?" """
PLACE_NOUNS = tuple(
    (
        r"airports? bases? banks? borders? buildings? camps? cells? churche?s? cit(?:y|ies) coasts? countr(?:y|ies) "
        "courts? deserts? farms? fields? homes? hospitals? hotels? houses? islands? labs? markets? mosques? mountains? "
        "offices? palaces? parks? ports? prisons? regions? restaurants? rivers? roads? rooms? schools? seas? "
        "shops? sites? squares? stadiums? states? stations? stores? streets? towns? villages? abroad"
    ).split()
)
"""Patterns of nouns for places. Example: "at the airport" """
AGENCIES = (
    *("CNN(?: Business)?", "AP", "Associated Press", "AFP", "Reuters", "UPI", "Bloomberg", "BBC", "NPR", "CBS", "NBC"),
    *("DPA", "dpa", "Xinhua", "TASS", "ANSA", "EFE"),
)
"""Patterns of the agencies and networks in datelines. Example: "LONDON (Reuters) - The bank said" """
ALIASES = {
    "united states": "us usa america|united states of america",
    "united kingdom": "uk britain|great britain",
    "united arab emirates": "uae emirates",
    "united nations": "un",
    "european union": "eu",
    "turkey": "turkiye",
    "czech republic": "czechia",
    "myanmar": "burma",
    "ivory coast": "|cote d ivoire",
    "kyiv": "kiev",
    "odesa": "odessa",
    "kharkiv": "kharkov",
    "mumbai": "bombay",
    "eswatini": "swaziland",
    "south korea": "|republic of korea",
    "north korea": "dprk",
    "democratic republic of congo": "drc|dr congo|democratic republic of the congo",
}
"""Standard names, and their aliases: first those of one word, then those of several words, each after a bar.

Example: "Kiev" is Kyiv, and so is "kyiv".
"""
ADJECTIVES_OF_LANDS = {
    **{"american": "united states", "americans": "united states", "british": "united kingdom", "french": "france"},
    **{"german": "germany", "germans": "germany", "greek": "greece", "greeks": "greece", "dutch": "netherlands"},
    **{"swiss": "switzerland", "spanish": "spain", "danish": "denmark", "turkish": "turkey", "chinese": "china"},
    **{"polish": "poland", "welsh": "wales", "irish": "ireland", "scottish": "scotland", "swedish": "sweden"},
    **{
        "finnish": "finland",
        "thai": "thailand",
        "afghan": "afghanistan",
        "afghans": "afghanistan",
        "kazakh": "kazakhstan",
    },
    **{"uzbek": "uzbekistan", "norwegian": "norway", "norwegians": "norway", "portuguese": "portugal"},
    **{"belgian": "belgium", "belgians": "belgium", "peruvian": "peru", "philippine": "philippines"},
    **{"filipino": "philippines", "czech": "czech republic", "icelandic": "iceland", "lebanese": "lebanon"},
    **{"burmese": "myanmar", "ukrainian": "ukraine", "ukrainians": "ukraine", "congolese": "congo"},
}
"""Irregular adjectives of countries, and the countries. Example: "Dutch" for the "Netherlands". """
