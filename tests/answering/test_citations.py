"""A citation says where its quote stands, and all that is known of the article; the contract holds for any place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.candidates import Candidate, rank_candidates
from rag.answering.citations import cite, cite_candidate
from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from rag.core.schema import Attribution
from tests.any_text import any_text
from tests.composing import material

FIRST_PAGE = "The bridge fell.\f"
QUOTE = 'Keller said: "The bridge will open in May."'
TEXT = f"{FIRST_PAGE}{QUOTE}\fTrains ran on."
START, END = len(FIRST_PAGE), len(FIRST_PAGE) + len(QUOTE)
ARTICLE = Article(
    id="0123456789ab",
    path="news/bridge.pdf",
    content_hash="hash",
    text=TEXT,
    title="The bridge",
    published="2025-04-12",
    source="The Harbour Post",
    url="https://harbour.example/bridge",
    byline="Jane Doe",
    language="en",
    sentences=(Sentence(0, 16), Sentence(START, END), Sentence(END + 1, len(TEXT))),
)


def candidate(words: str) -> Candidate:
    """What is made of a reader's pick of these words."""
    start = TEXT.index(words)
    hit = Hit(Passage(1, ARTICLE, 0, len(TEXT), ARTICLE.sentences), 1, 1.0, 0.5)
    picked = Reading(hit, (Span(start, start + len(words), 3.0),), (0.5, 0.5, 0.5))
    (found,) = rank_candidates(material("When?", [picked]))
    return found


def test_a_citation_has_all_that_is_known_of_its_article_and_place() -> None:
    citation = cite(3, ARTICLE, START, END, Span(START + 31, START + 37, 1.0))
    assert citation.model_dump() == {
        "number": 3,
        "article_id": "0123456789ab",
        "content_hash": "hash",
        "title": "The bridge",
        "path": "news/bridge.pdf",
        "source": "The Harbour Post",
        "url": "https://harbour.example/bridge",
        "published": "2025-04-12",
        "byline": "Jane Doe",
        "language": "en",
        "page": 2,
        "start": START,
        "end": END,
        "quote": QUOTE,
        "short_start": START + 31,
        "short_end": START + 37,
        "short_day": None,
        "said_by": Attribution(name="Keller", start=START, end=START + 6).model_dump(),
        "breaks_off": False,
    }


def test_a_quote_may_be_the_answer_itself_and_may_break_off() -> None:
    citation = cite(1, ARTICLE, 0, 16, breaks_off=True)
    assert (citation.quote, citation.page, citation.breaks_off) == ("The bridge fell.", 1, True)
    assert (citation.short_start, citation.short_end, citation.short, citation.said_by) == (None, None, None, None)


def test_the_speaker_is_the_one_of_the_quoted_sentence_alone() -> None:
    assert cite(1, ARTICLE, START + 14, END).said_by == Attribution(name="Keller", start=START, end=START + 6)
    assert cite(1, ARTICLE, END + 1, len(TEXT)).said_by is None


@pytest.mark.parametrize(("short", "name"), [("it costs 5 million.", "Toller"), ("Holt", "Holt"), ("in May", "Keller")])
def test_of_a_long_quote_the_speaker_is_the_one_of_the_short_answer(short: str, name: str) -> None:
    sentences = (
        "Keller said that it opens in May.",
        "Toller said that it costs 5 million.",
        "Holt said that it is new.",
    )
    text = "".join(sentences)
    ends = [len("".join(sentences[: n + 1])) for n in range(3)]
    places = tuple(Sentence(end - len(sentence), end) for end, sentence in zip(ends, sentences, strict=True))
    start = text.index(short)
    found = cite(1, replace(ARTICLE, text=text, sentences=places), 0, len(text), Span(start, start + len(short), 1.0))
    assert found.said_by is not None
    assert found.said_by.name == name


def test_what_is_not_known_of_an_article_is_left_open() -> None:
    citation = cite(1, Article("a", "a.txt", "h", "The bridge fell.", "Bridge"), 0, 16)
    unknown = (citation.source, citation.url, citation.published, citation.byline, citation.language, citation.page)
    assert unknown == (None,) * 6


@pytest.mark.parametrize(
    ("start", "end", "short"),
    [
        (START, END, "May"),
        (TEXT.index("May"), END, "May"),  # the short answer begins the quote
        (START, TEXT.index("May") + 3, "May"),  # it ends the quote
        (TEXT.index("May") + 1, END, None),
        (START, TEXT.index("May") + 2, None),
    ],
)
def test_the_short_answer_of_a_candidate_stands_inside_the_quote_or_there_is_none(
    start: int, end: int, short: str | None
) -> None:
    citation = cite_candidate(candidate("May"), 2, start, end)
    assert (citation.number, citation.quote, citation.short) == (2, TEXT[start:end], short)


def test_a_candidate_that_is_its_whole_sentence_has_no_short_answer() -> None:
    whole = candidate("May")
    whole = replace(whole, span=Span(START, END, 3.0))
    assert cite_candidate(whole, 1, START, END).short is None


def test_a_relative_short_answer_has_the_day_that_it_means() -> None:
    text = 'The bridge fell on Wednesday. Keller said: "It fell yesterday."'
    article = replace(ARTICLE, text=text, published="2025-04-11", sentences=(Sentence(0, 29), Sentence(30, len(text))))

    def day(words: str, article: Article) -> str | None:
        start = text.index(words)
        return cite(1, article, 0, len(text), Span(start, start + len(words), 1.0)).short_day

    assert day("Wednesday", article) == "2025-04-09"
    assert day("The bridge", article) is None
    assert day("yesterday", article) is None  # Keller's day may be another one
    assert day("Wednesday", replace(article, published="2025-04")) is None


@given(any_text(), st.data())
def test_every_quote_is_a_slice_of_its_article_and_its_short_answer_a_slice_of_the_quote(
    text: str, data: st.DataObject
) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    first, last = sorted((data.draw(st.integers(start, end)), data.draw(st.integers(start, end))))
    article = Article("a", "a.txt", "h", text, "Talks", sentences=(Sentence(0, len(text)),))
    citation = cite(1, article, start, end, Span(first, last, 1.0))
    assert citation.quote == text[citation.start : citation.end]
    assert (citation.start, citation.end) == (start, end)
    assert citation.short == text[first:last]
