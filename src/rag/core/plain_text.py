"""An answer as plain text, for the terminal and the REPL."""

from __future__ import annotations

from datetime import date

from rag.core.dates import age
from rag.core.schema import Answer, Attribution, CheckReport, Citation, Edition, UpdateReport
from rag.question.scope import today_of

REASONS = {
    "nothing_about_it": "Nothing in the articles is about this.",
    "not_said": "The articles are about this, but they don't say what is asked.",
    "below_threshold": "The best candidate is too uncertain to be shown as an answer.",
    "breaks_off": "The text breaks off where it comes nearest to this.",
}


def render_text(answer: Answer, today: date | None = None) -> str:
    """The answer with its numbered sources and their age, or why there is none and what came nearest.

    Ages are told from `today`, by default the day that the answer's scope names or this day.
    """
    day = today or today_of(answer.scope)
    read = [f"Read “{visible(c.word)}” as “{visible(c.read_as)}”." for c in answer.corrections]
    if answer.answered:
        return "\n".join([*read, _render_answered(answer, day)])
    lines = [*read, "The articles don't say.", REASONS[answer.reason or "below_threshold"]]
    if answer.near_misses:
        lines += ["", "Nearest, but not an answer:"]
        lines += [line for citation in answer.near_misses for line in _render_citation(citation, day)]
    if answer.ask_instead:
        lines += ["", "Asked instead, the articles answer:", *(f"    {visible(asked)}" for asked in answer.ask_instead)]
    return "\n".join(lines)


def _render_answered(answer: Answer, today: date) -> str:
    lines = [visible(answer.short_answer)] if answer.short_answer else []
    lines += [_tally(answer)] if sources_of(answer) else []
    lines += [""] if lines else []
    for citation in answer.citations:
        lines += _render_citation(citation, today)
    for other in answer.other_answers:
        lines += ["", f"Also said: {visible(other.short_answer)} ({other.confidence:.0%})"]
        lines += [line for citation in other.citations for line in _render_citation(citation, today)]
    values = dated_values(answer)
    if values:
        lines += ["", "By the articles' dates, oldest first:"]
        lines += [f"    {day}  {visible(words)} [{number}]" for day, words, number in values]
    return "\n".join([*lines, "", f"Confidence {answer.confidence:.0%}"])


def sources_of(answer: Answer) -> list[tuple[str, int]]:
    """Each value that is said and how many independent sources say it; none where one source alone says anything."""
    said = [(other.short_answer, other.sources) for other in answer.other_answers]
    if answer.short_answer is None or (answer.sources < 2 and not said):
        return []
    return [(answer.short_answer, answer.sources), *said]


def _tally(answer: Answer) -> str:
    (first, count), *others = sources_of(answer)
    lead = f"{count} independent sources say" if count > 1 else "1 source says"
    said = (f"{number} {'say' if number > 1 else 'says'} “{visible(words)}”" for words, number in others)
    return ", ".join([f"{lead} “{visible(first)}”", *said]) + "."


def dated_values(answer: Answer) -> list[tuple[str, str, int]]:
    """The answer's timeline: the date of each article, its short answer, and the number of the citation."""
    others = (citation for other in answer.other_answers for citation in other.citations)
    cited = {citation.number: citation for citation in (*answer.citations, *others)}
    told = (cited[number] for number in answer.timeline)
    return [(citation.published or "", citation.short or citation.quote, citation.number) for citation in told]


def _render_citation(citation: Citation, today: date) -> list[str]:
    stated = (citation.title, citation.byline, citation.source, dated(citation.published, today), citation.url)
    about = " · ".join(part for part in stated if part)
    page = f"page {citation.page}, " if citation.page else ""
    place = f"{page}characters {citation.start}–{citation.end}"
    said = [f"    {visible(line)}" for line in said_by(citation.said_by)]
    cut = ["    (the text breaks off here)"] if citation.breaks_off else []
    return [f"[{citation.number}] {visible(citation.quote)}", *cut, *said, f"    {visible(about)} · {place}"]


def said_by(attribution: Attribution | None) -> list[str]:
    """Who says the quoted words, and what of that is a guess of ours; nothing for the article's own voice."""
    if attribution is None:
        return []
    if attribution.introduction:
        who = f"perhaps {attribution.name}" if attribution.name else "who, the text doesn't say"
        return [f"— {who} (our guess, from a sentence that breaks off: “{attribution.introduction}”)"]
    if attribution.name is None:
        return ["— who says so, the text doesn't tell"]
    return [f"— {attribution.name}" + (" (our guess: the text has a pronoun there)" if attribution.guessed else "")]


def dated(published: str | None, today: date) -> str | None:
    """An article's date with its age: `2025-04 (3 months ago)`."""
    old = age(published, today) if published else None
    return f"{published} ({old})" if old else published


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
    """What a check found, a line a finding with what mends it."""
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
