"""This project over the line protocol: `python -m benchmarks.peers.newsroom.driver`."""

from __future__ import annotations

from pathlib import Path

from benchmarks.peers.protocol import Place, Reply, serve
from rag.library import Library


class Newsroom:
    """Implements `benchmarks.peers.protocol.Driver` by `rag.Library`, as it comes."""

    def open(self, index: str, embedder: str, reader: str) -> None:
        """Opens the library; the weights are the ones it ships with, from which the peers' were made."""
        self._library = Library.open(index, create=True)

    def update(self, articles: str) -> None:
        """`rag update FOLDER`."""
        self._library.update(articles)

    def ask(self, question: str) -> Reply:
        """`rag QUESTION`."""
        answer = self._library.answer(question)
        places = tuple(Place(Path(c.path).name, c.start, c.end, c.quote) for c in answer.citations)
        words = (answer.short_answer or places[0].quote) if answer.answered else ""
        return Reply(words, answer.confidence, places)

    def best(self, question: str) -> Reply:
        """The most probable candidate, however improbable."""
        for candidate in self._library.candidates(question):
            return Reply(candidate.short_answer or candidate.quote, candidate.confidence)
        return Reply("")

    def retrieve(self, question: str, k: int) -> list[Place]:
        """Dense and BM25, fused."""
        passages = [hit.passage for hit in self._library.retrieve(question, k)]
        return [Place(Path(p.article.path).name, p.start, p.end, p.text) for p in passages]

    def stats(self) -> dict[str, int]:
        """From the library's status."""
        return {"passages": self._library.status().passages}


if __name__ == "__main__":
    serve(Newsroom())
