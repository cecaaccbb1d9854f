"""A dossier of made-up news: what each section quotes, that all of it stands in the articles, and its files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document

from rag.core.citation import Citation
from rag.core.errors import QuestionError
from rag.dossier.files import ENDINGS, content_of
from rag.dossier.results import Dossier, DossierEntry, DossierSection, Heading, Line, parts_of, render_markdown
from rag.library import Library
from tests.dossier.archive import SUBJECT, build
from tests.said.archive import build as build_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with build(tmp_path_factory.mktemp("flood")) as library:
        yield library


@pytest.fixture(scope="module")
def dossier(library: Library) -> Dossier:
    return library.dossier(SUBJECT)


def told(dossier: Dossier, kind: str) -> dict[str, list[str]]:
    """The quotes of a section by their headings; of a figure only its words."""
    (section,) = (section for section in dossier.sections if section.kind == kind)
    return {entry.heading: [one.short or one.quote for one in entry.citations] for entry in section.entries}


def test_every_quote_stands_in_its_article_letter_for_letter(library: Library, dossier: Dossier) -> None:
    assert len(dossier.citations) > 8
    for one in dossier.citations:
        assert library.article(one.article_id, one.content_hash).text[one.start : one.end] == one.quote
    assert {found.status for found in library.verify_quotes(dossier.citations)} == {"exact"}


def test_all_that_is_written_is_a_heading_a_quote_or_its_own_words(library: Library, dossier: Dossier) -> None:
    own = {SUBJECT, *(section.title for section in dossier.sections)}
    own |= {entry.heading for section in dossier.sections for entry in section.entries if entry.heading}
    parts = list(parts_of(dossier))
    lines = [part for part in parts if isinstance(part, Line)]
    assert {part.text for part in parts if isinstance(part, Heading)} == own
    assert [part for part in parts if isinstance(part, Citation)] == list(dossier.citations)
    assert any(line.strong for line in lines)
    assert all(line.cited is not None and line.strong in line.cited.quote for line in lines if line.strong)
    assert {line.before for line in lines if not line.strong and line.cited} <= {"Quoted in another section:"}


def test_nothing_is_quoted_twice_and_no_copy_beside_its_original(dossier: Dossier) -> None:
    quotes = [one.quote for one in dossier.citations]
    assert len(set(quotes)) == len(quotes)
    places = sorted((one.article_id, one.start, one.end) for one in dossier.citations)
    assert all(one[0] != other[0] or one[2] <= other[1] for one, other in pairwise(places))
    copies = {one.source for one in dossier.citations if one.title.startswith("River breaks")}
    assert len(copies) == 1 and dossier.articles == 6
    assert [one.number for one in dossier.citations] == list(range(1, len(quotes) + 1))


def test_an_overview_and_a_timeline_leave_out_what_does_not_stand_alone(dossier: Dossier) -> None:
    every = " ".join(
        quote for kind in ("overview", "timeline") for quotes in told(dossier, kind).values() for quote in quotes
    )
    assert "Engineers found that the dyke of Mell broke in the flood because badgers had dug through it." in every
    for left_out in ("He left", "Were the dykes", "fault of a council", "sold onions", "“The flood came"):
        assert left_out not in every
    assert list(told(dossier, "timeline")) == ["4 March 2024", "5 March 2024"]


def test_people_are_introduced_by_a_sentence_that_says_who_they_are(dossier: Dossier) -> None:
    people = told(dossier, "people")
    assert list(people) == ["Ida Holm", "Jonas Berg", "Vera Lund"]
    assert people["Ida Holm"] == ["Mayor Ida Holm said the town had been warned too late."]
    assert people["Jonas Berg"][0].startswith("Jonas Berg, the fire chief of Osk,")
    assert "chief physician Vera Lund" in people["Vera Lund"][0]


def test_a_sentence_about_a_person_comes_before_one_that_names_her_in_passing(tmp_path: Path) -> None:
    said = (
        "The flood gate in Mell opened after Mayor Ida Holm’s plan for it. The plan for the gate against the flood in "
        "Mell was made by a group of engineers and by Mayor Ida Holm. Mayor Ida Holm closed the gate in "
        "Mell in the flood."
    )
    with build_of(tmp_path, {"gate": ("2024-05-01", "Osk Gazette", said)}) as library:
        people = told(library.dossier("the flood in Mell"), "people")
    assert people["Ida Holm"] == ["Mayor Ida Holm closed the gate in Mell in the flood."]


def test_what_people_say_stands_under_their_names(dossier: Dossier) -> None:
    said = told(dossier, "said")
    assert said["Ida Holm"] == ["“We heard the siren when the water was in our kitchens,” Holm said on Monday evening."]
    assert said["Jonas Berg"] == ["“The flood came faster than any of us had ever trained for,” Berg said."]


def test_numbers_of_victims_are_told_by_date_and_those_of_one_day_that_differ_again(dossier: Dossier) -> None:
    figures = told(dossier, "figures")
    assert figures["Killed"] == ["at least three", "nine", "seven", "Eleven"]
    assert figures["Wounded"] == ["40", "62"]
    assert told(dossier, "differences") == {"Killed": ["nine", "seven"]}


def test_a_scope_limits_what_is_quoted(library: Library) -> None:
    late = library.dossier(SUBJECT, since="2024-03-10")
    assert late.sections and {one.published for one in late.citations} <= {"2024-03-12", "2024-04-02"}
    assert "from 2024-03-10 on" in render_markdown(late)
    early = library.dossier(SUBJECT, until="2024-03-04", sources=["Osk Gazette"])
    assert {one.published for one in early.citations} == {"2024-03-04"}
    with pytest.raises(QuestionError):
        library.dossier(SUBJECT, sources=["The Moon"])


def test_the_same_subject_gives_the_same_dossier(library: Library, dossier: Dossier) -> None:
    assert library.dossier(SUBJECT).model_dump_json() == dossier.model_dump_json()


def test_a_subject_of_which_the_articles_say_nothing_gives_no_sections(library: Library) -> None:
    assert library.dossier("the price of herring").sections == ()
    assert library.dossier("of the and").sections == ()
    with pytest.raises(QuestionError):
        library.dossier("  ")


def test_a_word_file_has_each_quote_with_a_footnote(dossier: Dossier) -> None:
    document = Document(io.BytesIO(content_of(dossier, ".docx")))
    written = [part.text for part in document.paragraphs if part.style.name == "Quote"]
    assert written == [one.quote for one in dossier.citations]
    notes = next(part for part in document.part.package.iter_parts() if part.partname == "/word/footnotes.xml")
    text = notes.blob.decode()
    assert all(f"characters {one.start}–{one.end} of article {one.article_id}" in text for one in dossier.citations)
    assert [part.text for part in document.paragraphs if part.style.name == "Heading 1"] == [SUBJECT]


def test_an_html_file_escapes_all_texts_and_loads_nothing(dossier: Dossier) -> None:
    hostile = Citation(
        number=1,
        article_id="0" * 12,
        content_hash="0" * 64,
        title="<img src=x onerror=alert(1)>",
        path="a.md",
        url="javascript:alert(1)",
        start=0,
        end=36,
        quote="<script>alert('1 & 2')</script> said.",
    )
    entry = DossierEntry(heading="<b>Otto</b>", citations=(hostile,))
    section = DossierSection(kind="people", entries=(entry,))
    made = Dossier(subject="<h1>", sections=(section,), articles=1, generation=1)
    written = content_of(made, ".html").decode()
    assert (
        "<script" not in written and "<img" not in written and "<b>" not in written and "<title>&lt;h1&gt;" in written
    )
    assert "&lt;script&gt;alert(&#x27;1 &amp; 2&#x27;)&lt;/script&gt; said." in written
    addresses = re.findall(r'(?:href|src)="([^"]*)"', written + content_of(dossier, ".html").decode())
    assert addresses and all(address.startswith(("#note-", "data:,")) for address in addresses)


def test_a_markdown_file_shows_characters_as_they_are_and_numbers_its_notes(dossier: Dossier) -> None:
    written = content_of(dossier, ".md").decode()
    assert r"A sign of AT\&T hung over" in written
    named = re.findall(r"\[\^(\d+)\](?!:)", written)
    stated = re.findall(r"^\[\^(\d+)\]: ", written, re.MULTILINE)
    assert set(named) == set(stated) and stated == [str(one.number) for one in dossier.citations]
    assert str(dossier) == written and {".md", ".html", ".docx"} == set(ENDINGS)


def test_a_speaker_whom_the_quote_does_not_name_is_named_beside_it(dossier: Dossier, tmp_path: Path) -> None:
    (entry,) = (entry for section in dossier.sections if section.kind == "said" for entry in section.entries[:1])
    (cited,) = entry.citations
    cut = cited.model_copy(update={"quote": cited.quote.partition(" Holm said")[0], "end": cited.start + 58})
    section = DossierSection(kind="said", entries=(DossierEntry(heading="Ida Holm", citations=(cut,)),))
    made = dossier.model_copy(update={"sections": (section,)})
    assert "> — Holm\n" in render_markdown(made) and "<footer>— Holm</footer>" in content_of(made, ".html").decode()
