"""Units of measurement, money and time: how they are written and how they are converted."""

from __future__ import annotations

from fractions import Fraction

UNITS = {
    "%": r"%|per ?cent(?:age)?(?! points?)|pct",
    "percentage point": r"(?:percentage|per ?cent) points?|points? percent",
    "dollar": r"(?:U\.?S\.? |American )?dollars?|bucks",
    "cent": r"cents?",
    "euro": r"euros?",
    "pound": r"(?:British )?pounds?(?: sterling)?|quid",
    "yen": r"yen",
    "yuan": r"yuan|renminbi",
    "rupee": r"(?:Indian )?rupees?",
    "ruble": r"(?:Russian )?r(?:o?u)bles?",
    "second": r"seconds?|secs?",
    "minute": r"minutes?|mins?",
    "hour": r"hours?|hrs?",
    "day": r"days?",
    "week": r"weeks?",
    "fortnight": r"fortnights?",
    "month": r"months?",
    "year": r"years?(?:[- ]old)?|yrs?",
    "decade": r"decades?",
    "century": r"centur(?:y|ies)",
    "metre": r"met(?:re|er)s?|m",
    "kilometre": r"kilomet(?:re|er)s?|km|kms",
    "centimetre": r"centimet(?:re|er)s?|cm",
    "square kilometre": r"square (?:kilomet(?:re|er)s?|km)|sq\.? km|km2|km²",
    "mile": r"miles?|mi",
    "foot": r"feet|foot|ft",
    "inch": r"inch(?:es)?",
    "acre": r"acres?",
    "hectare": r"hectares?|ha",
    "gram": r"grams?|g",
    "kilogram": r"kilogram(?:me)?s?|kilos?|kg",
    "tonne": r"(?:metric tons?|tonnes?)",
    "ton": r"tons?",
    "litre": r"lit(?:re|er)s?|l",
    "barrel": r"barrels?|bbl",
    "barrel/day": r"bpd|b/d",
    "megawatt": r"megawatts?|MW",
    "gigawatt": r"gigawatts?|GW",
    "kilometre/hour": r"km/h|kmh|kph",
    "mile/hour": r"mph",
    "degree": r"degrees?|°",
    "degree Celsius": r"degrees? (?:Celsius|centigrade)|°\s?C",
    "degree Fahrenheit": r"degrees? Fahrenheit|°\s?F",
}
"""The units of numbers, and a pattern of how each is written. Example: "300 barrels a day" """
CURRENCY_SIGN = r"(?:US|C|A|NZ|HK|S)?\$|[€£¥₹₽₺₪₩]|(?:USD|EUR|GBP|Rs\.?) ?"
"""A pattern of signs and codes before an amount of money. Example: "US$1.2bn" """
CURRENCIES = {
    **{"$": "dollar", "us$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound", "gbp": "pound"},
    **{"¥": "yen", "₹": "rupee", "rs": "rupee", "₽": "ruble"},
}
"""Signs and codes of currencies, and the unit of each. Example: "It cost $5." """
PARTS_OF_UNITS = {
    "cent": ("dollar", Fraction(1, 100)),
    "second": ("day", Fraction(1, 86400)),
    "minute": ("day", Fraction(1, 1440)),
    "hour": ("day", Fraction(1, 24)),
    "week": ("day", Fraction(7)),
    "fortnight": ("day", Fraction(14)),
    "month": ("year", Fraction(1, 12)),
    "decade": ("year", Fraction(10)),
    "century": ("year", Fraction(100)),
    "centimetre": ("metre", Fraction(1, 100)),
    "kilometre": ("metre", Fraction(1000)),
    "gram": ("kilogram", Fraction(1, 1000)),
    "tonne": ("kilogram", Fraction(1000)),
    "gigawatt": ("megawatt", Fraction(1000)),
}
"""Units that are converted for comparison: to which unit, and by which factor. Example: "two weeks" are 14 days. """
TIMES = ("second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century")
"""The units of time. Example: "It took a decade." """
SINGLE = (*TIMES, "mile", "kilomet", "acre", "hectare")
"""Beginnings of units before which "a" means one. Example: "half a mile" """
RATES = (
    *("second", "minute", "hour", "day", "week", "month", "year", "barrel", "person", "head", "ounce", "tonne", "ton"),
    *("litre", "liter", "gallon", "kilo"),
)
"""Units that an amount may be given per. Example: "70 dollars a barrel" """
