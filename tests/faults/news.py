"""The articles of the cases: before an update and after it."""

from __future__ import annotations

from pathlib import Path

from tests.libraries import story, write

QUESTIONS = (
    "When did the bridge over the Lune reopen?",
    "What destroyed the Halton mill?",
    "Who voted for the tram?",
    "Which animal escaped from the zoo?",
)

_KEPT = {
    "council.txt": story("The council voted for the tram on Tuesday.", "Nine members were against it."),
    "harbour.txt": story("The harbour was dredged in March.", "Ships of ten metres' draught can enter it."),
    "school.txt": story("The school on Quay Street has a new roof.", "It cost two million pounds."),
    "theatre.txt": story("The theatre plays Ibsen until June.", "All evenings are sold out."),
}
_BEFORE = {
    "bridge.txt": story("The bridge over the Lune reopened on Monday.", "It had been closed for a year."),
    "fire.txt": story("A fire destroyed the Halton mill on Sunday.", "Nobody was hurt."),
    "market.txt": story("The market moved to the square.", "Traders complain of the wind."),
}
_AFTER = {
    "bridge.txt": story("The bridge over the Lune reopened on Friday.", "It had been closed for a year."),
    "old/market.txt": _BEFORE["market.txt"],
    "zebra.txt": story("A zebra escaped from the zoo.", "It was found on the bridge in the evening."),
    "harvest.txt": story("The harvest was the best for a decade.", "Farmers speak of luck."),
}


def write_before(folder: Path) -> None:
    """Writes the articles of generation N."""
    _write(folder, _KEPT | _BEFORE)


def write_after(folder: Path) -> None:
    """Writes the articles of generation N + 1: some are added, changed, renamed or removed."""
    _write(folder, _KEPT | _AFTER)


def _write(folder: Path, articles: dict[str, str]) -> None:
    for name, text in articles.items():
        write(folder / name, text)
