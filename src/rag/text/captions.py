"""Finds the labels that photo galleries and players put before the first words of a caption.

Scrapes glue them to the sentence: `Hide Caption 2 of 22 Photos: Floods in Osk A boat lies on the quay.` They are no
part of it. The title of a gallery is known by its captions, which all begin with it, or by being there twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from rag.core.article import Sentence
from rag.text.english.boilerplate_lines import GALLERIES, LABELS_BEFORE_SENTENCES
from rag.text.english.function_words import PREPOSITIONS
from rag.text.english.patterns import any_row

_LABEL = re.compile(rf"{any_row(LABELS_BEFORE_SENTENCES)}\s+(?=\S)")
_GALLERY = re.compile(rf"(?:{any_row(GALLERIES)}\s*)+")
_TITLE_TWICE = re.compile(r"(?P<title>\S.{2,80}?) (?P=title) [–—-] (?=\S)")


def without_labels(text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Cuts the labels of captions off their sentences, as boilerplate.

    Args:
        text: The article's text.
        sentences: Its sentences, in order.

    Returns:
        The sentences, in order; together they cover the same text.
    """
    ends = [_end_of_labels(text, one) for one in sentences]
    titles = _titles([text[end : one.end] for end, one in zip(ends, sentences, strict=True) if end > one.start])
    cut: list[Sentence] = []
    for end, one in zip(ends, sentences, strict=True):
        if end == one.start:
            cut.append(one)
            continue
        begin = _end_of_title(text, end, one.end, titles)
        cut.append(Sentence(one.start, one.start + len(text[one.start : begin].rstrip()), "boilerplate"))
        if begin < one.end:
            cut.append(Sentence(begin, one.end, one.kind))
    return cut


def _end_of_labels(text: str, sentence: Sentence) -> int:
    """Where the labels at the start of a sentence end; its start if it has none."""
    if sentence.kind not in ("sentence", "fragment", "heading"):
        return sentence.start
    label = _LABEL.match(text, sentence.start, sentence.end)
    return label.end() if label else sentence.start


def _titles(captions: Sequence[str]) -> list[str]:
    """The titles of the galleries: what at least two captions begin with, behind the word for a gallery."""
    told = sorted(caption.split(" ") for caption in captions if _GALLERY.match(caption))
    shared = [_shared_words(one, other) for one, other in pairwise(told)]
    return sorted({" ".join(words) + " " for words in shared if len(words) > 1}, key=len)


def _shared_words(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The words that both begin with, but not those with which both captions behind the title begin: "The boat"."""
    shared = [word for word, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))]
    while shared and not all(_begins_at(words, len(shared)) for words in (one, other)):
        shared.pop()
    return shared


def _begins_at(words: Sequence[str], place: int) -> bool:
    """Whether a caption may begin with the word at a place: a capital that does not go on a name, as in "of Osk"."""
    return words[place : place + 1] != [] and words[place][:1].isupper() and words[place - 1] not in PREPOSITIONS


def _end_of_title(text: str, start: int, end: int, titles: Sequence[str]) -> int:
    """Where the title of a gallery ends that a caption at `[start, end)` begins with; its start if it has none."""
    gallery = _GALLERY.match(text, start, end)
    if gallery is None:
        return start
    twice = _TITLE_TWICE.match(text, gallery.end(), end)
    if twice is not None:
        return twice.end()
    title = next((title for title in titles if text.startswith(title, start, end)), "")
    return start + len(title)
