"""What a system does when a folder's articles change: each change is an update, after which questions are asked.

A peer follows a folder by `benchmarks.peers.folder`, which its user has to write; this project does it by itself.
"""

from __future__ import annotations

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

Figures = dict[str, Any]


def measure(client: Client, articles: Mapping[str, SourceArticle], folder: Path) -> Figures:
    """Seconds of each kind of update, and whether what is answered and retrieved after it is right."""
    write(articles, folder)
    client.call("update", articles=str(folder))
    edited, renamed = folder / _FILE, folder / _RENAMED
    steps: dict[str, tuple[Callable[[], object], dict[str, SourceArticle], str | None]] = {
        "add": (partial(write, {_FILE: _NEW}, folder), {_FILE: _NEW}, "48"),
        "edit": (partial(write, {_FILE: _EDITED}, folder), {_FILE: _EDITED}, "53"),
        "rename": (partial(edited.rename, renamed), {_RENAMED: _EDITED}, "53"),
        "delete": (renamed.unlink, {}, None),
    }
    found: Figures = {}
    for name, (change, there, wanted) in steps.items():
        change()
        seconds, _ = client.timed("update", articles=str(folder))
        found[name] = {"seconds": round(seconds, 3), "right": _is_right(client, {**articles, **there}, wanted)}
    return found


def _is_right(client: Client, articles: Mapping[str, SourceArticle], wanted: str | None) -> bool:
    """Whether the answer has the wanted number, or none of it, and all that is retrieved stands in the articles."""
    retrieved = [Place(**one) for one in client.call("retrieve", question=_QUESTION, k=5)]
    (said,) = client.call("ask", questions=[_QUESTION])
    right = wanted in said["answer"] if wanted else not {"48", "53"} & set(said["answer"].split())
    return right and all(is_valid(place, articles) for place in retrieved)
