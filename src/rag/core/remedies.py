"""What mends an error, as a value: words for a person, and the action of this library where there is one.

No command is named here. The command line says which of its commands an action is (`rag.cli.commands`), and the page
has words of its own by an error's reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Action = Literal[
    "build",
    "update",
    "rebuild",
    "rebuild_from_articles",
    "rebuild_from_folders",
    "change_embedder",
    "name_fields",
    "choose_index",
    "allow_private_addresses",
]
"""What this library does when it is asked to; `IN_WORDS` says each in plain words."""

IN_WORDS: Mapping[Action, str] = MappingProxyType(
    {
        "build": "build one from a folder of articles",
        "update": "update the library",
        "rebuild": "rebuild the search indexes",
        "rebuild_from_articles": "rebuild the library from the articles' files",
        "rebuild_from_folders": "rebuild the library from folders that you name",
        "change_embedder": "embed the articles anew with the embedder that you name",
        "name_fields": "name the field of the JSON that holds the text",
        "choose_index": "choose another index folder",
        "allow_private_addresses": "allow private addresses",
    }
)
"""Each action as an imperative, which may follow upon "then" or "or"."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a person can do about an error.

    Attributes:
        advice: What to do, in plain words; where an action follows, what comes before it: "check the disk, then".
        action: What the library does about it; None where it can't mend this.
        embedder: The embedder that the action needs, where it is known which.
    """

    advice: str = ""
    action: Action | None = None
    embedder: str | None = None

    def told(self, actions: Mapping[Action, str] = IN_WORDS) -> str:
        """The advice and the action in one phrase.

        Args:
            actions: The words for each action, by default plain words.

        Returns:
            The phrase, without a full stop; empty where there is neither advice nor action.
        """
        action = actions[self.action] if self.action else ""
        return f"{self.advice} {action}".strip()

    def __str__(self) -> str:
        return self.told()
