"""A span is quoted in whole sentences, and the short answer lies inside the quote."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.quotable_span import quotable_spans, whole_answer
from rag.core.article import QUOTABLE, Article, Hit, Passage, Reading, Sentence, Span
from rag.question.question import Kind
from rag.text.segment import segment

KINDS: tuple[Kind, ...] = get_args(Kind)


def reading(text: str, sentences: tuple[Sentence, ...], *spans: tuple[int, int]) -> Reading:
    article = Article("a", "a.txt", "h", text, "Talks", sentences=sentences)
    hit = Hit(Passage(1, article, 0, len(text), sentences), 1, 1.0, 0.5)
    return Reading(hit, tuple(Span(*span, 1.0) for span in spans), (0.5,) * len(sentences))


STORY = "Rust had eaten it. They had not looked. These include three engineers. Trains ran on."
STORY_SENTENCES = (Sentence(0, 18), Sentence(19, 39), Sentence(40, 70), Sentence(71, 85))


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("Trains", "Trains ran on."),
        ("not looked", "Rust had eaten it. They had not looked. These include three engineers."),
        ("three engineers", "They had not looked. These include three engineers."),
    ],
)
def test_a_sentence_is_quoted_with_its_neighbours_where_it_cannot_stand_alone(words: str, quote: str) -> None:
    start = STORY.index(words)
    (found,) = quotable_spans(reading(STORY, STORY_SENTENCES, (start, start + len(words))))
    assert found.quote == quote


def test_nothing_is_quoted_of_a_fragment_or_between_sentences() -> None:
    sentences = (Sentence(0, 18), Sentence(19, 39, "fragment"))
    assert list(quotable_spans(reading(STORY, sentences, (24, 27), (18, 19), (40, 50)))) == []


@given(
    st.text(alphabet='ABab .,“”"|\n0bindeat', max_size=80),
    st.lists(st.integers(0, 80), min_size=2, max_size=2),
    st.sampled_from(KINDS),
)
def test_what_is_shown_stands_inside_the_quoted_sentences(text: str, ends: list[int], kind: Kind) -> None:
    start, end = sorted(min(place, len(text)) for place in ends)
    sentences = segment(text)
    inside = any(s.start <= start for s in sentences) and any(end <= s.end for s in sentences)
    for place in quotable_spans(reading(text, sentences, (start, end))) if inside else ():
        assert all(s.kind in QUOTABLE for s in sentences[place.first : place.last])
        shown = whole_answer(place, kind)
        assert place.start <= shown.start <= shown.end <= max(place.end, place.span.end)
        assert shown.score == place.span.score
