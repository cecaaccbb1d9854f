"""The lexical index: BM25 by tantivy, English stemming.

tantivy stores a checksum with each file but doesn't look at it when it opens one, and a flipped bit answers wrongly
without a word. So each commit ends with a manifest: the generation it was made for, and the checksum of every file.
An index whose files are not exactly those of its manifest (damaged, or a crash came between) is not opened.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from rag.core.atomic_files import replace_file
from rag.core.errors import IndexDamagedError, IndexNotWritableError
from rag.core.ports import Ids, Scores, as_ids
from rag.core.remedies import Remedy
from rag.text.terms import analyzable, analyze, analyzer, terms

_MANIFEST = "manifest.json"
_META = "meta.json"
_FORMAT = 1
_ANALYSIS = "english"
_PROBE = "The café’s owners weren't running U.S. B-2s at 3.5%"
"""Analysed when an index is written and when it is opened: another outcome means that its terms are others too."""
_MAX_TERMS = 1024
"""How many different words of a question are looked up."""
_WRITER_BYTES = 64 * 2**20


class TantivyIndex:
    """Nearest passages by BM25. Implements `rag.core.ports.LexicalIndex`.

    Made by `create`, `open` or `in_memory`. Any number of threads may search at the same time; one may write.
    `generation` and `token` say which of the store's generations was committed last; `removed` counts the passages
    removed since `create`, whose words still weigh in the statistics of BM25 until tantivy merges their segments.
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
        # Searches see the commit that was last when `_refresh` was called, whatever another process does.
        index.config_reader("Manual")
        self._refresh()

    @classmethod
    def create(cls, path: Path) -> TantivyIndex:
        """An empty index in this folder, in place of whatever was there. Raises IndexNotWritableError."""
        with _write_errors(path):
            discard_index(path)
            path.mkdir()
            return cls(tantivy.Index(_schema(), path=str(path)), path, _EMPTY)

    @classmethod
    def in_memory(cls) -> TantivyIndex:
        """An empty index that is gone with the process."""
        return cls(tantivy.Index(_schema()), None, _EMPTY)

    @classmethod
    def open(cls, path: Path) -> TantivyIndex:
        """The index as it was committed last. Raises IndexDamagedError where it is missing or not what was written."""
        try:
            manifest = _read_manifest(path)
            index = cls(tantivy.Index.open(str(path)), path, manifest)
            # A commit by another process since would have changed this file, and is not what was checked.
            if _sum(path / _META) != manifest["files"][_META]:
                raise ValueError("changed while it was opened")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(
                f"{path} can't be used ({error})",
                remedy=f"delete it: it is made anew from {path.parent}",
                path=str(path),
            ) from error
        return index

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def ids(self) -> Ids:
        """The ids of all passages, ascending, shape (n,)."""
        hits = self._searcher.search(tantivy.Query.all_query(), max(len(self), 1), count=False).hits
        return np.sort(as_ids(self._searcher.fast_field_values("id", [address for _, address in hits])))

    def add(self, ids: Ids, texts: Sequence[str]) -> None:
        """Adds passages' texts under their ids; visible to searches after `commit`. Raises IndexNotWritableError."""
        numbered = list(zip(ids.tolist(), texts, strict=True))
        with _write_errors(self._path):
            writer = self._open_writer()
            for passage_id, text in numbered:
                document = tantivy.Document()
                document.add_integer("id", passage_id)
                document.add_text("text", analyzable(text))
                writer.add_document(document)

    def remove(self, ids: Ids) -> None:
        """Forgets these ids at the next `commit`; ids that are not there are passed over."""
        with _write_errors(self._path):
            for passage_id in ids.tolist():
                self._open_writer().delete_documents_by_term("id", passage_id)
        self.removed += len(ids)

    def commit(self, generation: int, token: str = "") -> None:
        """Makes all changes since the last commit visible and durable at once, stamped with the generation.

        Raises IndexNotWritableError; the folder is then no longer an index, and has to be created anew.
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

    def search(self, question: str, k: int, within: Ids | None = None) -> tuple[Ids, Scores]:
        """At most k ids and BM25 scores, best first, ties by lower id. Any text is a question, none is syntax.

        With `within`, the k best of these ids, with the scores that they have among all. Stop words count only in a
        question that has no other words.
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

    def _search_past_ties(self, query: Any, k: int, within: Ids | None) -> tuple[Ids, Scores]:
        """The k best and all that tie with the k-th: tantivy breaks ties its own way. What isn't `within` is left."""
        depth = k + 1
        while True:
            hits: list[tuple[float, Any]] = self._searcher.search(query, depth, count=False).hits
            ids = as_ids(self._searcher.fast_field_values("id", [address for _, address in hits]))
            scores = np.array([score for score, _ in hits], dtype=np.float32)
            kept = np.isin(ids, within) if within is not None else np.ones(len(ids), np.bool_)
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
        # Files other than meta.json never change under their name, so only new ones are read.
        names = [file.name for file in path.iterdir() if not file.name.startswith((".", _MANIFEST))]
        known = {name: crc for name, crc in self._sums.items() if name != _META}
        self._sums = {name: known[name] if name in known else _sum(path / name) for name in sorted(names)}
        manifest = {
            "format": _FORMAT,
            "generation": self.generation,
            "token": self.token,
            "removed": self.removed,
            "analysis": analyze(_PROBE),
            "files": self._sums,
        }
        replace_file(path / _MANIFEST, [json.dumps(manifest, indent=1).encode()])


def discard_index(path: Path) -> None:
    """Takes the index away, if there is one, all of it at once. Raises OSError where it can't.

    tantivy takes a positions file that is missing for one that holds nothing, and leaves lock files where it reads: an
    index that went file by file could be opened half, and its folder be filled again.
    """
    aside = path.with_name(f"{path.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if path.is_dir():
        path.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


_EMPTY: dict[str, Any] = {"generation": 0, "token": "", "removed": 0, "files": {}}


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    # An unsigned field would do, but tantivy-py then deletes nothing: its term for an int is a signed one.
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=_ANALYSIS, index_option="freq")
    return builder.build()


def _read_manifest(path: Path) -> dict[str, Any]:
    """The manifest, whose files are all there and whole. Raises OSError, ValueError, KeyError or TypeError."""
    manifest: dict[str, Any] = json.loads((path / _MANIFEST).read_bytes())
    if (manifest["format"], manifest["analysis"]) != (_FORMAT, analyze(_PROBE)):
        raise ValueError("written by another release")
    for name, crc in manifest["files"].items():
        if _sum(path / name) != crc:
            raise ValueError(f"checksum of {name}")
    return manifest


def _sum(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(2**20):
            crc = zlib.crc32(block, crc)
    return crc


@contextlib.contextmanager
def _write_errors(path: Path | None) -> Iterator[None]:
    """tantivy has no errors of its own: a full disk or a missing permission is a ValueError or an OSError."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise IndexNotWritableError(
            f"{path} can't be written ({error})",
            remedy=Remedy("check permissions and free space, then", "update"),
            path=str(path),
        ) from error
