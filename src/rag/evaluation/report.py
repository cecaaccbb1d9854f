"""The text and tables of an evaluation, shared by the terminal and the HTML page."""

from __future__ import annotations

from rag.core.plain_text import counted
from rag.core.schema import REASONS
from rag.evaluation.schema import Evaluation, Figures, Outcome, RiskPoint

FORM_COLUMNS = ("form of answer", "questions", "right", "answered")
COLUMNS = ("", "all", "has an answer", "has none")
THRESHOLD_COLUMNS = ("wanted", "threshold", "right of answered", "answered")
THRESHOLD_NOTE = "What other thresholds would give on these questions. The library's threshold does not change."
_LABELS = {
    "answered": "answered",
    "right": "right, or rightly not answered",
    "right_of_answered": "right, of those answered",
    "exact_match": "exact match (SQuAD)",
    "f1": "F1 (SQuAD)",
    "quote_holds_answer": "quote holds an expected answer",
    "facts_told": "expected facts told",
    "citation_valid": "citations valid",
    "right_article": "expected article cited",
}


def percent(share: float | None) -> str:
    """Formats a share in [0, 1] as percent; None is a dash."""
    return "–" if share is None else f"{share:.1%}"


def headline(evaluation: Evaluation) -> str:
    """Names the number of questions, and the library and models that answered."""
    library = evaluation.library
    return (
        f"{counted(evaluation.every.questions, 'question')}, {counted(library.articles, 'article')}, "
        f"generation {library.generation}, reader '{library.reader}', embedder {library.embedder}"
    )


def figure_rows(evaluation: Evaluation) -> list[tuple[str, ...]]:
    """The rows of the table of figures, in the order of COLUMNS."""
    parts: tuple[Figures, ...] = (evaluation.every, evaluation.has_answer, evaluation.no_answer)
    rows = [("questions", *(str(part.questions) for part in parts))]
    rows += [(label, *(percent(getattr(part, name)) for part in parts)) for name, label in _LABELS.items()]
    rows.append(("rightly not answered", *(str(part.rightly_abstained) for part in parts)))
    rows.append(("wrongly not answered", *(str(part.wrongly_abstained) for part in parts)))
    return rows


def form_rows(evaluation: Evaluation) -> list[tuple[str, ...]]:
    """The rows of the table of the forms of answers, in the order of FORM_COLUMNS; empty if there is only one form."""
    forms = evaluation.by_form.items()
    rows: list[tuple[str, ...]] = [
        (form, str(part.questions), percent(part.right), percent(part.answered)) for form, part in forms
    ]
    return rows if len(rows) > 1 else []


def notes(evaluation: Evaluation) -> list[str]:
    """Returns the lines below the table: calibration error and time."""
    lines = []
    if evaluation.calibration_error is not None:
        lines.append(f"Calibration error of the confidence (ECE): {evaluation.calibration_error:.3f}")
    if evaluation.times is not None:
        stages = ", ".join(f"{stage} {value:.0f}" for stage, value in evaluation.times.stages.items())
        times = f"median {evaluation.times.p50:.0f} ms, 95th percentile {evaluation.times.p95:.0f} ms"
        lines.append(f"Time per question: {times} ({stages})")
    return lines


def threshold_rows(evaluation: Evaluation) -> list[tuple[str, ...]]:
    """The rows of the table of thresholds, in the order of THRESHOLD_COLUMNS. The first is the current threshold."""
    every = evaluation.every
    now = ("as it is", f"{evaluation.threshold:.3f}", percent(every.right_of_answered), percent(every.answered))
    return [now, *((f"{each.precision:.0%}", *_threshold_row(each.at)) for each in evaluation.precisions)]


def _threshold_row(point: RiskPoint | None) -> tuple[str, ...]:
    if point is None:
        return "none does", "–", "–"
    of_answered = f"{1 - point.risk:.1%} ({point.right} of {point.answered})"
    return f"{point.threshold:.3f}", of_answered, percent(point.coverage)


def failure_title(outcome: Outcome) -> str:
    """Names the line of a question and what went wrong."""
    where = "" if outcome.expected.line is None else f"line {outcome.expected.line}: "
    return f"{where}{outcome.failure}"


def failure_rows(outcome: Outcome) -> list[tuple[str, str]]:
    """Lists question, expected answer, given answer and the rest of a failure, each with its name."""
    expected, answer = outcome.expected, outcome.answer
    wanted = "the articles don't say" if expected.answers == () else " | ".join(expected.answers or ())
    facts = "; ".join(" | ".join(wordings) for wordings in expected.facts)
    rows = [("question", expected.question), ("expected", wanted), ("facts", facts)]
    rows += [("article", expected.article or "")]
    if answer.answered:
        rows += [("got", outcome.got), ("quote", answer.text), ("from", answer.citations[0].path)]
    else:
        rows += [("reason", REASONS[answer.reason or "below_threshold"])]
        rows += [("nearest", answer.near_misses[0].quote)] if answer.near_misses else []
    rows.append(("confidence", percent(answer.confidence)))
    return [(name, text) for name, text in rows if text]
