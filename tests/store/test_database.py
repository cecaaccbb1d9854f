"""What happens inside of an SQL function is told as what it is."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from rag.store.sqlite.connection import SqliteConnection

COUNTS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT max(checksum(i)) FROM n"
"""Computes that many checksums in one statement."""


@pytest.mark.skipif(os.name != "posix", reason="no SIGINT to send there")
def test_ctrl_c_in_a_checksum_is_ctrl_c_and_no_damage(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    file.touch()
    database = SqliteConnection(file)
    press = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    press.start()
    with pytest.raises(KeyboardInterrupt):
        database.rows(COUNTS.format(10**9))
    press.join()
    assert database.row(COUNTS.format(3)) is not None
    database.close()
