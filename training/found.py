"""Finds passages that are like a question but lack its answer. A reader in use mostly gets such passages.

The quiz questions and the typed questions come with passages that answer them. A reader trained only on these would
find an answer in every passage. So the passages most similar to each question that contain no word of its answer become
unanswerable examples. The articles that were found for a quiz question are not used, because too many of them state the
answer in other words ("the Chinese balloon").
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from training.data import ReadingExample
from training.news import QuizRow, content_words, cut_windows, is_usable, places_of

CLOSEST = 40
"""Number of most similar passages that are checked per question."""
CANDIDATES = 10
"""Number of most similar passages without the answer from which the examples are drawn."""
PER_QUIZ_QUESTION, PER_TYPED_QUESTION = 3, 1
"""Most examples per question."""
_AT_ONCE = 200
"""Number of questions compared with all passages at a time, to bound memory."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A question for which passages are sought.

    Attributes:
        question: The question.
        answers: Its answers.
        barred: Numbers of the passages that must not be used for it.
    """

    question: str
    answers: tuple[str, ...]
    barred: frozenset[int] = frozenset()

    def lacks(self, passage: str) -> bool:
        """Returns whether the passage has no answer, and no content word of an answer that is not in the question."""
        words = content_words(" ".join(self.answers)) - content_words(self.question)
        return not words & content_words(passage) and not any(places_of(answer, passage) for answer in self.answers)


def most_similar(questions: Sequence[str], pool: Sequence[str]) -> Iterator[list[int]]:
    """Yields, for each question, the numbers of the CLOSEST passages by TF-IDF, most similar first.

    Args:
        questions: The questions.
        pool: The passages.
    """
    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True, dtype=np.float32)
    passages = vectorizer.fit_transform(pool).T.tocsr()
    for begin in range(0, len(questions), _AT_ONCE):
        likeness = (vectorizer.transform(questions[begin : begin + _AT_ONCE]) @ passages).toarray()
        yield from np.argsort(-likeness, axis=1, kind="stable")[:, :CLOSEST].tolist()


def find_lacking(sought: Sequence[Sought], pool: Sequence[str], each: int, seed: int) -> list[ReadingExample]:
    """Makes unanswerable examples from passages that are similar to a question by TF-IDF.

    Args:
        sought: The questions.
        pool: The passages.
        each: Most examples per question.
        seed: Seed of the random draws.
    """
    rng = random.Random(seed)
    found = []
    for one, rows in zip(sought, most_similar([one.question for one in sought], pool), strict=True):
        lacking = [pool[row] for row in rows if row not in one.barred and one.lacks(pool[row])][:CANDIDATES]
        drawn = rng.sample(lacking, min(each, len(lacking)))
        found += [ReadingExample("", one.question, passage, ()) for passage in drawn]
    return found


def find_unanswerable(
    quiz: Sequence[QuizRow], typed: Sequence[ReadingExample], paragraphs: Sequence[str]
) -> list[ReadingExample]:
    """Makes the unanswerable examples: quiz questions with news of other questions, typed ones with other paragraphs.

    Args:
        quiz: The quiz questions that may be trained on.
        typed: The typed questions with their passages.
        paragraphs: Further paragraphs for the typed questions.
    """
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
