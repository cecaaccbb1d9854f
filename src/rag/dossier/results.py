"""A dossier: what the articles tell about a subject; taken apart into paragraphs, and written as Markdown.

Python, the command line and REST use the same models.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from rag.core.citation import Citation, Frozen, reference_of
from rag.core.dates import in_words
from rag.core.plain_text import counted, in_markdown
from rag.core.schema import Scope

SectionKind = Literal["overview", "timeline", "people", "said", "figures", "differences"]
"""The kind of a section.

- `overview`: what is known, the best quote first.
- `timeline`: what the articles of each day report.
- `people`: who is who, those whom most articles name first.
- `said`: what people say, in their words.
- `figures`: numbers that several articles give, and how they changed.
- `differences`: numbers of one day that can't both be right.
"""
TITLES: dict[SectionKind, str] = {
    "overview": "Overview",
    "timeline": "Timeline, by the dates of the articles",
    "people": "Who is who",
    "said": "What was said",
    "figures": "Figures and how they changed",
    "differences": "Where sources differ",
}
"""The heading of each section."""


class DossierEntry(Frozen):
    """Quotes that belong together."""

    heading: str = Field(description="A date, a person's name, or what is counted; may be empty.")
    citations: tuple[Citation, ...] = Field(min_length=1, description="The quotes, in order.")


class DossierSection(Frozen):
    """A section of a dossier."""

    kind: SectionKind = Field(description="What the section tells.")
    entries: tuple[DossierEntry, ...] = Field(min_length=1, description="Its entries, in order.")

    @property
    def title(self) -> str:
        """The section's heading."""
        return TITLES[self.kind]


class Dossier(Frozen):
    """What the articles tell about a subject. All but the headings are quotes.

    A quote that belongs to two entries has the same number in both.
    """

    subject: str = Field(description="The subject as it was given.")
    sections: tuple[DossierSection, ...] = Field(
        default=(), description="The sections for which the articles have something. Their quotes are numbered through."
    )
    articles: int = Field(ge=0, description="Number of articles with something about the subject that were read.")
    scope: Scope | None = Field(default=None, description="The articles that may be quoted; null for all.")
    generation: int = Field(description="The generation of the library that was read.")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All quotes by their numbers, each once."""
        every = [citation for section in self.sections for entry in section.entries for citation in entry.citations]
        first = {citation.number: citation for citation in reversed(every)}
        return tuple(first[number] for number in sorted(first))

    def __str__(self) -> str:
        return render_markdown(self)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: 1 for the dossier, 2 for a section, 3 for an entry."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line, of which a part may be emphasised. With a citation, a footnote says where its words stand."""

    before: str = ""
    strong: str = ""
    cited: Citation | None = None


Part = Heading | Line | Citation
"""A paragraph: a heading, a line, or a quote with its footnote."""


def parts_of(dossier: Dossier) -> Iterator[Part]:
    """Yields the paragraphs of a dossier. Each quote occurs once; where it is named again, a line has its number."""
    written: set[int] = set()
    yield Heading(1, dossier.subject)
    yield Line(told_of(dossier))
    for section in dossier.sections:
        yield Heading(2, section.title)
        for entry in section.entries:
            yield from _entry(section, entry, written)


def told_of(dossier: Dossier) -> str:
    """Says how many articles were read, and which might be."""
    read = f"Collected from {counted(dossier.articles, 'article')}{_narrowed(dossier.scope)}."
    return f"{read} All but the headings is quoted word for word; the footnotes say where it stands."


def footnote(citation: Citation) -> str:
    """Writes the footnote of a quote: the article, and the place in its text."""
    version = f"article {citation.article_id}, version {citation.content_hash[:12]}"
    return f"{reference_of(citation)} [characters {citation.start}–{citation.end} of {version}]"


def speaker_of(citation: Citation) -> str:
    """Returns who says a quote, if the quote itself does not name the speaker; else an empty text."""
    told = citation.said_by
    if told is None or told.name is None or told.guessed or told.name in citation.quote:
        return ""
    return told.name


def render_markdown(dossier: Dossier) -> str:
    """Writes a dossier as Markdown, with footnotes (`[^1]`)."""
    paragraphs = [_in_markdown(part) for part in parts_of(dossier)]
    notes = [f"[^{one.number}]: {in_markdown(footnote(one))}" for one in dossier.citations]
    return "\n\n".join([*paragraphs, *notes]) + "\n"


def _entry(section: DossierSection, entry: DossierEntry, written: set[int]) -> Iterator[Part]:
    if entry.heading:
        yield Heading(3, entry.heading)
    for citation in entry.citations:
        is_new = citation.number not in written
        written.add(citation.number)
        if citation.short is not None:
            when = in_words(citation.published) if citation.published else ""
            yield Line(f"{', '.join(filter(None, (when, citation.source)))}: ", citation.short, citation)
        elif not is_new:
            yield Line("Quoted in another section:", "", citation)
        if is_new:
            yield citation


def _narrowed(scope: Scope | None) -> str:
    if scope is None:
        return ""
    named = (*scope.sources, *scope.authors, *scope.sections, *(f"{name} = {value}" for name, value in scope.where))
    named += tuple(f"naming {name}" for name in scope.naming)
    since = f" from {scope.since} on" if scope.since else ""
    until = f" up to {scope.until or scope.as_of}" if scope.until or scope.as_of else ""
    return since + until + (f" ({', '.join(named)})" if named else "")


def _in_markdown(part: Part) -> str:
    if isinstance(part, Heading):
        return f"{'#' * part.level} {in_markdown(part.text)}"
    if isinstance(part, Line):
        strong = f"**{in_markdown(part.strong)}**" if part.strong else ""
        return f"{in_markdown(part.before)} {strong}{f'[^{part.cited.number}]' if part.cited else ''}".strip()
    lines = [f"> {in_markdown(line)}" for line in part.quote.splitlines()]
    lines[-1] += f"[^{part.number}]"
    speaker = speaker_of(part)
    return "\n".join([*lines, *([">", f"> — {in_markdown(speaker)}"] if speaker else [])])
