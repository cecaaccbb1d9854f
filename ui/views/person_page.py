"""Renders what a person says, or what others say about the person, by date, as escaped HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rag.core.errors import RagError
from rag.said.results import Said, Statement
from rag_ui.chat.quote_cards import QuoteCards, person_button
from rag_ui.html.escaping import escape
from rag_ui.language.part_words import PersonWords
from rag_ui.language.strings import Strings, origin, shortened

_NAME = re.compile(r"'(.+?)'(?:, |$)")
"""Matches each name of an error: `'Otto Keller', 'Anna Keller'`."""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Renders statements in one language. Ages are counted from `today`."""

    strings: Strings
    today: date

    @property
    def words(self) -> PersonWords:
        """The texts of the language."""
        return self.strings.words.person

    def found(self, said: Said) -> str:
        """Tells in a sentence how much was found, and in which order; or that there is nothing."""
        subject = shortened(said.about, 80) if said.about else ""
        known = {"name": shortened(said.name, 80), "subject": subject}
        if not said.statements:
            nothing = self.words.nothing_of_others if said.by_others else self.words.nothing
            return nothing[bool(subject)].format(**known)
        count = self.strings.count(len(said.statements), self.words.found)
        which = (self.words.newest, self.words.nearest)[bool(subject)] if said.more else ""
        return f"{count}{which}"

    def render(self, said: Said) -> str:
        """Renders the statements, the newest first, and below them those of which it is not clear whose they are."""
        changed = self._changed(said)
        newest_first = [*_newest_first(said.statements), *_newest_first(said.unclear)]
        numbered = [one.model_copy(update={"number": number}) for number, one in enumerate(newest_first, start=1)]
        sure, unclear = numbered[: len(said.statements)], numbered[len(said.statements) :]
        more = f'<p><button type="button" class="person-more">{escape(self.words.more)}</button></p>'
        family = said.name.split()[-1]
        which = (self.words.unclear_of_others if said.by_others else self.words.unclear).format(name=shortened(family))
        apart = f"<h3>{escape(which)}</h3>{self._by_date(unclear, said.by_others, {})}" if unclear else ""
        shown = self._by_date(sure, said.by_others, changed)
        quotes = f'<div class="answer">{shown}{more if said.more else ""}{apart}</div>'
        return f"{quotes}{self.names(self.words.same_name, said.others)}"

    def problem(self, error: RagError) -> str:
        """Renders the names that an error offers, as buttons; empty if it offers none."""
        return self.names(self.words.meant, _NAME.findall(str(error.facts.get("nearest", ""))))

    def names(self, heading: str, names: Sequence[str]) -> str:
        """Renders names as buttons that open the pages of these people; empty if there are none."""
        items = "".join(f"<li>{person_button(name, self.strings)}</li>" for name in names)
        return f'<h3>{escape(heading)}</h3><ul class="person-names">{items}</ul>' if items else ""

    def _changed(self, said: Said) -> dict[tuple[str, int], str]:
        """What statements say otherwise than earlier ones, in sentences by the place of the statement."""
        by_number = {one.number: one for one in said.statements}
        told: dict[tuple[str, int], str] = {}
        for change in said.changes:
            later, before = by_number[change.number], by_number[change.before]
            day = self.strings.date(before.published or "")
            words = {"words": shortened(change.words, 80), "before": shortened(change.before_words, 80)}
            line = f'<p class="person-changed">{escape(self.words.changed.format(date=day, **words))}</p>'
            place = later.article_id, later.start
            told[place] = told.get(place, "") + line
        return told

    def _by_date(self, statements: Sequence[Statement], by_others: bool, changed: Mapping[tuple[str, int], str]) -> str:
        quotes = QuoteCards(self.strings, self.today, ways=("cite", "person") if by_others else ("cite",))
        entries = "".join(
            f'<li><p class="when">{quotes.when(day)}</p>'
            f"{''.join(self._statement(one, quotes, by_others, changed) for one in group)}</li>"
            for day, group in groupby(statements, key=lambda one: one.published or "")
        )
        return f'<ol class="timeline">{entries}</ol>' if entries else ""

    def _statement(
        self, one: Statement, quotes: QuoteCards, by_others: bool, changed: Mapping[tuple[str, int], str]
    ) -> str:
        """A card, and whether it quotes or reports. Who speaks is said of others' words, and where it is a guess."""
        told = one.said_by.name if one.said_by and not by_others else None
        kind = self.words.quoted if one.direct else self.words.reported
        card = (
            f'<p class="person-kind">{escape(kind)}</p>'
            + quotes.cards([one], under=told)
            + changed.get((one.article_id, one.start), "")
        )
        names = dict.fromkeys(origin(same.source, "") or same.title for same in one.same)
        if not names:
            return card
        also = self.strings.count(len(one.same), self.words.same, names=shortened(", ".join(names)))
        return f'{card}<p class="person-same">{escape(also)}</p>'


def _newest_first(statements: Sequence[Statement]) -> list[Statement]:
    """Statements by date, those without one last; of one date they stay in their order, in which an article goes on."""
    return sorted(statements, key=lambda one: one.published or "", reverse=True)
