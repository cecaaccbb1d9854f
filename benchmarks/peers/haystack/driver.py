"""Serves Haystack over the line protocol: `python -m benchmarks.peers.haystack.driver`, in its own environment.

The pipelines are those of its tutorials on hybrid retrieval and on extractive question answering. Since Haystack 3 the
reader and the embedders are packages of their own. The document store is the one that needs no server. The number of
passages that are read and their length are the same as in this project.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from haystack import Document, Pipeline
from haystack.components.converters import MultiFileConverter
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.document_stores.types import DuplicatePolicy
from haystack_integrations.components.embedders.sentence_transformers import (  # type: ignore[import-not-found]
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from haystack_integrations.components.readers.transformers import TransformersExtractiveReader  # type: ignore[import-not-found]

from benchmarks.peers.folder import DEPTH, HITS, OVERLAPPING, WORDS, look, remember
from benchmarks.peers.protocol import Place, Reply, serve

_TITLE = ["title", "date"]
"""Fields of the metadata that are embedded together with a passage."""


class Haystack:
    """Implements `benchmarks.peers.protocol.Driver`."""

    def open(self, index: str, embedder: str, reader: str) -> None:
        """Loads the document store from its JSON file if there is one, and warms up the models."""
        self._index, self._embedder = Path(index), embedder
        stored = self._index / "store.json"
        self._store = InMemoryDocumentStore(return_embedding=False)
        if stored.exists():
            self._store = InMemoryDocumentStore.load_from_disk(str(stored))
        self._retrieval = _retrieval(self._store, embedder)
        self._reader = _with_token_types(TransformersExtractiveReader(reader))

    def update(self, articles: str) -> None:
        """Deletes the old passages, runs the indexing pipeline on the new articles, and saves the whole store."""
        self._index.mkdir(parents=True, exist_ok=True)
        changes = look(Path(articles), self._index)
        gone = set(changes.gone)
        old = [document.id for document in self._store.filter_documents() if document.meta["file"] in gone]
        self._store.delete_documents(old)
        if changes.new:
            self._add(
                Document(content=a.text, meta={"file": a.name, "title": a.title, "date": a.date}) for a in changes.new
            )
        self._store.save_to_disk(str(self._index / "store.json"))
        remember(Path(articles), self._index)

    def read(self, files: list[str]) -> None:
        """Reads files with the converter that its documentation shows for folders of mixed files."""
        documents = MultiFileConverter().run(sources=files)["documents"]
        if len(documents) < len(files):
            raise ValueError(f"{len(documents)} of {len(files)} files were converted")
        self._add(replace(d, meta={**d.meta, "file": Path(d.meta["file_path"]).name}) for d in documents)

    def ask(self, question: str) -> Reply:
        """Returns the answer with the highest score, which may be Haystack's own "no answer".

        The ranked answers are shown down to the "no answer"; what comes after it is near.
        """
        answers = self._answers(question)
        number = next((number for number, answer in enumerate(answers) if answer.data is None), len(answers))
        reply = _reply(answers[:1])
        return replace(reply, shown=_shown(answers[:number]), near=_shown(answers[number + 1 :]))

    def best(self, question: str) -> Reply:
        """Returns the answer with the highest score, without "no answer"."""
        return _reply([answer for answer in self._answers(question) if answer.data is not None][:1])

    def retrieve(self, question: str, k: int) -> list[Place]:
        """Retrieves with BM25 and embeddings, fused by rank."""
        return [_place(d, 0, len(d.content or "")) for d in self._documents(question)[:k]]

    def mark(self, question: str, text: str) -> list[tuple[int, int]]:
        """Marks the answer with the highest score in the text."""
        answers = self._reader.run(query=question, documents=[Document(content=text)])["answers"]
        return [(a.document_offset.start, a.document_offset.end) for a in answers if a.data is not None][:1]

    def stats(self) -> dict[str, int]:
        """Counts the passages in the document store."""
        return {"passages": self._store.count_documents()}

    def _add(self, documents: Iterable[Document]) -> None:
        _indexing(self._store, self._embedder).run({"splitter": {"documents": list(documents)}})

    def _documents(self, question: str) -> list[Document]:
        asked = {"text_embedder": {"text": question}, "bm25": {"query": question}}
        found: list[Document] = self._retrieval.run(asked)["joiner"]["documents"]
        return found

    def _answers(self, question: str) -> list[Any]:
        found = self._reader.run(query=question, documents=self._documents(question))
        answers: list[Any] = found["answers"]
        return answers


def _retrieval(store: InMemoryDocumentStore, embedder: str) -> Pipeline:
    pipeline = Pipeline()
    pipeline.add_component("text_embedder", SentenceTransformersTextEmbedder(model=embedder, progress_bar=False))
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=DEPTH, return_embedding=False))
    pipeline.add_component("bm25", InMemoryBM25Retriever(store, top_k=DEPTH))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=HITS))
    pipeline.connect("text_embedder", "dense")
    pipeline.connect("dense", "joiner")
    pipeline.connect("bm25", "joiner")
    pipeline.warm_up()
    return pipeline


def _indexing(store: InMemoryDocumentStore, embedder: str) -> Pipeline:
    pipeline = Pipeline()
    splitter = DocumentSplitter(split_by="word", split_length=WORDS, split_overlap=OVERLAPPING)
    pipeline.add_component("splitter", splitter)
    document_embedder = SentenceTransformersDocumentEmbedder(
        model=embedder, progress_bar=False, meta_fields_to_embed=_TITLE
    )
    pipeline.add_component("embedder", document_embedder)
    pipeline.add_component("writer", DocumentWriter(store, DuplicatePolicy.OVERWRITE))
    pipeline.connect("splitter", "embedder")
    pipeline.connect("embedder", "writer")
    return pipeline


def _with_token_types(reader: TransformersExtractiveReader) -> TransformersExtractiveReader:
    """Adds the token types, which mark the passage's tokens. Haystack leaves them out, and BERT models need them."""
    reader.warm_up()
    separator = reader.tokenizer.sep_token_id

    def add(_: Any, arguments: Any, named: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        ends = (named["input_ids"] == separator).cumsum(dim=1)
        passage = (ends - (named["input_ids"] == separator).long() >= 1).long()
        return arguments, {**named, "token_type_ids": passage * named["attention_mask"]}

    reader.model.register_forward_pre_hook(add, with_kwargs=True)
    return reader


def _reply(answers: Sequence[Any]) -> Reply:
    for answer in answers:
        if answer.data is not None:
            return Reply(answer.data, answer.score, _shown([answer]))
    return Reply("")


def _shown(answers: Sequence[Any]) -> tuple[Place, ...]:
    """The places of the answers."""
    places = (_place(a.document, a.document_offset.start, a.document_offset.end) for a in answers)
    return tuple(replace(place, quote=answer.data) for place, answer in zip(places, answers, strict=True))


def _place(document: Document, start: int, end: int) -> Place:
    """Converts an interval of a passage to an interval of its article."""
    begin = document.meta["split_idx_start"]
    return Place(document.meta["file"], begin + start, begin + end, (document.content or "")[start:end])


if __name__ == "__main__":
    serve(Haystack())
