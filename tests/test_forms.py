"""Through the library: several questions, small talk, lists and comparisons get the form that they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.schema import Answer, render_text
from rag.library import Library
from tests.libraries import write

MILL = """Guild keeps the mill

3 May 2024

The guild of millers opened its new mill on Friday. Tora Vik leads the guild. The mill cost 3 million crowns.
"""
PIER = """---
source: Harbour Gazette
---

Pier opens

By Ada Voss

4 May 2024, Hull

The new pier opened on Saturday. The pier cost 9 million crowns. Nine boats sailed. Jon Berg built the pier.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("forms")
    write(folder / "news" / "mill.txt", MILL)
    write(folder / "news" / "pier.md", PIER)
    with Library.open(folder / "index", create=True) as library:
        library.update(folder / "news")
        yield library


def test_each_of_several_questions_is_answered(library: Library) -> None:
    answer = library.answer("Who leads the guild of millers, and how many boats sailed?")
    assert answer.form == "several"
    assert [part.question for part in answer.parts] == ["Who leads the guild of millers?", "How many boats sailed?"]
    assert [part.short_answer for part in answer.parts] == ["Tora Vik", "Nine"]
    shown = [citation for part in answer.parts for citation in part.citations]
    assert list(answer.citations) == shown
    assert len({citation.number for citation in shown}) == len(shown)
    assert answer.confidence == min(part.confidence for part in answer.parts)
    library.verify(answer)
    for part in answer.parts:
        assert part.question in str(answer) and part.question in answer._repr_html_()


def test_a_later_question_is_completed_from_the_one_before(library: Library) -> None:
    answer = library.answer("Who built the new pier? What did it cost?")
    assert "pier" in (answer.parts[1].standalone_question or "")
    assert "9 million" in answer.parts[1].text


def test_a_question_that_is_not_answered_leaves_the_others(library: Library) -> None:
    answer = library.answer("How many boats sailed? Who was the king of Norway in 1905?")
    assert [part.status for part in answer.parts] == ["answered", "no_answer"]
    assert answer.answered
    numbers = [c.number for part in answer.parts for c in (*part.citations, *part.near_misses)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert library.questions_instead(answer) == ()


def test_a_follow_up_of_several_questions_takes_up_the_last(library: Library) -> None:
    first = library.answer("How many boats sailed, and who built the new pier?")
    answer = library.answer("And what did it cost?", history=[first])
    assert "9 million" in answer.text, answer.standalone_question


def test_parts_are_checked_and_survive_json(library: Library) -> None:
    answer = library.answer("Who leads the guild of millers? How many boats sailed?")
    again = Answer.model_validate_json(answer.model_dump_json())
    assert again.model_dump_json() == answer.model_dump_json()
    forged = answer.parts[0].citations[0].model_copy(update={"quote": "Nobody leads it."})
    part = answer.parts[0].model_copy(update={"citations": (forged,)})
    with pytest.raises(Exception, match="not at characters"):
        library.verify(answer.model_copy(update={"parts": (part,)}))


@pytest.mark.parametrize("text", ["Hello!", "hi there", "Thanks a lot", "What can you do?", "Good morning", "help"])
def test_small_talk_gets_a_line_of_help_and_no_quote(library: Library, text: str) -> None:
    answer = library.answer(text)
    assert (answer.form, answer.reason, answer.citations, answer.near_misses) == ("small_talk", "small_talk", (), ())
    assert "don't say" not in str(answer)
    assert library.questions_instead(answer) == ()


@pytest.mark.parametrize("text", ["Hello Kitty pier", "Who is helping the guild?", "What is this mill?"])
def test_a_question_that_starts_like_small_talk_is_none(library: Library, text: str) -> None:
    assert library.answer(text).form != "small_talk"


def test_a_comparison_quotes_both_sides(library: Library) -> None:
    answer = library.answer("Which cost more, the mill or the pier?")
    assert answer.form == "compare"
    shown = " ".join(citation.quote for citation in answer.citations or answer.near_misses)
    assert "3 million" in shown and "9 million" in shown


def test_a_question_about_an_article_is_answered_from_its_fields(library: Library) -> None:
    wrote = library.answer("Who wrote the article about the new pier?")
    assert (wrote.form, wrote.short_answer, wrote.citations[0].quote) == ("article", "Ada Voss", "By Ada Voss")
    dated = library.answer("When was the article called “Pier opens” published?")
    assert (dated.short_answer, dated.citations[0].published) == ("4 May 2024", "2024-05-04")
    library.verify(wrote)


def test_this_article_is_the_one_that_was_quoted_last(library: Library) -> None:
    first = library.answer("How many boats sailed?")
    assert library.answer("Who wrote this article?", history=[first]).short_answer == "Ada Voss"


def test_whose_photographs_an_article_has_is_answered_with_the_lines_that_say_so(tmp_path: Path) -> None:
    text = (
        "Storm at Osk\n\nPhoto: Mara Lind/The Gazette\n\nA storm tore down the crane of Osk on Friday.\n\n"
        "The crane was built in 1950. Jan Vos/Reuters\n\nNobody was hurt."
    )
    (tmp_path / "storm.txt").write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "storm.txt")
        answer = library.answer("Whose photographs are in the article about the storm?")
        none = library.answer("Whose photographs are in the article about the harbour?")
    quotes = [citation.quote for citation in answer.citations]
    assert quotes == ["Photo: Mara Lind/The Gazette", "The crane was built in 1950. Jan Vos/Reuters"]
    assert (none.reason, none.citations) == ("not_said", ())


def test_an_article_without_the_field_says_so(library: Library) -> None:
    answer = library.answer("Who wrote the article about the mill of the guild?")
    assert (answer.reason, answer.citations) == ("not_said", ())
    assert [miss.title for miss in answer.near_misses] == ["Guild keeps the mill"]


def test_a_field_that_the_text_does_not_state_is_shown_beside_its_first_sentence(library: Library) -> None:
    answer = library.answer("Which newspaper published the article about the pier?")
    citation = answer.citations[0]
    assert (citation.source, citation.short) == ("Harbour Gazette", None)
    assert citation.quote.startswith("The new pier opened")
    assert [(one.field, one.value, one.article_id) for one in answer.stated] == [
        ("source", "Harbour Gazette", citation.article_id)
    ]
    assert "Source: Harbour Gazette [1]" in render_text(answer)


@pytest.mark.parametrize(
    ("question", "field", "value"),
    [
        ("Who's the author of the piece on the old lighthouse?", "byline", "Tora Vik"),
        ("When was the article about the old lighthouse published?", "published", "2021-05-06"),
        ("In which section did the story about the old lighthouse appear?", "section", "Coast"),
    ],
)
def test_front_matter_alone_tells_who_when_and_where(tmp_path: Path, question: str, field: str, value: str) -> None:
    front = "---\ntitle: Lighthouse goes dark\nauthor: Tora Vik\ndate: 2021-05-06\nsection: Coast\n---\n"
    text = "The old lighthouse of Osk went dark on Monday night. Nobody on the island had asked for that.\n"
    (tmp_path / "dark.md").write_text(front + text, encoding="utf-8")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "dark.md")
        first = library.answer("When did the old lighthouse of Osk go dark?")
        answers = [library.answer(question), library.answer("Who wrote it?", history=[first])]
    assert [(one.field, one.value) for one in answers[0].stated] == [(field, value)]
    assert [(one.field, one.value) for one in answers[1].stated] == [("byline", "Tora Vik")]


def test_where_no_article_is_about_the_topic_the_passages_are_asked(library: Library) -> None:
    answer = library.answer("Who wrote the article about volcanoes in Chile?")
    assert not answer.answered and answer.form == "article"
