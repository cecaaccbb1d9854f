"""Serves a page over articles with hostile text in every field: `python -m tests.browser.hostile`."""

from __future__ import annotations

from pathlib import Path

from rag.core.schema import Answer
from rag_ui.app import serve
from rag_ui.web.server import Door
from tests.fake_library import FakeLibrary, cite, make_article
from tests.hostile import HOSTILE

ARTICLES = tuple(
    make_article(f"Before. {text} After {number}.", text, source=text, path=text, byline=text, url=text)
    for number, text in enumerate(HOSTILE, start=1)
)
CITATIONS = tuple(
    cite(article, text, text, number)
    for number, (article, text) in enumerate(zip(ARTICLES, HOSTILE, strict=True), start=1)
)
QUESTION = "Who wrote all this?"
ANSWER = Answer(
    question=QUESTION,
    status="answered",
    text=" … ".join(HOSTILE),
    short_answer=" ".join(HOSTILE),
    citations=CITATIONS,
    confidence=0.9,
    generation=1,
)

if __name__ == "__main__":
    serve(FakeLibrary(ARTICLES, {QUESTION: ANSWER}, held_by=Path("nowhere")), Door(port=0))
