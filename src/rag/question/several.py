"""Takes apart a text that asks several questions: "When did it open? And who paid for it?"."""

from __future__ import annotations

import re

from rag.text.english.forms import INDIRECT_START, INVERTED_QUESTION, QUESTION_BEGINNING, SECOND_QUESTION

MOST_QUESTIONS = 10
"""Most questions in one text that are answered one by one. A longer list is one question."""
_MARK = re.compile(r"(?<=[?])[\"'”’)]*\s+")
_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|[-*•])\s+")
_BEGINNING = re.compile(rf"^\W*(?:{QUESTION_BEGINNING})\b", re.IGNORECASE)
_INDIRECT = re.compile(rf"\b(?:{INDIRECT_START})\b", re.IGNORECASE)
_SECOND = re.compile(rf"[,;]? (?:and also|and|also) (?=(?:{SECOND_QUESTION}))", re.IGNORECASE)
_INVERTED = re.compile(rf"(?:{INVERTED_QUESTION})", re.IGNORECASE)
_WORDS_LEAST = 2
"""Least number of words of a first question; "Who and when?" is not taken apart."""


def split_questions(text: str) -> tuple[str, ...]:
    """Takes a text apart into its questions.

    Args:
        text: The text as `rag.question.question.check_question` returned it.

    Returns:
        The questions, each with a question mark, in their order; the text alone if it asks one thing, if a part of it
        is no question, or if it asks more than MOST_QUESTIONS.
    """
    marked = [_NUMBER.sub("", part) for part in _MARK.split(text)]
    if len(marked) > 1 and not all(part.endswith("?") and _BEGINNING.search(part) for part in marked):
        return (text,)
    parts = tuple(half for part in marked for half in _halves(part))
    return parts if 1 < len(parts) <= MOST_QUESTIONS else (text,)


def _halves(question: str) -> tuple[str, ...]:
    """Takes apart "Who won, and when did it end?". Behind "said" or "whether" only "was it" begins a new one."""
    found = _SECOND.search(question)
    if found is None or not _BEGINNING.search(question):
        return (question,)
    first, second = question[: found.start()].rstrip(" ,;"), question[found.end() :]
    is_inverted = _INVERTED.match(second) is not None
    if len(first.split()) < _WORDS_LEAST or (_INDIRECT.search(first) and not is_inverted):
        return (question,)
    rest = _halves(second[0].upper() + second[1:])
    return (f"{first}?", *(part if part.endswith("?") else f"{part.rstrip('. ')}?" for part in rest))
