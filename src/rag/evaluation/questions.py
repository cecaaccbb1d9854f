"""Reads questions with their expected answers from JSON Lines or CSV.

    {"question": "Who mediated the talks?", "answers": ["al-Busaidi"], "article": "talks.txt"}
    {"question": "What happened in Hull?", "facts": ["the mill burnt", ["three died", "three people died"]]}
    {"question": "Who won the match?", "answers": []}

CSV has the same names in its first line, and `|` between several answers or facts. An empty cell of answers means that
the articles don't say, unless the line names an article or facts. A bad line is reported, and the others are read.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rag.core.errors import QuestionError, QuestionsFileError
from rag.evaluation.rows import DELIMITERS, Row, csv_rows, first_cells, json_rows, read_lines
from rag.evaluation.schema import Expected, Problem, QuestionsFile

FIELDS = ("question", "answers", "facts", "article")
_EXAMPLE = '{"question": …, "answers": […]}'
_WANTED = {
    "question": "question is not a text; write it in quotes",
    "answers": 'answers is not a list of texts; write ["20 %"], or [] if the articles don\'t say',
    "facts": 'facts is not a list of texts, or of lists of wordings; write ["it burnt", ["3 died", "three died"]]',
    "article": "article is not a text; give its path, title or address in quotes",
}


def read_questions(path: str | Path) -> QuestionsFile:
    """Reads a file of questions: CSV if its suffix is `.csv`, otherwise JSON Lines.

    Args:
        path: The file.

    Returns:
        The questions, and the lines that can't be read.

    Raises:
        QuestionsFileError: If the file can't be read as text, or a CSV file doesn't name its columns.
    """
    file = Path(path)
    lines = read_lines(file)
    rows = _named_rows(lines, file) if file.suffix.lower() == ".csv" else json_rows(lines, _EXAMPLE)
    read = [_expect(*row) for row in rows]
    return QuestionsFile(
        questions=tuple(item for item in read if isinstance(item, Expected)),
        problems=tuple(item for item in read if isinstance(item, Problem)),
    )


def _named_rows(lines: Sequence[str], file: Path) -> Iterator[Row]:
    """The fields of each record of a CSV file whose first line names the columns."""
    header, delimiter = _header(lines[0], file)
    for number, cells in csv_rows(lines, delimiter, first=1):
        yield number, cells if isinstance(cells, str) else _fields(header, cells)


def _header(line: str, file: Path) -> tuple[list[str], str]:
    """Reads the names of the columns, and the delimiter between them."""
    for delimiter in DELIMITERS:
        names = first_cells(line, delimiter)
        if "question" in names:
            return names, delimiter
    raise QuestionsFileError(f"{file} has no column 'question'", remedy="write the columns' names in its first line")


def _fields(header: Sequence[str], cells: Sequence[str]) -> dict[str, Any] | str:
    if len(cells) > len(header):
        return f"{len(cells)} cells, {len(header)} columns; put a cell with commas in quotation marks"
    given = {name: cell.strip() for name, cell in itertools.zip_longest(header, cells, fillvalue="")}
    row: dict[str, Any] = {name: cell for name, cell in given.items() if name not in ("answers", "facts", "article")}
    if given.get("article"):
        row["article"] = given["article"]
    if given.get("facts"):
        row["facts"] = [fact.strip() for fact in given["facts"].split("|") if fact.strip()]
    if given.get("answers") or ("answers" in given and not row.keys() & {"article", "facts"}):
        row["answers"] = [answer.strip() for answer in given["answers"].split("|") if answer.strip()]
    return row


def _expect(number: int, row: dict[str, Any] | str) -> Expected | Problem:
    """What a line asks and expects; other fields than these are passed over, unless they look misspelt."""
    if isinstance(row, str):
        return Problem(line=number, why=row)
    for name in row.keys() - {*FIELDS}:
        if meant := difflib.get_close_matches(name.strip().lower(), FIELDS, 1, cutoff=0.8):
            return Problem(line=number, why=f"there is no field {name!r}; write {meant[0]!r}")
    if "question" not in row:
        return Problem(line=number, why="no question; write it in the field 'question'")
    try:
        return Expected.model_validate({name: row[name] for name in FIELDS if name in row} | {"line": number})
    except QuestionError as error:
        return Problem(line=number, why=str(error))
    except ValidationError as error:
        first = error.errors()[0]
        own = first.get("ctx", {}).get("error")
        return Problem(line=number, why=str(own) if own else _WANTED[str(first["loc"][0])])
