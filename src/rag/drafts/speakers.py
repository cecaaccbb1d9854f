"""Compares who says something in a draft with who says it in an article."""

from __future__ import annotations

from rag.answering.speakers import attribution_of
from rag.core.citation import Attribution
from rag.drafts.alignment import Alignment
from rag.drafts.draft import Speaker
from rag.drafts.evidence import Window
from rag.drafts.results import PartStatus
from rag.drafts.words import are_near, words_of
from rag.said.names import read_names


def speaker_of(window: Window, alignment: Alignment) -> Attribution | None:
    """Finds who says the words of a window that a statement has; None for the article's own words."""
    place = place_of_pairs(window, alignment)
    return attribution_of(window.article, *place) if place else None


def place_of_pairs(window: Window, alignment: Alignment) -> tuple[int, int] | None:
    """Returns the place, in the article's text, of the words that a statement has: those of one sentence."""
    places = [alignment.stated.items[other] for other in alignment.pairs.values()]
    best: tuple[int, int, int] | None = None
    for sentence in window.sentences:
        inside = [p for p in places if sentence.start <= window.start + p.start < sentence.end]
        if inside and (best is None or len(inside) > best[0]):
            start, end = min(p.start for p in inside), max(p.end for p in inside)
            best = len(inside), window.start + start, window.start + end
    return best[1:] if best else None


def compare_speakers(given: Speaker, stated: Attribution | None) -> PartStatus:
    """Compares the speaker of a statement with the one whom an article names."""
    if stated is None or stated.name is None:
        return "not_found"
    if given.name is None:
        return "stated"
    ours, theirs = read_names(given.name), read_names(stated.name)
    if ours and theirs:
        if any(one.fits(other) for one in ours for other in theirs):
            return "stated"
        return "not_found" if given.is_guess or stated.guessed else "otherwise"
    return "stated" if _has_last_word(given.name, stated.name) else "not_found"


def _has_last_word(one: str, other: str) -> bool:
    """Whether the last words that say something are the same: "the ministry" and "a ministry"."""
    first, second = ([word for word in words_of(words) if word.tells] for words in (one, other))
    return bool(first) and bool(second) and are_near(first[-1], second[-1])
