"""Finds articles that tell the same as a quote, word by word, but with another value: they contradict it.

Such an article may well not be among the passages read: it has the words of the quote and not those of the question.
So it is searched for with the quoted sentence itself.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from rag.answering.agreement import contradict
from rag.answering.candidates import Candidate
from rag.answering.material import Alike, Material
from rag.answering.quotable_span import sentences_around
from rag.answering.quotes.ranking import RankedSentence
from rag.answering.values import Value, group_values, read_value
from rag.core.article import QUOTABLE, Article, Hit, Passage, Sentence, Span
from rag.question.question import Kind
from rag.text.terms import terms

STATEMENTS = 5
"""Most sentences with the value for which contradictions are sought. Each is one lexical search."""
SAME = 0.7
"""Share of the words around a value, in the same order, from which two sentences tell the same."""
FEWEST = 4
"""Fewest different words around a value that make two sentences tell the same."""
_WORD = re.compile(r"\w+(?:[.,]\d+)*")


class _Word(NamedTuple):
    """A word of a sentence: its place in the text, its lower-case form, and whether it is a name or a number."""

    start: int
    end: int
    folded: str
    names: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that gives a value.

    Attributes:
        article: The article.
        sentence: The sentence's place in its text.
        span: The place of the words that give the value.
        value: What these words say.
        passage: A passage that has the sentence.
    """

    article: Article
    sentence: Sentence
    span: Span
    value: Value
    passage: Passage

    @property
    def place(self) -> tuple[int, int]:
        """The start and the end of the sentences to quote for it."""
        first, last = sentences_around(self.article.text, self.span, self.passage.sentences)
        around = self.passage.sentences[first:last]
        if not around or any(sentence.kind not in QUOTABLE for sentence in around):
            return self.sentence.start, self.sentence.end
        return around[0].start, around[-1].end

    @property
    def words(self) -> str:
        """The words that give the value."""
        return self.article.text[self.span.start : self.span.end]

    def is_in(self, quotes: Iterable[tuple[Article, int, int]]) -> bool:
        """Returns whether the words that give the value are in one of these quotes."""
        return any(article.id == self.article.id and start <= self.span.start < end for article, start, end in quotes)

    def as_candidate(self, excluded: Candidate, voices: int) -> Candidate:
        """Returns the candidate of this value.

        Args:
            excluded: The candidate whose value it excludes. Both tell the same, so they share its probability.
            voices: Number of sources of that one's value.
        """
        start, end = self.place
        hit = Hit(self.passage, excluded.hit.rank, excluded.hit.score, excluded.hit.similarity)
        confidence = excluded.confidence / (voices + 1)
        return Candidate(self.span, self.value, hit, start, end, excluded.signals, confidence)


def contradictions_of(material: Material, value: Value, sentences: Iterable[RankedSentence]) -> list[Statement]:
    """Finds what articles say that tell the same as the sentences with a value, but with another value.

    Args:
        material: The question, and a search for passages that tell the same.
        value: The value.
        sentences: The sentences, most probable first.

    Returns:
        One sentence for each other value.
    """
    kind = material.question.kind
    return find_contradictions(kind, statements_of(kind, value, sentences), material.alike)


def voices_of(material: Material, words: str) -> int:
    """Counts the independent sources, among the articles read, whose passages have the words of a value."""
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    return len({r.hit.passage.article.voice for r in material.every_reading if pattern.search(r.hit.passage.text)})


def statements_of(kind: Kind, value: Value, sentences: Iterable[RankedSentence]) -> list[Statement]:
    """Finds sentences that give a value: the reader's best span does, or they have the same words.

    Args:
        kind: The kind of thing that the question asks for.
        value: The value.
        sentences: The sentences, most probable first.

    Returns:
        At most STATEMENTS, in the order of the sentences.
    """
    found: list[Statement] = []
    words: set[str] = set()
    for one in sentences:
        span = best_span(one)
        if span is None or not _say_the_same(value, _read(one.article, span, kind)):
            span = _same_words(words, one)
        if span is not None:
            words.add(one.article.text[span.start : span.end])
            found.append(
                Statement(one.article, one.sentence, span, _read(one.article, span, kind), one.reading.hit.passage)
            )
        if len(found) == STATEMENTS:
            break
    return found


def _say_the_same(one: Value, other: Value) -> bool:
    return len(set(group_values([one, other]))) == 1


def _same_words(words: Iterable[str], one: RankedSentence) -> Span | None:
    """The place of one of these words in a sentence; None if it has none of them."""
    for each in words:
        if match := re.compile(rf"(?<!\w){re.escape(each)}(?!\w)").search(
            one.article.text, one.sentence.start, one.sentence.end
        ):
            return Span(match.start(), match.end(), 0.0)
    return None


def best_span(one: RankedSentence) -> Span | None:
    """The reader's best span that lies in a sentence; None if there is none."""
    place = one.sentence
    return next((s for s in one.reading.spans if place.start <= s.start and s.end <= place.end), None)


def find_contradictions(kind: Kind, statements: Sequence[Statement], alike: Alike) -> list[Statement]:
    """Finds sentences of other articles that tell the same as a statement, but with a value that excludes its own.

    Args:
        kind: The kind of thing that the question asks for.
        statements: Sentences that give the same value.
        alike: Finds the passages that have most of a sentence's words.

    Returns:
        One sentence for each other value, in the order in which they were found.
    """
    own = {statement.article.voice for statement in statements}
    found: list[Statement] = []
    for statement in statements:
        for other in _told_again(kind, statement, alike):
            is_new = not any(_say_the_same(other.value, one.value) for one in found)
            if is_new and other.article.voice not in own and _exclude(statement, other):
                found.append(other)
    return found


def _told_again(kind: Kind, statement: Statement, alike: Alike) -> Iterator[Statement]:
    """Sentences of other articles that tell the same, each with the words that stand in the place of the value."""
    text = statement.article.text
    for passage in alike(text[statement.sentence.start : statement.sentence.end]):
        if passage.article.voice == statement.article.voice:
            continue
        for sentence in passage.sentences:
            span = _in_place_of(statement, passage.article, sentence) if sentence.kind in QUOTABLE else None
            if span is not None:
                yield Statement(passage.article, sentence, span, _read(passage.article, span, kind), passage)


def _in_place_of(statement: Statement, article: Article, sentence: Sentence) -> Span | None:
    """The words of a sentence that stand in the place of a statement's value, if it tells the same; else None."""
    mine = _words(statement.article.text, statement.sentence)
    theirs = _words(article.text, sentence)
    inside = [n for n, word in enumerate(mine) if word.start < statement.span.end and statement.span.start < word.end]
    if not inside:
        return None
    first, behind = inside[0], inside[-1] + 1
    around = {word.folded for word in (*mine[:first], *mine[behind:])}
    if len(around) < FEWEST or len(around & {word.folded for word in theirs}) < SAME * len(around):
        return None  # most sentences end here, because to align them takes longer
    matcher = SequenceMatcher(None, [w.folded for w in mine], [w.folded for w in theirs], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    left = max((b + min(size, first - a) for a, b, size in blocks if a < first), default=0)
    right = min((b + max(0, behind - a) for a, b, size in blocks if a + size > behind), default=len(theirs))
    if not 0 < right - left <= 2 * len(inside) + 2:
        return None
    of_values = {word.folded for word in (*mine[first:behind], *theirs[left:right])}
    same = sum(1 for _, b, size in blocks for place in range(b, b + size) if not left <= place < right)
    longest = max(len(mine) - len(inside), len(theirs) - (right - left))
    if same < SAME * longest or any(
        _differ(mine[a:end], theirs[b:other_end], of_values) for _, a, end, b, other_end in matcher.get_opcodes()
    ):
        return None
    return Span(theirs[left].start, theirs[right - 1].end, 0.0)


def _differ(mine: Sequence[_Word], theirs: Sequence[_Word], of_values: Container[str]) -> bool:
    """Whether two stretches in one place of both sentences tell of different things, apart from the two values.

    They do if one has a name or a number that the other lacks, or if both have words of their own: "the amber bridge"
    is not "the basalt bridge". Words that only one of them has do not matter.
    """
    ours, others = (
        [word for word in one if word.folded not in of_values and word.folded not in {w.folded for w in other}]
        for one, other in ((mine, theirs), (theirs, mine))
    )
    names = any(word.names for word in (*ours, *others))
    return names or all(any(terms(word.folded) for word in one) for one in (ours, others))


def _words(text: str, sentence: Sentence) -> list[_Word]:
    found = list(_WORD.finditer(text, sentence.start, sentence.end))
    begins = found[0].start() if found else 0
    return [_Word(m.start(), m.end(), m[0].lower(), m.start() > begins and not m[0].islower()) for m in found]


def _exclude(one: Statement, other: Statement) -> bool:
    """Whether both values can't be true of the same sentence. Words that are neither names nor numbers share none."""
    if _say_the_same(one.value, other.value):
        return False
    if contradict(one.value, other.value):
        return True
    if type(one.value) is not type(other.value):
        return False
    mine, theirs = (set(terms(s.article.text[s.span.start : s.span.end])) for s in (one, other))
    return bool(mine and theirs) and not mine & theirs


def _read(article: Article, span: Span, kind: Kind) -> Value:
    return read_value(article.text[span.start : span.end], kind, article.published)
