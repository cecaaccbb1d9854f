"""The texts that an article has had, oldest first, and the state of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rag.core.reports import Edition, EditionState
from rag.store.article_ids import STATED_HERE, naming_address
from rag.store.columns import VERSION, columns
from rag.store.database import Database, Row
from rag.store.rows import read_generation, version_values


def read_editions(database: Database, article_id: str) -> tuple[Edition, ...]:
    """Reads the editions of an article, also of a removed article.

    A new version with exactly the same text is not a new edition. If an article was removed and exactly one other
    article states its address, that article decides the state of the last edition (`rag.store.article_ids`).

    Args:
        database: The connection to the store.
        article_id: The article's id.

    Returns:
        The editions, oldest first; empty for an unknown id.

    Raises:
        IndexDamagedError: If a version is damaged or belongs to another article.
    """
    sql = f"SELECT {columns('version', VERSION)} FROM version WHERE article_id = ? ORDER BY id"
    found: list[list[Row]] = []
    for row in database.rows(sql, (article_id,)):
        values = version_values(database, row)
        if values["article_id"] != article_id:
            raise database.damaged(f"the versions of article {article_id}")
        since, until = (_made(database, values[f"{when}_generation"]) for when in ("added", "removed"))
        if not found or found[-1][0][2]["content_hash"] != values["content_hash"]:
            found.append([])
        found[-1].append((since, until, values))
    states: list[EditionState] = ["replaced"] * len(found)
    states[-1:] = [_last_state(database, rows[-1][2]) for rows in found[-1:]]
    return tuple(_edition(rows, number, states) for number, rows in enumerate(found, start=1))


def _last_state(database: Database, last: dict[str, Any]) -> EditionState:
    """The state of an article's last version, given by its columns."""
    if last["removed_generation"] is None:
        return "current"
    address = naming_address(last["url"], json.loads(last["derived"]))
    alive = f"{STATED_HERE} AND removed_generation IS NULL"
    rows = database.rows(f"SELECT {columns('version', VERSION)} FROM version WHERE {alive} LIMIT 2", (address,))
    heirs = [version_values(database, row) for row in rows]
    if any(heir["url"] != address for heir in heirs):
        raise database.damaged(f"the versions of {address}")
    if len(heirs) != 1:
        return "removed"
    return "current" if heirs[0]["content_hash"] == last["content_hash"] else "replaced"


def _made(database: Database, number: int | None) -> str | None:
    """The time when a generation was made; None if it is not known."""
    generation = None if number is None else read_generation(database, number)
    return generation.created if generation else None


def _edition(rows: list[Row], number: int, states: Sequence[EditionState]) -> Edition:
    """The edition made of these consecutive versions with one text."""
    (since, _, _), (_, until, last) = rows[0], rows[-1]
    return Edition(
        article_id=last["article_id"],
        content_hash=last["content_hash"],
        number=number,
        count=len(states),
        state=states[number - 1],
        since=since or None,
        until=until or None,
        title=last["title"],
        published=last["published"],
    )
