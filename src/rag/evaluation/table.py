"""Prints an evaluation on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rag.core.plain_text import visible
from rag.evaluation.report import (
    COLUMNS,
    FORM_COLUMNS,
    THRESHOLD_COLUMNS,
    THRESHOLD_NOTE,
    failure_rows,
    failure_title,
    figure_rows,
    form_rows,
    headline,
    notes,
    threshold_rows,
)
from rag.evaluation.schema import Evaluation, Outcome


def print_evaluation(evaluation: Evaluation, console: Console) -> None:
    """Prints the tables and each failure. Text of articles and questions is printed without interpreting markup."""
    console.print(_text(headline(evaluation)))
    console.print(_table(COLUMNS, figure_rows(evaluation)))
    if rows := form_rows(evaluation):
        console.print()
        console.print(_table(FORM_COLUMNS, rows))
    for line in notes(evaluation):
        console.print(_text(line))
    if evaluation.outcomes:
        console.print()
        console.print(_text(THRESHOLD_NOTE))
        console.print(_table(THRESHOLD_COLUMNS, threshold_rows(evaluation)))
    for outcome in evaluation.failures:
        _print_failure(outcome, console)


def _print_failure(outcome: Outcome, console: Console) -> None:
    console.print()
    console.print(_text(failure_title(outcome), "bold"))
    grid = Table.grid(padding=(0, 1, 0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, words in failure_rows(outcome):
        grid.add_row(_text(name), _text(words))
    console.print(grid)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place else "left")
    for row in rows:
        table.add_row(*(_text(cell) for cell in row))
    return table


def _text(words: str, style: str = "") -> Text:
    """Makes a text without markup and control characters."""
    return Text(visible(words), style=style)
