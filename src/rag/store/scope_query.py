"""Selects the passages that may answer a question, by what their articles state: dates, sources, authors and so on.

Dates are ISO 8601, may be partial, and are compared as text. A "~" at the end of a date sorts after every month and day
that a partial date leaves open.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.core.passage_set import ListedPassages
from rag.core.ports import Ids, PassageSet, as_ids
from rag.core.schema import Scope
from rag.store.columns import VERSION, visible
from rag.store.database import Database
from rag.store.rows import unpack_fields
from rag.text.terms import fold, terms

_WHEN = {
    "since": "version.published || '~' >= :{}",
    "until": "version.published <= :{} || '~'",
    "as_of": "(version.published IS NULL OR version.published <= :{} || '~')",
}
"""The SQL condition of each date of a scope. An article without a date is in no time, but passes `as_of`."""
_numbers = itertools.count()
"""Numbers for the names of parameters, so that conditions can be joined."""


class Condition(NamedTuple):
    """What selects rows of `passage` and `version`, which are joined.

    Attributes:
        sql: The SQL condition.
        parameters: Its parameters by name. No two conditions have one in common.
    """

    sql: str
    parameters: Mapping[str, Any]

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"{self.sql} AND {other.sql}", {**self.parameters, **other.parameters})


def scope_condition(database: Database, scope: Scope, generation: int, naming: Ids | None = None) -> Condition:
    """Builds the condition of the passages that a generation sees and that are in a scope.

    Args:
        database: The connection to the store. What the articles state of authors, sections and fields is read at once.
        scope: What the articles must state.
        generation: The generation's number.
        naming: The versions that have the names of the scope, shape (n,); None for all.
    """
    number = next(_numbers)
    names = {name: f"{name}_{number}" for name in ("generation", "sources", "versions", *_WHEN)}
    versions = _versions(database, scope, generation)
    if naming is not None:
        versions = naming.tolist() if versions is None else np.intersect1d(versions, naming).tolist()
    dates = {name: getattr(scope, name) for name in _WHEN if getattr(scope, name) is not None}
    conditions = [visible("passage", names["generation"]), *(_WHEN[name].format(names[name]) for name in dates)]
    if scope.sources:
        conditions.append(_from_one_of(database.listed(names["sources"], "text")))
    if versions is not None:
        conditions.append(f"version.id IN (SELECT value FROM {database.listed(names['versions'])} AS listed)")
    sources = [source.lower() for source in scope.sources]
    wanted = {"generation": generation, "sources": sources, "versions": versions, **dates}
    return Condition(" AND ".join(conditions), {names[name]: value for name, value in wanted.items()})


def read_scope(database: Database, condition: Condition) -> Ids:
    """Reads the ids of the passages that a condition selects, ascending, shape (n,)."""
    sql = f"SELECT passage.id FROM {WITH_VERSION} WHERE {condition.sql} ORDER BY passage.id"
    return as_ids([row[0] for row in database.rows(sql, condition.parameters)])


WITH_VERSION = "passage JOIN version ON version.id = passage.version_id"
"""The tables that a condition is about."""


class ScopedPassages(PassageSet):
    """The passages that a condition selects. Implements `rag.core.ports.PassageSet`.

    Args:
        database: The connection to the store.
        condition: The condition.

    Attributes:
        condition: The condition, for a search in the same database.
    """

    def __init__(self, database: Database, condition: Condition) -> None:
        self._database = database
        self._counted: dict[int, int] = {}
        self.condition = condition

    @cached_property
    def ids(self) -> Ids:
        """See `PassageSet.ids`."""
        return read_scope(self._database, self.condition)

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """See `PassageSet.holds`."""
        listed = f"{self._database.listed('asked')} AS asked"
        sql = (
            f"SELECT passage.id FROM {listed} JOIN passage ON passage.id = asked.value"
            f" JOIN version ON version.id = passage.version_id WHERE {self.condition.sql}"
        )
        rows = self._database.rows(sql, {"asked": ids.tolist(), **self.condition.parameters})
        return np.isin(ids, as_ids([row[0] for row in rows]))

    def count(self, most: int) -> int:
        """The number of passages, or `most` if there are more. It is asked of the database once."""
        if most not in self._counted:
            few = f"SELECT 1 FROM {WITH_VERSION} WHERE {self.condition.sql} LIMIT {most}"
            row = self._database.row(f"SELECT count(*) FROM ({few}) AS counted", self.condition.parameters)
            self._counted[most] = int(row[0]) if row else 0
        return self._counted[most]

    def __and__(self, other: PassageSet) -> PassageSet:
        if isinstance(other, ScopedPassages):
            return ScopedPassages(self._database, self.condition & other.condition)
        return ListedPassages(other.ids) & self

    def __bool__(self) -> bool:
        return self.count(1) > 0


def _from_one_of(sources: str) -> str:
    """The SQL condition that a source or a web address contains one of the texts of a table."""
    stated = ("version.source", "version.url")
    # A text contains another if it changes when the other is taken out of it.
    contains = " OR ".join(f"replace(lower({name}), value, '') <> lower({name})" for name in stated)
    return f"EXISTS (SELECT 1 FROM {sources} AS listed WHERE {contains})"


def _versions(database: Database, scope: Scope, generation: int) -> list[int] | None:
    """The ids of the versions with the authors, the sections and the fields of a scope; None for all."""
    if not (scope.authors or scope.sections or scope.where):
        return None
    authors, sections = (list(map(_comparable, names)) for names in (scope.authors, scope.sections))
    wanted: dict[str, set[str]] = {}
    for name, value in scope.where:
        wanted.setdefault(name, set()).add(_comparable(value))
    fitting = []
    sql = (
        f"SELECT id, byline, section, fields, {database.sound('version', VERSION)} FROM version"
        f" WHERE {visible('version')} ORDER BY id"
    )
    for version_id, byline, section, fields, is_intact in database.rows(sql, {"generation": generation}):
        if not is_intact:
            raise database.damaged(f"checksum of version {version_id}")
        if _has_one(byline, authors) and _has_one(section, sections) and _has_each(unpack_fields(fields), wanted):
            fitting.append(version_id)
    return fitting


def _has_one(stated: str | None, names: Sequence[str]) -> bool:
    """Whether one of the names is in what is stated, as whole words; also if there are no names."""
    return not names or any(name in _comparable(stated or "") for name in names)


def _has_each(stated: Iterable[tuple[str, str]], wanted: Mapping[str, set[str]]) -> bool:
    """Whether each wanted field has one of its values."""
    has = {name for name, value in stated if _comparable(value) in wanted.get(name, ())}
    return has == wanted.keys()


def _comparable(text: str) -> str:
    """The words without case, accents and marks, each between two blanks."""
    return f" {' '.join(fold(text))} "


def read_said_by(database: Database, name: str, generation: int) -> Ids:
    """Reads the ids of the passages that a generation sees and that have words of a person of this name.

    The last word of the name decides, because later mentions leave out the others.

    Args:
        database: The connection to the store.
        name: The name.
        generation: The generation's number.

    Returns:
        The ids, ascending, shape (n,).
    """
    sql = (
        "SELECT passage.id FROM speaker JOIN passage ON passage.id = speaker.passage_id"
        f" WHERE speaker.word = :word AND {visible('passage')} ORDER BY passage.id"
    )
    word = next(reversed(terms(name)), "")
    return as_ids([row[0] for row in database.rows(sql, {"word": word, "generation": generation})])


def read_speakers(database: Database, generation: int) -> dict[str, int]:
    """Counts for each word of a speaker's name the articles of a generation in which a person of this name speaks.

    Args:
        database: The connection to the store.
        generation: The generation's number.

    Returns:
        The counts by word, in the order of the words.
    """
    sql = (
        "SELECT speaker.word, COUNT(DISTINCT passage.version_id) FROM speaker"
        f" JOIN passage ON passage.id = speaker.passage_id WHERE {visible('passage')}"
        " GROUP BY speaker.word ORDER BY speaker.word"
    )
    return dict(database.rows(sql, {"generation": generation}))


def read_newest_first(database: Database, ids: Ids) -> Ids:
    """Orders passages by the dates of their articles, the newest first and those without a date last.

    Args:
        database: The connection to the store.
        ids: Ids of passages, shape (n,).

    Returns:
        The ids, shape (n,). Passages of one article stand together, in the order of the text.
    """
    sql = (
        f"SELECT passage.id FROM {database.listed('ids')} AS wanted JOIN passage ON passage.id = wanted.value"
        " JOIN version ON version.id = passage.version_id"
        " ORDER BY version.published IS NULL, version.published DESC, version.id, passage.id"
    )
    return as_ids([row[0] for row in database.rows(sql, {"ids": ids.tolist()})])


def read_versions(database: Database, ids: Ids) -> Ids:
    """Reads the version that each passage belongs to.

    Args:
        database: The connection to the store.
        ids: Ids of passages, shape (n,).

    Returns:
        The ids of the versions, in the order of the passages, shape (n,).

    Raises:
        IndexDamagedError: If a passage is missing.
    """
    sql = (
        f"SELECT passage.id, passage.version_id FROM {database.listed('ids')} AS wanted"
        " JOIN passage ON passage.id = wanted.value"
    )
    versions: dict[int, int] = dict(database.rows(sql, {"ids": ids.tolist()}))
    if len(versions) != len(ids):
        raise database.damaged("passages are missing")
    return as_ids([versions[passage_id] for passage_id in ids.tolist()])
