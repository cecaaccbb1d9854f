"""Reads Excel workbooks with openpyxl. Runs in the worker. Hidden sheets, rows and columns are left out.

A row is an article where a column holds texts. Other sheets are one article together, a line per row.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from rag.formats.extracted import Extracted, Refused
from rag.formats.fields import clean_byline, clean_line
from rag.formats.newsroom.table_file import read_rows
from rag.formats.office.archive import DAMAGES, damaged, open_archive, without_text
from rag.formats.tables import read_table

_NAME = "Excel file"
_UNNAMED = ("sheet", "tabelle", "feuil", "hoja", "table")
"""How the names of sheets begin that nobody named."""


def extract(data: bytes, fields: Mapping[str, str]) -> list[Extracted | Refused]:
    """Reads the articles of a workbook.

    Args:
        data: The bytes of the file.
        fields: Names of columns that are used instead of the usual ones (see `rag.formats.fields`).

    Returns:
        For each row of the sheets with texts, its article or why it holds none; and one article of the other sheets,
        which has no key if there are no sheets with texts.

    Raises:
        ArticleError: If the file is damaged, encrypted, too large, or has no text.
    """
    book = _open(data)
    records: list[Extracted | Refused] = []
    lines: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows = _read_cells(sheet)
        found = read_rows(rows, fields)
        if found is not None:
            records += found
        elif written := read_table(rows):
            lines += [sheet.title] if not sheet.title.lower().startswith(_UNNAMED) else []
            lines += written
    if not lines and not records:
        raise without_text(_NAME)
    if not lines:
        return records
    about = book.properties
    table = Extracted(
        "\n\n".join(lines),
        title=clean_line(about.title or ""),
        byline=clean_byline(about.creator or "") if about.creator not in (None, "openpyxl") else None,
        key="sheets" if records else None,
    )
    return [*records, table]


def _open(data: bytes) -> Any:
    """Opens a workbook, after a check of its unpacked size. Raises ArticleError."""
    try:
        with open_archive(data, _NAME):
            pass
        from openpyxl import load_workbook

        return load_workbook(io.BytesIO(data), data_only=True)
    except (TypeError, *DAMAGES) as error:
        raise damaged(_NAME) from error


def _read_cells(sheet: Any) -> list[list[str]]:
    """The texts of the cells that are shown. Cells that were merged all have the text of the first."""
    merged = {
        (row, column): sheet.cell(area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        if area.size["rows"] * area.size["columns"] <= sheet.max_column
        for row, column in area.cells
    }
    hidden = {letter for letter, dimension in sheet.column_dimensions.items() if dimension.hidden}
    return [
        [_text_of(merged.get((cell.row, cell.column), cell)) for cell in row if cell.column_letter not in hidden]
        for row in sheet.iter_rows()
        if row and not sheet.row_dimensions[row[0].row].hidden
    ]


def _text_of(cell: Any) -> str:
    """The cell's value as it is shown, roughly: dates as ISO 8601, shares in percent."""
    value = cell.value
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | datetime):
        return value.isoformat(*([" "] if isinstance(value, datetime) else []))
    if isinstance(value, float | int) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{round(value * 100, 2):g}%"
    return f"{value:.12g}" if isinstance(value, float) else "" if value is None else str(value)
