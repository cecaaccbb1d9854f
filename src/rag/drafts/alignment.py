"""Pairs the items of a statement with those of an article's sentence that say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rag.drafts.told import Told
from rag.drafts.words import are_near

_NEAR, _NEAR_THERE = 3, 4
"""Items around one of the statement that are its surroundings, and around one of the article."""
_APPOSED = 3
"""Most items of an apposition behind a name."""
_COUNTED = 0.6
"""Closeness of figures that count the same."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs.

    Attributes:
        given: The statement.
        stated: The article's sentence.
        pairs: For each word of the statement that has one, the index of the article's item that says the same.
        places: The same, and for figures and dates the one that stands in the same place, whatever it says.
    """

    given: Told
    stated: Told
    pairs: dict[int, int]
    places: dict[int, int]

    def closeness(self, index: int, other: int) -> float:
        """Returns the share of the words around an item of the statement that stand around one of the article.

        Args:
            index: The index of the statement's item.
            other: The index of the article's item.
        """
        around = [n for n in self._around(index) if self.given.items[n].word is not None]
        near = [n for n in around if n in self.pairs and abs(self.pairs[n] - other) <= _NEAR_THERE]
        share = len(near) / len(around) if around else 0.0
        # The word behind a figure tells what is counted.
        return max(share, _COUNTED) if self.pairs.get(index + 1) == other + 1 else share

    def is_beside(self, index: int, other: int) -> bool:
        """Returns whether the next word behind or before an item of the statement is that beside one of the article."""
        return self.pairs.get(index + 1) == other + 1 or (index > 0 and self.pairs.get(index - 1) == other - 1)

    def stands_in_place(self, first: int, last: int, other_first: int, other_last: int) -> bool:
        """Returns whether items of the article stand where those of the statement do: beside the same words.

        Args:
            first: The index of the statement's first item.
            last: The index behind its last one.
            other_first: The index of the article's first item.
            other_last: The index behind its last one.
        """
        left, right = self.places.get(first - 1), self.places.get(last)
        beside_left = left is not None and 0 < other_first - left <= 1
        beside_right = right is not None and 0 <= right - other_last <= 0
        near_left = left is not None and 0 < other_first - left <= 2
        # "Judge Timothy Kelly, a Trump appointee, ruled": an apposition stands between the name and what follows.
        is_apposed = self.stated.text.startswith(",", self.stated.items[other_last - 1].end)
        near_right = right is not None and 0 <= right - other_last <= (_APPOSED if is_apposed else 1)
        opens, closes = first == 0, last == len(self.given.items)
        return (
            (beside_left and (near_right or closes))
            or (beside_right and (near_left or opens))
            or (beside_left and beside_right)
        )

    def free(self) -> set[int]:
        """Returns the indices of the article's items that no item of the statement is paired with."""
        return set(range(len(self.stated.items))) - set(self.pairs.values())

    def _around(self, index: int) -> Iterable[int]:
        return (n for n in range(index - _NEAR, index + _NEAR + 1) if 0 <= n < len(self.given.items) and n != index)


def align(given: Told, stated: Told, ends: Sequence[int] = ()) -> Alignment:
    """Pairs the words of a statement with those of an article's sentences.

    Words that stand in the same order in both are paired first, then each of the others with the nearest to its place.
    Of a word that two sentences have, the one in the sentence with more of the statement counts.

    Args:
        given: The statement.
        stated: The article's sentences.
        ends: Where each of these ends in their text.
    """
    ours, theirs = [item.key for item in given.items], [item.key for item in stated.items]
    pairs: dict[int, int] = {}
    for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            pairs[block.a + step] = block.b + step
    hints = dict(pairs)
    pairs = {n: other for n, other in pairs.items() if given.items[n].word is not None}
    for index, item in enumerate(given.items):
        if item.word is None or index in pairs:
            continue
        near = [n for n, other in enumerate(stated.items) if other.word is not None and are_near(item.word, other.word)]
        used = set(pairs.values())
        free = [n for n in near if n not in used] or near
        free = [n for n in free if stated.items[n].key == item.key or _is_between(index, n, hints)]
        if free:
            expected = _expected(index, hints)
            pairs[index] = min(free, key=lambda n: (abs(n - expected), n))
            hints[index] = pairs[index]
    if len(ends) > 1:
        _gather(given, stated, pairs, ends)
    return Alignment(given, stated, pairs, hints | pairs)


def _gather(given: Told, stated: Told, pairs: dict[int, int], ends: Sequence[int]) -> None:
    """Moves pairs to the sentence that has most of them, where it has the word too."""
    numbers = [sum(end <= item.start for end in ends) for item in stated.items]
    counts = Counter(numbers[other] for other in pairs.values())
    main = max(counts, key=lambda number: (counts[number], number), default=0)
    for index, other in list(pairs.items()):
        word = given.items[index].word
        if numbers[other] == main or word is None:
            continue
        used = set(pairs.values())
        for place, item in enumerate(stated.items):
            if numbers[place] == main and place not in used and item.word and are_near(word, item.word):
                pairs[index] = place
                break


def _is_between(index: int, other: int, hints: dict[int, int]) -> bool:
    """Whether another word that says the same stands between those of the words on both sides, in either order.

    "Polls were closing when Vik left the guild" does not tell that Vik shut the guild.
    """
    before = max((n for n in hints if n < index), default=None)
    behind = min((n for n in hints if n > index), default=None)
    if before is None or behind is None:
        return True
    left, right = sorted((hints[before], hints[behind]))
    return left <= other <= right


def _expected(index: int, hints: dict[int, int]) -> int:
    """Where the pair of an item should stand, by that of the nearest item which has one."""
    nearest = min(hints, key=lambda n: abs(n - index), default=None)
    return index if nearest is None else hints[nearest] + index - nearest
