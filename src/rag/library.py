"""A library: an index folder that answers questions, takes in articles and checks its own citations."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.answering.candidates import Candidate
from rag.answering.confidence import Calibration, load_calibration
from rag.answering.pipeline import HITS, Serving
from rag.answering.suggest import suggest_questions
from rag.conversation.complete import complete, exchange_of
from rag.core.article import Article, Hit, Passage, Reading
from rag.core.errors import CitationError
from rag.core.index_layout import DEFAULT
from rag.core.ports import Embedder, Ids, Reader, Vectors
from rag.core.remedies import Remedy
from rag.core.reports import ArticleSummary, CheckReport, Edition, FileStep, LibraryStatus, UpdateReport
from rag.core.schema import Answer, Citation, today_of
from rag.indexes.derive import Derived, derive
from rag.models.load_embedder import load_embedder
from rag.models.load_reader import load_reader
from rag.models.model_files import DEFAULT_EMBEDDER
from rag.models.vector_cache import VectorCache
from rag.question.question import Question, check_question, parse_question
from rag.question.scope import check_scope
from rag.retrieval.retriever import Retriever
from rag.store.store import Store
from rag.store.update_lock import held_since

if TYPE_CHECKING:
    from rag.ingest.hash_cache import Seen

_SCOPES = 16
"""For how many times and sources it is kept which passages they hold."""
_log = logging.getLogger(__name__)


class Library:
    """Articles that answer questions in their own words. Safe to share between threads.

    Open one with `Library.open`. Every method that takes a question, a citation or a path validates it.
    """

    def __init__(self, store: Store, embedder: Embedder, reader: Reader, calibration: Calibration) -> None:
        self._store = store
        self._reader = reader
        self._calibration = calibration
        self._lock = threading.Lock()
        self._serving = self._derive(embedder)

    @classmethod
    def open(
        cls,
        index: str | Path = DEFAULT,
        *,
        create: bool = False,
        embedder: str | None = None,
        reader: str | None = None,
    ) -> Library:
        """The library in this folder; with `create`, an empty one where there is none.

        `embedder` names another embedder than the default for a new library; `reader` another reader than the
        shipped one ("sentence", or a folder). Raises IndexMissingError, IndexDamagedError, IndexFormatError,
        EmbedderMismatchError or ModelError, each with the `remedy` that mends it.
        """
        folder = Path(index)
        store = Store.create(folder) if create and not Store.exists(folder) else Store.open(folder)
        try:
            name = embedder or (store.fingerprint.name if store.fingerprint else DEFAULT_EMBEDDER)
            loaded = load_embedder(name)
            store.check_embedder(loaded.fingerprint)
            chosen = load_reader(reader, loaded)
            _log.info("opened %s: generation %d, embedder %s, reader %s", folder, store.generation, name, chosen.name)
            return cls(store, loaded, chosen, load_calibration(chosen.name))
        except BaseException:
            store.close()
            raise

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        since: str | None = None,
        until: str | None = None,
        sources: Sequence[str] = (),
        as_of: str | None = None,
    ) -> Answer:
        """What the articles say, or that they don't. Raises QuestionError where there is nothing to ask.

        `history` is the conversation so far, the oldest answer first: a question that leans on it ("Who else?") is
        completed from it, and `standalone_question` of the answer says how; without it, it is asked as it is.
        Only articles published from `since` to `until` (`2025-04-12`, `2025-04` or `2025`) answer, by a source or from
        an address that has one of `sources` in it; and only what was known on the day `as_of`, from which "last month"
        is told as well. The same arguments and index give the same answer, byte for byte (timings aside), as long as
        the question itself is not relative to today.
        """
        scope = check_scope(since, until, sources, as_of)
        given = check_question(question)
        asked = complete(given, [exchange_of(past) for past in history]).question
        answer = self._current().answer(parse_question(asked, today_of(scope)), scope, given)
        self.verify(answer)
        spent = sum(answer.timings.values())
        _log.info(
            "%s, confidence %.2f, %.0f ms, generation %d", answer.status, answer.confidence, spent, answer.generation
        )
        return answer

    def questions_instead(self, answer: Answer) -> tuple[str, ...]:
        """Questions near one that the articles don't answer, which they do answer; each is tried, which takes time."""
        if answer.answered or answer.reason == "nothing_about_it":
            return ()
        asked = parse_question(answer.standalone_question or answer.question, today_of(answer.scope))
        return self._current().questions_instead(asked, answer.scope)

    def retrieve(self, question: str, k: int = HITS) -> list[Hit]:
        """The k best passages for a question, best first."""
        return self._current().search(_parsed(question), k).hits

    def read(self, question: str, k: int = HITS) -> list[Reading]:
        """What the reader finds in the k best passages, before anything is chosen from it."""
        serving = self._current()
        return serving.read(serving.search(_parsed(question), k))

    def candidates(self, question: str) -> list[Candidate]:
        """What might be quoted, most probable first, however improbable: what calibration learns from."""
        serving = self._current()
        return serving.candidates(serving.search(_parsed(question)))

    def verify(self, answer: Answer) -> None:
        """Checks every quote of the answer against the stored text of the version it quotes.

        Raises CitationError at the first one that is not exactly there.
        """
        others = (citation for other in answer.other_answers for citation in other.citations)
        for citation in (*answer.citations, *others, *answer.near_misses):
            self._verify_citation(citation)

    def _verify_citation(self, citation: Citation) -> None:
        article = self.article(citation.article_id, citation.content_hash)
        if article.text[citation.start : citation.end] != citation.quote:
            raise CitationError(
                f"Citation [{citation.number}] does not stand at {citation.start}–{citation.end} of '{article.title}'",
                remedy=Remedy("ask again, and if it persists", "rebuild_from_articles"),
            )

    def article(self, article_id: str, content_hash: str | None = None) -> Article:
        """The article as it is now, or the version with this content hash. Raises CitationError where unknown."""
        return self._store.article(article_id, content_hash)

    def editions(self, article_id: str) -> tuple[Edition, ...]:
        """The texts that this article has had, oldest first. Raises CitationError where there never was such one."""
        found = self._store.editions(article_id)
        if not found:
            raise CitationError(f"The library has no article {article_id}", remedy=Remedy("ask again, or", "update"))
        return found

    def edition(self, citation: Citation) -> Edition:
        """The edition that the citation quotes, and whether the article has changed since.

        Raises CitationError where the quote is not in it, word for word.
        """
        self._verify_citation(citation)
        editions = self.editions(citation.article_id)
        return next(edition for edition in reversed(editions) if edition.content_hash == citation.content_hash)

    def articles(self) -> list[ArticleSummary]:
        """Every article of the current generation, by title."""
        return self._store.articles(self._current().generation)

    def roots(self) -> list[Path]:
        """The folders and files that updates were given, absolute: what an update without paths goes through."""
        return self._store.roots()

    def status(self) -> LibraryStatus:
        """What is in the library and what it answers with."""
        newest = self._store.newest
        return LibraryStatus(
            generation=self._current().generation,
            articles=newest.articles,
            passages=newest.passages,
            embedder=self._current().embedder.fingerprint.name,
            reader=self._reader.name,
            folder=str(self._store.folder),
            updated=newest.created,
            updating_since=held_since(self._store.folder),
        )

    @property
    def threshold(self) -> float:
        """The confidence below which the answer is "the articles don't say"."""
        return self._calibration.threshold

    def suggestions(self, count: int = 4) -> tuple[str, ...]:
        """Questions made from the articles' own names and figures, each tried: the library answers them."""
        return suggest_questions(self.articles(), self.article, self.answer, count)

    def update(
        self,
        *paths: str | Path,
        progress: Callable[[int, int], None] | None = None,
        wait: float = 10.0,
        settle: float = 0.0,
        seen: Seen | None = None,
        fields: Mapping[str, str] | None = None,
        on_file: Callable[[FileStep], None] | None = None,
    ) -> UpdateReport:
        """Brings the library up to date with these files and folders, or with all it knows.

        It becomes one new generation, or, where it takes minutes, one for each batch, which serves at once.

        `progress` is called with the passages embedded so far and in all, `on_file` with each step of each file that is
        read. `wait` is how many seconds to wait for another update to finish; a file written to in the last `settle`
        seconds is left for the next one, and one that `seen` knows, as it was given to an update before, is read again
        only if it may have changed. `fields` names the fields of JSON files, as `{"text": "body"}`, now and from now
        on: for text, title, date, source, url, authors, language and id. Bad files are reported, not raised. Raises
        IndexBusyError, IndexNotWritableError or FieldError.
        """
        # A question needs none of these, and a command that asks one starts sooner without.
        from rag.formats.fields import check_fields
        from rag.ingest.scan import hash_file, scan_roots
        from rag.ingest.update import set_fields, update_library

        if fields is not None:
            set_fields(self._store, check_fields(fields), wait)
        given = [Path(path) for path in paths]
        embedder = self._current().embedder
        look = partial(scan_roots, settle=settle, hashing=seen.hash if seen else hash_file)
        report = update_library(
            self._store, given, embedder, progress=progress, timeout=wait, look=look, on_file=on_file
        )
        self._current()
        return report

    def check(self) -> CheckReport:
        """Verifies all that is stored and derived, and the model's weights; takes its time, changes nothing."""
        from rag.ingest.check import check_library

        return check_library(self._store.folder)

    def close(self) -> None:
        """Closes the store; the library can't be used afterwards."""
        self._store.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _derive(self, embedder: Embedder, before: Derived | None = None) -> Serving:
        """The newest generation, with another embedder than this where that made its vectors."""
        derived = derive(self._store, before)
        if derived.fingerprint not in (None, embedder.fingerprint):
            embedder = load_embedder(derived.fingerprint.name)
            self._store.check_embedder(embedder.fingerprint)
        load = partial(self._load, generation=derived.generation)
        retriever = Retriever(derived.dense, derived.lexical, load)
        passages_in = lru_cache(_SCOPES)(partial(self._store.passages_in, generation=derived.generation))
        vectors = VectorCache(embedder)
        return Serving(derived, embedder, retriever, vectors, passages_in, self._reader, self._calibration)

    def _current(self) -> Serving:
        """The newest generation, loaded when it has changed since the last question."""
        if self._store.generation != self._serving.generation:
            with self._lock:
                if self._store.generation != self._serving.generation:
                    self._serving = self._derive(self._serving.embedder, self._serving.derived)
        return self._serving

    def _load(self, ids: Ids, generation: int) -> tuple[list[Passage], Vectors]:
        return self._store.passages(ids, generation), self._store.vectors(ids)


def _parsed(question: str) -> Question:
    """The question, asked today of all articles. Raises QuestionError where there is nothing to ask."""
    return parse_question(check_question(question), today_of(None))
