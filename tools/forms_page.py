"""Writes docs/guides/forms.md: an answer of each form, over the made-up articles in examples/harbour.

python -m tools.forms_page
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rag import Answer, Library
from rag.core.answer_kinds import Form
from rag.core.schema import render_text

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "guides" / "forms.md"
ARTICLES = ROOT / "examples" / "harbour"
TODAY = date(2024, 6, 10)
"""The day on which the questions are asked."""

HEAD = """\
# Forms of answers

The form of a question decides the form of its answer. Here is one of each, from the four made-up articles in
`examples/harbour`, asked as on 10 June 2024. `python -m tools.forms_page` writes this page; the confidences can differ
a little from processor to processor. [What the lines mean](reading-an-answer.md).

The first nine can be asked for whatever the question's words are: `rag ask --form timeline "the cannery"`,
`library.answer("the cannery", form="timeline")`, and `"form": "timeline"` over REST.
"""

QUESTIONS: tuple[tuple[Form, str, str], ...] = (
    ("fact", "How many people worked in the cannery?", "A value, a name or a date, with the sentence that states it."),
    ("said", "What did Ada Voss say about the fish hall?", "Someone's words, with the speaker, the oldest first."),
    ("overview", "What happened to the cannery in Halvik?", "What happened, or who or what something is."),
    ("list", "Which councillors support the ferry terminal?", "The items that the articles surely give."),
    ("timeline", "What is the latest number of jobs lost by the fire?", "A course of time, or the latest of it."),
    ("compare", "Which would create more jobs, the ferry terminal or the fish hall?", "Both sides, and no verdict."),
    ("yes_no", "Was the cannery set on fire on purpose?", "The evidence; a denial is shown as one."),
    ("reason", "Why did Sula Seafood close the plant?", "Why, or how."),
    ("keywords", "ferry terminal cost", "Words without a question."),
    ("count", "How many articles mention the cannery?", "Counted by [full-text search](search.md)."),
    (
        "article",
        "Who wrote the article about the vote for the fish hall?",
        "From the fields of the article. A line above the quote tells what its text doesn't state (`Answer.stated`).",
    ),
    ("several", "How many jobs would the fish hall create, and who supports the ferry terminal?", "Each is answered."),
    ("small_talk", "Thanks!", "No quote, but a line of help."),
)
"""Each form with a question that asks for it, and what its answer is."""
SILENT = "Who won the football cup in Halvik?"
"""A question that the articles don't answer."""


def ask(questions: Iterator[str]) -> list[Answer]:
    """Asks questions of the articles on TODAY."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "index", create=True) as library:
        library.update(ARTICLES)
        return [library.answer(question, as_of=TODAY.isoformat()) for question in questions]


def page() -> str:
    """Builds the page."""
    *answers, silent = ask(iter([*(question for _, question, _ in QUESTIONS), SILENT]))
    parts = [HEAD]
    for (form, question, about), answer in zip(QUESTIONS, answers, strict=True):
        parts.append(f"## `{form}`\n\n{about}\n\n{_block(question, answer)}")
    parts.append(f"## No answer\n\nWhere the articles don't say it, the nearest passages.\n\n{_block(SILENT, silent)}")
    return "\n".join(parts)


def _block(question: str, answer: Answer) -> str:
    return f"```text\n> {question}\n\n{render_text(answer, TODAY)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
