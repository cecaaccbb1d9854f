"""Renders the buttons below an answer: copy it or a link to it, pin it, follow its question, rate it."""

from __future__ import annotations

from datetime import date

from rag.core.schema import Answer
from rag.standing.checking import id_of
from rag_ui.chat import link, written
from rag_ui.chat.feedback import Rating
from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings


def actions(answer: Answer, strings: Strings, today: date, rating: Rating | None, pinned: bool) -> str:
    """Renders the buttons.

    Args:
        answer: The answer.
        strings: The language.
        today: The day from which ages are counted.
        rating: The rating that the user gave.
        pinned: Whether the user pinned the answer.
    """
    told = link.fingerprint(answer)
    pin = (
        f'<button type="button" class="pin" data-answer="{told}" aria-pressed="{str(pinned).lower()}">'
        f"{escape(strings.words.marks.pin)}</button>"
    )
    keeps = f'<span class="keeps">{pin}{_follow(answer, told, strings)}</span>'
    thumbs = f'<span class="thumbs">{_thumbs(told, strings, rating)}</span>'
    return f'<p class="actions">{_copies(answer, strings, today)}{keeps}{thumbs}</p>'


def id_to_follow(answer: Answer) -> str | None:
    """Returns the id under which an answer's question is followed; None if it can't be: it is several, or asks nothing.

    With it the browser knows which answers of the conversation are followed.
    """
    if answer.parts or answer.reason == "small_talk":
        return None
    return id_of(answer.standalone_question or answer.question, answer.scope)


def _copies(answer: Answer, strings: Strings, today: date) -> str:
    copies = (
        ("text", written.copied(answer, today, strings), strings.words.copy),
        ("link", link.write(answer), strings.words.copy_link),
    )
    return "".join(
        f'<button type="button" class="copy" data-{what}="{escape(held)}" aria-live="polite" '
        f'data-done="{escape(strings.words.copied)}">{escape(words)}</button>'
        for what, held, words in copies
    )


def _follow(answer: Answer, told: str, strings: Strings) -> str:
    """The button that follows the question. The browser learns from the list whether it is followed already."""
    known = id_to_follow(answer)
    if known is None:
        return ""
    return (
        f'<button type="button" class="follow" data-answer="{told}" data-id="{known}" '
        f'aria-pressed="false" title="{escape(strings.words.standing.follow_note)}">'
        f"{escape(strings.words.standing.follow)}</button>"
    )


def _thumbs(told: str, strings: Strings, rating: Rating | None) -> str:
    return "".join(
        f'<button type="button" class="rate" data-rating="{thumb}" data-answer="{told}" '
        f'aria-pressed="{str(thumb == rating).lower()}" '
        f'aria-label="{escape(words)}" title="{escape(words)}"></button>'
        for thumb, words in strings.words.ratings.items()
    )
