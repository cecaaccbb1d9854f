"""The page of promises names tests that there are."""

from __future__ import annotations

import re

from tests.places import ROOT

PAGE = ROOT / "docs" / "how-it-works" / "promises.md"


def test_each_promise_names_a_test_that_there_is() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 15
    for row in rows:
        named = re.findall(r"`(tests/[\w/.]+\.py)`", row)
        assert named, row
        assert [path for path in named if not (ROOT / path).is_file()] == []
