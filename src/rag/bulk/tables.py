"""Writes answers as a table, CSV or Excel, and reads them again. Cells can't become formulas.

A spreadsheet calculates a cell of CSV that begins with `=`, `+`, `-` or `@`, and such a formula may send data away. So
an apostrophe is put before it, and before a cell that begins so behind apostrophes of its own, so that reading can take
it off again. In an Excel file each cell states that it is a text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rag.bulk.answers import AnsweredQuote, AnsweredRow, is_quote_column
from rag.core.plain_text import printable

_RISKY = re.compile(r"'*(?:[\t\r\n\f\v]|\s*[=+\-@＝＋－＠])")
_FIRST = ("status", "form", "short_answer", "confidence", "reason")
_PARTS = tuple(AnsweredQuote.model_fields)
_LONGEST = 32_767
"""Most characters of a cell in Excel. Longer ones are left out, so that no quote is cut."""
_WIDE = 48
"""The width of a column of sentences in Excel, in characters."""


def make_csv(rows: Sequence[AnsweredRow]) -> bytes:
    """Makes a CSV file, in UTF-8 with a byte order mark, by which Excel tells the encoding."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(str(cell)) for cell in row] for row in _cells(rows))
    return text.getvalue().encode("utf-8-sig", "replace")


def make_workbook(rows: Sequence[AnsweredRow]) -> bytes:
    """Makes an Excel file."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for number, row in enumerate(_cells(rows), start=1):
        for column, told in enumerate(row, start=1):
            if told != "":
                _fill(sheet.cell(number, column), told)
    _lay_out(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(cell: Any, told: str | float) -> None:
    """Sets a cell's value. A text stays one, also when a person edits it, which Excel calls a quote prefix."""
    if isinstance(told, str):
        shown = printable(told)
        cell.value = shown if len(shown) <= _LONGEST else "(too long for a cell)"
        cell.data_type = "s"
        cell.quotePrefix = shown.startswith("'") or bool(_RISKY.match(shown))
    else:
        cell.value = told


def _lay_out(sheet: Any) -> None:
    """Gives the columns of sentences room, and keeps the head in view."""
    from openpyxl.styles import Alignment, Font

    sheet.freeze_panes = "A2"
    for head, *cells in sheet.iter_cols():
        head.font = Font(bold=True)
        if re.fullmatch(r"question|short_answer|reason|quote_\d+|citation_\d+", head.value or ""):
            sheet.column_dimensions[head.column_letter].width = _WIDE
            for cell in cells:
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def harmless(cell: str) -> str:
    """Puts an apostrophe before a text that a spreadsheet would calculate."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def _unchanged(cell: str) -> str:
    """Takes the apostrophe off that `harmless` put before a text."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell, 1) else cell


def _cells(rows: Sequence[AnsweredRow]) -> Iterable[list[str | float]]:
    """The head and the cells of a table."""
    given = list(dict.fromkeys(name for row in rows for name in row.given))
    most = max((len(row.quotes) for row in rows), default=0)
    columns = [f"{part}_{number}" for number in range(1, most + 1) for part in _PARTS]
    yield ["question", *given, *_FIRST, *columns, "key"]
    for row in rows:
        told = row.model_dump()
        first = ["" if told[name] is None else told[name] for name in _FIRST]
        quoted = [value for _, quote in zip(range(most), row.quotes, strict=False) for _, value in quote]
        blank = [""] * (len(columns) - len(quoted))
        yield [row.question, *(row.given.get(name, "") for name in given), *first, *quoted, *blank, row.key]


def read_csv(file: Path) -> list[AnsweredRow]:
    """Reads the answers of a CSV file; those that are none are left out."""
    with file.open(encoding="utf-8-sig", newline="", errors="replace") as opened:
        return _read([_unchanged(cell) for cell in cells] for cells in csv.reader(opened))


def read_workbook(file: Path) -> list[AnsweredRow]:
    """Reads the answers of an Excel file; those that are none are left out."""
    from openpyxl import load_workbook

    sheet = load_workbook(file, data_only=True).worksheets[0]
    return _read(["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True))


def _read(table: Iterable[Sequence[str]]) -> list[AnsweredRow]:
    rows = iter(table)
    head = list(next(rows, ()))
    found = (_answer(dict(zip(head, cells, strict=False))) for cells in rows)
    return [row for row in found if row is not None]


def _answer(cells: dict[str, str]) -> AnsweredRow | None:
    told = {name: cell for name, cell in cells.items() if cell != ""}
    quotes: list[dict[str, Any]] = []
    while f"quote_{len(quotes) + 1}" in told:
        quotes.append({part: told.get(f"{part}_{len(quotes) + 1}") for part in _PARTS})
    own = {name: told[name] for name in ("question", *_FIRST, "key") if name in told}
    given = {name: cell for name, cell in told.items() if name not in own and not is_quote_column(name)}
    try:
        return AnsweredRow.model_validate({**own, "given": given, "quotes": quotes})
    except ValidationError:
        return None
