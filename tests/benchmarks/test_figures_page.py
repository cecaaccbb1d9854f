"""The page of figures: every row has its command, and the committed figures make the committed tables."""

from __future__ import annotations

from itertools import chain

import pytest

from benchmarks.figures import report
from benchmarks.figures.measures import MEASURES
from benchmarks.figures.tables import SECTIONS
from benchmarks.figures.telling import number, part, percent
from benchmarks.marks import replace_part


def test_a_part_of_a_document_is_replaced_and_nothing_else() -> None:
    page = "before\n<!-- one: written by make bench -->\nold\n<!-- /one -->\nafter\n<!-- /other -->"
    once = replace_part(page, "one", "| a table |")
    assert once == page.replace("old", "| a table |")
    assert replace_part(once, "one", "| a table |") == once
    for broken in ("no marks", page.replace("<!-- /one -->", ""), page + page):
        with pytest.raises(ValueError, match="once each"):
            replace_part(broken, "one", "")


def test_each_measurement_is_told_and_each_row_is_measured() -> None:
    assert {row.measure for row in chain(*SECTIONS.values())} == MEASURES.keys()


def test_committed_figures_make_the_committed_tables() -> None:
    results = report.read_results()
    assert results, "no figures are committed"
    written = report.write_parts(results)
    assert {path.name for path in written} == {"figures.md", "README.md"}
    for path, text in written.items():
        assert path.read_text(encoding="utf-8") == text


def test_shares_and_numbers_are_told_shortly() -> None:
    assert [part(value) for value in (0.61, 0.021, 1.0, 0.0)] == [".61", ".021", "1.00", ".00"]
    assert [number(value) for value in (1234.5, 54.04, 3.0)] == ["1,234", "54", "3"]
    assert percent(0.785) == "78 %"
