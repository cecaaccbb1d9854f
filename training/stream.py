"""The stream of training examples: example `i` is a pure function of the seed and `i`.

So a resumed run needs one number to go on exactly where it stopped.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from training.data import Interval, ReadingExample
from training.edits import WORD, EditSource, edit_question, find_names, swap_in_passage
from training.surface import glue_sentences, retype_question

MIXTURE = {  # of 100 examples
    "squad": 46,
    "qed": 6,
    "shifts": 2,
    "searched": 3,
    "quiz": 5,
    "hard": 6,
    "found": 8,
    "near": 11,
    "edited": 3,
    "windows": 4,
    "made": 6,
}
UNLABELLED = frozenset({"windows", "made"})
"""Kinds of which only a teacher says what answers them."""
PASSAGE_EDIT_SHARE = 0.12
GLUED_SHARE = 0.10
LONG_SHARE = 0.20  # read with the paragraphs around it, like a whole story
LEAD_SHARE = 0.30  # read under its article's title, where that is known
UNTITLED = frozenset({"shifts"})  # their titles are names of files


@dataclass(frozen=True, slots=True)
class Drawn:
    """One training example. `anchor` is the place that a crop keeps, also where there is no
    answer, so that a crop's position does not tell whether there is one. `lead` is read before
    the passage and never answers. Where `labelled` is false, nobody knows the answers."""

    question: str
    passage: str
    answers: tuple[Interval, ...]
    anchor: Interval
    kind: str
    long: bool = False
    lead: str = ""
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """The paragraphs of one article with their words, and the names found in it."""

    paragraphs: tuple[str, ...]
    words: tuple[frozenset[str], ...]
    names: tuple[str, ...]
    rarity: Mapping[str, float]


def group_articles(examples: Sequence[ReadingExample]) -> dict[str, Article]:
    """Group the distinct passages by title."""
    passages: dict[str, dict[str, None]] = {}
    for example in examples:
        passages.setdefault(example.title, {})[example.passage] = None
    articles = {}
    for title, found in passages.items():
        words = tuple(frozenset(WORD.findall(text.lower())) for text in found)
        counts = Counter(word for each in words for word in each)
        rarity = {word: math.log((len(words) + 1) / count) for word, count in counts.items()}
        names = tuple(name for text in found for name in find_names(text))
        articles[title] = Article(tuple(found), words, names, rarity)
    return articles


def near_paragraph(example: ReadingExample, article: Article, rng: random.Random) -> str | None:
    """Return one of the three other paragraphs most like the question that lack its answer."""
    asked = set(WORD.findall(example.question.lower()))
    texts = [text.lower() for text in example.answer_texts]
    ranked = sorted(
        (-sum(article.rarity[word] for word in asked & words), row)
        for row, words in enumerate(article.words)
        if article.paragraphs[row] != example.passage
    )
    lacking = []
    for score, row in ranked:
        paragraph = article.paragraphs[row].lower()
        if score < 0 and not any(text in paragraph for text in texts):
            lacking.append(article.paragraphs[row])
        if len(lacking) == 3:
            break
    return rng.choice(lacking) if lacking else None


def lead_of(title: str, passage: str) -> str:
    """Return a title as `rag.models.reading.Readable` puts it before a passage; nothing where the passage holds it."""
    words = " ".join(title.replace("_", " ").split())
    return f"{words}." if words and words not in passage else ""


@dataclass
class ExampleStream:
    """Draws the mixture from the training files.

    Each source is gone through in a fresh order every epoch, so nothing repeats before all
    has been seen.
    """

    sources: Mapping[str, Sequence[ReadingExample]]
    near_words: Mapping[str, Sequence[str]]
    seed: int = 13
    mixture: Mapping[str, int] = field(default_factory=lambda: MIXTURE)
    articles: dict[str, Article] = field(init=False)
    _orders: dict[tuple[str, int], list[int]] = field(init=False, default_factory=dict)
    _slots: list[tuple[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.articles = group_articles(self.sources["squad"])
        kinds = [kind for kind, count in self.mixture.items() for _ in range(count)]
        random.Random(self.seed).shuffle(kinds)
        self._slots = [(kind, kinds[:slot].count(kind)) for slot, kind in enumerate(kinds)]

    def draw(self, index: int) -> Drawn:
        """Return example `index` of the endless stream."""
        kind, rank = self._slots[index % len(self._slots)]
        number = (index // len(self._slots)) * self.mixture[kind] + rank
        rng = random.Random(f"{self.seed} {index}")
        example = self._pick(kind, number)
        drawn = None
        if kind == "near":
            drawn = self._near(example, rng)
        if kind == "edited" or (kind == "near" and drawn is None):
            drawn = self._edited(example, rng)
        if drawn is None:
            drawn = _as_labelled(example, kind, rng)
        if rng.random() < LONG_SHARE:
            drawn = self._surround(drawn, example, rng)
        if rng.random() < LEAD_SHARE and kind not in UNTITLED:
            drawn = replace(drawn, lead=lead_of(example.title, drawn.passage))
        return _resurface(drawn, rng)

    def _surround(self, drawn: Drawn, example: ReadingExample, rng: random.Random) -> Drawn:
        """Put paragraphs of the same article before and after; none that holds an answer's text."""
        paragraphs = self.articles[example.title].paragraphs if example.title in self.articles else ()
        if drawn.passage not in paragraphs:
            return replace(drawn, long=True)
        place = paragraphs.index(drawn.passage)
        answers = [text.lower() for text in example.answer_texts]

        def fitting(row: int) -> list[str]:
            near = paragraphs[row : row + 1] if row >= 0 else ()
            return [text for text in near if not any(answer in text.lower() for answer in answers)]

        before = fitting(place - 1) if rng.random() < 0.7 else []
        shift = sum(len(text) + 1 for text in before)
        anchor, *moved = ((start + shift, end + shift) for start, end in (drawn.anchor, *drawn.answers))
        passage = "\n".join([*before, drawn.passage, *fitting(place + 1)])
        return replace(drawn, passage=passage, answers=tuple(moved), anchor=anchor, long=True)

    def _pick(self, kind: str, number: int) -> ReadingExample:
        examples = self.sources.get(kind, self.sources["squad"])
        epoch, place = divmod(number, len(examples))
        if (kind, epoch) not in self._orders:
            order = list(range(len(examples)))
            random.Random(f"{self.seed} {kind} {epoch}").shuffle(order)
            self._orders[kind, epoch] = order
        return examples[self._orders[kind, epoch][place]]

    def _near(self, example: ReadingExample, rng: random.Random) -> Drawn | None:
        paragraph = near_paragraph(example, self.articles[example.title], rng)
        if paragraph is None:
            return None
        place = rng.randrange(len(paragraph))
        return Drawn(example.question, paragraph, (), (place, place + 1), "near")

    def _edited(self, example: ReadingExample, rng: random.Random) -> Drawn | None:
        source = EditSource(
            example.passage,
            example.answer_texts,
            self.articles[example.title].names,
            self.near_words,
        )
        anchor = rng.choice(example.answers)
        if rng.random() < PASSAGE_EDIT_SHARE:
            passage = swap_in_passage(example.question, source, rng)
            place = passage.find(example.answer_texts[0]) if passage else -1
            if passage and place >= 0:
                return Drawn(example.question, passage, (), (place, place + 1), "passage")
        edited = edit_question(example.question, source, rng)
        if edited is None:
            return self._near(example, rng)
        return Drawn(edited[0], example.passage, (), anchor, edited[1])


def _as_labelled(example: ReadingExample, kind: str, rng: random.Random) -> Drawn:
    if example.answers:
        anchor = rng.choice(example.answers)
    else:
        place = rng.randrange(len(example.passage))
        anchor = (place, place + 1)
    return Drawn(example.question, example.passage, example.answers, anchor, kind, labelled=kind not in UNLABELLED)


def _resurface(drawn: Drawn, rng: random.Random) -> Drawn:
    question = retype_question(drawn.question, rng)
    passage, places = drawn.passage, (drawn.anchor, *drawn.answers)
    if rng.random() < GLUED_SHARE:
        passage, places = glue_sentences(passage, places, rng)
    return replace(drawn, question=question, passage=passage, answers=places[1:], anchor=places[0])
