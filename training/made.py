"""Makes questions from news sentences, with the text around the sentence. Their answers are not marked.

A teacher labels them (`training.teacher`). They add news and other forms of questions to the training data, whose
labelled paragraphs come mostly from an encyclopedia.
"""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path

from benchmarks.corpus import read_rows
from rag.answering.question_maker import MadeQuestion, make_questions
from rag.core.article import Article
from rag.text.segment import segment
from training.data import ReadingExample
from training.spoken import make_spoken

ARTICLES = 18_000
"""Number of news articles from which questions are made."""
AROUND = 600
"""Most characters of the passage before and after the question's sentence."""
OF_A_SHAPE = 3
"""Most questions of each form per article."""


def made_examples(data: Path) -> list[ReadingExample]:
    """Makes questions from sentences of the first ARTICLES news articles, up to OF_A_SHAPE of each form per article."""
    rows = islice(read_rows(data / "articles/allsides.jsonl.xz"), ARTICLES)
    examples = []
    for row in rows:
        text, draw = row["text"], random.Random(row["id"])
        article = Article(row["id"], "", "", text, row["title"], sentences=segment(text))
        for shape in (make_questions, make_spoken):
            made = list(shape(article))
            examples += [_around(one) for one in draw.sample(made, min(OF_A_SHAPE, len(made)))]
    return examples


def _around(made: MadeQuestion) -> ReadingExample:
    """The question with all sentences that lie within AROUND characters of its own."""
    text, near = made.article.text, (made.start - AROUND, made.end + AROUND)
    inside = [s for s in made.article.sentences if near[0] <= s.start and s.end <= near[1]]
    passage = text[min(inside).start : max(s.end for s in inside)] if inside else text[made.start : made.end]
    return ReadingExample(made.article.id, made.text, passage, (), made.article.title)
