"""What a person says otherwise than earlier is marked, and nothing else is."""

from __future__ import annotations

import pytest

from rag.library import Library
from rag.said.results import Said
from tests.libraries import write

NEWS = {
    "2024-03-01": (
        "“The bridge over the Lune will cost 20 million crowns,” Mayor Tora Vik said on Friday. "
        "“The harbour of Osk will be closed in winter,” Tora Vik said. “The rent of the boathouse will rise,” she said."
    ),
    "2024-04-01": "“The tunnel to Mell will take nine years,” Mayor Tora Vik said. It rained in Osk.",
    "2024-05-01": (
        "“The bridge over the Lune will cost 35 million crowns,” Mayor Tora Vik said. "
        "“The harbour of Osk will be open in winter,” Tora Vik said. "
        "“The tunnel to Mell will take nine years,” she said. "
        "Finn Aune said: “The tunnel to Mell will take four years.”"
    ),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    folder = tmp_path_factory.mktemp("said")
    for day, text in NEWS.items():
        write(folder / "news" / f"{day}.md", f"---\ntitle: Osk on {day}\ndate: {day}\n---\n\n{text}\n")
    with Library.open(folder / "index", create=True) as library:
        library.update(folder / "news")
        found = library.said("Tora Vik")
        for change in found.changes:
            later, before = (one for n in (change.number, change.before) for one in found.statements if one.number == n)
            text = library.article(later.article_id, later.content_hash).text
            assert text[change.start : change.end] == change.words
            assert later.start <= change.start and change.end <= later.end
            text = library.article(before.article_id, before.content_hash).text
            assert text[change.before_start : change.before_end] == change.before_words
            assert (before.published or "") < (later.published or "")
        assert library.said("Tora Vik", by_others=True).changes == ()
    return found


def test_another_figure_and_an_opposite_are_marked(said: Said) -> None:
    changed = {(change.before_words, change.words) for change in said.changes}
    assert changed == {("20 million crowns", "35 million crowns"), ("closed", "open")}


def test_each_is_told_below_its_statement(said: Said) -> None:
    (cost,) = (change for change in said.changes if "million" in change.words)
    line = f"otherwise than [{cost.before}] (2024-03-01): “35 million crowns”, there “20 million crowns”"
    assert line in str(said)
