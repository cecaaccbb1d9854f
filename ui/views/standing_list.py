"""Renders the followed questions, each with what was reported of it, as escaped HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.core.schema import Citation
from rag.standing.results import Standing, StandingAnswer, StandingChange, StandingQuestion
from rag_ui.chat.narrowing import narrowed
from rag_ui.chat.quote_cards import QuoteCards
from rag_ui.html.escaping import escape
from rag_ui.language.part_words import StandingWords
from rag_ui.language.strings import Strings, shortened

_WORDS = 160
"""Most characters of a quote that stands for an answer without a short one."""


@dataclass(frozen=True, slots=True)
class StandingList:
    """Renders followed questions in one language.

    Attributes:
        strings: The language.
        today: The day from which ages are counted.
        is_there: Tells whether the archive still has a quote.
    """

    strings: Strings
    today: date
    is_there: Callable[[Citation], bool]

    @property
    def words(self) -> StandingWords:
        """The texts of the language."""
        return self.strings.words.standing

    def render(self, standing: Standing) -> str:
        """Renders all questions; the one with the newest report comes first, of those without one the newest."""
        reports: dict[str, list[StandingChange]] = {one.id: [] for one in standing.questions}
        for change in reversed(standing.changes):
            if change.question_id in reports:  # somebody may have removed the question meanwhile
                reports[change.question_id].append(change)
        ordered = sorted(standing.questions, key=lambda one: one.changed or one.added, reverse=True)
        items = "".join(f"<li>{self._question(one, reports[one.id])}</li>" for one in ordered)
        shown = f'<ul class="followed-list">{items}</ul>' if items else f"<p>{escape(self.words.none)}</p>"
        lead = f'<p class="followed-lead">{escape(self.words.lead)}</p>'
        return f'<section class="followed" aria-label="{escape(self.words.tab)}">{lead}{shown}</section>'

    def _question(self, one: StandingQuestion, changes: Sequence[StandingChange]) -> str:
        """A question with its reports, of which only the newest is open."""
        scope = narrowed(one.scope, self.strings)
        asked_of = f'<p class="followed-scope" dir="auto">{escape(f"{self.strings.words.asked_of} {scope}")}</p>'
        label = escape(self.words.unfollow_this.format(question=shortened(one.question, 80)))
        since = escape(self.words.since.format(date=self.strings.date(one.added)))
        about = (
            f'<p class="followed-about"><span>{since}</span>'
            f'<button type="button" class="unfollow" data-id="{escape(one.id)}" aria-label="{label}">'
            f"{escape(self.words.unfollow)}</button></p>"
        )
        heading = f'<h2 dir="auto">{escape(one.question)}</h2>'
        return f"{heading}{asked_of if scope else ''}{about}{self._reports(one, changes)}"

    def _reports(self, one: StandingQuestion, changes: Sequence[StandingChange]) -> str:
        if not changes:
            now = self._values([(self.words.now, self._told(one.answer))])
            return f'{now}<p class="followed-quiet">{escape(self.words.nothing_reported)}</p>'
        newest, *earlier = map(self._report, changes)
        line = escape(self.strings.count(len(earlier), self.words.earlier))
        more = f'<details class="more"><summary>{line}</summary>{"".join(earlier)}</details>' if earlier else ""
        return newest + more

    def _report(self, change: StandingChange) -> str:
        """What changed, when, and the new quotes. The browser says whether it is new to the person."""
        there = [citation for citation in change.new if self.is_there(citation)]
        gone = len(change.new) - len(there)
        lost = f'<p class="followed-quiet">{escape(self.strings.count(gone, self.words.gone))}</p>' if gone else ""
        quotes = QuoteCards(self.strings, self.today, ways=("cite", "person")).cards(
            [citation.model_copy(update={"number": number}) for number, citation in enumerate(there, start=1)]
        )
        what = " ".join(self.words.kinds[kind] for kind in change.kinds)
        head = (
            f'<p class="report-head"><span class="report-new">{escape(self.words.new)}</span>'
            f'<time datetime="{escape(change.found)}">{escape(self.strings.moment(change.found))}</time></p>'
        )
        return (
            f'<article class="report answer" data-number="{change.number}">{head}'
            f'<p class="report-what">{escape(what)}</p>{self._values(self._course(change))}{quotes}{lost}</article>'
        )

    def _course(self, change: StandingChange) -> list[tuple[str, str]]:
        """The answer before and now, or only now if it is the same; and other answers that contradict it."""
        before, now = self._told(change.before), self._told(change.now)
        told = [(self.words.before, before)] if before != now else []
        told.append((self.words.now, now))
        if change.now.others and "contradiction" in change.kinds:
            told.append((self.words.also, escape("; ".join(map(shortened, change.now.others)))))
        return told

    def _values(self, values: Sequence[tuple[str, str]]) -> str:
        """Answers with what each is, in escaped HTML."""
        rows = "".join(f'<div><dt>{escape(name)}</dt><dd dir="auto">{told}</dd></div>' for name, told in values)
        return f'<dl class="followed-values">{rows}</dl>'

    def _told(self, answer: StandingAnswer) -> str:
        """An answer in a few words, as escaped HTML: its values, or the beginning of its first quote."""
        if not answer.answered:
            return f'<span class="followed-silent">{escape(self.words.unanswered)}</span>'
        if answer.values:
            named = f'<span class="value">{escape("; ".join(map(shortened, answer.values)))}</span>'
            counted = self.strings.count(answer.sources, self.words.sources)
            return f"{named} ({escape(counted)})" if answer.sources and answer.form != "list" else named
        there = next((one for one in answer.citations if self.is_there(one)), None)
        return f'<q class="value">{escape(shortened(there.quote, _WORDS))}</q>' if there else "–"
