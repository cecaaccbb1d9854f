"""Asserts the class of an error and its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rag.core.errors import RagError
from rag.core.remedies import Action


@contextmanager
def raises_mended_by(action: Action, kind: type[RagError], match: str | None = None) -> Iterator[None]:
    """Asserts that the block raises an error with a remedy.

    Args:
        action: The action of the error's remedy.
        kind: The error's class.
        match: A pattern of the error's text; None for any text.
    """
    with pytest.raises(kind, match=match) as caught:
        yield
    assert caught.value.remedy.action == action
