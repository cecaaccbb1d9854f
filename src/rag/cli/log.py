"""The log on the error stream: warnings always, and with --verbose one line for each event."""

from __future__ import annotations

import copy
import functools
import inspect
import logging
from collections.abc import Callable
from typing import Annotated, Any

import typer

from rag.cli.commands import line_of, told_as_commands
from rag.core.errors import RagError
from rag.core.remedies import Remedy

LOGGED = ("rag", "rag_ui")
"""The loggers that are shown: the library's and the page's. Those of other libraries are left as they are."""
BRIEF, FULL = "rag: %(message)s", "%(asctime)s %(levelname)s %(name)s: %(message)s"


class OneLine(logging.Formatter):
    """One line an event: control characters escaped, and the command named where one mends what went wrong."""

    def format(self, record: logging.LogRecord) -> str:
        """The event as a line, without a line break; a traceback is in the same line."""
        from rag.core.plain_text import visible

        shown = copy.copy(record)
        if isinstance(record.args, tuple):
            shown.args = tuple(_in_commands(value) for value in record.args)
        return visible(super().format(shown))


def _in_commands(value: object) -> object:
    if isinstance(value, RagError):
        return line_of(value)
    return told_as_commands(value) if isinstance(value, Remedy) else value


def show_log(verbose: bool = False) -> None:
    """Shows events on the error stream, in the place of what was shown before.

    Args:
        verbose: Whether all events are shown, each with time, level and module, and not only warnings.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine(FULL if verbose else BRIEF))
    for name in LOGGED:
        logger = logging.getLogger(name)
        for earlier in [each for each in logger.handlers if isinstance(each.formatter, OneLine)]:
            logger.removeHandler(earlier)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO if verbose else logging.WARNING)


Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Log what happens on the error stream, one line an event.")
]


def logged(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the option --verbose, which takes effect before the command runs."""

    @functools.wraps(command)
    def run(*, verbose: bool, **options: Any) -> None:
        if verbose:
            show_log(verbose=True)
        command(**options)

    # What typer makes the options from: those of the command, and this one.
    signature = inspect.signature(command, eval_str=True)
    option = inspect.Parameter("verbose", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Verbose)
    vars(run)["__signature__"] = signature.replace(parameters=[*signature.parameters.values(), option])
    run.__annotations__ = {**command.__annotations__, "verbose": Verbose}
    return run
