"""What `rag status --settings` prints: every setting with its value, and where that comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from rag.core.plain_text import visible
from rag.core.settings import Setting, known_settings
from rag.core.settings_sources import SettingsWithOrigins, load_with_origins

_COLUMNS = ("Key", "Value", "Default", "Range", "Set by", "Meaning")
_PIPED_WIDTH = 200
"""Characters of a line where the output is no terminal: a row with a usual path then stays on one line."""


def show_settings(index: Path, as_json: bool) -> None:
    """Prints the settings that hold for an index folder, as a table or as a JSON list. Raises SettingsError."""
    loaded = load_with_origins(index)
    if as_json:
        print(json.dumps(list(_facts(loaded)), indent=2))
        return
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    console.print(_table(loaded))


def _facts(loaded: SettingsWithOrigins) -> Iterator[dict[str, object]]:
    for known in known_settings():
        yield {
            "key": known.name,
            "value": _value(loaded, known),
            "default": known.default,
            "least": known.least,
            "most": known.most,
            "unit": known.unit.name,
            "variable": known.variable,
            "set_by": _origin(loaded, known),
            "meaning": known.meaning,
        }


def _table(loaded: SettingsWithOrigins) -> Table:
    table = Table(*_COLUMNS, box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    for known in known_settings():
        value, default = known.show(_value(loaded, known)), known.show(known.default)
        allowed = f"{known.least:.10g} to {known.most:.10g} {known.unit.name}"
        origin = visible(_origin(loaded, known))
        table.add_row(known.name, value, default, allowed, origin, known.meaning)
    return table


def _value(loaded: SettingsWithOrigins, known: Setting) -> float | None:
    value: float | None = getattr(getattr(loaded.settings, known.table), known.key)
    return value


def _origin(loaded: SettingsWithOrigins, known: Setting) -> str:
    return loaded.origins.get(known.name, "default")
