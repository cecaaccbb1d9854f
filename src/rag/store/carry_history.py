"""Copies the history of an old library into a rebuilt one.

A citation stays valid after a rebuild. Each version whose checksum and content hash still fit is copied as a retired
version, so its text can be read by its content hash. A damaged row is not copied, and neither are the rows of a table
behind a damaged page. Ids and generation numbers continue from the old ones, because open readers know the old ones.
"""

from __future__ import annotations

import secrets
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from rag.core.article import Article
from rag.core.errors import IndexDamagedError
from rag.formats.file_types import file_of, file_type_of
from rag.store.backend import Backend
from rag.store.columns import GENERATION, META, PLACE, VERSION, WITHDRAWN, columns, insert
from rag.store.database import Database, Row, is_intact
from rag.store.known_files import Withdrawal
from rag.store.rows import is_text_of, put_meta, read_article

_BATCH = 64
"""Rows held in memory at a time."""
_HIGHEST = (
    "SELECT max(number) FROM generation",
    "SELECT max(added_generation) FROM version",
    "SELECT max(removed_generation) FROM version",
)
"""The queries whose results name a generation. The highest is the newest, even if some rows are lost."""


def read_files(old: Database) -> dict[str, str]:
    """Reads the path of each article of the old library, mapped to the hash of its file or record.

    Damaged rows are left out.
    """
    sql = (
        f"SELECT CAST(version.file_hash AS TEXT), {columns('article', PLACE)} FROM article"
        " JOIN version ON version.article_id = article.id AND version.removed_generation IS NULL"
        " WHERE article.removed_generation IS NULL ORDER BY article.path"
    )
    places = ((file_hash, tuple(place)) for file_hash, *place in _rows(old, sql))
    return {place[PLACE.index("path")]: file_hash for file_hash, place in places if is_intact(place, PLACE)}


def carry_history(old: Database, fresh: Backend) -> int:
    """Copies every intact row of the old library's history into an empty library.

    Rows that were alive are retired by the next generation.

    Args:
        old: The old library, which may be damaged.
        fresh: The empty library.

    Returns:
        The number of the next generation; 1 if the old library has none.
    """
    newest = max(_number(old, sql) for sql in _HIGHEST)
    if newest == 0:
        return 1
    with fresh.change() as database:
        _carry_fields(old, database)
        _carry_generations(old, database, newest)
        _carry_articles(old, database, newest + 1)
        for table in ("version", "passage"):
            database.keep_last_id(table, _last_id(old, table))
        database.commit()
    return newest + 1


def forget_repeated(fresh: Backend, generation: int) -> None:
    """Deletes each copied version whose article has the same text again.

    Args:
        fresh: The rebuilt library.
        generation: The generation that retired the copied versions, as `carry_history` returned it.
    """
    with fresh.change() as database:
        database.run(
            "DELETE FROM version WHERE removed_generation = :generation AND added_generation < :generation AND EXISTS"
            " (SELECT 1 FROM version AS again WHERE again.article_id = version.article_id"
            " AND again.content_hash = version.content_hash AND again.added_generation >= :generation)",
            {"generation": generation},
        )
        database.commit()


def read_gathered(old: Database, files: Container[str]) -> Iterator[tuple[Article, str]]:
    """Yields the articles of files that show only their latest entries, such as feeds.

    Earlier entries of such a file exist only in the store. A damaged article is left out.

    Args:
        old: The old library.
        files: Paths of the files whose articles are wanted.

    Yields:
        Each article, and the hash of its record, in hexadecimal digits. Articles are sorted by path.
    """
    sql = (
        f"SELECT version.id, version.file_hash, {columns('article', PLACE)} FROM article"
        " JOIN version ON version.article_id = article.id AND version.removed_generation IS NULL"
        " WHERE article.removed_generation IS NULL ORDER BY article.path"
    )
    for version_id, file_hash, *place in _rows(old, sql):
        path = place[PLACE.index("path")]
        file_type = file_type_of(Path(file_of(path)))
        if is_intact(tuple(place), PLACE) and file_type is not None and file_type.forgets and file_of(path) in files:
            with suppress(IndexDamagedError):
                yield read_article(old, version_id, path), file_hash


def rescue_withdrawals(old: Database) -> list[Withdrawal]:
    """Reads the withdrawals of the old library, which may have none or be damaged.

    A damaged row counts too: its path or its hash may be as it was, and still keeps the article out.
    """
    named = ", ".join(f"CAST({name} AS TEXT)" for name in WITHDRAWN)
    return [Withdrawal(*row) for row in _rows(old, f"SELECT {named} FROM withdrawn")]


def _carry_fields(old: Database, fresh: Database) -> None:
    """Copies which fields of JSON files hold what. Without it, a JSON file of articles would yield no article."""
    for row in _sound(old, "meta", META, "WHERE key = 'fields'"):
        put_meta(fresh, "fields", row[0])


def _carry_generations(old: Database, fresh: Database, newest: int) -> None:
    """Copies when each generation was made, with counts of 0, as nothing of them is alive here.

    The tokens are new, so that no derived file of the old library fits.
    """
    made = {row[0]: row[2] for row in _sound(old, "generation", GENERATION)}
    for number in range(1, newest + 1):  # a gap would look like damage
        made.setdefault(number, "")
    for number, created in made.items():
        if number > 0:
            insert(fresh, "generation", GENERATION, (number, secrets.token_hex(8), created, 0, 0))


def _carry_articles(old: Database, fresh: Database, generation: int) -> None:
    """Copies the paths and versions of the articles. Rows that were alive are retired by this generation."""
    for row in _sound(old, "article", PLACE, "ORDER BY rowid"):
        insert(fresh, "article", PLACE, _retire(row, PLACE, generation))
    names = _known_columns(old, VERSION)
    for stored, *checked in _rows(old, f"SELECT text, {columns('version', names)} FROM version ORDER BY id"):
        row, text = tuple(checked), old.unpack_text(stored)
        if text is not None and is_intact(row, names) and is_text_of(text, row[names.index("content_hash")]):
            known = dict(zip(names, row, strict=False))
            values = _retire(tuple(known.get(name) for name in VERSION), VERSION, generation)
            insert(fresh, "version", VERSION, values, {"text": fresh.pack_text(text)})


def _known_columns(old: Database, names: Sequence[str]) -> list[str]:
    """The columns that the old library's versions have; an older format has fewer."""
    with suppress(IndexDamagedError):
        there = old.columns_of("version")
        return [name for name in names if name in there]
    return list(names)


def _last_id(old: Database, table: str) -> int:
    """The highest id that a table ever had, so that ids continue after it."""
    last = _number(old, f"SELECT max(id) FROM {table}")
    with suppress(IndexDamagedError):
        return max(last, old.next_id(table) - 1)
    return last


def _retire(values: Row, names: Sequence[str], generation: int) -> Row:
    """The row's values, retired by this generation if the row was alive."""
    ended = names.index("removed_generation")
    return tuple(generation if i == ended and value is None else value for i, value in enumerate(values))


def _sound(old: Database, table: str, names: Sequence[str], rest: str = "") -> Iterator[Row]:
    """The rows of a table that are what was stored, without their checksums. `rest` is the end of the SQL."""
    for row in _rows(old, f"SELECT {columns(table, names)} FROM {table} {rest}"):
        if is_intact(row, names):
            yield row[:-1]


def _rows(old: Database, sql: str) -> Iterator[Row]:
    """The rows up to the first page that can't be read."""
    with suppress(IndexDamagedError):
        for batch in old.batches(sql, (), _BATCH):
            yield from batch


def _number(old: Database, sql: str) -> int:
    """The query's number, or 0 if there is none or it can't be read."""
    with suppress(IndexDamagedError):
        row = old.row(sql)
        return int(row[0] or 0) if row else 0
    return 0
