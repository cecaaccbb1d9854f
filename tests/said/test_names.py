"""Names are read out of the words for a speaker, and compared."""

from __future__ import annotations

import pytest

from rag.core.article import Article, Sentence
from rag.said.names import full_names_in, read_name, read_names


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Mayor Otto Vik", "Otto Vik"),
        ("Iranian Foreign Minister Abbas Araghchi", "Abbas Araghchi"),
        ("Sen. Mike Braun of Indiana", "Mike Braun"),
        ("EU Climate Commissioner Pia Lund", "Pia Lund"),
        ("The Journal’s Ada Moe", "Ada Moe"),
        ("Darrell E. Issa", "Darrell E. Issa"),
        ("Ursula von der Leyen", "Ursula von der Leyen"),
        ("President-elect Vik", "Vik"),
        ("Otto Vik Jr.", "Otto Vik Jr."),
        ("Rep. Peter King", "Peter King"),
        ("Vik on Monday", "Vik"),
        ("NOAA chief Ida Holm", "Ida Holm"),
        ("If Vik", "Vik"),
        ("Beyond Otto Vik", "Otto Vik"),
        ("a spokesman for Otto Vik", None),
        ("Vik’s office", None),
        ("Otto Vik's", None),
        ("the mayor", None),
        ("The President", None),
        ("the Vik administration", None),
        ("a Vik aide", None),
        ("", None),
        ("“”", None),
    ],
)
def test_the_name_is_read_without_what_stands_around_it(words: str, shown: str | None) -> None:
    name = read_name(words)
    assert (name.shown if name else None) == shown


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("Otto Vik", "Runa Vik", False),
        ("Otto Vik", "Otto Vik Jr.", False),
        ("Otto Vik", "Otto J. Vik", True),
        ("O. J. Vik", "Otto Johan Vik", True),
        ("Otto A. Vik", "Otto B. Vik", False),
        ("Mr. Vik", "Mrs. Vik", False),
        ("Vik", "Otto Vik", True),
        ("José Peña", "Jose Pena", True),
        ("Badr al-Busaidi", "Badr Busaidi", True),
        ("Lind-Vik", "Otto Vik", False),
        ("Ida Lind-Vik", "Lind-Vik", True),
        ("Otto Vik", "Otto Vikström", False),
    ],
)
def test_names_fit_only_if_they_may_be_one_person(one: str, other: str, fits: bool) -> None:
    first, second = read_name(one), read_name(other)
    assert first is not None and second is not None
    assert first.fits(second) is fits
    assert second.fits(first) is fits


def test_those_who_speak_together_are_read_one_by_one() -> None:
    found = read_names("U.S. senators Jacky Rosen and Catherine Cortez Masto")
    assert [name.shown for name in found] == ["Jacky Rosen", "Catherine Cortez Masto"]


@pytest.mark.parametrize(
    ("words", "bare"), [("Vik", True), ("Mr. Vik", True), ("al-Busaidi", True), ("Otto Vik", False)]
)
def test_a_family_name_alone_is_bare(words: str, bare: bool) -> None:
    name = read_name(words)
    assert name is not None and name.is_bare is bare


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Secretary of State Otto Vik met Mayor Pia Lund.", ["Otto Vik", "Pia Lund"]),
        ("Secretary of Homeland Security Runa Vik spoke.", ["Runa Vik"]),
        ("Otto Vik’s house stood beside Vik Street.", ["Otto Vik"]),
        ("Vik met the mayor.", []),
    ],
)
def test_whole_names_are_found_with_their_places(text: str, shown: list[str]) -> None:
    article = Article(id="0" * 12, path="a", content_hash="", text=text, title="")
    found = [(name.shown, text[start:end]) for name, start, end in full_names_in(article, Sentence(0, len(text)))]
    assert [name for name, _ in found][: len(shown)] == shown and all(name == words for name, words in found)
