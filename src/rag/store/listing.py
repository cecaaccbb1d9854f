"""The articles of a generation, listed; and the group of copies that each is in."""

from __future__ import annotations

from collections.abc import Mapping

from rag.core.reports import ArticleSummary
from rag.store.database import Database, Row
from rag.store.file_format import visible
from rag.store.rows import GROUP, PLACE, VERSION, Generation, columns, version_values


def list_articles(database: Database, generation: Generation) -> list[ArticleSummary]:
    """Every article of the generation, by title. Raises IndexDamagedError."""
    sql = (
        f"SELECT {columns('article', PLACE)}, {columns('version', VERSION)},"
        f" (SELECT count(*) FROM passage WHERE passage.version_id = version.id AND {visible('passage')}), {GROUP_OF}"
        f" FROM article JOIN version ON version.article_id = article.id AND {visible('version')}"
        f" WHERE {visible('article')} ORDER BY version.title, article.path"
    )
    parameters = {"generation": generation.number}
    counted: dict[int, int] = dict(database.rows(_PASSAGES_OF, parameters))
    found = [_summary(database, row, counted) for row in database.rows(sql, parameters)]
    if (len(found), sum(summary.passages for summary in found)) != (generation.articles, generation.passages):
        raise database.damaged(f"the articles of generation {generation.number}")
    return found


def sound_group(database: Database, group: int | str | None) -> int | None:
    """What `GROUP_OF` gave. Raises IndexDamagedError where that is damage."""
    if isinstance(group, str):
        raise database.damaged("a group")
    return group


def _summary(database: Database, row: Row, counted: Mapping[int, int]) -> ArticleSummary:
    """From the columns of PLACE and VERSION, each with its checksum, the number of passages, and the group.

    `counted` has the number of passages by version, told without the index that the row's is from.
    """
    width = len(PLACE) + 1
    article_id, path, _, _ = database.intact(row[:width], "an article's path")
    version = version_values(database, row[width:-2])
    if version["article_id"] != article_id or counted.get(version["id"], 0) != row[-2]:
        raise database.damaged(f"the passages of article {article_id}")
    shown = {name: version[name] for name in ("title", "source", "url", "published")}
    return ArticleSummary(id=article_id, path=path, passages=row[-2], group=sound_group(database, row[-1]), **shown)


def _seen(table: str) -> str:
    """The SQL condition that `:generation` sees a row, or that it is there now."""
    return f"CASE WHEN :generation IS NULL THEN {table}.removed_generation IS NULL ELSE {visible(table)} END"


GROUP_OF = (
    f"coalesce((SELECT CASE WHEN text_group.checksum = checksum({', '.join(f'text_group.{name}' for name in GROUP)})"
    " AND +text_group.version_id = version.id THEN text_group.group_id ELSE 'damaged' END FROM text_group"
    f" WHERE text_group.version_id = version.id AND {_seen('text_group')}),"
    f" CASE WHEN {_seen('version')} THEN 'damaged' END)"
)
"""The SQL expression for a version's group in `:generation`, or now; none of a version that is not seen."""
_PASSAGES_OF = f"SELECT version_id, count(*) FROM passage NOT INDEXED WHERE {visible('passage')} GROUP BY version_id"
"""Counts the passages of each version without an index: a bit flipped in one makes them disagree."""
