"""What a library that is made anew keeps of the one before: its history, and the counters that its ids come from.

Citations outlive the rebuilding: each version that is still what was stored is carried over, retired, so that
what it said can be read by its content hash. Rows that are damaged stay behind; so does what a table holds behind a
damaged page. Ids and generations go on from the old ones, as open readers know them.
"""

from __future__ import annotations

import secrets
from collections.abc import Container, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from rag.core.article import Article
from rag.core.errors import IndexDamagedError
from rag.formats.file_types import file_of, file_type_of
from rag.store.database import Database, Row, checksum
from rag.store.file_format import ROOTS
from rag.store.rows import GENERATION, META, PLACE, VERSION, columns, insert, is_text_of, read_article

_BATCH = 64
_HIGHEST = (
    "SELECT max(number) FROM generation",
    "SELECT max(added_generation) FROM version",
    "SELECT max(removed_generation) FROM version",
)


def read_roots(old: Database) -> list[Path]:
    """The folders and files that the old library's updates were given, absolute; none where they can't be read."""
    with suppress(IndexDamagedError):
        return [Path(row[0]) for row in old.rows(ROOTS)]
    return []


def carry_history(old: Database, path: Path) -> int:
    """Copies all that is sound into the empty library at this path, as ended when the next generation is made.

    Returns that generation.
    """
    newest = max(_number(old, sql) for sql in _HIGHEST)
    if newest == 0:
        return 1
    with closing(Database(path)) as fresh:
        fresh.run("BEGIN IMMEDIATE")
        _carry_fields(old, fresh)
        _carry_generations(old, fresh, newest)
        _carry_articles(old, fresh, newest + 1)
        for table in ("version", "passage"):
            _continue_ids(old, fresh, table)
        fresh.run("COMMIT")
    return newest + 1


def forget_repeated(path: Path, generation: int) -> None:
    """Drops the versions carried as ended at this generation that it, or one since, has again, word for word."""
    with closing(Database(path)) as fresh:
        fresh.run(
            "DELETE FROM version WHERE removed_generation = :generation AND added_generation < :generation AND EXISTS"
            " (SELECT 1 FROM version AS again WHERE again.article_id = version.article_id"
            " AND again.content_hash = version.content_hash AND again.added_generation >= :generation)",
            {"generation": generation},
        )


def read_gathered(old: Database, files: Container[str]) -> Iterator[tuple[Article, str]]:
    """The old library's articles, each with its hash, from these of its files that only show their latest."""
    sql = (
        f"SELECT version.id, version.file_hash, {columns('article', PLACE)} FROM article"
        " JOIN version ON version.article_id = article.id AND version.removed_generation IS NULL"
        " WHERE article.removed_generation IS NULL ORDER BY article.path"
    )
    for version_id, file_hash, *place in _rows(old, sql):
        path = place[PLACE.index("path")]
        file_type = file_type_of(Path(file_of(path)))
        sound = checksum(*place[:-1]) == place[-1]
        if sound and file_type is not None and file_type.forgets and file_of(path) in files:
            with suppress(IndexDamagedError):
                yield read_article(old, version_id, path), file_hash


def _carry_fields(old: Database, fresh: Database) -> None:
    """Which fields of JSON files hold what: without them, files of articles would hold none."""
    for row in _sound(old, f"SELECT {columns('meta', META)} FROM meta WHERE key = 'fields'"):
        fresh.run("INSERT OR REPLACE INTO meta VALUES ('fields', ?, ?)", (row[0], checksum(row[0])))


def _carry_generations(old: Database, fresh: Database, newest: int) -> None:
    """When each generation was made; of what they held nothing is alive here.

    The tokens are new, so that no derived file of the old library fits any of them.
    """
    made = {row[0]: row[2] for row in _sound(old, f"SELECT {columns('generation', GENERATION)} FROM generation")}
    made.setdefault(newest, "")
    for number, created in made.items():
        if number > 0:
            fresh.run(insert("generation", GENERATION), (number, secrets.token_hex(8), created, 0, 0))


def _carry_articles(old: Database, fresh: Database, generation: int) -> None:
    """Where the articles lay and what they said; what was alive ends with this generation."""
    for row in _sound(old, f"SELECT {columns('article', PLACE)} FROM article ORDER BY rowid"):
        fresh.run(insert("article", PLACE), _retire(row, PLACE, generation))
    names = _known_columns(old, VERSION)
    for text, *checked in _rows(old, f"SELECT text, {columns('version', names)} FROM version ORDER BY id"):
        row = tuple(checked)
        if checksum(*row[:-1]) == row[-1] and is_text_of(text, row[names.index("content_hash")]):
            known = dict(zip(names, row, strict=False))
            values = tuple(known.get(name) for name in VERSION)
            fresh.run(insert("version", VERSION, ("text",)), (*_retire(values, VERSION, generation), text))


def _known_columns(old: Database, names: Sequence[str]) -> list[str]:
    """Those of the columns that the old library's versions have: an older format has fewer."""
    with suppress(IndexDamagedError):
        there = {row[0] for row in old.rows("SELECT name FROM pragma_table_info('version')")}
        return [name for name in names if name in there]
    return list(names)


def _continue_ids(old: Database, fresh: Database, table: str) -> None:
    last = max(
        _number(old, f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"),
        _number(old, f"SELECT max(id) FROM {table}"),
    )
    fresh.run("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    fresh.run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def _retire(values: Row, names: Sequence[str], generation: int) -> Row:
    """The row's values, ended at this generation if it was alive."""
    ended = names.index("removed_generation")
    return tuple(generation if i == ended and value is None else value for i, value in enumerate(values))


def _sound(old: Database, sql: str) -> Iterator[Row]:
    """The rows that agree with their checksum, which is the last column, without it."""
    for row in _rows(old, sql):
        if checksum(*row[:-1]) == row[-1]:
            yield row[:-1]


def _rows(old: Database, sql: str) -> Iterator[Row]:
    """The rows up to the first page that can't be read."""
    with suppress(IndexDamagedError):
        for batch in old.batches(sql, (), _BATCH):
            yield from batch


def _number(old: Database, sql: str) -> int:
    with suppress(IndexDamagedError):
        row = old.row(sql)
        return int(row[0] or 0) if row else 0
    return 0
