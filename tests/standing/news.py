"""A made-up series of news about a flood, by day, and a library that takes it in day by day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rag.library import Library
from rag.standing.results import StandingChange
from tests.libraries import write

FLOOD = (
    "A flood hit the town of Osk on Friday. Five people died in the flood in Osk, the police said. The river Lune rose "
    "by three metres, and the market was closed."
)
TOLL = "How many people died in the flood in Osk?"
MAYOR = "Who is the mayor of Mell?"


def put(folder: Path, name: str, published: str, source: str, text: str) -> Path:
    """Writes an article with its date and its source."""
    file = folder / "news" / f"{name}.md"
    write(file, f"---\ntitle: News {name}\ndate: {published}\nsource: {source}\n---\n{text}\n")
    return file


def build(folder: Path) -> Library:
    """Makes a library of the first day."""
    put(folder, "flood", "2025-03-01", "Osk Gazette", FLOOD)
    put(folder, "ferry", "2025-03-01", "Mell Times", "The ferry of Mell was late again. The council met on Monday.")
    library = Library.open(folder / "index", create=True)
    library.update(folder / "news")
    return library


def put_older_news(folder: Path, count: int = 300) -> None:
    """Writes articles about other things, so that most articles are not found for a question."""
    topics = "sheep harbour school bridge mill choir bakery railway orchard museum".split()
    records = (
        {
            "id": str(number),
            "title": f"Old news {number}",
            "date": "2025-02-01",
            "source": "Osk Gazette",
            "text": f"The {topics[number % 10]} of {('Osk', 'Mell', 'Sund')[number % 3]} got {number + 3} new lamps. "
            f"Old {topics[number % 7]} number {number} was painted in {1700 + number}.",
        }
        for number in range(count)
    )
    write(folder / "news" / "old.jsonl", "".join(f"{json.dumps(record)}\n" for record in records))


def news_of(library: Library, folder: Path, seen: list[int]) -> list[StandingChange]:
    """Updates the library, and returns the changes that were not seen yet. Their numbers are added to `seen`."""
    library.update(folder / "news", removed=True)
    changes = [change for change in library.standing().changes if change.number not in seen]
    seen += [change.number for change in changes]
    return changes


Day = Mapping[str, tuple[str, str] | None]
SERIES: tuple[Day, ...] = (
    {"copy": ("Mell Times", FLOOD)},
    {"fish": ("Sund Post", "The price of fish rose by 4 percent in Sund. Traders were pleased.")},
    {"fire": ("Lune Herald", "Rescuers searched all night. The flood in Osk killed five people, said Ada Voss.")},
    {"bench": ("Mell Times", "A bench was painted green in the park of Mell. Nobody complained about it.")},
    {"toll": ("Osk Gazette", "Twelve people died in the flood in Osk, the mayor said. Forty houses were destroyed.")},
    {"mayor": ("Mell Times", "Tora Lind is the mayor of Mell. She took office on Sunday.")},
    {"toll": ("Osk Gazette", "Fifteen people died in the flood in Osk, the mayor said. Forty houses were destroyed.")},
    {"tram": ("Sund Post", "The tram of Sund was repaired. It will run again in June, the mayor of Sund said.")},
    {"mayor": None, "levy": ("Sund Post", "The council of Sund raised the levy on dogs to 30 crowns.")},
    {"next": ("Mell Times", "Bo Ek is the mayor of Mell since Friday. He was a baker.")},
    {"flood": None, "copy": None},
)
"""What came, changed or went on each day, by the name of the article. None is an article that went."""


def take(folder: Path, number: int, day: Day) -> None:
    """Writes what came and changed on a day of the series, and deletes what went."""
    for name, article in day.items():
        if article is None:
            (folder / "news" / f"{name}.md").unlink()
        else:
            put(folder, name, f"2025-03-{number + 2:02}", *article)
