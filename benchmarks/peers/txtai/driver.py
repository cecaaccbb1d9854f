"""Serves txtai over the line protocol: `python -m benchmarks.peers.txtai.driver`, in its own environment.

The index is hybrid (dense vectors and BM25) and stores the content. The answers come from the extractive pipeline with
references. The pipeline joins the best three passages, its default, and reads as much of them as fits into the model's
512 tokens. More passages would not be read.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from txtai import Embeddings
from txtai.pipeline import Extractor, Questions

from benchmarks.peers.folder import ArticleFile, cut, look, remember
from benchmarks.peers.protocol import Place, Reply, serve

_CONFIGURATION = {"hybrid": True, "content": True, "gpu": False}
_MOST_PASSAGES = 10_000
"""Most passages fetched for one article; far more than an article has."""


class Txtai:
    """Implements `benchmarks.peers.protocol.Driver`."""

    def open(self, index: str, embedder: str, reader: str) -> None:
        """Loads the models, and the index if there is one."""
        self._index = Path(index)
        self._one_at_a_time = threading.Lock()  # the index has one SQLite cursor, which threads can't share
        self._embeddings = Embeddings({**_CONFIGURATION, "path": embedder})
        if self._embeddings.exists(index):
            self._embeddings.load(index)
        self._reader = Questions(reader, gpu=False)
        self._extractor = Extractor(self._embeddings, self._reader, gpu=False, output="reference")

    def update(self, articles: str) -> None:
        """Deletes the old passages, adds the new ones, and saves the index."""
        self._index.mkdir(parents=True, exist_ok=True)
        changes = look(Path(articles), self._index)
        if old := [row["id"] for name in changes.gone for row in self._passages_of(name)]:
            self._embeddings.delete(old)
        if changes.new:
            self._embeddings.upsert([row for article in changes.new for row in _rows(article)])
        self._embeddings.save(str(self._index))
        remember(Path(articles), self._index)

    def read(self, files: list[str]) -> None:
        """Reads text files. What reads others (docling, or Tika with Java) is not in txtai's smallest install."""
        for path in map(Path, files):
            if path.suffix not in (".txt", ".md"):
                raise ValueError(f"{path.suffix} needs an extra package")
            article = ArticleFile(path.name, "", "", path.read_text(encoding="utf-8"))
            self._embeddings.upsert(_rows(article))

    def ask(self, question: str) -> Reply:
        """Returns the pipeline's answer. The citation is its place in the passage that the pipeline refers to.

        Where the answer doesn't stand there, the passage itself is shown.
        """
        with self._one_at_a_time:
            found = self._found(question)
            if not (answer := found["answer"] or ""):
                return Reply("")
            passage = self._passage(found["reference"])
            cited = _citations(answer, passage)
            return Reply(answer, None, cited, cited or (passage,))

    def best(self, question: str) -> Reply:
        """Answers as `ask` does, because the pipeline gives no score and no other candidates."""
        return self.ask(question)

    def retrieve(self, question: str, k: int) -> list[Place]:
        """Retrieves with the hybrid search."""
        return [_passage(row) for row in self._embeddings.search(question, k)]

    def mark(self, question: str, text: str) -> list[tuple[int, int]]:
        """Marks the first place of the answer of the pipeline's reader."""
        try:
            (answer,) = self._reader([question], [text])
        except TypeError:  # as in `_found`
            answer = None
        start = text.find(answer) if answer else -1
        return [(start, start + len(answer))] if start >= 0 else []

    def stats(self) -> dict[str, int]:
        """Counts the passages in the index."""
        return {"passages": self._embeddings.count()}

    def _found(self, question: str) -> dict[str, Any]:
        try:
            (found,) = self._extractor([{"query": question, "question": question}])
        except TypeError:  # the best token is [CLS], which means no answer; the pipeline fails on it
            return {"answer": None}
        answer: dict[str, Any] = found
        return answer

    def _passages_of(self, name: str) -> list[dict[str, Any]]:
        query = "select id, text from txtai where id like :id"
        found: list[dict[str, Any]] = self._embeddings.search(query, _MOST_PASSAGES, parameters={"id": f"{name}:%"})
        return found

    def _passage(self, reference: str) -> Place:
        query = "select id, text from txtai where id = :id"
        return _passage(self._embeddings.search(query, 1, parameters={"id": reference})[0])


def _citations(answer: str, passage: Place) -> tuple[Place, ...]:
    """The first place of the answer in the passage; empty if the answer is not in it."""
    found = passage.quote.find(answer)
    start = passage.start + found
    return (Place(passage.file, start, start + len(answer), answer),) if found >= 0 else ()


def _rows(article: ArticleFile) -> list[tuple[str, str, None]]:
    """The passages of an article. A passage's id holds its file and its interval.

    The title is left out, because the pipeline answered worse in trials with the title above each passage.
    """
    return [(f"{article.name}:{start}:{end}", article.text[start:end], None) for start, end in cut(article.text)]


def _passage(row: dict[str, Any]) -> Place:
    name, start, end = row["id"].rsplit(":", 2)
    return Place(name, int(start), int(end), row["text"])


if __name__ == "__main__":
    serve(Txtai())
