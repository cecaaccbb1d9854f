"""Copies of one text in the store: grouped when they are added, separated when they change."""

from __future__ import annotations

import pytest

from rag.store.store import Store
from tests.libraries import prose, update

pytestmark = pytest.mark.databases


def text(words: list[str]) -> str:
    return " ".join(words) + ".\n"


def groups(store: Store, generation: int | None = None) -> set[frozenset[str]]:
    """The paths of the articles of each group."""
    found: dict[int | None, set[str]] = {}
    for summary in store.articles(generation):
        assert store.article(summary.id).group == summary.group or generation is not None
        found.setdefault(summary.group, set()).add(summary.path)
    return set(map(frozenset, found.values()))


def split(*parts: str) -> set[frozenset[str]]:
    return {frozenset(part.split()) for part in parts}


def test_each_update_places_what_is_new_among_what_is_there(store: Store) -> None:
    wire, other = prose(1), prose(2)
    update(store, wire=text(wire), other=text(other))
    assert groups(store) == split("wire", "other")
    update(store, repost=text(["Updated:", *wire]))
    assert groups(store) == split("wire repost", "other")
    update(store, short=text(wire[:100]), third=text(prose(3)))
    assert groups(store) == split("wire repost short", "other", "third")
    assert groups(store, 1) == split("wire", "other")
    assert groups(store, 2) == split("wire repost", "other")


def test_one_that_belongs_to_two_groups_makes_them_one(store: Store) -> None:
    first, second = prose(1, 100), prose(2, 100)
    update(store, a=text(first), b=text([*first, "More."]), c=text(second), d=text([*second, "More."]))
    assert groups(store) == split("a b", "c d")
    update(store, both=text([*first, *second]))
    assert groups(store) == split("a b c d both")
    assert groups(store, 1) == split("a b", "c d")


def test_a_copy_that_is_rewritten_or_removed_leaves_its_group(store: Store) -> None:
    wire = prose(1)
    update(store, a=text(wire), b=text([*wire, "More."]), c=text(["Again:", *wire]))
    update(store, a=text(prose(2)))
    assert groups(store) == split("a", "b c")
    update(store, b=None)
    assert groups(store) == split("a", "c")
    update(store, a=text(wire))
    assert groups(store) == split("a c")


def test_an_older_text_has_no_group(store: Store) -> None:
    update(store, a=text(prose(1)))
    article_id, was = store.articles()[0].id, store.article(store.articles()[0].id).content_hash
    update(store, a=text(prose(2)))
    assert store.article(article_id, was).group is None
    assert store.article(article_id).group is not None
