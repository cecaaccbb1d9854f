"""Reads the text of an article that its system keeps in parts: paragraphs, blocks, trees of rich text.

Read are the trees of Arc, Guardian blocks, Editor.js, Draft.js, ProseMirror, Slate, Lexical, Portable Text and
Contentful, which all are lists of objects with a type and either a text or more objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rag.formats.markup import read_value
from rag.text.field_names import plain_name

_TEXTS = (
    *(
        "rendered",
        "processed",
        "bodyhtml",
        "html",
        "text",
        "value",
        "content",
        "paragraph",
        "copy",
        "plaintext",
        "plain",
    ),
    *("bodytext", "bodytextsummary", "body", "raw"),
)
"""Fields of a part that hold its text, the likeliest first."""
_CHILDREN = (
    *("contentelements", "children", "content", "blocks", "elements", "nodes", "paragraphs", "items", "body", "data"),
    *("root", "document"),
)
"""Fields of a part that hold further parts."""
_TYPES = ("type", "nodetype", "kind", "blocktype", "component")
_INLINE = frozenset(("", "text", "span", "link", "a", "hyperlink", "mention", "autolink"))
"""Types of parts of a paragraph."""
_SILENT = frozenset(
    "image images picture photo video gallery embed oembed interstitial ad advert advertisement script raw code promo"
    " related newsletter divider delimiter separator social tweet reference audio map poll form button iframe".split()
)
"""Types of parts that are no text. Only their captions are read."""
_WORDS = re.compile(r"[a-z]+")


def read_story(value: Any) -> str:
    """Reads the text of a field.

    Args:
        value: A text with or without HTML, or the parts of a text.

    Returns:
        The paragraphs, separated by blank lines; "" if there is no text.
    """
    if isinstance(value, str):
        return read_value(value)
    return "\n\n".join(paragraph for paragraph in _paragraphs(value) if paragraph.strip())


def _paragraphs(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _paragraphs(part)
    elif isinstance(value, Mapping):
        yield from _paragraphs_of_part({plain_name(name): part for name, part in value.items()})
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield read_value(str(value))


def _paragraphs_of_part(part: Mapping[str, Any]) -> Iterator[str]:
    if _SILENT & set(_WORDS.findall(_type_of(part))):
        yield from _paragraphs(part.get("caption") if isinstance(part.get("caption"), str) else None)
        return
    text = next((part[name] for name in _TEXTS if isinstance(part.get(name), str) and part[name].strip()), None)
    if isinstance(part.get("rows"), list):
        yield from _rows(part)
        return
    if text is not None:
        yield from filter(None, (_title_of(part), read_value(text)))
        return
    for name in _CHILDREN:
        if isinstance(children := part.get(name), list | Mapping) and children:
            is_paragraph = isinstance(children, list) and any(map(_is_inline, children))
            yield from ["".join(map(_inline_text, children))] if is_paragraph else _paragraphs(children)
            return


def _rows(part: Mapping[str, Any]) -> Iterator[str]:
    """The rows of a table whose cells are parts."""
    for row in filter(None, [part.get("header"), *part["rows"]]):
        yield " | ".join(" ".join(_paragraphs(cell)) for cell in (row if isinstance(row, list) else [row]))


def _is_inline(part: Any) -> bool:
    """Whether this is a piece of a paragraph and not a paragraph."""
    if not isinstance(part, Mapping):
        return False
    named = {plain_name(name): value for name, value in part.items()}
    return _type_of(named) in _INLINE and isinstance(named.get("text", named.get("value")), str)


def _inline_text(part: Any) -> str:
    if isinstance(part, str):
        return read_value(part)
    if not isinstance(part, Mapping):
        return ""
    named = {plain_name(name): value for name, value in part.items()}
    text = named.get("text", named.get("value"))
    if isinstance(text, str):
        return read_value(text)
    if "break" in _type_of(named):
        return "\n"
    return "".join("".join(map(_inline_text, named[n])) for n in _CHILDREN if isinstance(named.get(n), list))


def _type_of(part: Mapping[str, Any]) -> str:
    return next((part[name].lower() for name in _TYPES if isinstance(part.get(name), str)), "")


def _title_of(part: Mapping[str, Any]) -> str:
    """The heading of a part of a live blog."""
    return next((read_value(part[n]) for n in ("title", "headline", "heading") if isinstance(part.get(n), str)), "")
