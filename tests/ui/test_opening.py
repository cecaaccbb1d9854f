"""The page before the first question: questions worth asking, the archive at a glance, and the head of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rag.core.reports import ArticleSummary
from rag.core.schema import Scope
from rag.said.results import MostNamed, Named
from rag_ui.archive.archive import Archive
from rag_ui.archive.masthead import Masthead, span
from rag_ui.chat.conversation import Turn
from rag_ui.language.strings import ENGLISH
from rag_ui.views.opening import OFFERED, Opening, chosen
from tests.fake_library import FakeLibrary, make_article
from tests.ui.answers import Markup

TODAY = date(2026, 6, 10)


def library_of(*dates: str | None, offered: Sequence[str] = ()) -> FakeLibrary:
    articles = [
        make_article(f"Text {n}.", f"Log {n}", published=day, source=f"Paper {n % 2}") for n, day in enumerate(dates)
    ]
    return FakeLibrary(articles, {}, offered=tuple(offered))


def glance_of(library: FakeLibrary) -> str:
    archive = Archive(library, ENGLISH)
    contents = archive.read(library.status().state)
    return Opening(library, archive, ENGLISH).glance(contents, library.status().articles, TODAY)


def test_the_questions_that_name_someone_come_first_and_at_most_four() -> None:
    questions = ("How many men are close?", "Who left?", "Who won in Bamako?", "How many came to Paris in May 2015?")
    assert chosen((*questions, "Who stayed?"))[:2] == ("How many came to Paris in May 2015?", "Who won in Bamako?")
    assert len(chosen((*questions, "Who stayed?"))) == OFFERED
    assert chosen(()) == ()


def test_the_glance_tells_articles_dates_sources_and_the_newest_first() -> None:
    markup = Markup(
        glance_of(library_of("2024-01-02", "2024-03-04", "2024-03-05", None, "2023-12", "2024-02", "2024-02"))
    )
    assert "7 articles · December 2023 – March 2024" in markup.text
    assert "Most in February 2024: 2 articles" in markup.text
    shown = [markup.text.index(f"Log {n}") for n in (2, 1, 5, 6, 0)]
    assert shown == sorted(shown)
    assert "Log 3" not in markup.text and "5 March 2024" in markup.text
    assert "Paper 0 4" in markup.text and "Paper 1 3" in markup.text
    assert markup.tags.count("i") == 4, "a bar for each month, the empty ones included"


def test_a_long_span_is_by_year_and_one_month_is_no_chart() -> None:
    assert "Most in 1990" in Markup(glance_of(library_of("1990-01", "1990-02", "2024-03"))).text
    assert "Most" not in glance_of(library_of("2024-03-01", "2024-03-02")).replace(ENGLISH.words.opening.sources, "")
    undated = Markup(glance_of(library_of(None))).text
    assert "1 article" in undated and "–" not in undated


def test_hostile_titles_and_sources_stay_text() -> None:
    hostile = "<script>${x}</script>"
    library = FakeLibrary([make_article("Text.", hostile, source=hostile)], {})
    markup = Markup(glance_of(library))
    assert "script" not in markup.tags and markup.text.count(hostile) == 3
    named = MostNamed(people=(Named(name=f'"{hostile}"', articles=1, question=f'"{hostile}"?'),))
    opening, contents = Opening(library, Archive(library, ENGLISH), ENGLISH), Archive(library, ENGLISH).read("")
    markup = Markup(opening.glance(contents, 1, TODAY, named))
    assert "script" not in markup.tags and markup.text.count(hostile) == 4


def test_people_and_places_come_last_and_ask_about_them() -> None:
    library = FakeLibrary([make_article("Ada Quill and Ben Ford saw Ada Quill.", "Log")], {})
    *_, (_, glance, _) = Opening(library, Archive(library, ENGLISH), ENGLISH).show(None)
    shown = glance["value"]
    assert 'data-question="What did Ada Quill say?"' in shown and "Ben Ford" in shown
    assert ENGLISH.words.opening.people in shown and ENGLISH.words.opening.places not in shown


def test_the_head_has_name_articles_and_dates_and_the_rest_behind_a_click() -> None:
    library = library_of("2024-01-02", "2024-03-04")
    archive = Archive(library, ENGLISH)
    masthead, status = Masthead(archive, ENGLISH), library.status()
    assert "2024" not in masthead.render(status), "the dates of a large archive are not waited for"
    archive.read(status.state)
    shown, behind = masthead.render(status).split("<details")
    assert "2 articles" in shown and "January 2024 – March 2024" in shown and "passages" not in shown
    assert all(line in Markup(f"<details{behind}").text for line in ENGLISH.behind(status))


def test_the_contents_are_read_once_per_generation(tmp_path: Path) -> None:
    class Counting(FakeLibrary):
        reads = 0

        def articles(self) -> list[ArticleSummary]:
            self.reads += 1
            return super().articles()

    library = Counting([make_article("Text.", "Log")], {}, held_by=tmp_path / "hold")
    archive = Archive(library, ENGLISH)
    for state in ("one", "one", "two"):
        assert span(archive.read(state)) == "April 2025"
    assert library.reads == 2
    assert archive.known("one") is None


def test_the_questions_come_after_the_archive_and_an_empty_archive_says_how_to_fill_it() -> None:
    library = library_of("2024-01-02", offered=("Who won in Bamako?",))
    first, last, _ = (
        update[0].get("value") for update in Opening(library, Archive(library, ENGLISH), ENGLISH).show(None)
    )
    assert ENGLISH.words.looking_for_examples in first
    assert "Who won in Bamako?" in last and ENGLISH.words.examples[0] in last
    empty = FakeLibrary([], {})
    opening = Opening(empty, Archive(empty, ENGLISH), ENGLISH)
    (shown,) = opening.show(None)
    assert "rag update" in shown[0]["value"] and shown[1]["value"] == ""
    assert ENGLISH.words.examples[1] in opening.questions(("Who won in Bamako?", "Who won in Lima?"))


def test_the_questions_follow_the_scope_until_something_is_asked() -> None:
    library, scope = library_of("2024-01-02", offered=("Who won in Bamako?",)), Scope(since="2024")
    opening = Opening(library, Archive(library, ENGLISH), ENGLISH)
    first, last = (update["value"] for update in opening.narrow((), scope))
    assert ENGLISH.words.looking_for_examples in first and "Who won in Bamako?" in last
    (known,) = opening.narrow((), scope)
    assert known["value"] == last
    (skipped,) = opening.narrow((Turn("Who won?"),), scope)
    assert "value" not in skipped
