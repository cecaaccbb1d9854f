"""A small archive of made-up news, and ways to change a quote a little."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from rag.library import Library
from tests.libraries import write

PIER = """The pier at Osk

By Ann Lind

The pier at Osk will close in May for 12 weeks, said harbour master Jo Berg. It cost $5 million in 1998 and can't be
mended any more. “We have waited too long,” Berg told the council on Tuesday. The council voted 14 to 3 for a bridge.

A ferry will run twice a day until September, with room for 40 cars. Tickets cost 6.50 crowns, and children under seven
travel free. The ferry company hopes for 1,200 passengers a week.
"""
STORM = """Storm over Mell

A storm tore the roof off the town hall of Mell on Sunday night, and nobody was hurt. The fire brigade counted 31 fallen
trees in the well-known park. Mayor Ida Holm said the repair would take until the spring of 2026. “It sounded like a
train that would not stop,” said Pelle Rask, who lives next door.

Schools stay closed on Monday. The railway to Osk runs with a delay of 45 minutes.
"""
MILL = """The last mill

The last mill of the valley was sold to a brewery for 2.4 million crowns. Its owner, Bo Lund, had ground rye there since
1974. He did not want to say what will become of the 23 workers. The brewery plans a museum and a restaurant with a view
of the weir, but not before 2027.
"""
TEXTS = {"pier": PIER, "storm": STORM, "mill": MILL}


def build(folder: Path) -> Library:
    """Makes a library of the three articles. Its files lie in `news/`."""
    for name, text in TEXTS.items():
        write(folder / "news" / f"{name}.txt", text)
    library = Library.open(folder / "index", create=True)
    library.update(folder / "news")
    return library


def real_quotes(library: Library) -> list[str]:
    """Returns each sentence of the articles that has at least five words."""
    articles = (library.article(summary.id) for summary in library.articles())
    sentences = (a.text[s.start : s.end] for a in articles for s in a.sentences if s.kind == "sentence")
    return [sentence for sentence in sentences if len(sentence.split()) >= 5]


def fuzzed(quotes: list[str], count: int, seed: int = 22) -> Iterator[tuple[str, str]]:
    """Yields quotes in which one word or one character is changed, and how."""
    chosen = random.Random(seed)
    names = list(_WAYS)
    for number in range(count):
        way = names[number % len(names)]
        quote = chosen.choice(quotes)
        changed = _WAYS[way](quote, chosen)
        if changed != quote:
            yield way, changed


def _inner_word(quote: str, chosen: random.Random) -> tuple[list[str], int]:
    words = quote.split(" ")
    return words, chosen.randrange(1, len(words) - 1)


def _replace_word(quote: str, chosen: random.Random) -> str:
    words, at = _inner_word(quote, chosen)
    return " ".join([*words[:at], chosen.choice(["zinc", "never", "all", "Larsen", "87"]), *words[at + 1 :]])


def _drop_word(quote: str, chosen: random.Random) -> str:
    words, at = _inner_word(quote, chosen)
    return " ".join([*words[:at], *words[at + 1 :]])


def _insert_word(quote: str, chosen: random.Random) -> str:
    words, at = _inner_word(quote, chosen)
    return " ".join([*words[:at], chosen.choice(["not", "almost", "very", "the"]), *words[at:]])


def _swap_words(quote: str, chosen: random.Random) -> str:
    words, at = _inner_word(quote, chosen)
    words[at], words[at - 1] = words[at - 1], words[at]
    return " ".join(words)


def _letter(quote: str, chosen: random.Random) -> int:
    """The place of a letter or digit of a word of at least two, at the quote's ends too."""
    places = [
        at
        for at, character in enumerate(quote)
        if character.isalnum() and (quote[at - 1 : at].isalnum() or quote[at + 1 : at + 2].isalnum())
    ]
    return chosen.choice(places)


def _drop_letter(quote: str, chosen: random.Random) -> str:
    at = _letter(quote, chosen)
    return quote[:at] + quote[at + 1 :]


def _replace_letter(quote: str, chosen: random.Random) -> str:
    at = _letter(quote, chosen)
    return quote[:at] + chosen.choice("aeix07") + quote[at + 1 :]


def _insert_letter(quote: str, chosen: random.Random) -> str:
    at = _letter(quote, chosen)
    return quote[:at] + chosen.choice("snt1") + quote[at:]


def _other_case(quote: str, chosen: random.Random) -> str:
    at = _letter(quote, chosen)
    return quote[:at] + quote[at].swapcase() + quote[at + 1 :]


def _other_space(quote: str, chosen: random.Random) -> str:
    at = chosen.choice([place for place, character in enumerate(quote) if character == " "])
    return quote[:at] + chosen.choice(["  ", "", "\u00a0", "\t"]) + quote[at + 1 :]


def _first_or_last_letter(quote: str, chosen: random.Random) -> str:
    cuts_first = not quote.startswith("A ") and chosen.random() < 0.5
    return quote[1:] if cuts_first else quote.rstrip(".”,")[:-1]


_WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "another word": _replace_word,
    "a word less": _drop_word,
    "a word more": _insert_word,
    "words swapped": _swap_words,
    "a letter less": _drop_letter,
    "another letter": _replace_letter,
    "a letter more": _insert_letter,
    "another case": _other_case,
    "other white space": _other_space,
    "cut at an end": _first_or_last_letter,
}
