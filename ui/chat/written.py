"""Writes an answer with its quotes and their full references: as text to copy, and as a Markdown or Word file to save.

An answer is first taken apart into its paragraphs, which are the same in all three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.core.citation import day_told
from rag.core.plain_text import in_markdown, visible, visible_lines
from rag.core.schema import Answer, Citation, dated_values, sources_of
from rag.formats.office import write_docx
from rag.formats.office.write_docx import Run
from rag_ui.chat.narrowing import mentions, narrowed
from rag_ui.chat.notes import Note, Notes, place_of
from rag_ui.chat.references import footnote
from rag_ui.language.strings import Strings, origin


@dataclass(frozen=True, slots=True)
class Line:
    """A line, of which a part may be emphasised."""

    before: str = ""
    strong: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with the quote that gives it, if there is one."""

    text: str
    cited: Citation | None = None


Items = tuple[Item, ...]
Part = Line | Items | Citation | Note
"""A paragraph of an answer: a line, a list, a quote with its reference, or the person's note beside a quote."""
Annotated = tuple[Answer, Notes]
"""An answer, and what the person wrote beside its quotes."""


@dataclass(frozen=True, slots=True)
class Style:
    """How text is written: escaped on one line, emphasised, and as a quote with its reference."""

    text: Callable[[str], str]
    strong: Callable[[str], str]
    quote: Callable[[Citation, str], str]


def _marked_quote(citation: Citation, about: str) -> str:
    lines = "\n".join(f"> {in_markdown(line)}" for line in citation.quote.splitlines())
    return f"{lines}\n\n\\[{citation.number}\\] {about}, sha256 {citation.content_hash}"


PLAIN = Style(visible, str, lambda citation, about: f"[{citation.number}] {visible(citation.quote)}\n    {about}")
MARKDOWN = Style(in_markdown, lambda words: f"**{words}**", _marked_quote)


def copied(answer: Answer, today: date, strings: Strings) -> str:
    """Writes the question and its answer as plain text. Ages are counted from `today`."""
    writer = _TextWriter(PLAIN, today, strings)
    return "\n\n".join([visible(answer.question), *map(writer.write, _parts(answer, strings))])


def saved(answers: Sequence[Annotated], today: date, strings: Strings) -> str:
    """Writes a conversation as Markdown. Ages are counted from `today`."""
    writer = _TextWriter(MARKDOWN, today, strings)
    paragraphs = [f"# {strings.words.conversation}"]
    for answer, notes in answers:
        parts = _with_notes(_parts(answer, strings), notes)
        paragraphs += [f"## {in_markdown(answer.question)}", *map(writer.write, parts)]
    return "\n\n".join(paragraphs) + "\n"


def saved_as_word(answers: Sequence[Annotated], strings: Strings) -> bytes:
    """Writes a conversation as a Word file. A footnote holds the reference of each quote, and its place."""
    paragraphs = [write_docx.paragraph(strings.words.conversation, "Heading 1")]
    for answer, notes in answers:
        paragraphs.append(write_docx.paragraph(visible(answer.question), "Heading 2"))
        for part in _with_notes(_parts(answer, strings), notes):
            paragraphs += _in_word(part, strings)
    return write_docx.make_docx(paragraphs)


@dataclass(frozen=True, slots=True)
class _TextWriter:
    """Writes the paragraphs of answers in one style and language. Ages are counted from `today`."""

    style: Style
    today: date
    strings: Strings

    def write(self, part: Part) -> str:
        text = self.style.text
        if isinstance(part, Line):
            strong = part.strong and self.style.strong(text(part.strong))
            return " ".join(filter(None, (text(part.before), strong, text(part.after))))
        if isinstance(part, Citation):
            return self.style.quote(part, " · ".join(map(text, self._about(part))))
        if isinstance(part, Note):
            label = self.style.strong(text(self.strings.words.marks.saved_note))
            return "\n".join([f"{label}:", *map(text, part.text.splitlines())])
        return "\n".join(f"- {text(_numbered(item))}" for item in part)

    def _about(self, citation: Citation) -> Iterator[str]:
        old = self.strings.age(citation.published, self.today) if citation.published else None
        published = f"{citation.published} ({old})" if old else citation.published
        place = origin(citation.source, citation.path, citation.url)
        stated = (citation.title, citation.byline, place, published, citation.url)
        page = self.strings.page(citation.page) if citation.page else None
        yield from filter(None, (*stated, *_noted(citation, self.strings), page))
        yield self.strings.place(citation.start, citation.end)


def _numbered(item: Item) -> str:
    return item.text if item.cited is None else f"{item.text} [{item.cited.number}]"


def _noted(citation: Citation, strings: Strings) -> Iterator[str]:
    """Who says a quote, and that its text breaks off."""
    if citation.said_by:
        yield strings.said_by(citation.said_by)
    if citation.breaks_off:
        yield strings.words.breaks_off


def _in_word(part: Part, strings: Strings) -> Iterator[write_docx.Paragraph]:
    if isinstance(part, Line):
        told = (Run(visible(part.before)), Run(visible(part.strong), is_bold=True), Run(visible(part.after)))
        yield write_docx.Paragraph(_spaced(run for run in told if run.text))
    elif isinstance(part, Note):
        label = Run(f"{strings.words.marks.saved_note}:", is_bold=True)
        yield write_docx.Paragraph((label, Run(f" {visible_lines(part.text)}")))
    elif isinstance(part, Citation):
        yield write_docx.paragraph(visible_lines(part.quote), "Quote", footnote_of(part, strings))
    else:
        for item in part:
            note = footnote_of(item.cited, strings) if item.cited else ""
            yield write_docx.paragraph(visible(item.text), "List Bullet", note)


def _spaced(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(Run(f" {run.text}", run.is_bold) if number else run for number, run in enumerate(runs))


def footnote_of(citation: Citation, strings: Strings) -> str:
    """Writes the text of a footnote: the reference, what is known of the quote, and its place in the article's text."""
    told = [f"{words.rstrip('.')}." for words in _noted(citation, strings)]
    return visible(" ".join([footnote(citation, strings), *told, f"[{strings.place(citation.start, citation.end)}]"]))


def _with_notes(parts: Iterable[Part], notes: Notes) -> Iterator[Part]:
    """Yields the paragraphs, and behind each quote the note beside it, once."""
    beside = {note.place: note for note in notes}
    for part in parts:
        yield part
        note = beside.pop(place_of(part), None) if isinstance(part, Citation) else None
        if note is not None:
            yield note


def _parts(answer: Answer, strings: Strings) -> Iterator[Part]:
    """Yields the paragraphs of an answer, without its question."""
    if only := narrowed(answer.scope, strings):
        yield Line(f"{strings.words.asked_of} {only}")
    for part in answer.parts:
        yield Line(strong=part.question)
        yield from _body(part, strings)
    if not answer.parts:
        yield from _body(answer, strings)


def _body(answer: Answer, strings: Strings) -> Iterator[Part]:
    for correction in answer.corrections:
        yield Line(strings.read_as(correction.word, correction.read_as))
    if answer.standalone_question not in (None, answer.question):
        yield Line(f"{strings.words.understood_as}: {answer.standalone_question or ''}")
    if counted := mentions(answer, strings):
        yield Line(strong=counted)
    yield from _said(answer, strings) if answer.answered else _not_said(answer, strings)


def _said(answer: Answer, strings: Strings) -> Iterator[Part]:
    if answer.short_answer:
        day = day_told(answer.citations)
        yield Line(strong=answer.short_answer, after=strings.day_meant(day) if day else "")
    if said := sources_of(answer):
        yield tuple(Item(f"{strings.sources(count)}: {words}") for words, count in said)
    yield from answer.citations
    yield Line(f"{strings.confidence(answer.confidence)}, {strings.percent(answer.confidence)}")
    for other in answer.other_answers:
        yield Line(f"{strings.also(answer.form)}:", other.short_answer, f"({strings.percent(other.confidence)})")
        yield from other.citations
    if values := dated_values(answer):
        others = (citation for other in answer.other_answers for citation in other.citations)
        by_number = {citation.number: citation for citation in (*answer.citations, *others)}
        yield Line(f"{strings.words.timeline}:")
        yield tuple(Item(f"{strings.date(day)}: {words}", by_number[number]) for day, words, number in values)


def _not_said(answer: Answer, strings: Strings) -> Iterator[Part]:
    if answer.reason == "small_talk":
        yield Line(strings.reason(answer.reason))
        return
    yield Line(strong=f"{strings.words.not_said}.", after=strings.reason(answer.reason))
    if answer.near_misses:
        yield Line(f"{strings.words.near_misses} ({strings.words.not_an_answer}):")
        yield from answer.near_misses
    if answer.ask_instead:
        yield Line(f"{strings.words.ask_instead}:")
        yield tuple(map(Item, answer.ask_instead))
