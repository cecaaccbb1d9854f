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
from rag.answering.quotes.ranking import RankedSentence
from rag.answering.quotes.selection import place_to_quote
from rag.answering.validation.misleading import is_denied, is_of_another
from rag.core.article import QUOTABLE, Article, Hit, Passage, Sentence, Span
from rag.question.question import Kind, Question
from rag.text.english.function_words import SUBJECT_PRONOUNS
from rag.text.terms import terms
from rag.values.numbers import whole_number
from rag.values.value import Value, group_values, read_value

STATEMENTS = 5
"""Most sentences with the value for which contradictions are sought. Each is one lexical search."""
SAME = 0.7
"""Share of the words around a value, in the same order, from which two sentences tell the same."""
LONGEST = 120
"""Most words of a sentence that is compared. To align two takes time with the square of their length."""
MOST_NAMES = 0.6
"""Least share of the question's names that an article has which is about what is asked."""
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
        return place_to_quote(self.passage, self.sentence)

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
        One sentence for each other value, at most as many as other answers may be shown.
    """
    question = material.question
    found = find_contradictions(question, statements_of(question.kind, value, sentences), material.alike)
    return found[: material.settings.other_answers]


def voices_of(material: Material, value: Value) -> int:
    """Counts the independent sources, among the articles read, that surely answer the question with a value."""
    told = [(r.hit.passage.article, r.spans[0]) for r in material.every_reading if r.spans and r.spans[0].score > 0]
    said = [value_at(article, span, material.question.kind) for article, span in told]
    first, *groups = group_values([value, *said])
    return len({article.voice for (article, _), group in zip(told, groups, strict=True) if group == first})


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
        if span is None or not say_the_same(value, value_at(one.article, span, kind)):
            span = _same_words(words, one)
        if span is not None:
            words.add(one.article.text[span.start : span.end])
            found.append(
                Statement(one.article, one.sentence, span, value_at(one.article, span, kind), one.reading.hit.passage)
            )
        if len(found) == STATEMENTS:
            break
    return found


def say_the_same(one: Value, other: Value) -> bool:
    """Returns whether two values are one, as answers in other words are: "Putin" and "Vladimir Putin"."""
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


def value_at(article: Article, span: Span, kind: Kind) -> Value:
    """Reads the value of the words at a place of an article, as a question for this kind of thing has it read.

    What belongs to a number is read with it, such as "about" or "at least", also if it stands outside of the place.
    """
    start, end = whole_number(article.text, span.start, span.end, kind)
    return read_value(article.text[start:end], kind, article.published)


def find_contradictions(question: Question, statements: Sequence[Statement], alike: Alike) -> list[Statement]:
    """Finds sentences of other articles that tell the same as a statement, but with a value that excludes its own.

    Such an article must be about what is asked: "The company employs 450 people" may be of any company. So it has most
    of the question's names; if the question has none, the sentence has a name of its own, and no pronoun in front.

    Args:
        question: The question.
        statements: Sentences that give the same value.
        alike: Finds the passages that have most of a sentence's words.

    Returns:
        One sentence for each other value, in the order in which they were found.
    """
    own = {statement.article.id for statement in statements}
    found: list[Statement] = []
    for statement in statements:
        for other in _told_again(question.kind, statement, alike):
            is_new = not any(say_the_same(other.value, one.value) for one in found)
            if is_new and other.article.id not in own and _excludes(question, statement, other):
                found.append(other)
    return found


def _told_again(kind: Kind, statement: Statement, alike: Alike) -> Iterator[Statement]:
    """Sentences of other articles that tell the same, each with the words that stand in the place of the value."""
    text = statement.article.text
    for passage in alike(text[statement.sentence.start : statement.sentence.end]):
        if passage.article.id == statement.article.id:
            continue
        for sentence in passage.sentences:
            span = _in_place_of(statement, passage.article, sentence) if sentence.kind in QUOTABLE else None
            if span is not None:
                span = Span(*whole_number(passage.article.text, span.start, span.end, kind), span.score)
                yield Statement(passage.article, sentence, span, value_at(passage.article, span, kind), passage)


def _in_place_of(statement: Statement, article: Article, sentence: Sentence) -> Span | None:
    """The words of a sentence that stand in the place of a statement's value, if it tells the same; else None."""
    mine = _words(statement.article.text, statement.sentence)
    theirs = _words(article.text, sentence)
    inside = [n for n, word in enumerate(mine) if word.start < statement.span.end and statement.span.start < word.end]
    if not inside or max(len(mine), len(theirs)) > LONGEST:
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


def _excludes(question: Question, one: Statement, other: Statement) -> bool:
    """Whether both values can't be true, and the other article claims its value of what the question asks about."""
    if say_the_same(one.value, other.value) or not contradict(one.value, other.value):
        return False
    misleads = is_denied(question, other.passage, other.span) or is_of_another(question, other.passage, other.span)
    return _is_about(question, other) and not misleads


def has_names(question: Question, article: Article) -> bool:
    """Returns whether an article has most of the question's names; so it has if the question has none."""
    names = question.words.proper_names
    there = set(terms(f"{article.title} {article.text}")) if names else names
    return len(names & there) >= MOST_NAMES * len(names)


def _is_about(question: Question, other: Statement) -> bool:
    """Whether an article is about what is asked, by its names; see `find_contradictions`."""
    if question.words.proper_names:
        return has_names(question, other.article)
    words = _words(other.article.text, other.sentence)
    outside = [word for word in words if not other.span.start <= word.start < other.span.end]
    return words[0].folded not in SUBJECT_PRONOUNS and any(word.names for word in outside)
