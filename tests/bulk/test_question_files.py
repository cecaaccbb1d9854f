"""Files of questions are read row by row, whatever their kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from rag.bulk.questions import read_rows
from rag.core.errors import QuestionsFileError
from tests.libraries import write


def read(folder: Path, name: str, text: str) -> list[tuple[int, str, dict[str, object], str | None]]:
    write(folder / name, text)
    return [(row.number, row.question, dict(row.filters), row.fault) for row in read_rows(folder / name)]


@pytest.mark.parametrize(
    "text",
    [
        "question\nWhen?\nWho?\n",
        "id;question\n1;When?\n\n2;Who?\n",
        "Fragen\nWhen?\nWho?",
        "When?\nWho?\n",
        "\ufeffQuestion\r\nWhen?\r\nWho?\r\n",
        "When did the pier close again?,spare\n" if False else '"Question"\n"When?"\n"Who?"\n',
    ],
)
def test_questions_stand_in_their_column_or_in_the_first(tmp_path: Path, text: str) -> None:
    assert [question for _, question, _, _ in read(tmp_path, "a.csv", text)] == ["When?", "Who?"]


def test_columns_restrict_the_articles_of_their_row(tmp_path: Path) -> None:
    text = "question,since,source,naming,desk\nWhen?,2024,Gazette|Times,Otto Vik,city\nWho?,,,,\n"
    write(tmp_path / "a.csv", text)
    first, second = read_rows(tmp_path / "a.csv")
    assert first.filters == {"since": "2024", "sources": ["Gazette", "Times"], "naming": ["Otto Vik"]}
    assert (first.given["desk"], second.filters) == ("city", {})


def test_a_bad_row_costs_itself(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", 'question\nWhen?\n"Who\nWhat, then?\nWhy?\n')
    assert [(number, fault is None) for number, _, _, fault in found] == [(2, True), (3, False), (4, False), (5, True)]
    found = read(tmp_path, "a.jsonl", '{"question": "When?"}\nWho?\n\n[1]\n{"since": "2024"}\n{"ask": "Why?"}\n')
    assert [(n, question, fault is None) for n, question, _, fault in found] == [
        (1, "When?", True),
        (2, "", False),
        (4, "", False),
        (5, "", False),
        (6, "Why?", True),
    ]


def test_json_lines_take_lists_of_names(tmp_path: Path) -> None:
    ((_, _, filters, _),) = read(tmp_path, "a.jsonl", '{"question": "Who?", "sources": ["A", "B"], "until": 2025}')
    assert filters == {"until": "2025", "sources": ["A", "B"]}


def test_workbooks_are_read_with_their_dates(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["id", "Question", "since"], [1, "When?", date(2024, 5, 1)], [None, None, None], [2.5, "Who?", 2024]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    first, second = read_rows(tmp_path / "a.xlsx")
    assert (first.number, first.question, first.filters) == (2, "When?", {"since": "2024-05-01"})
    assert (second.number, second.given["id"], second.filters) == (4, "2.5", {"since": "2024"})


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "has no question"),
        ("a.csv", b"question\n", "has no question"),
        ("a.jsonl", b"\n\n", "has no question"),
        ("a.txt", b"When?", "not read from '.txt' files"),
        ("a.xlsx", b"When?", "not a Excel file, or it is damaged"),
        ("a.csv", b"%PDF-1.7", "a PDF"),
        ("missing.csv", None, "Can't read"),
        ("missing.xlsx", None, "Can't read"),
    ],
)
def test_a_file_without_questions_is_an_error_that_says_what_to_do(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(QuestionsFileError, match=message) as raised:
        read_rows(tmp_path / name)
    assert str(raised.value.remedy)
