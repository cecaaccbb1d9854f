"""Whose words a question asks for: "What did X say about Y?", "According to X, …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.text.saying import NAME, SAYS
from rag.text.terms import terms

_ASKED = re.compile(
    rf"\b[Ww]hat (?:do|does|did|has|have|had) (?P<what>{NAME}) "
    rf"(?:ever )?(?:{SAYS}|sa(?:y|id)|tell|think|reply|write|deny)\b|"
    rf"\b[Hh]ow (?:do|does|did|has|have) (?P<how>{NAME}) (?:describe|see|view|characteri[sz]e|call|comment)|"
    rf"\b[Aa]ccording to (?P<by>{NAME})"
)
_WORDS_ASKED = re.compile(
    rf"\b[Ww]hat (?:do|does|did|has|have|had) (?P<name>{NAME}) (?:ever )?"
    r"(?:sa(?:y|id)|tell|told|think|write|written|repl(?:y|ied)|comment(?:ed)?|tweet(?:ed)?|post(?:ed)?|respond(?:ed)?)\b"
)
"""Where the words themselves are the answer: what X said, not what X decided or denied."""


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """A question that someone's own words answer: the speaker's name, and the terms that say what about."""

    name: str
    topic: frozenset[str]


def speaker_in(text: str) -> str | None:
    """The name of the one whose view a question asks for: "What did X decide?", "According to X, …".

    Args:
        text: The question's text.

    Returns:
        The name as the question writes it, or None where it names no speaker.
    """
    match = _ASKED.search(text)
    return next((name for name in match.groups() if name), None) if match else None


def words_asked_in(text: str) -> WordsAsked | None:
    """The speaker and the topic of a question for someone's own words: "What did X say about Y?".

    Args:
        text: The question's text.

    Returns:
        The name as the question writes it and the terms of the rest; None where no one's words are asked for.
    """
    match = _WORDS_ASKED.search(text)
    if match is None:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return WordsAsked(match["name"], frozenset(terms(rest)) - frozenset(terms(match["name"])))
