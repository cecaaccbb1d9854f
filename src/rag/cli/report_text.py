"""Renders reports for the terminal, one line per item."""

from __future__ import annotations

from collections.abc import Sequence

from rag.core.plain_text import counted, visible
from rag.core.reports import (
    ArticleDetails,
    CheckReport,
    CorrectedArticle,
    Edition,
    UpdateReport,
    WithdrawnArticle,
)


def render_report(report: UpdateReport, names: int | None = None) -> str:
    """Renders an update: a line for each file that was skipped or is waiting, and the totals.

    Args:
        report: The report.
        names: Most files that are named of those added, of those changed, and so on; None names all.
    """
    from rag.formats.file_types import READABLE

    marks = (("+", report.added), ("~", report.changed), (">", report.renamed), ("-", report.removed))
    lines = [line for mark, paths in marks for line in _named(mark, paths, names)]
    lines += [f"! {visible(skipped.path)}: {visible(skipped.why)}" for skipped in report.skipped]
    lines += [f"~ {visible(part.path)}: {visible(part.why)}" for part in report.partly]
    lines += [f"… {visible(path)}: being written; the next update reads it" for path in report.waiting]
    if report.unpublished:
        states = ", ".join(f"{count} {state}" for state, count in sorted(report.unpublished.items()))
        lines.append(f"left out as not published: {states}")
    if report.withdrawn:
        lines += _named("x", report.withdrawn, names)
        lines.append(f"left out as withdrawn: {len(report.withdrawn)}")
    if report.corrected:
        lines += _named("*", report.corrected, names)
        lines.append(f"corrected as corrections.jsonl says: {len(report.corrected)}")
    if report.superseded:
        lines.append(f"replaced by later records with the same id: {report.superseded}")
    lines += [
        f"! {visible(path)}: There is no article here; name a folder with files such as {READABLE}"
        for path in report.empty
    ]
    counts = {
        "added": len(report.added),
        "changed": len(report.changed),
        "renamed": len(report.renamed),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
        "skipped": len(report.skipped),
    }
    totals = _held(report)
    return "\n".join([*lines, ", ".join(f"{count} {what}" for what, count in counts.items()), totals])


def _named(mark: str, paths: Sequence[str], most: int | None) -> list[str]:
    shown = [f"{mark} {visible(path)}" for path in paths[:most]]
    more = len(paths) - len(shown)
    return [*shown, f"{mark} and {more} more"] if shown and more else shown


def _held(report: UpdateReport | CheckReport) -> str:
    articles, passages = counted(report.articles, "article"), counted(report.passages, "passage")
    return f"{articles}, {passages}, generation {report.generation}"


def render_withdrawn(articles: Sequence[WithdrawnArticle]) -> list[str]:
    """Renders withdrawn articles: two lines for each, and one for each copy."""
    lines = []
    for article in articles:
        lines.append(f"{article.id}  {visible(article.title)}, withdrawn {article.withdrawn[:10]}")
        lines += [f"              {visible(path)}" for path in (article.path, *article.copies)]
    return lines


def render_corrected(articles: Sequence[CorrectedArticle]) -> list[str]:
    """Renders corrected articles: how each is shown, its path, and what its file has."""
    lines = []
    for article in articles:
        lines += [f"{article.id}  {_details(article)}", f"              {visible(article.path)}"]
        if article.original is not None:
            lines.append(f"              its file has: {_details(article.original)}")
    return lines


def _details(article: ArticleDetails) -> str:
    others = ", ".join(visible(fact) for fact in (article.source, article.published) if fact)
    return f"{visible(article.title)} ({others or 'no source, no date'})"


def render_edition(edition: Edition) -> str:
    """Renders an edition: its number, its dates and its state."""
    days = [f"{word} {day[:10]}" for word, day in (("from", edition.since), ("to", edition.until)) if day]
    became = {
        "current": "the current text",
        "replaced": "the article has changed since",
        "removed": "the article was removed since",
    }
    return f"edition {edition.number} of {edition.count} ({', '.join([*days, became[edition.state]])})"


def render_check(report: CheckReport) -> str:
    """Renders a check: one line per finding, with what repairs it."""
    held = _held(report)
    if report.sound:
        return f"sound: {held}"
    return "\n".join([*(f"{visible(finding.what)}; {finding.mend}" for finding in report.findings), held])
