"""What the page does with the details of an article that an editor sends, and with what is no such thing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.library import Library
from rag_ui.language.strings import ENGLISH, GERMAN
from rag_ui.reading.correcting import Correcting
from tests.libraries import story, write

WORDS = ENGLISH.words.reading


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("correcting")
    write(folder / "news" / "tram.txt", story("The tram came to Halton in 2020."))
    with Library.open(folder / "index", create=True) as library:
        library.update(folder / "news")
        yield library


def sent(library: Library, **fields: str) -> dict[str, str]:
    (article,) = library.articles()
    return {"article_id": article.id, "title": article.title, "published": "", "source": "", **fields}


def test_an_article_is_corrected_and_taken_back_and_the_form_follows(library: Library) -> None:
    correcting = Correcting(library, ENGLISH)
    shown = correcting.save(sent(library, published="2020-05", source="Halton Gazette"))["correcting"]
    assert (shown["said"], shown["facts"][:2]) == (WORDS.corrected, ["Halton Gazette", "May 2020"])
    assert shown["fields"] == {"title": "A story of the day", "published": "2020-05", "source": "Halton Gazette"}
    assert shown["original"] == "Its file has: A story of the day · no date · no source"
    german = Correcting(library, GERMAN).offer(library.article(shown["id"]))
    assert german["original"] == "In der Datei steht: A story of the day · kein Datum · keine Quelle"
    undone = correcting.undo({"article_id": shown["id"]})["correcting"]
    assert (undone["said"], undone["original"], undone["fields"]["published"]) == (WORDS.brought_back, None, "")


@pytest.mark.parametrize(
    ("fields", "field", "problem"),
    [
        ({"published": "2020-02-30"}, "published", "„2020-02-30“ ist kein Datum: als 2025-04-12, 2025-04 oder 2025"),
        ({"title": ""}, "title", "Ein Artikel hat einen Titel: einen angeben."),
        ({"source": "x" * 501}, "", "Der Titel oder die Quelle hat 501 Zeichen: höchstens 500 angeben."),
        ({"article_id": "0" * 12}, "", "Die Stelle dieses Zitats wurde im Archiv nicht gefunden"),
    ],
)
def test_what_is_not_possible_is_told_beside_its_field(
    library: Library, fields: dict[str, str], field: str, problem: str
) -> None:
    told = Correcting(library, GERMAN).save(sent(library, **fields))["correcting"]
    assert told["field"] == field and told["problem"].startswith(problem)
    assert library.corrections() == ()


@pytest.mark.parametrize(
    "forged", [None, "x", {}, {"article_id": "A story of the day"}, {"article_id": 3, "title": "x"}]
)
def test_what_the_page_does_not_send_changes_nothing(library: Library, forged: object) -> None:
    correcting = Correcting(library, ENGLISH)
    for work in (correcting.save, correcting.undo):
        assert "problem" in work(forged)["correcting"]
    assert library.corrections() == ()
