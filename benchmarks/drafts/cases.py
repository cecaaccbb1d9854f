"""Makes statements with a known verdict: sentences of articles as they stand, changed, or of other articles.

Half of the articles, by a hash of their ids, is kept aside for the report, and so is every second of the statements
written by hand. The other half may be tuned on.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from benchmarks.corpus import read_rows
from benchmarks.drafts.changes import CHANGES, MIXES, Change, Values
from benchmarks.drafts.sentences import sentences_alone

WRITTEN = Path("tests/measured/drafts.jsonl")
Expected = Literal["stated", "otherwise", "mixed", "neither"]
"""What the articles say of a statement.

One that is mixed up has only words of the archive, but each beside the wrong one: it may be called anything but stated.
"neither" is one that they say partly or not at all.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A statement with what the archive says of it.

    Attributes:
        statement: The statement.
        expected: What the archive says.
        kind: How it was made.
        is_kept: Whether it is kept aside for the report.
    """

    statement: str
    expected: Expected
    kind: str
    is_kept: bool = False

    @property
    def is_by_hand(self) -> bool:
        """Whether it was written by hand."""
        return self.kind.startswith("by hand")


def is_kept(name: str) -> bool:
    """Returns whether an article is kept aside, by a hash of its id."""
    return zlib.crc32(name.encode()) % 2 == 0


def read_written(path: Path = WRITTEN) -> list[Case]:
    """Reads the statements written by hand; every second one is kept aside."""
    rows = list(read_rows(path))
    return [
        Case(row["statement"], row["expected"], f"by hand, {row['kind']}", n % 2 == 1) for n, row in enumerate(rows)
    ]


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
    values = Values(shuffled)
    cases = list(_as_they_stand(shuffled, each))
    for kind, change in CHANGES.items():
        cases += _changed(shuffled, kind, change, values, rng, each)
    for kind, change in MIXES.items():
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
        found = next(sentences_alone(article), None) if left[kept] else None
        if found:
            left[kept] -= 1
            yield Case(found, "stated", "as it stands", kept)


def _changed(
    articles: Iterable[Mapping[str, Any]], kind: str, change: Change, values: Values, rng: random.Random, count: int
) -> Iterator[Case]:
    left = {True: count // 2, False: count // 2}
    for article in articles:
        kept = is_kept(article["id"])
        for words in sentences_alone(article) if left[kept] else ():
            made = change(words, values, rng)
            if made is not None:
                left[kept] -= 1
                yield Case(made, "otherwise", kind, kept)
                break


def _of_others(others: Iterable[Mapping[str, Any]], texts: Sequence[str], count: int, kind: str) -> Iterator[Case]:
    """Sentences of articles outside of the archive, unless one of its articles has them letter for letter."""
    left = {True: count // 2, False: count // 2}
    for article in others:
        kept = is_kept(article["id"])
        if not left[kept]:
            continue
        for words in islice(sentences_alone(article), 1):
            if not any(words[:-1] in text for text in texts):
                left[kept] -= 1
                yield Case(words, "neither", kind, kept)
        if not any(left.values()):
            return
