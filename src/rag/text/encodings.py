"""Tells the encoding of text that is not UTF-8, by how plausible the decoded letters and marks are.

A wrong encoding shows: symbols stand inside words, capitals behind small letters, letters of several languages side by
side. For scripts other than Latin, it shows in the share of the most frequent characters.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

LEAST_PLAUSIBLE = 0.6
"""Least plausibility at which a decoded text is taken for right."""
_SAMPLE = 64 * 1024
"""Bytes from which the encoding is told."""
_MOST_JUDGED = 4_000
"""Most characters beyond ASCII that are judged."""
_MARK = 1.1
"""What a mark counts that stands where it may. It is more telling than a letter."""
_MIXED = 0.9
"""Plausibility of letters that no single language has together, as in English texts with many foreign names."""
_IMPLAUSIBLE = -2.0
"""What a character counts that no writer puts where it stands. A plausible one counts 1."""
_COMMONER = 1.6
"""What a character of another script than Latin counts that is one of its most frequent."""
_COMMON_ENOUGH = 0.8
"""What a Chinese, Japanese or Korean character counts that belongs to the usual ones. All others count 0."""
_FREQUENT = 0.05
"""What a letter counts in addition that is frequent in western languages."""

_LATIN = (
    "àâçéèêëîïôœùûüÿ",  # French
    "äöüßé",  # German
    "áéíñóúü",  # Spanish
    "áâãàçéêíóôõúü",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "æøåéü",  # Danish, Norwegian
    "åäöéàü",  # Swedish, Finnish
    "áðéíóúýþæö",  # Icelandic
    "áéëïíóöúüèê",  # Dutch
    "àçéèíïòóúü",  # Catalan
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "čćđšž",  # Croatian, Slovenian
    "ăâîşţșț",  # Romanian
    "çğıöşüâîûİ",  # Turkish
    "ąčęėįšųūž",  # Lithuanian
    "āčēģīķļņšūž",  # Latvian
    "äöõüšž",  # Estonian
)
"""The letters beyond ASCII of each language with Latin letters."""
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžß")
"""Letters beyond ASCII of all western languages."""
_FREQUENT_LETTERS = frozenset("éèàáíóúüöäñçåøæãêâôß")
"""The more frequent of them."""
_ALONE = frozenset("àáâåæèéêìîòóôöøùûüšžčąęć")
"""Letters that may be a word."""
_COMMON = frozenset(
    "оеаинтсрвлкмдпуя"
    "αοιετσνηυρκπμλόάίέή"
    "יוהלארתבשמנ"
    "اليمونترب"
    "ันรอาเกงมย่้สว"
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小多天能好都然没日于起"
    "发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已从动两长知民月市部新报表示电京本场第将与被亿万美元者"
    "這來國個說們為時對過後還發無開樣經頭長報電場與萬億處現動兩會從當關於"
    "あいうえおかがきくけこさしすせそただちつてでとなにのはばひへほまみめもやよらりるれろわをんっ。、ー"
    "이다는의에을가고하은로지를한도서기사시자나인리그어대전일해스"
)
"""The most frequent characters of Russian, Greek, Hebrew, Arabic, Thai, Chinese, Japanese and Korean."""
_OPENING = frozenset("“‘«„‚‹¿¡")
_CLOSING = frozenset("”’»“‘›")
_ANYWHERE = frozenset("–—…\xa0·•™®©°§€£¥¢×±′″\xad")
_BEHIND_DIGITS = frozenset("½¼¾²³ªº°′″")
_UNITS = re.compile(r"(?<![a-z])[ckm]?m\Z")
"""Units that may be squared."""
_FULL_WIDTH = frozenset("，。、；：？！（）《》「」『』“”‘’—…・〈〉【】％　")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

_CANDIDATES = (
    *(
        "cp1252",
        "cp1250",
        "iso8859-2",
        "cp1251",
        "koi8-r",
        "koi8-u",
        "cp866",
        "iso8859-5",
        "cp1253",
        "cp1254",
        "cp1255",
    ),
    *(
        "cp1256",
        "cp1257",
        "cp874",
        "iso8859-15",
        "mac_roman",
        "cp437",
        "cp850",
        "cp852",
        "cp862",
        "cp737",
        "mac_latin2",
    ),
    *("mac_cyrillic", "euc_jp", "gb18030", "big5", "cp932", "cp949"),
)
"""Encodings that are tried. Of those that are equally plausible, the first is taken."""


_USUAL = {
    "gb18030": ("gb2312", 0xB0, 0xD7),
    "big5": ("big5", 0xA4, 0xC6),
    "euc_jp": ("euc_jp", 0xB0, 0xCF),
    "cp932": ("euc_jp", 0xB0, 0xCF),
    "cp949": ("euc_kr", 0xB0, 0xC8),
}
"""For each encoding, the standard that lists the usual characters first, and the first bytes of these."""


def rank_encodings(data: bytes) -> Iterator[tuple[str, float]]:
    """Ranks the encodings in which the data may be written.

    Args:
        data: Text that is not UTF-8.

    Yields:
        The name of each encoding that can decode the beginning of the data, and its plausibility; the most plausible
        first.
    """
    ranked: list[tuple[float, str]] = []
    for encoding in _CANDIDATES:
        try:
            sample = codecs.getincrementaldecoder(encoding)().decode(data[:_SAMPLE], final=len(data) <= _SAMPLE)
        except UnicodeDecodeError:
            continue
        ranked.append((_judge(sample, encoding), encoding))
    for plausibility, encoding in sorted(ranked, key=lambda found: -found[0]):
        yield encoding, plausibility


def _judge(text: str, encoding: str) -> float:
    """The plausibility of a text that was decoded so: the mean over its characters beyond ASCII."""
    letters: list[str] = []
    points: list[float] = []
    for number, match in enumerate(_BEYOND_ASCII.finditer(text)):
        if number >= _MOST_JUDGED:
            break
        character, position = match.group(), match.start()
        before, after = text[max(0, position - 1) : position], text[position + 1 : position + 2]
        if character in "²³" and _UNITS.search(text, max(0, position - 3), position):
            points.append(1.0)
        elif not character.isalpha() and not unicodedata.category(character).startswith("M"):
            points.append(_MARK if _fits(character, before, after) else _IMPLAUSIBLE)
        elif not _is_latin(character):
            points.append(_judge_other(character, before, after, encoding))
        elif _breaks_word(character, before, after):
            points.append(_IMPLAUSIBLE)
        else:
            letters.append(character)
    points += _judge_latin(letters)
    return sum(points) / len(points) if points else 1.0


def _judge_other(letter: str, before: str, after: str, encoding: str) -> float:
    """What a letter of another script than Latin counts."""
    if any(part.isascii() and part.isalnum() and letter < "\u2e80" for part in (before, after)):
        return _IMPLAUSIBLE
    if letter.lower() in _COMMON and not _breaks_case(letter, before, after):
        return _COMMONER
    return _COMMON_ENOUGH if encoding in _USUAL and _is_usual(letter, *_USUAL[encoding]) else 0.0


def _is_usual(letter: str, standard: str, first: int, last: int) -> bool:
    code = letter.encode(standard, "ignore")
    return len(code) == 2 and first <= code[0] <= last


def _judge_latin(letters: list[str]) -> list[float]:
    """What each Latin letter beyond ASCII counts, by the language that has the most of them."""
    lowered = [letter if letter == "İ" else letter.lower() for letter in letters]
    best = max(_LATIN, key=lambda alphabet: sum(letter in alphabet for letter in lowered))
    alone = [1.0 if letter in best else _IMPLAUSIBLE for letter in lowered]
    mixed = [_MIXED if letter in _WESTERN else _IMPLAUSIBLE for letter in lowered]
    chosen = max(alone, mixed, key=sum)
    return [points + _FREQUENT * (letter in _FREQUENT_LETTERS) for points, letter in zip(chosen, lowered, strict=True)]


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"


def _breaks_case(letter: str, before: str, after: str) -> bool:
    """Whether a capital stands behind a small letter."""
    return (before.islower() and letter.isupper()) or (letter.islower() and after.isupper())


def _breaks_word(letter: str, before: str, after: str) -> bool:
    """Whether a Latin letter can't stand here: behind a digit, beside another script, or alone."""
    if _breaks_case(letter, before, after) or before.isdigit() or after.isdigit():
        return True
    neighbours = [neighbour for neighbour in (before, after) if neighbour.isalpha()]
    if not neighbours:
        return letter.lower() not in _ALONE
    return not all(map(_is_latin, neighbours)) or sum(not neighbour.isascii() for neighbour in neighbours) == 2


def _fits(mark: str, before: str, after: str) -> bool:
    """Whether a mark can stand between these characters."""
    is_between = before.isalpha() and after.isalpha()
    if mark in _FULL_WIDTH and (before > "\u2e80" or after > "\u2e80"):
        return True
    if (mark == "«" and not before.isalnum()) or (mark == "»" and not after.isalnum()):
        return True
    if mark in _BEHIND_DIGITS and (before.isdigit() or before == " "):
        return True
    if mark in _ANYWHERE:
        return not is_between or mark in "–—…·\xa0\xad"
    if mark in _OPENING and not before.isalnum() and (after.isalnum() or after in "“‘«„‚\"'(["):
        return True
    return mark in _CLOSING and before != "" and not before.isspace() and (not is_between or mark == "’")
