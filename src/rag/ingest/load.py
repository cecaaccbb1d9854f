"""Loads files into the store: reads, splits and embeds them, and puts them into a change, some articles at a time.

No text is embedded if the library has its vector, as for unchanged passages of a changed article, or for copies.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice

from rag.core.article import Article
from rag.core.errors import ArticleError
from rag.core.ports import Embedder, Vectors
from rag.core.program_fault import attempt
from rag.core.reports import Skipped
from rag.ingest.changes import Known
from rag.ingest.corrections import Corrections
from rag.ingest.embed_texts import Embedded, embed_texts
from rag.ingest.file_progress import FileSteps, OnFile
from rag.ingest.file_reader import FileContent, FileReader, loss_of
from rag.ingest.records import read_contents
from rag.ingest.shared_staging import AnyStaging
from rag.ingest.split_article import ArticleSplitter, Prepared, passages_of
from rag.store.article_ids import naming_address
from rag.store.change import Change

Progress = Callable[[int, int], None]
"""Called with the number of passages embedded so far, and in total.

The total is an estimate until all files are read.
"""

_log = logging.getLogger(__name__)
_NONE: Mapping[str, Known] = {}
_NO_CORRECTIONS = Corrections()
_ARTICLES_AT_ONCE = 64
"""Articles held in memory at a time."""


class Intake:
    """Loads articles into a change of a library.

    Args:
        change: The change to put articles into.
        embedder: Embeds the passages.
        staging: Keeps vectors of an update that is not committed.
        progress: Called after each group of texts.
        checkpoint: Called with the change between groups of articles; returns the change to continue with.
        on_file: Called with the steps of each file.
        corrections: What people corrected; it is applied to each article.

    Attributes:
        partly: The files whose articles were taken without a part, and what is missing.
    """

    def __init__(
        self,
        change: Change,
        embedder: Embedder,
        staging: AnyStaging,
        progress: Progress | None = None,
        checkpoint: Callable[[Change], Change] | None = None,
        on_file: OnFile | None = None,
        corrections: Corrections = _NO_CORRECTIONS,
    ) -> None:
        self._change = change
        self._corrections = corrections
        self._embedder = embedder
        self._splitter = ArticleSplitter(embedder)
        self._staging = staging
        self._progress = progress or (lambda done, total: None)
        self._checkpoint = checkpoint or (lambda change: change)
        self._on_file = on_file
        self._files = FileSteps()
        self._embedded = 0
        self.partly: list[Skipped] = []

    def take(
        self, articles: Mapping[str, str], file_reader: FileReader, known: Mapping[str, Known] = _NONE
    ) -> list[Skipped]:
        """Reads, embeds and stores articles, file by file.

        Args:
            articles: The hash of each article by path, as `rag.ingest.records` found it.
            file_reader: Reads the files.
            known: The library's articles by path.

        Returns:
            The paths that hold no article, or one on which this program failed. If the library had an article there, it
            stays.
        """
        skipped: list[Skipped] = []
        passages, read = 0, 0
        self._files = FileSteps(articles, self._on_file)
        found = read_contents(articles, file_reader, self._files.read)
        while some := list(islice(found, _ARTICLES_AT_ONCE)):
            batch: list[Prepared] = []
            for path, content in some:
                prepared = self._try_to_prepare(path, content, articles, known)
                if isinstance(prepared, Prepared):
                    batch.append(prepared)
                    self._files.find(prepared.article)
                    self.partly += [Skipped.of(path, lost)] if (lost := loss_of(content)) else []
                else:
                    skipped.append(self._skip(path, prepared))
            read += len(some)
            passages += sum(len(prepared.drafts) for prepared in batch)
            failed = self._store(batch, articles, round(passages * len(articles) / read))
            skipped += [self._skip(path, error) for path, error in failed.items()]
            self._change = self._checkpoint(self._change)
        return skipped

    def keep(self, gathered: Iterable[tuple[str, str, FileContent | ArticleError]]) -> None:
        """Embeds and stores articles that are in no file any more.

        Args:
            gathered: For each article its path, the hash of its record, and its content. An article with an error
                instead is left out.
        """
        gathered = iter(gathered)
        while some := list(islice(gathered, _ARTICLES_AT_ONCE)):
            hashes = {path: file_hash for path, file_hash, _ in some}
            tried = {path: self._try_to_prepare(path, content) for path, _, content in some}
            batch = [prepared for prepared in tried.values() if isinstance(prepared, Prepared)]
            failed = {path: error for path, error in tried.items() if isinstance(error, ArticleError)}
            failed |= self._store(batch, hashes, self._embedded + sum(len(prepared.drafts) for prepared in batch))
            for path, error in failed.items():
                _warn(path, error)

    def put_back(self, articles: Iterable[tuple[Article, str]]) -> None:
        """Embeds and stores articles as they once were, given with the hashes of their files or records.

        Raises:
            ArticleError: If this program fails on one of them.
        """
        articles = iter(articles)
        while some := list(islice(articles, _ARTICLES_AT_ONCE)):
            hashes = {article.path: file_hash for article, file_hash in some}
            failed = self._store(
                [self._splitter.split(article) for article, _ in some], hashes, self._embedded + len(some)
            )
            for error in failed.values():
                raise error

    def take_again(self, articles: Iterable[Article], total: int) -> None:
        """Splits and embeds stored articles again. Their texts stay as they are.

        An article on which this program fails is removed, because its vectors are of another embedder. The next update
        names it.

        Args:
            articles: The articles.
            total: Number of articles, for the progress.
        """
        done = passages = 0
        articles = iter(articles)
        while some := list(islice(articles, _ARTICLES_AT_ONCE)):
            split = [attempt(partial(self._splitter.split, article)) for article in some]
            batch = [prepared for prepared in split if isinstance(prepared, Prepared)]
            done += len(some)
            passages += sum(len(prepared.drafts) for prepared in batch)
            vectors = self._embed(batch, round(passages * total / done))
            for article, prepared in zip(some, split, strict=True):
                error = prepared if isinstance(prepared, ArticleError) else self._replace(prepared, vectors)
                if error is not None:
                    _warn(article.path, error)
                    self._change.remove_article(article.id)

    def _replace(self, prepared: Prepared, vectors: Mapping[bytes, Vectors | ArticleError]) -> ArticleError | None:
        """Replaces the passages of an article; returns the error if one could not be embedded."""
        passages = passages_of(prepared, vectors)
        if isinstance(passages, ArticleError):
            return passages
        self._change.put_passages(prepared.article, passages)
        return None

    def _store(self, batch: Sequence[Prepared], hashes: Mapping[str, str], total: int) -> dict[str, ArticleError]:
        """Embeds and stores articles; returns the path and error of each that this program failed to store."""
        vectors = self._embed(batch, total)
        failed: dict[str, ArticleError] = {}
        for prepared in batch:
            article, passages = prepared.article, passages_of(prepared, vectors)
            error = passages if isinstance(passages, ArticleError) else None
            if not isinstance(passages, ArticleError):
                error = attempt(partial(self._change.put_article, article, hashes[article.path], passages))
            if error is not None:
                failed[article.path] = error
        return failed

    def _skip(self, path: str, error: ArticleError) -> Skipped:
        entry = Skipped.of(path, error)
        self._files.settle(path, entry)
        return entry

    def _try_to_prepare(
        self,
        path: str,
        content: FileContent | ArticleError,
        there: Container[str] = (),
        known: Mapping[str, Known] = _NONE,
    ) -> Prepared | ArticleError:
        if isinstance(content, ArticleError):
            return content
        return attempt(partial(self._prepare, path, content, there, known))

    def _prepare(
        self, path: str, content: FileContent, there: Container[str] = (), known: Mapping[str, Known] = _NONE
    ) -> Prepared:
        address = naming_address(content.url, content.derived)
        known_id = known[path].article_id if path in known else None
        article = content.as_article(self._change.identify(path, address, there, known_id), path)
        return self._splitter.split(self._corrections.apply(article))

    def _embed(self, batch: Sequence[Prepared], total: int) -> Embedded:
        """Embeds the texts of a batch.

        Returns:
            The vector of each text by its hash, of shape (dimension,), or an error if the embedder failed on it.
        """
        wanted = [text_hash for prepared in batch for text_hash in prepared.hashes]
        vectors: Embedded = {**self._change.vectors(wanted, self._embedder.fingerprint.dimension)}
        vectors |= self._staging.vectors(text_hash for text_hash in wanted if text_hash not in vectors)
        missing = {
            text_hash: text
            for prepared in batch
            for text_hash, text in zip(prepared.hashes, prepared.texts, strict=True)
            if text_hash not in vectors
        }
        self._settle(batch, vectors)
        for embedded in self._staging.embed(self._embedder.fingerprint, missing, partial(self._embed_some, batch)):
            vectors |= embedded
            self._settle(batch, vectors)
            self._progress(self._embedded + sum(text_hash in vectors for text_hash in wanted), total)
        self._embedded += len(wanted)
        self._progress(self._embedded, total)
        return vectors

    def _embed_some(self, batch: Sequence[Prepared], texts: Mapping[bytes, str]) -> Embedded:
        """Embeds some texts of a batch."""
        self._files.embed(prepared.article.path for prepared in batch if not texts.keys().isdisjoint(prepared.hashes))
        return embed_texts(self._embedder, texts)

    def _settle(self, batch: Sequence[Prepared], vectors: Mapping[bytes, Vectors | ArticleError]) -> None:
        for prepared in batch:
            found = [vectors.get(text_hash) for text_hash in prepared.hashes]
            if not any(vector is None or isinstance(vector, ArticleError) for vector in found):
                self._files.settle(prepared.article.path)


def _warn(path: str, error: ArticleError) -> None:
    _log.warning("%s was left out: %s", path, error)
