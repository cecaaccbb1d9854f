"""Describes every setting: its range, unit, default and variable.

`python -m rag.core.settings_reference` prints the reference table in Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args

from pydantic.fields import FieldInfo

from rag.core.settings import DEFAULTS
from rag.core.settings_written import Unit

HIDDEN = "(set, not shown)"
"""What is shown instead of a secret."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The description of one setting.

    Attributes:
        table: The table in `rag.toml`.
        key: The key in the table.
        is_whole: Whether the value is a whole number.
        least: The smallest number allowed; None for a text.
        most: The largest number allowed; None for a text.
        choices: The texts allowed; empty for a number, and for a text of one's own.
        default: The default; None if it has no fixed value.
        unit: The unit.
        meaning: What the setting does, as a sentence.
    """

    table: str
    key: str
    is_whole: bool
    least: float | None
    most: float | None
    choices: tuple[str, ...]
    default: float | str | None
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
        if self.choices:
            return f"one of {self.range}"
        if self.is_text:
            return f"a text: the {self.unit.name}"
        return f"a {'whole ' if self.is_whole else ''}number from {self.range}"

    @property
    def is_text(self) -> bool:
        """Whether the value is a text."""
        return self.least is None

    @property
    def range(self) -> str:
        """The numbers or words that are allowed: `1 to 100`; `text` for a text of one's own."""
        if self.least is None or self.most is None:
            return ", ".join(self.choices) or "text"
        return f"{self.least:.10g} to {self.most:.10g}"

    def show(self, value: float | str | None) -> str:
        """Formats a value for a person. A secret is not shown."""
        if value is None:
            return self.unit.unset
        if self.unit.is_secret:
            return HIDDEN
        return value if isinstance(value, str) else f"{value:.10g}"


def known_settings() -> tuple[Setting, ...]:
    """Returns the description of every setting, table by table."""
    return tuple(_known())


def _known() -> Iterator[Setting]:
    for table, part in DEFAULTS:
        for key, field in type(part).model_fields.items():
            kinds = [kind for kind in get_args(field.annotation) or (field.annotation,) if kind is not NoneType]
            choices = tuple(kind for kind in kinds if isinstance(kind, str))
            yield Setting(
                table=table,
                key=key,
                is_whole=kinds == [int],
                least=_bound(field, "ge"),
                most=_bound(field, "le"),
                choices=choices,
                default=getattr(part, key),
                unit=next(known for known in field.metadata if isinstance(known, Unit)),
                meaning=field.description or "",
            )


def _bound(field: FieldInfo, name: str) -> float | None:
    bounds: list[Any] = [getattr(known, name) for known in field.metadata if hasattr(known, name)]
    return float(bounds[0]) if bounds else None


def render_markdown() -> str:
    """Renders the reference table of all settings in Markdown. It ends without a line break."""
    lines = ["| Key | Variable | Default | Range | Unit | Meaning |", "|---|---|---|---|---|---|"]
    for known in known_settings():
        cells = (f"`{known.name}`", f"`{known.variable}`", known.show(known.default), known.range, known.unit.name)
        lines.append(f"| {' | '.join((*cells, known.meaning))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(render_markdown())
