"""Serves VerbatimRAG over the line protocol: `python -m benchmarks.peers.verbatim.driver`, in its own environment.

The index is the local one of its documentation, with dense vectors: that store has no full-text search, and the weights
of its sparse embedders come from a hub. The extractor is `benchmarks.peers.verbatim.extractor`. The answer is filled
into the static template, which needs no language model.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pymilvus import MilvusException  # type: ignore[import-not-found]
from verbatim_rag import VerbatimIndex, VerbatimRAG  # type: ignore[import-not-found]
from verbatim_rag.chunker_providers import ChunkerProvider  # type: ignore[import-not-found]
from verbatim_rag.document import Document  # type: ignore[import-not-found]
from verbatim_rag.embedding_providers import SentenceTransformersProvider  # type: ignore[import-not-found]
from verbatim_rag.ingestion import DocumentProcessor  # type: ignore[import-not-found]
from verbatim_rag.vector_stores import LocalMilvusStore, SearchResult  # type: ignore[import-not-found]

from benchmarks.peers.folder import HITS, cut, look, remember
from benchmarks.peers.protocol import Place, Reply, serve
from benchmarks.peers.verbatim.extractor import ReaderExtractor

_STARTS = "starts.json"
"""File in the index folder: for each article file the first characters of its passages."""


class Passages(ChunkerProvider):  # type: ignore[misc]
    """Cuts passages of the size that all systems have."""

    def chunk(self, text: str) -> list[tuple[str, str]]:
        """Returns the passages, each twice: as it is marked, and as it is embedded before the title is added."""
        return [(text[start:end], text[start:end]) for start, end in cut(text)]


class Verbatim:
    """Implements `benchmarks.peers.protocol.Driver`."""

    def open(self, index: str, embedder: str, reader: str) -> None:
        """Opens the store, which is made if it is missing, and loads the models."""
        self._index = Path(index)
        self._index.mkdir(parents=True, exist_ok=True)
        stored = self._index / _STARTS
        self._starts: dict[str, list[int]] = json.loads(stored.read_text("utf-8")) if stored.exists() else {}
        self._store = _store(self._index / "index.db")
        dense = SentenceTransformersProvider(embedder)
        self._indexed = VerbatimIndex(self._store, dense_provider=dense, chunker_provider=Passages())
        self._extractor = ReaderExtractor(reader)
        self._rag = VerbatimRAG(self._indexed, k=HITS, extractor=self._extractor, template_mode="static")

    def update(self, articles: str) -> None:
        """Deletes the old documents and adds the new ones. The store saves itself."""
        changes = look(Path(articles), self._index)
        for name in changes.gone:
            self._store.delete_document(name)
            self._starts.pop(name, None)
        documents = [
            Document(id=a.name, title=a.title, source=a.name, raw_content=a.text, metadata={"date": a.date})
            for a in changes.new
        ]
        self._indexed.add_documents_bulk(documents)
        self._starts |= {article.name: [start for start, _ in cut(article.text)] for article in changes.new}
        (self._index / _STARTS).write_text(json.dumps(self._starts), encoding="utf-8")
        remember(Path(articles), self._index)

    def read(self, files: list[str]) -> None:
        """Reads files with its processor, which converts them with docling; plain text is taken as it is."""
        for path in map(Path, files):
            if path.suffix == ".txt":
                document = Document(source=path.name, raw_content=path.read_text(encoding="utf-8"))
            else:
                document = DocumentProcessor(chunker_provider=Passages()).process_file(path)
            self._indexed.add_documents([document])

    def ask(self, question: str) -> Reply:
        """Returns the marks that are shown in the answer, in its order; the first one as the answer.

        VerbatimRAG gives no short answer and no confidence.
        """
        response = self._rag.query(question)
        marks = [
            (response.answer.find(highlight.text), _place(document.metadata, document.content, self._starts, highlight))
            for document in response.documents
            for highlight in document.highlights
        ]
        shown = tuple(place for at, place in sorted(marks, key=lambda mark: mark[0]) if at >= 0)
        return Reply(shown[0].quote if shown else "", None, shown, shown)

    def best(self, question: str) -> Reply:
        """Answers as `ask` does, because VerbatimRAG gives no score."""
        return self.ask(question)

    def retrieve(self, question: str, k: int) -> list[Place]:
        """Retrieves with dense vectors."""
        return list(self._places(self._indexed.query(question, k=k)))

    def mark(self, question: str, text: str) -> list[tuple[int, int]]:
        """Marks sentences of a text, wherever they stand in it."""
        given = SearchResult(id="", score=1.0, metadata={}, text=text)
        found = self._extractor.extract_spans(question, [given])
        return [(start, start + len(s)) for s in found.get(text, []) if (start := text.find(s)) >= 0]

    def stats(self) -> dict[str, int]:
        """Counts the passages in the store."""
        (count,) = self._store.client.query(self._store.collection_name, output_fields=["count(*)"])
        return {"passages": count["count(*)"]}

    def _places(self, results: Sequence[SearchResult]) -> Iterator[Place]:
        for result in results:
            start = self._starts[result.metadata["source"]][result.metadata["chunk_number"]]
            yield Place(result.metadata["source"], start, start + len(result.text), result.text)


def _store(path: Path) -> LocalMilvusStore:
    """Opens the store. It starts a server, which on a busy machine may not be up in time at the first try."""
    for _ in range(2):
        with suppress(MilvusException):
            return LocalMilvusStore(str(path), enable_sparse=False)
    return LocalMilvusStore(str(path), enable_sparse=False)


def _place(passage: dict[str, Any], text: str, starts: dict[str, list[int]], mark: Any) -> Place:
    """Converts a mark in a passage to a place in its article. A file that was merely read has no known places."""
    first = starts.get(passage["source"], [])
    begin = first[passage["chunk_number"]] if first else 0
    return Place(passage["source"], begin + mark.start, begin + mark.end, text[mark.start : mark.end])


if __name__ == "__main__":
    serve(Verbatim())
