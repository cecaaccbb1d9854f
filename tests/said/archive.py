"""Made-up news in which people of one name speak."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rag.library import Library
from rag.said.results import Said
from tests.libraries import write

BRIDGE = (
    "Mayor Otto Vik said the bridge of Osk would open in June. “It will cost 40 million crowns,” Vik said. "
    "He added that no tree would be felled.\n\nTora Lind, a surveyor, said the piers were sound."
)
NEWS: Mapping[str, tuple[str, str, str]] = {
    "bridge": (
        "2024-03-01",
        "Osk Gazette",
        BRIDGE,
    ),
    "copy": (
        "2024-03-02",
        "Mell Times",
        BRIDGE,
    ),
    "ferry": (
        "2024-05-10",
        "Osk Gazette",
        "The ferry of Mell was late again. Mr. Otto Vik told the council that the ferry needed a second crew. A "
        "spokesman for Vik said the council would pay. Vik's office declined to say more.",
    ),
    "school": (
        "2024-06-20",
        "Osk Gazette",
        "Runa Vik, who leads the school of Mell, said the roof leaked. “We put out buckets,” Vik said. It rained.",
    ),
    "dinner": (
        "2024-07-04",
        "Mell Times",
        "Otto Vik and his sister Runa Vik came to the dinner. Vik said the soup was cold.",
    ),
    "short": ("2024-08-01", "Mell Times", "Vik said the harbour would be dredged. Nobody else spoke."),
    "pay": (
        "2024-09-15",
        "Osk Gazette",
        "“The nurses earn too little, and their wages must rise,” said Otto Vik. Otto Vik and Tora Lind said the "
        "hospital needed more beds.",
    ),
    "undated": ("", "", "Otto Vik said the old mill was haunted. Nobody laughed at that."),
}


def build(folder: Path, news: Mapping[str, tuple[str, str, str]] = NEWS) -> Library:
    """Makes a library of articles, each given by its date, its source and its text."""
    for name, (published, source, text) in news.items():
        stated = f"---\ntitle: The {name}\ndate: {published}\nsource: {source}\n---\n" if published else ""
        write(folder / "news" / f"{name}.md", f"{stated}{text}\n")
    library = Library.open(folder / "index", create=True)
    library.update(folder / "news")
    return library


def quotes(said: Said) -> list[str]:
    """The quotes of the statements, in their order."""
    return [statement.quote for statement in said.statements]
