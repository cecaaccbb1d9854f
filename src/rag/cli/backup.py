"""The commands that save, restore and rearrange an index: backup, restore, copy, forget, move, withdraw, correct."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from rag.cli.options import DEFAULT_INDEX, AsJson, Index, UsageError, open_library, print_changes
from rag.cli.output import tell, tell_json
from rag.core.place import Place
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

    What was updated after the backup is gone from the index; the next rag update reads it again. What was withdrawn
    since stays withdrawn.
    """
    from rag.core.settings_sources import load_settings
    from rag.ingest.restore import restore_library

    restored = restore_library(index, file, timeout=load_settings(index.folder).updates.wait_seconds)
    tell(f"Restored {counted(restored.articles, 'article')}, generation {restored.number}, to {index}")


def copy(
    source: Annotated[Place, typer.Argument(metavar="FROM", parser=Place.of, help="The library's place.")],
    target: Annotated[Place, typer.Argument(metavar="TO", parser=Place.of, help="The place of the copy.")],
) -> None:
    """Copies a library from a folder to a database, or back, and checks the copy. Nothing is embedded again.

    A place is an index folder or postgresql://HOST/NAME?schema=SCHEMA. Questions and updates go on meanwhile. Settings,
    users and tokens are not copied.
    """
    from rag.core.settings_sources import load_settings
    from rag.ingest.copy import copy_library

    copied = copy_library(source, target, timeout=load_settings(target.folder).updates.wait_seconds)
    tell(f"Copied {counted(copied.articles, 'article')}, generation {copied.number}, to {target}")


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


def withdraw(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE...", help="An article's id, or a part of its title or path. None lists them."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take withdrawn articles back, and read their files.")] = False,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Withdraws articles: no update takes them in again until --undo. Their files stay as they are.

    An article stays withdrawn if its file changes, is renamed or copied. Without an article, it lists the withdrawn.
    """
    from rag.cli.report_text import render_withdrawn

    if undo and not articles:
        raise UsageError("--undo needs an article", remedy="list the withdrawn ones with: rag withdraw")
    with open_library(index) as library:
        if undo:
            print_changes(library.take_back(*articles or ()), as_json)
            return
        withdrawn = library.withdraw(*articles) if articles else library.withdrawn()
        held = library.status().articles
    if as_json:
        tell_json(json.dumps([article.model_dump() for article in withdrawn], indent=2))
        return
    counts = [f"{len(withdrawn)} withdrawn", *([f"{counted(held, 'article')} left"] if articles else [])]
    tell("\n".join([*render_withdrawn(withdrawn), ", ".join(counts)]))


def correct(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE", help="An article's id, or a part of its title or path. None lists them."),
    ] = None,
    title: Annotated[str | None, typer.Option(help="The right title.")] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The right date: 2025-04-12, 2025-04, 2025; '' for none.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="The right source; '' for none.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take all corrections of these articles back.")] = False,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Corrects the title, date or source of an article. Its file and its text stay as they are.

    Corrections are lines of corrections.jsonl in the index folder (of a library in a database: there); the next rag
    update applies what you edit. An article stays corrected if its file changes or is renamed. Without an article, it
    lists the corrected ones.
    """
    from rag.cli.report_text import render_corrected

    names, fields = list(articles or []), {"title": title, "published": date, "source": source}
    is_given = any(value is not None for value in fields.values())
    if undo and (not names or is_given):
        raise UsageError("--undo needs an article and nothing else", remedy="list the corrected ones: rag correct")
    if not undo and (len(names) != 1 if is_given else names):
        raise UsageError(
            "A correction needs one article, and what is right", remedy="rag correct ARTICLE --date 2025-04-12"
        )
    with open_library(index) as library:
        if undo:
            corrected = library.undo_corrections(*names)
        else:
            corrected = (library.correct(names[0], **fields),) if names else library.corrections()
    if as_json:
        tell_json(json.dumps([article.model_dump() for article in corrected], indent=2))
        return
    counts = [] if names else [f"{len(corrected)} corrected"]
    tell("\n".join([*render_corrected(corrected), *counts]))
