"""Renders a checked draft as escaped HTML: the text, and beside each sentence what the articles say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import get_args

from rag.core.plain_text import visible
from rag.core.schema import Citation
from rag.drafts.results import CheckedStatement, DraftCheck, DraftPart, Verdict
from rag_ui.chat.quote_cards import QuoteCards
from rag_ui.chat.written import footnote_of
from rag_ui.html.escaping import escape
from rag_ui.language.part_words import DraftWords
from rag_ui.language.strings import Strings, shortened

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """Renders checked drafts in one language. Ages are counted from `today`."""

    strings: Strings
    today: date

    @property
    def words(self) -> DraftWords:
        """The texts of the language."""
        return self.strings.words.draft

    def summary(self, checked: DraftCheck) -> str:
        """Tells how many sentences there are, and how many have each verdict."""
        if not checked.statements:
            return self.words.nothing
        counts = ((verdict, checked.count(verdict)) for verdict in get_args(Verdict))
        told = (
            f"{self.words.verdicts[verdict]}: {self.strings.number(number)}" for verdict, number in counts if number
        )
        return " · ".join((self.strings.count(len(checked.statements), self.words.sentences), *told))

    def render(self, checked: DraftCheck) -> str:
        """Renders the draft, line by line. The quotes are numbered through the whole of it."""
        numbers = count(1)
        lines = "".join(
            f'<div class="draft-line" dir="auto">{"".join(self._line(checked, *line.span(), numbers))}</div>'
            for line in _LINE.finditer(checked.draft)
        )
        return f'<div class="answer draft-checked">{lines}</div>'

    def _line(self, checked: DraftCheck, start: int, end: int, numbers: Iterator[int]) -> Iterator[str]:
        """The sentences of a line with their notes, and what stands between them. A sentence may go on in the next."""
        at = start
        for one in checked.statements:
            if one.end <= start or end <= one.start:
                continue
            begun, ended = max(one.start, start), min(one.end, end)
            yield escape(checked.draft[at:begun])
            yield f'<span class="draft-sentence {one.verdict}">{self._marked(checked.draft, one, begun, ended)}</span>'
            if one.end <= end:
                yield f'<sup class="draft-number">{one.number}</sup>{self._note(one, numbers)}'
            at = ended
        yield escape(checked.draft[at:end])

    def _marked(self, draft: str, one: CheckedStatement, start: int, end: int) -> str:
        """The words of a sentence; those that differ or are missing in the article are marked."""
        shown, at = [], start
        for part in sorted(_amiss(one), key=lambda part: part.start):
            begun, ended = max(part.start, at), min(part.end, end)
            if begun < ended:
                shown += [escape(draft[at:begun]), f"<mark>{escape(draft[begun:ended])}</mark>"]
                at = ended
        return "".join([*shown, escape(draft[at:end])])

    def _note(self, one: CheckedStatement, numbers: Iterator[int]) -> str:
        head = (
            f'<p class="draft-verdict"><span class="draft-number">{one.number}</span> '
            f"{escape(self.words.verdicts[one.verdict])}</p>"
        )
        lines = "".join(f'<p dir="auto">{escape(line)}</p>' for line in self._told(one))
        cited = [citation.model_copy(update={"number": next(numbers)}) for citation in one.citations]
        cards = QuoteCards(self.strings, self.today, ways=())
        first, rest = [_showing(one, citation) for citation in cited[:1]], cited[1:]
        quotes = cards.cards(first) + cards.fold(cards.cards(rest), len(rest), self.strings.words.card.more_quotes)
        return f'<div class="draft-note {one.verdict}" role="note" dir="ltr">{head}{lines}{quotes}</div>'

    def footnote(self, one: CheckedStatement) -> str:
        """Tells in plain text what the note beside a sentence tells, for a file."""
        quotes = (f"“{visible(quote.quote)}” {footnote_of(quote, self.strings)}" for quote in one.citations)
        return " ".join([f"{self.words.verdicts[one.verdict]}.", *self._told(one), *quotes])

    def _told(self, one: CheckedStatement) -> Iterator[str]:
        """What differs, what is missing, and why the sentence is not stated though its words are there."""
        for part in one.parts:
            if part.status == "otherwise" and part.stated:
                yield self.words.instead.format(words=shortened(part.words), stated=shortened(part.stated))
        missing = [f"“{shortened(part.words)}”" for part in one.parts if part.status == "not_found"]
        if missing and one.verdict == "partly":
            yield self.words.missing.format(words=", ".join(missing))
        if one.remark:
            yield self.words.remarks[one.remark]


def _amiss(one: CheckedStatement) -> list[DraftPart]:
    """The parts that the first quote states otherwise, or has not; none of a sentence of which nothing was found."""
    if one.verdict not in ("stated_otherwise", "partly"):
        return []
    return [part for part in one.parts if part.status != "stated"]


def _showing(one: CheckedStatement, citation: Citation) -> Citation:
    """The first quote, in which the words are marked that stand in the place of those that differ."""
    places = ((part.stated_start, part.stated_end) for part in one.parts if part.status == "otherwise")
    for start, end in places:
        if start is not None and end is not None and citation.start <= start < end <= citation.end:
            return citation.model_copy(update={"short_start": start, "short_end": end})
    return citation.model_copy(update={"short_start": None, "short_end": None})
