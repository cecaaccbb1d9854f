"""What the reader tells of an article that it shows already, when the archive has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.library import Library
from rag_ui.language.strings import ENGLISH
from rag_ui.reading.still_there import StillThere
from tests.libraries import story, write

STATES = ENGLISH.words.edition_states


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    write(tmp_path / "news/mill.txt", story("The mill of Osk cost three million."))
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "news")
        yield library


def seen_of(library: Library) -> dict[str, str]:
    (listed,) = library.articles()
    return {"article_id": listed.id, "content_hash": library.article(listed.id).content_hash}


def test_it_tells_what_became_of_the_text_that_is_shown(library: Library, tmp_path: Path) -> None:
    still, seen = StillThere(library, ENGLISH), seen_of(library)

    def became() -> tuple[str, str | None]:
        told = still.check(seen, may_edit=True)
        assert told is not None
        return told["became"], told["removal"] and told["removal"]["state"]

    assert became() == (STATES["current"], "here")
    write(tmp_path / "news/mill.txt", story("The mill of Osk cost four million."))
    library.update(tmp_path / "news")
    assert became() == (STATES["replaced"], "here")
    write(tmp_path / "news/mill.txt", story("The mill of Osk cost three million."))
    library.update(tmp_path / "news")
    assert became() == (STATES["current"], "here")
    (tmp_path / "news/mill.txt").unlink()
    library.update(tmp_path / "news", removed=True)
    assert became() == (STATES["removed"], None)


def test_what_another_person_removed_can_be_brought_back_by_an_editor(library: Library) -> None:
    still, seen = StillThere(library, ENGLISH), seen_of(library)
    library.withdraw(seen["article_id"])
    edits, reads = (still.check(seen, may_edit) for may_edit in (True, False))
    assert edits is not None and reads is not None
    assert (edits["became"], edits["removal"]["state"]) == ("", "removed")
    assert (reads["became"], reads["removal"]) == (STATES["removed"], None)


@pytest.mark.parametrize("change", [{"article_id": "x"}, {"content_hash": "0" * 64}, {"more": 1}, {"content_hash": 3}])
def test_nothing_is_told_of_a_text_that_the_library_never_had(library: Library, change: dict[str, object]) -> None:
    assert StillThere(library, ENGLISH).check({**seen_of(library), **change}, may_edit=True) is None
