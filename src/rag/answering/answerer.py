"""Answers questions from the articles of a store, and shows the articles and editions that the answers cite."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Unpack

from rag.answering.build_answer import Request, join_answers
from rag.answering.candidates import Candidate
from rag.answering.confidence import Calibration
from rag.answering.material import Material
from rag.answering.newest_generation import NewestGeneration
from rag.answering.pipeline import Serving
from rag.conversation.complete import complete
from rag.conversation.history import articles_cited, check_history, cited_last, exchanges_of
from rag.core.article import Article, Hit, Reading
from rag.core.errors import CitationError
from rag.core.ports import Embedder, Reader
from rag.core.remedies import Remedy
from rag.core.reports import ArticleSummary, Edition
from rag.core.schema import Answer, AskedForm, Citation, Reason, Scope, today_of
from rag.core.settings import DEFAULTS, AnswerSettings, Settings
from rag.question.form import check_form
from rag.question.indirect import direct_question
from rag.question.question import Question, check_question, parse_question
from rag.question.scope import Filters, check_scope
from rag.question.several import split_questions
from rag.store.store import Store

_NOTHING_NEAR: frozenset[Reason | None] = frozenset(
    {"nothing_about_it", "nothing_in_scope", "not_english", "small_talk"}
)
"""Reasons for which no similar question can be found."""
_log = logging.getLogger(__name__)


class Answerer:
    """Articles that answer questions in their own words. Threads may share it. It never changes the store.

    This is the part of `rag.Library` that reads. Every method may raise IndexDamagedError.

    Args:
        store: The articles.
        embedder: The embedder that made the stored vectors.
        reader: Finds the answers in the passages.
        calibration: Turns the reader's scores into confidences.
        settings: The numbers that a user may change.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        reader: Reader,
        calibration: Calibration,
        settings: Settings = DEFAULTS,
    ) -> None:
        self._store = store
        self._reader = reader
        self._calibration = calibration.with_threshold(settings.answers.threshold)
        self._settings = settings
        self._newest = NewestGeneration(store, embedder, reader, self._calibration, settings)

    @property
    def threshold(self) -> float:
        """The least confidence of an answer without a sure short answer, in [0, 1]; below it the articles don't say."""
        return self._calibration.quotes.threshold

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        max_words: int | None = None,
        form: AskedForm | None = None,
        **filters: Unpack[Filters],
    ) -> Answer:
        """Answers a question with quotes from the articles, or says that the articles don't answer it.

        The same arguments and index give the same answer, byte for byte, except for `timings`. A question that is
        relative to today ("last month") is the one exception; `as_of` fixes its day.

        Args:
            question: The question, at most 2,000 characters.
            history: The answers of the conversation so far, oldest first. A follow-up such as "Who else?" is completed
                from them; `Answer.standalone_question` is the completed question.
            max_words: Most words of quotes in the answer, from 20 to 2,000; None takes the setting `answers.words`.
            form: The form of the answer, such as "timeline"; None for the one that the question's words ask for.
            **filters: Which articles may answer: `since` and `until`, days of publication (`2025-04-12`, `2025-04` or
                `2025`); `sources`, texts of which the source or web address contains one; `authors` and `sections`,
                names of which one is in the byline or section; `where`, values of fields of one's own
                (`{"desk": "politics"}`); `naming`, people and places, all of which an article must name; `as_of`, the
                day that counts as today, after which no article answers.

        Returns:
            The answer. Each quote was compared with the stored text. Several questions in one text are answered one
            after the other (`Answer.parts`).

        Raises:
            QuestionError: If the question is empty or too long, a date is not valid, no article fits a filter,
                `max_words` or `form` is not possible, or `history` has no answers.
            CitationError: If a quote does not match the stored text.
        """
        scope = self._newest.check_known(check_scope(**filters))
        check_history(history)
        if form is not None:
            check_form(form)
        given = check_question(question)
        shown = self._settings.answers if max_words is None else self._settings.answers.with_words(max_words)
        parts: list[Answer] = []
        for part in split_questions(given):
            parts.append(self._answer_one(part, [*history, *parts], scope, shown, form))
        return parts[0] if len(parts) == 1 else join_answers(given, parts)

    def _answer_one(
        self,
        given: str,
        history: Sequence[Answer],
        scope: Scope | None,
        shown: AnswerSettings,
        form: AskedForm | None,
    ) -> Answer:
        asked, standalone = self._completed(given, history, scope)
        asked = asked if form is None else asked.in_form(form)
        cited = [self.article(name) for name in cited_last(history)] if asked.article else []

        def ask(serving: Serving) -> Answer:
            answer = replace(serving, settings=shown).answer(asked, Request(given, standalone, scope), cited)
            self.verify(answer)
            return answer

        answer = self._newest.ask(ask)
        told = answer.status, answer.confidence, sum(answer.timings.values()), answer.generation
        _log.info("%s, confidence %.2f, %.0f ms, generation %d", *told)
        return answer

    def _completed(self, given: str, history: Sequence[Answer], scope: Scope | None) -> tuple[Question, str]:
        """Completes a follow-up from the conversation. Returns it parsed, and its text; that of others as given."""
        asked, direct = parse_question(given, today_of(scope)), direct_question(given)
        if asked.article is not None:
            return asked, given
        completed = complete(direct, exchanges_of(history), partial(articles_cited, history, self.article)).question
        return asked.reworded(completed), given if completed == direct else completed

    def questions_instead(self, answer: Answer) -> tuple[str, ...]:
        """Finds similar questions that the articles do answer.

        Each question is tried before it is returned, so a call takes as long as several questions.

        Args:
            answer: An answer with the status "no_answer".

        Returns:
            The questions; none if the question was answered, or if no passage is about it.
        """
        if answer.answered or answer.parts or answer.reason in _NOTHING_NEAR:
            return ()
        asked = parse_question(answer.standalone_question or answer.question, today_of(answer.scope))
        return self._newest.ask(lambda serving: serving.questions_instead(asked, answer.scope))

    def retrieve(self, question: str, k: int | None = None) -> list[Hit]:
        """Retrieves passages for a question, without reading them.

        Args:
            question: A question that stands alone.
            k: Most passages to return; None takes the setting `answers.passages_read`.

        Returns:
            The hits, best first.

        Raises:
            QuestionError: If the question is empty or too long.
        """
        parsed = _parsed(question)
        return self._newest.ask(lambda serving: serving.search(parsed, k=k).hits)

    def read(self, question: str, k: int | None = None) -> list[Reading]:
        """Runs the reader on the passages that `retrieve` returns.

        Args:
            question: A question that stands alone.
            k: Most passages to read; None takes the setting `answers.passages_read`.

        Returns:
            One reading per hit, in the order of the hits.

        Raises:
            QuestionError: If the question is empty or too long.
        """
        parsed = _parsed(question)
        return self._newest.ask(lambda serving: serving.read(serving.search(parsed, k=k)))

    def candidates(self, question: str) -> list[Candidate]:
        """Ranks all candidate answers, also those below the threshold. The calibration is trained on them.

        Returns:
            The candidates, most probable first.

        Raises:
            QuestionError: If the question is empty or too long.
        """
        parsed = _parsed(question)
        return self._newest.ask(lambda serving: serving.candidates(serving.search(parsed)))

    def material(self, question: str, *, history: Sequence[Answer] = (), scope: Scope | None = None) -> Material:
        """Reads all passages that an answer may be made from. The choice of quotes is trained on them.

        Args:
            question: The question.
            history: The answers of the conversation so far, oldest first.
            scope: Which articles may answer; None for all.

        Raises:
            QuestionError: If the question is empty or too long.
        """
        asked, _ = self._completed(check_question(question), history, scope)
        return self._newest.serving().material(asked, scope)

    def verify(self, answer: Answer) -> None:
        """Compares every quote of an answer with the stored text of the version that it quotes.

        Args:
            answer: The answer, of this library or from outside.

        Raises:
            CitationError: If a quote is not exactly at its place.
        """
        others = (citation for other in answer.other_answers for citation in other.citations)
        for citation in (*answer.citations, *others, *answer.near_misses):
            self._verify_citation(citation)
        for part in answer.parts:
            self.verify(part)

    def _verify_citation(self, citation: Citation) -> None:
        article = self.article(citation.article_id, citation.content_hash)
        if article.text[citation.start : citation.end] != citation.quote:
            raise CitationError(
                f"Quote [{citation.number}] is not at characters {citation.start}–{citation.end} of '{article.title}'",
                remedy=Remedy("ask again; if the error comes back,", "rebuild_from_articles"),
            )

    def article(self, article_id: str, content_hash: str | None = None) -> Article:
        """Reads an article from the store.

        Args:
            article_id: The article's id, as in `Citation.article_id`.
            content_hash: The sha256 of the version to read; None reads the current version.

        Returns:
            The article. A version can be read also after it was replaced or removed.

        Raises:
            CitationError: If there is no such article or version.
        """
        return self._store.article(article_id, content_hash)

    def editions(self, article_id: str) -> tuple[Edition, ...]:
        """Lists the editions of an article: each text that it has had.

        Args:
            article_id: The article's id. A removed article has editions too.

        Returns:
            The editions, oldest first.

        Raises:
            CitationError: If the library never had this article.
        """
        found = self._store.editions(article_id)
        if not found:
            raise CitationError(f"The library has no article {article_id}", remedy=Remedy("ask again, or", "update"))
        return found

    def edition(self, citation: Citation) -> Edition:
        """Finds the edition that a citation quotes. Its state says whether the article changed since.

        Args:
            citation: The citation, of this library or from outside.

        Returns:
            The newest edition with the citation's content hash.

        Raises:
            CitationError: If the quote is not exactly at its place, or the edition is unknown.
        """
        self._verify_citation(citation)
        editions = self.editions(citation.article_id)
        return next(edition for edition in reversed(editions) if edition.content_hash == citation.content_hash)

    def articles(self) -> list[ArticleSummary]:
        """Lists every article of the newest generation, by title."""
        return self._newest.ask(lambda serving: self._store.articles(serving.generation))


def _parsed(question: str) -> Question:
    """Parses a question that is asked today, of all articles."""
    return parse_question(check_question(question), today_of(None))
