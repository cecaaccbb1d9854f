"""An answer in writing, with its quotes and their full references: as plain text to paste, or as Markdown to keep."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.core.plain_text import visible
from rag.core.schema import Answer, Citation, dated_values, sources_of

from . import strings

_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|&~]")
"""What would be more than itself in Markdown, anywhere in a line."""


@dataclass(frozen=True, slots=True)
class Style:
    """How others' words are written so that they stay words, on one line; and what is set stronger, and as a quote."""

    text: Callable[[str], str]
    strong: Callable[[str], str]
    quote: Callable[[Citation, str], str]


def _marked_text(words: str) -> str:
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(words.split()))


def _marked_quote(citation: Citation, about: str) -> str:
    lines = "\n".join(f"> {_marked_text(line)}" for line in citation.quote.splitlines())
    return f"{lines}\n\n\\[{citation.number}\\] {about}, sha256 {citation.content_hash}"


PLAIN = Style(visible, str, lambda citation, about: f"[{citation.number}] {visible(citation.quote)}\n    {about}")
MARKDOWN = Style(_marked_text, lambda words: f"**{words}**", _marked_quote)


def copied(answer: Answer, today: date) -> str:
    """The question and its answer as plain text."""
    return "\n\n".join([visible(answer.question), *_paragraphs(answer, PLAIN, today)])


def saved(answers: Sequence[Answer], today: date) -> str:
    """A conversation as Markdown."""
    parts = [f"# {strings.CONVERSATION}"]
    for answer in answers:
        parts += [f"## {_marked_text(answer.question)}", *_paragraphs(answer, MARKDOWN, today)]
    return "\n\n".join(parts) + "\n"


def _paragraphs(answer: Answer, style: Style, today: date) -> Iterator[str]:
    if narrowed := strings.scope_parts(answer.scope):
        yield f"{strings.ASKED_OF} {style.text(', '.join(words for _, words in narrowed))}"
    for correction in answer.corrections:
        yield style.text(strings.read_as(correction.word, correction.read_as))
    if answer.standalone_question not in (None, answer.question):
        yield f"{strings.UNDERSTOOD_AS}: {style.text(answer.standalone_question or '')}"
    yield from _said(answer, style, today) if answer.answered else _not_said(answer, style, today)


def _said(answer: Answer, style: Style, today: date) -> Iterator[str]:
    if answer.short_answer:
        yield style.strong(style.text(answer.short_answer))
    if said := sources_of(answer):
        yield _listed(f"{strings.sources(count)}: {style.text(words)}" for words, count in said)
    yield from _quotes(answer.citations, style, today)
    yield f"{strings.confidence(answer.confidence)}, {strings.percent(answer.confidence)}"
    for other in answer.other_answers:
        short = style.strong(style.text(other.short_answer))
        yield f"{strings.OTHER_ANSWERS}: {short} ({strings.percent(other.confidence)})"
        yield from _quotes(other.citations, style, today)
    if values := dated_values(answer):
        yield f"{strings.TIMELINE}:"
        yield _listed(style.text(f"{strings.date(day)}: {words} [{number}]") for day, words, number in values)


def _not_said(answer: Answer, style: Style, today: date) -> Iterator[str]:
    yield f"{style.strong(f'{strings.NOT_SAID}.')} {strings.reason(answer.reason, answer.confidence)}"
    if answer.near_misses:
        yield f"{strings.NEAR_MISSES} ({strings.NOT_AN_ANSWER}):"
        yield from _quotes(answer.near_misses, style, today)
    if answer.ask_instead:
        yield f"{strings.ASK_INSTEAD}:"
        yield _listed(map(style.text, answer.ask_instead))


def _listed(lines: Iterator[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _quotes(citations: Sequence[Citation], style: Style, today: date) -> Iterator[str]:
    for citation in citations:
        published = strings.dated(citation.published, today)
        origin = strings.origin(citation.source, citation.path)
        stated = (citation.title, citation.byline, origin, published, citation.url)
        who = strings.said_by(citation.said_by) if citation.said_by else None
        about = [style.text(part) for part in (*stated, who) if part]
        about += [strings.BREAKS_OFF] if citation.breaks_off else []
        about += [strings.page(citation.page)] if citation.page else []
        yield style.quote(citation, " · ".join([*about, strings.place(citation.start, citation.end)]))
