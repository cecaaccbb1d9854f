"""Which passages a question may be answered from, by their articles' dates and sources.

Dates are ISO 8601 and may be partial, and are compared as text: a "~" at the end comes after every day and month that
a partial date leaves open.
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


def read_scope(database: Database, scope: Scope, generation: int) -> Ids:
    """The ids of the passages that the generation sees and that are in the scope, ascending, shape (n,)."""
    wanted = {
        "generation": generation,
        "since": scope.since,
        "until": scope.until,
        "as_of": scope.as_of,
        "sources": json.dumps([source.lower() for source in scope.sources]),
    }
    return as_ids([row[0] for row in database.rows(_IN_SCOPE, wanted)])
