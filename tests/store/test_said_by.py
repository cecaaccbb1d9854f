"""The store keeps who says what in each version, and knows in which passages a person speaks."""

from __future__ import annotations

import pytest

from rag.core.article import TaggedSpeech
from rag.core.errors import IndexDamagedError
from rag.store.store import Store
from tests.libraries import assert_intact, put, update
from tests.remedies import raises_mended_by

pytestmark = pytest.mark.databases

SPOKEN = "Maria Keller said that the bridge is safe.\nIt is 90 years old.\n“It is a gift,” said Otto Lind.\n"


def texts(store: Store, name: str, generation: int | None = None) -> list[str]:
    found = store.said_by(name, store.generation if generation is None else generation)
    return [passage.text for passage in store.passages(found)]


def test_passages_are_found_by_who_speaks_in_them(store: Store) -> None:
    update(store, bridge=SPOKEN, other="The bridge is old.\n")
    assert texts(store, "Maria Keller") == ["Maria Keller said that the bridge is safe."]
    assert texts(store, "Mayor Keller") == texts(store, "keller") == texts(store, "Maria Keller")
    assert texts(store, "Otto Lind") == ["“It is a gift,” said Otto Lind."]
    assert texts(store, "Anna Berg") == texts(store, "") == []


def test_a_generation_sees_its_own_speakers(store: Store) -> None:
    first = update(store, bridge=SPOKEN)
    update(store, bridge="Anna Berg said that the bridge is closed.\n")
    assert texts(store, "Keller") == []
    assert texts(store, "Berg") == ["Anna Berg said that the bridge is closed."]
    assert len(store.said_by("Keller", first)) == 1


def test_tagged_speeches_come_back_as_they_were_stored(store: Store) -> None:
    text = "“It is a gift to all of us in the town.” Anna Berg smiled.\n"
    speech = TaggedSpeech(0, text.index("”") + 1, text.index("Anna"), text.index(" smiled"))
    with store.begin_update() as change:
        put(change, "berg", text, speeches=(speech,))
        put(change, "silent", "The bridge is old.\n", speeches=())
        put(change, "unread", "The bridge is older.\n")
        change.commit()
    found = {summary.path: store.article(summary.id).speeches for summary in store.articles()}
    assert found == {"berg": (speech,), "silent": (), "unread": None}
    assert texts(store, "Berg") == [text.strip()]
    assert_intact(store.place)


def test_damaged_speeches_are_noticed(store: Store) -> None:
    with store.begin_update() as change:
        article_id = put(change, "berg", SPOKEN, speeches=(TaggedSpeech(0, 4, 5, 9),))
        change.commit()
    with store.backend.change() as database:
        database.run("UPDATE speech SET packed = ?", (bytes(12) + b"\x01\0\0\0",))
        database.commit()
    with Store.open(store.place) as again, raises_mended_by("rebuild_from_articles", IndexDamagedError):
        again.article(article_id)
    with pytest.raises(AssertionError, match="rows of speech"):
        assert_intact(store.place)
