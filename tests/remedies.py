"""What a test expects of an error: its class, and what mends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rag.core.errors import RagError
from rag.core.remedies import Action


@contextmanager
def raises_mended_by(action: Action, kind: type[RagError], match: str | None = None) -> Iterator[None]:
    """The block raises an error of this class, which this action mends; `match` is a pattern of its text."""
    with pytest.raises(kind, match=match) as caught:
        yield
    assert caught.value.remedy.action == action
