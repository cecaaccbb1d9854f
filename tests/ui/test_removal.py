"""What the reader offers an editor, and what becomes of requests that a browser, or somebody else, sends."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from rag.core.errors import IndexBusyError
from rag.core.reports import WithdrawnArticle
from rag.library import Library
from rag_ui.language.strings import ENGLISH, GERMAN
from rag_ui.reading.reader_pane import Reader
from rag_ui.reading.removal import Removal
from tests.fake_library import FakeLibrary, cite, make_article
from tests.libraries import write

ARTICLE = make_article("Ada Quill saw boats.", "Diary")
SENT = {"article_id": ARTICLE.id}
TODAY = datetime.date(2026, 6, 10)
WORDS = ENGLISH.words


class BusyLibrary(FakeLibrary):
    """A library that is always being updated."""

    def withdraw(self, *articles: str) -> tuple[WithdrawnArticle, ...]:
        raise IndexBusyError("Another update is running", remedy="wait")


class BrokenLibrary(FakeLibrary):
    """A library with a fault of the program."""

    def withdraw(self, *articles: str) -> tuple[WithdrawnArticle, ...]:
        raise ZeroDivisionError


def test_only_who_may_edit_is_offered_to_remove_an_article() -> None:
    reader = Reader(FakeLibrary([ARTICLE], {}), ENGLISH)
    place = {name: getattr(cite(ARTICLE, "boats"), name) for name in ("number", "article_id", "content_hash", "start")}
    for sent in (SENT, {"place": {**place, "end": ARTICLE.text.index("boats") + 5}}):
        assert reader.view(sent, TODAY)["removal"] is None
        assert reader.view(sent, TODAY, may_edit=True)["removal"] == {"id": ARTICLE.id, "state": "here", "said": ""}


def test_a_removed_article_can_be_brought_back_once_and_again() -> None:
    removal = Removal(FakeLibrary([ARTICLE], {}), ENGLISH)
    for _ in range(2):
        for _ in range(2):  # the second is of another page that was not told yet
            assert removal.remove(SENT)["removal"] == {"id": ARTICLE.id, "state": "removed", "said": WORDS.removed}
        for _ in range(2):
            assert removal.undo(SENT)["removal"] == {"id": ARTICLE.id, "state": "here", "said": WORDS.returned}


def test_one_line_says_that_an_open_article_was_removed_and_it_is_true_after_undo(tmp_path: Path) -> None:
    write(tmp_path / "articles/boats.txt", "Ada Quill saw nine boats at Osk on Monday. The harbour was full of people.")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "articles")
        (article,) = library.articles()
        text = library.article(article.id)
        library.withdraw(article.id)
        place = {"number": 1, "article_id": article.id, "content_hash": text.content_hash, "start": 0, "end": 9}
        reader, removal = Reader(library, ENGLISH), Removal(library, ENGLISH)
        opened, read = (reader.view({"place": place}, TODAY, may_edit=edits) for edits in (True, False))
        undone = removal.undo({"article_id": article.id})["removal"]["said"]
    gone = WORDS.edition_states["removed"]
    assert (opened["removal"]["said"], opened["became"]) == (WORDS.removed, "")
    assert read["became"] == gone
    assert undone == WORDS.returned


@pytest.mark.parametrize("sent", [None, {}, {"article_id": 7}, {"article_id": "x", "more": 1}, [ARTICLE.id]])
def test_what_no_reader_sends_removes_nothing(sent: object) -> None:
    library = FakeLibrary([ARTICLE], {})
    for answer in (Removal(library, ENGLISH).remove(sent), Removal(library, ENGLISH).undo(sent)):
        assert answer["removal"] == {"id": "", "state": "gone", "said": WORDS.bad_citation}
    assert library.articles()


def test_a_part_of_a_title_removes_nothing_on_the_page() -> None:
    library = FakeLibrary([ARTICLE], {})
    assert Removal(library, ENGLISH).remove({"article_id": "Diary"})["removal"]["state"] == "gone"
    assert library.articles()


def test_what_goes_wrong_is_said_in_the_pages_language_and_the_article_stays(caplog: pytest.LogCaptureFixture) -> None:
    busy = Removal(BusyLibrary([ARTICLE], {}), GERMAN).remove(SENT)["removal"]
    assert (busy["state"], busy["said"]) == ("here", GERMAN.words.problems["index_busy"])
    broken = Removal(BrokenLibrary([ARTICLE], {}), GERMAN).remove(SENT)["removal"]
    assert (broken["state"], broken["said"]) == ("here", GERMAN.words.removal_failed)
    assert "ZeroDivisionError" in caplog.text
