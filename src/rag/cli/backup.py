"""The commands that save, restore and rearrange an index: backup, restore, forget, move."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rag.cli.options import DEFAULT_INDEX, AsJson, Index, open_library, print_changes
from rag.cli.output import tell
from rag.core.plain_text import counted


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write. An older backup there is replaced.")],
    index: Index = DEFAULT_INDEX,
) -> None:
    """Saves the index to one file, and checks the copy. Questions and updates go on meanwhile.

    The file holds all articles with their older texts, passages and vectors. It does not hold rag.toml.
    """
    with open_library(index) as library:
        saved = library.backup(file)
    tell(f"Saved {counted(saved.articles, 'article')}, generation {saved.number}, to {file}")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that rag backup wrote.")],
    index: Index = DEFAULT_INDEX,
) -> None:
    """Replaces the index by a backup, after checking it. Open pages answer from it with the next question.

    What was updated after the backup is gone from the index; the next rag update reads it again.
    """
    from rag.core.settings_sources import load_settings
    from rag.ingest.restore import restore_library

    restored = restore_library(index, file, timeout=load_settings(index).updates.wait_seconds)
    tell(f"Restored {counted(restored.articles, 'article')}, generation {restored.number}, to {index}")


def forget(
    path: Annotated[Path, typer.Argument(help="A file or folder that an update was given. It need not exist.")],
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Removes a folder's articles from the index, and no longer reads the folder. Its files stay."""
    with open_library(index) as library:
        report = library.forget(path)
    print_changes(report, as_json)


def move(
    old: Annotated[Path, typer.Argument(help="Where the files were when they were read.")],
    new: Annotated[Path, typer.Argument(help="Where they are now.")],
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Tells the index that a folder or file was moved. Its articles keep their ids, and nothing is read again."""
    with open_library(index) as library:
        report = library.move(old, new)
    print_changes(report, as_json)
