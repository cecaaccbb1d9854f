"""The questions of a file are answered into a file, in their order, and none twice."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from rag.bulk.answers import AnsweredQuote, AnsweredRow
from rag.bulk.ask import Answered, answer_file
from rag.bulk.tables import make_csv, make_workbook, read_csv, read_workbook
from rag.bulk.word import make_document
from rag.core.errors import QuestionsFileError
from rag.formats.office.docx import extract
from rag.library import Library
from tests.libraries import write
from tests.verification.archive import build

ASKED = "When will the pier at Osk close?"
QUESTIONS = (
    f"id,question,source\n1,{ASKED},\n2,,\n3,Who won the chess tournament in Lima?,\n4,{ASKED},Nobody's\n5,{ASKED},\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with build(tmp_path_factory.mktemp("bulk")) as library:
        yield library


class Counting:
    """A library that counts the questions that it is asked, and can be stopped at one."""

    def __init__(self, library: Library, stop_at: int | None = None) -> None:
        self._library = library
        self._stop_at = stop_at
        self.asked: list[str] = []

    def answer(self, question: str, **filters: Any) -> Any:
        self.asked.append(question)
        if len(self.asked) == self._stop_at:
            raise KeyboardInterrupt
        return self._library.answer(question, **filters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)


def ask(library: Any, folder: Path, target: str, **options: Any) -> Answered:
    if not (folder / "questions.csv").exists():
        write(folder / "questions.csv", QUESTIONS)
    return answer_file(library, folder / "questions.csv", folder / target, **options)


def test_answers_come_in_order_with_exact_quotes_and_bad_rows_are_named(library: Library, tmp_path: Path) -> None:
    done = ask(library, tmp_path, "answers.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text("utf-8").splitlines()]
    assert [(row["given"]["id"], row["status"]) for row in rows] == [
        ("1", "answered"),
        ("2", "failed"),
        ("3", "silent"),
        ("4", "failed"),
        ("5", "answered"),
    ]
    assert [number for number, _ in done.failed] == [3, 5]
    assert "The question is empty" in done.failed[0][1] and "No article is from" in done.failed[1][1]
    first, silent = rows[0], rows[2]
    assert (first["short_answer"], first["form"]) == ("May", "fact")
    (quote,) = first["quotes"]
    article = library.article(quote["article"], quote["version"])
    assert article.text[quote["start"] : quote["end"]] == quote["quote"]
    assert quote["citation"].startswith(f"“{quote['quote']}”") and "The pier at Osk" in quote["citation"]
    assert silent["quotes"] == [] and silent["reason"]
    assert not (tmp_path / "answers.jsonl.part").exists()


@pytest.mark.parametrize("name", ["answers.csv", "answers.xlsx", "answers.jsonl"])
def test_the_same_run_again_asks_only_what_failed(library: Library, tmp_path: Path, name: str) -> None:
    first = ask(library, tmp_path, name)
    data = (tmp_path / name).read_bytes()
    counting = Counting(library)
    again = ask(counting, tmp_path, name)
    assert sorted(counting.asked) == ["", ASKED]
    assert again.kept == 3 and again.rows == first.rows
    if name != "answers.xlsx":  # a workbook has the time in it
        assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize("change", [{"max_words": 60}, {"filters": {"since": "1990"}}])
def test_other_settings_ask_again(library: Library, tmp_path: Path, change: dict[str, Any]) -> None:
    ask(library, tmp_path, "answers.csv")
    counting = Counting(library)
    ask(counting, tmp_path, "answers.csv", **change)
    assert counting.asked.count(ASKED) == 2


def test_another_state_of_the_library_asks_again(tmp_path: Path) -> None:
    with build(tmp_path) as library:
        ask(library, tmp_path, "answers.csv")
        write(tmp_path / "news" / "new.txt", "A new bench\n\nA bench stands on the quay of Osk.\n")
        library.update()
        counting = Counting(library)
        assert ask(counting, tmp_path, "answers.csv").kept == 0
        assert ASKED in counting.asked


def test_a_stop_loses_only_what_is_being_answered(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "questions.csv", "question\n" + "".join(f"What does report {n} say?\n" for n in range(12)))
    stopped = Counting(library, stop_at=8)
    with pytest.raises(KeyboardInterrupt):
        ask(stopped, tmp_path, "answers.csv")
    assert not (tmp_path / "answers.csv").exists()
    with (tmp_path / "answers.csv.part").open("ab") as journal:
        journal.write(b'{"question": "What does')  # a power loss
    going_on = Counting(library)
    done = ask(going_on, tmp_path, "answers.csv")
    assert len(going_on.asked) <= 12 - 5
    assert done.kept == 12 - len(going_on.asked)
    assert len(read_csv(tmp_path / "answers.csv")) == 12


def test_each_question_is_asked_once_and_its_rows_keep_their_own_cells(library: Library, tmp_path: Path) -> None:
    counting = Counting(library)
    told: list[tuple[int, int]] = []
    done = ask(counting, tmp_path, "answers.csv", progress=lambda *numbers: told.append(numbers))
    assert counting.asked.count(ASKED) == 2  # rows 1 and 5 are the same, 4 is restricted
    assert [row.given["id"] for row in done.rows] == ["1", "2", "3", "4", "5"]
    assert told == [(n, 4) for n in range(1, 5)]


RISKY = ["=1+1", "+49 30", "-5 degrees", "@home", "\t=1", "\r=1", "'=1", "''=1", "＝1", " =1", "#N/A"]
HARMLESS = ["plain", "'quoted'", "'foo' is not a date", "''", "1990"]


def row_with(text: str) -> AnsweredRow:
    quote = AnsweredQuote(quote=text, article="0" * 12, version="0" * 64, start=0, end=len(text), citation=text)
    return AnsweredRow(
        question=text,
        given={"note": text},
        status="answered",
        form="fact",
        short_answer=text,
        confidence=0.5,
        quotes=(quote,),
        key="k",
    )


@pytest.mark.parametrize("text", [*RISKY, *HARMLESS])
def test_no_cell_is_a_formula_and_reading_gives_the_text_back(tmp_path: Path, text: str) -> None:
    row = row_with(text)
    (tmp_path / "a.csv").write_bytes(make_csv([row]))
    (tmp_path / "a.xlsx").write_bytes(make_workbook([row]))
    cells = [*csv.reader(io.StringIO(make_csv([row]).decode("utf-8-sig"), newline=""))]
    assert not any(cell[0] in "=+-@\t\r＝" for line in cells for cell in line if cell)
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value is not None} == {"s", "n"}
    assert read_csv(tmp_path / "a.csv") == [row]
    if "\r" not in text:  # XML has no carriage return
        assert read_workbook(tmp_path / "a.xlsx") == [row]


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_stands_in_a_table_as_it_is(text: str) -> None:
    cells = [*csv.reader(io.StringIO(make_csv([row_with(text)]).decode("utf-8-sig"), newline=""))]
    assert cells[1][0] == text


def test_a_workbook_has_texts_letter_for_letter_which_editing_keeps(tmp_path: Path) -> None:
    texts = ["=1+1", "'quoted'", "plain"]
    (tmp_path / "a.xlsx").write_bytes(make_workbook([row_with(text) for text in texts]))
    questions = [cell for (cell,) in load_workbook(tmp_path / "a.xlsx").active.iter_rows(min_row=2, max_col=1)]
    assert [(cell.value, cell.quotePrefix) for cell in questions] == [
        ("=1+1", True),
        ("'quoted'", True),
        ("plain", False),
    ]


def test_what_no_file_can_hold_is_replaced(tmp_path: Path) -> None:
    row = row_with("a\x00b\ud800c")
    (tmp_path / "a.xlsx").write_bytes(make_workbook([row]))
    assert read_workbook(tmp_path / "a.xlsx")[0].question == "a\ufffdb\ufffdc"
    assert make_document([row]) and make_csv([row])


def test_word_has_a_footnote_for_each_quote(library: Library, tmp_path: Path) -> None:
    done = ask(library, tmp_path, "answers.docx")
    (document,) = extract((tmp_path / "answers.docx").read_bytes())
    text = document.text
    for row in done.rows:
        assert row.question in text
        for quote in row.quotes:
            assert text.count(quote.quote) >= 2  # in the text and in its note
            assert f"{quote.citation} [{quote.article}, characters {quote.start}–{quote.end}]" in text
    counting = Counting(library)
    ask(counting, tmp_path, "answers.docx")  # replaces it
    assert ASKED in counting.asked


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("answers.txt", None, "not written to '.txt' files"),
        ("questions.csv", None, "is the file of questions"),
        ("no/answers.csv", None, "Can't write"),
        ("answers.csv", "name,phone\nAda,1\n", "no file of answers"),
        ("answers.jsonl", "notes\n", "no file of answers"),
        ("answers.xlsx", "notes\n", "no file of answers"),
        ("answers.docx", "notes\n", "no file of answers"),
    ],
)
def test_no_other_file_is_overwritten(
    library: Library, tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    if content is not None:
        write(tmp_path / name, content)
    with pytest.raises(QuestionsFileError, match=message):
        ask(Counting(library, stop_at=1), tmp_path, name)
    if content is not None:
        assert (tmp_path / name).read_text("utf-8") == content
