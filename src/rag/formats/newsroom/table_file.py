"""Reads tables of values separated by commas, semicolons or tabs. Runs in the worker.

A row is an article where a column holds texts. Other tables are one article, a line per row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted, Refused
from rag.formats.fields import USUAL
from rag.formats.json_records import read_record
from rag.formats.tables import read_table
from rag.text.decode import decode
from rag.text.field_names import plain_name

_SEPARATORS = ",;\t|"
"""Marks between the columns, the likeliest first."""


def extract(data: bytes, fields: Mapping[str, str]) -> list[Extracted | Refused]:
    """Reads the articles of a table.

    Args:
        data: The bytes of the file.
        fields: Names of columns that are used instead of the usual ones (see `rag.formats.fields`).

    Returns:
        For each row, its article or why it holds none; or one article without a key.

    Raises:
        ArticleError: If the table is empty.
    """
    csv.field_size_limit(len(data) + 1)
    text = decode(data)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_tell_separator(text)))
    except csv.Error as error:
        raise ArticleError(f"This is not a table ({error})", "damaged", remedy="save it again as CSV") from error
    records = read_rows(rows, fields)
    if records is not None:
        return records
    lines = read_table(rows)
    if not lines:
        raise ArticleError("The table is empty", "no_text", remedy="remove the file")
    return [Extracted("\n\n".join(lines))]


def read_rows(rows: Sequence[Sequence[str]], fields: Mapping[str, str]) -> list[Extracted | Refused] | None:
    """Reads the rows of a table as articles.

    Args:
        rows: The texts of the cells; the first row that is not empty is the head.
        fields: Names of columns that are used instead of the usual ones.

    Returns:
        For each row below the head, its article or why it holds none; None if no column holds texts.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return None
    head = [name.strip().lstrip("\ufeff") for name in filled[0]]
    named = fields.get("text")
    if named not in head and (named or {plain_name(name) for name in head}.isdisjoint(USUAL["text"])):
        return None
    return [_read_row(dict(zip(head, row, strict=False)), fields) for row in filled[1:]]


def _read_row(record: dict[str, str], fields: Mapping[str, str]) -> Extracted | Refused:
    found = read_record(record, fields)
    if isinstance(found, Refused):
        return Refused("it has no text", "remove it, or give it a text", "no_text", found.key)
    return found


def _tell_separator(text: str) -> str:
    """The mark that separates the columns, by the first line."""
    first = text.lstrip().split("\n", 1)[0]
    return max(_SEPARATORS, key=first.count)
