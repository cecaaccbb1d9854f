"""The Atom feed of changes, read by a feed reader's parser."""

from __future__ import annotations

import uuid
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser

from rag.standing.feed import NAMESPACE, make_feed
from tests.standing.news import TOLL, build, put

ADDRESS = "http://localhost/v1/standing.atom?x=<&>"
REGISTER = uuid.UUID(int=7)


def test_a_feed_has_each_change_with_its_quotes_and_ids_that_stay(tmp_path: Path) -> None:
    with build(tmp_path) as library:
        library.follow(TOLL)
        put(tmp_path, "more", "2025-03-03", "Sund Post", "Three people died in the flood in Osk, a doctor said.")
        library.update(tmp_path / "news")
        written = library.standing_feed(ADDRESS)
        assert library.standing_feed(ADDRESS) == written
        (change,) = library.standing().changes
    read = feedparser.parse(written)
    assert not read.bozo
    assert read.feed.links[0].href == ADDRESS
    (entry,) = read.entries
    assert entry.title == f"{TOLL} – The answer is another one."
    assert entry.updated == change.found == read.feed.updated
    assert "Three people died in the flood in Osk, a doctor said." in entry.content[0].value
    odd = change.model_copy(update={"question": "a\x00b\ufffe & <c> \u202e", "number": 2})
    again = feedparser.parse(make_feed([change, odd], REGISTER, ADDRESS))
    assert not again.bozo and len({one.id for one in again.entries}) == 2
    assert again.entries[1].id == feedparser.parse(make_feed([change], REGISTER, ADDRESS)).entries[0].id
    assert again.entries[0].title.startswith("a\\x00b\\xfffe & <c> \\x202e")


def test_an_empty_feed_is_a_feed() -> None:
    root = ET.fromstring(make_feed([], REGISTER, ADDRESS))
    found = {child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in root}
    assert found == {"title", "id", "updated", "link", "author"}
