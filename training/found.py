"""Passages that a search finds for a question and that lack its answer: what a reader is given all day.

Questions of the quiz and those typed by searchers come with passages that answer them. A reader that never sees one of
them without takes every passage for an answer, so the passages most like each question that hold no word of its answer
are unanswerable examples. The articles that were found for a quiz question are left out: too many of them say the
answer in other words ("the Chinese balloon").
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from training.data import ReadingExample
from training.news import QuizRow, content_words, cut_windows, is_usable, places_of

CLOSEST = 40  # passages looked at for a question
CANDIDATES = 10  # of those that lack the answer, the closest, of which some are drawn
PER_QUIZ_QUESTION, PER_TYPED_QUESTION = 3, 1
_AT_ONCE = 200  # questions


@dataclass(frozen=True, slots=True)
class Sought:
    """A question, its answers, and the places in the pool that it may not be given."""

    question: str
    answers: tuple[str, ...]
    barred: frozenset[int] = frozenset()

    def lacks(self, passage: str) -> bool:
        """Whether the passage holds no answer, nor any word of one that the question doesn't have itself."""
        words = content_words(" ".join(self.answers)) - content_words(self.question)
        return not words & content_words(passage) and not any(places_of(answer, passage) for answer in self.answers)


def find_lacking(sought: Sequence[Sought], pool: Sequence[str], each: int, seed: int) -> list[ReadingExample]:
    """Up to `each` unanswerable examples a question: passages of the pool like it by TF-IDF that lack the answer."""
    rng = random.Random(seed)
    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True, dtype=np.float32)
    passages = vectorizer.fit_transform(pool).T.tocsr()
    found = []
    for begin in range(0, len(sought), _AT_ONCE):
        chunk = sought[begin : begin + _AT_ONCE]
        likeness = (vectorizer.transform([one.question for one in chunk]) @ passages).toarray()
        closest = np.argsort(-likeness, axis=1, kind="stable")[:, :CLOSEST]
        for one, rows in zip(chunk, closest, strict=True):
            lacking = [pool[row] for row in rows if row not in one.barred and one.lacks(pool[row])][:CANDIDATES]
            drawn = rng.sample(lacking, min(each, len(lacking)))
            found += [ReadingExample("", one.question, passage, ()) for passage in drawn]
    return found


def find_unanswerable(
    quiz: Sequence[QuizRow], typed: Sequence[ReadingExample], paragraphs: Sequence[str]
) -> list[ReadingExample]:
    """The quiz questions that may be trained on, with windows of others' news, and typed ones with other paragraphs."""
    rows = [(row, texts) for row, texts in quiz if is_usable(row["answer_text"][0])]
    windows = {text: tuple(cut_windows(text)) for _, texts in rows for text in texts}
    pool = list(dict.fromkeys(window for cut in windows.values() for window in cut))
    place = {window: number for number, window in enumerate(pool)}
    asked = [
        Sought(
            row["question_sentence"],
            tuple(row["answer_text"]),
            frozenset(place[window] for text in texts for window in windows[text]),
        )
        for row, texts in rows
    ]
    everywhere = list(dict.fromkeys([*paragraphs, *(example.passage for example in typed)]))
    searched = [Sought(example.question, example.answer_texts) for example in typed]
    found = find_lacking(asked, pool, PER_QUIZ_QUESTION, seed=3)
    return found + find_lacking(searched, everywhere, PER_TYPED_QUESTION, seed=5)
