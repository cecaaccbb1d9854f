"""Quotes are checked against the articles: exact, moved, changed since, nearly, or absent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.errors import QuestionError
from rag.library import Library
from rag.verification.results import LONGEST_QUOTE, MOST_QUOTES, QuoteClaim, Verification
from tests.verification.archive import PIER, STORM, build, fuzzed, real_quotes

CLOSES = "The pier at Osk will close in May for 12 weeks, said harbour master Jo Berg."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with build(tmp_path_factory.mktemp("archive")) as library:
        yield library


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Library]:
    """A library that the test may change; its files lie in `tmp_path / "news"`."""
    with build(tmp_path) as library:
        yield library


def check(library: Library, quote: str | QuoteClaim) -> Verification:
    (result,) = library.verify_quotes([quote])
    for place in result.places:
        article = library.article(place.article_id, place.content_hash)
        assert article.text[place.start : place.end] == place.quote
    return result


def id_of(library: Library, name: str) -> str:
    return next(article.id for article in library.articles() if Path(article.path).stem == name)


def test_each_sentence_of_the_archive_is_exact(library: Library) -> None:
    quotes = real_quotes(library)
    assert len(quotes) >= 15
    for result in library.verify_quotes(quotes):
        assert (result.status, result.stands, result.similarity, result.differences) == ("exact", True, 1, ())
        assert all(place.quote == result.quote for place in result.places)


def test_what_the_library_answers_is_exact_also_over_several_sentences(library: Library) -> None:
    answer = library.answer("When will the pier at Osk close?")
    assert answer.citations
    assert {result.status for result in library.verify_quotes(answer.citations)} == {"exact"}
    assert check(library, PIER[PIER.index("The council voted") :].strip()).status == "exact"
    assert check(library, f"  {CLOSES}\n").quote == CLOSES


def test_a_quote_at_another_place_than_stated_is_moved(library: Library) -> None:
    pier, storm = id_of(library, "pier"), id_of(library, "storm")
    start = library.article(pier).text.index(CLOSES)
    claims = {
        "the stated place": (QuoteClaim(quote=CLOSES, article_id=pier, start=start), "exact"),
        "the stated article": (QuoteClaim(quote=CLOSES, article_id=pier), "exact"),
        "white space before it": (QuoteClaim(quote=f" {CLOSES}", article_id=pier, start=start - 1), "exact"),
        "another offset": (QuoteClaim(quote=CLOSES, article_id=pier, start=0), "moved"),
        "another article": (QuoteClaim(quote=CLOSES, article_id=storm), "moved"),
        "no article": (QuoteClaim(quote=CLOSES, article_id="0" * 12), "moved"),
    }
    for where, (claim, status) in claims.items():
        result = check(library, claim)
        assert (result.status, result.stands) == (status, True), where
        assert [(place.article_id, place.start) for place in result.places] == [(pier, start)], where


def test_what_an_article_said_before_it_was_changed_is_changed(own: Library, tmp_path: Path) -> None:
    (tmp_path / "news" / "pier.txt").write_text(PIER.replace("12 weeks", "14 weeks"), encoding="utf-8")
    own.update()
    result = check(own, CLOSES)
    assert (result.status, result.stands) == ("changed", False)
    assert [(place.quote, place.state) for place in result.places] == [(CLOSES, "replaced")]
    assert result.places[0].until is not None and result.now is not None
    assert result.now.quote == CLOSES.replace("12", "14")
    assert [(each.given, each.stated) for each in result.differences] == [("12", "14")]
    assert check(own, CLOSES.replace("12", "14")).status == "exact"
    assert "14 weeks" in result.told


def test_what_a_removed_article_said_is_changed(own: Library, tmp_path: Path) -> None:
    quote = "The fire brigade counted 31 fallen"
    assert check(own, quote).status == "exact"
    own.withdraw(id_of(own, "storm"))
    result = check(own, quote)
    assert (result.status, result.now) == ("changed", None)
    assert [place.state for place in result.places] == ["removed"]
    own.take_back("storm.txt")
    assert check(own, quote).status == "exact"


def test_later_removals_are_found_too(own: Library, tmp_path: Path) -> None:
    for name, quote in (("storm", "Schools stay closed on Monday."), ("mill", "The last mill of the valley was sold")):
        assert check(own, quote).status == "exact"
        own.withdraw(id_of(own, name))
        assert check(own, quote).status == "changed"


def test_a_quote_that_is_nearly_right_comes_with_the_difference(library: Library) -> None:
    result = check(library, CLOSES.replace("May", "June"))
    assert (result.status, result.stands) == ("nearly", False)
    (place,), (difference,) = result.places, result.differences
    assert place.quote == CLOSES
    assert (difference.given, difference.stated) == ("June", "May")
    assert result.quote[difference.given_start :].startswith("June")
    assert library.article(place.article_id).text[difference.start : difference.end] == "May"
    assert 0.9 < result.similarity < 1
    assert CLOSES in result.told and result.note == result.told
    assert "has this with one word changed: “May” for “June”." in result.note


@pytest.mark.parametrize(
    "quote", ["It cost $5", "and can", "counted 31 fallen trees in the well", "We have waited too long,” Berg told"]
)
def test_a_quote_that_cuts_a_word_or_number_does_not_stand(library: Library, quote: str) -> None:
    result = check(library, quote.replace("fallen trees", "fallen\ntrees"))
    assert (result.status, result.differences) == ("nearly", ())
    assert "in two there" in result.told


def test_other_white_space_is_told(library: Library) -> None:
    result = check(library, CLOSES.replace("in May", "in  May"))
    assert (result.status, result.differences) == ("nearly", ())
    assert "only with other white space" in result.told


@pytest.mark.parametrize(
    "quote",
    [
        "The king ate a whole turnip in the garden of the queen.",
        "The pier is made of cheese and belongs to a famous singer.",
        "…",
        "\ud800",
        "x" * LONGEST_QUOTE,
    ],
)
def test_what_no_article_says_is_absent(library: Library, quote: str) -> None:
    result = check(library, quote)
    assert (result.status, result.places, result.stands) == ("absent", (), False)
    assert result.similarity < 0.7


@pytest.mark.slow
def test_five_hundred_small_changes_of_real_quotes_are_all_refused(library: Library) -> None:
    changed = list(fuzzed(real_quotes(library), 600))
    assert len(changed) > 500
    results: list[Verification] = []
    for first in range(0, len(changed), MOST_QUOTES):
        results += library.verify_quotes(quote for _, quote in changed[first : first + MOST_QUOTES])
    missed = [(way, quote) for (way, quote), result in zip(changed, results, strict=True) if result.stands]
    assert missed == []
    assert sum(result.status == "nearly" for result in results) > 0.95 * len(results)


def test_copies_are_all_named(own: Library, tmp_path: Path) -> None:
    (tmp_path / "news" / "copy.txt").write_text(STORM + "\nA correction follows.\n", encoding="utf-8")
    own.update()
    result = check(own, "Schools stay closed on Monday.")
    assert {Path(place.path).stem for place in result.places} == {"storm", "copy"}


@pytest.mark.parametrize(
    ("quotes", "said"),
    [
        ([""], "Quote 1 is empty"),
        (["right words", "  \n"], "Quote 2 is empty"),
        (["x" * (LONGEST_QUOTE + 1)], "more than 5,000 characters"),
        (["x"] * (MOST_QUOTES + 1), "more than 200 quotes"),
    ],
)
def test_what_is_no_quote_is_refused_with_its_number(library: Library, quotes: list[str], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        library.verify_quotes(quotes)


def test_no_quotes_have_no_results(library: Library) -> None:
    assert library.verify_quotes([]) == ()
