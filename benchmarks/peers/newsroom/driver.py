"""Serves this project over the line protocol: `python -m benchmarks.peers.newsroom.driver`."""

from __future__ import annotations

from pathlib import Path

from benchmarks.peers.protocol import Place, Reply, serve
from rag.library import Library


class Newsroom:
    """Implements `benchmarks.peers.protocol.Driver` with `rag.Library` and its default settings."""

    def open(self, index: str, embedder: str, reader: str) -> None:
        """Opens the library with its shipped weights. The peers' weights were made from them."""
        self._library = Library.open(index, create=True)

    def update(self, articles: str) -> None:
        """Updates the library, as `rag update FOLDER` does."""
        self._library.update(articles)

    def ask(self, question: str) -> Reply:
        """Answers a question, as `rag QUESTION` does."""
        answer = self._library.answer(question)
        places = tuple(Place(Path(c.path).name, c.start, c.end, c.quote) for c in answer.citations)
        words = (answer.short_answer or places[0].quote) if answer.answered else ""
        return Reply(words, answer.confidence, places)

    def best(self, question: str) -> Reply:
        """Returns the candidate with the highest confidence, even if it is below the threshold."""
        for candidate in self._library.candidates(question):
            return Reply(candidate.short_answer or candidate.quote, candidate.confidence)
        return Reply("")

    def retrieve(self, question: str, k: int) -> list[Place]:
        """Retrieves with dense vectors and BM25, fused."""
        passages = [hit.passage for hit in self._library.retrieve(question, k)]
        return [Place(Path(p.article.path).name, p.start, p.end, p.text) for p in passages]

    def stats(self) -> dict[str, int]:
        """Reads the number of passages from the library's status."""
        return {"passages": self._library.status().passages}


if __name__ == "__main__":
    serve(Newsroom())
