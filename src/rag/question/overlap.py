"""Counts the words that a question and a passage share. It is cheap, and independent of the models."""

from __future__ import annotations

import re

from rag.core.article import Passage
from rag.question.question import AskedWords, could_answer
from rag.text.terms import terms

_DOTTED = re.compile(r"(?<![\w.])(?:[a-z]\.){2,}", re.IGNORECASE)
"""An acronym with stops, which questions leave out: `L.A.`."""


class Overlap:
    """The words of a question in the sentences of a passage and in the title of its article.

    Coverage is the share of the question's terms that some sentences have, in [0, 1]. The weight of a term is 1 divided
    by the number of the passage's sentences that have it.

    Args:
        asked: The words of the question.
        passage: The passage.

    Attributes:
        has_names: Whether the question has a name or number.
        names_missing: The share of the question's names and numbers that neither the passage nor the title has.
        names_nowhere: The share of the question's names, without numbers, that no part of the article has.
    """

    def __init__(self, asked: AskedWords, passage: Passage) -> None:
        self._kind = asked.kind
        wanted = set(asked.terms)
        self._found = [set(terms(sentence)) & wanted for sentence in passage.sentence_texts]
        self._title = set(terms(passage.article.title)) & wanted
        self._weights = {term: 1.0 / max(1, sum(term in held for held in self._found)) for term in asked.terms}
        self._total = sum(self._weights.values()) or 1.0
        names = asked.names
        self.has_names = bool(names)
        text, title = _without_stops(passage.text), _without_stops(passage.article.title)
        here = set(terms(text)) | set(terms(title))
        self.names_missing = len(names - here) / max(1, len(names))
        words = asked.proper_names
        whole = _without_stops(passage.article.text) if words - here else ""
        self.names_nowhere = sum(not begins_a_word(name, whole) for name in words - here) / max(1, len(words))

    def coverage(self, first: int, last: int) -> float:
        """Returns the coverage of the passage's sentences `[first, last)`."""
        return self._share(set().union(*self._found[first:last]))

    def pair_coverage(self, first: int, last: int) -> float:
        """Returns the coverage of the sentences `[first, last)`, the sentence before them and the title together."""
        return self._share(self._title.union(*self._found[max(0, first - 1) : last]))

    def kind_unmet(self, text: str) -> bool:
        """Returns whether the question asks for a kind of thing (a date, a number) that this text does not have."""
        return self._kind != "other" and not could_answer(self._kind, text)

    def _share(self, held: set[str]) -> float:
        return sum(self._weights[term] for term in sorted(held)) / self._total


def _without_stops(text: str) -> str:
    """The text in lower case, with acronyms as questions write them: `LA` for `L.A.`."""
    return _DOTTED.sub(lambda acronym: acronym[0].replace(".", ""), text).lower()


def begins_a_word(stem: str, text: str) -> bool:
    """Returns whether a word of a text in lower case begins with a stem."""
    return re.search(rf"\b{re.escape(stem)}", text) is not None
