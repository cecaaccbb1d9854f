"""Checks a draft against one generation of the library, statement by statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rag.answering.citations import cite
from rag.answering.pipeline import Serving
from rag.core.citation import Citation
from rag.core.errors import QuestionError
from rag.core.plain_text import without_surrogates
from rag.core.ports import PassageSet
from rag.core.schema import Scope
from rag.drafts.comparing import Found, compare
from rag.drafts.describing import says_of_name
from rag.drafts.draft import DraftStatement, read_statements
from rag.drafts.evidence import PASSAGES, windows_of
from rag.drafts.quoting import QuotePlaced, find_quotation
from rag.drafts.results import LONGEST_DRAFT, CheckedStatement, DraftCheck, DraftPart
from rag.drafts.verdicts import Evidence, judge, without_contradicted
from rag.retrieval.focus import Focus
from rag.verification.archive import Archive

_CITATIONS = 3
"""Most quotes beside a statement, of different sources."""


def check_text(draft: str) -> str:
    """Checks a draft as it comes from outside.

    Returns:
        The draft, in which characters that no file can hold are replaced. Its length is the same.

    Raises:
        QuestionError: If it is no text, is empty or has more than LONGEST_DRAFT characters.
    """
    if not isinstance(draft, str) or not draft.strip():
        raise QuestionError("The draft is empty or no text", "question_empty", remedy="give the sentences to check")
    if len(draft) > LONGEST_DRAFT:
        raise QuestionError(
            f"The draft has {len(draft):,} characters",
            "question_too_long",
            remedy=f"check it in parts of at most {LONGEST_DRAFT:,}",
            characters=len(draft),
            most=LONGEST_DRAFT,
        )
    return without_surrogates(draft)


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks statements.

    Attributes:
        serving: The generation.
        archive: The articles, for quotations.
        within: The passages that are compared; None for all.
    """

    serving: Serving
    archive: Archive
    within: PassageSet | None

    def check(
        self, draft: str, scope: Scope | None = None, progress: Callable[[int, int], None] | None = None
    ) -> DraftCheck:
        """Checks a draft.

        Args:
            draft: The draft.
            scope: The articles that are compared, for the result.
            progress: Called with the number of statements checked so far and the number of all.
        """
        statements = read_statements(draft)
        checked = []
        for number, statement in enumerate(statements, start=1):
            checked.append(self._checked(number, statement))
            if progress:
                progress(number, len(statements))
        return DraftCheck(draft=draft, statements=tuple(checked), scope=scope, generation=self.serving.generation)

    def evidence(self, statement: DraftStatement) -> list[Evidence]:
        """Compares a statement with the archive; returns what was found, the best first."""
        return sorted(without_contradicted(self._all(statement)), key=lambda one: one.rank)

    def _all(self, statement: DraftStatement) -> Iterator[Evidence]:
        supported = says_of_name(statement.told, statement.speaker.place if statement.speaker else None)
        for places in self._quotations(statement):
            for window in places[0].windows():
                yield judge(statement, compare(statement.told, window, supported), places)
        if statement.told.items:
            vector = self.serving.vectors.embed([statement.text])[0]
            hits = self.serving.retriever.retrieve(statement.text, vector, PASSAGES, Focus(within=self.within))
            for window in windows_of(statement.told, [hit.passage for hit in hits]):
                yield judge(statement, compare(statement.told, window, supported))

    def _quotations(self, statement: DraftStatement) -> Iterator[list[QuotePlaced]]:
        """For each place of the first quotation, the places of all quotations in the same article."""
        found = [find_quotation(quoted, self.archive) for quoted in statement.quotations]
        for first in found[0] if found else []:
            others = [next((p for p in places if p.article.id == first.article.id), None) for places in found[1:]]
            yield [first, *(place for place in others if place is not None)]

    def _checked(self, number: int, statement: DraftStatement) -> CheckedStatement:
        found = self.evidence(statement)
        best = found[0] if found else None
        told = best is not None and best.verdict != "not_found"
        return CheckedStatement(
            number=number,
            start=statement.start,
            end=statement.end,
            statement=statement.text,
            verdict=best.verdict if best else "not_found",
            parts=tuple(_parts(statement, best, told)),
            remark=best.remark if best and best.verdict == "partly" else None,
            citations=tuple(_citations(found)) if told else (),
        )


def _parts(statement: DraftStatement, best: Evidence | None, told: bool) -> list[DraftPart]:
    """The parts of a statement by their places. Of one that was not found, only what may be looked up elsewhere."""
    if best is None:
        return []
    parts = [*best.parts, *_lacking(statement, best)]
    if not told:
        parts = [replace(one, status="not_found", place=None) for one in parts if one.kind not in ("denial", "words")]
    return [_part(statement, best, part) for part in sorted(parts, key=lambda part: (part.start, part.end))]


def _lacking(statement: DraftStatement, best: Evidence) -> Iterator[Found]:
    """The words that the article lacks; those that follow each other are one part."""
    lacking, items = best.comparison.lacking, statement.told.items
    numbers = [n for n, item in enumerate(items) if item in lacking]
    for _, group in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        run = [number for _, number in group]
        yield Found("words", items[run[0]].start, items[run[-1]].end, "not_found")


def _part(statement: DraftStatement, best: Evidence, part: Found) -> DraftPart:
    window = best.comparison.window
    place = None if part.place is None else (window.start + part.place[0], window.start + part.place[1])
    return DraftPart(
        kind=part.kind,
        start=statement.start + part.start,
        end=statement.start + part.end,
        words=statement.text[part.start : part.end],
        status=part.status,
        stated=window.article.text[slice(*place)] if place else None,
        stated_start=place[0] if place else None,
        stated_end=place[1] if place else None,
    )


def _citations(found: Sequence[Evidence]) -> Iterator[Citation]:
    """The quotes of the best evidence, each source once."""
    voices: set[object] = set()
    for one in found:
        window = one.comparison.window
        if one.verdict != found[0].verdict or len(voices) == _CITATIONS:
            break
        if window.article.voice in voices:
            continue
        voices.add(window.article.voice)
        yield cite(len(voices), window.article, window.start, window.end, breaks_off=not window.can_be_quoted())
