"""Through the library: no answer that its article denies, true reasons for silence, speakers as the text has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.errors import QuestionError
from rag.library import Library
from tests.libraries import write

MILL = """Guild keeps the mill

3 May 2024

The guild of millers said on Friday that it would keep the old mill. "We stay," leader Tora Vik told reporters. Her \
predecessor, Finn Aune, left in 2019.

According to surveyor Per Moe, "the roof will fall within two winters". Treasurer Ida Lund denied that the guild had \
sold the mill. Early reports that 40 workers had been dismissed were false, the guild said.

"It stands," Vik said. "It will stand for years." Asked about a sale, Ida Lund laughed. "Never," she said.
"""
PIER = """Pier opens

4 May 2024

The new pier opened on Saturday. Nine boats sailed.
"""
TOWER = """Tower stands

6 May 2024

The tower at Hult was finished on Friday. Deputy Mayor Lars Moen cut a ribbon.

This article was amended on 9 May 2024 to correct the date on which the tower at Hult was finished.

An earlier version of this article misidentified the engineer who built the tower at Hult as Jon Bekk.

An earlier version of this article misstated the cost of the tower at Hult. It was 12 million crowns, not 14 million.
"""

TRIAL = """Lund before the court

8 May 2024

Roar Lund, who is charged with arson at the sawmill of Brekke, came before the court on Tuesday. If convicted, Roar \
Lund could be sentenced to twelve years in prison. Ostra Timber plans to buy the sawmill of Brekke.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("true")
    write(folder / "news" / "mill.txt", MILL)
    write(folder / "news" / "pier.md", f"---\nsource: Harbour Gazette\n---\n\n{PIER}")
    write(folder / "news" / "tower.txt", TOWER)
    with Library.open(folder / "index", create=True) as library:
        write(folder / "news" / "trial.txt", TRIAL)
        library.update(folder / "news")
        yield library


@pytest.mark.parametrize("question", ["What sentence did Roar Lund get?", "Who bought the sawmill of Brekke?"])
def test_what_is_possible_or_planned_is_no_short_answer(library: Library, question: str) -> None:
    answer = library.answer(question)
    assert answer.short_answer is None, str(answer)


def test_what_is_planned_is_told_as_such(library: Library) -> None:
    answer = library.answer("Who plans to buy the sawmill of Brekke?")
    assert answer.short_answer == "Ostra Timber"


@pytest.mark.parametrize("question", ["Who sold the mill?", "How many workers were dismissed?"])
def test_what_an_article_denies_is_no_answer(library: Library, question: str) -> None:
    answer = library.answer(question)
    assert not answer.answered, str(answer)
    assert answer.reason in ("denied", "not_said")


def test_what_a_correction_quotes_as_wrong_is_no_answer(library: Library) -> None:
    assert library.answer("How much did the tower at Hult cost?").short_answer == "12 million crowns"
    assert library.answer("When was the tower at Hult finished?").short_answer == "Friday"
    assert not library.answer("Who built the tower at Hult?").answered


def test_a_deputy_is_no_mayor(library: Library) -> None:
    assert not library.answer("Who is the mayor of Hult?").short_answer


def test_the_same_thing_at_another_place_is_no_answer(tmp_path: Path) -> None:
    write(tmp_path / "barn.txt", "The barn at Mell burned on Saturday night.")
    write(tmp_path / "ferry.txt", "The ferry line to Osk will return on 9 May with two boats, the port says.")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path)
        assert not library.answer("When did the barn at Osk burn?").short_answer
        assert library.answer("When did the barn at Mell burn?").short_answer == "Saturday night"


def test_a_name_of_another_person_is_no_answer(library: Library) -> None:
    assert not library.answer("When did Tora Vik leave?").answered


def test_who_said_something_is_the_speaker_that_the_text_names(library: Library) -> None:
    answer = library.answer("Who said that the roof will fall within two winters?")
    assert answer.short_answer == "Per Moe"
    said = library.answer("What did Per Moe say?")
    assert said.citations[0].quote.startswith("According to surveyor Per Moe")
    for citation in library.answer("What did Ida Lund say?").citations:
        assert citation.said_by is not None
        assert (citation.said_by.name or "").endswith("Ida Lund")


def test_no_question_is_suggested_from_what_was_false(library: Library) -> None:
    for question in library.suggestions(8):
        assert "40" not in question
        assert "dismissed" not in question


def test_an_unknown_source_is_named_with_the_nearest_ones(library: Library) -> None:
    with pytest.raises(QuestionError, match=r"No article is from 'Harbor Gazete'.*'Harbour Gazette'"):
        library.answer("When did the pier open?", sources=["Harbor Gazete"])
    assert library.answer("When did the pier open?", sources=["harbour"]).answered


def test_a_scope_without_articles_is_the_reason(library: Library) -> None:
    answer = library.answer("When did the pier open?", since="2030")
    assert (answer.reason, answer.near_misses) == ("nothing_in_scope", ())
    assert library.questions_instead(answer) == ()


@pytest.mark.parametrize(
    "question", ["Когда открылся пирс?", "متى افتتح الرصيف؟", "码头什么时候开放？", "부두는 언제?"]
)
def test_a_question_in_another_script_is_told_that_it_is_made_for_english(library: Library, question: str) -> None:
    answer = library.answer(question)
    assert (answer.reason, answer.near_misses) == ("not_english", ())
    assert "made for English" in str(answer)


def test_a_name_in_another_script_is_no_question_in_it(library: Library) -> None:
    assert library.answer("When did the pier (пирс) open?").reason != "not_english"


def test_about_it_is_what_has_all_words_of_the_question(library: Library) -> None:
    assert library.answer("roof?").reason != "nothing_about_it"
    assert library.answer("Which winters?").reason != "nothing_about_it"


@pytest.mark.parametrize("question", ["When did the pier in Osk open?", "How many boats sailed in Brone?"])
def test_what_is_told_of_another_place_is_no_answer(library: Library, question: str) -> None:
    answer = library.answer(question)
    assert not answer.answered, str(answer)
    assert answer.near_misses


def test_a_name_that_one_article_has_does_not_forbid_an_answer(library: Library) -> None:
    assert library.answer("What did Tora Vik of Brone say?").answered
