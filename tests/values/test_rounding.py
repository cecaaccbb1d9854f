"""A rounded number and the exact one that rounds to it can both be true; they are no different answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.answering.agreement import contradict
from rag.core.schema import Answer
from rag.library import Library
from rag.question.question import Kind
from rag.values.value import group_values, read_value
from tests.libraries import write

NEARLY = ("nearly {}", "almost {}", "approaching {}")
MARKS = ("about {}", "some {}", "around {}", "roughly {}", "~{}", "{} or so", "{}-odd")
marks = st.sampled_from(MARKS)
digits = st.integers(1, 9)
zeros = st.integers(1, 8)


def excludes(one: str, other: str, kind: Kind = "quantity") -> bool:
    values = read_value(one, kind), read_value(other, kind)
    assert contradict(*values) == contradict(*reversed(values))
    return contradict(*values)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("about 5,000", "4,987"),
        ("about 5,000", "more than 5,000"),
        ("$1.2 million", "$1,196,400"),
        ("1.2 million", "1.25 million"),
        ("£14m", "14,300,000 pounds"),
        ("nearly two thousand", "1,962"),
        ("300 or so", "287"),
        ("about 12 kilometres", "11,870 metres"),
        ("39 percent", "38.7 percent"),
        ("3 million barrels", "2.8 million barrels"),
        ("about 2,000", "2,340"),
        ("roughly 40 percent", "38.7"),
        ("almost half", "47%"),
        ("about a third", "34 percent"),
        ("5 to 10 million", "9.8 million"),
        ("about 70 dollars a barrel", "$71.20 a barrel"),
        ("about 450", "437"),
        ("around 25", "27"),
        ("roughly 1,500 people", "1,310"),
        ("about 15 percent", "13.2 percent"),
        ("nearly half", "48.6%"),
        ("almost 450", "431"),
        ("nearly 5,000", "about 5,000"),
        ("just under 5,000", "4,987"),
        ("just over half", "53%"),
    ],
)
def test_a_number_that_rounds_to_another_does_not_contradict_it(one: str, other: str) -> None:
    assert not excludes(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5,000", "4,987"),
        ("exactly 5 million", "5.2 million"),
        ("more than 5,000", "4,987"),
        ("at least about 5,000", "4,987"),
        ("more than 1.2 million", "1,196,400"),
        ("1.2 million", "1.3 million"),
        ("3 million barrels", "2.5 million barrels"),
        ("5%", "4.5%"),
        ("1.2 million", "1,260,000"),
        ("about 5,000", "6,200"),
        ("about 1,000", "1,400"),
        ("1 million", "600,000"),
        ("20 million", "23 million"),
        ("$5", "$4.80"),
        ("two weeks", "15 days"),
        ("two dozen", "23"),
        ("3.4%", "3.5%"),
        ("nearly half", "53%"),
        ("almost 5,000", "5,012"),
        ("nearly two thousand", "2,003"),
        ("just under 5,000", "5,012"),
        ("just over 5,000", "4,987"),
        ("over half", "48%"),
        ("about 450", "484"),
        ("around 25", "29"),
        ("about 10", "16"),
        ("nearly half", "more than half"),
    ],
)
def test_values_that_cannot_both_be_true_contradict(one: str, other: str) -> None:
    assert excludes(one, other)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("around 1850", "1852", False),
        ("around 1850", "1920", True),
        ("about 1853", "1858", True),
        ("around 3 May", "5 May", False),
        ("around 3 May 2020", "7 October 2020", True),
        ("1850", "1852", True),
    ],
)
def test_a_date_that_is_not_exact_excludes_no_near_one(one: str, other: str, differ: bool) -> None:
    assert excludes(one, other, "time") is differ


@given(marks, digits, zeros, st.integers(-499, 499))
def test_what_rounds_to_a_marked_number_fits_it_and_is_another_value(
    mark: str, digit: int, zero: int, thousandths: int
) -> None:
    step = 10**zero
    rounded, exact = digit * step, digit * step + thousandths * step // 1000
    assume(exact != rounded and abs(exact - rounded) < rounded / 5)
    assert not excludes(mark.format(f"{rounded:,}"), f"{exact:,}")
    assert group_values([read_value(mark.format(rounded), "quantity"), read_value(str(exact), "quantity")]) == [0, 1]


@given(st.sampled_from(NEARLY), digits, zeros, st.integers(1, 99))
def test_what_is_nearly_reached_is_not_exceeded(mark: str, digit: int, zero: int, percent: int) -> None:
    rounded = digit * 10**zero
    assert not excludes(mark.format(rounded), str(rounded - rounded * percent // 2000))
    assert excludes(mark.format(rounded), str(rounded + max(1, rounded * percent // 100)))


@given(marks, digits, zeros, st.integers(1, 9))
def test_what_is_a_whole_step_away_from_a_marked_number_contradicts_it(
    mark: str, digit: int, zero: int, steps: int
) -> None:
    assert excludes(mark.format(f"{digit * 10**zero:,}"), f"{(digit + steps) * 10**zero:,}")


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_exact_numbers_that_differ_contradict(one: int, other: int) -> None:
    assume(one != other)
    assert excludes(str(one), f"{other:,}")
    assert excludes(f"${one}", f"${other:,}")


@given(st.sampled_from(("more than", "at least", "over")), st.integers(2, 10**9), st.integers(1, 10**9))
def test_a_number_below_a_lower_bound_contradicts_it(bound: str, number: int, less: int) -> None:
    assume(less < number)
    assert excludes(f"{bound} {number:,}", f"{number - less:,}")


def ask(folder: Path, question: str, *texts: str) -> Answer:
    library = Library.open(folder / "index", create=True)
    for number, text in enumerate(texts):
        write(folder / f"articles/{number}.txt", text)
    library.update(folder / "articles")
    return library.answer(question)


MARCH = "How many people marched through Velden on Sunday?"
TOLD = "{} people marched through Velden on Sunday, the police said."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("texts", "others"),
    [
        (("About 5,000", "In all 4,987"), 0),
        (("Nearly two thousand", "In all 1,962"), 0),
        (("More than 5,000", "In all 4,987"), 1),
        (("In all 5,012", "In all 4,987"), 1),
        (("About 5,000", "In all 4,987", "In all 5,012"), 2),
    ],
)
def test_rounded_and_exact_numbers_are_not_shown_as_different_answers(
    tmp_path: Path, texts: tuple[str, ...], others: int
) -> None:
    answer = ask(tmp_path, MARCH, *(TOLD.format(text) for text in texts))
    assert answer.short_answer
    assert len(answer.other_answers) == others
    assert answer.sources == 1
