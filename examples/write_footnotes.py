"""Writes a Markdown page of answers. Each quote is verified against its article and has a footnote.

python examples/write_footnotes.py [PAGE.md]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rag import Answer, Library

ARTICLES = Path(__file__).parent / "articles"
QUESTIONS = ["When will buses cross the bridge again?", "Why did the engines of the ferry stop?"]


def main() -> None:
    """Asks the questions, verifies the answers, and writes the page to a file or to the terminal."""
    sections: list[str] = []
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as index, Library.open(index, create=True) as library:
        library.update(ARTICLES)
        for question in QUESTIONS:
            answer = library.answer(question)
            library.verify(answer)  # raises CitationError if a quote is not in its article, word for word
            sections.append(f"## {question}\n\n{quotes_of(answer, len(notes) + 1)}")
            notes += notes_of(answer, len(notes) + 1)
    page = "\n\n".join([*sections, "\n".join(notes)]) + "\n"
    if sys.argv[1:]:
        Path(sys.argv[1]).write_text(page, encoding="utf-8")
    else:
        print(page, end="")


def quotes_of(answer: Answer, first: int) -> str:
    """Formats an answer's quotes, each with the mark of its footnote.

    Args:
        answer: The answer.
        first: Number of the first footnote.

    Returns:
        Markdown; a sentence if there is no answer.
    """
    quotes = (f"> {citation.quote} [^{number}]" for number, citation in enumerate(answer.citations, first))
    return "\n>\n".join(quotes) or "The articles don't say."


def notes_of(answer: Answer, first: int) -> list[str]:
    """Formats an answer's footnotes: author, title, source and date of the article, and the quote's characters.

    Args:
        answer: The answer.
        first: Number of the first footnote.
    """
    return [
        f"[^{number}]: {c.byline}, “{c.title}”, {c.source}, {c.published}, characters {c.start}–{c.end}."
        for number, c in enumerate(answer.citations, first)
    ]


if __name__ == "__main__":
    main()
