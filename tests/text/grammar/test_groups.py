"""Who speaks for a country, a party or an office, by what the article calls the speaker."""

from __future__ import annotations

import pytest
from hypothesis import given

from rag.text.grammar.groups import is_group, speaks_for
from tests.any_text import any_text


@pytest.mark.parametrize(
    ("name", "group"),
    [
        *((name, True) for name in ("Iran", "the White House", "House Republicans", "NATO", "Congress", "the FBI")),
        *((name, False) for name in ("Keller", "Bernie Sanders", "the Pope", "Anna Keller", "")),
    ],
)
def test_a_group_speaks_through_people_and_a_person_does_not(name: str, group: bool) -> None:
    assert is_group(name) == group


@pytest.mark.parametrize(
    ("group", "name", "text"),
    [
        ("Norway", "Lund", "Norwegian Foreign Minister Ida Lund said it was over."),
        ("Norway", "Ida Lund", "Lund, the foreign minister of Norway, said it was over."),
        ("Norway", "Lund", "Norway's prime minister, and Norway's president Ida Lund, agreed."),
        ("Mexico", "Vik", "Mexican officials left. Mexican President Otto Vik stayed."),
        ("the White House", "Vik", "White House press secretary Otto Vik said no."),
        ("the Pentagon", "Vik", "said Pentagon spokesperson Navy Cmdr. Otto Vik in a statement."),
        ("House Republicans", "Lund", "Rep. Ida Lund (R-Ohio) said no."),
        ("Republicans", "Lund", "Lund, a Republican from Ohio, said no."),
        ("Democrats", "Lund", "Democratic Senator Ida Lund said no."),
        ("Norway", "Mr Lund", "Norwegian Foreign Minister Ida Lund came. It is over, Mr Lund said."),
        ("Norway", "Lund", "Norwegian government spokeswoman Ida Lund said no."),
        ("Norway", "Lund", "Lund, a senior Norwegian official, said no."),
        ("the White House", "Vik", "Otto Vik, an official at the White House, said no."),
        ("Democrats", "Lund", "Lund, a chairwoman of the Democratic National Committee, said no."),
        ("Norway", "Lund", "Norwegian Minister Ida Lund left with Anna Lund. Ida Lund smiled. Lund said no."),
        ("Norway", "Lund", "It is over, Norway's Lund said."),
    ],
)
def test_a_person_speaks_for_the_group_that_the_text_gives_her(group: str, name: str, text: str) -> None:
    assert speaks_for(group, name, text)


@pytest.mark.parametrize(
    ("group", "name", "text"),
    [
        ("Norway", "Vik", "Vik, speaking about Norway, said it was over."),
        ("Norway", "Vik", "Norway warned President Vik."),
        ("Norway", "Vik", "He met Norwegian officials. Vik said no."),
        ("Republicans", "Vik", "Rep. Otto Vik (D-Ohio) spoke of Republicans."),
        ("Keller", "Vik", "Keller spokesman Otto Vik said no."),
        ("Norway", "Vik", "Former Norwegian president Otto Vik said no."),
        ("Norway", "Vik", "Vik, a former Norwegian president, said no."),
        ("Norway", "Vik", "Norwegian historian Otto Vik said no."),
        ("Norway", "Vik", "Vik, a Norwegian exile, said no."),
        ("Norway", "Vik", "Vik, a critic of Norway, said no."),
        ("Norway", "Vik", "Vik, the Danish ambassador to Norway, said no."),
        ("Norway", "Vik", "Norway envoy Otto Vik said no."),
        ("Norway", "Vik", "After talks with Norway President Vik said no."),
        ("Norway", "Vik", "The anti-Norway minister Otto Vik said no."),
        ("Norway", "Anna Lund", "Anna Lund wrote that the Norwegian minister Ida Lund came. It was wrong."),
        ("Norway", "Lund", "Anna Lund met the Norwegian minister Ida Lund. Lund said no."),
        ("Republicans", "Vik", "The anti-Republican activist Vik said no."),
        ("Republicans", "Vik", "Vik, a Republican-turned-Democrat, said no."),
        ("the White House", "Vik", "Outside the White House Senator Otto Vik said no."),
        ("the White House", "Vik", "Otto Vik, a White House correspondent, said no."),
    ],
)
def test_whoever_only_stands_beside_its_name_does_not(group: str, name: str, text: str) -> None:
    assert not speaks_for(group, name, text)


@given(any_text(20), any_text(20))
def test_any_name_and_text_can_be_looked_at(name: str, text: str) -> None:
    assert speaks_for(name, text, text) in (True, False)
    assert is_group(name) in (True, False)
