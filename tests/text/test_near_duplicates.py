"""Copies of one text: distinguished from texts on the same subject, grouped, and counted as one source in an answer."""

from __future__ import annotations

import random

from rag.core.article import Article, Sentence
from rag.ingest.file_reader import read_text
from rag.text.near_duplicates import are_copies, bands, shingle
from tests.libraries import prose
from tests.places import SEED


def article(text: str) -> Article:
    return Article("", "", "", text, "", sentences=(Sentence(0, len(text)),) if text else ())


def edited(words: list[str], share: float, seed: int = 0) -> list[str]:
    """Rewrites the share `share` of the words, a run in each tenth of them."""
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
