"""The example questions. They are made once per generation, after the page is shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import gradio as gr

from .strings import Strings

if TYPE_CHECKING:
    from rag.library import Library


class Examples:
    """The questions that the chat offers first. Making them takes seconds, because the library tries each question."""

    def __init__(self, library: Library, strings: Strings) -> None:
        self._library = library
        self._strings = strings
        self._lock = threading.Lock()
        self._found: dict[str, tuple[str, ...]] = {}

    def show(self) -> Iterator[gr.Chatbot]:
        """Yields the chat with a placeholder, and then with the questions."""
        strings, status = self._strings, self._library.status()
        if status.articles == 0:
            yield gr.Chatbot(placeholder=placeholder(strings.words.no_articles, strings), examples=[])
            return
        if status.state not in self._found:
            yield gr.Chatbot(placeholder=placeholder(strings.words.looking_for_examples, strings))
        questions = self._of(status.state)
        lead = placeholder(strings.words.examples if questions else strings.words.no_examples, strings)
        yield gr.Chatbot(placeholder=lead, examples=[{"text": question} for question in questions])

    def _of(self, state: str) -> tuple[str, ...]:
        """The questions of a state of the library. Concurrent calls wait for the same questions."""
        with self._lock:
            if state not in self._found:
                self._found = {state: self._library.suggestions()}
            return self._found[state]


def placeholder(lead: str, strings: Strings) -> str:
    """The text of the empty chat, in Markdown. It has no words of articles."""
    return f"## {strings.words.welcome}\n\n{lead}"
