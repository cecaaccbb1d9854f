"""Files to stored articles: read, split, embedded and put into a change, some files at a time.

No text is embedded that the library has a vector of: not the passages of a changed article that stayed as they were,
nor those of its copies.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.article import Article
from rag.errors import ArticleError
from rag.ports import Embedder, Vectors
from rag.scan import hash_file
from rag.schema import Skipped
from rag.source import SourceText, read_article
from rag.split import PassageDraft, embedding_text, split_passages
from rag.staging import Staging
from rag.store_write import Change, NewPassage

Progress = Callable[[int, int], None]
"""Told the passages embedded so far and in all; the latter is an estimate until the last files have been read."""

_FILES_AT_ONCE = 64
_TEXTS_AT_ONCE = 32
_SPECIAL_TOKENS = 2
PASSAGE_TOKENS = 144
"""The most tokens of a passage with its heading. Reading costs by the token: more of the shorter ones can be read."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file that was read and split; `texts[i]` is what is embedded of `drafts[i]`, and `hashes[i]` its hash."""

    article: Article
    drafts: Sequence[PassageDraft]
    texts: Sequence[str]
    hashes: Sequence[bytes]


class Intake:
    """Takes files into one change of a library."""

    def __init__(self, change: Change, embedder: Embedder, staging: Staging, progress: Progress | None = None) -> None:
        self._change = change
        self._embedder = embedder
        self._staging = staging
        self._progress = progress or (lambda done, total: None)
        self._embedded = 0

    def take(self, files: Mapping[str, str]) -> list[Skipped]:
        """Stores the articles in these files, given with the sha256 of their bytes, in the order of their paths.

        Returns the files that hold none; if the library had an article of one, it stays.
        """
        paths = sorted(files)
        skipped: list[Skipped] = []
        passages = 0
        for start in range(0, len(paths), _FILES_AT_ONCE):
            batch = []
            for path in paths[start : start + _FILES_AT_ONCE]:
                try:
                    batch.append(self._prepare(path, files[path]))
                except ArticleError as error:
                    skipped.append(Skipped(path=path, why=str(error)))
            read = min(start + _FILES_AT_ONCE, len(paths))
            passages += sum(len(prepared.drafts) for prepared in batch)
            vectors = self._embed(batch, round(passages * len(paths) / read))
            for prepared in batch:
                file_hash = files[prepared.article.path]
                self._change.put_article(prepared.article, file_hash, _passages(prepared, vectors))
        return skipped

    def take_again(self, articles: Iterable[Article], total: int) -> None:
        """Splits and embeds stored articles anew, of which there are so many; what they say stays as it is."""
        done = passages = 0
        articles = iter(articles)
        while batch := [self._split(article) for article in itertools.islice(articles, _FILES_AT_ONCE)]:
            done += len(batch)
            passages += sum(len(prepared.drafts) for prepared in batch)
            vectors = self._embed(batch, round(passages * total / done))
            for prepared in batch:
                self._change.put_passages(prepared.article.id, _passages(prepared, vectors))

    def _prepare(self, path: str, file_hash: str) -> _Prepared:
        """Reads and splits a file. Raises ArticleError."""
        return self._split(_to_article(self._change.identify(path), path, _read_whole(Path(path), file_hash)))

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
        for start in range(0, len(hashes), _TEXTS_AT_ONCE):
            some = hashes[start : start + _TEXTS_AT_ONCE]
            embedded = self._embedder.embed([missing[text_hash] for text_hash in some])
            self._staging.keep(dict(zip(some, embedded, strict=True)))
            vectors.update(zip(some, embedded, strict=True))
            self._progress(self._embedded + sum(text_hash in vectors for text_hash in wanted), total)
        self._embedded += len(wanted)
        self._progress(self._embedded, total)
        return vectors


def _passages(prepared: _Prepared, vectors: Mapping[bytes, Vectors]) -> list[NewPassage]:
    return [
        NewPassage(draft.start, draft.end, draft.first, draft.last, text_hash, vectors[text_hash])
        for draft, text_hash in zip(prepared.drafts, prepared.hashes, strict=True)
    ]


def _read_whole(path: Path, file_hash: str) -> SourceText:
    """The article in the file, unless the file was changed since it was hashed. Raises ArticleError."""
    source = read_article(path)
    try:
        source.text.encode()
        if hash_file(path) != file_hash:
            raise ArticleError("The file changed while it was read; update again when it is whole.")
    except UnicodeEncodeError as error:
        raise ArticleError("The text has characters that UTF-8 can't hold; save it as UTF-8.") from error
    except OSError as error:
        raise ArticleError("The file went away while it was read; update again once it is back.") from error
    return source


def _to_article(article_id: str, path: str, source: SourceText) -> Article:
    return Article(
        id=article_id,
        path=path,
        content_hash=source.content_hash,
        text=source.text,
        title=source.title,
        published=source.published,
        source=source.source,
        url=source.url,
        byline=source.byline,
        derived=source.derived,
        sentences=source.sentences,
    )
