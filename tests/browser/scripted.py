"""Serves a page over a fake library, for states that a real one can't show: `python -m tests.browser.scripted FILE`.

While FILE exists, no question is answered.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rag.core.schema import Answer, Attribution, Citation, Form, OtherAnswer
from rag.core.settings_sources import load_settings
from rag_ui.app import serve
from rag_ui.web.server import Door
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
    "Long ago. " * 300 + "Ada Quill saw boats. " + "It rained. " * 300 + "Ben Ford saw boats. Ben Ford refused to row.",
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


def _form(question: str, form: Form, *cited: Citation, **fields: object) -> Answer:
    given = {"question": question, "form": form, "status": "answered", "confidence": 0.8, "generation": 1}
    return Answer.model_validate({**given, "citations": cited, "text": " … ".join(c.quote for c in cited), **fields})


def _said(citation: Citation, name: str) -> Citation:
    return citation.model_copy(update={"said_by": Attribution(name=name)})


def _dated(citation: Citation, day: str) -> Citation:
    return citation.model_copy(update={"published": day, "short_start": None, "short_end": None})


_FIRST, _SECOND = CITATIONS[:2]
FORMS = {
    "said": _form("What did Ada Quill say?", "said", _said(_FIRST, "Ada Quill"), _said(_SECOND, "Ben Ford")),
    "timeline": _form(
        "How did the number change?", "timeline", _dated(_FIRST, "2024-01-02"), _dated(_SECOND, "2024-03")
    ),
    "list": _form(
        "Who counted boats?",
        "list",
        _FIRST,
        short_answer="1 boats",
        other_answers=(OtherAnswer(short_answer="2 boats", confidence=0.6, citations=(_SECOND,)),),
    ),
    "compare": _form(
        "Who saw more boats, Ada Quill or Ben Ford?",
        "compare",
        *(citation.model_copy(update={"byline": "Cara Moss"}) for citation in DIARY_CITATIONS[:2]),
    ),
    "yes_no": _form("Did Ben Ford row?", "yes_no", cite(DIARY, "Ben Ford refused to row.", None, 1), _SECOND),
    "overview": _form("What do you know about boats?", "overview", *(_dated(c, "2024") for c in CITATIONS[:2])),
}
"""An answer of each form that is drawn in its own way."""

if __name__ == "__main__":
    every = ANSWERS | {answer.question: answer for answer in FORMS.values()}
    scripted = FakeLibrary((*ARTICLES, DIARY), every, held_by=Path(sys.argv[1]), offered=tuple(ANSWERS))
    scripted.settings = load_settings()
    serve(scripted, Door(port=0))
