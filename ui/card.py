"""Answer to HTML: pure functions from what the library returns to escaped markup.

The articles' words and ours never share an element: quotes and short answers stand in `blockquote` and `.short`, set
in the articles' type; everything that the page says by itself is set in the page's type.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date

from rag.core.reports import LibraryStatus
from rag.core.schema import Answer, Attribution, Citation, OtherAnswer, Scope, dated_values

from . import link, strings, written
from .feedback import Rating
from .reader_pane import Place

_LIVE = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;", "\r": "&#13;"})


def escape(text: str) -> str:
    """Text as HTML that shows exactly this text, in an element or in a quoted attribute.

    Beside the markup characters it encodes those that are live in Gradio's templates, and the carriage return, which
    an HTML parser would otherwise turn into a line feed.
    """
    return html.escape(text).translate(_LIVE)


def highlight(quote: str, start: int, end: int) -> str:
    """The quote with `[start, end)` set stronger; stripped of its tags and unescaped it is the quote again."""
    return f"{escape(quote[:start])}<strong>{escape(quote[start:end])}</strong>{escape(quote[end:])}"


def question_bubble(question: str) -> str:
    """The question as it was asked, and a way to ask it again in other words, where there are any."""
    if not question.strip():
        return '<p class="question">…</p>'
    return (
        f'<p class="question" dir="auto">{escape(question)}</p><p class="question-actions"><button type="button" '
        f'class="edit" data-question="{escape(question)}">{escape(strings.EDIT)}</button></p>'
    )


def searching_note(articles: int) -> str:
    """What stands in the answer's place until there is one."""
    return f'<p class="searching" role="status">{escape(strings.searching(articles))}</p>'


def problem_note(line: str) -> str:
    """Why a question could not be asked, in one line."""
    return f'<p class="problem" role="alert">{escape(line)}</p>'


def answer_card(
    answer: Answer, today: date | None = None, note: str | None = None, rating: Rating | None = None
) -> str:
    """The whole card: what the articles say, or that they don't; their age is told from `today`, or this day.

    `note` is said above all else; `rating` is the thumb that the answer got.
    """
    day = today or date.today()
    body = _answered(answer, day) if answer.answered else _not_answered(answer, day)
    understood = _asked_of(answer.scope) + _read_as(answer) + _understood(answer)
    said = f'<p class="understood">{escape(note)}</p>' if note else ""
    whole = f"{said}{understood}{body}{_actions(answer, rating, day)}"
    return f'<article class="answer" aria-label="{escape(strings.ANSWER)}">{whole}</article>'


def masthead(status: LibraryStatus) -> str:
    """The head of the page: its name, what the archive holds, whether it is being changed, and what answers."""
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in strings.standing(status))
    if updating := strings.updating(status):
        facts = f'<li class="updating">{escape(updating)}</li>{facts}'
    models = (
        f'<details class="models"><summary aria-label="{escape(f"{strings.MODELS}: {status.embedder}")}">'
        f"<span>{escape(status.embedder)}</span></summary><p>{escape(strings.answered_by(status))}</p></details>"
    )
    return (
        f'<header><h1>{escape(strings.TITLE)}</h1><p class="tagline">{escape(strings.TAGLINE)}</p>'
        f'<ul class="facts">{facts}<li>{models}</li></ul>'
        f'<button type="button" class="open-articles">{escape(strings.TAB_ARTICLES)}</button></header>'
    )


def scope_chips(scope: Scope | None) -> str:
    """What questions are asked of, above the box, each part with a way to lift it; nothing where that is all."""
    chips = "".join(
        f'<li><button type="button" class="scope-chip" data-filter="{name}" '
        f'aria-label="{escape(strings.lift_filter(words))}"><span dir="auto">{escape(words)}</span></button></li>'
        for name, words in strings.scope_parts(scope)
    )
    return f"<p>{escape(strings.ASKED_OF)}</p><ul>{chips}</ul>" if chips else ""


def _asked_of(scope: Scope | None) -> str:
    words = ", ".join(words for _, words in strings.scope_parts(scope))
    return f'<p class="understood" dir="auto">{escape(strings.ASKED_OF)} {escape(words)}</p>' if words else ""


def _read_as(answer: Answer) -> str:
    lines = (strings.read_as(correction.word, correction.read_as) for correction in answer.corrections)
    return "".join(f'<p class="understood">{escape(line)}</p>' for line in lines)


def _understood(answer: Answer) -> str:
    asked = answer.standalone_question
    if asked is None or asked == answer.question:
        return ""
    return f'<p class="understood">{escape(strings.UNDERSTOOD_AS)}: <q dir="auto">{escape(asked)}</q></p>'


def _answered(answer: Answer, today: date) -> str:
    said: tuple[Answer | OtherAnswer, ...] = (answer, *answer.other_answers)
    return f"{_side_by_side([_value(each, today) for each in said])}{_timeline(answer)}"


def _value(said: Answer | OtherAnswer, today: date) -> str:
    """One thing that the articles say: how many of them say it, and where, and how sure it is the answer."""
    counted = f'<p class="sources">{escape(strings.sources(said.sources))}</p>' if said.sources else ""
    short = f'<p class="short" dir="auto">{escape(said.short_answer)}</p>' if said.short_answer else ""
    quotes = "".join(_quotation(citation, today) for citation in said.citations)
    return f"{counted}{short}{quotes}{_confidence(said.confidence)}"


def _side_by_side(values: Sequence[str]) -> str:
    """What differs stands beside the answer, not beneath it, as no article outweighs another."""
    if len(values) == 1:
        return values[0]
    columns = "".join(f'<section class="value">{value}</section>' for value in values)
    return f'<h2>{escape(strings.different_answers(len(values)))}</h2><div class="beside">{columns}</div>'


def _timeline(answer: Answer) -> str:
    """How the answer changed, by the articles' dates: what each says, and the number of its quote above."""
    items = "".join(
        f'<li><time datetime="{escape(day)}">{escape(strings.date(day))}</time> '
        f'<span class="short" dir="auto">{escape(words)}</span> <span class="number">{number}</span></li>'
        for day, words, number in dated_values(answer)
    )
    return f'<div class="others"><h2>{escape(strings.TIMELINE)}</h2><ol>{items}</ol></div>' if items else ""


def _not_answered(answer: Answer, today: date) -> str:
    why = escape(strings.reason(answer.reason, answer.confidence))
    said = f'<h2 class="not-said">{escape(strings.NOT_SAID)}</h2><p class="reason">{why}</p>'
    quotes = "".join(_quotation(citation, today) for citation in answer.near_misses)
    heading = f"{escape(strings.NEAR_MISSES)} <em>{escape(strings.NOT_AN_ANSWER)}</em>"
    near = f'<div class="near-misses"><h3>{heading}</h3>{quotes}</div>' if quotes else ""
    return f"{said}{near}{_ask_instead(answer)}"


def _ask_instead(answer: Answer) -> str:
    items = "".join(
        f'<li><button type="button" class="ask" dir="auto" data-question="{asked}">{asked}</button></li>'
        for asked in map(escape, answer.ask_instead)
    )
    return f'<div class="others"><h3>{escape(strings.ASK_INSTEAD)}</h3><ul>{items}</ul></div>' if items else ""


def _quotation(citation: Citation, today: date) -> str:
    quote = escape(citation.quote)
    if citation.short_start is not None and citation.short_end is not None:
        quote = highlight(citation.quote, citation.short_start - citation.start, citation.short_end - citation.start)
    cut = f'<p class="said-by">{escape(strings.BREAKS_OFF)}</p>' if citation.breaks_off else ""
    return (
        f'<figure><blockquote dir="auto">{quote}</blockquote>{cut}{_said_by(citation.said_by)}'
        f"<figcaption>{_chip(citation)}{_provenance(citation, today)}</figcaption></figure>"
    )


def _said_by(attribution: Attribution | None) -> str:
    line = strings.said_by(attribution) if attribution else ""
    return f'<p class="said-by" dir="auto">{escape(line)}</p>' if line else ""


def _chip(citation: Citation) -> str:
    place = escape(Place.of(citation).model_dump_json())
    label = escape(strings.show_citation(citation.number, citation.title))
    return (
        f'<button type="button" class="chip" data-place="{place}" aria-label="{label}">'
        f'<span class="number">{citation.number}</span><span class="title" dir="auto">{escape(citation.title)}</span>'
        "</button>"
    )


def _provenance(citation: Citation, today: date) -> str:
    """Who says it, when and how long ago, and on which page: what is known of these."""
    parts = [f'<span class="source">{escape(strings.origin(citation.source, citation.path))}</span>']
    if citation.byline:
        parts.insert(0, f'<span class="byline" dir="auto">{escape(citation.byline)}</span>')
    if citation.published:
        said = escape(strings.date(citation.published))
        old = strings.age(citation.published, today)
        parts.append(f'<time datetime="{escape(citation.published)}">{said}</time>')
        parts += [f'<span class="age">{escape(old)}</span>'] if old else []
    if citation.page:
        parts.append(f'<span class="page">{escape(strings.page(citation.page))}</span>')
    return "".join(parts)


def _confidence(probability: float) -> str:
    """The bar, in words and as a figure; what the figure means is said on demand."""
    words, percent = escape(strings.confidence(probability)), escape(strings.percent(probability))
    return (
        '<details class="confidence"><summary>'
        f'<span class="level" aria-hidden="true"><span style="width: {probability:.1%}"></span></span>'
        f'<span>{words}</span><span class="percent">{percent}</span></summary>'
        f"<p>{escape(strings.confidence_meaning(probability))}</p></details>"
    )


def _actions(answer: Answer, rating: Rating | None, today: date) -> str:
    """Buttons that copy the answer as text with all its references, and a link to it; and the thumbs."""
    copies = (("text", written.copied(answer, today), strings.COPY), ("link", link.write(answer), strings.COPY_LINK))
    buttons = "".join(
        f'<button type="button" class="copy" data-{what}="{escape(held)}" aria-live="polite" '
        f'data-done="{escape(strings.COPIED)}">{escape(words)}</button>'
        for what, held, words in copies
    )
    told = link.fingerprint(answer)
    thumbs = "".join(
        f'<button type="button" class="rate" data-rating="{thumb}" data-answer="{told}" '
        f'aria-pressed="{str(thumb == rating).lower()}" aria-label="{escape(words)}" title="{escape(words)}"></button>'
        for thumb, words in strings.RATINGS.items()
    )
    return f'<p class="actions">{buttons}<span class="thumbs">{thumbs}</span></p>'
