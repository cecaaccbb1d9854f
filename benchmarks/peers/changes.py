"""Measures how a system follows changes of a folder. Each change is followed by an update and a question.

A peer follows a folder with `benchmarks.peers.folder`, code that its user would have to write. This project needs no
extra code.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.corpus import SourceArticle
from benchmarks.peers.material import write
from benchmarks.peers.protocol import Place
from benchmarks.peers.quality import is_valid
from benchmarks.peers.systems import Client

# The new article, its edited form, and the question that it answers. The place is invented, so no other article has it.
_NEW = SourceArticle(
    "new",
    "Harbour of Vellmar reopens",
    "2024-05-02",
    "The harbour of Vellmar reopened on Thursday after a repair that took eleven months.\n\n"
    "Mayor Ilka Sandrock cut the ribbon. The repair cost 48 million euros, said Sandrock, and was paid by the county.",
)
_EDITED = replace(_NEW, text=_NEW.text.replace("48 million", "53 million"))
_QUESTION = "How much did the repair of the harbour of Vellmar cost?"
_FILE, _RENAMED = "new.json", "renamed.json"
"""Names of the article's file before and after it is renamed."""
_REPEATED = 3
"""How often each change is repeated. The median counts."""

Figures = dict[str, Any]
Articles = Mapping[str, SourceArticle]


def measure(articles: Articles, folder: Path, client: Client) -> Figures:
    """Adds, edits, renames and removes an article. Each repetition has another title, so no vector is known before.

    Args:
        articles: The folder's articles by file name.
        folder: The folder. At the end it holds the same files as before.
        client: The system, which has indexed the folder.

    Returns:
        For each kind of change the median seconds of the update, and whether the answer and all retrieved passages were
        right after every repetition.
    """
    repeated = [_change(client, articles, folder, f"{_NEW.title} ({number})") for number in range(_REPEATED)]
    return {
        name: {
            "seconds": round(statistics.median(steps[name][0] for steps in repeated), 3),
            "right": all(steps[name][1] for steps in repeated),
        }
        for name in repeated[0]
    }


def _change(client: Client, articles: Articles, folder: Path, title: str) -> dict[str, tuple[float, bool]]:
    """Makes each kind of change once. Returns the seconds of its update, and whether the system is right after it."""
    new, edited = replace(_NEW, title=title), replace(_EDITED, title=title)
    first, renamed = folder / _FILE, folder / _RENAMED
    steps: dict[str, tuple[Callable[[], object], dict[str, SourceArticle], str | None]] = {
        "added": (partial(write, {_FILE: new}, folder), {_FILE: new}, "48"),
        "edited": (partial(write, {_FILE: edited}, folder), {_FILE: edited}, "53"),
        "renamed": (partial(first.rename, renamed), {_RENAMED: edited}, "53"),
        "removed": (renamed.unlink, {}, None),
    }
    found = {}
    for name, (change, there, wanted) in steps.items():
        change()
        seconds, _ = client.timed("update", articles=str(folder))
        found[name] = (seconds, _is_right(client, {**articles, **there}, wanted))
    return found


def _is_right(client: Client, articles: Articles, wanted: str | None) -> bool:
    """Whether the answer has the wanted number (None: neither number), and every retrieved passage is in an article."""
    retrieved = [Place(**one) for one in client.call("retrieve", question=_QUESTION, k=5)]
    (said,) = client.call("ask", questions=[_QUESTION])
    right = wanted in said["answer"] if wanted else not {"48", "53"} & set(said["answer"].split())
    return right and all(is_valid(place, articles) for place in retrieved)
