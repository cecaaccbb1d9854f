"""Which short answers state the same value: a table with examples of each rule."""

from __future__ import annotations

import re
from operator import itemgetter
from pathlib import Path
from typing import Any, get_args

import pytest

from benchmarks.corpus import read_rows
from rag.question.question import Kind, asked_words
from rag.values.value import group_values, read_value

KINDS: tuple[Kind, ...] = get_args(Kind)
MEASURED = Path(__file__).parents[1] / "measured" / "several.jsonl"
"""The questions of `python -m benchmarks.several`."""
SAME: tuple[tuple[Kind, str], ...] = (
    ("quantity", "20% | 20 percent | twenty per cent | a fifth | one fifth | one in five | Around 20% | 20 pct"),
    ("quantity", "a third | one-third | 33%"),
    ("quantity", "half | 50% | 50 percent"),
    ("quantity", "three quarters | 75%"),
    ("quantity", "$1.2bn | 1.2 billion dollars | US$1.2 billion | 1,200,000,000 dollars | $1.2 billion | $1,200m"),
    ("quantity", "£14m | 14 million pounds | about £14 million | 14 million"),
    ("quantity", "€2.5m | 2.5 million euros"),
    ("quantity", "200 | two hundred | roughly 200 missiles | 200 ballistic missiles | a total of 200"),
    ("quantity", "three | three service members | 3 soldiers"),
    ("quantity", "12 killed | twelve dead | 12 people died"),
    ("quantity", "one hundred and twenty | 120 | 120 people"),
    ("quantity", "1.5 million | one and a half million | 1,500,000"),
    ("quantity", "two dozen | 24"),
    ("quantity", "two weeks | 14 days | a fortnight"),
    ("quantity", "12 months | one year | a year"),
    ("quantity", "5 to 10 million | 5-10 million | between 5 million and 10 million | 5m to 10m"),
    ("quantity", "more than 30% | over 30 percent | more than thirty per cent"),
    ("quantity", "at least 40 | 40 or more | no fewer than 40 people"),
    ("quantity", "2 km | 2,000 metres | two kilometers"),
    ("quantity", "3 million barrels per day | 3m bpd | three million barrels a day"),
    ("quantity", "21 | twenty-one"),
    ("quantity", "3 million barrels | 3 million barrels a day"),
    ("quantity", "50 cents | $0.50"),
    ("time", "Jan 3, 2020 | 3 January 2020 | January 3rd, 2020 | Friday, January 3, 2020 | on 3 January 2020"),
    ("time", "2020 | in 2020"),
    ("time", "April 2024 | in April 2024 | 2024-04"),
    ("time", "January 3, 2020 | January 3"),
    ("time", "early 2023 | in early 2023"),
    ("person", "Putin | Vladimir Putin | President Vladimir Putin | Mr Putin | Russian President Vladimir Putin"),
    ("person", "Badr bin Hamad al-Busaidi | Badr al-Busaidi | Al Busaidi | Oman's Foreign Minister Badr Albusaidi"),
    ("person", "Badr al-Busaidi | Badr al-Busaidi, Oman's foreign minister"),
    ("person", "Qassem Soleimani | General Qassem Soleimani | Qasem Soleymani | Soleimani"),
    ("person", "Mayor Ruth Hale | Ruth Hale | R. Hale | Hale"),
    ("person", "Recep Tayyip Erdoğan | Erdogan"),
    ("place", "Tehran | Tehran, Iran | in Tehran"),
    ("place", "the United States | the US | U.S. | United States of America"),
    ("place", "Kyiv | Kiev"),
    ("place", "Türkiye | Turkey"),
    ("other", "the World Health Organization | WHO | World Health Organization"),
    ("other", "the UK, Germany, and France | France, Germany and the UK | Britain, France and Germany"),
    ("other", "20% | 20 percent"),
    ("other", "lifting key sanctions | Lifting key sanctions."),
    ("other", "200 missiles | 200"),
)

DIFFERENT: tuple[tuple[Kind, str], ...] = (
    ("quantity", "20% | 25% | more than 20% | 20 percentage points | $20"),
    ("quantity", "1.2 million | 1.2 billion | 1.2 | 12 million"),
    ("quantity", "12 killed | 12 wounded | 12 missing"),
    ("quantity", "10 | 10 to 15 | 15 | up to 15 | at least 15"),
    ("quantity", "$5 | €5 | £5"),
    ("quantity", "10 miles | 10 km"),
    ("quantity", "3 million barrels a week | 3 million barrels a day"),
    ("quantity", "hundreds | dozens | thousands"),
    ("time", "3 January 2020 | 4 January 2020 | January 2020 | 2020 | early 2020"),
    ("time", "3 January | 4 January"),
    ("person", "Vladimir Putin | Lyudmila Putin"),
    ("person", "the mayor of London | the deputy mayor of London | London"),
    ("other", "Chairman | Deputy Chairman | Vice-Chairman | Former Chairman"),
    ("other", "Assistant Editor | Editor | Associate Editor"),
    ("quantity", "40C | 40F | 40 percent"),
    ("quantity", "5 points | 5 percent | 5 basis points"),
    ("person", "Trump | Biden"),
    ("place", "Tehran, Iran | Tehran, Iraq"),
    ("place", "Iran | Iraq | Oman"),
    ("place", "North Korea | South Korea"),
    ("place", "New York | York"),
    ("other", "200 missiles | 200 drones"),
    ("other", "2015 nuclear deal | 2015 budget | 2015"),
    ("other", "Hamas | Hamas and Hezbollah"),
    ("other", "lifting key sanctions | firm guarantees"),
)


@pytest.mark.parametrize(("kind", "forms"), SAME)
def test_the_same_value_in_other_words_is_the_same(kind: Kind, forms: str) -> None:
    values = [read_value(form, kind) for form in forms.split(" | ")]
    assert set(group_values(values)) == {0}, values


@pytest.mark.parametrize(("kind", "forms"), DIFFERENT)
def test_different_values_are_told_apart(kind: Kind, forms: str) -> None:
    values = [read_value(form, kind) for form in forms.split(" | ")]
    assert group_values(values) == list(range(len(values))), values


def test_a_short_form_that_could_mean_two_of_the_values_means_neither() -> None:
    forms = ["Putin", "Vladimir Putin", "Lyudmila Putin"]
    assert group_values([read_value(form, "person") for form in forms]) == [0, 1, 2]


def test_a_number_without_unit_joins_the_one_value_that_has_one() -> None:
    assert group_values([read_value(form, "quantity") for form in ("14", "14 days")]) == [0, 0]
    assert group_values([read_value(form, "quantity") for form in ("14", "14 days", "14 years")]) == [0, 1, 2]


def test_a_weekday_is_the_same_day_in_articles_of_the_same_date_only() -> None:
    dates = ("2024-05-01", "2024-05-01", "2024-05-08")
    assert group_values([read_value("on Monday", "time", published) for published in dates]) == [0, 0, 1]


def test_groups_are_numbered_in_the_order_given() -> None:
    forms = ["25%", "20 percent", "a quarter", "20%"]
    assert group_values([read_value(form, "quantity") for form in forms]) == [0, 1, 0, 1]


@pytest.mark.parametrize("words", ["", " ", ".", "%", "$", "-", "half of half", "\ud800", "1" * 400, "one " * 300])
def test_any_words_have_a_value(words: str) -> None:
    for kind in KINDS:
        value, again = read_value(words, kind), read_value.__wrapped__(words, kind)  # Read anew, past the cache.
        assert value == again
        assert group_values([value, again]) == [0, 0]


@pytest.mark.parametrize("row", list(read_rows(MEASURED)), ids=itemgetter("question"))
def test_the_measured_sets_values_are_told_apart_as_marked(row: dict[str, Any]) -> None:
    kind = asked_words(row["question"]).kind
    words = [re.search(r"\[\[(.*?)\]\]", article["text"]) for article in row["articles"]]
    values = [read_value(found[1], kind) for found in words if found]
    labels = [article["says"] for article in row["articles"]]
    order = list(dict.fromkeys(labels))
    assert group_values(values) == [order.index(label) for label in labels]
