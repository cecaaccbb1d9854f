"""The stream of training examples. Example `i` depends only on the data, the seed and `i`.

So any part of the stream can be drawn by itself, in any process.
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

MIXTURE = {
    "squad": 32,
    "qed": 6,
    "shifts": 2,
    "searched": 3,
    "quiz": 5,
    "hard": 26,
    "found": 8,
    "near": 8,
    "windows": 4,
    "made": 6,
}
"""Number of examples of each kind, of 100."""
UNLABELLED = frozenset({"windows", "made"})
"""Kinds whose answers only a teacher labels."""
PASSAGE_EDIT_SHARE = 0.12
"""Share of the edited examples whose passage is edited instead of the question."""
GLUED_SHARE = 0.10
"""Share of the passages that lose spaces between sentences, as scraped news do."""
LONG_SHARE = 0.20
"""Share of the passages that are read with the paragraphs around them, like a whole story."""
LEAD_SHARE = 0.30
"""Share of the passages that are read under their article's title, if it is known."""
UNTITLED = frozenset({"shifts"})
"""Kinds whose titles are names of files and not real titles."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One training example.

    Attributes:
        question: The question.
        passage: The passage.
        answers: Half-open character intervals of the passage.
        anchor: The interval that a crop keeps. Unanswerable examples have one too, so that the crop's position does not
            reveal whether there is an answer.
        kind: The kind of the example or of its edit.
        long: Whether the passage gets the long length.
        lead: Text that is read before the passage and never answers; may be "".
        labelled: Whether the answers are known.
    """

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
    """One article.

    Attributes:
        paragraphs: Its paragraphs.
        words: The lower-case words of each paragraph.
        names: The names found in it.
        rarity: For each word log((paragraphs + 1) / paragraphs with the word).
    """

    paragraphs: tuple[str, ...]
    words: tuple[frozenset[str], ...]
    names: tuple[str, ...]
    rarity: Mapping[str, float]


def group_articles(examples: Sequence[ReadingExample]) -> dict[str, Article]:
    """Groups the distinct passages of examples by title."""
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
    """Chooses a paragraph of the same article that is similar to the question but lacks its answer.

    Args:
        example: The example.
        article: Its article.
        rng: The random numbers.

    Returns:
        One of the three most similar paragraphs without the answer; None if there is none.
    """
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
    """Formats a title as `rag.models.reading.Readable` puts it before a passage; "" if the passage contains it."""
    words = " ".join(title.replace("_", " ").split())
    return f"{words}." if words and words not in passage else ""


@dataclass
class ExampleStream:
    """Draws examples of the mixture from the training data.

    Each source gets a new random order every epoch, so no example repeats before all of its source were drawn.

    Attributes:
        sources: The examples of each kind. "squad" is required; kinds without a source are made from it.
        near_words: For each word its near words, for edited questions.
        seed: Seed of all random draws.
        mixture: Number of examples of each kind per round.
        articles: The articles of "squad" by title.
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
        """Draws the example with this number. The stream has no end."""
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
            drawn = as_labelled(example, kind, rng)
        if rng.random() < LONG_SHARE:
            drawn = self._surround(drawn, example, rng)
        if rng.random() < LEAD_SHARE and kind not in UNTITLED:
            drawn = replace(drawn, lead=lead_of(example.title, drawn.passage))
        return with_surface(drawn, rng)

    def _surround(self, drawn: Drawn, example: ReadingExample, rng: random.Random) -> Drawn:
        """Adds neighbouring paragraphs of the same article, unless they contain an answer's text."""
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


def as_labelled(example: ReadingExample, kind: str, rng: random.Random) -> Drawn:
    """Makes a training example of a labelled one as it is.

    Args:
        example: The example.
        kind: Its kind.
        rng: The random numbers, for the place that a crop keeps.
    """
    if example.answers:
        anchor = rng.choice(example.answers)
    else:
        place = rng.randrange(len(example.passage))
        anchor = (place, place + 1)
    return Drawn(example.question, example.passage, example.answers, anchor, kind, labelled=kind not in UNLABELLED)


def with_surface(drawn: Drawn, rng: random.Random) -> Drawn:
    """Types the question as people do, and glues some passages' sentences."""
    question = retype_question(drawn.question, rng)
    passage, places = drawn.passage, (drawn.anchor, *drawn.answers)
    if rng.random() < GLUED_SHARE:
        passage, places = glue_sentences(passage, places, rng)
    return replace(drawn, question=question, passage=passage, answers=places[1:], anchor=places[0])
