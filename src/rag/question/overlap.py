"""What a question and a passage have in common, word by word: cheap to tell, and a check on what a model believes."""

from __future__ import annotations

from rag.core.article import Passage
from rag.question.question import AskedWords, could_answer
from rag.text.terms import terms


class Overlap:
    """The words of a question found in each sentence of one passage, and in the title of its article.

    Coverage is the share of the question's terms that a stretch holds, in [0, 1]; a term counts the less the more of
    the passage's sentences hold it. A pair is a stretch with the sentence before it and the title.
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
        """Whether the question has any name or number."""
        here = set(terms(passage.text)) | set(terms(passage.article.title))
        self.names_missing = len(names - here) / max(1, len(names))
        """The share of the question's names and numbers that neither the passage nor the title holds."""
        words = {name for name in names if not name[0].isdigit()}
        whole = passage.article.text.lower() if words - here else ""
        self.names_nowhere = sum(name not in whole for name in words - here) / max(1, len(words))
        """Of the names alone, the share that no other part of the article holds either."""

    def coverage(self, first: int, last: int) -> float:
        """Of the sentences `[first, last)`."""
        return self._share(set().union(*self._found[first:last]))

    def pair_coverage(self, first: int, last: int) -> float:
        """Of the sentences `[first, last)`, the one before them and the title."""
        return self._share(self._title.union(*self._found[max(0, first - 1) : last]))

    def kind_unmet(self, text: str) -> bool:
        """Whether the question asks for a kind of thing that this text doesn't hold."""
        return self._kind != "other" and not could_answer(self._kind, text)

    def _share(self, held: set[str]) -> float:
        return sum(self._weights[term] for term in sorted(held)) / self._total
