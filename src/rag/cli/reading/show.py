"""The commands that show what an index holds: status and show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.options import DEFAULT_INDEX, AsJson, Index, UsageError, open_library
from rag.cli.output import tell, tell_json
from rag.core.errors import CitationError, QuestionError

if TYPE_CHECKING:
    from rag.core.reports import ArticleSummary, Edition
    from rag.library import Library

_SEARCHED = 50
"""Passages that are searched for the words of a text."""
_LISTED = 20
"""Most articles that are listed if several fit."""


def status(
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
    settings: Annotated[
        bool, typer.Option("--settings", help="List all settings instead, and where each is set.")
    ] = False,
) -> None:
    """Shows what the index contains and which models answer."""
    from rag.core.plain_text import counted

    if settings:
        from rag.cli.settings import show_settings

        show_settings(index.folder, as_json)
        return
    with open_library(index) as library:
        found = library.status()
    if as_json:
        tell_json(found.model_dump_json(indent=2))
        return
    tell(f"{counted(found.articles, 'article')}, {counted(found.passages, 'passage')}, in {found.place}")
    tell(f"generation {found.generation}, made {found.updated}")
    tell(f"passages found by {found.embedder}, answers by the model '{found.reader}'")
    if found.withdrawn:
        tell(f"{counted(found.withdrawn, 'article')} withdrawn; to list: rag withdraw")
    if found.updating_since:
        tell(f"being updated since {found.updating_since}")


def show(
    article: Annotated[str, typer.Argument(help="An article's id, a part of its title or path, or words of its text.")],
    edition: Annotated[
        str | None,
        typer.Option(help="An older edition: its number (1 is the oldest), or the start of its content hash."),
    ] = None,
    index: Index = DEFAULT_INDEX,
    as_json: AsJson = False,
) -> None:
    """Prints an article as it is stored, and its edition."""
    from rag.cli.report_text import render_edition
    from rag.core.plain_text import visible

    with open_library(index) as library:
        shown = _find_edition(library, article, edition)
        found = library.article(shown.article_id, shown.content_hash)
    if as_json:
        facts = {"id": found.id, "path": found.path, "source": found.source, "text": found.text}
        tell_json(json.dumps(facts | shown.model_dump(), indent=2))
        return
    head = [visible(found.title), visible(found.path)]
    if shown.count > 1 or shown.state != "current":
        head.append(render_edition(shown))
    tell("\n".join([*head, "", found.text]))


def _find_edition(library: Library, wanted: str, edition: str | None) -> Edition:
    """Finds an edition by its number or hash; None means the newest. A removed article is found by its id."""
    try:
        editions = library.editions(wanted)
    except CitationError:
        editions = library.editions(_find_article(library, wanted).id)
    for candidate in reversed(editions):
        if edition in (None, str(candidate.number)) or candidate.content_hash.startswith(str(edition)):
            return candidate
    raise UsageError(f"The article has no edition {edition}", remedy=f"name one from 1 to {len(editions)}")


def _find_article(library: Library, wanted: str) -> ArticleSummary:
    """Finds the only article that fits: by id, title or path, and only if none does, by words. Raises UsageError."""
    from rag.core.plain_text import counted, visible
    from rag.store.listing import find_named

    every = library.articles()
    found = find_named(every, wanted) or _with_words(library, every, wanted)
    if len(found) == 1:
        return found[0]
    what = counted(len(found), "article") if found else "No article"
    lines = [f"{summary.id}  {visible(summary.title)}" for summary in (found or every)[:_LISTED]]
    raise UsageError(f"{what} for '{wanted}'", remedy="\n".join(["name one by its id:", *lines]))


def _with_words(library: Library, every: list[ArticleSummary], wanted: str) -> list[ArticleSummary]:
    """Finds the articles with a sentence that has all of these words, in any inflection; the best first."""
    from rag.text.terms import analyze

    words = set(analyze(wanted))
    try:
        hits = library.retrieve(wanted, k=_SEARCHED) if words else []
    except QuestionError:  # too long, or neither a letter nor a digit
        return []
    passages = (hit.passage for hit in hits)
    fits = (
        passage.article.id
        for passage in passages
        if any(words <= set(analyze(passage.article.text[part.start : part.end])) for part in passage.sentences)
    )
    by_id = {summary.id: summary for summary in every}
    return [by_id[found] for found in dict.fromkeys(fits) if found in by_id]
