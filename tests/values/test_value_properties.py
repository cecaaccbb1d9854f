"""What differs in a digit, a unit, a negation, a bound or a year is never one value."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rag.question.question import Kind
from rag.text.english.units import PARTS_OF_UNITS
from rag.values.value import group_values, read_value
from tests.any_text import any_text

KINDS: tuple[Kind, ...] = get_args(Kind)
kinds = st.sampled_from(KINDS)
numbers = st.one_of(
    st.integers(1, 10**9).map(str),
    st.integers(1000, 10**9).map("{:,}".format),
    st.decimals(min_value=1, max_value=9999, places=1).map(str),
)
units = st.sampled_from(
    "percent|percentage points|dollars|euros|pounds|yen|Swiss francs|Swedish crowns|Canadian dollars|pesos|miles|km"
    "|metres|feet|square metres|acres|kilograms|pounds of rice|tons|litres|barrels|megawatts|kilowatt hours|degrees"
    "|degrees Celsius|degrees Fahrenheit|knots|per mille|basis points|hours|years|GB|MB|knots".split("|")
)
PHRASES = (
    "flight MH{}|the G{}|H{}N1|the F-{} jet|Apollo {}|{} people|{} soldiers killed|${}|{}%|{} km|article {}"
    "|version 2.{}|{}-year-old|No. {}|{} to 1|room {}b|one in {}|{}:30|in {}|the class of {}"
    "|3 January at {}|born in {} in Osk"
    "|A{} motorway|{} BC|at {} p.m. on 3 May 2020|{} days after 3 May 2020|+{}|{}²|B{} and C4|Boeing {}"
).split("|")


def are_one(one: str, other: str, kind: Kind) -> bool:
    first, second = group_values([read_value(one, kind), read_value(other, kind)])
    return first == second


@example(kind="time", phrase="at {} p.m. on 3 May 2020", one=1500, other=1501)
@given(kinds, st.sampled_from(PHRASES), st.integers(1, 10**6), st.integers(1, 10**6))
def test_phrases_that_differ_in_a_number_are_two_values(kind: Kind, phrase: str, one: int, other: int) -> None:
    assume(one != other)
    assert not are_one(phrase.format(one), phrase.format(other), kind)


@example(kind="person", before="A\u05b0ß", one="1", other="5", after="The note:")
@given(kinds, any_text(5), st.sampled_from("1234"), st.sampled_from("56789"), any_text(5))
def test_any_text_with_another_digit_is_another_value(
    kind: Kind, before: str, one: str, other: str, after: str
) -> None:
    assert not are_one(f"{before}{one}{after}", f"{before}{other}{after}", kind)


@given(kinds, numbers, units, units)
def test_numbers_of_different_units_are_two_values(kind: Kind, number: str, one: str, other: str) -> None:
    values = [read_value(f"{number} {unit}", kind) for unit in (one, other)]
    # Pounds may be short for pounds of rice.
    assume(not one.startswith(f"{other} of") and not other.startswith(f"{one} of"))
    assume(one != other and values[0] != values[1])
    assert group_values(values) == [0, 1]


def test_only_units_that_are_converted_may_be_one_value() -> None:
    names = "dollars|euros|Swiss francs|Swedish crowns|crowns|Canadian dollars|miles|km|metres|feet|tons|tonnes".split(
        "|"
    )
    assert {"kilometre", "tonne"} <= PARTS_OF_UNITS.keys()
    for one, other in combinations(names, 2):
        assert not are_one(f"5 {one}", f"5 {other}", "quantity"), (one, other)


@given(kinds, st.sampled_from(("5 people", "5%", "2020", "3 May 2020", "Anna Vik", "in Osk", "the vote", "it failed")))
def test_a_negation_makes_another_value(kind: Kind, words: str) -> None:
    for turned in (f"not {words}", f"never {words}", f"without {words}", f"{words}, not before"):
        assert not are_one(words, turned, kind), turned


@pytest.mark.parametrize(
    "forms",
    [
        "5|more than 5|at least 5|fewer than 5|at most 5|not 5",
        "-5 degrees|5 degrees|minus 6 degrees",
        "<5%|5%|>5%|≤ 5%|>=5%|<-5%",
        "rose by 5%|fell by 5%",
        "5 people or more|5 people",
        "1 in 300|1 in 250",
        "2¼ miles|2½ miles|2¾ miles|2 miles",
        "1,5 million|1,7 million|1 million",
        "5 a.m.|5 p.m.",
        "before the vote|after the vote|until the vote",
        "may resign|will resign|did not resign|resigned",
        "R$5|$5|€5|NZ$5",
        "EU states|non-EU states",
    ],
)
def test_bounds_signs_and_turns_are_kept_apart(forms: str) -> None:
    for one, other in combinations(forms.split("|"), 2):
        for kind in KINDS:
            assert not are_one(one, other, kind), (one, other, kind)


@given(kinds, st.integers(1500, 2100), st.integers(1500, 2100), st.sampled_from(("{}", "in {}", "3 May {}", "Expo {}")))
def test_another_year_is_another_value(kind: Kind, one: int, other: int, phrase: str) -> None:
    assume(one != other)
    assert not are_one(phrase.format(one), phrase.format(other), kind)
    assert not are_one(f"{one}s", str(one), kind)


@pytest.mark.parametrize(
    ("kind", "forms"),
    [
        ("quantity", "no more than 5|at most 5|up to 5|not more than 5"),
        ("quantity", "no fewer than 5|5 people or more|5 or more|a minimum of 5"),
        ("quantity", "minus 5 degrees|-5 degrees"),
        ("quantity", "about 5 km|approx. 5 km|~5 km|ca. 5 km|5 km"),
        ("quantity", "more than 5|>5|> 5"),
        ("quantity", "CHF 5|5 Swiss francs"),
        ("quantity", "5%|a rise of 5%"),
        ("time", "3 May 2020|3 May 2020 at 5 p.m."),
        ("other", "MH370|Flight MH370"),
    ],
)
def test_the_same_in_other_words_stays_one_value(kind: Kind, forms: str) -> None:
    assert set(group_values([read_value(form, kind) for form in forms.split("|")])) == {0}
