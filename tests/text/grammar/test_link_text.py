"""Link text that a scrape left beside a name makes nobody a speaker."""

from __future__ import annotations

import pytest
from hypothesis import given

from rag.text.grammar.link_text import is_link_text, words_of
from rag.text.grammar.speeches import find_speeches
from rag.text.segment import segment
from tests.any_text import any_text


def is_link(name: str, text: str = "") -> bool:
    return is_link_text(name, lambda: words_of(f"{name}. {text}"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Finn AuneLawmakers", "Mr. Aune left."),
        ("Rep. Tora VikCouncil", "Vik stayed."),
        ("Finn Aune Finn Olav AuneMore", "Aune left."),
        ("Finn Aune Finn Olav Aune", ""),
        ("MORE", ""),
        ("Columnists In-depth", ""),
        ("Story Highlights Opponents of the pier", ""),
        ("JUST WATCHED Tora Vik", ""),
        ("Read more", ""),
        ("COUNCIL OF OSK SELLS PIER", ""),
    ],
)
def test_link_text_is_no_name(name: str, text: str) -> None:
    assert is_link(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Finn MacLeod", "Mac left."),
        ("Jim VandeHei", "He left."),
        ("Tora DeSantis", "The council left."),
        ("the BuzzFeed reporter Tora Vik", "Buzz left."),
        ("Southwest and JetBlue", "A Jet left."),
        ("YouTube", "You left."),
        ("AirAsia", "In Asia, Air was clean."),
        ("More Americans", ""),
        ("More than two hundred people", ""),
        ("The New York Times and The Observer", ""),
        ("researchers from the University of Osk and Mell University", ""),
        ("Opinion polls", ""),
        ("Photos of the pier", ""),
        ("NATO", ""),
        ("Boutros Boutros-Ghali", ""),
    ],
)
def test_names_are_no_link_text(name: str, text: str) -> None:
    assert not is_link(name, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. Aune came. The pier is safe, Finn AuneLawmakers said on Monday.", "The pier is safe"),
        ("The pier is lost, councillor Finn Aune Finn Olav Aune MORE told reporters.", "The pier is lost"),
    ],
)
def test_words_beside_link_text_have_no_speaker(text: str, words: str) -> None:
    (speech,) = [one for one in find_speeches(text, segment(text)) if text[one.start : one.end].startswith(words)]
    assert (speech.speaker, speech.pronoun) == (None, None)


@given(any_text())
def test_any_text_may_be_link_text(text: str) -> None:
    assert is_link_text(text, lambda: words_of(text)) in (True, False)
