"""Checks the store: every row against its checksum, and the rows against one another.

Of the retired rows only the versions are checked, because citations depend on them. The signatures of files are not
checked: a wrong signature only causes its file to be read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from rag.core.article import Sentence
from rag.core.errors import IndexDamagedError
from rag.core.remedies import Remedy
from rag.core.reports import Finding
from rag.store.columns import (
    GENERATION,
    GROUP,
    PASSAGE,
    PLACE,
    SPEECH,
    VECTOR,
    VERSION,
    WITHDRAWN,
    columns,
    visible,
)
from rag.store.database import Database, is_intact
from rag.store.rows import (
    Generation,
    is_text_of,
    newest_generation,
    read_fields,
    read_fingerprint,
    unpack_sentences,
)

_SHOWN = 3
"""Number of places named for each kind of damage."""
_VERSIONS, _VECTORS = 64, 4096
"""Rows held in memory at a time."""
_UNIT_TOLERANCE = 1e-3
"""Most that a unit vector's length may differ from 1."""
_NAMED = (
    "SELECT max(added_generation) FROM passage",
    "SELECT max(removed_generation) FROM passage WHERE removed_generation IS NOT NULL",
    "SELECT max(added_generation) FROM article",
)
"""The highest generation that rows name. Each query uses an index or reads a small table."""
_ALL_NAMED = tuple(
    f"SELECT {column}_generation FROM {table} WHERE {column}_generation IS NOT NULL"
    for table in ("article", "version", "text_group", "passage")
    for column in ("added", "removed")
)


class _Passage(NamedTuple):
    """The values of PASSAGE without the two generations."""

    id: int
    version_id: int
    start: int
    end: int
    first: int
    last: int


class Tally:
    """Collects findings: each kind of damage once, with the places where it was found."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, Remedy], list[str]] = {}

    def note(self, what: str, place: object, remedy: Remedy) -> None:
        """Adds a place where this damage was found.

        Args:
            what: The kind of damage.
            place: The row or file; "" if there is nothing to name.
            remedy: What repairs it.
        """
        self._places.setdefault((what, remedy), []).append(str(place))

    @contextmanager
    def damage(self, remedy: Remedy) -> Iterator[None]:
        """Notes an IndexDamagedError that ends the block early. `remedy` replaces the error's own advice."""
        try:
            yield
        except IndexDamagedError as error:
            self.note(error.message, "", remedy)

    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order in which each kind was first noted."""
        return tuple(Finding.of(_describe(what, places), remedy) for (what, remedy), places in self._places.items())


def check_rows(database: Database, generation: Generation, tally: Tally, remedy: Remedy) -> None:
    """Notes all damage of the file's pages and rows.

    Args:
        database: The connection to the store.
        generation: The newest generation.
        tally: Receives the findings.
        remedy: What repairs this damage.
    """
    parameters = {"generation": generation.number}
    for part in _PARTS:
        with tally.damage(remedy):
            for what, place in part(database, generation, parameters):
                tally.note(what, place, remedy)


def require_sound(database: Database) -> Generation:
    """Checks every row of a library.

    Args:
        database: A connection that sees one committed state.

    Returns:
        The newest generation.

    Raises:
        IndexDamagedError: If anything is damaged.
    """
    tally, anew = Tally(), Remedy(action="check")
    generation = newest_generation(database)
    read_fingerprint(database), read_fields(database)
    check_rows(database, generation, tally, anew)
    for finding in tally.findings():
        raise IndexDamagedError(f"The library is damaged ({finding.what})", remedy=anew, path=database.name)
    return generation


def require_newest(database: Database, newest: int) -> None:
    """Checks that no row names a generation after the newest.

    Raises:
        IndexDamagedError: If a row does.
    """
    for sql in _NAMED:
        row = database.row(sql)
        if row and (row[0] or 0) > newest:
            raise database.damaged(f"generation {row[0]} is missing")


_SIMPLE = {
    "generation": GENERATION,
    "article": PLACE,
    "text_group": GROUP,
    "speech": SPEECH,
    "withdrawn": WITHDRAWN,
}
"""Tables whose rows are compared with their checksums alone, and the columns that those cover."""
_Wrong = Iterator[tuple[str, object]]
"""Pairs of a kind of damage and the place where it was found."""


def _check_pages(database: Database, generation: Generation, parameters: dict[str, int]) -> _Wrong:
    yield from database.broken_pages()


def _check_simple_rows(database: Database, generation: Generation, parameters: dict[str, int]) -> _Wrong:
    for table, names in _SIMPLE.items():
        for row in database.rows(f"SELECT {columns(table, names)} FROM {table}"):
            if not is_intact(row, names):
                yield f"rows of {table} with a wrong checksum", row[0]


def _check_generations(database: Database, generation: Generation, parameters: dict[str, int]) -> _Wrong:
    """Finds generations without a row: those that rows name, and gaps. Their numbers would be used again."""
    known = {row[0] for row in database.rows("SELECT number FROM generation")}
    named = {row[0] for row in database.rows(" UNION ".join(_ALL_NAMED))}
    for number in sorted((named | set(range(max(known, default=0)))) - known):
        yield "generations that are missing", number


def _check_counts(database: Database, generation: Generation, parameters: dict[str, int]) -> _Wrong:
    for table, expected in (("article", generation.articles), ("passage", generation.passages)):
        sql = f"SELECT count(*) FROM {table} WHERE {visible(table)}"
        for (counted,) in database.rows(sql, parameters):
            if counted != expected:
                yield f"the number of {table}s is not that of generation {generation.number}", f"{counted}/{expected}"
    for table, other, key, other_key in (
        ("article", "version", "id", "article_id"),
        ("version", "article", "article_id", "id"),
        ("version", "text_group", "id", "version_id"),
    ):
        sql = (
            f"SELECT {table}.{key} FROM {table} WHERE {visible(table)} AND NOT EXISTS"
            f" (SELECT 1 FROM {other} WHERE {other}.{other_key} = {table}.{key} AND {visible(other)})"
        )
        for (key_value,) in database.rows(sql, parameters):
            yield f"{table}s without a row of {other}", key_value


def _check_withdrawn(database: Database, generation: Generation, parameters: dict[str, int]) -> _Wrong:
    sql = (
        f"SELECT article.path FROM article JOIN version ON version.article_id = article.id AND {visible('version')}"
        f" WHERE {visible('article')} AND (article.path IN (SELECT path FROM withdrawn)"
        " OR version.file_hash IN (SELECT file_hash FROM withdrawn))"
    )
    for (path,) in database.rows(sql, parameters):
        yield "articles that were withdrawn and are in the index", path


def _check_versions(database: Database, generation: Generation, parameters: dict[str, int]) -> _Wrong:
    sql = f"SELECT text, {visible('version')}, {columns('version', VERSION)} FROM version ORDER BY id"
    for batch in database.batches(sql, parameters, _VERSIONS):
        for stored, alive, *columns_of in batch:
            row = tuple(columns_of)
            values = dict(zip(VERSION, row[:-1], strict=True))
            place = f"article {values['article_id']}, version {values['id']}"
            if not is_intact(row, VERSION):
                yield "versions with a wrong checksum", place
            elif (text := database.unpack_text(stored)) is None or not is_text_of(text, values["content_hash"]):
                yield "texts that are not what was stored", place
            else:
                sentences = unpack_sentences(values["sentences"])
                if not _are_in_order(sentences, len(text)):
                    yield "sentences outside their text or out of order", place
                elif alive:
                    yield from _check_passages(database, values["id"], sentences, parameters)


def _check_passages(
    database: Database, version_id: int, sentences: Sequence[Sentence], parameters: dict[str, int]
) -> _Wrong:
    """Checks the passages of one version, whose sentences were already checked."""
    covered: set[int] = set()
    sql = f"SELECT {columns('passage', PASSAGE)} FROM passage WHERE version_id = {version_id} AND {visible('passage')}"
    for row in database.rows(sql, parameters):
        passage = _Passage(*row[:6])
        if not is_intact(row, PASSAGE):
            yield "passages with a wrong checksum", passage.id
        elif not _is_within(passage, sentences):
            yield "passages outside their sentences", passage.id
        else:
            covered.update(range(passage.first, passage.last))
    for number, sentence in enumerate(sentences):
        if sentence.kind != "boilerplate" and number not in covered:
            yield "sentences in no passage", f"version {version_id}, sentence {number}"


def _check_vectors(database: Database, generation: Generation, parameters: dict[str, int]) -> _Wrong:
    fingerprint = read_fingerprint(database)
    dimension = fingerprint.dimension if fingerprint else 0
    sql = (
        f"SELECT passage.id, {columns('vector', VECTOR)} FROM passage LEFT JOIN vector"
        f" ON vector.passage_id = passage.id WHERE {visible('passage')} ORDER BY passage.id"
    )
    for batch in database.batches(sql, parameters, _VECTORS):
        for passage_id, *values in batch:
            row = tuple(values)
            if row[0] is None:
                yield "passages without a vector", passage_id
            elif not is_intact(row, VECTOR):
                yield "vectors with a wrong checksum", passage_id
            elif len(row[2]) != 4 * dimension:
                yield f"vectors that have not {dimension} numbers, as the embedder's have", passage_id
            elif not abs(float(np.linalg.norm(np.frombuffer(row[2], "<f4"))) - 1) <= _UNIT_TOLERANCE:
                yield "vectors that are not of length 1", passage_id


def _are_in_order(sentences: Sequence[Sentence], length: int) -> bool:
    """Whether the sentences lie inside a text of this length, in order and without overlap."""
    at = 0
    for sentence in sentences:
        if not at <= sentence.start < sentence.end <= length:
            return False
        at = sentence.end
    return True


def _is_within(passage: _Passage, sentences: Sequence[Sentence]) -> bool:
    """Whether the sentences that a passage names exist and contain it."""
    if not 0 <= passage.first < passage.last <= len(sentences):
        return False
    first, last = sentences[passage.first], sentences[passage.last - 1]
    return first.start <= passage.start < passage.end <= last.end


def _describe(what: str, places: Sequence[str]) -> str:
    named = ", ".join(place for place in places[:_SHOWN] if place)
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    return f"{what}: {named}{more}" if named else what


_PARTS = (
    *(_check_pages, _check_simple_rows, _check_generations, _check_counts),
    *(_check_withdrawn, _check_versions, _check_vectors),
)
"""The parts of the check, in the order of the report."""
