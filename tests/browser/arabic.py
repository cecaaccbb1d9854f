"""Serves a page over an article that is written from right to left: `python -m tests.browser.arabic`."""

from __future__ import annotations

from pathlib import Path

from rag.core.schema import Answer
from rag_ui.app import serve
from rag_ui.web.server import Door
from tests.fake_library import FakeLibrary, cite, make_article

TITLE = "محادثات في مسقط"
SHORT = "بدر البوسعيدي"
QUOTE = f"نقل {SHORT} الرسائل بين غرفتين."
QUESTION = "من نقل الرسائل؟"
ARTICLE = make_article(f"التقى الوزراء في مسقط. {QUOTE} لم يتصافح أحد.", TITLE, source="الصحيفة")
ANSWER = Answer(
    question=QUESTION,
    status="answered",
    text=QUOTE,
    short_answer=SHORT,
    citations=(cite(ARTICLE, QUOTE, SHORT),),
    confidence=0.8,
    generation=1,
)

if __name__ == "__main__":
    serve(FakeLibrary([ARTICLE], {QUESTION: ANSWER}, held_by=Path("nowhere")), Door(port=0))
