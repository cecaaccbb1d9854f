"""Renders an answer as escaped HTML, in the page's language.

Words of articles and of the page are never in one element. Quotes and short answers are in `blockquote` and `.short`,
with a typeface of their own.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.core.reports import LibraryStatus
from rag.core.schema import Answer, Attribution, Citation, Form, OtherAnswer, Scope, dated_values

from . import link, written
from .feedback import Rating
from .reader_pane import Place
from .strings import Strings, origin, shortened
from .web.accounts import Account
from .words import Words

_LIVE = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;", "\r": "&#13;"})


def escape(text: str) -> str:
    """Escapes text for an element or a quoted attribute of HTML.

    It also escapes the characters with a meaning in Gradio's templates, and the carriage return, which an HTML parser
    would turn into a line feed.
    """
    return html.escape(text).translate(_LIVE)


def highlight(quote: str, start: int, end: int) -> str:
    """Escapes a quote and emphasises `[start, end)`. Without tags and unescaped, the HTML is the quote again."""
    return f"{escape(quote[:start])}<strong>{escape(quote[start:end])}</strong>{escape(quote[end:])}"


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


@dataclass(frozen=True, slots=True)
class Cards:
    """Renders answers and the head of the page in one language."""

    strings: Strings

    @property
    def words(self) -> Words:
        """The texts of the language."""
        return self.strings.words

    def question_bubble(self, question: str) -> str:
        """Renders a question, with a button to edit it and ask again."""
        if not question.strip():
            return '<p class="question">…</p>'
        return (
            f'<p class="question" dir="auto">{escape(question)}</p><p class="question-actions"><button type="button" '
            f'class="edit" data-question="{escape(question)}">{escape(self.words.edit)}</button></p>'
        )

    def searching_note(self, articles: int) -> str:
        """Renders the line that is shown until there is an answer."""
        return f'<p class="searching" role="status">{escape(self.strings.searching(articles))}</p>'

    def answer_card(
        self, answer: Answer, today: date | None = None, note: str | None = None, rating: Rating | None = None
    ) -> str:
        """Renders the card of an answer.

        Args:
            answer: The answer.
            today: The day from which ages are counted; None takes the current day.
            note: A line above the answer.
            rating: The rating that the user gave.

        Returns:
            One `<article>`.
        """
        day = today or date.today()
        said = f'<p class="understood">{escape(note)}</p>' if note else ""
        whole = f"{said}{self._asked_of(answer.scope)}{self._body(answer, day)}{self._actions(answer, rating, day)}"
        return f'<article class="answer" aria-label="{escape(self.words.answer)}">{whole}</article>'

    def masthead(self, status: LibraryStatus) -> str:
        """Renders the head of the page: title, contents of the archive, a running update, and the models."""
        facts = "".join(f"<li>{escape(fact)}</li>" for fact in self.strings.standing(status))
        if updating := self.strings.updating(status):
            facts = f'<li class="updating">{escape(updating)}</li>{facts}'
        models = (
            f'<details class="models"><summary aria-label="{escape(f"{self.words.models}: {status.embedder}")}">'
            f"<span>{escape(status.embedder)}</span></summary><p>{escape(self.strings.answered_by(status))}</p></details>"
        )
        return (
            f'<header><h1>{escape(self.words.title)}</h1><p class="tagline">{escape(self.words.tagline)}</p>'
            f'<ul class="facts">{facts}<li>{models}</li></ul>'
            f'<button type="button" class="open-articles">{escape(self.words.tab_articles)}</button></header>'
        )

    def scope_chips(self, scope: Scope | None) -> str:
        """Renders the scope of questions, with a button to remove each filter; empty if there is none."""
        chips = "".join(
            f'<li><button type="button" class="scope-chip" data-filter="{name}" '
            f'aria-label="{escape(self.strings.lift_filter(words))}">'
            f'<span dir="auto">{escape(words)}</span></button></li>'
            for name, words in self.strings.scope_parts(scope)
        )
        return f"<p>{escape(self.words.asked_of)}</p><ul>{chips}</ul>" if chips else ""

    def _asked_of(self, scope: Scope | None) -> str:
        words = ", ".join(words for _, words in self.strings.scope_parts(scope))
        return f'<p class="understood" dir="auto">{escape(self.words.asked_of)} {escape(words)}</p>' if words else ""

    def _read_as(self, answer: Answer) -> str:
        lines = (self.strings.read_as(correction.word, correction.read_as) for correction in answer.corrections)
        return "".join(f'<p class="understood">{escape(line)}</p>' for line in lines)

    def _understood(self, answer: Answer) -> str:
        asked = answer.standalone_question
        if asked is None or asked == answer.question:
            return ""
        return f'<p class="understood">{escape(self.words.understood_as)}: <q dir="auto">{escape(asked)}</q></p>'

    def _body(self, answer: Answer, today: date) -> str:
        """How the question was read, and the answer to it; of several questions each with its answer."""
        if answer.parts:
            return "".join(
                f'<section class="part"><h2 dir="auto">{escape(part.question)}</h2>{self._body(part, today)}</section>'
                for part in answer.parts
            )
        if answer.reason == "small_talk":
            return f"<p>{escape(self.strings.reason(answer.reason, answer.confidence))}</p>"
        said = self._answered(answer, today) if answer.answered else self._not_answered(answer, today)
        lines = [line for line in (self.strings.mentions(answer), *self.strings.stated(answer)) if line]
        said = "".join(f'<p class="short" dir="auto">{escape(line)}</p>' for line in lines) + said
        return f"{self._read_as(answer)}{self._understood(answer)}{said}"

    def _answered(self, answer: Answer, today: date) -> str:
        said: tuple[Answer | OtherAnswer, ...] = (answer, *answer.other_answers)
        return f"{self._side_by_side([self._value(each, today) for each in said], answer.form)}{self._timeline(answer)}"

    def _value(self, said: Answer | OtherAnswer, today: date) -> str:
        """One answer with its number of sources, its quotes and its confidence."""
        counted = f'<p class="sources">{escape(self.strings.sources(said.sources))}</p>' if said.sources else ""
        short = f'<p class="short" dir="auto">{escape(said.short_answer)}</p>' if said.short_answer else ""
        quotes = "".join(self._quotation(citation, today) for citation in said.citations)
        return f"{counted}{short}{quotes}{self._confidence(said.confidence)}"

    def _side_by_side(self, values: Sequence[str], form: Form) -> str:
        """Answers that differ are side by side, because no article counts more than another."""
        if len(values) == 1:
            return values[0]
        columns = "".join(f'<section class="value">{value}</section>' for value in values)
        return f'<h2>{escape(self.strings.side_by_side(len(values), form))}</h2><div class="beside">{columns}</div>'

    def _timeline(self, answer: Answer) -> str:
        """The answers by date, each with the number of its quote."""
        items = "".join(
            f'<li><time datetime="{escape(day)}">{escape(self.strings.date(day))}</time> '
            f'<span class="short" dir="auto">{escape(words)}</span> <span class="number">{number}</span></li>'
            for day, words, number in dated_values(answer)
        )
        return f'<div class="others"><h2>{escape(self.words.timeline)}</h2><ol>{items}</ol></div>' if items else ""

    def _not_answered(self, answer: Answer, today: date) -> str:
        why = escape(self.strings.reason(answer.reason, answer.confidence))
        said = f'<h2 class="not-said">{escape(self.words.not_said)}</h2><p class="reason">{why}</p>'
        quotes = "".join(self._quotation(citation, today) for citation in answer.near_misses)
        heading = f"{escape(self.words.near_misses)} <em>{escape(self.words.not_an_answer)}</em>"
        near = f'<div class="near-misses"><h3>{heading}</h3>{quotes}</div>' if quotes else ""
        return f"{said}{near}{self._ask_instead(answer)}"

    def _ask_instead(self, answer: Answer) -> str:
        items = "".join(
            f'<li><button type="button" class="ask" dir="auto" data-question="{asked}">{asked}</button></li>'
            for asked in map(escape, answer.ask_instead)
        )
        return f'<div class="others"><h3>{escape(self.words.ask_instead)}</h3><ul>{items}</ul></div>' if items else ""

    def _quotation(self, citation: Citation, today: date) -> str:
        quote = escape(citation.quote)
        if citation.short_start is not None and citation.short_end is not None:
            start, end = citation.short_start - citation.start, citation.short_end - citation.start
            quote = highlight(citation.quote, start, end)
        cut = f'<p class="said-by">{escape(self.words.breaks_off)}</p>' if citation.breaks_off else ""
        return (
            f'<figure><blockquote dir="auto">{quote}</blockquote>{cut}{self._said_by(citation.said_by)}'
            f"<figcaption>{self._chip(citation)}{self._provenance(citation, today)}</figcaption></figure>"
        )

    def _said_by(self, attribution: Attribution | None) -> str:
        line = self.strings.said_by(attribution) if attribution else ""
        return f'<p class="said-by" dir="auto">{escape(line)}</p>' if line else ""

    def _chip(self, citation: Citation) -> str:
        place = escape(Place.of(citation).model_dump_json())
        label = escape(self.strings.show_citation(citation.number, citation.title))
        return (
            f'<button type="button" class="chip" data-place="{place}" aria-label="{label}">'
            f'<span class="number">{citation.number}</span>'
            f'<span class="title" dir="auto">{escape(citation.title)}</span>'
            "</button>"
        )

    def _provenance(self, citation: Citation, today: date) -> str:
        """The authors, the source, the date with its age, and the page, if known."""
        parts = [f'<span class="source">{escape(origin(citation.source, citation.path))}</span>']
        if citation.byline:
            parts.insert(0, f'<span class="byline" dir="auto">{escape(citation.byline)}</span>')
        if citation.published:
            said = escape(self.strings.date(citation.published))
            old = self.strings.age(citation.published, today)
            parts.append(f'<time datetime="{escape(citation.published)}">{said}</time>')
            parts += [f'<span class="age">{escape(old)}</span>'] if old else []
        if citation.page:
            parts.append(f'<span class="page">{escape(self.strings.page(citation.page))}</span>')
        return "".join(parts)

    def _confidence(self, probability: float) -> str:
        """The confidence as a bar, in words and as a number, with an explanation to open."""
        words, percent = escape(self.strings.confidence(probability)), escape(self.strings.percent(probability))
        return (
            '<details class="confidence"><summary>'
            f'<span class="level" aria-hidden="true"><span style="width: {probability:.1%}"></span></span>'
            f'<span>{words}</span><span class="percent">{percent}</span></summary>'
            f"<p>{escape(self.strings.confidence_meaning(probability))}</p></details>"
        )

    def _actions(self, answer: Answer, rating: Rating | None, today: date) -> str:
        """Buttons that copy the answer with its references or a link to it, and the buttons for ratings."""
        copies = (
            ("text", written.copied(answer, today, self.strings), self.words.copy),
            ("link", link.write(answer), self.words.copy_link),
        )
        buttons = "".join(
            f'<button type="button" class="copy" data-{what}="{escape(held)}" aria-live="polite" '
            f'data-done="{escape(self.words.copied)}">{escape(words)}</button>'
            for what, held, words in copies
        )
        told = link.fingerprint(answer)
        thumbs = "".join(
            f'<button type="button" class="rate" data-rating="{thumb}" data-answer="{told}" '
            f'aria-pressed="{str(thumb == rating).lower()}" '
            f'aria-label="{escape(words)}" title="{escape(words)}"></button>'
            for thumb, words in self.words.ratings.items()
        )
        return f'<p class="actions">{buttons}<span class="thumbs">{thumbs}</span></p>'
