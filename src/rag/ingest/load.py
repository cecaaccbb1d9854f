"""Files to stored articles: read, split, embedded and put into a change, some articles at a time.

No text is embedded that the library has a vector of: not the passages of a changed article that stayed as they were,
nor those of its copies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from rag.core.article import Article
from rag.core.errors import ArticleError
from rag.core.ports import Embedder, Vectors
from rag.core.reports import Skipped
from rag.ingest.changes import Known
from rag.ingest.file_progress import FileSteps, OnFile
from rag.ingest.file_reader import FileContent, FileReader
from rag.ingest.records import read_contents
from rag.ingest.staged_vectors import Staging
from rag.store.change import Change, NewPassage
from rag.store.same_article import naming_address
from rag.text.passages import PassageDraft, embedding_text, split_passages

Progress = Callable[[int, int], None]
"""Told the passages embedded so far and in all; the latter is an estimate until the last articles have been read."""

_NONE: Mapping[str, Known] = {}
_ARTICLES_AT_ONCE = 64
_TEXTS_AT_ONCE = 32
_SPECIAL_TOKENS = 2
PASSAGE_TOKENS = 144
"""The most tokens of a passage with its heading. Reading costs by the token: more of the shorter ones can be read."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An article that was read and split; `texts[i]` is what is embedded of `drafts[i]`, and `hashes[i]` its hash."""

    article: Article
    drafts: Sequence[PassageDraft]
    texts: Sequence[str]
    hashes: Sequence[bytes]


class Intake:
    """Takes articles into a change of a library.

    `checkpoint` is asked now and then, when nothing is half done, for the change to go on with.
    """

    def __init__(
        self,
        change: Change,
        embedder: Embedder,
        staging: Staging,
        progress: Progress | None = None,
        checkpoint: Callable[[Change], Change] | None = None,
        on_file: OnFile | None = None,
    ) -> None:
        self._change = change
        self._embedder = embedder
        self._staging = staging
        self._progress = progress or (lambda done, total: None)
        self._checkpoint = checkpoint or (lambda change: change)
        self._on_file = on_file
        self._files = FileSteps()
        self._embedded = 0

    def take(
        self, articles: Mapping[str, str], file_reader: FileReader, known: Mapping[str, Known] = _NONE
    ) -> list[Skipped]:
        """Stores the articles of these paths, given with their hashes (`contents`), file by file.

        Returns the paths that hold none; if the library had an article there, it stays.
        """
        skipped: list[Skipped] = []
        passages, read = 0, 0
        self._files = FileSteps(articles, self._on_file)
        found = read_contents(articles, file_reader, self._files.read)
        while some := list(islice(found, _ARTICLES_AT_ONCE)):
            bad = [Skipped.of(path, error) for path, error in some if isinstance(error, ArticleError)]
            for entry in bad:
                self._files.settle(entry.path, entry)
            skipped += bad
            good = [(path, content) for path, content in some if isinstance(content, FileContent)]
            batch = [self._prepare(path, content, articles, known) for path, content in good]
            read += len(some)
            passages += sum(len(prepared.drafts) for prepared in batch)
            vectors = self._embed(batch, round(passages * len(articles) / read))
            for prepared in batch:
                file_hash = articles[prepared.article.path]
                self._change.put_article(prepared.article, file_hash, _passages(prepared, vectors))
            self._change = self._checkpoint(self._change)
        return skipped

    def keep(self, gathered: Iterable[tuple[str, str, FileContent]]) -> None:
        """Stores articles that are in no file, given with the paths and hashes they had when they were."""
        gathered = iter(gathered)
        while some := list(islice(gathered, _ARTICLES_AT_ONCE)):
            batch = [self._prepare(path, content) for path, _, content in some]
            vectors = self._embed(batch, self._embedded + sum(len(prepared.drafts) for prepared in batch))
            for (_, file_hash, _), prepared in zip(some, batch, strict=True):
                self._change.put_article(prepared.article, file_hash, _passages(prepared, vectors))

    def take_again(self, articles: Iterable[Article], total: int) -> None:
        """Splits and embeds stored articles anew, of which there are so many; what they say stays as it is."""
        done = passages = 0
        articles = iter(articles)
        while batch := [self._split(article) for article in islice(articles, _ARTICLES_AT_ONCE)]:
            done += len(batch)
            passages += sum(len(prepared.drafts) for prepared in batch)
            vectors = self._embed(batch, round(passages * total / done))
            for prepared in batch:
                self._change.put_passages(prepared.article.id, _passages(prepared, vectors))

    def _prepare(
        self, path: str, content: FileContent, there: Container[str] = (), known: Mapping[str, Known] = _NONE
    ) -> _Prepared:
        address = naming_address(content.url, content.derived)
        known_id = known[path].article_id if path in known else None
        return self._split(_to_article(self._change.identify(path, address, there, known_id), path, content))

    def _split(self, article: Article) -> _Prepared:
        count_tokens = self._embedder.count_tokens
        (heading,) = count_tokens([embedding_text(article.title, article.published, "")])
        most = min(self._embedder.fingerprint.max_tokens, PASSAGE_TOKENS) - _SPECIAL_TOKENS
        # A title that fills the window by itself leaves half of it to the passage.
        drafts = split_passages(article.text, article.sentences, count_tokens, max(most - heading, most // 2))
        texts = [embedding_text(article.title, article.published, article.text[d.start : d.end]) for d in drafts]
        return _Prepared(article, drafts, texts, [self._hash(text) for text in texts])

    def _hash(self, text: str) -> bytes:
        """Another one for each embedder: the library may hold vectors of the one it had before."""
        return hashlib.sha256(f"{self._embedder.fingerprint.model_dump_json()}\0{text}".encode()).digest()[:16]

    def _embed(self, batch: Sequence[_Prepared], total: int) -> dict[bytes, Vectors]:
        """The vectors, of shape (dimension,), of all the batch's texts by their hashes."""
        wanted = [text_hash for prepared in batch for text_hash in prepared.hashes]
        vectors = self._change.vectors(wanted, self._embedder.fingerprint.dimension)
        vectors |= self._staging.vectors(text_hash for text_hash in wanted if text_hash not in vectors)
        missing = {
            text_hash: text
            for prepared in batch
            for text_hash, text in zip(prepared.hashes, prepared.texts, strict=True)
            if text_hash not in vectors
        }
        hashes = list(missing)
        self._settle(batch, vectors)
        for start in range(0, len(hashes), _TEXTS_AT_ONCE):
            some = hashes[start : start + _TEXTS_AT_ONCE]
            self._files.embed(prepared.article.path for prepared in batch if not set(some).isdisjoint(prepared.hashes))
            embedded = self._embedder.embed([missing[text_hash] for text_hash in some])
            self._staging.keep(dict(zip(some, embedded, strict=True)))
            vectors.update(zip(some, embedded, strict=True))
            self._settle(batch, vectors)
            self._progress(self._embedded + sum(text_hash in vectors for text_hash in wanted), total)
        self._embedded += len(wanted)
        self._progress(self._embedded, total)
        return vectors

    def _settle(self, batch: Sequence[_Prepared], vectors: Mapping[bytes, Vectors]) -> None:
        for prepared in batch:
            if all(text_hash in vectors for text_hash in prepared.hashes):
                self._files.settle(prepared.article.path)


def _passages(prepared: _Prepared, vectors: Mapping[bytes, Vectors]) -> list[NewPassage]:
    return [
        NewPassage(draft.start, draft.end, draft.first, draft.last, text_hash, vectors[text_hash])
        for draft, text_hash in zip(prepared.drafts, prepared.hashes, strict=True)
    ]


def _to_article(article_id: str, path: str, content: FileContent) -> Article:
    return Article(
        id=article_id,
        path=path,
        content_hash=content.content_hash,
        text=content.text,
        title=content.title,
        published=content.published,
        source=content.source,
        url=content.url,
        byline=content.byline,
        language=content.language,
        derived=content.derived,
        sentences=content.sentences,
    )
