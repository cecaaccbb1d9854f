"""Serves this project over the line protocol: `python -m benchmarks.peers.newsroom.driver`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from benchmarks.evidence import Marked, quoted
from benchmarks.peers.protocol import Place, Reply, serve
from rag.core.schema import Citation
from rag.library import Library
from rag.models.load_embedder import load_embedder
from rag.models.span_reader import OnnxReader
from rag.models.vector_cache import VectorCache
from rag.text.sentences import split_sentences


class Newsroom:
    """Implements `benchmarks.peers.protocol.Driver` with `rag.Library` and its default settings."""

    def open(self, index: str, embedder: str, reader: str) -> None:
        """Opens the library with its shipped weights. The peers' weights were made from them."""
        self._library = Library.open(index, create=True)

    def update(self, articles: str) -> None:
        """Updates the library, as `rag update FOLDER` does."""
        self._library.update(articles)

    def read(self, files: list[str]) -> None:
        """Updates the library, as `rag update FILE…` does. A file that it skips is an error."""
        for file in files:
            for skipped in self._library.update(file).skipped:
                raise ValueError(skipped.why)

    def ask(self, question: str) -> Reply:
        """Answers a question, as `rag QUESTION` does. The quotes of other answers are shown too."""
        answer = self._library.answer(question)
        places = _places(answer.citations)
        words = (answer.short_answer or places[0].quote) if answer.answered else ""
        others = _places(citation for other in answer.other_answers for citation in other.citations)
        return Reply(words, answer.confidence, places, (*places, *others), _places(answer.near_misses))

    def best(self, question: str) -> Reply:
        """Returns the candidate with the highest confidence, even if it is below the threshold."""
        for candidate in self._library.candidates(question):
            return Reply(candidate.short_answer or candidate.quote, candidate.confidence)
        return Reply("")

    def retrieve(self, question: str, k: int) -> list[Place]:
        """Retrieves with dense vectors and BM25, fused."""
        passages = [hit.passage for hit in self._library.retrieve(question, k)]
        return [Place(Path(p.article.path).name, p.start, p.end, p.text) for p in passages]

    def mark(self, question: str, text: str) -> list[tuple[int, int]]:
        """Marks the sentences that it would quote if any confidence were enough."""
        sentences = tuple((sentence.start, sentence.end) for sentence in split_sentences(text))
        chosen = quoted(Marked(question, text, sentences, ()), self._reader, self._vectors)
        return [sentences[number] for number in sorted(chosen)]

    @cached_property
    def _reader(self) -> OnnxReader:
        return OnnxReader()

    @cached_property
    def _vectors(self) -> VectorCache:
        return VectorCache(load_embedder())

    def stats(self) -> dict[str, int]:
        """Reads the number of passages from the library's status."""
        return {"passages": self._library.status().passages}


def _places(citations: Iterable[Citation]) -> tuple[Place, ...]:
    return tuple(Place(Path(c.path).name, c.start, c.end, c.quote) for c in citations)


if __name__ == "__main__":
    serve(Newsroom())
