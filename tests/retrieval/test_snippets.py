"""Snippets are exact slices of the article, and show the found words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.article import Article, Passage
from rag.question.search_query import Sought
from rag.retrieval.snippets import cut_snippet, mark_title
from rag.text.passages import split_passages
from rag.text.segment import segment
from rag.text.terms import fold
from tests.any_text import any_text


def passages_of(text: str, window: int = 60) -> list[Passage]:
    sentences = segment(text)
    article = Article("0" * 12, "a.txt", "0" * 64, text, "A title", sentences=sentences)
    drafts = split_passages(text, sentences, lambda texts: [len(part.split()) for part in texts], window)
    return [Passage(number, article, d.start, d.end, sentences[d.first : d.last]) for number, d in enumerate(drafts)]


@given(text=st.one_of(any_text(), any_text().map(lambda part: f"The harbour was closed. {part} It rained. " * 9)))
def test_a_snippet_is_an_exact_slice_and_its_words_are_in_it(text: str) -> None:
    for passage in passages_of(text):
        for word in ["harbour", *fold(passage.text)[:3]]:
            for sought in (Sought(word), Sought(word, exact=True)):
                snippet = cut_snippet(passage, [sought])
                assert text[snippet.start : snippet.end] == snippet.text
                assert passage.start <= snippet.start < snippet.end <= passage.end
                assert all(snippet.start <= at.start < at.end <= snippet.end for at in snippet.words)
                assert snippet.words or not sought.exact or word not in fold(passage.text) or fold(word) != [word]
                if sought.exact and fold(word) == [word]:  # "⒌" is folded to "5.", and that is searched as "5"
                    assert all(word in fold(text[at.start : at.end]) for at in snippet.words)


def test_a_snippet_has_whole_sentences_with_the_most_different_words() -> None:
    text = (
        "The tram was late. " + "It rained all day long in the valley. " * 9 + "A tram hit the ferry. Nobody was hurt."
    )
    (passage,) = passages_of(text, window=400)
    snippet = cut_snippet(passage, [Sought("tram"), Sought("ferry")])
    assert snippet.text == "A tram hit the ferry. Nobody was hurt."
    assert [text[at.start : at.end] for at in snippet.words] == ["tram", "ferry"]


def test_a_long_sentence_is_cut_between_words_around_the_found_word() -> None:
    text = "The list named " + "one village and " * 60 + "a ferry " + "then another village " * 60 + "at the end."
    passage = passages_of(text, window=2000)[0]
    snippet = cut_snippet(passage, [Sought("ferry")])
    assert "ferry" in snippet.text
    assert len(snippet.text) <= 300
    assert not set(snippet.text.split()) - set(text.split())


def test_a_passage_whose_title_alone_has_the_word_shows_its_beginning() -> None:
    (passage,) = passages_of("It rained. Nobody came.")
    snippet = cut_snippet(passage, [Sought("ferry")])
    assert (snippet.start, snippet.words) == (0, ())


@pytest.mark.parametrize(("title", "words"), [("Red flags at sea", ["Red flags"]), ("Flags in red", [])])
def test_words_are_marked_in_the_title(title: str, words: list[str]) -> None:
    places = mark_title(title, [Sought("red flags", exact=True)])
    assert [title[at.start : at.end] for at in places] == words
