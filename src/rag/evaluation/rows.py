"""Reads the lines of a file of questions: JSON objects, or the cells of a CSV file. A bad line costs itself."""

from __future__ import annotations

import contextlib
import csv
import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rag.core.errors import ArticleError, QuestionsFileError
from rag.text.decode import decode

DELIMITERS = (",", ";", "\t")
"""Marks between the columns of a CSV file."""
Row = tuple[int, dict[str, Any] | str]
"""A line's number, and its fields or what is wrong with it."""


def read_lines(file: Path) -> list[str]:
    """Reads the lines of a text file, without their line ends.

    Raises:
        QuestionsFileError: If it can't be read as text.
    """
    try:
        text = decode(file.read_bytes())
    except OSError as error:
        raise QuestionsFileError(f"Can't read {file} ({error.strerror})", remedy="name a file of questions") from error
    except ArticleError as error:
        raise QuestionsFileError(f"{file}: {error.message}", remedy=error.remedy) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def json_rows(lines: Sequence[str], example: str) -> Iterator[Row]:
    """Reads a JSON object from each line that is not blank.

    Args:
        lines: The lines.
        example: An object that is right, for the message about another one.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            yield number, f"not JSON at character {error.pos + 1} ({error.msg}); write one object per line"
        except (ValueError, RecursionError):
            yield number, "not JSON that can be read; write one object per line"
        else:
            yield number, row if isinstance(row, dict) else f"not an object; write {example}"


def csv_rows(lines: Sequence[str], delimiter: str, first: int = 0) -> Iterator[tuple[int, list[str] | str]]:
    """Reads each record by itself, so that an unclosed quotation mark spoils only its own line.

    Args:
        lines: The lines.
        delimiter: The mark between two cells.
        first: Index of the first line to read.

    Yields:
        The number of the record's first line, and its cells or what is wrong with it. Blank records are left out.
    """
    place = first
    while place < len(lines):
        reader = csv.reader(
            (f"{line}\n" for line in itertools.islice(lines, place, None)), delimiter=delimiter, strict=True
        )
        number, taken = place + 1, 1
        try:
            cells = next(reader)
            taken = reader.line_num
        except csv.Error as error:
            yield number, f"not CSV ({error}); put a cell with quotation marks or commas in quotation marks"
        else:
            if any(cell.strip() for cell in cells):
                yield number, cells
        place += taken


def first_cells(line: str, delimiter: str) -> list[str]:
    """Reads the cells of a line by itself, without white space around them; none if it is not CSV."""
    with contextlib.suppress(csv.Error):
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    return []
