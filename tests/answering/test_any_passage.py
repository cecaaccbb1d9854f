"""Any text that is read for any question is answered from or passed over, and every quote stands where it says."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from rag.answering.question_maker import make_questions
from rag.core.article import Article, Hit, Passage, Reading, Span
from rag.question.question import Kind
from rag.text.segment import segment
from rag.values.names import is_acronym, is_surname, read_names
from rag.values.numbers import read_measure, whole_number
from rag.values.value import group_values, read_value
from tests.any_text import any_text
from tests.composing import answer_to

QUESTIONS = st.sampled_from(
    [
        "Who mediated the talks?",
        "What did Keller say about the bridge?",
        "How many were killed in Beirut?",
        "When did the talks end?",
        "Why did the talks end?",
        "Was it more than 20 percent?",
    ]
)


def reading_of(text: str, number: int, start: int, end: int) -> Reading | None:
    sentences = segment(text)
    if not sentences:
        return None
    article = Article(f"a{number}", f"a{number}.txt", f"h{number}", text, "Talks", "2025-04", sentences=sentences)
    hit = Hit(Passage(number, article, sentences[0].start, sentences[-1].end, sentences), number + 1, 0.1, 0.5)
    inside = sentences[0].start <= start < end <= sentences[-1].end
    return Reading(hit, (Span(start, end, 3.0),) if inside else (), (0.9,) * len(sentences))


@given(QUESTIONS, st.lists(any_text(20), min_size=1, max_size=3), st.data())
def test_every_quote_of_an_answer_from_any_texts_stands_where_it_says(
    question: str, texts: list[str], data: st.DataObject
) -> None:
    places = st.lists(st.integers(0, 40), min_size=2, max_size=2).map(sorted)
    read = [reading_of(text, number, *data.draw(places)) for number, text in enumerate(texts)]
    answer = answer_to(question, [reading for reading in read if reading is not None])
    others = [citation for other in answer.other_answers for citation in other.citations]
    for citation in (*answer.citations, *others, *answer.near_misses):
        assert texts[int(citation.article_id[1:])][citation.start : citation.end] == citation.quote


@given(any_text(20))
def test_a_question_made_from_any_text_stands_in_one_sentence_of_it(text: str) -> None:
    article = Article("a", "a.txt", "h", text, "Talks", sentences=segment(text))
    for made in make_questions(article):
        assert 0 <= made.start < made.end <= len(text)
        assert made.text.endswith("?")


@given(any_text(6), any_text(6), st.sampled_from(get_args(Kind)))
def test_any_words_have_a_value_which_is_that_of_the_same_words(one: str, other: str, kind: Kind) -> None:
    values = [read_value(words, kind, "2025-04") for words in (one, other, one)]
    groups = group_values(values)
    assert groups[0] == groups[2]
    read_measure(one)
    start, end = whole_number(one + other, len(one), len(one), kind)
    assert 0 <= start <= len(one) <= end <= len(one + other)


@given(any_text(6), any_text(6))
def test_names_of_any_words_can_be_compared(one: str, other: str) -> None:
    read = [found[1] for words in (one, other) if (found := read_names(words, person=True))]
    for first in read:
        for second in read:
            is_acronym(first, second)
            is_surname(first, second)
