"""How one generation answers: search, read, compose; made whole and exchanged whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from rag.answering.build_answer import Composed, Request, build_answer
from rag.answering.candidates import Candidate, rank_candidates
from rag.answering.compose import compose
from rag.answering.confidence import Calibration
from rag.answering.material import Likeness, Material
from rag.answering.suggest import suggest_nearby
from rag.core.article import Reading
from rag.core.ports import Embedder, Ids, Reader
from rag.core.schema import Answer, Scope
from rag.indexes.derive import Derived
from rag.models.vector_cache import VectorCache
from rag.question.question import Question
from rag.question.synonyms import Rewording, in_other_words
from rag.retrieval.focus import focus_on
from rag.retrieval.retriever import Retriever
from rag.retrieval.search import Search, search

HITS = 8
"""How many passages are read for a question."""
REWORDINGS = 2
"""How often a question that nothing answers is asked again in the articles' words."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What one generation is searched and read by, so that a question is answered from one generation throughout."""

    derived: Derived
    embedder: Embedder
    retriever: Retriever
    vectors: VectorCache
    passages_in: Callable[[Scope], Ids]
    reader: Reader
    calibration: Calibration

    @property
    def generation(self) -> int:
        """The number of the generation."""
        return self.derived.generation

    def search(self, question: Question, k: int = HITS, scope: Scope | None = None) -> Search:
        """The k best passages for a question, and the question as it was read."""
        focus = focus_on(question, scope, self.passages_in)
        return search(question, self.embedder, self.retriever, k, focus)

    def read(self, found: Search) -> list[Reading]:
        """What the reader finds in the passages."""
        return self.reader.read(found.question.text, found.hits)

    def candidates(self, found: Search) -> list[Candidate]:
        """What might be quoted of the passages, most probable first."""
        return rank_candidates(self._material(found))

    def answer(self, question: Question, scope: Scope | None = None, given: str | None = None) -> Answer:
        """What the articles in the scope say to a question that stands alone, with the time of each stage.

        Args:
            question: The question, completed where it was a follow-up.
            scope: Which articles may answer; None for all.
            given: The question as it was asked, where it was completed.

        Returns:
            The answer, its quotes not yet verified.
        """
        timings: dict[str, float] = {}
        with _timed(timings, "retrieve"):
            found = self.search(question, HITS, scope)
        read, composed = self._compose_in_any_words(found, timings)
        request = Request(question.text if given is None else given, question.text, scope)
        return build_answer(request, read, composed, generation=self.generation, timings=timings)

    def _compose_in_any_words(self, found: Search, timings: dict[str, float]) -> tuple[Search, Composed]:
        """What the passages found say; where they don't, those with other words are asked again in these words."""
        composed = self._compose(found, timings)
        if composed.answered:
            return found, composed
        texts = [hit.passage.text for hit in found.hits]
        for rewording in in_other_words(found.question.text, texts)[:REWORDINGS]:
            with _timed(timings, "retrieve"):
                reworded = self._reworded(found, rewording)
            again = self._compose(reworded, timings)
            if again.answered:
                return reworded, again
        return found, composed

    def _compose(self, found: Search, timings: dict[str, float]) -> Composed:
        with _timed(timings, "read"):
            material = self._material(found)
        with _timed(timings, "compose"):
            return compose(material)

    def _material(self, found: Search) -> Material:
        return Material(found.question, self.read(found), self.calibration, self._likeness(found))

    def _reworded(self, found: Search, rewording: Rewording) -> Search:
        """The same search as if for the reworded question, with only the hits that have its words."""
        return replace(
            found,
            question=found.question.reworded(rewording.question),
            corrections=(*found.corrections, rewording.correction),
            vector=self.embedder.embed([rewording.question])[0],
            hits=[found.hits[index] for index in rewording.texts],
        )

    def questions_instead(self, question: Question, scope: Scope | None = None) -> tuple[str, ...]:
        """Questions made from the passages found for this one that they answer; each is tried."""
        found = self.search(question, HITS, scope)

        def answer(made: str) -> Answer:
            return self.answer(question.reworded(made), scope)

        return suggest_nearby(found.question.text, found.hits, self._likeness(found), answer)

    def _likeness(self, found: Search) -> Likeness:
        return partial(self.vectors.likeness, found.vector)


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    """Adds the wall time of a stage in milliseconds."""
    start = time.perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + (time.perf_counter() - start) * 1000.0
