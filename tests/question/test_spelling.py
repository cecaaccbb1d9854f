"""Words that no article has in this spelling are read in the articles' spelling; everything else stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given

from rag.core.schema import Correction
from rag.library import Library
from rag.question.spelling import correct
from tests.any_text import any_text
from tests.libraries import write

ARTICLE = (
    "Iran's Qassem Soleimani was killed. Hezbollah, Türkiye and Bashar al-Assad watched the choke point. "
    "Foreign Minister Badr bin Hamad al-Busaidi passed on Tehran's strategy, and Araghchi, slimming, listened in Oman."
)


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("Who pased on the message?", "Who passed on the message?"),
        ("Who is the foregin minister?", "Who is the Foreign minister?"),
        ("What is Tehran's stratgey?", "What is Tehran's strategy?"),
        ("Who watched the chokepoint?", "Who watched the choke point?"),
        ("What did albusaidi do?", "What did al-Busaidi do?"),
        ("Who killed Ghassem Soleymani?", "Who killed Qassem Soleimani?"),
        ("Where is Basher Assad?", "Where is Bashar Assad?"),
        ("What of Hizbollah?", "What of Hezbollah?"),
        ("WHAT DID ARAQCHI HEAR?", "WHAT DID Araghchi HEAR?"),
    ],
)
def test_a_word_that_no_passage_has_is_read_as_the_nearest_one_there(question: str, read_as: str) -> None:
    assert correct(question, [ARTICLE])[0] == read_as


@pytest.mark.parametrize(
    "question",
    [
        "What did Iraq do?",  # a common word, one letter from Iran
        "Who listened to Turkiye?",  # found without its accent
        "What are Iran’s strategies?",  # another inflection
        "Which sales are slumping?",  # common in another inflection, near "slimming"
        "Who is Zelenskyy?",  # nothing here is near
        "What did Omar say?",  # common, near Oman
        "Was it Rxm?",  # too short to tell
        "",
    ],
)
def test_a_word_that_is_known_or_near_nothing_stays(question: str) -> None:
    assert correct(question, [ARTICLE]) == (question, ())


NURSES = "The ferry hurt nobody and hurt no ship. Hurt guests were nursed by Petra Lindqvist and hosts. They tolled."


@pytest.mark.parametrize(
    "question",
    [
        "What did Hult say?",  # "hurt" is no name
        "Where does Anna Hoste live?",
        "Did the mayor meet Toller in town?",
        "Hult Vik did what?",  # the first word, but a name follows
        "Hult?",
    ],
)
def test_a_name_is_not_read_as_another_word(question: str) -> None:
    assert correct(question, [NURSES]) == (question, ())


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("Who met Petra Lindkvist?", "Who met Petra Lindqvist?"),
        ("Hurrt how many?", "hurt how many?"),
        ("Who Was Hurrt There?", "Who Was hurt There?"),
        ("WHO WAS HURRT?", "WHO WAS hurt?"),
        ("who was hurrt?", "who was hurt?"),
    ],
)
def test_a_name_is_read_as_a_name_and_other_words_as_any(question: str, read_as: str) -> None:
    assert correct(question, [NURSES])[0] == read_as


def test_a_word_that_another_article_has_stays(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "The ferry hurt nobody in Bergen, said the ferry's owner.")
    write(tmp_path / "b.txt", "The hurrt is a fish.")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path)
        assert library.answer("Whom has the hurrt hurt?").corrections == ()
        assert library.answer("Whom has the ferrry hurt?").corrections != ()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["rial's", "rial’s", "rials'", "RIAL'S", "Rial’s"])
def test_a_possessive_of_a_word_that_another_article_has_stays(tmp_path: Path, form: str) -> None:
    write(tmp_path / "a.txt", "A rial is a coin, the weaver wrote.")
    write(tmp_path / "b.md", "---\nsource: Gazette\n---\n\nThe rivals at the bank met on Monday. The rivals fell out.")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path)
        answer = library.answer(f"When did the {form} friends at the bank meet?", sources=["Gazette"])
        assert answer.corrections == ()


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("What of the rial's low?", "What of the rial's low?"),
        ("What of a rial-based bond?", "What of a rial-based bond?"),
        ("What of the co-rivals’ low?", "What of the co-rivals’ low?"),
        ("What of Lindquist's bond?", "What of Lindqvist's bond?"),
        ("What of Lindquist’s bond?", "What of Lindqvist’s bond?"),
        ("What of the Nord-Orme's low?", "What of the Nord-Orne's low?"),
        ("What of the choke-points?", "What of the chokepoints?"),
    ],
)
def test_an_ending_and_a_hyphen_make_no_other_word(question: str, read_as: str) -> None:
    text = "The rivals sold rial-backed bonds. Petra Lindqvist's corrivals left Nord-Orne, one of the chokepoints."
    assert correct(question, [text])[0] == read_as


def test_words_that_are_known_to_be_right_stay() -> None:
    assert correct("who was hurrt?", [NURSES], {"hurrt"}) == ("who was hurrt?", ())


def test_what_was_changed_is_told() -> None:
    _, corrections = correct("Did albusaidi meet Araqchi?", [ARTICLE])
    assert corrections == (
        Correction(word="albusaidi", read_as="al-Busaidi"),
        Correction(word="Araqchi", read_as="Araghchi"),
    )


def test_of_two_words_equally_near_the_commoner_one_is_meant() -> None:
    assert correct("What of Zavrov?", ["Lavrov. Zavrok and Zavros. Zavros again."])[0] == "What of Zavros?"
    assert correct("What of Zavrovsk?", ["Zavr ovsk, Zav rovsk, then Zav rovsk."])[0] == "What of Zav rovsk?"
    assert correct("What of Zavrovsk?", ["Zav rovsk, then Za vrovsk."])[0] == "What of Za vrovsk?"


@example("0ßThe ", "ﬆThe ")
@given(any_text(12), any_text())
def test_corrections_are_words_of_the_texts_and_nothing_else_changes(question: str, text: str) -> None:
    read, corrections = correct(question, [text])
    assert all(correction.word in question for correction in corrections)
    assert (read == question) == all(correction.word == correction.read_as for correction in corrections)
    assert correct(question, []) == (question, ())


def test_the_answer_is_that_of_the_right_spelling_and_says_how_the_question_was_read(seed_library: Library) -> None:
    answer = seed_library.answer("What did albusaidi act as?")
    right = seed_library.answer("What did al-Busaidi act as?")
    assert answer.question == "What did albusaidi act as?"
    assert (answer.citations, answer.near_misses, answer.confidence) == (
        right.citations,
        right.near_misses,
        right.confidence,
    )
    assert "Read “albusaidi” as “al-Busaidi”." in str(answer)
