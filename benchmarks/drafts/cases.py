"""Makes statements with a known verdict: sentences of articles as they stand, changed in one part, or of other articles.

The values that replace others come from other articles of the archive. Half of the articles, by a hash of their ids, is
kept aside for the report; the other half may be tuned on. So is every second of the statements written by hand.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Literal

from benchmarks.corpus import read_rows
from rag.drafts.dates import find_moments
from rag.drafts.draft import DraftStatement, read_statements
from rag.drafts.figures import find_figures
from rag.drafts.told import Item, read_told
from rag.said.names import read_name
from rag.text.english.calendar import MONTHS, WEEKDAYS
from rag.text.segment import segment

WRITTEN = Path("tests/measured/drafts.jsonl")
Expected = Literal["stated", "otherwise", "mixed", "neither"]
"""What the articles say of a statement.

One that is mixed up has only words of the archive, but each beside the wrong one: it may be called anything but stated.
"neither" is one that they say partly or not at all.
"""
_WITH_VALUES = 200
"""Articles from which values are taken."""
FEWEST, MOST = 8, 40
"""Fewest and most words of a sentence that is taken."""
_COPULA = re.compile(r"\b(is|are|was|were|will|would|can|could|should|has|have|had)\b(?! (?:not|never|no|yet|also|to)\b|n[’']t)")
_NOT = re.compile(r" (?:not|never)\b|n[’']t\b")
_REFERS_BACK = re.compile(r"(?:He|She|It|They|This|That|These|Those|But|And|So|Such|His|Her|Their|Its|There|Here)\b")


@dataclass(frozen=True, slots=True)
class Case:
    """A statement with what the archive says of it.

    Attributes:
        statement: The statement.
        expected: What the archive says.
        kind: How it was made.
        changed: The words that were put in, for a changed sentence; else "".
        is_kept: Whether it is kept aside for the report.
    """

    statement: str
    expected: Expected
    kind: str
    changed: str = ""
    is_kept: bool = False


def is_kept(name: str) -> bool:
    """Returns whether an article is kept aside, by a hash of its id."""
    return zlib.crc32(name.encode()) % 2 == 0


def read_written(path: Path = WRITTEN) -> list[Case]:
    """Reads the statements written by hand; every second one is kept aside."""
    rows = list(read_rows(path))
    return [Case(row["statement"], row["expected"], f"by hand, {row['kind']}", "", n % 2 == 1) for n, row in enumerate(rows)]


def read_one(words: str) -> DraftStatement | None:
    """Reads a sentence as a draft; None if it is not one statement."""
    statements = read_statements(words)
    return statements[0] if len(statements) == 1 and statements[0].text == words else None


def cases_of(articles: Sequence[Mapping[str, Any]], others: Iterable[Mapping[str, Any]], each: int) -> list[Case]:
    """Makes cases.

    Args:
        articles: The articles of the archive.
        others: Articles that are not in it.
        each: Number of cases of each kind, half of them kept aside.
    """
    rng = random.Random(5)
    shuffled = list(articles)
    rng.shuffle(shuffled)
    values = _Values(shuffled)
    cases = list(_as_they_stand(shuffled, each))
    for kind, change in _CHANGES.items():
        cases += _changed(shuffled, kind, change, values, rng, each)
    for kind, change in _MIXES.items():
        cases += [replace(one, expected="mixed") for one in _changed(shuffled, kind, change, values, rng, each)]
    texts = [str(article["text"]) for article in articles]
    days = frozenset(str(article["date"])[:7] for article in articles)
    apart = list(others)
    random.Random(6).shuffle(apart)
    near = [article for article in apart if str(article.get("date") or "")[:7] in days]
    far = [article for article in apart if str(article.get("date") or "")[:7] not in days]
    cases += _of_others(near, texts, each, "of another article of the same months")
    return [*cases, *_of_others(far, texts, each, "of an article of another time")]


def _as_they_stand(articles: Iterable[Mapping[str, Any]], count: int) -> Iterator[Case]:
    left = {True: count // 2, False: count // 2}
    for article in articles:
        kept = is_kept(article["id"])
        found = next(_some(article), None) if left[kept] else None
        if found:
            left[kept] -= 1
            yield Case(found[0], "stated", "as it stands", "", kept)


def _some(article: Mapping[str, Any]) -> Iterator[tuple[str, DraftStatement]]:
    """Yields the sentences of an article that stand alone, in a fixed random order.

    They are whole, no part of a longer quotation, and have no "he" in front.
    """
    text = article["text"]
    found = [text[sentence.start : sentence.end] for sentence in segment(text) if sentence.kind == "sentence"]
    random.Random(zlib.crc32(str(article["id"]).encode())).shuffle(found)
    for words in found:
        marks = words.count("“") != words.count("”") or words.count('"') % 2
        is_long = FEWEST <= len(words.split()) <= MOST
        if is_long and not marks and words.endswith(".") and "\n" not in words and not _REFERS_BACK.match(words):
            statement = read_one(words)
            if statement is not None:
                yield words, statement


class _Values:
    """Values of the articles, for sentences of others.

    Attributes:
        names: Names of two words.
        speakers: Names of people who speak.
        before: For each sentence the one before it in its article.
    """

    def __init__(self, articles: Sequence[Mapping[str, Any]]) -> None:
        self.names: list[str] = []
        self.speakers: list[str] = []
        self.before: dict[str, str] = {}
        for article in articles:
            text = article["text"]
            told = [text[one.start : one.end] for one in segment(text)]
            self.before |= dict(pairwise(reversed(told)))
        for article in articles[:_WITH_VALUES]:
            for words, statement in islice(_some(article), 3):
                told, speaker = statement.told, statement.speaker
                if speaker and speaker.name and read_name(speaker.name) and len(speaker.name.split()) == 2:
                    self.speakers.append(speaker.name)
                for first, last in told.names:
                    name = words[told.items[first].start : told.items[last - 1].end]
                    if last - first == 2 and name.replace(" ", "").isalpha():
                        self.names.append(name)


Change = Callable[[str, DraftStatement, _Values, random.Random], tuple[str, str] | None]
"""Changes one part of a sentence. Returns the changed sentence and the words that were put in; None if it can't."""


def _figure(words: str, statement: DraftStatement, values: _Values, rng: random.Random) -> tuple[str, str] | None:
    moments = [(one.start, one.end) for one in find_moments(words)]
    quoted = [(one.start, one.end) for one in statement.quotations]
    found = [f for f in find_figures(words, moments) if not any(a <= f.start < b for a, b in quoted)]
    found = [f for f in found if words[f.end - 1].isdigit() and re.search(r"\d[\d,]*\Z", words[f.start : f.end])]
    if not found:
        return None
    figure = rng.choice(found)
    digits = re.search(r"\d[\d,]*\Z", words[figure.start : figure.end])
    assert digits is not None
    number = int(digits.group().replace(",", ""))
    other = number + rng.choice([1, 2, 3, 5]) * 10 ** max(0, len(str(number)) - 2) * rng.choice([1, 2])
    put = f"{other:,}" if "," in digits.group() else str(other)
    start = figure.start + digits.start()
    return words[:start] + put + words[figure.end :], put


def _date(words: str, statement: DraftStatement, values: _Values, rng: random.Random) -> tuple[str, str] | None:
    quoted = [(one.start, one.end) for one in statement.quotations]
    found = [m for m in find_moments(words) if m.clock is None and not any(a <= m.start < b for a, b in quoted)]
    if not found:
        return None
    moment = rng.choice(found)
    told = words[moment.start : moment.end]
    for names in (WEEKDAYS, MONTHS):
        own = next((name.title() for name in names if name.title() in told), None)
        if own:
            other = rng.choice([name.title() for name in names if name.title() != own])
            put = told.replace(own, other)
            return words[: moment.start] + put + words[moment.end :], put
    year = re.search(r"\b(?:19|20)\d\d\b", told)
    if year is None:
        return None
    put = told.replace(year.group(), str(int(year.group()) - rng.choice([1, 2, 3, 4, 7])))
    return words[: moment.start] + put + words[moment.end :], put


def _name(words: str, statement: DraftStatement, values: _Values, rng: random.Random) -> tuple[str, str] | None:
    told = statement.told
    names = [(told.items[a].start, told.items[b - 1].end) for a, b in told.names if b - a == 2]
    names = [(a, b) for a, b in names if words[a:b].replace(" ", "").isalpha() and words.count(words[a:b].split()[-1]) == 1]
    if not names:
        return None
    start, end = rng.choice(names)
    other = rng.choice([name for name in values.names if not set(name.split()) & set(words.split())])
    return words[:start] + other + words[end:], other


def _denial(words: str, statement: DraftStatement, values: _Values, rng: random.Random) -> tuple[str, str] | None:
    quoted = [(one.start, one.end) for one in statement.quotations]
    if statement.told.denials:
        found = [m for m in _NOT.finditer(words) if m.group().startswith(" ") and not any(a <= m.start() < b for a, b in quoted)]
        if len(found) == 1 and len(statement.told.denials) == 1:
            return words[: found[0].start()] + words[found[0].end() :], ""
        return None
    found = [m for m in _COPULA.finditer(words) if not any(a <= m.start() < b for a, b in quoted)]
    if not found:
        return None
    verb = found[0]
    return words[: verb.end()] + " not" + words[verb.end() :], "not"


def _speaker(words: str, statement: DraftStatement, values: _Values, rng: random.Random) -> tuple[str, str] | None:
    speaker = statement.speaker
    if speaker is None or speaker.place is None or speaker.name is None or len(speaker.name.split()) > 3:
        return None
    if not speaker.name[0].isupper() or speaker.is_guess or words.count(speaker.name.split()[-1]) != 1:
        return None
    other = rng.choice([name for name in values.speakers if not set(name.split()) & set(words.split())])
    start, end = speaker.place
    return words[:start] + other + words[end:], other


def _exchanged(words: str, places: Sequence[tuple[int, int]], rng: random.Random) -> tuple[str, str] | None:
    """The sentence with the words at two of the places exchanged."""
    each = [(a, b) for a, b in places if words.count(words[a:b]) == 1 and words[a:b] not in ("Mr", "Ms", "Mrs")]
    if len(each) < 2:
        return None
    (a, b), (c, d) = sorted(rng.sample(each, 2))
    one, other = words[a:b], words[c:d]
    mixed = words[:a] + other + words[b:c] + one + words[d:]
    return None if one == other or words[b:c].strip() in ("and", ",", "or", "to", "-") else (mixed, f"{other} … {one}")


def _names_exchanged(
    words: str, statement: DraftStatement, values: _Values, rng: random.Random
) -> tuple[str, str] | None:
    told = statement.told
    places = [(told.items[a].start, told.items[b - 1].end) for a, b in told.names]
    return _exchanged(words, [(a, b) for a, b in places if words[a:b].replace(" ", "").isalpha()], rng)


def _figures_exchanged(
    words: str, statement: DraftStatement, values: _Values, rng: random.Random
) -> tuple[str, str] | None:
    items = [(item.start, item.end) for item in statement.told.items if item.figure is not None]
    digits = [(a + m.start(), a + m.end()) for a, b in items for m in re.finditer(r"\d[\d,.]*(?<=\d)", words[a:b])]
    return _exchanged(words, digits, rng)


def _name_before(words: str, statement: DraftStatement, values: _Values, rng: random.Random) -> tuple[str, str] | None:
    """The sentence with a name of the sentence before in place of its first one."""
    told, before = statement.told, values.before.get(words, "")
    names = [(told.items[a].start, told.items[b - 1].end) for a, b in told.names]
    others = [before[i.start : j.end] for i, j in _ends(before) if not set(before[i.start : j.end].split()) & set(words.split())]
    if not names or not others or not words[slice(*names[0])].replace(" ", "").isalpha():
        return None
    start, end = names[0]
    others = [other for other in others if not any(word in words[start:end] for word in other.split())]
    if not others:
        return None
    other = rng.choice(others)
    return words[:start] + other + words[end:], other


def _ends(text: str) -> Iterator[tuple[Item, Item]]:
    """The first and the last word of each name of a text."""
    told = read_told(text)
    return ((told.items[a], told.items[b - 1]) for a, b in told.names)


_CHANGES: dict[str, Change] = {
    "a figure changed": _figure,
    "a date changed": _date,
    "a name changed": _name,
    "a denial changed": _denial,
    "the speaker changed": _speaker,
}
_MIXES: dict[str, Change] = {
    "two names exchanged": _names_exchanged,
    "two figures exchanged": _figures_exchanged,
    "a name of the sentence before": _name_before,
}


def _changed(
    articles: Iterable[Mapping[str, Any]], kind: str, change: Change, values: _Values, rng: random.Random, count: int
) -> Iterator[Case]:
    left = {True: count // 2, False: count // 2}
    for article in articles:
        kept = is_kept(article["id"])
        for words, statement in _some(article) if left[kept] else ():
            made = change(words, statement, values, rng)
            if made is not None and made[0] != words:
                left[kept] -= 1
                yield Case(made[0], "otherwise", kind, made[1], kept)
                break


def _of_others(others: Iterable[Mapping[str, Any]], texts: Sequence[str], count: int, kind: str) -> Iterator[Case]:
    """Sentences of articles outside of the archive, unless one of its articles has them letter for letter."""
    left = {True: count // 2, False: count // 2}
    for article in others:
        kept = is_kept(article["id"])
        if not left[kept]:
            continue
        for words, _ in islice(_some(article), 1):
            if not any(words[:-1] in text for text in texts):
                left[kept] -= 1
                yield Case(words, "neither", kind, "", kept)
        if not any(left.values()):
            return
