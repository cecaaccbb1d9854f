"""Signs of damage by a scrape: words that begin sentences or leave them open, abbreviations, web addresses."""

from __future__ import annotations

from rag.text.english.calendar import MONTH_ABBREVIATIONS
from rag.text.english.function_words import ARTICLES, DEMONSTRATIVES, POSSESSIVES, SUBJECT_PRONOUNS
from rag.text.english.numbers import ONE_TO_FIVE
from rag.text.english.people import ABBREVIATED_TITLES
from rag.text.english.saying import GLUED_SAYING

BEFORE_WORDS = frozenset("vs approx ca cf incl excl viz".split())
"""Abbreviations in lower case that need a next word. Example: "approx. a third" """
UNSTOPPED = ABBREVIATED_TITLES | BEFORE_WORDS | frozenset("ste ft mt ph".split())
"""Abbreviations that need a next word, so no sentence ends with them. Example: "Ms. Lund v. Mt. Etna" """
ABBREVIATIONS = MONTH_ABBREVIATIONS | frozenset("inc corp co ltd bros jr sr etc dept est".split())
"""Abbreviations that end a sentence only if the next word begins one. Example: "Acme Inc. The shares rose." """
BEFORE_NUMBERS = frozenset(
    "art avg ch est ext fig figs max min nos nr op para paras pp reg sec secs sect tel ver vol vols".split()
)
"""Abbreviations that end no sentence if a number follows. Example: "They are in vol. 3" """
ALSO_WORDS = tuple("may art ill ark arc con ore miss fed May Yahoo Ken Bart Ida Alta".split())
"""Words that are also abbreviations, and end a sentence where a capital follows. Example: "It was May. He left." """
HOST_ENDINGS = frozenset(
    "com org net gov edu mil int info biz name news blog online site tech app dev live media today world shop store"
    " html json docx xlsx pptx jpeg".split()
)
"""Endings of web addresses and file names. Example: "example.news" """
CAPITAL_HOST_ENDINGS = frozenset("com org net gov edu js html pdf txt exe".split())
"""Endings that may have a capital. Example: "Node.Js" """
ADDRESS_ENDS = (".com", ".org", ".net", ".gov", ".edu")
"""Endings of web addresses that a sentence may be glued to. Example: "See example.org.The" has ".org". """
ADDRESS_HOSTS = (*ADDRESS_ENDS, ".co", ".ly", ".uk", ".tv")
"""Endings of host names, before a path. Example: "bbc.co/news" """
STRONG_OPENERS = (
    (DEMONSTRATIVES - {"that"})
    | {"the"}
    | frozenset(
        "they there their he she his her however but although despite while meanwhile when after before because"
        " according following among during whether unlike since another many most some several both each every".split()
    )
)
"""Words that begin sentences and are not part of names. Example: "TrumpThe" is two words: "The". """
OPENERS = (
    STRONG_OPENERS
    | SUBJECT_PRONOUNS
    | ARTICLES
    | frozenset(
        "in on at as its if for from by with to our and or so no not now then still yet one two what who where why how"
        " here that all any last first even only just under over of".split()
    )
)
"""Words that begin sentences, or may end a name such as LinkedIn. Example: "It rained." """
LOWER_OPENERS = OPENERS | frozenset("is are was were has had said our who which".split())
"""Words after a stop that begin a sentence in lower case. Example: "It ended.which was" """
AFTER_QUOTATION = GLUED_SAYING | SUBJECT_PRONOUNS | ARTICLES | {"one"}
"""Lower-case words that continue the sentence after a quotation's stop. Example: '“No.”said he' """
GLUED_LOOKING_NAMES = frozenset(
    "linkedin moveon predictit nowthis plugin login signin checkin optin addon builtin easyjet flydubai airbaltic"
    " archive.is archive.to about.me join.me".split()
)
"""Names that look like two glued words. Example: "flydubai" """
SUBJECT_OPENERS = (
    ARTICLES
    | (DEMONSTRATIVES - {"that"})
    | POSSESSIVES
    | SUBJECT_PRONOUNS
    | frozenset(ONE_TO_FIVE)
    | frozenset("there all some many most several both each every no another any".split())
)
"""Words that begin a subject, also in lower case. Example: "the two delegations were there" """
CONTINUATIONS = frozenset(
    "and or but nor as when while which who whom whose where that than of to for with by from because although though"
    " including such is are was were has have had will would can could said says if until unless whereas".split()
)
"""Words that continue a sentence whose beginning is missing. Example: "including the mayor" """
UNFINISHED = (
    ARTICLES
    | (DEMONSTRATIVES - {"those"})
    | POSSESSIVES
    | frozenset(
        "and or but nor as of to for with by from in on at into than that which who whose is are was were has have had"
        " will would can could may might must should such including between because although while when if whether"
        " during against toward towards".split()
    )
)
"""Words that leave a sentence incomplete if it ends with one, without a full stop. Example: "He went to" """
BEFORE_HOLES = tuple(
    "as is are was were be of in to the a an with by for from like including on at that between than".split()
)
"""Words with a hyphen after which words are missing. Example: "such as- key" """
BEHIND_HYPHENS = ("and", "or", "nor", "to", "but")
"""Words that may follow a hyphen without missing words. Example: "two- to three-year terms" """
BARE_DETERMINERS = ("the", "an", "our", "their", "your", "whose")
"""Words that are never directly before a comma or stop. Example: "He signed the, and left." """
GLUED_ENDINGS = tuple(
    "both which their those could would should because between whether against although whose".split()
)
"""Words that are not the ending of another English word. Example: "outletboth" ends with "both". """
LINK_WORDS = frozenset(
    (
        *(
            "columnists",
            "in-depth",
            "opinions",
            "editorials",
            "newsletter",
            "newsletters",
            "subscribe",
            "advertisement",
        ),
        *("trending", "login", "menu", "tags", "categories", "archives", "videos", "photos", "galleries", "podcasts"),
        *("comments", "more", "related articles", "related stories", "related topics", "read more", "read also"),
        *("story highlights", "top stories", "latest news", "breaking news", "sign up", "sign in", "just watched"),
    )
)
"""Words of links and of headings around an article, in lower case. Example: "Story highlights" """
COMMENT = (
    *("opinion", "opinions", "commentary", "comment", "editorial", "editorials", "op-ed", "opeds", "op-eds", "column"),
    *("columns", "columnist", "columnists", "guest writer", "guest column", "contributor", "blogs", "letters"),
)
"""Words for comments in the names of sections and sources and in web addresses. Example: "Times - Opinion" """
CREDITS = (
    r"/(?:AP|AFP|EPA|Reuters|Getty)\b",
    r"\b(?:combo|file|handout|undated) photo\b",
)
"""Patterns of a photographer and of a kind of photo, in a caption. Example: "Jo Lund/AP Workers mend the bridge." """
SCRAPS = (r"https?:", r"www\.", r"[|@#{}<>]", r"\.\.\.", "…", r"\bphotos?:", r"\bvideos?:")
"""Patterns of what stands in no sentence of a report. Example: "Photos: the bridge of Osk" """
BYLINE_INSIDE = r"\bBy [A-Z]{2,} [A-Z]{2,}"
"""A pattern of a byline inside a sentence, to which a headline was glued. Example: "Bridge falls By JO BERG" """
NAME_PREFIXES = frozenset("mac fitz van vander vande von des del della san saint".split())
"""Beginnings of names with a capital inside. Example: "MacLeod" """
