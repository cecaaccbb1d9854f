"""Units of measurement, money and time: how they are written and how they are converted."""

from __future__ import annotations

from fractions import Fraction

_LANDS_WITH_DOLLARS = ("Canadian", "Australian", "New Zealand", "Hong Kong", "Singapore", "Taiwan", "Jamaican")
_LANDS_WITH_POUNDS = ("Egyptian", "Syrian", "Sudanese", "Lebanese", "Turkish")
_LANDS_WITH_FRANCS = ("Swiss", "CFA", "French", "Belgian")
_CURRENCIES = (
    ("Swedish crown", r"Swedish (?:crowns?|kronor|kronas?)|SEK"),
    ("Norwegian crown", r"Norwegian (?:crowns?|kroner|krones?)|NOK"),
    ("Danish crown", r"Danish (?:crowns?|kroner|krones?)|DKK"),
    ("Czech crown", r"Czech (?:crowns?|korun[ay]s?)|CZK"),
    ("crown", r"crowns?|kronor|kroner|krona|krone|kr"),
    ("franc", "francs?"),
    ("peso", r"(?:\w+ )?pesos?"),
    ("real", r"(?:Brazilian )?re(?:ais|als?)"),
    ("won", r"(?:South Korean )?won"),
    ("rand", r"(?:South African )?rand"),
    ("lira", r"(?:Turkish )?lira[s]?"),
    ("shekel", r"(?:Israeli )?(?:new )?shekels?"),
    ("dirham", r"dirhams?"),
    ("riyal", r"(?:Saudi )?riyals?"),
    ("rial", r"(?:Iranian )?rials?"),
    ("toman", r"tomans?"),
    ("dinar", r"(?:\w+ )?dinars?"),
    ("zloty", r"(?:Polish )?zlot(?:y|ys|ies)"),
    ("forint", r"(?:Hungarian )?forints?"),
    ("hryvnia", r"(?:Ukrainian )?hryvnias?"),
    ("baht", r"(?:Thai )?baht"),
    ("rupiah", r"(?:Indonesian )?rupiahs?"),
    ("ringgit", r"(?:Malaysian )?ringgits?"),
    ("naira", r"(?:Nigerian )?naira"),
    ("bitcoin", r"bitcoins?|BTC"),
)
UNITS = {
    "%": r"%|per ?cent(?:age)?(?! points?)|pct",
    "per mille": r"‰|per mill?e",
    "basis point": r"basis points?|bps",
    "percentage point": r"(?:percentage|per ?cent) points?|points? percent",
    "point": r"points?",
    **{f"{land} dollar": rf"{land} dollars?" for land in _LANDS_WITH_DOLLARS},
    **{f"{land} pound": rf"{land} pounds?" for land in _LANDS_WITH_POUNDS},
    **dict(_CURRENCIES),
    **{f"{land} franc": rf"{land} francs?" for land in _LANDS_WITH_FRANCS},
    "Swiss franc": r"Swiss francs?|CHF",
    "dollar": r"(?:U\.?S\.? |American )?dollars?|bucks|USD|\$",
    "cent": r"cents?",
    "euro": r"euros?|EUR|€",
    "pound": r"(?:British )?pounds?(?: sterling)?|quid|GBP|£",
    "yen": r"yen",
    "yuan": r"yuan|renminbi",
    "rupee": r"(?:Indian )?rupees?",
    "ruble": r"(?:Russian )?r(?:o?u)bles?",
    "second": r"seconds?|secs?",
    "minute": r"minutes?|mins?",
    "hour": r"hours?|hrs?",
    "millisecond": r"milliseconds?|ms",
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
    "millimetre": r"millimet(?:re|er)s?|mm",
    "square metre": r"square met(?:re|er)s?|sq\.? m|m2|m²",
    "cubic metre": r"cubic met(?:re|er)s?|m3|m³",
    "square foot": r"square (?:feet|foot)|sq\.? ft",
    "square mile": r"square miles?|sq\.? mi",
    "cubic foot": r"cubic (?:feet|foot)",
    "nautical mile": r"nautical miles?",
    "light year": r"light[- ]years?",
    "yard": r"yards?|yds?",
    "knot": r"knots?",
    "square kilometre": r"square (?:kilomet(?:re|er)s?|km)|sq\.? km|km2|km²",
    "mile": r"miles?|mi",
    "foot": r"feet|foot|ft",
    "inch": r"inch(?:es)?",
    "acre": r"acres?",
    "hectare": r"hectares?|ha",
    "gram": r"grams?|g",
    "kilogram": r"kilogram(?:me)?s?|kilos?|kg",
    "milligram": r"milligrams?|mg",
    "microgram": r"micrograms?|µg|mcg",
    "ounce": r"ounces?|oz",
    "stone": r"stone",
    "gallon": r"gallons?",
    "pint": r"pints?",
    "millilitre": r"millilit(?:re|er)s?|ml",
    "tonne": r"(?:metric tons?|tonnes?)",
    "ton": r"tons?",
    "litre": r"lit(?:re|er)s?|l",
    "barrel": r"barrels?|bbl",
    "barrel/day": r"bpd|b/d",
    "watt": r"watts?|W",
    "kilowatt": r"kilowatts?|kW",
    "terawatt": r"terawatts?|TW",
    "kilowatt hour": r"kilowatt[- ]hours?|kWh",
    "megawatt hour": r"megawatt[- ]hours?|MWh",
    "gigawatt hour": r"gigawatt[- ]hours?|GWh",
    "volt": r"volts?|V",
    "kilobyte": r"kilobytes?|kB",
    "megabyte": r"megabytes?|MB",
    "gigabyte": r"gigabytes?|GB",
    "terabyte": r"terabytes?|TB",
    "calorie": r"calories?|kcal",
    "decibel": r"decibels?|dB",
    "megawatt": r"megawatts?|MW",
    "gigawatt": r"gigawatts?|GW",
    "kilometre/hour": r"km/h|kmh|kph",
    "mile/hour": r"mph",
    "degree": r"degrees?|°",
    "degree Celsius": r"degrees? (?:Celsius|centigrade)|°\s?C|(?-i:C)",
    "degree Fahrenheit": r"degrees? Fahrenheit|°\s?F|(?-i:F)",
}
"""The units of numbers, and a pattern of how each is written. Example: "300 barrels a day" """
CURRENCY_SIGN = (
    r"[A-Z]{0,3}\$|[€£¥₹₽₺₪₩₴₦₫₱฿]"
    r"|(?:USD|EUR|GBP|CHF|SEK|NOK|DKK|CZK|JPY|CNY|INR|AUD|CAD|NZD|HKD|SGD|BTC|Rs\.?) ?"
)
"""A pattern of signs and codes before an amount of money. Example: "US$1.2bn" """
CURRENCIES = {
    **{"$": "dollar", "us$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound", "gbp": "pound"},
    **{"¥": "yen", "₹": "rupee", "rs": "rupee", "₽": "ruble", "jpy": "yen", "cny": "yuan", "inr": "rupee"},
    **{
        "chf": "Swiss franc",
        "sek": "Swedish crown",
        "nok": "Norwegian crown",
        "dkk": "Danish crown",
        "czk": "Czech crown",
    },
    **{"c$": "Canadian dollar", "cad": "Canadian dollar", "a$": "Australian dollar", "aud": "Australian dollar"},
    **{"nz$": "New Zealand dollar", "nzd": "New Zealand dollar", "hk$": "Hong Kong dollar", "hkd": "Hong Kong dollar"},
    **{"s$": "Singapore dollar", "sgd": "Singapore dollar", "r$": "real", "btc": "bitcoin", "₺": "lira", "₪": "shekel"},
    **{"₩": "won", "₴": "hryvnia", "₦": "naira", "฿": "baht"},
}
"""Signs and codes of currencies, and the unit of each. Example: "It cost $5." """
PARTS_OF_UNITS = {
    "cent": ("dollar", Fraction(1, 100)),
    "millisecond": ("day", Fraction(1, 86400000)),
    "second": ("day", Fraction(1, 86400)),
    "minute": ("day", Fraction(1, 1440)),
    "hour": ("day", Fraction(1, 24)),
    "week": ("day", Fraction(7)),
    "fortnight": ("day", Fraction(14)),
    "month": ("year", Fraction(1, 12)),
    "decade": ("year", Fraction(10)),
    "century": ("year", Fraction(100)),
    "centimetre": ("metre", Fraction(1, 100)),
    "millimetre": ("metre", Fraction(1, 1000)),
    "kilometre": ("metre", Fraction(1000)),
    "gram": ("kilogram", Fraction(1, 1000)),
    "tonne": ("kilogram", Fraction(1000)),
    "milligram": ("kilogram", Fraction(1, 10**6)),
    "microgram": ("kilogram", Fraction(1, 10**9)),
    "millilitre": ("litre", Fraction(1, 1000)),
    "watt": ("megawatt", Fraction(1, 10**6)),
    "kilowatt": ("megawatt", Fraction(1, 1000)),
    "gigawatt": ("megawatt", Fraction(1000)),
    "terawatt": ("megawatt", Fraction(10**6)),
    "basis point": ("percentage point", Fraction(1, 100)),
}
"""Units that are converted for comparison: to which unit, and by which factor. Example: "two weeks" are 14 days. """
IMPERIAL = {
    "mile": ("metre", Fraction(1609)),
    "nautical mile": ("metre", Fraction(1852)),
    "yard": ("metre", Fraction(9144, 10000)),
    "foot": ("metre", Fraction(3048, 10000)),
    "inch": ("metre", Fraction(254, 10000)),
    "acre": ("hectare", Fraction(4047, 10000)),
    "ton": ("kilogram", Fraction(907)),
    "mile/hour": ("kilometre/hour", Fraction(1609, 1000)),
}
"""Measures of other systems: the metric unit and the factor, rounded. They are never one value, but may both be true.

Example: "10 miles" and "16 km" """
TIMES = ("second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century")
"""The units of time. Example: "It took a decade." """
EXACT_UNITS = frozenset(("", *TIMES, *CURRENCIES.values(), *(name for name, _ in _CURRENCIES)))
"""Units whose whole numbers are not rounded; "" is a count. Example: "a ticket for 5 euros" """
SINGLE = (*TIMES, "mile", "kilomet", "acre", "hectare")
"""Beginnings of units before which "a" means one. Example: "half a mile" """
RATES = (
    *("second", "minute", "hour", "day", "week", "month", "year", "barrel", "person", "head", "ounce", "tonne", "ton"),
    *("litre", "liter", "gallon", "kilo"),
)
"""Units that an amount may be given per. Example: "70 dollars a barrel" """
PERIODIC = {
    **{"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"},
    **dict.fromkeys(("annual", "annually", "yearly"), "year"),
}
"""Words that say that an amount is given per a unit of time, and that unit. Example: "an annual fee" """
