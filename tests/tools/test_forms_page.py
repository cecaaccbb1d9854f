"""The guide shows an answer of each form, and quotes only what its articles say."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from rag.core.answer_kinds import Form
from tools.forms_page import ARTICLES, PAGE, QUESTIONS, SILENT, ask


def test_the_page_has_each_form_and_its_quotes_are_in_the_articles() -> None:
    assert [form for form, _, _ in QUESTIONS] == list(get_args(Form))
    shown = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^## `(\w+)`$", shown, re.MULTILINE) == list(get_args(Form))
    # On one line, as the page shows them: a quote may cross the end of a paragraph.
    texts = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in ARTICLES.glob("*.txt"))
    quotes = re.findall(r"^\[\d+\] (.*)$", shown, re.MULTILINE)
    assert len(quotes) > len(QUESTIONS)
    assert [quote for quote in quotes if quote not in texts] == []


@pytest.mark.slow
def test_each_question_of_the_page_asks_for_its_form() -> None:
    *answers, silent = ask(iter([*(question for _, question, _ in QUESTIONS), SILENT]))
    assert [answer.form for answer in answers] == [form for form, _, _ in QUESTIONS]
    assert [answer.form for answer in answers if not answer.answered] == ["small_talk"]
    assert not silent.answered
