"""The list of a generation's articles, their files and names, and the group of copies that each article is in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from rag.core.errors import ArticleNameError
from rag.core.plain_text import counted
from rag.core.remedies import Remedy
from rag.core.reports import ArticleSummary, WithdrawnArticle
from rag.store.columns import GROUP, PLACE, VERSION, columns, seen, visible
from rag.store.database import Database, Row
from rag.store.rows import Generation, unpack_fields, version_values

_Named = TypeVar("_Named", bound=ArticleSummary | WithdrawnArticle)
_MOST_NAMED = 10
"""Most articles that an error names."""


def find_named(articles: Iterable[_Named], name: str) -> list[_Named]:
    """Finds the articles that a person may mean by a name, in the order in which they are given.

    Args:
        articles: The articles to search.
        name: An id, a title or a path; a relative path starts at the current folder.

    Returns:
        The articles with exactly this id, title or path; if none has it, those whose id starts with it, or whose title
        or path contains it, in any case.
    """
    part, path = name.casefold(), os.path.normpath(Path(name).absolute())
    every = list(articles) if part.strip() else []  # an empty name would be a part of every title
    exact = [a for a in every if part in (a.id, a.title.casefold(), a.path.casefold()) or a.path == path]
    return exact or [
        a for a in every if a.id.startswith(part) or part in a.title.casefold() or part in a.path.casefold()
    ]


def find_article(
    name: str, articles: Sequence[ArticleSummary], withdrawn: Sequence[WithdrawnArticle]
) -> ArticleSummary:
    """Finds the only article that a person can mean by a name (`find_named`).

    Raises:
        ArticleNameError: If there is none, there are several, or only a withdrawn article has the name.
    """
    every: list[ArticleSummary | WithdrawnArticle] = [*articles, *_at_each_path(withdrawn)]
    fits = find_named(every, name)
    found = [article for article in fits if isinstance(article, ArticleSummary)]
    if len(found) == 1:
        return found[0]
    for article in fits:
        if not found and isinstance(article, WithdrawnArticle):
            raise ArticleNameError(
                f"'{article.title}' ({article.id}) was withdrawn on {article.withdrawn[:10]}",
                "withdrawn",
                remedy=Remedy("to undo that,", "take_back"),
            )
    raise _not_one(name, found, "article", "name it by its id, a part of its title, or its path")


def find_withdrawn_article(name: str, withdrawn: Sequence[WithdrawnArticle]) -> WithdrawnArticle:
    """Finds the only withdrawn article that a person can mean by a name (`find_named`), or by the path of a copy.

    Raises:
        ArticleNameError: If there is none, or there are several.
    """
    named = {article.id for article in find_named(_at_each_path(withdrawn), name)}
    found = [article for article in withdrawn if article.id in named]
    if len(found) == 1:
        return found[0]
    listed = f"name one of: {_listed(withdrawn)}" if withdrawn else "no article is withdrawn, so nothing is to be done"
    raise _not_one(name, found, "withdrawn article", listed)


def list_articles(database: Database, generation: Generation) -> list[ArticleSummary]:
    """Lists every article of a generation.

    Args:
        database: The connection to the store.
        generation: The generation to list.

    Returns:
        Summaries, sorted by title and then by path.

    Raises:
        IndexDamagedError: If a row is damaged, or the numbers differ from those of the generation.
    """
    sql = (
        f"SELECT {columns('article', PLACE)}, {columns('version', VERSION)},"
        f" (SELECT count(*) FROM passage WHERE passage.version_id = version.id AND {visible('passage')}),"
        f" {columns('text_group', GROUP)}"
        f" FROM article JOIN version ON version.article_id = article.id AND {visible('version')}"
        f" {join_group(generation.number)} WHERE {visible('article')} ORDER BY version.title, article.path"
    )
    parameters = {"generation": generation.number}
    counted: dict[int, int] = dict(database.rows(_PASSAGES_OF, parameters))
    found = [_summary(database, row, counted) for row in database.rows(sql, parameters)]
    if (len(found), sum(summary.passages for summary in found)) != (generation.articles, generation.passages):
        raise database.damaged(f"the articles of generation {generation.number}")
    return found


def list_files(database: Database, generation: Generation) -> dict[str, tuple[str, str]]:
    """Lists the path of every article of the newest generation, with its id and the hash of its file or record.

    Args:
        database: The connection to the store.
        generation: The newest generation.

    Raises:
        IndexDamagedError: If the number of articles differs from that of the generation.
    """
    alive = f"WHERE {UNINDEXED}removed_generation IS NULL"
    hashes: dict[str, str] = dict(database.rows(f"SELECT article_id, CAST(file_hash AS TEXT) FROM version {alive}"))
    places = database.rows(f"SELECT id, CAST(path AS TEXT) FROM article {alive}")
    found = {path: (article_id, hashes[article_id]) for article_id, path in places if article_id in hashes}
    # An update would not notice that an article is lost if its file did not change.
    if not len(found) == len(hashes) == generation.articles:
        raise database.damaged(f"the articles of generation {generation.number}")
    return found


def list_files_in(database: Database, roots: Iterable[str], ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Lists the articles of some files and folders, and some others, as `list_files` lists all.

    The cost depends on what is listed. That no row is lost is not checked.

    Args:
        database: The connection to the store.
        roots: The paths of files and folders.
        ids: Ids of articles. Those that are unknown or removed are ignored.

    Raises:
        IndexDamagedError: If a row is damaged or not what an index named.
    """
    sql = f"SELECT {columns('article', PLACE)} FROM article WHERE removed_generation IS NULL AND "
    at, within = sql + "path = :path", sql + database.between("path", "first", "end")
    named = f"{sql} id IN (SELECT value FROM {database.listed('ids', 'text')})"
    found: list[Row] = database.rows(named, {"ids": list(ids)})
    for root in roots:
        found += database.rows(at, {"path": root})
        for border in ("#", os.sep):  # the articles of a file of many, and of the files of a folder
            start = root.rstrip(os.sep) + border
            found += database.rows(within, {"first": start, "end": start[:-1] + chr(ord(border) + 1)})
    places = {place[0]: place[1] for place in (database.intact(row, PLACE, "a row of article") for row in found)}
    hashed = f"SELECT article_id, CAST(file_hash AS TEXT) FROM version JOIN {database.listed('ids', 'text')} ON"
    current = f"{hashed} article_id = value WHERE removed_generation IS NULL"
    hashes: dict[str, str] = dict(database.rows(current, {"ids": list(places)}))
    if len(hashes) != len(places):
        raise database.damaged("an index of version")
    return {path: (article_id, hashes[article_id]) for article_id, path in places.items()}


def join_group(generation: int | None) -> str:
    """The SQL that joins the row of `text_group` that a generation (None: now) sees for a version, if there is one."""
    return f"LEFT JOIN text_group ON text_group.version_id = version.id AND {seen('text_group', generation)}"


def sound_group(database: Database, row: Row, version_id: int, *, is_seen: bool) -> int | None:
    """Checks the row that `join_group` joins.

    Args:
        database: The connection to the store.
        row: The columns of GROUP and the checksum.
        version_id: The version.
        is_seen: Whether the generation sees the version. Then it has a group.

    Returns:
        The group's number; None if the version has none.

    Raises:
        IndexDamagedError: If the group's row is missing or damaged.
    """
    if row[0] is None and not is_seen:
        return None
    # A flipped bit in the index leads to another version's row.
    if row[0] != version_id:
        raise database.damaged("a group")
    return int(database.intact(row, GROUP, "a group")[1])


def _not_one(name: str, found: Sequence[ArticleSummary | WithdrawnArticle], what: str, remedy: str) -> ArticleNameError:
    """The error for a name that fits no article, or several."""
    if not found:
        return ArticleNameError(f"There is no {what} '{name}'", remedy=remedy)
    fit = f"{counted(len(found), what)} fit '{name}'"
    return ArticleNameError(fit, remedy=f"name one by its id: {_listed(found)}")


def _listed(articles: Sequence[ArticleSummary | WithdrawnArticle]) -> str:
    named = [f"{article.id} ({article.title})" for article in articles[:_MOST_NAMED]]
    more = len(articles) - len(named)
    return ", ".join([*named, f"and {more} more"] if more else named)


def _at_each_path(withdrawn: Iterable[WithdrawnArticle]) -> list[WithdrawnArticle]:
    """The withdrawn articles, once for each of their paths."""
    return [
        article.model_copy(update={"path": path}) for article in withdrawn for path in (article.path, *article.copies)
    ]


def _summary(database: Database, row: Row, counted: Mapping[int, int]) -> ArticleSummary:
    """Makes a summary from the columns of PLACE and VERSION, the passages' number, and the columns of GROUP.

    `counted` has the number of passages by version id, counted without the index that the row's number is from.
    """
    width, group = len(PLACE) + 1, row[-len(GROUP) - 1 :]
    article_id, path, _, _ = database.intact(row[:width], PLACE, "an article's path")
    *checked, passages = row[width : -len(group)]
    version = version_values(database, tuple(checked))
    if version["article_id"] != article_id or counted.get(version["id"], 0) != passages:
        raise database.damaged(f"the passages of article {article_id}")
    shown = {name: version[name] for name in ("title", "source", "url", "published", "byline", "section")}
    shown["fields"] = unpack_fields(version["fields"])
    in_group = sound_group(database, group, version["id"], is_seen=True)
    return ArticleSummary(id=article_id, path=path, passages=passages, group=in_group, **shown)


UNINDEXED = "+"
"""Before a column, it keeps the database from using an index of it. An SQLite index has no checksum."""
_PASSAGES_OF = (
    f"SELECT version_id, count(*) FROM (SELECT {UNINDEXED}version_id AS version_id FROM passage"
    f" WHERE {visible(f'{UNINDEXED}passage')}) AS there GROUP BY version_id"
)
"""Counts the passages of each version without an index. If a bit of the index flipped, the two counts differ."""
