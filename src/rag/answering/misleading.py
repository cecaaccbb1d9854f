"""Decides whether the words of a passage would mislead as an answer: denied there, or told of someone else."""

from __future__ import annotations

from rag.core.article import Passage, Sentence, Span
from rag.question.question import Question
from rag.question.roles import is_elsewhere, tells_of_another
from rag.question.turned import is_turned
from rag.text.grammar.denials import says_it_is_false

_NEXT = 200
"""Characters after a sentence that are searched for the words that it was false."""


def is_denied(question: Question, passage: Passage, span: Span) -> bool:
    """Returns whether the span's sentence denies or doubts what the span would answer, or the next one calls it false.

    Args:
        question: The question.
        passage: The passage.
        span: The span, with offsets in the article's text.
    """
    sentence, text = _sentence_of(passage, span), passage.article.text
    if sentence is None:
        return False
    words = text[sentence.start : sentence.end]
    turned = is_turned(question, words, span.start - sentence.start, span.end - sentence.start)
    return turned or says_it_is_false(text[sentence.end : sentence.end + _NEXT])


def is_of_another(question: Question, passage: Passage, span: Span) -> bool:
    """Returns whether the span's sentence tells of another person, thing or place than the one asked about.

    Args:
        question: The question.
        passage: The passage.
        span: The span, with offsets in the article's text.
    """
    sentence, article = _sentence_of(passage, span), passage.article
    if sentence is None or span.end > sentence.end:
        return False
    words, before = article.text[sentence.start : sentence.end], f"{article.title}\n{article.text[: sentence.end]}"
    is_another = tells_of_another(question.text, words, span.start - sentence.start, span.end - sentence.start)
    return is_another or is_elsewhere(question.text, before, article.text[sentence.end :])


def _sentence_of(passage: Passage, span: Span) -> Sentence | None:
    return next((s for s in passage.sentences if s.start <= span.start < s.end), None)
