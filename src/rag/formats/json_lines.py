"""Reads lines of a JSON Lines file. Runs in the worker, which gets some lines at a time."""

from __future__ import annotations

from collections.abc import Mapping

from rag.formats.extracted import Extracted, Refused
from rag.formats.json_records import read_line


def extract(data: bytes, fields: Mapping[str, str]) -> list[Extracted | Refused]:
    """Reads some lines.

    Args:
        data: The lines, separated by line ends.
        fields: Field names that are used instead of the usual ones (see `rag.formats.fields`).

    Returns:
        For each line, its article or why it holds none.
    """
    return [read_line(line, fields) for line in data.split(b"\n")]
