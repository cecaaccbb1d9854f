"""Answers questions from one generation of the library: search, read, compose."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from rag.answering.build_answer import Composed, Request, build_answer
from rag.answering.candidates import Candidate, rank_candidates
from rag.answering.compose import compose, has_short_answer
from rag.answering.confidence import Calibration
from rag.answering.material import Likeness, Material
from rag.answering.quotes.mentions import compose_count
from rag.answering.quotes.stated import about_topic, compose_stated
from rag.answering.suggest import suggest_nearby
from rag.core.article import Article, Hit, Reading
from rag.core.errors import RagError
from rag.core.ports import Embedder, Ids, PassageSet, Reader
from rag.core.program_fault import describe_fault
from rag.core.schema import Answer, Scope
from rag.core.search_results import SearchResult
from rag.core.settings import AnswerSettings
from rag.indexes.derive import Derived
from rag.models.vector_cache import VectorCache
from rag.question.archive_count import CountAsked
from rag.question.question import Question
from rag.question.search_query import Query
from rag.question.synonyms import Rewording, in_other_words
from rag.retrieval.focus import Focus, focus_on
from rag.retrieval.full_text import FullText, Matches
from rag.retrieval.retriever import Retriever
from rag.retrieval.search import Search, search
from rag.retrieval.search_page import Page, search_page

_log = logging.getLogger(__name__)
UNSETTLED = (0.4, 0.7)
"""Confidences between which further passages are read, if there is no sure short answer.

Below the first one they rarely help; from the second one on the answer is good enough.
"""
REWORDINGS = 2
"""Most times that an unanswered question is asked again in the articles' words. Each costs one more reading."""


@dataclass(frozen=True, slots=True)
class Serving:
    """All that is needed to answer from one generation. It never changes; a new generation gets a new object.

    Attributes:
        derived: The search indexes of the generation.
        embedder: Embeds questions.
        retriever: Finds passages in both indexes.
        full_text: Finds articles that hold words and phrases.
        vectors: Computes the likeness of texts, and keeps their vectors.
        passages_in: Returns the passages in a scope.
        said_by: Returns the ids of the passages with words of a person of this name, shape (n,).
        reader: Finds answers in passages.
        calibration: Computes the confidence, and has the threshold.
        settings: How many passages are read, and how much an answer shows.
    """

    derived: Derived
    embedder: Embedder
    retriever: Retriever
    full_text: FullText
    vectors: VectorCache
    passages_in: Callable[[Scope], PassageSet]
    said_by: Callable[[str], Ids]
    reader: Reader
    calibration: Calibration
    settings: AnswerSettings

    @property
    def generation(self) -> int:
        """The generation's number."""
        return self.derived.generation

    def search(self, question: Question, scope: Scope | None = None, k: int | None = None) -> Search:
        """Finds the best passages for a question.

        Args:
            question: The question.
            scope: Which articles may answer; None for all.
            k: Number of passages wanted; None takes `settings.passages_read`.

        Returns:
            At most k hits, best first, and the question with its spelling corrected.
        """
        focus = focus_on(question, scope, self.passages_in, self.said_by)
        return search(question, self.embedder, self.retriever, k or self.settings.passages_read, focus)

    def find(self, query: Query, scope: Scope | None, page: Page, given: str) -> SearchResult:
        """Finds a page of the articles that fit a full-text query.

        Args:
            query: The query.
            scope: Which articles are searched; None for all.
            page: Which of the articles that fit are shown.
            given: The query as the person wrote it.
        """
        matches = self.matches(query, scope)
        found = search_page(self.full_text, matches, page, given=given, generation=self.generation)
        return found.model_copy(update={"scope": scope})

    def matches(self, query: Query, scope: Scope | None) -> Matches:
        """Finds all articles of a scope that fit a full-text query; None searches all."""
        return self.full_text.find(query, None if scope is None else self.passages_in(scope))

    def read(self, found: Search) -> list[Reading]:
        """Reads the hits of a search; returns one reading per hit, in their order."""
        return self.reader.read(found.question.text, found.hits)

    def candidates(self, found: Search) -> list[Candidate]:
        """Reads the hits of a search and returns the candidates, most probable first."""
        return rank_candidates(self._material(found))

    def material(self, question: Question, scope: Scope | None = None) -> Material:
        """Reads all passages that an answer may be made from, the further ones too."""
        first, further = self._parts(self.search_all(question, scope))
        return replace(self._material(first), further=self.read(further))

    def answer(self, question: Question, request: Request, cited: Sequence[Article] = ()) -> Answer:
        """Answers a question, and measures the time of each stage.

        Args:
            question: The question; a follow-up must be completed before.
            request: The question as it was asked, and which articles may answer.
            cited: The articles that "this article" means.

        Returns:
            The answer. Its quotes are not verified yet.
        """
        timings: dict[str, float] = {}
        with _timed(timings, "retrieve"):
            found = self.search_all(question, request.scope)
        about = self._about_articles(question, found, cited)
        if question.count is not None:
            read, composed = replace(found, question=question, corrections=()), self._count(question.count, found.focus)
        elif about is not None:
            read, composed = found, about
        else:
            read, composed = self._compose_without_faults(found, timings)
        return build_answer(request, read, composed, generation=self.generation, timings=timings)

    def _about_articles(self, question: Question, found: Search, cited: Sequence[Article]) -> Composed | None:
        """Answers a question about an article itself; None if it asks something else, or of no article here."""
        if question.article is None:
            return None
        topic = question.article.topic
        articles = about_topic(topic, [hit.passage.article for hit in found.hits]) if topic else cited
        if not articles and question.article.field == "photo":
            return Composed(confidence=0.0, reason="not_said")  # no sentence tells whose photograph one is
        return compose_stated(question.article.field, articles) if articles else None

    def _count(self, asked: CountAsked, focus: Focus) -> Composed:
        """Counts the articles that mention something. A time in the question excludes others, unlike in a search."""
        scopes = [Scope(authors=(asked.author,))] if asked.author else []
        scopes += [Scope(since=focus.period.since, until=focus.period.until)] if focus.period else []
        within = focus.within
        for passages in map(self.passages_in, scopes):
            within = passages if within is None else passages & within
        matches = self.full_text.find(asked.query, within)
        return compose_count(self.full_text, matches, asked)

    def search_all(self, question: Question, scope: Scope | None) -> Search:
        """Finds the passages that an answer may be made from, also those that are read only if it is unsure."""
        return self.search(question, scope, self.settings.passages_read + self.settings.further_passages)

    def _compose_without_faults(self, found: Search, timings: dict[str, float]) -> tuple[Search, Composed]:
        """Composes from the hits. If this program fails on a passage, others answer.

        Raises:
            RagError: If it fails whatever passages are read.
        """
        try:
            return self._compose_in_any_words(found, timings)
        except RagError:
            raise
        except Exception as error:
            hits = self._without_faults(found)
            if not hits:
                fault = describe_fault(error)
                raise RagError(
                    f"This program has a fault that this question shows ({fault})",
                    "program_fault",
                    remedy="report this line, and ask in other words",
                    fault=fault,
                ) from error
        return self._compose_in_any_words(replace(found, hits=hits), timings)

    def _without_faults(self, found: Search) -> list[Hit]:
        """Finds the hits from which this program can compose an answer. The log names the articles of the others."""
        sound: list[Hit] = []
        for hit in found.hits:
            try:
                self._compose_in_any_words(replace(found, hits=[*sound, hit]), {})
            except RagError:
                raise
            except Exception as error:
                _log.warning(
                    "This program has a fault that a passage of %s shows (%s); report this line; others answer",
                    hit.passage.article.path,
                    describe_fault(error),
                )
            else:
                sound.append(hit)
        return sound

    def _compose_in_any_words(self, found: Search, timings: dict[str, float]) -> tuple[Search, Composed]:
        """Composes from the hits; if they give no sure short answer, though one is wanted, asks in other words.

        The other words are asked of those passages that have them, and count only if their answer is sure.
        """
        if found.question.form == "small_talk":
            return found, Composed(confidence=0.0, reason="small_talk")
        if found.focus.within is not None and not found.focus.within:
            return found, Composed(confidence=0.0, reason="nothing_in_scope")
        composed = self._compose(found, timings)
        if composed.sources or not has_short_answer(found.question):
            return found, composed
        texts = [hit.passage.text for hit in found.hits[: self.settings.passages_read]]
        for rewording in in_other_words(found.question.text, texts)[:REWORDINGS]:
            with _timed(timings, "retrieve"):
                reworded = self._reworded(found, rewording)
            again = self._compose(reworded, timings)
            if again.sources:
                return reworded, again
        return found, composed

    def _compose(self, found: Search, timings: dict[str, float]) -> Composed:
        """Composes from the first hits; if that leaves the answer unsure, reads the further hits and composes again."""
        first, further = self._parts(found)
        with _timed(timings, "read"):
            material = self._material(first)
        with _timed(timings, "compose"):
            composed = compose(material)
        is_unsettled = UNSETTLED[0] <= composed.confidence < UNSETTLED[1]
        if composed.sources or not is_unsettled or not further.hits:
            return composed
        with _timed(timings, "read"):
            material = replace(material, further=self.read(further))
        with _timed(timings, "compose"):
            return compose(material)

    def _parts(self, found: Search) -> tuple[Search, Search]:
        """The search with the hits that are always read, and the search with the hits behind them."""
        count = self.settings.passages_read
        return replace(found, hits=found.hits[:count]), replace(found, hits=found.hits[count:])

    def _material(self, found: Search) -> Material:
        material = Material(found.question, self.read(found), self.calibration, self._likeness(found), self.settings)
        return replace(material, alike=partial(self.retriever.alike, within=found.focus.within))

    def _reworded(self, found: Search, rewording: Rewording) -> Search:
        """The search for the reworded question, with only those hits of the first search that have its words."""
        return replace(
            found,
            question=found.question.reworded(rewording.question),
            corrections=(*found.corrections, rewording.correction),
            vector=self.embedder.embed([rewording.question])[0],
            hits=[found.hits[index] for index in rewording.texts],
        )

    def questions_instead(self, question: Question, scope: Scope | None = None) -> tuple[str, ...]:
        """Suggests questions that the library answers, instead of one that it does not.

        Args:
            question: The question without an answer.
            scope: Which articles may answer; None for all.

        Returns:
            Questions made from the passages found for this one, nearest first. Each was asked and answered.
        """
        found = self.search(question, scope)

        def answer(made: str) -> Answer:
            return self.answer(question.reworded(made), Request(made, made, scope))

        return suggest_nearby(found.question.text, found.hits, self._likeness(found), answer)

    def _likeness(self, found: Search) -> Likeness:
        return partial(self.vectors.likeness, found.vector)


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    """Adds the stage's wall time in milliseconds."""
    start = time.perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + (time.perf_counter() - start) * 1000.0
