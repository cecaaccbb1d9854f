"""Reads Markdown with front matter as text without markup. Runs in the worker."""

from __future__ import annotations

import re
from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.fields import read_fields
from rag.formats.markup import read_markup
from rag.text.decode import decode

_FRONT_MATTER = re.compile(
    r"\A\s*---[ \t]*\r?\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
"""The fields at the start of a file, between lines of dashes."""
_FIELD = re.compile(r"""^(?P<name>[A-Za-z][\w -]{0,40}):[ \t]*["']?(?P<value>.*?)["']?[ \t]*$""", re.MULTILINE)
"""One field of front matter that is not valid YAML."""
_LONGEST_FRONT_MATTER = 64 * 1024
"""Most characters of a file in which front matter may end."""
_TITLE = re.compile(r"\A\s*# +(?P<title>[^\n]+)")


def extract(data: bytes) -> list[Extracted]:
    """Reads the article of a Markdown file.

    Args:
        data: The bytes of the file.

    Returns:
        One article.

    Raises:
        ArticleError: If the file has no text.
    """
    written = decode(data)
    front = _FRONT_MATTER.match(written, 0, _LONGEST_FRONT_MATTER)
    body = written[front.end() :] if front else written
    fields = _read_front_matter(front["fields"]) if front else {}
    text = read_markup(_render(body))
    if not text:
        raise ArticleError("The file has no text", "no_text", remedy="add the article's text, or remove the file")
    if not any(str(name).lower() in ("title", "headline") for name in fields):
        heading = _TITLE.match(body)
        fields |= {"title": heading["title"].rstrip(" #\r")} if heading else {}
    article = read_fields(fields, {}, text)
    return [Extracted(**article.as_dict() | {"key": None})]


def _read_front_matter(written: str) -> dict[str, Any]:
    """The fields of front matter: YAML, or one field per line if it is not valid YAML (`title: War: what next`)."""
    import yaml

    try:
        fields = yaml.load(written, Loader=yaml.BaseLoader)  # this loader makes only strings, lists and dicts
    except (yaml.YAMLError, RecursionError):
        fields = None
    if isinstance(fields, dict):
        return fields
    return {match["name"]: match["value"].strip("[]") for match in _FIELD.finditer(written)}


def _render(body: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(body))
