"""Describes every setting: its range, unit, default and variable.

`python -m rag.core.settings_reference` prints the reference table in Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args

from pydantic.fields import FieldInfo

from rag.core.settings import DEFAULTS, Unit


@dataclass(frozen=True, slots=True)
class Setting:
    """The description of one setting.

    Attributes:
        table: The table in `rag.toml`.
        key: The key in the table.
        is_whole: Whether the value is a whole number.
        least: The smallest value allowed.
        most: The largest value allowed.
        default: The default; None if it is not a fixed number.
        unit: The unit.
        meaning: What the setting does, as a sentence.
    """

    table: str
    key: str
    is_whole: bool
    least: float
    most: float
    default: float | None
    unit: Unit
    meaning: str

    @property
    def name(self) -> str:
        """Table and key: `answers.passages_read`."""
        return f"{self.table}.{self.key}"

    @property
    def variable(self) -> str:
        """The environment variable that sets it: `RAG_ANSWERS_PASSAGES_READ`."""
        return f"RAG_{self.table}_{self.key}".upper()

    @property
    def allowed(self) -> str:
        """The allowed values in words: `a whole number from 1 to 100`."""
        return f"a {'whole ' if self.is_whole else ''}number from {self.least:.10g} to {self.most:.10g}"

    def show(self, value: float | None) -> str:
        """Formats a value for a person."""
        return self.unit.unset if value is None else f"{value:.10g}"


def known_settings() -> tuple[Setting, ...]:
    """Returns the description of every setting, table by table."""
    return tuple(_known())


def _known() -> Iterator[Setting]:
    for table, part in DEFAULTS:
        for key, field in type(part).model_fields.items():
            kinds = [kind for kind in get_args(field.annotation) or (field.annotation,) if kind is not NoneType]
            yield Setting(
                table=table,
                key=key,
                is_whole=kinds == [int],
                least=_bound(field, "ge"),
                most=_bound(field, "le"),
                default=getattr(part, key),
                unit=next(known for known in field.metadata if isinstance(known, Unit)),
                meaning=field.description or "",
            )


def _bound(field: FieldInfo, name: str) -> float:
    bound: Any = next(getattr(known, name) for known in field.metadata if hasattr(known, name))
    return float(bound)


def render_markdown() -> str:
    """Renders the reference table of all settings in Markdown. It ends without a line break."""
    lines = ["| Key | Variable | Default | Range | Unit | Meaning |", "|---|---|---|---|---|---|"]
    for known in known_settings():
        allowed = f"{known.least:.10g} to {known.most:.10g}"
        cells = (f"`{known.name}`", f"`{known.variable}`", known.show(known.default), allowed, known.unit.name)
        lines.append(f"| {' | '.join((*cells, known.meaning))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(render_markdown())
