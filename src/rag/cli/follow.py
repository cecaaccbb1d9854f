"""The command that follows questions, and what other commands print when their answers change."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.filters import Filters
from rag.cli.options import DEFAULT_INDEX, AsJson, Index, UsageError, open_library, print_report
from rag.cli.output import complain, tell, tell_json
from rag.core.errors import RagError

if TYPE_CHECKING:
    from rag.core.reports import UpdateReport
    from rag.library import Library
    from rag.standing.results import StandingChange, StandingCheck, StandingQuestion

_MOST = 1000
"""Most changes that are printed after one update."""


def follow(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION", help="The question; quotes are optional. Without one, --list."),
    ] = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help="List the followed questions with their answers.")] = False,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="ID", help="Follow a question no longer. May be repeated.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Ask the followed questions again now, as updates do.")
    ] = False,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
    filters: Filters,
) -> None:
    """Follows a question: it is asked again after each update, and a changed answer is reported.

    A change is another value, an answer where there was none or none where there was one, a further independent source,
    or a source that says something else. `rag update` and `rag watch` print changes. E-mail and a webhook get them too,
    if the settings name them.

    --check prints what changed, and sends what could not be sent. Its exit code is 1 if something failed.
    """
    if sum(map(bool, (words, listed, remove, check))) > 1 or (filters and not words):
        advice = "give a QUESTION with filters, or one of --list, --remove and --check"
        raise UsageError("These can't be combined", remedy=advice)
    with open_library(index) as library:
        if words:
            _print_followed(library.follow(" ".join(words), **filters), as_json)
        elif remove:
            _print_removed(library.unfollow(*remove), as_json)
        elif check:
            _print_check(library.check_standing(), as_json)
        else:
            standing = library.standing()
            tell_json(standing.model_dump_json(indent=2)) if as_json else tell(str(standing))


def _print_followed(followed: StandingQuestion, as_json: bool) -> None:
    told = f"Following {followed.id}: {followed.question}\n{followed.answer.told}"
    tell_json(followed.model_dump_json(indent=2)) if as_json else tell(told)


def _print_removed(removed: Sequence[StandingQuestion], as_json: bool) -> None:
    if as_json:
        tell_json(json.dumps([each.model_dump(mode="json") for each in removed], indent=2))
        return
    for each in removed:
        tell(f"No longer followed: {each.question}")


def _print_check(check: StandingCheck, as_json: bool) -> None:
    for problem in (*(f"{name}: {why}" for name, why in check.failed.items()), *check.unsent):
        complain(problem)
    if as_json:
        tell_json(check.model_dump_json(indent=2))
    else:
        counts = f"{len(check.changes)} changed, {check.asked} asked again, {check.kept} without anything new"
        tell("\n\n".join([*map(str, check.changes), counts]))
    raise typer.Exit(1 if check.failed or check.unsent else 0)


class NewChanges:
    """Finds the changes in the answers to followed questions that came since it was made, or since it was read.

    Args:
        library: The library.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._last = 0
        self._last = max((change.number for change in self._read(most=1)), default=0)

    def read(self) -> tuple[StandingChange, ...]:
        """Returns the new changes, the oldest first; none if they can't be read, which the update has told then."""
        found = self._read(most=_MOST)
        self._last = max((change.number for change in found), default=self._last)
        return found

    def _read(self, most: int) -> tuple[StandingChange, ...]:
        try:
            return self._library.standing(after=self._last, most=most).changes
        except RagError:
            return ()


def print_new(changes: Sequence[StandingChange]) -> None:
    """Prints changes, each below an empty line."""
    for change in changes:
        tell(f"\n{change}")


def printing_all(library: Library) -> Callable[[UpdateReport], None]:
    """Makes what prints each report of followed folders, and what changed in the answers to followed questions."""
    new = NewChanges(library)

    def show(report: UpdateReport) -> None:
        print_report(report)
        print_new(new.read())

    return show
