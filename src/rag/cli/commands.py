"""Names the command or option that repairs an error."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rag.core.errors import RagError
from rag.core.index_layout import DEFAULT
from rag.core.place import Place
from rag.core.plain_text import visible
from rag.core.remedies import IN_WORDS, Action, Remedy

if TYPE_CHECKING:
    from rag.core.reports import CheckReport, Skipped, UpdateReport


def told_as_commands(remedy: Remedy, index: Place | None = None) -> str:
    """Describes a remedy. If an action belongs to it, the phrase ends in a command.

    Args:
        remedy: The remedy of an error.
        index: The library's place, for the option --index of the command; None leaves the option out.

    Returns:
        A phrase such as "check the disk, then run: rag update".
    """
    named = "" if index is None or index == Place(Path(DEFAULT)) else f" --index {shlex.quote(index.address)}"
    return remedy.told(_phrases(named, shlex.quote(remedy.embedder) if remedy.embedder else "NAME"))


def line_of(error: RagError) -> str:
    """Describes an error in one line that ends in what to do. Control characters are escaped."""
    return visible("; ".join(filter(None, (error.message, told_as_commands(error.remedy)))))


def naming_index(error: RagError, index: Place | None) -> RagError:
    """Makes the same error with the command in its remedy written out for an index folder.

    Args:
        error: The error of a command.
        index: The place that the command was given; None if it takes none.

    Returns:
        An error with the same message, reason and exit code.
    """
    told = RagError(error.message, error.reason, remedy=told_as_commands(error.remedy, index), **error.facts)
    told.exit_code = error.exit_code
    return told


def with_commands(report: CheckReport, index: Place) -> CheckReport:
    """Adds the command that repairs it to each finding of a check."""
    findings = (
        finding.model_copy(update={"mend": told_as_commands(finding.remedy, index)}) for finding in report.findings
    )
    return report.model_copy(update={"findings": tuple(findings)})


def hints(report: UpdateReport) -> list[str]:
    """Returns a line for each command that helps with what an update skipped or left out."""
    actions: list[Action] = []
    if any(_lacks_named_fields(skipped) for skipped in report.skipped):
        actions.append("name_fields")
    if any(skipped.reason == "files_missing" for skipped in report.skipped):
        actions.append("confirm_removed")
    if report.unpublished:
        actions.append("take_unpublished")
    lines = [f"To {IN_WORDS[action]}, {told_as_commands(Remedy(action=action))}" for action in actions]
    if any(skipped.reason == "not_there" for skipped in report.skipped):
        lines.append("If a folder was moved, run: rag move OLD NEW. If it is gone for good, run: rag forget PATH")
    if any(skipped.reason == "wrong_kind" for skipped in report.skipped):
        lines.append("A file that was named is read by each update. To leave it out, run: rag forget PATH")
    return lines


def _lacks_named_fields(skipped: Skipped) -> bool:
    """Whether a JSON file, or a record in it, has its text in a field with an unknown name."""
    from rag.formats.file_types import JSON, file_type_of_name

    no_article = skipped.reason == "no_article" and file_type_of_name(skipped.path) is JSON
    return no_article or skipped.reason == "no_text_field"


def _phrases(index: str, embedder: str) -> Mapping[Action, str]:
    return {
        "build": f"run: rag update PATH{index}",
        "check": f"run: rag check{index}",
        "update": f"run: rag update{index}",
        "update_from_folders": f"run: rag update PATH{index}",
        "confirm_removed": f"run: rag update --removed{index}",
        "rebuild": f"run: rag rebuild{index}",
        "rebuild_from_articles": f"run: rag rebuild --from-articles{index}",
        "rebuild_from_folders": f"run: rag rebuild --from-articles PATH{index}",
        "rebuild_without_missing": f"run: rag rebuild --from-articles --removed{index}",
        "change_embedder": f"run: rag update --embedder {embedder}{index}",
        "name_fields": f"run: rag update --field text=NAME{index}",
        "take_unpublished": f"set unpublished = 1 in the table [files] of rag.toml, then run: rag update{index}",
        "take_back": f"run: rag withdraw --undo ARTICLE{index}",
        "choose_index": "choose another index folder with --index",
        "allow_private_addresses": "use --private-addresses",
    }
