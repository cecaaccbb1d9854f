"""Editions: an older citation still finds the text it quotes, and says what has happened to the article since."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.errors import CitationError
from rag.core.place import Place
from rag.ingest.rebuild import rebuild_library
from rag.ingest.update import update_library
from rag.library import Library
from rag.store.store import Store
from rag_ui.language.strings import ENGLISH
from rag_ui.reading import reader_pane
from tests.cli.command import run
from tests.fakes import HashingEmbedder
from tests.libraries import update, write

pytestmark = pytest.mark.databases

TODAY = datetime.date(2026, 6, 10)
STORY = "Bridge reopens\n\nThe old bridge over the Lune reopened on Monday. The works cost {} million pounds."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    write(tmp_path / "news" / "bridge.txt", STORY.format(14))
    return tmp_path / "news"


@pytest.fixture
def library(place: Place, news: Path) -> Iterator[Library]:
    with Library.open(place, create=True) as library:
        library.update(news)
        yield library


def test_a_citation_says_what_became_of_the_text_it_quotes(library: Library, news: Path) -> None:
    cited = library.answer("How much did the works cost?").citations[0]
    assert "14 million" in cited.quote
    edition = library.edition(cited)
    assert (edition.state, edition.number, edition.count, edition.until) == ("current", 1, 1, None)
    assert edition.since is not None

    write(news / "bridge.txt", STORY.format(19))
    library.update(news)
    edition = library.edition(cited)
    assert (edition.state, edition.number, edition.count) == ("replaced", 1, 2)
    assert edition.until is not None
    assert library.article(cited.article_id, cited.content_hash).text == STORY.format(14)
    now = library.answer("How much did the works cost?").citations[0]
    assert "19 million" in now.quote
    assert (library.edition(now).state, library.edition(now).number) == ("current", 2)

    (news / "bridge.txt").unlink()
    library.update(news, removed=True)
    assert (library.edition(cited).state, library.edition(now).state) == ("replaced", "removed")
    write(news / "bridge.txt", STORY.format(14))
    library.update(news)
    assert (library.edition(cited).state, library.edition(cited).number) == ("current", 3)
    assert library.edition(now).state == "replaced"


def test_a_quote_that_is_not_there_has_no_edition(library: Library) -> None:
    cited = library.answer("How much did the works cost?").citations[0]
    for change in ({"quote": "Forged."}, {"content_hash": "0" * 64}, {"article_id": "nowhere"}):
        with pytest.raises(CitationError):
            library.edition(cited.model_copy(update=change))
    with pytest.raises(CitationError):
        library.editions("nowhere")


def test_the_reader_pane_says_that_the_article_has_changed(library: Library, news: Path) -> None:
    cited = library.answer("How much did the works cost?").citations[0]
    place = reader_pane.Place.of(cited).model_dump()
    assert reader_pane.Reader(library, ENGLISH).view({"place": place}, TODAY)["became"] == ""
    write(news / "bridge.txt", STORY.format(19))
    library.update(news)
    shown = reader_pane.Reader(library, ENGLISH).view({"place": place}, TODAY)
    assert shown["became"] == ENGLISH.words.edition_states["replaced"]
    assert "".join(segment["text"] for segment in shown["segments"]) == STORY.format(14)


def test_a_text_that_only_looks_new_is_no_new_edition(tmp_path: Path) -> None:
    with Store.create(tmp_path) as store:
        update(store, a="One.\n")
        update(store, a="One.\n")  # Another file with the same text: a byte order mark came or went.
        (article,) = store.articles()
        assert [edition.count for edition in store.editions(article.id)] == [1]
        update(store, a="Two.\n")
        update(store, a="One.\n")
        assert [edition.state for edition in store.editions(article.id)] == ["replaced", "replaced", "current"]
        assert store.editions("nowhere") == ()


def test_editions_outlive_a_rebuild(store: Store, news: Path) -> None:
    with store:
        for figure in (14, 19):
            write(news / "bridge.txt", STORY.format(figure))
            update_library(store, [news], HashingEmbedder())
        (article,) = store.articles()
        before = store.editions(article.id)
        rebuild_library(store.place, [], HashingEmbedder())
        after = store.editions(article.id)
        assert [(e.number, e.state, e.content_hash) for e in after] == [
            (e.number, e.state, e.content_hash) for e in before
        ]
        assert after[0].since == before[0].since


@pytest.mark.slow
def test_show_prints_the_edition_asked_for(library: Library, news: Path, tmp_path: Path) -> None:
    def show(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run("show", *arguments, "--index", "index", cwd=tmp_path)

    article_id = library.articles()[0].id
    assert "edition 1 of" not in show("bridge").stdout
    write(news / "bridge.txt", STORY.format(19))
    library.update(news)
    assert re.search(r"edition 2 of 2 \(from \d{4}-\d\d-\d\d, the current text\)\n\n", show("bridge").stdout)
    old = show("bridge", "--edition", "1")
    assert "edition 1 of 2" in old.stdout
    assert "the article has changed since" in old.stdout
    assert old.stdout.endswith(STORY.format(14) + "\n")
    cited = json.loads(show("bridge", "--edition", "1", "--json").stdout)
    assert show("bridge", "--edition", cited["content_hash"][:12]).stdout == old.stdout
    assert show("bridge", "--edition", "7").returncode == 2
    (news / "bridge.txt").unlink()
    library.update(news, removed=True)
    gone = show(article_id)
    assert "the article was removed since" in gone.stdout
    assert gone.stdout.endswith(STORY.format(19) + "\n")
