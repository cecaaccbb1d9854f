"""Makes an index of an older format out of one of the present format."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rag.core.index_layout import store_path
from rag.store.database import Database
from rag.store.rows import VERSION

_WITHOUT_LANGUAGE = (
    f"UPDATE version SET checksum = checksum({', '.join(name for name in VERSION if name != 'language')});"
    "ALTER TABLE version DROP COLUMN language; DROP TABLE file;"
)
_WITHOUT_GROUPS = "DROP TABLE text_group; DROP TABLE band;"
OLDER = {
    "0.1.0": "",
    "2, without fields of records": f"{_WITHOUT_LANGUAGE} PRAGMA user_version = 2;",
    "2, without groups of copies": f"{_WITHOUT_GROUPS} PRAGMA user_version = 2;",
    "1": f"{_WITHOUT_LANGUAGE} {_WITHOUT_GROUPS} PRAGMA user_version = 1;",
}
"""What takes away all that an older format lacks, as SQL. Release 0.1.0 has the present format."""


def make_older(folder: Path, name: str = "1") -> None:
    """Gives the index in a folder the older format of this name."""
    with closing(Database(store_path(folder))) as database:
        database.script(OLDER[name])
