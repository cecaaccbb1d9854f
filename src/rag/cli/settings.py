"""The output of `rag status --settings`: every setting with its value, and where the value is set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rag.cli.output import tell, tell_json
from rag.core.plain_text import visible
from rag.core.settings_reference import HIDDEN, Setting, known_settings
from rag.core.settings_sources import SettingsWithOrigins, load_with_origins

_COLUMNS = ("Key", "Value", "Default", "Set by")


def show_settings(index: Path, as_json: bool) -> None:
    """Prints the settings of an index folder, as a table or as a JSON list. Raises SettingsError."""
    loaded = load_with_origins(index)
    tell_json(json.dumps(list(_facts(loaded)), indent=2)) if as_json else tell(_table(loaded))


def _facts(loaded: SettingsWithOrigins) -> Iterator[dict[str, object]]:
    for known in known_settings():
        yield {
            "key": known.name,
            "value": HIDDEN if known.unit.is_secret and _value(loaded, known) else _value(loaded, known),
            "default": known.default,
            "least": known.least,
            "most": known.most,
            "choices": known.choices,
            "unit": known.unit.name,
            "variable": known.variable,
            "set_by": _origin(loaded, known),
            "meaning": known.meaning,
        }


def _table(loaded: SettingsWithOrigins) -> str:
    """Renders a row per setting, with its range and meaning on the next line, because one row would be too long."""
    known_ones = known_settings()
    rows = [_COLUMNS, *(_row(loaded, known) for known in known_ones)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    head, *lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    below = (f"    {known.range} {known.unit.name}. {known.meaning}" for known in known_ones)
    return "\n".join([head, *(line for pair in zip(lines, below, strict=True) for line in pair)])


def _row(loaded: SettingsWithOrigins, known: Setting) -> tuple[str, ...]:
    value, default = known.show(_value(loaded, known)), known.show(known.default)
    return known.name, value, default, visible(_origin(loaded, known))


def _value(loaded: SettingsWithOrigins, known: Setting) -> float | str | None:
    value: float | str | None = getattr(getattr(loaded.settings, known.table), known.key)
    return value


def _origin(loaded: SettingsWithOrigins, known: Setting) -> str:
    return loaded.origins.get(known.name, "default")
