"""Serves a page over a fake library, for states that a real one can't show: `python -m tests.browser.scripted FILE`.

While FILE exists, no question is answered.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rag.core.schema import Answer, OtherAnswer
from rag.core.settings_sources import load_settings
from rag_ui.app import serve
from rag_ui.server import Door
from tests.fake_library import FakeLibrary, cite, make_article

QUESTION = "How many boats?"
SENTENCES = tuple(f"Witness {number} 😀 saw {number} boats.\r\n" for number in range(1, 7))
ARTICLES = tuple(
    make_article("Long ago. " * 300 + sentence, f"Log {number}") for number, sentence in enumerate(SENTENCES, start=1)
)
CITATIONS = tuple(
    cite(article, sentence, f"{number} boats", number)
    for number, (article, sentence) in enumerate(zip(ARTICLES, SENTENCES, strict=True), start=1)
)
ANSWER = Answer(
    question=QUESTION,
    status="answered",
    text=" … ".join(SENTENCES[:5]),
    short_answer="1 boats",
    citations=CITATIONS[:5],
    confidence=0.7,
    sources=5,
    other_answers=(OtherAnswer(short_answer="6 boats", confidence=0.4, citations=(CITATIONS[5],)),),
    generation=1,
)
NO_QUESTION = "How many whales?"
NO_ANSWER = Answer(
    question=NO_QUESTION,
    status="no_answer",
    reason="below_threshold",
    confidence=0.2,
    near_misses=CITATIONS[:2],
    generation=1,
)
DIARY_QUESTION = "Who saw boats?"
DIARY = make_article(
    "Long ago. " * 300 + "Ada Quill saw boats. " + "It rained. " * 300 + "Ben Ford saw boats.",
    "Diary",
    source="The Courier",
    published="2025-06",
    section="Letters",
)
DIARY_CITATIONS = (
    cite(DIARY, "Ada Quill saw boats.", "Ada Quill", 1),
    cite(DIARY, "Ben Ford saw boats.", "Ben Ford", 2),
    CITATIONS[2],
)
DIARY_ANSWER = ANSWER.model_copy(
    update={
        "question": DIARY_QUESTION,
        "text": " … ".join(citation.quote for citation in DIARY_CITATIONS),
        "short_answer": "Ada Quill",
        "citations": DIARY_CITATIONS,
        "other_answers": (),
        "sources": 2,
    }
)
ANSWERS = {QUESTION: ANSWER, NO_QUESTION: NO_ANSWER, DIARY_QUESTION: DIARY_ANSWER}

if __name__ == "__main__":
    scripted = FakeLibrary((*ARTICLES, DIARY), ANSWERS, held_by=Path(sys.argv[1]))
    scripted.settings = load_settings()
    serve(scripted, Door(port=0))
