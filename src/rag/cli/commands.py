"""What mends an error, as commands and options of this command line."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rag.core.errors import RagError
from rag.core.index_layout import DEFAULT
from rag.core.remedies import IN_WORDS, Action, Remedy

if TYPE_CHECKING:
    from rag.core.reports import CheckReport, UpdateReport


def told_as_commands(remedy: Remedy, index: Path | None = None) -> str:
    """The remedy as a phrase that ends in a command, where an action mends it.

    Args:
        remedy: What mends an error.
        index: The index folder that the command is for; None leaves the option out.

    Returns:
        A phrase such as "check the disk, then run: rag update".
    """
    named = "" if index in (None, Path(DEFAULT)) else f" --index {shlex.quote(str(index))}"
    return remedy.told(_phrases(named, shlex.quote(remedy.embedder) if remedy.embedder else "NAME"))


def line_of(error: RagError) -> str:
    """The error in one line that ends in what to do: the command, where there is one."""
    return "; ".join(filter(None, (error.message, told_as_commands(error.remedy))))


def with_commands(report: CheckReport, index: Path) -> CheckReport:
    """The report of a check with the command for each finding that one mends."""
    findings = (
        finding.model_copy(update={"mend": told_as_commands(finding.remedy, index)}) for finding in report.findings
    )
    return report.model_copy(update={"findings": tuple(findings)})


def hints(report: UpdateReport) -> list[str]:
    """A line for each command that helps with files that were skipped."""
    actions = dict.fromkeys(skipped.remedy.action for skipped in report.skipped)
    return [f"To {IN_WORDS[action]}, {told_as_commands(Remedy(action=action))}" for action in actions if action]


def _phrases(index: str, embedder: str) -> Mapping[Action, str]:
    return {
        "build": f"run: rag update PATH{index}",
        "update": f"run: rag update{index}",
        "rebuild": f"run: rag rebuild{index}",
        "rebuild_from_articles": f"run: rag rebuild --from-articles{index}",
        "rebuild_from_folders": f"run: rag rebuild --from-articles PATH{index}",
        "change_embedder": f"run: rag update --embedder {embedder}{index}",
        "name_fields": f"run: rag update --field text=NAME{index}",
        "choose_index": "choose another index folder with --index",
        "allow_private_addresses": "use --private-addresses",
    }
