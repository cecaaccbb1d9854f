"""Articles that tell the same as an answer but with another value are found, also if they lack the question's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.quotes.contradictions import Statement, find_contradictions
from rag.answering.values import read_value
from rag.core.article import Article, Passage, Span
from rag.core.schema import Answer
from rag.library import Library
from rag.question.question import Kind
from rag.text.segment import segment
from tests.any_text import any_text
from tests.libraries import write

DRESS = "It was based on a sketch by the tailor {}, who was working for the theatre of the town at the time."
STORY = f"Mara Lind wore a blue dress at the harbour gala on Saturday. {DRESS}"
REST = "The gala raised 40,000 pounds for the lifeboats. The dress will be shown in the town hall until May."


def article(number: int, text: str) -> Article:
    return Article(f"{number:012}", f"{number}.txt", str(number), text, "", sentences=segment(text))


def passage(number: int, text: str) -> Passage:
    one = article(number, text)
    return Passage(number, one, 0, len(text), one.sentences)


def statement(text: str, words: str, kind: Kind) -> Statement:
    one = passage(0, text)
    start = text.index(words)
    sentence = next(s for s in one.sentences if s.start <= start < s.end)
    span = Span(start, start + len(words), 0.0)
    return Statement(one.article, sentence, span, read_value(words, kind), one)


def others(kind: Kind, text: str, words: str, *told: str) -> list[str]:
    passages = [passage(number, other) for number, other in enumerate(told, start=1)]
    return [found.words for found in find_contradictions(kind, [statement(text, words, kind)], lambda _: passages)]


@pytest.mark.parametrize(
    ("kind", "text", "words", "other", "instead"),
    [
        ("person", DRESS.format("Otto Keller"), "Otto Keller", DRESS.format("Jan Vos"), "Jan Vos"),
        (
            "quantity",
            "The bridge cost 14 million pounds.",
            "14 million",
            "The bridge cost 19 million pounds.",
            "19 million",
        ),
        (
            "time",
            "The mill in Halton burned down on 3 April 2019, the fire brigade said.",
            "3 April 2019",
            "On Monday the brigade spoke. The mill in Halton burned down on 4 May 2019, the fire brigade said.",
            "4 May 2019",
        ),
        (
            "other",
            "They played tennis on the roof of the old mill.",
            "tennis",
            "They played chess on the roof of the old mill.",
            "chess",
        ),
    ],
)
def test_another_value_in_the_same_words_is_found(kind: Kind, text: str, words: str, other: str, instead: str) -> None:
    assert others(kind, text, words, other) == [instead]


@pytest.mark.parametrize(
    ("kind", "words", "other"),
    [
        ("person", "Otto Keller", DRESS.format("Keller")),
        ("person", "Otto Keller", DRESS.format("Otto Keller")),
        ("person", "Otto Keller", "The tailor Jan Vos was working for another theatre at the time of the gala."),
        ("person", "Otto Keller", "It was a sketch."),
        ("person", "Otto Keller", DRESS.format("Jan Vos").replace("town", "Town of Hull")),
        ("person", "Otto Keller", ""),
    ],
)
def test_what_can_be_true_beside_it_or_tells_something_else_is_not_found(kind: Kind, words: str, other: str) -> None:
    assert others(kind, DRESS.format(words), words, other) == []


@pytest.mark.parametrize(
    "other", ["The bridge at Mell cost 19 million pounds.", "The bridge at Osk cost 19 million in 1950."]
)
def test_the_same_told_of_another_place_or_year_is_not_found(other: str) -> None:
    assert others("quantity", "The bridge at Osk cost 14 million pounds.", "14 million", other) == []


def test_each_other_value_is_found_once() -> None:
    told = [DRESS.format(name) for name in ("Jan Vos", "Otto Keller", "Vos", "Eva Brandt")]
    assert others("person", DRESS.format("Otto Keller"), "Otto Keller", *told) == ["Jan Vos", "Eva Brandt"]


@given(any_text(), st.sampled_from(["Otto Keller", "time"]))
def test_the_words_found_lie_in_a_sentence_of_the_other_text(other: str, words: str) -> None:
    told = passage(1, other)
    for found in find_contradictions(
        "other", [statement(DRESS.format("Otto Keller"), words, "other")], lambda _: [told]
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
        shown = values_shown(library.answer("Which tailor made the sketch for the dress of Mara Lind?"))
    assert "Otto Keller" in shown
    assert "Jan Vos" in shown
