"""Answer to HTML: pure functions from what the library returns to escaped markup.

The articles' words and ours never share an element: quotes and short answers stand in `blockquote` and `.short`, set
in the articles' type; everything that the page says by itself is set in the page's type.
"""

from __future__ import annotations

import html

from rag.schema import Answer, Citation, OtherAnswer

from . import strings
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
    """The question as it was asked."""
    return f'<p class="question" dir="auto">{escape(question)}</p>'


def searching_note(articles: int) -> str:
    """What stands in the answer's place until there is one."""
    return f'<p class="searching" role="status">{escape(strings.searching(articles))}</p>'


def problem_note(line: str) -> str:
    """Why a question could not be asked, in one line."""
    return f'<p class="problem" role="alert">{escape(line)}</p>'


def answer_card(answer: Answer) -> str:
    """The whole card: what the articles say, or that they don't."""
    body = _answered(answer) if answer.answered else _not_answered(answer)
    return f'<section class="answer" aria-label="{escape(strings.ANSWER)}">{_understood(answer)}{body}</section>'


def masthead(articles: int, passages: int, generation: int) -> str:
    """The head of the page: its name, and what the archive holds."""
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in strings.standing(articles, passages, generation))
    return (
        f'<header><h1>{escape(strings.TITLE)}</h1><p class="tagline">{escape(strings.TAGLINE)}</p>'
        f'<ul class="facts">{facts}</ul></header>'
    )


def _understood(answer: Answer) -> str:
    asked = answer.standalone_question
    if asked is None or asked == answer.question:
        return ""
    return f'<p class="understood">{escape(strings.UNDERSTOOD_AS)}: <q dir="auto">{escape(asked)}</q></p>'


def _answered(answer: Answer) -> str:
    short = f'<p class="short" dir="auto">{escape(answer.short_answer)}</p>' if answer.short_answer else ""
    quotes = "".join(_quotation(citation) for citation in answer.citations)
    return f"{short}{quotes}{_confidence(answer.confidence)}{_other_answers(answer.other_answers)}"


def _not_answered(answer: Answer) -> str:
    why = escape(strings.reason(answer.reason, answer.confidence))
    said = f'<h2 class="not-said">{escape(strings.NOT_SAID)}</h2><p class="reason">{why}</p>'
    if not answer.near_misses:
        return said
    quotes = "".join(_quotation(citation) for citation in answer.near_misses)
    heading = f"{escape(strings.NEAR_MISSES)} <em>{escape(strings.NOT_AN_ANSWER)}</em>"
    return f'{said}<div class="near-misses"><h3>{heading}</h3>{quotes}</div>'


def _other_answers(others: tuple[OtherAnswer, ...]) -> str:
    if not others:
        return ""
    items = "".join(
        f'<div class="other"><p class="short" dir="auto">{escape(other.short_answer)}</p>'
        f"{_quotation(other.citation)}{_confidence(other.confidence)}</div>"
        for other in others
    )
    return f'<div class="others"><h3>{escape(strings.OTHER_ANSWERS)}</h3>{items}</div>'


def _quotation(citation: Citation) -> str:
    quote = escape(citation.quote)
    if citation.short_start is not None and citation.short_end is not None:
        quote = highlight(citation.quote, citation.short_start - citation.start, citation.short_end - citation.start)
    return (
        f'<figure><blockquote dir="auto">{quote}</blockquote>'
        f"<figcaption>{_chip(citation)}{_provenance(citation)}</figcaption></figure>"
    )


def _chip(citation: Citation) -> str:
    place = escape(Place.of(citation).model_dump_json())
    label = escape(strings.show_citation(citation.number, citation.title))
    return (
        f'<button type="button" class="chip" data-place="{place}" aria-label="{label}">'
        f'<span class="number">{citation.number}</span><span class="title" dir="auto">{escape(citation.title)}</span>'
        "</button>"
    )


def _provenance(citation: Citation) -> str:
    """Who says it, when, and on which page: what is known of these."""
    parts = [f'<span class="source">{escape(strings.origin(citation.source, citation.path))}</span>']
    if citation.byline:
        parts.insert(0, f'<span class="byline" dir="auto">{escape(citation.byline)}</span>')
    if citation.published:
        date = escape(strings.date(citation.published))
        parts.append(f'<time datetime="{escape(citation.published)}">{date}</time>')
    if citation.page:
        parts.append(f'<span class="page">{escape(strings.page(citation.page))}</span>')
    return "".join(parts)


def _confidence(probability: float) -> str:
    words, percent = escape(strings.confidence(probability)), escape(strings.percent(probability))
    return (
        f'<p class="confidence"><meter min="0" max="1" value="{probability:.4f}" aria-hidden="true"></meter>'
        f'<span>{words}</span><span class="percent">{percent}</span></p>'
    )
