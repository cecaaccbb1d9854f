"""The texts that an article has had, oldest first, and what became of each."""

from __future__ import annotations

from rag.database import Database, Row
from rag.schema import Edition, EditionState
from rag.store_rows import VERSION, columns


def read_editions(database: Database, article_id: str) -> tuple[Edition, ...]:
    """The editions of an article, also of one that was removed; none of one that never was.

    A new version whose text is word for word the one before is no new edition.
    """
    made = "(SELECT created FROM generation WHERE number = version.{}_generation)"
    sql = (
        f"SELECT {made.format('added')}, {made.format('removed')}, {columns('version', VERSION)}"
        " FROM version WHERE article_id = ? ORDER BY id"
    )
    found: list[list[Row]] = []
    for since, until, *checked in database.rows(sql, (article_id,)):
        values = dict(zip(VERSION, database.intact(tuple(checked), f"version {checked[0]}"), strict=True))
        if not found or found[-1][0][2]["content_hash"] != values["content_hash"]:
            found.append([])
        found[-1].append((since, until, values))
    return tuple(_edition(rows, number, len(found)) for number, rows in enumerate(found, start=1))


def _edition(rows: list[Row], number: int, count: int) -> Edition:
    """The edition that these versions are, all of one text."""
    (since, _, _), (_, until, last) = rows[0], rows[-1]
    state: EditionState = "replaced"
    if number == count:
        state = "current" if last["removed_generation"] is None else "removed"
    return Edition(
        article_id=last["article_id"],
        content_hash=last["content_hash"],
        number=number,
        count=count,
        state=state,
        since=since or None,
        until=until or None,
        title=last["title"],
        published=last["published"],
    )
