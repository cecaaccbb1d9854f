"""Makes reading examples from news: quiz questions with windows of the articles that were found for them.

The places of the answers are not marked (distant supervision, Mintz et al. 2009). A window counts as answering if it
has the answer's words and enough of the question's words. A window without the answer's words does not count as
unanswerable, because too many windows state the answer in other words ("the Chinese balloon").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_rows
from benchmarks.folds import is_kept
from training.data import Interval, ReadingExample
from training.edits import WORD

WINDOW = 1300
"""Most characters of a window."""
FOUND = 4
"""Number of articles read per question. The right one comes first if it is known."""
ENOUGH_SHARED = 0.4
"""Least share of the question's content words that an answering window must have."""
PER_QUESTION = 2
"""Most answering windows per question."""
PER_QUESTION_READ = 8
"""Most windows per question that are left to the teacher to label."""
_COMMON = frozenset(
    "a an and are as at be by did do does for from had has have how in is it its many much of on or that the this to "
    "was were what when where which who why will with following not these their his her they he she you your".split()
)
"""Words that carry no meaning."""


def content_words(text: str) -> frozenset[str]:
    """Returns the words of a text that carry meaning, in lower case."""
    return frozenset(word for word in WORD.findall(text.lower()) if word not in _COMMON)


def cut_windows(text: str) -> Iterator[str]:
    """Cuts a text into windows of at most WINDOW characters, at the end of a line or sentence if possible."""
    start = 0
    while start < len(text):
        end = min(len(text), start + WINDOW)
        if end < len(text):
            end = max(text.rfind("\n", start + 1, end), text.rfind(". ", start + 1, end) + 1, start + WINDOW // 2)
        yield text[start:end].strip()
        start = end


def windows_of(texts: Iterable[str], question: str | None = None) -> list[str]:
    """Cuts texts into their distinct windows, in order; those that quote the question are left out if it is given."""
    windows = dict.fromkeys(window for text in texts for window in cut_windows(text))
    return [window for window in windows if question is None or question[:60] not in window]


def shares(asked: frozenset[str], passage: str) -> float:
    """Computes the share of a question's content words that a passage has; 0 if there are none."""
    return len(asked & content_words(passage)) / max(1, len(asked))


def places_of(answer: str, passage: str) -> tuple[Interval, ...]:
    """Finds the answer in the passage as whole words, ignoring case. Returns half-open character intervals."""
    pattern = re.compile(rf"(?<!\w){re.escape(answer)}(?!\w)", re.IGNORECASE)
    return tuple(match.span() for match in pattern.finditer(passage))


def is_usable(answer: str) -> bool:
    """Returns whether a quiz answer can appear in an article; "true" or "all of the above" can't."""
    return len(answer) > 2 and answer.lower() not in {"true", "false", "yes", "all of the above", "none of the above"}


def quiz_windows(row: dict[str, Any], texts: Sequence[str]) -> list[ReadingExample]:
    """Makes a quiz question's examples: the most similar windows that have the answer but not the question itself.

    Args:
        row: The quiz question.
        texts: Texts of the articles that were found for it.

    Returns:
        At most PER_QUESTION examples, the most similar first.
    """
    question, answer = row["question_sentence"], row["answer_text"][0]
    asked = content_words(question)
    if not asked or not is_usable(answer):
        return []
    ranked = sorted(
        ((shares(asked, window), window) for text in texts for window in cut_windows(text)),
        key=lambda pair: -pair[0],
    )
    answering = [
        (window, places)
        for share, window in ranked
        if share >= ENOUGH_SHARED and question[:60] not in window and (places := places_of(answer, window))
    ]
    return [ReadingExample(row["question_id"], question, window, places) for window, places in answering[:PER_QUESTION]]


QuizRow = tuple[dict[str, Any], list[str]]
"""A quiz question, and the texts of at most FOUND articles that were found for it."""


def load_quiz_rows(data: Path, kept: bool) -> list[QuizRow]:
    """Loads quiz questions with their articles.

    Args:
        data: Folder of the data sets.
        kept: True for the questions kept aside, False for those that may be trained on.
    """
    quiz = [row for row in read_rows(data / "open/dev/realtimeqa_2022_2024.jsonl.xz") if is_kept(row) is kept]
    found = [list(dict.fromkeys((*row.get("docs_gold", ()), *row.get("docs_gcs", ()))))[:FOUND] for row in quiz]
    wanted = {name for names in found for name in names}
    articles = read_rows(data / "articles/realtimeqa_2022_2024.jsonl.xz")
    texts = {row["doc_id"]: row["text"] for row in articles if row["doc_id"] in wanted}
    return [(row, [texts[name] for name in names if texts.get(name)]) for row, names in zip(quiz, found, strict=True)]


def quiz_examples(rows: Sequence[QuizRow]) -> list[ReadingExample]:
    """Makes the examples of all quiz questions, see `quiz_windows`."""
    return [example for row, texts in rows for example in quiz_windows(row, texts)]


def near_windows(rows: Sequence[QuizRow]) -> list[ReadingExample]:
    """Makes unlabelled examples: each quiz question with its PER_QUESTION_READ most similar windows."""
    examples = []
    for row, texts in rows:
        question = row["question_sentence"]
        asked = content_words(question)
        ranked = sorted(windows_of(texts, question), key=lambda window: -len(asked & content_words(window)))
        examples += [ReadingExample(row["question_id"], question, window, ()) for window in ranked[:PER_QUESTION_READ]]
    return examples


def kept_stories(data: Path) -> Iterator[dict[str, Any]]:
    """Yields the quiz questions kept aside, in the reading format, each with the first whole story that answers it.

    Args:
        data: Folder of the data sets.
    """
    for row, texts in load_quiz_rows(data, kept=True):
        story = next(
            (text for text in texts if row["question_sentence"][:60] not in text and quiz_windows(row, [text])), ""
        )
        places = places_of(row["answer_text"][0], story)
        answers = [{"text": story[start:end], "start": start} for start, end in places]
        if answers:
            yield {"id": row["question_id"], "question": row["question_sentence"], "context": story, "answers": answers}


def load_searched(data: Path) -> list[ReadingExample]:
    """Loads the typed questions that may be trained on, each with its gold passage.

    Args:
        data: Folder of the data sets.
    """
    examples = []
    for row in read_rows(data / "open/dev/nq_oracle.jsonl.xz"):
        if is_kept(row):
            continue
        passage = row["ctxs"][0]["text"]
        places = tuple(dict.fromkeys(place for answer in row["answers"] for place in places_of(answer, passage)))
        if places:
            examples.append(ReadingExample("", row["question"], passage, places))
    return examples
