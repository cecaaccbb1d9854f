"""Renders an evaluation as one HTML file without scripts, links and external pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources

from rag.core.html_page import escaped, html_page
from rag.evaluation.plots import plot_reliability, plot_risk
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
from rag.evaluation.schema import Evaluation, Outcome, Problem


def render_page(evaluation: Evaluation) -> str:
    """Renders the page: figures, plots, thresholds and failures."""
    style = resources.files("rag.evaluation").joinpath("page.css").read_text("utf-8")
    rows = form_rows(evaluation)
    forms = f"<h2>Forms of answers</h2>{_table(FORM_COLUMNS, rows)}" if rows else ""
    said = "".join(f"<p>{escaped(line)}</p>" for line in notes(evaluation))
    body = (
        f'<h1>Evaluation</h1><p class="quiet">{escaped(headline(evaluation))}</p>'
        f"{_table(COLUMNS, figure_rows(evaluation))}{forms}{said}{_curves(evaluation)}"
        f"{_problems(evaluation.problems)}{_failures(evaluation.failures)}"
    )
    return html_page("Evaluation", style, body)


def _curves(evaluation: Evaluation) -> str:
    if not evaluation.outcomes:
        return ""
    every = evaluation.every
    now = None
    if every.answered is not None and every.right_of_answered is not None:
        now = (every.answered, 1 - every.right_of_answered)
    plots = plot_risk(evaluation.risk_coverage, now) + plot_reliability(evaluation.reliability)
    rows = _table(THRESHOLD_COLUMNS, threshold_rows(evaluation))
    return f'<div class="plots">{plots}</div><h2>Thresholds</h2><p class="quiet">{escaped(THRESHOLD_NOTE)}</p>{rows}'


def _problems(problems: Sequence[Problem]) -> str:
    if not problems:
        return ""
    lines = "".join(f'<li dir="auto">line {problem.line or "–"}: {escaped(problem.why)}</li>' for problem in problems)
    return f"<h2>Not asked ({len(problems)})</h2><ul>{lines}</ul>"


def _failures(failures: Sequence[Outcome]) -> str:
    return f"<h2>Failures ({len(failures)})</h2>{''.join(map(_failure, failures))}"


def _failure(outcome: Outcome) -> str:
    rows = "".join(
        f'<dt>{name}</dt><dd class="{name}" dir="auto">{escaped(words)}</dd>' for name, words in failure_rows(outcome)
    )
    return f"<article><h3>{escaped(failure_title(outcome))}</h3><dl>{rows}</dl></article>"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escaped(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
