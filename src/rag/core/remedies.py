"""The remedy of an error: advice for a person, and the action of this library that repairs the fault, if any.

No command is named here. The command line knows the command of each action (`rag.cli.commands`), and the page has its
own text for each error (`rag.core.errors.Trouble`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Action = Literal[
    "build",
    "check",
    "update",
    "update_from_folders",
    "confirm_removed",
    "rebuild",
    "rebuild_from_articles",
    "rebuild_from_folders",
    "rebuild_without_missing",
    "change_embedder",
    "name_fields",
    "take_unpublished",
    "take_back",
    "choose_index",
    "allow_private_addresses",
]
"""Something that this library can do about an error. `IN_WORDS` describes each action."""

IN_WORDS: Mapping[Action, str] = MappingProxyType(
    {
        "build": "build one from a folder of articles",
        "check": "check the index",
        "update": "update the library",
        "update_from_folders": "update the library from the folders that you name",
        "confirm_removed": "confirm that they were deleted",
        "rebuild": "rebuild the search indexes",
        "rebuild_from_articles": "rebuild the library from the articles' files",
        "rebuild_from_folders": "rebuild the library from folders that you name",
        "rebuild_without_missing": "rebuild the library without the missing files",
        "change_embedder": "embed the articles again with the embedder that you name",
        "name_fields": "name the field of the JSON that holds the text",
        "take_unpublished": "take in what is not published",
        "take_back": "take the article back",
        "choose_index": "choose another index folder",
        "allow_private_addresses": "allow private addresses, for the page with the setting page.addresses",
    }
)
"""Each action as an imperative that can follow "then" or "or"."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a person can do about an error.

    Attributes:
        advice: What to do. If an action follows, the words before it: "check the disk, then".
        action: The action that repairs the fault; None if the library can't repair it.
        embedder: The embedder that the action needs; None if it is unknown.
    """

    advice: str = ""
    action: Action | None = None
    embedder: str | None = None

    def told(self, actions: Mapping[Action, str] = IN_WORDS) -> str:
        """Joins the advice and the action to one phrase.

        Args:
            actions: The words for each action.

        Returns:
            The phrase without a full stop; empty if there is neither advice nor action.
        """
        action = actions[self.action] if self.action else ""
        return f"{self.advice} {action}".strip()

    def __str__(self) -> str:
        return self.told()
