"""Prints what the commands say. No control character of an article, a path or a message reaches the terminal."""

from __future__ import annotations

import sys
from contextlib import suppress


def tell(text: str) -> None:
    """Prints lines. They are flushed, because the output may be a pipe."""
    from rag.core.plain_text import visible_lines

    print(visible_lines(text), flush=True)


def tell_json(written: str) -> None:
    """Prints JSON, for programs."""
    from rag.core.plain_text import visible_json

    print(visible_json(written), flush=True)


def complain(line: str) -> None:
    """Prints a line on the error stream."""
    from rag.core.plain_text import visible

    print(f"rag: {visible(line)}", file=sys.stderr)


def take_any_character() -> None:
    """Lets a terminal without Unicode, such as `LANG=C`, show the code of a character instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):  # it may be no terminal and no file, but what a test put there
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
