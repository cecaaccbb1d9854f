"""Notices a command with a typing error, so that it is not asked as a question."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rag.cli.options import UsageError

_LONG = 6
"""Letters of a command from which two typing errors are noticed instead of one."""


def check_command(words: Sequence[str], commands: Collection[str]) -> None:
    """Raises UsageError if the first of several words, or the only one, is nearly a command.

    A word of everyday English is never taken for a command: `rag how many came` is a question.

    Args:
        words: The words of a command line without a command, from the first on.
        commands: The commands.
    """
    word = words[0] if words else ""
    if not (word.isascii() and word.isalpha() and word.islower()):
        return
    nearest = [command for command in commands if _is_near(word, command)]
    if not nearest:
        return
    from rag.text.english.spelling import common_words

    if word in common_words():
        return
    meant = " or ".join(f"rag {command}" for command in nearest)
    raise UsageError(
        f"There is no command '{word}'",
        remedy=f"did you mean: {meant}? To ask it as a question, run: rag ask {' '.join(words)}",
    )


def _is_near(word: str, command: str) -> bool:
    """Whether a few letters of a command are missing, added, changed or exchanged."""
    if abs(len(word) - len(command)) > 2:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(word, command) <= (2 if len(command) >= _LONG else 1)
