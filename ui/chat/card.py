"""Renders an answer as escaped HTML, in the page's language. Each form of answer is drawn in its own way.

Words of articles and of the page are never in one element. Quotes and short answers are in `blockquote` and `.short`,
with a typeface of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.core.citation import day_told
from rag.core.schema import Answer, Form, OtherAnswer, Scope, dated_values
from rag.question.question import asked_words
from rag_ui.chat import answer_forms
from rag_ui.chat.answer_actions import actions
from rag_ui.chat.confidence_mark import confidence_mark
from rag_ui.chat.feedback import Rating
from rag_ui.chat.narrowing import mentions, narrowed, scope_parts
from rag_ui.chat.notes import Notes
from rag_ui.chat.quote_cards import QuoteCards, person_button
from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings, shortened
from rag_ui.language.words import Words
from rag_ui.web.accounts import Account


def account_line(account: Account, strings: Strings) -> str:
    """Renders who signed in, with the button to sign out."""
    words = strings.words
    said = words.signed_in.format(name=shortened(account.name, 60), role=words.roles[account.role])
    return (
        f'<form method="post" action="logout" class="account {account.role}"><span dir="auto">{escape(said)}</span> '
        f"<button>{escape(words.sign_out)}</button></form>"
    )


def problem_note(line: str) -> str:
    """Renders why a question could not be asked, in one line."""
    return f'<p class="problem" role="alert">{escape(line)}</p>'


_SHOWN = 3
"""Quotes of a count, and passages that come near, that are shown before the others are opened."""


def _beside(sides: Sequence[tuple[str, str]]) -> str:
    """Renders columns side by side, each with a heading in escaped HTML, "" for none."""
    return f'<div class="beside">{"".join(_side(*side) for side in sides)}</div>'


def _side(heading: str, shown: str) -> str:
    return f'<section class="side">{f"<h2>{heading}</h2>" if heading else ""}{shown}</section>'


@dataclass(frozen=True, slots=True)
class Cards:
    """Renders questions and answers in one language."""

    strings: Strings

    @property
    def words(self) -> Words:
        """The texts of the language."""
        return self.strings.words

    def question_bubble(self, question: str, is_edited: bool = False) -> str:
        """Renders a question, with a button to edit it, and one to take the edit back."""
        if not question.strip():
            return '<p class="question">…</p>'
        undo = f'<button type="button" class="unedit">{escape(self.words.asking.undo_edit)}</button>'
        asked, words = escape(question), escape(self.words.edit)
        edit = f'<button type="button" class="edit" data-question="{asked}">{words}</button>'
        actions = f"{undo}{edit}" if is_edited else edit
        return f'<p class="question" dir="auto">{asked}</p><p class="question-actions">{actions}</p>'

    def searching_note(self, stage: str) -> str:
        """Renders the line that is shown until there is an answer: what is being done."""
        return f'<p class="searching" role="status">{escape(stage)}</p>'

    def answer_card(
        self,
        answer: Answer,
        today: date | None = None,
        note: str | None = None,
        rating: Rating | None = None,
        pinned: bool = False,
        notes: Notes = (),
    ) -> str:
        """Renders the card of an answer.

        Args:
            answer: The answer.
            today: The day from which ages are counted; None takes the current day.
            note: A line above the answer.
            rating: The rating that the user gave.
            pinned: Whether the user pinned the answer.
            notes: What the user wrote beside quotes.

        Returns:
            One `<article>`.
        """
        quotes = QuoteCards(self.strings, today or date.today(), notes=notes)
        said = f'<p class="understood">{escape(note)}</p>' if note else ""
        shown = "" if answer.reason == "small_talk" else actions(answer, self.strings, quotes.today, rating, pinned)
        whole = f"{said}{self._asked_of(answer.scope)}{self._body(answer, quotes)}{shown}"
        return f'<article class="answer" aria-label="{escape(self.words.answer)}">{whole}</article>'

    def scope_chips(self, scope: Scope | None) -> str:
        """Renders the scope of questions, with a button to remove each filter; empty if there is none."""
        chips = "".join(
            f'<li><button type="button" class="scope-chip" data-filter="{part.filter}" '
            f'data-value="{escape(part.value)}" aria-label="{escape(self.strings.lift_filter(part.words))}">'
            f'<span dir="auto">{escape(part.words)}</span></button></li>'
            for part in scope_parts(scope, self.strings)
        )
        return f"<p>{escape(self.words.asked_of)}</p><ul>{chips}</ul>" if chips else ""

    def _asked_of(self, scope: Scope | None) -> str:
        words = narrowed(scope, self.strings)
        return f'<p class="understood" dir="auto">{escape(self.words.asked_of)} {escape(words)}</p>' if words else ""

    def _read_as(self, answer: Answer) -> str:
        lines = (self.strings.read_as(correction.word, correction.read_as) for correction in answer.corrections)
        return "".join(f'<p class="understood">{escape(line)}</p>' for line in lines)

    def _understood(self, answer: Answer) -> str:
        asked = answer.standalone_question
        if asked is None or asked == answer.question:
            return ""
        return f'<p class="understood">{escape(self.words.understood_as)}: <q dir="auto">{escape(asked)}</q></p>'

    def _body(self, answer: Answer, quotes: QuoteCards) -> str:
        """How the question was read, and the answer to it; of several questions each with its answer."""
        if answer.parts:
            return "".join(
                f'<section class="part"><h2 dir="auto">{escape(part.question)}</h2>{self._body(part, quotes)}</section>'
                for part in answer.parts
            )
        if answer.reason == "small_talk":
            return f"<p>{escape(self.strings.reason(answer.reason))}</p>"
        quotes = replace(quotes, asked=frozenset(asked_words(answer_forms.asked(answer)).terms))
        said = self._answered(answer, quotes) if answer.answered else self._not_answered(answer, quotes)
        lines = [line for line in (mentions(answer, self.strings), *self.strings.stated(answer)) if line]
        said = "".join(f'<p class="short" dir="auto">{escape(line)}</p>' for line in lines) + said
        return f"{self._read_as(answer)}{self._understood(answer)}{said}"

    def _answered(self, answer: Answer, quotes: QuoteCards) -> str:
        if answer.form == "timeline":
            return f"{self._short(answer, quotes)}{self._course(answer, quotes)}{self._confidence(answer.confidence)}"
        said: tuple[Answer | OtherAnswer, ...] = (answer, *answer.other_answers)
        if len(said) == 1:
            shown = f"{self._short(answer, quotes)}{self._quotes(answer, quotes)}{self._confidence(answer.confidence)}"
        else:
            shown = self._values([self._value(each, answer, quotes) for each in said], answer.form)
        return f"{shown}{self._changed(answer, quotes)}"

    def _short(self, said: Answer | OtherAnswer, quotes: QuoteCards) -> str:
        """The short answer with the number of its sources, and the numbers of its quotes."""
        counted = f'<p class="sources">{escape(self.strings.sources(said.sources))}</p>' if said.sources else ""
        if not said.short_answer:
            return counted
        telling = [citation for citation in said.citations if citation.short is not None]
        short = f'<span class="short" dir="auto">{escape(said.short_answer)}</span>'
        day = day_told(said.citations)
        meant = f' <span class="short-day">{escape(self.strings.day_meant(day))}</span>' if day else ""
        return f'{counted}<p class="telling">{short}{meant}{quotes.references(telling)}</p>'

    def _quotes(self, answer: Answer, quotes: QuoteCards) -> str:
        """The quotes of an answer without others beside it, drawn as its form asks."""
        if answer.form == "said":
            return "".join(
                f'<section class="person">{self._speaker(name)}{quotes.cards(said, under=name)}</section>'
                for name, said in answer_forms.by_person(answer)
            )
        if answer.form == "compare" and (comparison := answer_forms.compared(answer)):
            return self._compared(comparison, quotes)
        if answer.form == "yes_no":
            return self._evidence(answer, quotes)
        if answer.form == "count":
            folded = quotes.cards(answer.citations[_SHOWN:])
            more = quotes.fold(folded, len(answer.citations) - _SHOWN, self.words.card.more_quotes)
            return quotes.cards(answer.citations[:_SHOWN]) + more
        return quotes.first(answer.citations, answer_forms.repeated(answer, answer.citations))

    def _speaker(self, name: str | None) -> str:
        nobody = self.words.card.told if name is None else self.words.speaker_unknown
        told = person_button(name, self.strings) if name else escape(nobody)
        return f'<h2 class="speaker" dir="auto">{told}</h2>'

    def _compared(self, comparison: answer_forms.Comparison, quotes: QuoteCards) -> str:
        nothing = f'<p class="nothing">{escape(self.words.card.nothing_of_side)}</p>'
        sides = [(escape(side.name), quotes.cards(side.citations) or nothing) for side in comparison.sides]
        rest = (
            f"<h2>{escape(self.words.card.other_quotes)}</h2>{quotes.cards(comparison.rest)}" if comparison.rest else ""
        )
        told = all(side.citations for side in comparison.sides)
        return (_beside(sides) if told else "".join(_side(*side) for side in sides)) + rest

    def _evidence(self, answer: Answer, quotes: QuoteCards) -> str:
        """The quotes of a yes-or-no answer: side by side if some deny or doubt what is asked."""
        denying, others = answer_forms.denied(answer)
        if not denying or not others:
            lead = f'<h2 class="lead">{escape(self.words.card.denying)}</h2>' if denying else ""
            return lead + quotes.cards(answer.citations)
        words = self.words.card
        sides = [(denying[0].number, words.denying, denying), (others[0].number, words.other_quotes, others)]
        return _beside([(escape(head), quotes.cards(said)) for _, head, said in sorted(sides)])

    def _value(self, said: Answer | OtherAnswer, answer: Answer, quotes: QuoteCards) -> str:
        """One of several answers with its number of sources, its quotes and its confidence."""
        shown = quotes.first(said.citations, answer_forms.repeated(answer, said.citations) or said.citations[1:])
        return f"{self._short(said, quotes)}{shown}{self._confidence(said.confidence)}"

    def _values(self, values: Sequence[str], form: Form) -> str:
        """Answers that differ are side by side, because no article counts more than another; a list is a list."""
        lead = f'<h2 class="lead">{escape(self.strings.side_by_side(len(values), form))}</h2>'
        if form == "list":
            return f'{lead}<ul class="items">{"".join(f"<li>{value}</li>" for value in values)}</ul>'
        return lead + _beside([("", value) for value in values])

    def _course(self, answer: Answer, quotes: QuoteCards) -> str:
        """The quotes along a line with dates."""
        entries = "".join(
            f'<li><p class="when">{quotes.when(day)}</p>{quotes.cards(said)}</li>'
            for day, said in answer_forms.by_date(answer)
        )
        return f'<ol class="timeline">{entries}</ol>'

    def _changed(self, answer: Answer, quotes: QuoteCards) -> str:
        """The answers by date, each with the number of its quote."""
        others = (citation for other in answer.other_answers for citation in other.citations)
        references = {citation.number: quotes.reference(citation) for citation in (*answer.citations, *others)}
        items = "".join(
            f'<li><p class="when"><time datetime="{escape(day)}">{escape(self.strings.date(day))}</time></p>'
            f'<p class="telling"><span class="short" dir="auto">{escape(words)}</span>{references[number]}</p></li>'
            for day, words, number in dated_values(answer)
        )
        lead = f"<h2>{escape(self.words.timeline)}</h2>"
        return f'<div class="others">{lead}<ol class="timeline">{items}</ol></div>' if items else ""

    def _not_answered(self, answer: Answer, quotes: QuoteCards) -> str:
        why = escape(self.strings.reason(answer.reason))
        said = f'<h2 class="not-said">{escape(self.words.not_said)}</h2><p class="reason">{why}</p>'
        heading = f"{escape(self.words.near_misses)} <em>{escape(self.words.not_an_answer)}</em>"
        more = answer.near_misses[_SHOWN:]
        folded = quotes.fold(quotes.near(more), len(more), self.words.card.more_passages)
        shown = f"<h2>{heading}</h2>{quotes.near(answer.near_misses[:_SHOWN])}{folded}"
        near = f'<div class="near-misses">{shown}</div>' if answer.near_misses else ""
        return f"{said}{near}{self._ask_instead(answer)}"

    def _ask_instead(self, answer: Answer) -> str:
        items = "".join(
            f'<li><button type="button" class="ask" dir="auto" data-question="{asked}">{asked}</button></li>'
            for asked in map(escape, answer.ask_instead)
        )
        return f'<div class="others"><h2>{escape(self.words.ask_instead)}</h2><ul>{items}</ul></div>' if items else ""

    def _confidence(self, probability: float) -> str:
        return confidence_mark(probability, self.strings)
