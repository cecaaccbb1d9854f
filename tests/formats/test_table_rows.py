"""A row of a table is read with the head of each column."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.formats.markup import read_markup
from rag.formats.tables import read_table
from rag.ingest.file_reader import FileReader
from tests.files import page

LEAD = "The voters of Arne elected a new council on Sunday, and the count ended late in the evening of that day."
REST = "The new council meets in June for the first time, and it will elect a mayor then, the clerk of Arne said."


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (["Party|2021|2025", "Lock List|4|9", "Weir|6|"], ["Lock List: 4 (2021), 9 (2025).", "Weir: 6 (2021)."]),
        (["Town|Jobs|End", "Arne|1,204|3 May", "Brae|45|"], ["Arne: 1,204 (Jobs), 3 May (End).", "Brae: 45 (Jobs)."]),
        (["Arne|Monday"], ["Arne | Monday"]),
        (["1990|12", "1991|13"], ["1990 | 12", "1991 | 13"]),
        (["Ada Berg|the mayor", "Bo Rye|the clerk"], ["Ada Berg | the mayor", "Bo Rye | the clerk"]),
        (["Item|Price", "Fruit|", "Apple|3 €"], ["Fruit", "Apple: 3 € (Price)."]),
        ([], []),
    ],
)  # fmt: skip
def test_the_head_is_told_and_named_in_each_row(rows: list[str], lines: list[str]) -> None:
    assert read_table([row.split("|") for row in rows]) == lines


SPANS = """<table><tr><th rowspan="2">Party</th><th colspan="2">Seats</th></tr><tr><th>2021</th><th>2025</th></tr>
<tr><td>Lock List</td><td>4</td><td>9</td></tr><tr><td colspan="3">Without a seat</td></tr></table>"""
FACTS = "<table><tr><th>Mayor</th><td>Ada Berg</td></tr><tr><th>Founded</th><td>1911</td></tr></table>"
LAYOUT = f"<table><tr><td><p>{LEAD * 4}</p></td><td>12</td></tr></table>"


def test_heads_of_two_rows_and_cells_that_span(tmp_path: Path) -> None:
    assert read_markup(SPANS) == "Lock List: 4 (Seats 2021), 9 (Seats 2025).\n\nWithout a seat"
    assert read_markup(FACTS) == "Mayor: Ada Berg\n\nFounded: 1911"
    assert read_markup(LAYOUT).startswith(LEAD)
    assert read_markup('<table><tr><td colspan="99999999">a</td><td rowspan="0">b</td></tr></table>').endswith("b")


def test_a_row_of_a_web_page_can_be_quoted_alone(tmp_path: Path) -> None:
    path = tmp_path / "vote.html"
    path.write_bytes(page(LEAD, "TABLE", REST, head="<title>Vote</title>").replace(b"<p>TABLE</p>", SPANS.encode()))
    with FileReader() as reader:
        article = reader.read_article(path)
    quotes = [article.text[sentence.start : sentence.end] for sentence in article.sentences]
    assert "Lock List: 4 (Seats 2021), 9 (Seats 2025)." in quotes
    assert "|" not in article.text
