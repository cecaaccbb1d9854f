"""Copies of one text: told from texts that only share a subject, grouped as they come, one voice in an answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answering.candidates import rank_candidates
from rag.answering.confidence import load_calibration
from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from rag.ingest.file_reader import read_text
from rag.store.store import Store
from rag.text.near_duplicates import are_copies, bands, shingle
from tests.composing import material
from tests.libraries import update

SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))
WORDS = "the mayor council bridge river tram vote court strike storm coast army talks price market plant rail".split()


def article(text: str) -> Article:
    return Article("", "", "", text, "", sentences=(Sentence(0, len(text)),) if text else ())


def prose(seed: int, words: int = 300) -> list[str]:
    """Words of another text for each seed."""
    chosen = random.Random(seed)
    return [f"{chosen.choice(WORDS)}{chosen.randrange(40)}" for _ in range(words)]


def edited(words: list[str], share: float, seed: int = 0) -> list[str]:
    """The words with a stretch of every tenth part of them rewritten, `share` of all."""
    chosen, result = random.Random(seed), list(words)
    part = len(words) // 10
    for start in range(0, len(words), part):
        length = round(part * share)
        at = start + chosen.randrange(max(part - length, 1))
        result[at : at + length] = [f"other{chosen.randrange(10**6)}" for _ in result[at : at + length]]
    return result


def copies(one: list[str], other: list[str]) -> bool:
    return are_copies(shingle(article(" ".join(one))), shingle(article(" ".join(other))))


def test_a_copy_is_told_whatever_was_done_to_it() -> None:
    words = prose(1)
    assert copies(words, words)
    assert copies(words, [word.upper() for word in words])
    assert copies(words, ["London,", "(Reuters)", "—", *words, "All", "rights", "reserved."])
    assert copies(words, edited(words, 0.15))
    assert copies(words, words[:120]), "a report cut short"
    assert copies(words[:120], words), "it doesn't matter which is the longer"


def test_other_texts_are_no_copies() -> None:
    words = prose(1)
    assert not copies(words, prose(2))
    assert not copies(words, edited(words, 0.6))
    assert not copies(words, prose(2)[:150] + words[:40]), "a common paragraph"
    assert not copies(words, words[:8]), "a headline that stands in another text"
    assert not copies(words, [])
    assert not copies([], [])


def test_boilerplate_makes_no_copies() -> None:
    footer = " Subscribe to our newsletter for the best of the day, every day, in your inbox, free of charge." * 3

    def page(story: str) -> Article:
        sentences = (Sentence(0, len(story)), Sentence(len(story), len(story) + len(footer), "boilerplate"))
        return Article("", "", "", story + footer, "", sentences=sentences)

    one, other = page("The mayor opened the bridge."), page("A fire destroyed the mill.")
    assert not are_copies(shingle(one), shingle(other))


def test_copies_nearly_always_share_a_band_and_others_seldom() -> None:
    found = [
        bool(
            set(bands(shingle(article(" ".join(words)))))
            & set(bands(shingle(article(" ".join(edited(words, 0.2, seed=n))))))
        )
        for n in range(200)
        for words in [prose(n)]
    ]
    assert sum(found) >= 190
    keys = [set(bands(shingle(article(" ".join(prose(n)))))) for n in range(100)]
    assert sum(bool(keys[i] & keys[j]) for i in range(100) for j in range(i)) <= 20


def test_the_keys_are_the_same_for_ever() -> None:
    """They lie in the store: where this fails, `store_format.FORMAT` has to be raised."""
    keys = bands(shingle(article("The old bridge over the Lune reopened on Monday.")))
    assert (len(keys), keys[0], keys[-1]) == (40, -648802597693200957, -6605472652844719565)
    assert bands(shingle(article(""))) == []


def test_the_seed_has_a_copy_without_its_first_lines() -> None:
    source = read_text(SEED.read_bytes())
    whole = Article("", "", "", source.text, "", sentences=source.sentences)
    half = source.text[len(source.text) // 2 :]
    part = read_text(half.encode())
    assert are_copies(shingle(whole), shingle(Article("", "", "", part.text, "", sentences=part.sentences)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "index") as store:
        yield store


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


def agreement(*groups: tuple[str, int | None]) -> list[float]:
    """What the candidates of articles of these ids and groups, all saying the same, count as agreement."""
    readings = []
    for rank, (article_id, group) in enumerate(groups, start=1):
        said = "The toll rose to 42."
        story = Article(article_id, "", article_id, said, "", sentences=(Sentence(0, len(said)),), group=group)
        hit = Hit(Passage(rank, story, 0, len(said), story.sentences), rank, 1.0 / rank, 0.5)
        readings.append(Reading(hit, (Span(17, 19, 3.0),), (1.0,)))
    candidates = rank_candidates(material("How high is the toll?", readings, load_calibration("sentence")))
    return [c.signals.agreement for c in sorted(candidates, key=lambda c: c.hit.rank)]


def test_copies_are_one_voice() -> None:
    assert agreement(("a", 1), ("b", 2), ("c", 3)) == [2, 2, 2]
    assert agreement(("a", 1), ("b", 1), ("c", 1)) == [0, 0, 0]
    assert agreement(("a", 1), ("b", 1), ("c", 3)) == [1, 1, 1]
    assert agreement(("a", None), ("b", None)) == [1, 1]
