"""Replaces the parts of documents that benchmarks write. A part stands between two comments that have its name."""

from __future__ import annotations


def replace_part(text: str, name: str, content: str) -> str:
    """Replaces a part of a document.

    Args:
        text: The whole document.
        name: Name of the part.
        content: The new part.

    Raises:
        ValueError: If the document does not have both marks of the part, once each and in their order.
    """
    begin, end = f"<!-- {name}: written by make bench -->", f"<!-- /{name} -->"
    before, has_begin, rest = text.partition(begin)
    _, has_end, after = rest.partition(end)
    if not has_begin or not has_end or begin in rest or end in before + after:
        raise ValueError(f"the text needs {begin} and below it {end}, once each")
    return f"{before}{begin}\n{content}\n{end}{after}"
