"""Who holds an office, and who holds another one or held it before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library import Library
from rag.question.offices import asks_who_took_over, holds_another_office, is_called_former, is_taken_over, takes_over
from tests.any_text import any_text
from tests.libraries import write


@pytest.mark.parametrize(
    ("question", "sentence", "words", "another"),
    [
        (
            "Who is the foreign minister?",
            "Former prime minister Tora Vik, the foreign minister, spoke.",
            "Tora Vik",
            False,
        ),
        ("Who is the foreign minister?", "Former foreign minister Tora Vik spoke.", "Tora Vik", True),
        (
            "Who is the foreign minister?",
            "Former prime minister Tora Vik, now foreign minister, spoke.",
            "Tora Vik",
            False,
        ),
        ("Who is the mayor?", "Former deputy mayor Tora Vik, now mayor of Osk, spoke.", "Tora Vik", False),
        ("Who is the PM?", "Deputy prime minister Tora Vik spoke.", "Tora Vik", True),
        ("Who is the prime minister?", "Former prime minister Tora Vik spoke.", "Tora Vik", True),
        ("Who is Mell's prime minister?", "Prime minister Tora Vik spoke.", "Tora Vik", False),
        ("Who is the chief judge?", "Former chief judge Tora Vik spoke.", "Tora Vik", True),
        ("Who is the chief minister of Mell?", "Deputy Chief Minister Tora Vik spoke.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Mayor-elect Tora Vik met the press.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Tora Vik, the mayor-elect, met the press.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Mayor-elect Tora Vik met Mayor Finn Aune.", "Finn Aune", False),
        ("Who is the mayor-elect of Osk?", "Mayor-elect Tora Vik met Mayor Finn Aune.", "Tora Vik", False),
        ("Who is the mayor-elect of Osk?", "Mayor-elect Tora Vik met Mayor Finn Aune.", "Finn Aune", True),
        ("Who is the president-elect?", "Tora Vik was elected president on Sunday.", "Tora Vik", False),
        ("Who is the president-elect?", "Tora Vik, who won the race for president, spoke.", "Tora Vik", False),
        ("Who was elected mayor?", "Mayor-elect Tora Vik met the press.", "Tora Vik", False),
        ("Who will be the mayor?", "Mayor-elect Tora Vik met the press.", "Tora Vik", False),
        ("Who is the mayor?", "Mayor-elect Tora Vik was sworn in as mayor on Monday.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Sub-mayor Tora Vik opened the hall.", "Tora Vik", True),
        ("Who is the sub-mayor of Osk?", "Sub-mayor Tora Vik opened the hall.", "Tora Vik", False),
        ("Who is the sub-mayor of Osk?", "Mayor Tora Vik opened the hall.", "Tora Vik", True),
        ("Who is the mayor?", "Vice mayor Tora Vik spoke.", "Tora Vik", True),
        ("Who is the editor?", "Sub-editor Tora Vik spoke.", "Tora Vik", True),
        ("Who is the governor?", "Lieutenant Governor Tora Vik spoke.", "Tora Vik", True),
        ("Who is the lieutenant governor?", "Lieutenant Governor Tora Vik spoke.", "Tora Vik", False),
        ("Who is the president of Mell?", "VP Tora Vik spoke.", "Tora Vik", True),
        ("Who is the president of Mell?", "VP Tora Vik met President Finn Aune.", "Finn Aune", False),
        ("Who is the vice president of Mell?", "VP Tora Vik spoke.", "Tora Vik", False),
        ("Who is the VP of Mell?", "Vice President Tora Vik spoke.", "Tora Vik", False),
        ("Who is the VP of Mell?", "President Tora Vik spoke.", "Tora Vik", True),
        ("Who is the VP?", "VP Tora Vik spoke.", "Tora Vik", False),
        ("Who is the CEO of Mell?", "Former CEO Tora Vik spoke.", "Tora Vik", True),
        ("Who is the CEO of Mell?", "CEO Tora Vik spoke.", "Tora Vik", False),
        ("Who is the CEO of Mell?", "Tora Vik, chief executive of Mell, spoke.", "Tora Vik", False),
        ("Who is the PM?", "Deputy PM Tora Vik spoke.", "Tora Vik", True),
        ("Who is the PM?", "Prime minister Tora Vik spoke.", "Tora Vik", False),
        ("Who is the mayor?", "The late mayor Tora Vik built it.", "Tora Vik", True),
        ("Who is the mayor?", "Osk's late mayor, Tora Vik, built it.", "Tora Vik", True),
        ("Who is the mayor?", "Late on Monday Mayor Tora Vik spoke.", "Tora Vik", False),
        ("Who is the mayor?", "In the late afternoon Mayor Tora Vik spoke.", "Tora Vik", False),
        ("Who is the mayor?", "The late mayor Finn Aune was followed by Mayor Tora Vik.", "Tora Vik", False),
        ("Who was the mayor?", "The late mayor Tora Vik built it.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Tora Vik was mayor of Osk until 2019.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Tora Vik, who was mayor until 2019, spoke.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Tora Vik was mayor of Osk until then.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Tora Vik led Osk until 2019.", "Tora Vik", True),
        ("Who is Osk's trainer?", "The mayor met Tora Vik, who trained Osk until 2019.", "Tora Vik", True),
        ("Who is Osk's trainer?", "The trainer, Tora Vik, trained Osk until noon.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Tora Vik served as the mayor of Osk from 2011 to 2019.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Tora Vik, mayor of Osk from 2011 to 2019, spoke.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "The mayor until 2019 was Tora Vik.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Tora Vik, 54, was mayor until last May.", "Tora Vik", True),
        ("Who was the mayor of Osk?", "Tora Vik was mayor of Osk until 2019.", "Tora Vik", False),
        ("Who was the mayor of Osk until 2019?", "Tora Vik was mayor of Osk until 2019.", "Tora Vik", False),
        (
            "Who is the mayor of Osk?",
            "Tora Vik was mayor until 2010 and has been mayor again since 2019.",
            "Tora Vik",
            False,
        ),
        ("Who is the mayor of Osk?", "Finn Aune was mayor until 2019, when Tora Vik succeeded him.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Tora Vik, mayor since 2019, spoke.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Tora Vik has been mayor since 2019.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Tora Vik, who was a teacher until 2019, is mayor.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Tora Vik will be mayor until 2030.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Tora Vik, mayor of Osk, waited until 2019.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Tora Vik, the mayor of Osk, stayed until Monday.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "The candidate for mayor, Tora Vik, spoke.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Tora Vik ran for mayor and won.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Tora Vik, who ran for mayor in 2018, is the mayor of Osk.", "Tora Vik", False),
        ("Who is the candidate for mayor?", "The candidate for mayor, Tora Vik, spoke.", "Tora Vik", False),
        ("Who is the chief executive?", "The chief executive until March, Tora Vik, spoke.", "Tora Vik", False),
        ("Who is the chair?", "Tora Vik has resigned as chair of the choir.", "Tora Vik", True),
        ("Who is the chair?", "Tora Vik, 54, stepped down as chair.", "Tora Vik", True),
        ("Who is the chair?", "Tora Vik resigned as teacher and is chair now.", "Tora Vik", False),
        ("Who was the chair?", "Tora Vik has resigned as chair of the choir.", "Tora Vik", False),
        ("Who is the police chief?", "The late police chief, Finn Aune, called for it.", "Finn Aune", True),
        ("Who is the energy minister?", "Tora Vik, 44, was energy minister until now.", "Tora Vik", True),
        ("Who is the energy minister?", "The premier named Tora Vik as finance minister.", "Tora Vik", True),
        ("Who is the energy minister?", "Energy Minister Tora Vik met the finance minister.", "Tora Vik", False),
        ("Who is the finance minister?", "Energy minister Tora Vik is now finance minister.", "Tora Vik", False),
        ("Who is the minister?", "Energy Minister Tora Vik spoke.", "Tora Vik", False),
        ("Who is the former mayor of Osk?", "Tora Vik was sworn in as mayor of Osk.", "Tora Vik", True),
        ("Who is the former mayor of Osk?", "Tora Vik was mayor of Osk.", "Tora Vik", False),
        ("Who is the captain?", "Tora Vik, captain of the side in Osk from Mell, spoke.", "Tora Vik", False),
        ("Who is the mayor of Osk?", "Mayor Tora Vik was a nurse until 2019.", "Tora Vik", False),
    ],
)
def test_the_words_beside_an_office_tell_who_holds_it(question: str, sentence: str, words: str, another: bool) -> None:
    start = sentence.index(words)
    assert holds_another_office(question, sentence, start, start + len(words)) is another


@pytest.mark.parametrize(
    ("question", "answer", "sentence", "article", "former"),
    [
        (
            "Who is the president?",
            "Tora Vik",
            "President Tora Vik signed it.",
            "Former president Tora Vik spoke. President Tora Vik signed it.",
            True,
        ),
        (
            "Who is the president?",
            "President Vik",
            "President Vik signed it.",
            "Tora Vik, the former president, spoke. President Vik signed it.",
            True,
        ),
        (
            "Who is the president?",
            "Vik",
            "President Vik signed it.",
            "Ex-President Tora Vik spoke. President Vik signed it.",
            True,
        ),
        (
            "Who is the president?",
            "Finn Aune",
            "President Finn Aune signed it.",
            "Former president Tora Vik spoke. President Finn Aune signed it.",
            False,
        ),
        (
            "Who is the president?",
            "Ida Vik",
            "President Ida Vik signed it.",
            "Former president Tora Vik spoke. President Ida Vik signed it.",
            False,
        ),
        (
            "Who is the president?",
            "Tora Vik",
            "Tora Vik was sworn in as president.",
            "Former president Tora Vik was sworn in as president.",
            False,
        ),
        (
            "Who was the president?",
            "Tora Vik",
            "President Tora Vik signed it.",
            "Former president Tora Vik spoke.",
            False,
        ),
        (
            "Who is the former president?",
            "Tora Vik",
            "President Tora Vik signed it.",
            "Former president Tora Vik spoke.",
            False,
        ),
        ("Who is the mayor?", "Tora Vik", "Mayor Tora Vik spoke.", "Former minister Tora Vik is mayor.", False),
        ("Who is the mayor?", "Tora Vik", "Mayor Tora Vik spoke.", "The former mayor of Osk met Tora Vik.", False),
        ("Who is the mayor?", "Tora Vik", "Mayor Tora Vik spoke.", "Former mayor Vik Aune met Tora Vik.", False),
        ("Who is the mayor?", "Tora Vik", "Mayor Tora Vik spoke.", "Tora Vik, a former deputy mayor, spoke.", False),
        ("Who is the mayor?", "Tora Vik", "Mayor Tora Vik spoke.", "Former deputy mayor Tora Vik.", False),
        ("Who is the mayor?", "Tora Vik", "Mayor Tora Vik spoke.", "The late mayor Tora Vik.", True),
        (
            "Who is the head of the navy?",
            "Tora Vik",
            "Tora Vik followed the head, Finn Aune.",
            "Ms Vik was head of the navy until then.",
            True,
        ),
        (
            "Who is the head of the army?",
            "Tora Vik",
            "Tora Vik followed the head, Finn Aune.",
            "Ms Vik was head of the navy until then.",
            False,
        ),
    ],
)
def test_whom_the_article_calls_former_does_not_hold_the_office(
    question: str, answer: str, sentence: str, article: str, former: bool
) -> None:
    assert is_called_former(question, answer, sentence, article) is former


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Mayor-elect Tora Vik of Osk met the harbour board on Friday. The board liked her plan.", None),
        ("The late mayor of Osk, Tora Vik, built the pier. The pier opened on Friday.", None),
        ("Mayor Tora Vik of Osk met the harbour board on Friday. The board liked her plan.", "Tora Vik"),
    ],
)
def test_a_library_answers_with_who_holds_the_office(tmp_path: Path, text: str, answer: str | None) -> None:
    library = Library.open(tmp_path / "index", create=True)
    write(tmp_path / "articles/osk.txt", text)
    library.update(tmp_path / "articles")
    short = library.answer("Who is the mayor of Osk?").short_answer
    assert (short or "").endswith(answer or "")
    assert (short is None) is (answer is None)


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_be_asked_for_an_office(question: str, sentence: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(sentence)), min(other, len(sentence))))
    for asked in (question, "Who is the mayor?"):
        assert holds_another_office(asked, sentence, start, end) in (True, False)
        assert is_called_former(asked, sentence[start:end], sentence, sentence) in (True, False)


@pytest.mark.parametrize(
    ("question", "sentence", "published", "taken"),
    [
        ("Who is the mayor of Osk?", "Tora Vik was elected mayor of Osk on Monday.", "2024-11-05", True),
        ("Who is the mayor of Osk?", "Tora Vik was sworn in as mayor.", "2025-01-02", True),
        ("Who is the mayor of Osk?", "Tora Vik was sworn in as mayor.", None, False),
        ("Who was the mayor of Osk?", "Tora Vik was elected mayor of Osk on Monday.", "2024-11-05", False),
        ("Who is the mayor of Osk?", "Tora Vik was elected mayor of Osk in 2016.", "2024-11-05", False),
        ("Who is the mayor of Osk?", "Tora Vik had been elected mayor of Osk.", "2024-11-05", False),
        ("Who is the mayor of Osk?", "Tora Vik, the mayor of Osk, spoke.", "2024-11-05", False),
        ("When did it open?", "Tora Vik was elected mayor of Osk.", "2024-11-05", False),
    ],
)
def test_news_tell_that_someone_takes_an_office_over(
    question: str, sentence: str, published: str | None, taken: bool
) -> None:
    assert is_taken_over(question, sentence, published) is taken


@pytest.mark.parametrize(
    ("question", "sentence", "asks", "tells"),
    [
        ("Who was elected mayor of Osk?", "Tora Vik was elected mayor of Osk in 2016.", True, True),
        ("Who was named as chief executive?", "Olav Rye has been appointed chief executive.", True, True),
        ("Who became mayor?", "Tora Vik, the mayor of Osk, spoke.", True, False),
        ("Who was elected mayor of Osk?", "Olav Rye resigned as mayor of Osk.", True, False),
        ("Who is the mayor of Osk?", "Tora Vik was elected mayor of Osk.", False, True),
        ("Who was elected?", "Tora Vik was elected mayor of Osk.", False, False),
    ],
)
def test_a_question_may_ask_who_came_into_an_office(question: str, sentence: str, asks: bool, tells: bool) -> None:
    assert asks_who_took_over(question) is asks
    assert takes_over(question, sentence) is tells


def test_who_was_elected_is_not_who_held_the_office_before(tmp_path: Path) -> None:
    before = "Tora Vik, the mayor of Holm, {} on Saturday."
    for number, deed in enumerate(("opened a bridge", "faced calls to step down", "spoke of the ferry")):
        write(tmp_path / f"articles/{number}.txt", f"Holm\n\n{number + 1} March 2024\n\n{before.format(deed)}")
    write(tmp_path / "articles/new.txt", "Election\n\n1 May 2024\n\nOlav Rye was elected mayor of Holm on Sunday.")
    library = Library.open(tmp_path / "index", create=True)
    library.update(tmp_path / "articles")
    answer = library.answer("Who was elected mayor of Holm?")
    assert answer.short_answer == "Olav Rye"
    assert not answer.other_answers


def test_who_took_the_office_over_last_is_named_first(tmp_path: Path) -> None:
    older = "Tora Vik, the mayor of Holm, faced calls to step down on Saturday."
    newer = "Olav Rye was elected mayor of Holm on Monday with 52 percent of the vote."
    write(tmp_path / "articles/a.txt", f"Holm mayor under fire\n3 March 2024\n\n{older}")
    write(tmp_path / "articles/b.txt", f"Rye wins in Holm\n5 November 2024\n\n{newer}")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "articles")
        found = library.answer("Who is the mayor of Holm?")
    assert found.short_answer == "Olav Rye"
    assert [other.short_answer for other in found.other_answers] == ["Tora Vik"]
