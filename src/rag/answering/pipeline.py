"""How one generation answers: search, read, compose; made whole and exchanged whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from rag.answering.candidates import Candidate, Likeness, rank_candidates
from rag.answering.compose import compose
from rag.answering.confidence import Calibration
from rag.answering.suggest import suggest_nearby
from rag.core.article import Reading
from rag.core.ports import Embedder, Ids, Reader
from rag.core.schema import Answer, Scope
from rag.core.settings import AnswerSettings
from rag.indexes.derive import Derived
from rag.models.vector_cache import VectorCache
from rag.question.synonyms import Rewording, in_other_words
from rag.retrieval.focus import focus_on
from rag.retrieval.retriever import Retriever
from rag.retrieval.search import Search, search

REWORDINGS = 2
"""Times that a question that nothing answers is asked again in the articles' words; each costs a whole reading."""


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
    settings: AnswerSettings

    @property
    def generation(self) -> int:
        """The number of the generation."""
        return self.derived.generation

    def search(self, question: str, scope: Scope | None = None, k: int | None = None) -> Search:
        """The k best passages for a question, by default as many as are read; and the question as it was read."""
        focus = focus_on(question, scope, self.passages_in)
        return search(question, self.embedder, self.retriever, k or self.settings.passages_read, focus)

    def read(self, found: Search) -> list[Reading]:
        """What the reader finds in the passages."""
        return self.reader.read(found.question, found.hits)

    def candidates(self, found: Search) -> list[Candidate]:
        """What might be quoted of the passages, most probable first."""
        return rank_candidates(found.question, self.read(found), self.calibration, self._likeness(found))

    def answer(self, question: str, scope: Scope | None = None) -> Answer:
        """What the articles in the scope say to a question as it stands, with the time of each stage.

        Where they don't, the passages found that have other words for its own are asked again in those.
        """
        timings: dict[str, float] = {}
        with _timed(timings, "retrieve"):
            found = self.search(question, scope)
        answer = self._answer(found, timings)
        if not answer.answered:
            texts = [hit.passage.text for hit in found.hits]
            for rewording in in_other_words(found.question, texts)[:REWORDINGS]:
                with _timed(timings, "retrieve"):
                    reworded = self._reworded(found, rewording)
                again = self._answer(reworded, timings)
                if again.answered:
                    answer = again
                    break
        return answer.model_copy(update={"question": question, "scope": scope, "timings": timings})

    def _answer(self, found: Search, timings: dict[str, float]) -> Answer:
        with _timed(timings, "read"):
            readings = self.read(found)
        with _timed(timings, "compose"):
            beside = (self._likeness(found), self.generation, self.settings)
            answer = compose(found.question, readings, self.calibration, *beside)
        return answer.model_copy(update={"corrections": found.corrections, "period": found.focus.period})

    def _reworded(self, found: Search, rewording: Rewording) -> Search:
        """The same search as if for the reworded question, with only the hits that have its words."""
        return replace(
            found,
            question=rewording.question,
            corrections=(*found.corrections, rewording.correction),
            vector=self.embedder.embed([rewording.question])[0],
            hits=[found.hits[index] for index in rewording.texts],
        )

    def questions_instead(self, question: str, scope: Scope | None = None) -> tuple[str, ...]:
        """Questions made from the passages found for this one that they answer; each is tried."""
        found = self.search(question, scope)
        return suggest_nearby(found.question, found.hits, self._likeness(found), partial(self.answer, scope=scope))

    def _likeness(self, found: Search) -> Likeness:
        return partial(self.vectors.likeness, found.vector)


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    """Adds the wall time of a stage in milliseconds."""
    start = time.perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + (time.perf_counter() - start) * 1000.0
