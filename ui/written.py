"""Writes an answer with its quotes and their full references, as plain text to copy or as Markdown to save."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.core.plain_text import visible
from rag.core.schema import Answer, Citation, dated_values, sources_of

from .strings import Strings, origin

_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|&~]")
"""Characters with a meaning in Markdown, anywhere in a line."""


@dataclass(frozen=True, slots=True)
class Style:
    """How text is written: escaped on one line, emphasised, and as a quote with its reference."""

    text: Callable[[str], str]
    strong: Callable[[str], str]
    quote: Callable[[Citation, str], str]


def _marked_text(words: str) -> str:
    return _MARKDOWN.sub(r"\\\g<0>", visible(words))


def _marked_quote(citation: Citation, about: str) -> str:
    lines = "\n".join(f"> {_marked_text(line)}" for line in citation.quote.splitlines())
    return f"{lines}\n\n\\[{citation.number}\\] {about}, sha256 {citation.content_hash}"


PLAIN = Style(visible, str, lambda citation, about: f"[{citation.number}] {visible(citation.quote)}\n    {about}")
MARKDOWN = Style(_marked_text, lambda words: f"**{words}**", _marked_quote)


def copied(answer: Answer, today: date, strings: Strings) -> str:
    """Writes the question and its answer as plain text. Ages are counted from `today`."""
    return "\n\n".join([visible(answer.question), *_Writer(PLAIN, today, strings).paragraphs(answer)])


def saved(answers: Sequence[Answer], today: date, strings: Strings) -> str:
    """Writes a conversation as Markdown. Ages are counted from `today`."""
    writer = _Writer(MARKDOWN, today, strings)
    parts = [f"# {strings.words.conversation}"]
    for answer in answers:
        parts += [f"## {_marked_text(answer.question)}", *writer.paragraphs(answer)]
    return "\n\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes answers in one style and language. Ages are counted from `today`."""

    style: Style
    today: date
    strings: Strings

    def paragraphs(self, answer: Answer) -> Iterator[str]:
        """Yields the paragraphs of an answer, without its question."""
        if narrowed := self.strings.scope_parts(answer.scope):
            yield f"{self.strings.words.asked_of} {self.style.text(', '.join(words for _, words in narrowed))}"
        for part in answer.parts:
            yield self.style.strong(self.style.text(part.question))
            yield from self._body(part)
        if not answer.parts:
            yield from self._body(answer)

    def _body(self, answer: Answer) -> Iterator[str]:
        for correction in answer.corrections:
            yield self.style.text(self.strings.read_as(correction.word, correction.read_as))
        if answer.standalone_question not in (None, answer.question):
            yield f"{self.strings.words.understood_as}: {self.style.text(answer.standalone_question or '')}"
        if counted := self.strings.mentions(answer):
            yield self.style.strong(self.style.text(counted))
        yield from self._said(answer) if answer.answered else self._not_said(answer)

    def _said(self, answer: Answer) -> Iterator[str]:
        if answer.short_answer:
            yield self.style.strong(self.style.text(answer.short_answer))
        if said := sources_of(answer):
            yield _listed(f"{self.strings.sources(count)}: {self.style.text(words)}" for words, count in said)
        yield from self._quotes(answer.citations)
        yield f"{self.strings.confidence(answer.confidence)}, {self.strings.percent(answer.confidence)}"
        for other in answer.other_answers:
            short = self.style.strong(self.style.text(other.short_answer))
            yield f"{self.strings.also(answer.form)}: {short} ({self.strings.percent(other.confidence)})"
            yield from self._quotes(other.citations)
        if values := dated_values(answer):
            yield f"{self.strings.words.timeline}:"
            yield _listed(
                self.style.text(f"{self.strings.date(day)}: {words} [{number}]") for day, words, number in values
            )

    def _not_said(self, answer: Answer) -> Iterator[str]:
        if answer.reason == "small_talk":
            yield self.strings.reason(answer.reason)
            return
        not_said = self.style.strong(f"{self.strings.words.not_said}.")
        yield f"{not_said} {self.strings.reason(answer.reason)}"
        if answer.near_misses:
            yield f"{self.strings.words.near_misses} ({self.strings.words.not_an_answer}):"
            yield from self._quotes(answer.near_misses)
        if answer.ask_instead:
            yield f"{self.strings.words.ask_instead}:"
            yield _listed(map(self.style.text, answer.ask_instead))

    def _quotes(self, citations: Sequence[Citation]) -> Iterator[str]:
        for citation in citations:
            published = self.strings.dated(citation.published, self.today)
            place = origin(citation.source, citation.path, citation.url)
            stated = (citation.title, citation.byline, place, published, citation.url)
            who = self.strings.said_by(citation.said_by) if citation.said_by else None
            about = [self.style.text(part) for part in (*stated, who) if part]
            about += [self.strings.words.breaks_off] if citation.breaks_off else []
            about += [self.strings.page(citation.page)] if citation.page else []
            yield self.style.quote(citation, " · ".join([*about, self.strings.place(citation.start, citation.end)]))


def _listed(lines: Iterator[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
