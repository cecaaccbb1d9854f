"""The lexical index: BM25 by tantivy, with English stemming, and all words as they are written, for exact phrases.

tantivy stores a checksum in each file but does not check it on opening, so a flipped bit would silently change answers.
Each commit therefore ends with a manifest: its generation and the checksum of every file. An index whose files differ
from its manifest, because of damage or a crash, is not opened.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from rag.core.errors import IndexDamagedError, IndexNotWritableError
from rag.core.ports import Ids, PassageSet, Scores, as_ids
from rag.core.remedies import Remedy
from rag.indexes.lexical_manifest import EMPTY, MANIFEST, META, copy_for_reading, read_manifest, sum_of, write_manifest
from rag.text.terms import analyzable, analyze, analyzer, encodable, exact_analyzer, fold, terms

_ANALYSIS, _EXACT_ANALYSIS = "english", "exact"
"""The names of the analyzers in tantivy."""
_MAX_TERMS = 1024
"""Number of different words of a question that are searched."""
_WRITER_BYTES = 64 * 2**20
"""Memory of tantivy's writer, in bytes."""


class TantivyIndex:
    """Nearest passages by BM25. Implements `rag.core.ports.LexicalIndex`.

    Made by `create`, `open` or `in_memory`. Several threads may search at the same time; one may write.

    Attributes:
        generation: The store's generation of the last commit.
        token: The token of that generation.
        removed: Passages removed since `create`. Their words count in the BM25 statistics until tantivy merges
            segments.
    """

    def __init__(self, index: Any, path: Path | None, manifest: dict[str, Any]) -> None:
        self._index = index
        self._path = path
        self._sums: dict[str, int] = manifest["files"]
        self._writer: Any = None
        self.generation: int = manifest["generation"]
        self.token: str = manifest["token"]
        self.removed: int = manifest["removed"]
        index.register_tokenizer(_ANALYSIS, analyzer())
        index.register_tokenizer(_EXACT_ANALYSIS, exact_analyzer())
        # Searches see the last commit before `_refresh`, whatever another process does.
        index.config_reader("Manual")
        self._refresh()

    @classmethod
    def create(cls, path: Path) -> TantivyIndex:
        """Creates an empty index in this folder and deletes an existing one.

        Raises:
            IndexNotWritableError: If the folder can't be written.
        """
        with _write_errors(path):
            discard_index(path)
            path.mkdir()
            return cls(tantivy.Index(_schema(), path=str(path)), path, EMPTY)

    @classmethod
    def in_memory(cls) -> TantivyIndex:
        """Creates an empty index that ends with the process."""
        return cls(tantivy.Index(_schema()), None, EMPTY)

    @classmethod
    def open(cls, path: Path) -> TantivyIndex:
        """Opens the index as of its last commit.

        Raises:
            IndexDamagedError: If it is missing or not what was written.
        """
        try:
            manifest = read_manifest(path)
            place = path if os.access(path, os.W_OK) else copy_for_reading(path, manifest)
            index = cls(tantivy.Index.open(str(place)), path, manifest)
            if place != path:
                weakref.finalize(index, shutil.rmtree, place, ignore_errors=True)
            # A commit by another process after the check would have changed this file.
            if sum_of(path / META) != manifest["files"][META]:
                raise ValueError("changed while it was opened")
        except (OSError, ValueError, KeyError, TypeError) as error:
            remedy = f"delete it: it is rebuilt from {path.parent}"
            raise IndexDamagedError(f"{path} can't be used ({error})", remedy=remedy, path=str(path)) from error
        return index

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def ids(self) -> Ids:
        """The ids of all passages, ascending, shape (n,)."""
        hits = self._searcher.search(tantivy.Query.all_query(), max(len(self), 1), count=False).hits
        return np.sort(as_ids(self._searcher.fast_field_values("id", [address for _, address in hits])))

    def add(self, ids: Ids, texts: Sequence[str]) -> None:
        """Adds the texts of passages; searches find them after `commit`.

        Args:
            ids: Ids of the passages, shape (n,).
            texts: One text for each id. Its first line is a title: no phrase goes on from there into the next line.

        Raises:
            IndexNotWritableError: If the files can't be written.
        """
        numbered = list(zip(ids.tolist(), texts, strict=True))
        with _write_errors(self._path):
            writer = self._open_writer()
            for passage_id, text in numbered:
                document = tantivy.Document()
                document.add_integer("id", passage_id)
                document.add_text("text", analyzable(text))
                for part in filter(None, encodable(text).split("\n", 1)):
                    document.add_text("words", part)  # tantivy leaves a gap between two values of a field
                writer.add_document(document)

    def remove(self, ids: Ids) -> None:
        """Removes these ids at the next `commit`; unknown ids are ignored.

        Raises:
            IndexNotWritableError: If the files can't be written.
        """
        with _write_errors(self._path):
            for passage_id in ids.tolist():
                self._open_writer().delete_documents_by_term("id", passage_id)
        self.removed += len(ids)

    def commit(self, generation: int, token: str = "") -> None:
        """Makes all changes since the last commit visible and durable at once.

        Args:
            generation: The store's generation that the index has now.
            token: The token of that generation.

        Raises:
            IndexNotWritableError: If the files can't be written. The folder is then not an index and must be created
                again.
        """
        with _write_errors(self._path):
            if self._writer is not None:
                writer, self._writer = self._writer, None
                writer.commit()
                writer.wait_merging_threads()
            self._refresh()
            self.generation, self.token = generation, token
            if self._path is not None:
                self._write_manifest(self._path)

    def search(self, question: str, k: int, within: PassageSet | None = None) -> tuple[Ids, Scores]:
        """Finds the passages that share words with a question.

        Stop words count only if the question has no other words.

        Args:
            question: Any text; nothing in it is query syntax.
            k: Number of passages wanted.
            within: The passages to search among; None searches all. Scores are those among all passages.

        Returns:
            At most k ids and their BM25 scores, best first; equal scores by ascending id.
        """
        words = terms(question) or analyze(question)
        k = min(k, len(self))
        if k < 1 or not words:
            return as_ids([]), np.zeros(0, np.float32)
        schema = self._index.schema
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", word, "freq"))
                for word in list(dict.fromkeys(words))[:_MAX_TERMS]
            ]
        )
        ids, scores = self._search_past_ties(query, k, within)
        order = np.lexsort((ids, -scores))[:k]
        return ids[order], scores[order]

    def find(self, words: str, *, exact: bool) -> tuple[Ids, Scores]:
        """See `rag.core.ports.LexicalIndex.find`."""
        stems = analyze(words)
        if exact or len(stems) > 1:
            field, wanted = "words", fold(words)
        else:
            field, wanted = "text", stems
        if not wanted:
            return as_ids([]), np.zeros(0, np.float32)
        if len(wanted) == 1:
            query = tantivy.Query.term_query(self._index.schema, field, wanted[0], "freq")
        else:
            query = tantivy.Query.phrase_query(self._index.schema, field, list(wanted))
        count = self._searcher.search(query, 1).count  # tantivy reserves memory for as many hits as it is asked for
        hits = self._searcher.search(query, max(count, 1), count=False).hits
        ids = as_ids(self._searcher.fast_field_values("id", [address for _, address in hits]))
        order = np.argsort(ids)
        return ids[order], np.array([score for score, _ in hits], dtype=np.float32)[order]

    def _search_past_ties(self, query: Any, k: int, within: PassageSet | None) -> tuple[Ids, Scores]:
        """The k best passages of `within` and all that tie with the k-th, because tantivy orders ties its own way."""
        depth = k + 1
        while True:
            hits: list[tuple[float, Any]] = self._searcher.search(query, depth, count=False).hits
            ids = as_ids(self._searcher.fast_field_values("id", [address for _, address in hits]))
            scores = np.array([score for score, _ in hits], dtype=np.float32)
            kept = within.holds(ids) if within is not None else np.ones(len(ids), np.bool_)
            enough = np.count_nonzero(kept) >= k
            if len(hits) < depth or (enough and scores[-1] < scores[kept][k - 1]):
                return ids[kept], scores[kept]
            depth *= 2

    def _open_writer(self) -> Any:
        # One thread, so that the same passages always give the same segments.
        if self._writer is None:
            self._writer = self._index.writer(_WRITER_BYTES, 1)
        return self._writer

    def _refresh(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def _write_manifest(self, path: Path) -> None:
        # Files other than meta.json never change once written, so only new ones are read.
        names = [file.name for file in path.iterdir() if not file.name.startswith((".", MANIFEST))]
        known = {name: crc for name, crc in self._sums.items() if name != META}
        self._sums = {name: known[name] if name in known else sum_of(path / name) for name in sorted(names)}
        facts = {"generation": self.generation, "token": self.token, "removed": self.removed}
        write_manifest(path, facts, self._sums)


def discard_index(path: Path) -> None:
    """Deletes an index, if there is one, as a whole.

    tantivy treats a missing positions file as an empty one and leaves lock files where it reads. If files were deleted
    one by one, half of an index could be opened and its folder could fill again. So the folder is renamed first.

    Raises:
        OSError: If the folder can't be renamed.
    """
    aside = path.with_name(f"{path.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if path.is_dir():
        path.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    # A signed field: tantivy-py makes a signed term of an int, so deleting from an unsigned field deletes nothing.
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=_ANALYSIS, index_option="freq")
    builder.add_text_field("words", tokenizer_name=_EXACT_ANALYSIS, index_option="position")
    return builder.build()


@contextlib.contextmanager
def _write_errors(path: Path | None) -> Iterator[None]:
    """Turns errors of writing into IndexNotWritableError: tantivy raises ValueError or OSError for a full disk."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise IndexNotWritableError(
            f"{path} can't be written ({error})",
            remedy=Remedy("check permissions and free space, then", "update"),
            path=str(path),
        ) from error
