"""Writes the log to the error stream: warnings always, and with --verbose one line per event."""

from __future__ import annotations

import copy
import functools
import inspect
import logging
from collections.abc import Callable
from typing import Annotated, Any

import typer

from rag.cli.commands import line_of, naming_index, told_as_commands
from rag.core.errors import RagError
from rag.core.remedies import Remedy

LOGGED = ("rag", "rag_ui")
"""The loggers that are shown: those of the library and of the page."""
BRIEF, FULL = "rag: %(message)s", "%(asctime)s %(levelname)s %(name)s: %(message)s"


class OneLine(logging.Formatter):
    """Formats an event as one line, with control characters escaped and the command that repairs an error."""

    def format(self, record: logging.LogRecord) -> str:
        """Formats an event. A traceback is in the same line."""
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
    """Shows the log on the error stream. A second call replaces the first.

    Args:
        verbose: Whether to show all events, each with time, level and module. Otherwise only warnings are shown.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine(FULL if verbose else BRIEF))
    for name in LOGGED:
        logger = logging.getLogger(name)
        for earlier in [each for each in logger.handlers if isinstance(each.formatter, OneLine)]:
            logger.removeHandler(earlier)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO if verbose else logging.WARNING)


def is_verbose() -> bool:
    """Whether `show_log` was asked for all events."""
    return logging.getLogger(LOGGED[0]).isEnabledFor(logging.INFO)


Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Name each file, and log each event on standard error, one line each.")
]


def logged(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the option --verbose to a command, and the index folder to the command that its errors name."""

    @functools.wraps(command)
    def run(*, verbose: bool, **options: Any) -> None:
        if verbose:
            show_log(verbose=True)
        try:
            command(**options)
        except RagError as error:
            raise naming_index(error, options.get("index")) from error

    # Typer reads the options from the signature.
    signature = inspect.signature(command, eval_str=True)
    option = inspect.Parameter("verbose", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Verbose)
    vars(run)["__signature__"] = signature.replace(parameters=[*signature.parameters.values(), option])
    run.__annotations__ = {**command.__annotations__, "verbose": Verbose}
    return run
