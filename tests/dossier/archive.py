"""Made-up news of a flood: reports of several days, a copy, a comment, and odd characters."""

from __future__ import annotations

from pathlib import Path

from rag.library import Library
from tests.libraries import write

RIVER = (
    "The flood in Mell killed at least three people on Monday, when the river Tarn broke through the eastern dyke. "
    "Mayor Ida Holm said the town had been warned too late. “We heard the siren when the water was in our kitchens,” "
    "Holm said on Monday evening. The flood in Mell left 40 people injured, doctors at the clinic said.\n\n"
    "He left at noon. Were the dykes of Mell too low for such a flood? The schools of Mell stay closed until Friday."
)
NEWS: dict[str, tuple[str, str, str, str]] = {
    "river": ("2024-03-04", "Osk Gazette", "River breaks through the dyke of Mell", RIVER),
    "copy": ("2024-03-04", "Mell Times", "River breaks through the dyke of Mell", RIVER),
    "search": (
        "2024-03-05",
        "Osk Gazette",
        "Search goes on in flooded Mell",
        "Divers searched the streets of Mell on Tuesday for people who are missing since the flood. The flood in Mell "
        "killed seven people, the police said on Tuesday. Jonas Berg, the fire chief of Osk, said his crews had "
        "rescued 120 people from their roofs in Mell during the flood. “The flood came faster than any of us had ever "
        "trained for,” Berg said.",
    ),
    "count": (
        "2024-03-05",
        "Mell Times",
        "Counting the dead of the flood in Mell",
        "The flood in Mell killed nine people, according to the hospital. The hospital of Mell has 62 people who were "
        "injured in the flood, said chief physician Vera Lund.",
    ),
    "dyke": (
        "2024-03-12",
        "Osk Gazette",
        "Why the dyke of Mell broke in the flood",
        "Engineers found that the dyke of Mell broke in the flood because badgers had dug through it. The government "
        "promised 25 million crowns for the victims of the flood in Mell. Eleven people were killed in the flood in "
        "Mell, the final report of the police says.",
    ),
    "opinion": (
        "2024-03-12",
        "Osk Gazette - Opinion",
        "We should have known",
        "The flood in Mell is the fault of a council that saved on every dyke for twenty years. We must never let you "
        "forget the flood in Mell and what our leaders did.",
    ),
    "market": (
        "2024-04-02",
        "Mell Times",
        "Market day",
        "The market of Osk sold onions again on Tuesday. A sign of AT&T hung over the relief stand for the flood in "
        "Mell, and three people bought *soup* and bread there.",
    ),
}
SUBJECT = "the flood in Mell"


def build(folder: Path) -> Library:
    """Makes a library of the articles."""
    for name, (published, source, title, text) in NEWS.items():
        head = f"---\ntitle: {title}\ndate: {published}\nsource: {source}\n---\n"
        write(folder / "news" / f"{name}.md", f"{head}{text}\n")
    library = Library.open(folder / "index", create=True)
    library.update(folder / "news")
    return library
