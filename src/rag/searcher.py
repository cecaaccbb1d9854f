"""The part of a library that searches: words, names, the words of a person, questions; and checks quotes and drafts.

What only one method needs is imported in it, because a command calls one method and loads a quarter faster so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

import numpy as np

from rag.answering.pipeline import Serving
from rag.answering.suggest import QUESTIONS_FROM, suggest_questions
from rag.core.article import Article, Passage
from rag.core.citation import Citation
from rag.core.errors import QuestionError
from rag.core.plain_text import without_surrogates
from rag.core.ports import Ids, PassageSet, as_ids
from rag.core.schema import Scope
from rag.core.search_results import DateCount, SearchResult
from rag.curator import Curator
from rag.question.question import check_question
from rag.question.scope import Filters, check_scope
from rag.question.search_query import parse_search
from rag.retrieval.search_page import Page
from rag.said.results import MOST_NAMED, USUAL_STATEMENTS, MostNamed, Said

if TYPE_CHECKING:
    from rag.dossier.results import Dossier
    from rag.drafts.results import DraftCheck
    from rag.verification.archive import Archive
    from rag.verification.former import FormerTexts
    from rag.verification.results import QuoteClaim, Verification


class Searcher(Curator):
    """Answers questions and searches. This is a part of `rag.Library`. Every method may raise IndexDamagedError."""

    def search(self, words: str, *, count: int = 10, offset: int = 0, **filters: Unpack[Filters]) -> SearchResult:
        """Finds the articles that hold words and phrases.

        Words side by side must all be there, in any inflection; stop words do not count. `"red flag"` is a phrase:
        these words as they are written, in this order. `AND`, `OR`, `NOT` in capitals, `-word` and parentheses join
        them. An article fits as a whole: its words may stand in different passages or in the title.

        The same arguments and index give the same result.

        Args:
            words: The words, at most 2,000 characters.
            count: Most articles to return, from 1 to 1,000.
            offset: Number of better articles to leave out.
            **filters: Which articles are searched, as in `answer`.

        Returns:
            The articles, best first, with snippets that are exact slices of their texts; and how many fit in all.

        Raises:
            QuestionError: If there is no word to find, a NOT has nothing behind it, `count` or `offset` is not
                possible, a date is not valid, or no article fits a filter.
        """
        scope = self._newest.check_known(check_scope(**filters))
        page = Page(count, offset)
        query = parse_search(words)
        given = without_surrogates(words)
        return self._newest.ask(lambda serving: serving.find(query, scope, page, given))

    def count_by_date(self, words: str, **filters: Unpack[Filters]) -> tuple[DateCount, ...]:
        """Counts the articles that hold words and phrases by their dates.

        Args:
            words: The words, as in `search`.
            **filters: Which articles are searched, as in `answer`.

        Returns:
            The dates, the oldest first, each with the number of articles; those without a date come first of all.

        Raises:
            QuestionError: As `search` does.
        """
        scope = self._newest.check_known(check_scope(**filters))
        query = parse_search(words)

        def count(serving: Serving) -> tuple[DateCount, ...]:
            versions = as_ids([found.version for found in serving.matches(query, scope).ranked])
            with self._store.snapshot() as snapshot:
                dates = snapshot.dates(versions)
            return tuple(DateCount(published=published, articles=number) for published, number in dates)

        return self._newest.ask(count)

    def verify_quotes(self, quotes: Iterable[str | QuoteClaim | Citation]) -> tuple[Verification, ...]:
        """Checks whether articles say these quotes, letter for letter.

        Args:
            quotes: The quotes, at most 200; as texts, or with the place where each is said to stand.

        Returns:
            A result for each quote, in their order: whether and where it stands in an article; if not, whether one said
            it before or says something like it, and how the words differ.

        Raises:
            QuestionError: If a quote is empty or has more than 5,000 characters, or there are too many.
        """
        from rag.verification.verify import read_claims, verify_claims

        claims = read_claims(quotes)
        return self._newest.ask(lambda serving: verify_claims(claims, self._compared(serving)))

    def check_draft(
        self, draft: str, *, progress: Callable[[int, int], None] | None = None, **filters: Unpack[Filters]
    ) -> DraftCheck:
        """Checks what the articles say of each sentence of a draft.

        A sentence is `stated` only if one or two neighbouring sentences of an article say all of it: each figure, date
        and name, each quotation word by word, the same speaker, and nothing of it denied. It is `stated_otherwise` if
        a sentence says the same with one difference, which is marked. It takes some 100 ms a sentence.

        Args:
            draft: The text, at most 20,000 characters. Headings and questions in it are left out.
            progress: Called with the number of sentences checked so far and the number of all.
            **filters: Which articles are compared, as in `answer`.

        Returns:
            The statements with their places in the draft, what was checked of each, and quotes of the articles. Each
            quote was compared with the stored text.

        Raises:
            QuestionError: If the draft is empty or too long, a date is not valid, or no article fits a filter.
            CitationError: If a quote does not match the stored text.
        """
        from rag.drafts.check import Checker, check_text

        text = check_text(draft)
        scope = self._newest.check_known(check_scope(**filters))

        def check(serving: Serving) -> DraftCheck:
            within = None if scope is None else serving.passages_in(scope)
            checked = Checker(serving, self._compared(serving, within), within).check(text, scope, progress)
            for statement in checked.statements:
                for citation in statement.citations:
                    self._verify_citation(citation)
            return checked

        return self._newest.ask(check)

    def _compared(self, serving: Serving, within: PassageSet | None = None) -> Archive:
        """The articles of a generation with which quotes are compared; `within` are their passages, or all."""
        from rag.verification.archive import Archive

        lexical, load = serving.full_text.lexical, serving.full_text.load

        def load_within(ids: Ids) -> list[Passage]:
            return load(ids if within is None else ids[within.holds(ids)])

        return Archive(self._store, lexical, load_within, self._former, serving.generation)

    def said(
        self,
        speaker: str,
        about: str | None = None,
        *,
        by_others: bool = False,
        limit: int = USUAL_STATEMENTS,
        **filters: Unpack[Filters],
    ) -> Said:
        """Finds what a person says in the articles, quoted or reported, or what others say about the person.

        Words count if the article names the person in full, or by the family name where it has the full name too. Two
        people of one family name are never joined. Where an article has only a pronoun, `said_by` is marked as a guess.
        The same words in several articles, such as copies, are one statement.

        Args:
            speaker: The person's name, with or without titles.
            about: A topic; then only statements about it, by its words or by their meaning. None for all.
            by_others: Whether to find instead what others say whose words name the person. Speakers that an article
                has only as a pronoun are left out.
            limit: Most statements to return, from 1 to 1,000: the newest, or with a topic the nearest to it.
            **filters: Which articles are read, as in `answer`.

        Returns:
            The statements by date, the newest last. Each quote is an exact slice of its article's text.

        Raises:
            QuestionError: If nobody of this name speaks or is named, several people may be meant, an argument is not
                possible, or no article fits a filter. The error names the nearest names, or those who may be meant.
        """
        from rag.said.archive import SpeakerArchive
        from rag.said.search import find_said, read_request

        scope = self._newest.check_known(check_scope(**filters))
        asked = read_request(speaker, about, by_others=by_others, scope=scope, limit=limit)
        found = self._newest.ask(lambda serving: find_said(asked, SpeakerArchive(serving, self._store)))
        if by_others:
            return found
        from rag.drafts.changes import with_changes

        return with_changes(found, lambda one: self.article(one.article_id, one.content_hash))

    def dossier(self, subject: str, **filters: Unpack[Filters]) -> Dossier:
        """Collects what the articles tell about a subject, in sections of quotes.

        The sections are an overview, a timeline, who is who, what was said, figures and how they changed, and where
        sources differ. A section for which the articles have nothing is left out. Copies of one text are quoted once.
        The same arguments and index give the same dossier. It takes some seconds.

        Args:
            subject: The subject, in a few words, at most 2,000 characters: "the nuclear talks".
            **filters: Which articles may be quoted, as in `answer`.

        Returns:
            The sections. Each quote was compared with the stored text.

        Raises:
            QuestionError: If the subject is empty or too long, a date is not valid, or no article fits a filter.
            CitationError: If a quote does not match the stored text.
        """
        from rag.dossier.make import make_dossier
        from rag.said.archive import SpeakerArchive

        scope = self._newest.check_known(check_scope(**filters))
        words = check_question(subject)

        def make(serving: Serving) -> Dossier:
            archive = SpeakerArchive(serving, self._store)
            dossier = make_dossier(words, scope, archive, lambda asked: self._completed(asked, (), scope)[0])
            for citation in dossier.citations:
                self._verify_citation(citation)
            return dossier

        return self._newest.ask(make)

    def most_named(self, count: int = 8, *, words: str | None = None, **filters: Unpack[Filters]) -> MostNamed:
        """Finds the people and the places that most articles name.

        The names are read from a sample of the articles. In an archive of any size it takes a second or two.

        Args:
            count: Most people, and most places, from 1 to 100.
            words: Only articles that fit these words are counted, as in `search`; None for all.
            **filters: Which articles are counted, as in `answer`.

        Returns:
            People who speak in the articles, by their full names, and known places; each with the number of articles
            that name it, the most frequent first.

        Raises:
            QuestionError: If the count is not possible, the words have none to find, a date is not valid, or no article
                fits a filter.
        """
        from rag.said.archive import SpeakerArchive
        from rag.said.named import articles_among, most_named

        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST_NAMED:
            raise QuestionError(
                f"The count {count!r} is not possible", remedy=f"give a whole number from 1 to {MOST_NAMED}"
            )
        scope = self._newest.check_known(check_scope(**filters))
        query = None if words is None else parse_search(words)

        def count_names(serving: Serving) -> MostNamed:
            archive = SpeakerArchive(serving, self._store)
            return most_named(archive, articles_among(archive, query, scope), count)

        return self._newest.ask(count_names)

    def suggestions(self, count: int = 4, **filters: Unpack[Filters]) -> tuple[str, ...]:
        """Makes example questions from names and figures in the newest articles.

        Each question is tried before it is returned, so a call takes as long as several questions.

        Args:
            count: Most questions to return.
            **filters: Of which articles the questions are made, and which may answer them, as in `answer`.

        Returns:
            Questions that these articles answer.

        Raises:
            QuestionError: If a date is not valid, or no article fits a filter.
        """
        scope = self._newest.check_known(check_scope(**filters)) or Scope()
        articles = self._newest.ask(lambda serving: self._newest_articles(serving, scope))
        return suggest_questions(articles, lambda question: self.answer(question, **filters), count)

    def _newest_articles(self, serving: Serving, scope: Scope) -> list[Article]:
        """The newest articles of a scope from which questions may be made."""
        passages = self._store.newest_first(serving.passages_in(scope).ids)
        _, first_of_each = np.unique(self._store.versions_of(passages), return_index=True)
        newest = passages[np.sort(first_of_each)[:QUESTIONS_FROM]]
        return [passage.article for passage in serving.full_text.load(newest)]

    @cached_property
    def _former(self) -> FormerTexts:
        from rag.verification.former import FormerTexts

        return FormerTexts(self._store)
