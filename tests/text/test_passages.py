"""Passages of any article: what each contains, how they overlap, and that nothing is left out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.article import SENTENCE_KINDS, Sentence, SentenceKind
from rag.text.passages import PassageDraft, embedding_text, split_passages


def count_words(texts: Sequence[str]) -> list[int]:
    """Counts words, which stand for tokens in these tests."""
    return [len(text.split()) for text in texts]


def article(*sentences: tuple[SentenceKind, int]) -> tuple[str, list[Sentence]]:
    """Makes an article whose sentences have these kinds and numbers of words, with two spaces between them."""
    text, spans = "", []
    for kind, words in sentences:
        start = len(text)
        text += " ".join(["word"] * words)
        spans.append(Sentence(start, len(text), kind))
        text += "  "
    return text, spans


def split(window: int, *sentences: tuple[SentenceKind, int]) -> list[tuple[int, int]]:
    text, spans = article(*sentences)
    return [(passage.first, passage.last) for passage in split_passages(text, spans, count_words, window)]


def several(kind: SentenceKind, words: int, count: int) -> list[tuple[SentenceKind, int]]:
    return [(kind, words)] * count


def test_fills_the_window_and_overlaps_by_a_quarter() -> None:
    assert split(8, *several("sentence", 2, 7)) == [(0, 4), (3, 7)]


def test_overlaps_by_two_sentences_at_most() -> None:
    assert split(20, *several("sentence", 1, 30)) == [(0, 20), (18, 30)]


def test_a_sentence_above_a_quarter_of_the_window_does_not_overlap() -> None:
    assert split(10, *several("sentence", 5, 4)) == [(0, 2), (2, 4)]


def test_boilerplate_is_in_no_passage() -> None:
    assert split(9, ("boilerplate", 1), ("sentence", 2), ("boilerplate", 1), ("sentence", 2), ("fragment", 2)) == [
        (1, 2),
        (3, 5),
    ]


def test_a_heading_begins_a_passage_rather_than_ending_one() -> None:
    assert split(8, ("sentence", 4), ("sentence", 3), ("heading", 1), ("sentence", 4)) == [(0, 2), (2, 4)]


def test_a_heading_begins_a_passage_once_the_one_before_is_half_full() -> None:
    assert split(8, ("sentence", 4), ("heading", 1), ("sentence", 2)) == [(0, 1), (1, 3)]
    assert split(8, ("sentence", 3), ("heading", 1), ("sentence", 2)) == [(0, 3)]


def test_headings_alone_are_a_passage() -> None:
    assert split(4, *several("heading", 1, 6)) == [(0, 2), (2, 4), (4, 6)]


def test_a_sentence_longer_than_the_window_is_cut_between_words() -> None:
    text, spans = article(("sentence", 2), ("sentence", 7), ("sentence", 2))
    passages = split_passages(text, spans, count_words, 3)
    assert [text[passage.start : passage.end] for passage in passages] == [
        "word word",
        "word word word",
        "word word word",
        "word",
        "word word",
    ]
    assert [(passage.first, passage.last) for passage in passages] == [(0, 1), (1, 2), (1, 2), (1, 2), (2, 3)]


def test_a_word_longer_than_the_window_is_cut_anywhere() -> None:
    def count_characters(texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    assert split_passages("x" * 10, [Sentence(0, 10)], count_characters, 4) == [
        PassageDraft(0, 4, 0, 1),
        PassageDraft(4, 8, 0, 1),
        PassageDraft(8, 10, 0, 1),
    ]


def test_counts_all_sentences_at_once() -> None:
    calls: list[int] = []

    def count(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return count_words(texts)

    text, spans = article(*several("sentence", 2, 50))
    split_passages(text, spans, count, 10)
    assert calls == [50]


def test_no_sentences_make_no_passages() -> None:
    assert split_passages("", [], count_words, 10) == []


def test_a_window_without_room_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        split_passages("", [], count_words, 0)


@given(st.lists(st.tuples(st.sampled_from(SENTENCE_KINDS), st.integers(1, 12)), max_size=30), st.integers(1, 20))
def test_passages_cover_all_but_boilerplate(sentences: list[tuple[SentenceKind, int]], window: int) -> None:
    text, spans = article(*sentences)
    passages = split_passages(text, spans, count_words, window)
    assert passages == sorted(passages, key=lambda passage: (passage.start, passage.end))
    assert len({(passage.start, passage.end) for passage in passages}) == len(passages)
    covered: set[int] = set()
    for passage in passages:
        words = text[passage.start : passage.end]
        assert words == words.strip() != ""
        assert len(words.split()) <= window
        inside = spans[passage.first : passage.last]
        assert inside[0].start <= passage.start < passage.end <= inside[-1].end
        assert all(span.kind != "boilerplate" for span in inside)
        covered.update(range(passage.start, passage.end))
    for span in spans:
        places = {place for place in range(span.start, span.end) if text[place] != " "}
        assert places <= covered if span.kind != "boilerplate" else not places & covered


def test_title_and_date_go_in_front_of_what_is_embedded() -> None:
    assert embedding_text("Talks in Rome", "2025-04", "They met.") == "Talks in Rome\n2025-04\nThey met."
    assert embedding_text("Talks in Rome", None, "They met.") == "Talks in Rome\nThey met."
