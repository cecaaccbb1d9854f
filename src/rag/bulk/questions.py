"""Reads the questions of a file, each with the articles that may answer it: CSV, Excel or JSON Lines.

The questions stand in the column `question`, or in the first one. The columns `since`, `until`, `source`, `author`,
`section`, `naming` and `as_of` restrict the articles of their question; `|` stands between several names. Other columns
are taken along into the answers. A row that can't be read costs itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rag.core.errors import ArticleError, QuestionsFileError
from rag.evaluation.rows import DELIMITERS, csv_rows, first_cells, json_rows, read_lines

READ = (".csv", ".xlsx", ".jsonl")
"""The kinds of files that questions are read from, by their suffixes."""
_EXAMPLE = '{"question": "Who mediated the talks?"}'
_DATES = ("since", "until", "as_of")
_NAMES: Mapping[str, str] = {"source": "sources", "author": "authors", "section": "sections", "naming": "naming"}
_SCOPE = frozenset((*_DATES, *_NAMES, *_NAMES.values()))
_FEW_WORDS = 2
"""Most words of the first cell of a head that does not name the column of the questions."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A row of a file of questions.

    Attributes:
        number: The row's number in the file, from 1.
        question: The question; empty if the row has none or can't be read.
        filters: Which articles may answer, as `Library.answer` takes it.
        given: All its cells, by the names of their columns.
        fault: What is wrong with the row; None if it can be asked.
    """

    number: int
    question: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None


def read_rows(file: Path) -> list[AskedRow]:
    """Reads a file of questions.

    Args:
        file: The file; its suffix tells the kind.

    Returns:
        The rows in their order, also those that can't be asked. Blank rows are left out.

    Raises:
        QuestionsFileError: If the file can't be read, or has no row.
    """
    match file.suffix.lower():
        case ".csv":
            lines = read_lines(file)
            delimiter = max(DELIMITERS, key=lambda mark: len(first_cells(lines[0], mark)))
            rows = list(_table(csv_rows(lines, delimiter)))
        case ".xlsx":
            rows = list(_table(_sheet(file)))
        case ".jsonl":
            found = json_rows(read_lines(file), _EXAMPLE)
            rows = [AskedRow(n, fault=row) if isinstance(row, str) else _of_object(n, row) for n, row in found]
        case suffix:
            known = ", ".join(READ)
            raise QuestionsFileError(f"Questions are not read from '{suffix}' files", remedy=f"name a file of {known}")
    if not rows:
        raise QuestionsFileError(f"{file} has no question", remedy=f"write one a row, or lines as {_EXAMPLE}")
    return rows


def _table(rows: Iterable[tuple[int, list[str] | str]]) -> Iterator[AskedRow]:
    """The rows of a table. The first one is its head, unless it holds a question."""
    head: list[str] | None = None
    for number, cells in rows:
        if isinstance(cells, str):
            yield AskedRow(number, fault=cells)
        elif head is None:
            head = _head(cells)
            if head is None:
                head = ["question"]
                yield _of_cells(number, head, cells)
        else:
            yield _of_cells(number, head, cells)


def _head(cells: Sequence[str]) -> list[str] | None:
    """The names of the columns; None if the row is no head."""
    names = [cell.strip().lstrip("\ufeff") for cell in cells]
    plain = [name.casefold() for name in names]
    if "question" in plain:
        return [name if lower not in _SCOPE | {"question"} else lower for name, lower in zip(names, plain, strict=True)]
    is_head = not names[0].endswith("?") and len(names[0].split()) <= _FEW_WORDS
    if not (is_head or _SCOPE.intersection(plain)):
        return None
    return ["question", *(lower if lower in _SCOPE else name for name, lower in zip(names[1:], plain[1:], strict=True))]


def _of_cells(number: int, head: Sequence[str], cells: Sequence[str]) -> AskedRow:
    spare = [cell for cell in cells[len(head) :] if cell.strip()]
    given = {name: cell.strip() for name, cell in zip(head, cells, strict=False) if name}
    if spare:
        why = f"{len(cells)} cells, {len(head)} columns; put a cell with commas in quotation marks"
        return AskedRow(number, given.get("question", ""), given=given, fault=why)
    filters: dict[str, Any] = {name: given[name] for name in _DATES if given.get(name)}
    for name, plural in _NAMES.items():
        stated = "|".join(given.get(key, "") for key in dict.fromkeys((name, plural)))
        names = [each for each in stated.split("|") if each.strip()]
        filters |= {plural: names} if names else {}
    return AskedRow(number, given.get("question", ""), filters, given)


def _of_object(number: int, row: Mapping[str, Any]) -> AskedRow:
    """The row of a JSON object. Its first text is the question, if it has no `question`."""
    texts = [name for name, value in row.items() if isinstance(value, str)]
    named = "question" if "question" in row else next((name for name in texts if name not in _SCOPE), "")
    if not isinstance(row.get(named), str):
        return AskedRow(number, fault=f"no question that is a text; write {_EXAMPLE}")
    cells = {"question" if name == named else name: _as_text(value) for name, value in row.items() if value is not None}
    return _of_cells(number, list(cells), list(cells.values()))


def _as_text(value: Any) -> str:
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return day.isoformat()
    if isinstance(value, list):
        return "|".join(map(str, value))
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _sheet(file: Path) -> Iterator[tuple[int, list[str] | str]]:
    """The rows of the first sheet of a workbook, with the texts of their cells. Blank rows are left out."""
    from openpyxl import load_workbook

    from rag.formats.office.archive import DAMAGES, damaged, open_archive

    try:
        data = file.read_bytes()
        with open_archive(data, "Excel file"):
            pass  # its unpacked size is checked before it is read
        sheet = load_workbook(file, data_only=True).worksheets[0]
    except OSError as error:
        raise QuestionsFileError(f"Can't read {file} ({error.strerror})", remedy="name a file of questions") from error
    except ArticleError as error:
        raise QuestionsFileError(f"{file}: {error.message}", remedy=error.remedy) from error
    except (TypeError, IndexError, *DAMAGES) as error:
        raise QuestionsFileError(f"{file}: {damaged('Excel file').message}", remedy="save it again") from error
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = ["" if value is None else _as_text(value) for value in values]
        if any(cell.strip() for cell in cells):
            yield number, cells
