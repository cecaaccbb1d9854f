"""Writes the rows of a table as sentences that name their columns, so that a row can be quoted by itself.

The row `Green Pier | 4 | 9` below the head `Party | Seats 2021 | Seats 2025` reads "Green Pier: 4 (Seats 2021), 9
(Seats 2025)." Of the forms that were tried, the reader finds the right cell most often in this one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_LONGEST_HEAD = 60
"""Most characters of a cell of the head."""
_LONGEST_CELL = 300
"""Most characters of a cell of a table of data. Tables with longer cells lay out a page."""
_MOST_COLUMNS = 60
"""Most columns of a table. Pages may state a span of millions."""
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NUMBER = re.compile(r"[^\w]*\d[\d.,:\s/–-]*\W*[^\W\d_]{0,8}\W*")
"""A cell that is a number, maybe with a unit."""


def read_table(rows: Sequence[Sequence[str]], heads: int | None = None) -> list[str]:
    """Writes each row of a table as one line.

    Args:
        rows: The texts of the cells, row by row.
        heads: Number of rows at the top that are the head. None means one if the first row looks like a head, else
            none.

    Returns:
        A line per row with its head. Without a head, the row's cells between ` | `.
    """
    cleaned = [[" ".join(cell.split()) for cell in row] for row in rows]
    table = [row for row in cleaned if any(row)]
    if heads is None:
        heads = int(_begins_with_head(table))
    if not 0 < heads < len(table) or max(map(len, table)) < 2:
        return [" | ".join(filter(None, row)) for row in table]
    head = _join_heads(table[:heads])
    return [_write_row(head, row) for row in table[heads:]]


def flatten_tables(tree: Any) -> None:
    """Writes the tables of a page anew, with one cell per row that holds the line of `read_table`.

    Args:
        tree: The page, as lxml reads it. Tables that lay out the page stay as they are.
    """
    from lxml.html import builder

    for table in list(tree.iter("table")):
        if table.find(".//table") is not None:
            continue
        rows = list(table.iter("tr"))
        grid = _read_grid(rows)
        if not grid or max(len(cell) for row in grid for cell in row) > _LONGEST_CELL:
            continue
        lines = _name_rows(rows, grid)
        caption = " ".join(" ".join(part.text_content() for part in table.iter("caption")).split())
        flat = builder.TABLE(*(builder.TR(builder.TD(line)) for line in [*filter(None, [caption]), *lines]))
        flat.tail = table.tail
        table.getparent().replace(table, flat)


def _name_rows(rows: Sequence[Any], grid: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table of a page, whose head are the first rows that have nothing but heads."""
    marks = [[cell.tag for cell in row.iterchildren("td", "th")] for row in rows]
    heads = next((number for number, row in enumerate(marks) if "td" in row), len(marks))
    if heads == 0 and all(row == ["th", "td"] for row in marks):  # the head stands at the left
        return [f"{name}: {value}" for name, value in grid]
    return read_table(grid, heads or None)


def _read_grid(rows: Sequence[Any]) -> list[list[str]]:
    """The texts of the cells. A cell that spans columns or rows stands in each of them."""
    grid: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _take_from_above(cells, below)
            text = " ".join(" ".join(cell.itertext()).split())
            for _ in range(min(_span(cell, "colspan"), _MOST_COLUMNS - len(cells))):
                if (span := _span(cell, "rowspan")) > 1:
                    below[len(cells)] = (span - 1, text)
                cells.append(text)
        _take_from_above(cells, below)
        grid.append(cells)
    return [row for row in grid if any(row)]


def _take_from_above(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Adds the cells that reach down into this row, up to the next free column."""
    while (column := len(cells)) in below and column < _MOST_COLUMNS:
        rows, text = below.pop(column)
        if rows > 1:
            below[column] = (rows - 1, text)
        cells.append(text)


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 6 else 1


def _write_row(head: Sequence[str], row: Sequence[str]) -> str:
    """The first cell, and each other one with the head of its column."""
    first, *others = row
    if not any(others) or len(set(row)) == 1:  # a row of one cell that goes across the table
        return first
    named = [
        f"{cell} ({name})" if name and name != cell else cell
        for cell, name in zip(others, [*head[1:], *[""] * len(row)], strict=False)
        if cell
    ]
    line = f"{first}: {', '.join(named)}" if first else ", ".join(named)
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _join_heads(rows: Sequence[Sequence[str]]) -> list[str]:
    """The head of each column; where the head has several rows, their different texts one after the other."""
    width = max(map(len, rows))
    columns = [[row[number] for row in rows if number < len(row) and row[number]] for number in range(width)]
    return [" ".join(dict.fromkeys(column)) for column in columns]


def _begins_with_head(table: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: no numbers but years, above columns of which one has numbers."""
    if len(table) < 2:
        return False
    head, body = table[0], table[1:]
    names = head[1:]
    if len(head) < 2 or not all(names) or len(set(head)) < len(head) or max(map(len, head)) > _LONGEST_HEAD:
        return False
    if any(name.endswith((".", "!", "?", ";")) or (_is_number(name) and not _YEAR.fullmatch(name)) for name in head):
        return False
    return any(
        2 * sum(_is_number(row[number]) for row in body if number < len(row)) >= len(body)
        for number in range(1, len(head))
    )


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None
