import pytest

from rag.core.errors import QuestionError
from rag.question.question import MAX_CHARACTERS, check_question, could_answer, fits_kind, kind_of


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "\x00\x07", "?!", "\ud800"])
def test_nothing_to_ask_is_a_usage_error(question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        check_question(question)


def test_a_ten_thousand_word_question_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionError, match=f"at most {MAX_CHARACTERS:,}"):
        check_question("word " * 10_000)


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(QuestionError, match="not int"):
        check_question(7)  # type: ignore[arg-type]


def test_control_characters_and_line_breaks_become_spaces() -> None:
    assert check_question(" who\x00mediated\r\nthe\x1b talks? ") == "who mediated the talks?"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who mediated?", "person"),
        ("When was that?", "time"),
        ("In which year did it happen?", "time"),
        ("Where did the drone come from?", "place"),
        ("How many missiles were launched?", "quantity"),
        ("how much LNG passes the choke point", "quantity"),
        ("Why is Washington not trusted?", "reason"),
        ("What could the B-2s carry?", "other"),
        ("WHO MEDIATED", "person"),
        ("the whole story", "other"),
    ],
)
def test_the_question_word_tells_what_is_asked_for(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "holds"),
    [
        ("person", "The talks were led by Badr bin Hamad.", True),
        ("person", "The talks were led by someone else.", False),
        ("time", "It began in 2018.", True),
        ("time", "It began in earnest.", False),
        ("quantity", "Around 20% of exports pass here.", True),
        ("quantity", "Killing three service members.", True),
        ("quantity", "Many exports pass here.", False),
        ("place", "A drone breached defenses in Jordan.", True),
        ("reason", "It failed because nobody came.", True),
        ("reason", "It failed and nobody came.", False),
        ("other", "Anything at all 2018 because.", False),
    ],
)
def test_a_sentence_could_answer_what_it_holds(kind: str, sentence: str, holds: bool) -> None:
    assert could_answer(kind, sentence) is holds  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "words", "fits"),
    [
        ("time", "early 2023", True),
        ("time", "last month", True),
        ("time", "first round", False),
        ("quantity", "more than 30%", True),
        ("quantity", "three", True),
        ("quantity", "GBU bombs", False),
        ("quantity", "GBU-57", False),
        ("quantity", "-5 degrees", True),
        ("person", "Badr bin Hamad al-Busaidi", True),
        ("person", "both sides", False),
        ("person", "Both sides", False),
        ("person", "The White House", True),
        ("place", "separate rooms", True),
        ("place", "foreign banks", True),
        ("place", "Jordan", True),
        ("place", "inflammatory language", False),
        ("other", "anything", True),
        ("reason", "anything", True),
    ],
)
def test_a_short_answer_has_the_form_of_what_is_asked_for(kind: str, words: str, fits: bool) -> None:
    assert fits_kind(kind, words) is fits  # type: ignore[arg-type]
