"""Articles that tell the same as an answer but with another value are found, also if they lack the question's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.quotes.contradictions import Statement, find_contradictions
from rag.core.article import Article, Passage, Span
from rag.core.schema import Answer
from rag.library import Library
from rag.question.question import Question
from rag.text.segment import segment
from rag.values.value import read_value
from tests.any_text import any_text
from tests.composing import asked
from tests.libraries import write

DRESS = "The sketch was one by the tailor {}, who was working for the theatre of Hull at the time."
STORY = f"Mara Lind wore a blue dress at the harbour gala on Saturday. {DRESS}"
REST = "The gala raised 40,000 pounds for the lifeboats. The dress will be shown in the town hall until May."


def article(number: int, text: str) -> Article:
    return Article(f"{number:012}", f"{number}.txt", str(number), text, "", sentences=segment(text))


def passage(number: int, text: str) -> Passage:
    one = article(number, text)
    return Passage(number, one, 0, len(text), one.sentences)


def statement(question: Question, text: str, words: str) -> Statement:
    one = passage(0, text)
    start = text.index(words)
    sentence = next(s for s in one.sentences if s.start <= start < s.end)
    span = Span(start, start + len(words), 0.0)
    return Statement(one.article, sentence, span, read_value(words, question.kind), one)


def others(question: str, text: str, words: str, *told: str) -> list[str]:
    """The values of the contradictions found among these texts."""
    passages = [passage(number, other) for number, other in enumerate(told, start=1)]
    given = asked(question)
    return [found.words for found in find_contradictions(given, [statement(given, text, words)], lambda _: passages)]


WHO = "Which tailor made the sketch for the gala?"
COST = "How much did the bridge at Osk cost?"
OSK = "The bridge at Osk cost {} million pounds, the council said."


@pytest.mark.parametrize(
    ("question", "text", "words", "other", "instead"),
    [
        (WHO, DRESS.format("Otto Keller"), "Otto Keller", DRESS.format("Jan Vos"), "Jan Vos"),
        (COST, OSK.format(14), "14 million", OSK.format(19), "19 million"),
        (COST, OSK.format(14), "14 million", OSK.format(19)[:-1] + " when opened.", "19 million"),
        (COST, OSK.format(14), "14 million", f"It rained. {OSK.format(19)}", "19 million"),
        (
            "When did the mill in Halton burn down?",
            "The mill in Halton burned down on 3 April 2019, the fire brigade said.",
            "3 April 2019",
            "On Monday the brigade spoke. The mill in Halton burned down on 4 May 2019, the fire brigade said.",
            "4 May 2019",
        ),
    ],
)
def test_another_value_in_the_same_words_is_found(
    question: str, text: str, words: str, other: str, instead: str
) -> None:
    assert others(question, text, words, other) == [instead]


@pytest.mark.parametrize(
    "other",
    [
        DRESS.format("Keller"),
        DRESS.format("Otto Keller"),
        "The tailor Jan Vos was working for another theatre at the time of the gala.",
        "The sketch was one.",
        "",
        DRESS.format("Jan Vos").replace("Hull", "Mell"),
        DRESS.format("Jan Vos").replace("It was", "It was not").replace("The sketch was", "The sketch was not"),
        f"Rumours said so. {DRESS.format('Jan Vos')} That is not true.",
    ],
)
def test_what_can_be_true_beside_it_or_is_denied_or_tells_something_else_is_not_found(other: str) -> None:
    assert others(WHO, DRESS.format("Otto Keller"), "Otto Keller", other) == []


@pytest.mark.parametrize(
    "other",
    [
        "The tunnel at Osk cost 19 million pounds, the council said.",
        "The bridge at Mell cost 19 million pounds, the council said.",
        "The bridge at Osk cost 19 million in 1950, the council said.",
        "The bridge at Osk cost more than 12 million pounds, the council said.",
        "The bridge at Osk cost 13,870,000 pounds, the council said.",
    ],
)
def test_the_same_told_of_another_thing_place_or_year_is_not_found(other: str) -> None:
    assert others(COST, OSK.format(14), "14 million", other) == []


@pytest.mark.parametrize(("own", "other"), [("9.7", "about 10"), ("18.6", "nearly 20"), ("14.4", "14")])
def test_a_rounded_number_is_read_with_the_word_that_says_so(own: str, other: str) -> None:
    assert others(COST, OSK.format(own), f"{own} million", OSK.format(other)) == []


@pytest.mark.parametrize(
    ("question", "text", "words", "other"),
    [
        (
            "How many people does the Sandor works employ?",
            "Sandor works bought a mill. The company employs 3,000 people in the region and makes parts for cars.",
            "3,000",
            "Brixley motors grows. The company employs 450 people in the region and makes parts for cars.",
        ),
        (
            "How old is the winner?",
            "He is 54 years old and lives in Basel with his wife and two children.",
            "54",
            "He is 29 years old and lives in Basel with his wife and two children.",
        ),
        (
            "How many years did the court give the thief?",
            "The court sentenced the thief to six years in prison and ordered a fine to be paid.",
            "six",
            "The court sentenced the thief to two years in prison and ordered a fine to be paid.",
        ),
    ],
)
def test_a_sentence_that_does_not_say_of_whom_it_tells_contradicts_nothing(
    question: str, text: str, words: str, other: str
) -> None:
    assert others(question, text, words, other) == []


def test_each_other_value_is_found_once() -> None:
    told = [DRESS.format(name) for name in ("Jan Vos", "Otto Keller", "Vos", "Eva Brandt")]
    assert others(WHO, DRESS.format("Otto Keller"), "Otto Keller", *told) == ["Jan Vos", "Eva Brandt"]


def test_a_sentence_without_an_end_is_not_compared() -> None:
    filler = "red blue " * 3000
    assert others(COST, f"{OSK.format(14)[:-1]} {filler}.", "14 million", f"{OSK.format(19)[:-1]} {filler}.") == []


@given(any_text(), st.sampled_from(["Otto Keller", "time"]))
def test_the_words_found_lie_in_a_sentence_of_the_other_text(other: str, words: str) -> None:
    told, question = passage(1, other), asked(WHO)
    for found in find_contradictions(
        question, [statement(question, DRESS.format("Otto Keller"), words)], lambda _: [told]
    ):
        assert found.sentence.start <= found.span.start < found.span.end <= found.sentence.end
        start, end = found.place
        assert start <= found.sentence.start
        assert found.sentence.end <= end


def values_shown(answer: Answer) -> str:
    cited = [*answer.citations, *(citation for other in answer.other_answers for citation in other.citations)]
    return " ".join(citation.quote for citation in cited)


def test_an_article_without_the_words_of_the_question_is_shown_beside_the_answer(tmp_path: Path) -> None:
    write(tmp_path / "news" / "gala.txt", f"The harbour gala\n\n{STORY.format('Otto Keller')} {REST}")
    write(tmp_path / "news" / "short.txt", f"News of the day\n\n{DRESS.format('Jan Vos')}")
    for number in range(10):
        write(
            tmp_path / "news" / f"{number}.txt", f"Gala number {number}\n\nA gala in town {number} showed a blue dress."
        )
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "news")
        shown = values_shown(library.answer("Which tailor made the sketch for the gala in Hull?"))
    assert "Otto Keller" in shown
    assert "Jan Vos" in shown


def test_a_changed_copy_of_the_article_is_shown_beside_the_answer(tmp_path: Path) -> None:
    told = "Police said that {} people died in the Malwick ferry accident on the lake on Friday night. {}"
    for name, toll in (("first", "seven"), ("changed", "two")):
        write(tmp_path / "news" / f"{name}.txt", f"Ferry accident\n\n{told.format(toll, REST)}")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "news")
        answer = library.answer("How many people died in the Malwick ferry accident?")
        library.verify(answer)
    shown = values_shown(answer)
    assert "seven people" in shown
    assert "two people" in shown
