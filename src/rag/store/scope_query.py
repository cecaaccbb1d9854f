"""Selects the passages that may answer a question, by the dates and sources of their articles.

Dates are ISO 8601, may be partial, and are compared as text. A "~" at the end of a date sorts after every month and day
that a partial date leaves open.
"""

from __future__ import annotations

import json

from rag.core.ports import Ids, as_ids
from rag.core.schema import Scope
from rag.store.database import Database
from rag.store.file_format import visible

_IN_SCOPE = f"""
    SELECT passage.id FROM passage JOIN version ON version.id = passage.version_id
    WHERE {visible("passage")}
    AND (:since IS NULL OR version.published || '~' >= :since)
    AND (:until IS NULL OR version.published <= :until || '~')
    AND (:as_of IS NULL OR version.published IS NULL OR version.published <= :as_of || '~')
    AND (:sources = '[]' OR EXISTS (
        SELECT 1 FROM json_each(:sources) AS source
        WHERE instr(lower(version.source), source.value) OR instr(lower(version.url), source.value)
    ))
    ORDER BY passage.id
    """
"""Selects the ids of the passages in a scope. An article without a date is in no time, but passes `as_of`."""


def read_scope(database: Database, scope: Scope, generation: int) -> Ids:
    """Reads the ids of the passages that a generation sees and that are in the scope.

    Args:
        database: The connection to the store.
        scope: Dates and sources to restrict to.
        generation: The generation's number.

    Returns:
        The ids, ascending, shape (n,).
    """
    wanted = {
        "generation": generation,
        "since": scope.since,
        "until": scope.until,
        "as_of": scope.as_of,
        "sources": json.dumps([source.lower() for source in scope.sources]),
    }
    return as_ids([row[0] for row in database.rows(_IN_SCOPE, wanted)])


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
    sql = "SELECT passage.id, passage.version_id FROM json_each(?) AS wanted JOIN passage ON passage.id = wanted.value"
    versions: dict[int, int] = dict(database.rows(sql, (json.dumps(ids.tolist()),)))
    if len(versions) != len(ids):
        raise database.damaged("passages are missing")
    return as_ids([versions[passage_id] for passage_id in ids.tolist()])
