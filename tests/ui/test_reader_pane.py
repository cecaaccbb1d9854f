"""How the reader pane cuts and marks an article, and how it handles a browser's input."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.article import Article, Sentence
from rag.core.schema import Citation
from rag_ui.language.strings import ENGLISH
from rag_ui.reading import reader_pane
from tests.fake_library import FakeLibrary, cite, make_article

TEXT = "Ministers met in Muscat. Oman's Badr al-Busaidi carried messages between two rooms. Nobody shook hands."
QUOTE = "Oman's Badr al-Busaidi carried messages between two rooms."

TODAY = datetime.date(2026, 6, 10)
ARTICLE = make_article(TEXT, "Talks in Muscat", source="The Courier")
CITATION = cite(ARTICLE, QUOTE, "Badr al-Busaidi")


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, tuple[int, int], tuple[int, int], list[Sentence]]:
    """A text, a quote in it, a short answer in the quote, and sentences in order, with or without gaps."""
    text = draw(st.text(min_size=1, max_size=60))
    start, short_start, short_end, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 4)))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    sentences = [Sentence(a, b) for a, b in itertools.pairwise(cuts) if draw(st.booleans())]
    return text, (start, end), (short_start, short_end), sentences


@given(spans())
def test_segments_joined_are_the_text_and_the_marked_ones_the_quote(
    case: tuple[str, tuple[int, int], tuple[int, int], list[Sentence]],
) -> None:
    text, quote, short, sentences = case
    segments = reader_pane.cut(text, sentences, quote, short)
    assert "".join(segment.text for segment in segments) == text
    assert "".join(segment.text for segment in segments if segment.quoted) == text[slice(*quote)]
    assert "".join(segment.text for segment in segments if segment.short) == text[slice(*short)]
    assert all(segment.text for segment in segments)


def test_segments_know_their_kind_and_where_a_paragraph_was_lost() -> None:
    sentences = [Sentence(0, 5, "heading"), Sentence(6, 10), Sentence(10, 14)]
    segments = reader_pane.cut("Title One.Two.", sentences, (6, 10), (6, 6))
    assert [(segment.text, segment.kind, segment.glued) for segment in segments] == [
        ("Title", "heading", False),
        (" ", None, False),
        ("One.", "sentence", False),
        ("Two.", "sentence", True),
    ]


def test_offsets_are_code_points() -> None:
    text = "😀 Yes, she said."
    segments = reader_pane.cut(text, (), (2, 6), (2, 2))
    assert [segment.text for segment in segments if segment.quoted] == ["Yes,"]


def test_a_view_holds_the_article_verbatim_and_a_new_number_each_time() -> None:
    library = FakeLibrary([ARTICLE], {})
    sent = {"place": reader_pane.Place.of(CITATION).model_dump()}
    first, second = (reader_pane.Reader(library, ENGLISH).view(sent, TODAY) for _ in range(2))
    assert "".join(segment["text"] for segment in first["segments"]) == TEXT
    assert first["facts"] == ["The Courier", "April 2025", "14 months ago", "shown as [1]"]
    assert first["view"] != second["view"]


@pytest.mark.parametrize(
    "change",
    [
        {"article_id": "unknown"},
        {"content_hash": "0" * 64},
        {"end": 10_000},
        {"end": 0},
        {"start": -1},
        {"start": "25"},
        {"short_start": 0},
        {"short_end": 10_000},
        {"number": 0},
        {"more": 1},
    ],
)
def test_a_forged_place_shows_one_line_and_no_text(change: dict[str, object]) -> None:
    place = {**reader_pane.Place.of(CITATION).model_dump(), **change}
    shown = reader_pane.Reader(FakeLibrary([ARTICLE], {}), ENGLISH).view({"place": place}, TODAY)
    assert shown["problem"]
    assert "segments" not in shown


@pytest.mark.parametrize("sent", [None, "text", [], 3, {}, {"place": None}, {"place": {}, "others": []}])
def test_a_place_that_is_none_shows_one_line(sent: object) -> None:
    assert (
        reader_pane.Reader(FakeLibrary([ARTICLE], {}), ENGLISH).view(sent, TODAY)["problem"]
        == ENGLISH.words.bad_citation
    )


def test_other_citations_of_the_answer_are_marked_with_their_numbers_beside_the_quote() -> None:
    first, last = cite(ARTICLE, "Ministers met in Muscat.", number=2), cite(ARTICLE, "Nobody shook hands.", number=3)
    overlapping, elsewhere = cite(ARTICLE, "two rooms. Nobody", number=4), cite(make_article("Else.", "E"), "Else.")
    places = [reader_pane.Place.of(citation).model_dump() for citation in (last, first, overlapping, elsewhere)]
    beyond = {**places[0], "number": 5, "end": 10_000}
    sent = {"place": reader_pane.Place.of(CITATION).model_dump(), "others": [*places, beyond]}
    segments = reader_pane.Reader(FakeLibrary([ARTICLE], {}), ENGLISH).view(sent, TODAY)["segments"]
    marked = {n: "".join(s["text"] for s in segments if s["also"] == n) for n in range(1, 6)}
    assert marked == {1: "", 2: "Ministers met in Muscat.", 3: " shook hands.", 4: " Nobody", 5: ""}
    assert "".join(segment["text"] for segment in segments if segment["quoted"]) == QUOTE


@pytest.mark.parametrize(
    ("url", "shown"),
    [("https://courier.example/a", True), ("http://a.example", True), ("javascript:alert(1)", False), (None, False)],
)
def test_an_article_links_to_the_web_only(url: str | None, shown: bool) -> None:
    article = make_article(TEXT, "Talks", url=url)
    sent = {"place": reader_pane.Place.of(cite(article, QUOTE)).model_dump()}
    assert reader_pane.Reader(FakeLibrary([article], {}), ENGLISH).view(sent, TODAY)["link"] == (url if shown else None)


def test_a_place_has_the_citations_own_fields() -> None:
    assert set(reader_pane.Place.model_fields) <= set(Citation.model_fields)
    assert isinstance(ARTICLE, Article)
