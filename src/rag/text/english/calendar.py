"""Months, weekdays, seasons and other words for times."""

from __future__ import annotations

from rag.text.english.patterns import any_of

MONTHS = tuple("january february march april may june july august september october november december".split())
"""The months, in the order of the year. Example: "It began in March." """
MONTH_NAMES = {
    **{month: number for number, month in enumerate(MONTHS, start=1)},
    **{month[:3]: number for number, month in enumerate(MONTHS, start=1)},
    "sept": 9,
}
"""All spellings of the months, and the number of each month. Example: "It opened on Sept. 3." """
YEAR = r"(?:1[5-9]|20)\d\d"
"""A pattern of four digits that are a year. Example: "It opened in 1987." """
FOREIGN_MONTHS = {
    month: number
    for number, months in enumerate(
        (
            "januar jänner jän janvier janv enero ene",
            "februar feber février fevrier févr febrero",
            "märz maerz mär mrz mars marzo",
            "avril avr abril abr",
            "mai mayo",
            "juni juin junio",
            "juli juillet juil julio",
            "août aout agosto ago",
            "septembre septiembre setiembre",
            "oktober okt octobre octubre",
            "novembre noviembre",
            "dezember dez décembre decembre déc diciembre dic",
        ),
        start=1,
    )
    for month in months.split()
}
"""German, French and Spanish names of the months, and the number of each month. Example: "12. Dezember 2024" """
MONTH_ABBREVIATIONS = frozenset(MONTH_NAMES) - frozenset(MONTHS)
"""Abbreviated names of months. Example: "The talks of Jan. 5 failed." """
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
"""The weekdays from Monday, as `date.weekday` counts. Example: "They met on Tuesday." """
MONTHS_AS_NAMES = frozenset("april may june".split())
"""Months that are first names too. Example: "June Lund" """
SEASONS = frozenset("spring summer autumn fall winter".split())
"""The seasons. Example: "The offensive was planned for the spring." """
PARTS_OF_DAY = frozenset("morning noon afternoon evening night".split())
"""Parts of a day. Example: "The vote was held in the evening." """
PAST_DAYS = ("yesterday", "today", "tonight")
"""Days relative to the day of writing that have begun. Example: "What happened yesterday?" """
RELATIVE_DAYS = frozenset(PAST_DAYS) | {"tomorrow"}
"""Days relative to the day of writing. Example: "The court ruled yesterday." """
CALENDAR_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}
"""Units of time and their length in days. Example: "In the last decade it doubled." """
SPANS = SEASONS | frozenset("week month year decade century night morning evening weekend".split())
"""Nouns that are a time after "last" or "this". Example: "Who won last weekend?" """
BEFORE_SPANS = frozenset("last next this past".split())
"""Words that make a noun such as "week" a definite time. Example: "Who won next year?" """
TIME_NOUNS = frozenset("time times day days week month year years night morning evening summer winter season".split())
"""Nouns that are a time after "that". Example: "What happened that day?" """
QUALIFIERS = (
    SEASONS
    | (PARTS_OF_DAY - {"noon"})
    | frozenset(
        "early mid late beginning start end middle first second third fourth half quarter before after since until"
        " by".split()
    )
)
"""Words that shift or narrow a date. Example: "It opened in early May." """
ERAS = ("bc", "bce", "ad", "ce", "am", "pm", "a.m.", "p.m.")
"""Abbreviations behind a year or an hour. Example: "at 5 p.m." """
TOLD_FROM_NOW = RELATIVE_DAYS | frozenset("ago last next this now recently".split())
"""Words of a time that is relative to the day of writing. Example: "It was signed two years ago." """
LAST = ("last", "past", "previous")
"""Words for a time that ends today, or for the one before the current one. Example: "the past two weeks" """
RELATIVE_WHICH = (*LAST, "this")
"""Words before a unit of time that tell which one is meant. Example: "the previous month" """
ZONES = r"(?:[ECMP][SD]?T|GMT|UTC|BST|local)"
"""A pattern of time zones. Example: "at 9 p.m. EST" """

MONTH = any_of(MONTH_NAMES)
"""A pattern of every month's name. Example: "in Oct" """
ANY_MONTH = any_of((*MONTH_NAMES, *FOREIGN_MONTHS))
"""A pattern of every month's name, in English, German, French and Spanish. Example: "12 décembre 2024" """
MONTH_BEGUN = any_of(month[:3] for month in MONTHS)
"""A pattern of the letters that a month's name begins with. Example: "Febr. 3" """
WEEKDAY = any_of(WEEKDAYS)
"""A pattern of the weekdays. Example: "on Friday" """
ANY_WEEKDAY = (
    rf"(?:{any_of(day[:3] for day in WEEKDAYS)}[a-z]*"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
"""A pattern of the weekdays in English, German, French and Spanish. Example: "Donnerstag, 12. Dezember 2024" """
