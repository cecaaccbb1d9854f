"""Decides what a sentence of an article says of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.drafts.comparing import Comparison, Found
from rag.drafts.draft import DraftStatement
from rag.drafts.quoting import QuotePlaced
from rag.drafts.results import Remark, Verdict
from rag.drafts.speakers import compare_speakers, place_of_pairs
from rag.answering.speakers import attribution_of
from rag.text.grammar.denials import is_taken_back

ORDER: tuple[Verdict, ...] = ("stated", "stated_otherwise", "partly", "not_found")
"""The verdicts, the one that decides first."""
LEAST_SHARE = 0.5
"""Least share of a statement's words that a sentence has which says it partly."""
LEAST_MATCHED = 3
"""Fewest words, figures, dates and names that a sentence shares which says a statement partly or otherwise."""
_BEHIND = 200
"""Characters behind a sentence that are read for words that take it back."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a window says of a statement.

    Attributes:
        comparison: The statement's words beside the window's.
        parts: All parts that were compared, also quotations and the speaker.
        verdict: What follows.
        remark: Why it does not state it, if it has its words.
    """

    comparison: Comparison
    parts: tuple[Found, ...]
    verdict: Verdict
    remark: Remark | None = None

    @property
    def rank(self) -> tuple[int, float, int]:
        """Sorts evidence, the best first."""
        comparison = self.comparison
        return ORDER.index(self.verdict), -comparison.share, comparison.window.end - comparison.window.start


def judge(statement: DraftStatement, comparison: Comparison, quotes: Sequence[QuotePlaced] = ()) -> Evidence:
    """Judges a window.

    Args:
        statement: The statement.
        comparison: Its words beside those of the window.
        quotes: For each quotation of the statement, its place in the window's article.
    """
    parts = list(comparison.parts)
    parts += _quotations(statement, comparison, quotes)
    speaker, remark = _speaker(statement, comparison, quotes)
    parts += speaker
    differing = [part for part in parts if part.status == "otherwise"]
    missing = [part for part in parts if part.status == "not_found"]
    matched = comparison.matched + sum(part.status == "stated" and part.kind == "quotation" for part in parts)
    window = comparison.window
    text = window.article.text
    if is_taken_back(window.text, text[window.end : window.end + _BEHIND]):
        remark = "denied_later"
    elif comparison.doubts:
        remark = "doubt"
    evidence = Evidence(comparison, tuple(parts), "not_found", remark)
    is_whole = not comparison.lacking and not missing
    if is_whole and not differing:
        return replace(evidence, verdict="partly" if remark else "stated")
    enough = matched >= LEAST_MATCHED or any(part.kind == "quotation" and part.status == "stated" for part in parts)
    if is_whole and len(differing) == 1 and enough and not remark:
        return replace(evidence, verdict="stated_otherwise")
    lacking = len(comparison.lacking) + len(missing) + len(differing)
    if enough and matched / (matched + lacking) >= LEAST_SHARE:
        return replace(evidence, verdict="partly")
    return evidence


def _quotations(statement: DraftStatement, comparison: Comparison, quotes: Sequence[QuotePlaced]) -> Iterable[Found]:
    """What the window says of each quotation."""
    window = comparison.window
    for number, quoted in enumerate(statement.quotations):
        placed = quotes[number] if number < len(quotes) else None
        if placed is None or not (window.start <= placed.start and placed.end <= window.end):
            yield Found("quotation", quoted.start, quoted.end, "not_found")
            continue
        place = placed.start - window.start, placed.end - window.start
        yield Found("quotation", quoted.start, quoted.end, "stated" if placed.is_exact else "otherwise", place)


def _speaker(
    statement: DraftStatement, comparison: Comparison, quotes: Sequence[QuotePlaced]
) -> tuple[list[Found], Remark | None]:
    """What the window says of the speaker; and the remark if it gives the words as someone's, and the draft does not."""
    window = comparison.window
    place = (quotes[0].start, quotes[0].end) if quotes else place_of_pairs(window, comparison.alignment)
    stated = attribution_of(window.article, *place) if place else None
    given = statement.speaker
    if given is None:
        if stated is None or statement.quotations:
            return [], None
        has_name = stated.start is not None and any(
            window.start + item.start < (stated.end or 0) and stated.start < window.start + item.end
            for item in (comparison.alignment.stated.items[n] for n in comparison.alignment.pairs.values())
        )
        return [], None if has_name else "as_words_of"
    status = compare_speakers(given, stated)
    if given.place is None:
        return [], None if status == "stated" else "as_words_of"
    where = None
    if stated is not None and stated.start is not None and window.start <= stated.start < window.end:
        where = stated.start - window.start, (stated.end or stated.start) - window.start
    return [Found("speaker", *given.place, status, where)], None
