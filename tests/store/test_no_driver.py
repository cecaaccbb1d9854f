"""Without PostgreSQL's driver, which is an extra, a folder works and an address is told what to install."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WITHOUT_DRIVER = """
import sys
sys.modules["psycopg"] = None  # as if it were not installed
from rag.core.errors import PlaceError
from rag.store.store import Store
Store.create(sys.argv[1]).close()
try:
    Store.open("postgresql://db.example/archive")
except PlaceError as error:
    print(error)
"""


def test_an_address_names_the_extra_that_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_DRIVER, str(tmp_path / "index")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "needs the driver of PostgreSQL" in done.stdout
    assert done.stdout.strip().endswith("install it: pip install 'newsroom-rag[postgres]'")
