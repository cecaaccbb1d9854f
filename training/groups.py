"""Draws questions with several passages each, to be normalised together, and stores them in one file.

    python -m training.groups --data ../shared/data --count 6500 --out training/runs/groups.safetensors
    python -m training.reader --pool training/runs/groups.safetensors --passages 4 --start src/rag/weights/reader

The passages of a question are what a search brings: those that answer, and similar ones that don't. Of SQuAD these are
paragraphs of the same article, which may hold the answer's words without answering. Of news and typed questions these
are passages without any word of the answer (`training.found`). Three in ten groups have no answer at all.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from benchmarks.corpus import read_rows
from benchmarks.newsroom.questions import article_ids
from training.data import ReadingExample, load_reading, load_unanswerable
from training.encoding import encode
from training.found import Sought, most_similar
from training.model import base_model_folder, load_tokenizer
from training.news import (
    ENOUGH_SHARED,
    content_words,
    is_usable,
    load_quiz_rows,
    load_searched,
    places_of,
    shares,
    windows_of,
)
from training.pool import Pool
from training.stream import Article, as_labelled, group_articles, lead_of, with_surface

TOGETHER = 4
"""Number of passages of a question."""
MIXTURE = {"squad": 36, "hard": 24, "quiz": 8, "news": 18, "typed": 10, "nothing": 4}
"""Number of groups of each kind, of 100."""
MOST_ANSWERING = 2
"""Most passages of a group that answer, for questions whose answers are not marked."""
NEWS_SINCE = "2018-10"
"""Articles before the time of the news quiz are left out; it begins in 2019."""
LEAD_SHARE = 0.30
"""Share of the groups whose passages are read under their articles' titles."""


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its passages.

    Attributes:
        question: The question.
        answering: Passages with the places of the answer.
        others: Passages that don't answer, most similar first. There are at least TOGETHER with the answering ones.
    """

    question: str
    answering: tuple[ReadingExample, ...]
    others: tuple[ReadingExample, ...]

    def draw(self, rng: random.Random) -> list[ReadingExample]:
        """Draws TOGETHER passages in any order: one or more that answer, if any does."""
        answering = rng.sample(self.answering, min(len(self.answering), rng.randint(1, MOST_ANSWERING)))
        passages = answering + rng.sample(self.others, TOGETHER - len(answering))
        rng.shuffle(passages)
        return passages

    @property
    def is_full(self) -> bool:
        """Whether there are always enough passages."""
        return len(self.others) >= TOGETHER - min(1, len(self.answering))


def same_article(example: ReadingExample, article: Article) -> tuple[ReadingExample, ...]:
    """Returns the paragraphs of the same article that are most like the question and don't answer it.

    A paragraph that has the answer's words and enough of the question's may answer too, and is left out.

    Args:
        example: The question with its own paragraph.
        article: The article.
    """
    asked = content_words(example.question)
    answers = [text.lower() for text in example.answer_texts]
    ranked = sorted(
        (-sum(article.rarity[word] for word in asked & words), row) for row, words in enumerate(article.words)
    )
    others = []
    for _, row in ranked:
        paragraph = article.paragraphs[row]
        may_answer = any(text in paragraph.lower() for text in answers) and shares(asked, paragraph) >= ENOUGH_SHARED
        if paragraph != example.passage and not may_answer:
            others.append(ReadingExample("", example.question, paragraph, (), example.title))
    return tuple(others[: 2 * TOGETHER])


def paragraphs(examples: Sequence[ReadingExample], articles: Mapping[str, Article]) -> list[Group]:
    """Groups each question's paragraph with others of its article.

    Args:
        examples: The questions, each with its paragraph.
        articles: The articles by title.
    """
    groups = []
    for example in examples:
        others = same_article(example, articles[example.title])
        if example.answers:
            groups.append(Group(example.question, (example,), others))
        else:
            groups.append(Group(example.question, (), (example, *others[: TOGETHER - 1])))
    return [group for group in groups if group.is_full]


def found_groups(sought: Sequence[Sought], pool: Sequence[str], answered: bool = True) -> Iterator[Group]:
    """Groups the passages that are found for questions.

    Args:
        sought: The questions.
        pool: The passages.
        answered: Whether to take those that answer; without them nothing answers.
    """
    for one, rows in zip(sought, most_similar([one.question for one in sought], pool), strict=True):
        asked = content_words(one.question)
        near = [pool[row] for row in rows if one.question[:60] not in pool[row]]
        answering = [
            ReadingExample("", one.question, passage, places)
            for passage in near
            if shares(asked, passage) >= ENOUGH_SHARED
            and (places := tuple(place for answer in one.answers for place in places_of(answer, passage)))
        ]
        others = tuple(ReadingExample("", one.question, passage, ()) for passage in near if one.lacks(passage))
        group = Group(one.question, tuple(answering[:MOST_ANSWERING]) if answered else (), others[: 2 * TOGETHER])
        if group.is_full and bool(group.answering) is answered:
            yield group


def load_news(data: Path) -> tuple[list[Sought], list[str]]:
    """Loads the news quiz's questions, and windows of articles of their time that newsroom's questions are not about.

    Args:
        data: Folder of the data sets.
    """
    asked = {row["question"]: row["answers"] for row in read_rows(data / "open/train/newsquizqa.jsonl.xz")}
    sought = [Sought(question, tuple(answers)) for question, answers in asked.items() if is_usable(answers[0])]
    barred = article_ids(data / "newsroom")
    texts = [
        row["text"]
        for row in read_rows(data / "articles/allsides.jsonl.xz")
        if row["id"] not in barred and str(row["date"]) >= NEWS_SINCE
    ]
    return sought, windows_of(texts)


def load_groups(data: Path, count: int, rng: random.Random) -> dict[str, list[Group]]:
    """Loads the groups of each kind.

    Args:
        data: Folder of the data sets.
        count: Number of groups that will be drawn; no more questions than needed are searched for.
        rng: The random numbers.
    """
    squad = [one for one in load_reading(data / "reading/train/squad11.jsonl.xz") if one.answers]
    articles = group_articles(squad)
    hard = [one for one in load_unanswerable(data) if one.title in articles]
    texts = [passage for article in articles.values() for passage in article.paragraphs]
    quiz = load_quiz_rows(data, kept=False)
    quizzed = [
        Sought(row["question_sentence"], tuple(row["answer_text"]))
        for row, _ in quiz
        if is_usable(row["answer_text"][0])
    ]
    news, news_windows = load_news(data)
    searched = load_searched(data)
    typed = [Sought(one.question, one.answer_texts) for one in searched]
    typed_pool = list(dict.fromkeys([*texts, *(one.passage for one in searched)]))

    def drawn(kind: str, examples: Sequence[ReadingExample]) -> list[ReadingExample]:
        return rng.sample(examples, min(len(examples), count * MIXTURE[kind] // 100))

    return {
        "squad": paragraphs(drawn("squad", squad), articles),
        "hard": paragraphs(drawn("hard", hard), articles),
        "quiz": list(found_groups(quizzed, windows_of(text for _, found in quiz for text in found))),
        "news": list(found_groups(rng.sample(news, min(len(news), count)), news_windows)),
        "typed": list(found_groups(typed, typed_pool)),
        "nothing": list(found_groups(quizzed, news_windows, answered=False)),
    }


def encoder(seed: int) -> Callable[[Group, int], Pool]:
    """Makes a function that draws and encodes one group; its number decides what is drawn.

    Args:
        seed: Seed of the random draws.
    """
    tokenizer = load_tokenizer(base_model_folder())

    def encode_group(group: Group, number: int) -> Pool:
        rng = random.Random(f"{seed} {number}")
        is_under_title, surface = rng.random() < LEAD_SHARE, rng.random()
        rows = []
        for passage in group.draw(rng):
            drawn = as_labelled(passage, "group", rng)
            if is_under_title:
                drawn = replace(drawn, lead=lead_of(passage.title, passage.passage))
            rows.append(encode(with_surface(drawn, random.Random(surface)), tokenizer, rng))  # typed alike each time
        return Pool.of(rows)

    return encode_group


def main() -> None:
    """Draws the groups, writes the file, and prints the sizes of its parts."""
    parser = argparse.ArgumentParser(prog="python -m training.groups", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--count", type=int, default=6500, help="number of questions")
    parser.add_argument("--seed", type=int, default=13, help="seed of the random draws")
    parser.add_argument(
        "--out", type=Path, default=Path("training/runs/groups.safetensors"), help="file for the examples"
    )
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    groups = load_groups(asked.data, asked.count, rng)
    for each in groups.values():
        rng.shuffle(each)
    chosen = [group for kind, each in groups.items() for group in islice(each, asked.count * MIXTURE[kind] // 100)]
    encode_group = encoder(asked.seed)
    pool = Pool.concatenated([encode_group(group, number) for number, group in enumerate(chosen)])
    pool.save(asked.out)
    sizes = {kind: min(len(each), asked.count * MIXTURE[kind] // 100) for kind, each in groups.items()}
    print(json.dumps({"questions": sizes, "examples": len(pool), "tokens": len(pool.tokens)}))


if __name__ == "__main__":
    main()
