"""The reference of a quote in each style, and the names in a byline."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given

from rag.core.schema import Citation
from rag_ui.chat.references import references
from rag_ui.language.bylines import given_and_family, names_of
from rag_ui.language.strings import ENGLISH, GERMAN
from tests.any_text import any_text
from tests.fake_library import cite, make_article

QUOTE = "Two boats came."


def citation(**fields: object) -> Citation:
    article = make_article(QUOTE, "Boats in the harbour")
    known = {"source": "The Courier", "byline": "Ada B. Quill, Ursula von der Leyen and Ben Ford"}
    dated = {"published": "2018-10-31", "url": "https://courier.example/1"}
    return cite(article, QUOTE).model_copy(update={**known, **dated, **fields})


def test_each_style_is_written_as_its_manual_says() -> None:
    written = references(citation(), ENGLISH)
    assert written["footnote"] == (
        "“Two boats came.”\n\nAda B. Quill, Ursula von der Leyen, Ben Ford, “Boats in the harbour”, The Courier, "
        "31 October 2018, https://courier.example/1."
    )
    assert written["chicago"] == (
        "Quill, Ada B., Ursula von der Leyen, and Ben Ford. “Boats in the harbour.” The Courier, October 31, 2018. "
        "https://courier.example/1."
    )
    assert written["apa"] == (
        "Quill, A. B., von der Leyen, U., & Ford, B. (2018, October 31). Boats in the harbour. The Courier. "
        "https://courier.example/1"
    )
    assert written["bibtex"] == (
        "@article{quill2018boats,\n  author = {Quill, Ada B. and von der Leyen, Ursula and Ford, Ben},\n"
        "  title = {{Boats in the harbour}},\n  journal = {The Courier},\n  year = {2018},\n  month = {10},\n"
        "  day = {31},\n  url = {https://courier.example/1},\n}"
    )
    (item,) = json.loads(written["csl"])
    assert item["author"][1] == {"family": "von der Leyen", "given": "Ursula"}
    assert (item["type"], item["issued"]) == ("article-newspaper", {"date-parts": [[2018, 10, 31]]})
    assert written.keys() == ENGLISH.words.references.styles.keys()


def test_what_is_not_known_is_left_out() -> None:
    bare = citation(byline=None, url=None, published=None, source=None, path="a/world.jsonl#7")
    written = references(bare, ENGLISH)
    assert written["chicago"] == "“Boats in the harbour.” world.jsonl, n.d."
    assert written["apa"] == "Boats in the harbour. (n.d.). world.jsonl."
    nowhere = references(bare.model_copy(update={"path": "a/posted/x-0123456789ab.json"}), ENGLISH)
    assert nowhere["chicago"] == "“Boats in the harbour.” n.d."
    assert nowhere["apa"] == "Boats in the harbour. (n.d.)."
    assert "container-title" not in json.loads(nowhere["csl"])[0]
    assert "author" not in written["bibtex"] + written["csl"] and "year" not in written["bibtex"]
    partial = references(citation(published="2018-10", byline="Reuters"), ENGLISH)
    assert "Reuters. “Boats" in partial["chicago"] and "The Courier, October 2018." in partial["chicago"]
    assert "Reuters (2018, October)." in partial["apa"] and "author = {{Reuters}}" in partial["bibtex"]
    assert json.loads(partial["csl"])[0]["author"] == [{"literal": "Reuters"}]


@pytest.mark.parametrize("published", ["2018-13-40", "spring", "20181031", "2018-02"])
def test_a_date_that_is_none_is_not_guessed(published: str) -> None:
    written = references(citation(published=published), ENGLISH)
    assert ("October" in written["apa"], "month = {13}" in written["bibtex"]) == (False, False)


def test_a_footnote_is_in_the_pages_language_and_the_other_styles_are_not() -> None:
    written = references(citation(), GERMAN)
    assert "31. Oktober 2018" in written["footnote"] and "October 31" in written["chicago"]


def test_of_very_many_authors_chicago_names_seven() -> None:
    byline = ", ".join(f"Ada N{letter}" for letter in "abcdefghijk")
    assert "Ada Ng, et al." in references(citation(byline=byline), ENGLISH)["chicago"]


def test_what_has_a_meaning_in_bibtex_is_escaped() -> None:
    written = references(citation(title=r"50% of {A} & B_1 \end", url="https://a.example/{b}"), ENGLISH)["bibtex"]
    assert r"{{50\% of \{A\} \& B\_1 \textbackslash{}end}}" in written
    assert "https://a.example/%7Bb%7D" in written


@given(any_text(), any_text())
def test_any_text_gives_every_style(title: str, byline: str) -> None:
    written = references(citation(title=title, byline=byline, source=title, url=byline), ENGLISH)
    assert all(written.values())
    assert re.fullmatch(r"@article\{[a-z0-9]+,", written["bibtex"].splitlines()[0])
    json.loads(written["csl"])


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Quill", ["Ada Quill"]),
        ("Ada Quill, Ben Ford, and Cy Dahl", ["Ada Quill", "Ben Ford", "Cy Dahl"]),
        ("Martin King, Jr., Ben Ford", ["Martin King, Jr.", "Ben Ford"]),
        ("", []),
        ("Andy Anderson", ["Andy Anderson"]),
    ],
)
def test_the_names_of_a_byline(byline: str, names: list[str]) -> None:
    assert names_of(byline) == names


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Quill", ("Ada", "Quill")),
        ("Shannon van der Berg", ("Shannon", "van der Berg")),
        ("Reuters", ("", "Reuters")),
        ("Martin King, Jr.", ("Martin", "King, Jr.")),
        ("de Gaulle", ("de", "Gaulle")),
    ],
)
def test_a_name_is_given_names_and_a_family_name(name: str, parts: tuple[str, str]) -> None:
    assert given_and_family(name) == parts
