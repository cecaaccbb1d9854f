"""One update of a library: all its changes become one new generation, or none of them is stored."""

from __future__ import annotations

import json
import secrets
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from rag.core.article import Article
from rag.core.ports import Fingerprint, Vectors
from rag.store.article_ids import find_gone, free_id, id_at, last_place
from rag.store.check_rows import require_newest
from rag.store.columns import GENERATION, PASSAGE, PLACE, SPEECH, VECTOR, VERSION, columns, insert, insert_many
from rag.store.database import Database
from rag.store.duplicate_groups import Groups
from rag.store.known_files import KnownFiles
from rag.store.retire import alive_version, retire_passages, retire_rows
from rag.store.rows import (
    Generation,
    newest_generation,
    pack_speeches,
    put_meta,
    read_fingerprint,
    read_vectors,
    vector_bytes,
    version_row,
)
from rag.text.grammar.tagged_speeches import SpokenPart, spoken_parts
from rag.text.near_duplicates import shingle

KEPT_GENERATIONS = 8
"""Number of generations for which a removed passage's vector is kept. Open readers may still answer from them."""


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to store.

    Attributes:
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.
        first: Index of the passage's first sentence in the article's sentences.
        last: Index after its last sentence.
        text_hash: Hash of the text that was embedded.
        vector: The embedding, shape (dimension,).
    """

    start: int
    end: int
    first: int
    last: int
    text_hash: bytes
    vector: Vectors


class Change:
    """An update in progress, made by `Store.begin_update`.

    Nothing is visible to readers before `commit`. Without `commit`, nothing is stored.

    Attributes:
        added_passages: Number of passages stored so far by this change.
        moved: The new path of each article that was recognised by its web address, mapped to its old path.
        files: The roots, signatures and withdrawals.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._before = newest_generation(database)
        self._number = self._before.number + 1
        self._articles = self._before.articles
        self._passages = self._before.passages
        require_newest(database, self._before.number)
        self._next_version = database.next_id("version")
        self._next_passage = database.next_id("passage")
        self._changed = self._is_torn = False
        self.added_passages = 0
        self.moved: dict[str, str] = {}
        self.files = KnownFiles(database)
        self._groups = Groups(database, self._number)

    def identify(
        self, path: str, address: str | None = None, there: Container[str] = (), known: str | None = None
    ) -> str:
        """Finds the id of the article at a path, or chooses a new id.

        A new article that states an address gets the id of the article that stated it before, if that article's file is
        gone (`rag.store.article_ids`).

        Args:
            path: The article's path.
            address: The web address that the article states, if any.
            there: Paths of articles whose files still exist. They are not gone.
            known: The id that the caller expects the article to have, if any.

        Returns:
            The id, 12 hexadecimal digits.

        Raises:
            IndexDamagedError: If the stored path or id does not fit.
        """
        alive = id_at(self._database, path, known)
        if alive is not None:
            return alive
        free = free_id(self._database, path)
        if address is None or last_place(self._database, free) is not None:
            return free
        gone = find_gone(self._database, address, path, there)
        if gone is None or gone.path in self.moved.values():
            return free
        self.moved[path] = gone.path
        return gone.id

    def put_article(self, article: Article, file_hash: str, passages: Sequence[NewPassage]) -> None:
        """Stores an article and its passages, and retires the version stored before.

        The retired version can still be read by its content hash.

        Args:
            article: The article; its id is from `identify`.
            file_hash: The hash of its file or record, in hexadecimal digits (see `rag.ingest.records`).
            passages: All passages of the article.
        """
        # What depends on the text alone comes first: if it fails, nothing is written, and the change can go on.
        values = version_row(article, file_hash, self._next_version, self._number)
        shingles, spoken = shingle(article), tuple(spoken_parts(article))
        with self._whole():
            self._retire_before(article)
            self._next_version += 1
            text = {"text": self._database.pack_text(article.text)}
            insert(self._database, "version", VERSION, values, text)
            self._add_speeches(values[0], article)
            self._add_passages(values[0], passages, spoken)
            self._groups.place(values[0], shingles)

    def _retire_before(self, article: Article) -> None:
        """Retires the article's version before this one, or adds its path if it is new."""
        place = last_place(self._database, article.id)
        is_there = place is not None and place[1] is None
        if self._retire_version(article.id) != is_there or (is_there and place != (article.path, None)):
            raise self._database.damaged(f"article {article.id}")
        if not is_there:
            self._add_place(article.id, article.path)
            self._articles += 1

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Lets the change never be committed if the block, which writes several rows, ends early."""
        self._is_torn = True
        yield
        self._is_torn = False

    def put_passages(self, article: Article, passages: Sequence[NewPassage]) -> None:
        """Replaces the passages of an article whose text stays as it is.

        Raises:
            KeyError: If no article has this id now.
        """
        version = alive_version(self._database, article.id)
        if version is None:
            raise KeyError(article.id)
        spoken = tuple(spoken_parts(article))
        self._passages -= retire_passages(self._database, self._number, version)
        if self._database.row("SELECT 1 FROM speech WHERE version_id = ?", (version["id"],)) is None:
            self._add_speeches(version["id"], article)
        self._add_passages(version["id"], passages, spoken)

    def rename_article(self, article_id: str, path: str) -> None:
        """Stores a new path for an article; nothing else about it changes. Raises KeyError for an unknown id."""
        self._retire_place(article_id)
        self._add_place(article_id, path)
        self._changed = True

    def remove_article(self, article_id: str) -> None:
        """Retires an article; its citations can still be read.

        Raises:
            KeyError: If no article has this id now.
        """
        self._retire_place(article_id)
        if not self._retire_version(article_id):
            raise self._database.damaged(f"article {article_id}")
        self._articles -= 1
        self._changed = True

    def vectors(self, text_hashes: Sequence[bytes], dimension: int) -> dict[bytes, Vectors]:
        """Looks up stored vectors by the hash of the embedded text.

        Args:
            text_hashes: Hashes of texts, with repeats allowed.
            dimension: Numbers per vector.

        Returns:
            The vectors found, each of shape (dimension,), by text hash. Unknown hashes are left out.
        """
        sql = f"SELECT {columns('vector', VECTOR)} FROM vector WHERE text_hash = ? LIMIT 1"
        found = (self._database.row(sql, (text_hash,)) for text_hash in dict.fromkeys(text_hashes))
        rows = [row for row in found if row is not None]
        return dict(zip((row[1] for row in rows), read_vectors(self._database, rows, dimension), strict=True))

    def set_fingerprint(self, fingerprint: Fingerprint) -> None:
        """Stores the embedder of the new generation. After a change of embedder, older indexes can't be caught up."""
        before = read_fingerprint(self._database)
        if before is not None and before != fingerprint:
            put_meta(self._database, "embedded_since", str(self._number))
        put_meta(self._database, "fingerprint", fingerprint.model_dump_json())

    def set_fields(self, fields: Mapping[str, str]) -> None:
        """Stores which field of a JSON file holds what."""
        put_meta(self._database, "fields", json.dumps(fields, sort_keys=True))

    def counts(self) -> tuple[int, int]:
        """The number of articles and of passages, this change included."""
        return self._articles, self._passages

    def commit(self) -> int:
        """Makes the change durable and ends it.

        Returns:
            The generation that serves from now on: a new one if an article changed, otherwise the one before.
        """
        if self._is_torn:
            raise RuntimeError("an article of this change was stored in part")
        if self._changed:
            created = datetime.now(UTC).isoformat(timespec="seconds")
            made = Generation(self._number, secrets.token_hex(8), created, self._articles, self._passages)
            insert(self._database, "generation", GENERATION, made)
            self._purge_vectors()
            self._database.keep_last_id("version", self._next_version - 1)
            self._database.keep_last_id("passage", self._next_passage - 1)
        self._database.commit()
        self._database.close()
        return self._number if self._changed else self._before.number

    def _add_place(self, article_id: str, path: str) -> None:
        insert(self._database, "article", PLACE, (article_id, path, self._number, None))

    def _retire_place(self, article_id: str) -> None:
        if not retire_rows(self._database, self._number, "article", "id", article_id):
            if alive_version(self._database, article_id) is not None:
                raise self._database.damaged(f"article {article_id}")
            raise KeyError(article_id)

    def _retire_version(self, article_id: str) -> bool:
        """Retires the current version, its passages and its group row; returns whether there was one."""
        version = alive_version(self._database, article_id)
        if version is None:
            return False
        self._passages -= retire_passages(self._database, self._number, version)
        if len(retire_rows(self._database, self._number, "text_group", "version_id", version["id"])) != 1:
            raise self._database.damaged(f"the group of version {version['id']}")
        return len(retire_rows(self._database, self._number, "version", "article_id", article_id)) == 1

    def _add_speeches(self, version_id: int, article: Article) -> None:
        if article.speeches is not None:
            insert(self._database, "speech", SPEECH, (version_id, pack_speeches(article.speeches)))

    def _add_passages(self, version_id: int, passages: Sequence[NewPassage], spoken: Sequence[SpokenPart]) -> None:
        numbered = list(enumerate(passages, start=self._next_passage))
        self._next_passage += len(passages)
        places, vectors, words = [], [], []
        for passage_id, new in numbered:
            places.append((passage_id, version_id, new.start, new.end, new.first, new.last, self._number, None))
            vectors.append((passage_id, new.text_hash, vector_bytes(new.vector)))
            parts = (part for part in spoken if part.start < new.end and new.start < part.end)
            said_by = sorted(frozenset[str]().union(*(part.words for part in parts)))
            words += [(word, passage_id) for word in said_by]
        insert_many(self._database, "passage", PASSAGE, places)
        insert_many(self._database, "vector", VECTOR, vectors)
        self._database.add_rows("speaker", ("word", "passage_id"), words)
        self._passages += len(passages)
        self.added_passages += len(passages)
        self._changed = True

    def _purge_vectors(self) -> None:
        # Each commit clears one old generation, so the cost depends on that generation and not on the whole history.
        sql = "DELETE FROM vector WHERE passage_id IN (SELECT id FROM passage WHERE removed_generation = ?)"
        self._database.run(sql, (self._number - KEPT_GENERATIONS,))
