"""Finds the speaker whom a question asks about: "What did X say about Y?", "According to X, …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.text.english.patterns import any_of
from rag.text.english.saying import (
    NO_SPEECH_BEHIND,
    REPLY_ASKED_FOR,
    SAYING_FORMS,
    SPEECH_ASKED_FOR,
    STATEMENT_ASKED_FOR,
    VIEW_ASKED_FOR,
)
from rag.text.english.verbs import ASKING_AUXILIARIES
from rag.text.grammar.names import NAME as NAME_IN_CAPITALS
from rag.text.grammar.names import own_words
from rag.text.grammar.saying import NAME
from rag.text.terms import terms

_ASKED = re.compile(
    rf"\b[Ww]hat {any_of(ASKING_AUXILIARIES)} (?P<what>{NAME}) "
    rf"(?:ever )?{any_of(STATEMENT_ASKED_FOR)}\b|"
    rf"\b[Hh]ow {any_of(ASKING_AUXILIARIES)} (?P<how>{NAME}) {any_of(VIEW_ASKED_FOR)}|"
    rf"\b[Aa]ccording to (?P<by>{NAME})"
)
_WORDS_ASKED = re.compile(
    rf"\b[Ww]hat {any_of(ASKING_AUXILIARIES)} (?P<name>{NAME}) (?:ever )?{any_of(SPEECH_ASKED_FOR)}\b"
    rf"|\b[Hh]ow {any_of(ASKING_AUXILIARIES)} (?P<who>{NAME}) {any_of(REPLY_ASKED_FOR)}\b"
)
"""A question whose answer is the speaker's own words: what X said, not what X decided or denied; how X replied."""


_SPEAKER_ASKED = re.compile(
    rf"^\W*[Ww]ho (?:has |had )?(?:{any_of(SAYING_FORMS)})(?! {any_of(NO_SPEECH_BEHIND)}\b)(?: that)? (?P<topic>.+)",
    re.DOTALL,
)
"""A question for the speaker: who said that something is so. Asked is not what someone was asked or called."""


_ABOUT = re.compile(rf"\b(?:about|regarding|concerning) (?:the )?(?P<name>{NAME_IN_CAPITALS})")
"""Whom or what words are to be about, by name."""


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """A request for someone's own words.

    Attributes:
        name: The speaker's name, as the question writes it.
        topic: The terms of the rest of the question.
        about: The last word of the name behind "about"; "" if there is none, or an acronym, which may stand for it.
    """

    name: str
    topic: frozenset[str]
    about: str = ""


def speaker_in(text: str) -> str | None:
    """Finds the person whose view a question asks for: "What did X promise?", "According to X, …".

    Args:
        text: The question's text.

    Returns:
        The name as the question writes it; None if it names no speaker.
    """
    match = _ASKED.search(text)
    return next((name for name in match.groups() if name), None) if match else None


def statement_in(text: str) -> frozenset[str]:
    """Finds what was said in a question for the speaker: "Who said that the bridge is safe?".

    Args:
        text: The question's text.

    Returns:
        The terms of the statement; empty if the question asks for no speaker.
    """
    match = _SPEAKER_ASKED.match(text)
    return frozenset(terms(match["topic"])) if match else frozenset()


def words_asked_in(text: str) -> WordsAsked | None:
    """Finds the speaker and the topic of a question for someone's own words: "What did X say about Y?".

    Args:
        text: The question's text.

    Returns:
        The name as the question writes it and the terms of the rest; None if it asks for no one's words.
    """
    match = _WORDS_ASKED.search(text)
    if match is None:
        return None
    rest, name = f"{text[: match.start()]} {text[match.end() :]}", match["name"] or match["who"]
    about = _ABOUT.search(rest)
    last = re.sub(r"[’']s?$", "", about["name"].split()[-1]) if about and own_words(about["name"]) else ""
    topic = frozenset(terms(rest)) - frozenset(terms(name))
    return WordsAsked(name, topic, "" if last.isupper() else last)
