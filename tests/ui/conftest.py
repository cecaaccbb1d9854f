"""Fixture: the page in German."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag_ui import strings


@pytest.fixture
def in_german() -> Iterator[None]:
    strings.choose("de")
    yield
    strings.choose("en")
