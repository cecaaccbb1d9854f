"""Reports as the terminal shows them, a line an item."""

from __future__ import annotations

from rag.core.plain_text import visible
from rag.core.reports import CheckReport, Edition, UpdateReport


def render_report(report: UpdateReport) -> str:
    """What an update did, a line a file, and the totals."""
    marks = (("+", report.added), ("~", report.changed), (">", report.renamed), ("-", report.removed))
    lines = [f"{mark} {visible(path)}" for mark, paths in marks for path in paths]
    lines += [f"! {visible(skipped.path)}: {visible(skipped.why)}" for skipped in report.skipped]
    lines += [f"… {visible(path)}: being written, left for the next update" for path in report.waiting]
    counts = {
        "added": len(report.added),
        "changed": len(report.changed),
        "renamed": len(report.renamed),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
        "skipped": len(report.skipped),
    }
    totals = f"{report.articles} articles, {report.passages} passages, generation {report.generation}"
    return "\n".join([*lines, ", ".join(f"{count} {what}" for what, count in counts.items()), totals])


def render_edition(edition: Edition) -> str:
    """Which of an article's texts this is, and what became of it."""
    days = [f"{word} {day[:10]}" for word, day in (("from", edition.since), ("to", edition.until)) if day]
    became = {
        "current": "what the article says now",
        "replaced": "the article has changed since",
        "removed": "the article was removed since",
    }
    return f"edition {edition.number} of {edition.count} ({', '.join([*days, became[edition.state]])})"


def render_check(report: CheckReport) -> str:
    """What a check found, a line a finding with what repairs it."""
    held = f"{report.articles} articles, {report.passages} passages, generation {report.generation}"
    if report.sound:
        return f"sound: {held}"
    return "\n".join([*(f"{visible(finding.what)}; {finding.mend}" for finding in report.findings), held])
