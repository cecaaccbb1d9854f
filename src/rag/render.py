"""An answer as plain text, for the terminal and the REPL."""

from __future__ import annotations

from rag.schema import Answer, CheckReport, Citation, Edition, UpdateReport

REASONS = {
    "nothing_retrieved": "Nothing in the articles is near this question.",
    "nothing_readable": "Passages near this question hold nothing that can be quoted as an answer.",
    "below_threshold": "The best candidate is too uncertain to be shown as an answer.",
}


def render_text(answer: Answer) -> str:
    """The answer with its numbered sources, or why there is none and what came nearest."""
    if answer.answered:
        return _render_answered(answer)
    lines = ["The articles don't say.", REASONS[answer.reason or "below_threshold"]]
    if answer.near_misses:
        lines += ["", "Nearest, but not an answer:"]
        lines += [line for citation in answer.near_misses for line in _render_citation(citation)]
    return "\n".join(lines)


def _render_answered(answer: Answer) -> str:
    lines = [answer.short_answer, ""] if answer.short_answer else []
    for citation in answer.citations:
        lines += _render_citation(citation)
    for other in answer.other_answers:
        lines += ["", f"Also said: {other.short_answer} ({other.confidence:.0%})", *_render_citation(other.citation)]
    return "\n".join([*lines, "", f"Confidence {answer.confidence:.0%}"])


def _render_citation(citation: Citation) -> list[str]:
    stated = (citation.title, citation.byline, citation.source, citation.published, citation.url)
    about = " · ".join(part for part in stated if part)
    page = f"page {citation.page}, " if citation.page else ""
    place = f"{page}characters {citation.start}–{citation.end}"
    return [f"[{citation.number}] {visible(citation.quote)}", f"    {visible(about)} · {place}"]


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
    """What a check found, a line a finding with the command that mends it."""
    held = f"{report.articles} articles, {report.passages} passages, generation {report.generation}"
    if report.sound:
        return f"sound: {held}"
    return "\n".join([*(f"{visible(finding.what)}; {finding.mend}" for finding in report.findings), held])


def visible(text: str) -> str:
    """The text on one line, with control characters, which a terminal would obey, made visible."""
    return _escape(" ".join(text.split()), keep="")


def visible_lines(text: str) -> str:
    """The text with its line breaks, page ends and tabs, all other control characters made visible."""
    return _escape(text.replace("\f", "\n"), keep="\n\t")


def _escape(text: str, keep: str) -> str:
    return "".join(c if c.isprintable() or c in keep else f"\\x{ord(c):02x}" for c in text)
