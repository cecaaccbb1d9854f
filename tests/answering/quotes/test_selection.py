"""The quotes of an answer are verbatim, new, few words in all, and the most probable come first."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rag.answering.quotes.ranking import RankedSentence, in_order
from rag.answering.quotes.selection import Quote, select_quotes
from rag.answering.speakers import attribution_of
from rag.core.article import Article, Hit, Passage, Reading, Sentence
from rag.core.settings import AnswerSettings
from rag.library import Library

WORDS = ["oak", "elm", "ash", "fir", "yew", "box", "bay", "fig", "nut", "pear", "plum", "date"]


def sentences_of(name: str, texts: list[str]) -> list[RankedSentence]:
    """An article of these sentences, ranked with a probability of 0.5 each."""
    text = " ".join(texts)
    starts = [sum(len(one) + 1 for one in texts[:index]) for index in range(len(texts))]
    places = tuple(Sentence(start, start + len(one)) for start, one in zip(starts, texts, strict=True))
    article = Article(name, name, f"hash of {name}", text, name, sentences=places)
    reading = Reading(Hit(Passage(1, article, 0, len(text), places), 1, 1.0, 0.5), (), (0.1,) * len(places))
    return [RankedSentence(reading, index, {}, 0.5) for index in range(len(places))]


def ranked(*pairs: tuple[RankedSentence, float]) -> list[RankedSentence]:
    return in_order(replace(one, probability=probability) for one, probability in pairs)


def texts_of(quotes: list[Quote]) -> list[str]:
    return [quote.text for quote in quotes]


def test_the_most_probable_sentence_comes_first_and_an_improbable_one_is_left_out() -> None:
    oak, elm, ash = (sentences_of(name, [f"The {name} fell."])[0] for name in ("oak", "elm", "ash"))
    assert texts_of(select_quotes(ranked((oak, 0.2), (elm, 0.6), (ash, 0.01)), AnswerSettings())) == [
        "The elm fell.",
        "The oak fell.",
    ]


def test_what_repeats_a_quote_is_left_out() -> None:
    first, other = sentences_of("one", ["Rust had eaten the cables.", "It rained."])
    copy = sentences_of("two", ["Rust had eaten all the cables."])[0]
    assert texts_of(select_quotes(ranked((first, 0.6), (copy, 0.5), (other, 0.4)), AnswerSettings())) == [
        "Rust had eaten the cables. It rained."
    ]


def test_a_sentence_that_points_back_is_quoted_with_the_one_before() -> None:
    sentences = sentences_of("one", ["Anna Kovac fed the zebra.", "This pleased nobody."])
    assert texts_of(select_quotes(ranked((sentences[1], 0.6)), AnswerSettings())) == [
        "Anna Kovac fed the zebra. This pleased nobody."
    ]


def test_a_long_sentence_is_passed_over_for_a_shorter_one_that_fits() -> None:
    best = sentences_of("one", ["The bridge fell."])[0]
    long = sentences_of("two", [" ".join(WORDS * 10) + "."])[0]
    short = sentences_of("three", ["Rust had eaten its cables."])[0]
    assert texts_of(select_quotes(ranked((best, 0.6), (long, 0.5), (short, 0.4)), AnswerSettings(words=20))) == [
        "The bridge fell.",
        "Rust had eaten its cables.",
    ]


def test_given_quotes_stay_first_even_if_they_are_too_many_words() -> None:
    one, other = (sentences_of(name, [f"The {name} fell in the night."])[0] for name in ("oak", "elm"))
    lead = Quote(one.article, one.sentence.start, one.sentence.end, one)
    found = select_quotes(ranked((other, 0.9), (one, 0.1)), AnswerSettings(citations=2), [lead])
    assert texts_of(found) == ["The oak fell in the night.", "The elm fell in the night."]
    assert texts_of(select_quotes(ranked((other, 0.9)), AnswerSettings(citations=1), [lead])) == [lead.text]


TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join), min_size=1, max_size=6)


@given(
    st.lists(TEXTS, min_size=1, max_size=4),
    st.lists(st.floats(0.01, 0.99), min_size=24, max_size=24),
    st.integers(1, 6),
    st.integers(20, 60),
)
def test_quotes_are_verbatim_apart_and_within_the_limits(
    articles: list[list[str]], probabilities: list[float], most: int, words: int
) -> None:
    every = [one for number, texts in enumerate(articles) for one in sentences_of(str(number), texts)]
    found = select_quotes(
        ranked(*zip(every, probabilities[: len(every)], strict=True)), AnswerSettings(citations=most, words=words)
    )
    assert 1 <= len(found) <= most
    assert len(found) == 1 or sum(len(quote.text.split()) for quote in found) <= words
    for number, quote in enumerate(found):
        assert quote.article.text[quote.start : quote.end] == quote.text
        assert any(quote.start == sentence.start for sentence in quote.article.sentences)
        assert any(quote.end == sentence.end for sentence in quote.article.sentences)
        assert not any(quote.touches(other) for other in found[number + 1 :])


def test_neighbours_that_two_people_say_are_two_quotes(seed_library: Library) -> None:
    (summary,) = seed_library.articles()
    article = seed_library.article(summary.id)
    torn = [sentence for sentence in article.sentences if sentence.kind == "pull_quote"]
    speakers = [attribution_of(article, one.start, one.end) for one in torn]
    change = next(n for n in range(1, len(torn)) if speakers[n] != speakers[0])
    passage = Passage(1, article, 0, len(article.text), article.sentences)
    reading = Reading(Hit(passage, 1, 1.0, 0.5), (), (0.5,) * len(article.sentences))
    index = article.sentences.index(torn[0])
    ranked = [RankedSentence(reading, index + n, {}, 0.9 - n / 100) for n in range(len(torn))]
    quotes = select_quotes(ranked, AnswerSettings())
    assert [quote.start for quote in quotes] == [torn[0].start, torn[change].start]
