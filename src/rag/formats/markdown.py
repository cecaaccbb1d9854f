"""Markdown with front matter: the words without the markup; runs in the worker."""

from __future__ import annotations

import re
from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.fields import read_fields
from rag.formats.html import read_markup
from rag.text.decode import decode

_FRONT_MATTER = re.compile(
    r"\A\s*---[ \t]*\r?\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"""^(?P<name>[A-Za-z][\w -]{0,40}):[ \t]*["']?(?P<value>.*?)["']?[ \t]*$""", re.MULTILINE)
_LONGEST_FRONT_MATTER = 64 * 1024
_TITLE = re.compile(r"\A\s*# +(?P<title>[^\n]+)")


def extract(data: bytes) -> list[Extracted]:
    """The article of a Markdown file. Raises ArticleError where it has no text."""
    written = decode(data)
    front = _FRONT_MATTER.match(written, 0, _LONGEST_FRONT_MATTER)
    body = written[front.end() :] if front else written
    fields = _read_front_matter(front["fields"]) if front else {}
    text = read_markup(_render(body))
    if not text:
        raise ArticleError("The file has no text", "no_text", remedy="put the article's text into it or take it away")
    if not any(str(name).lower() in ("title", "headline") for name in fields):
        heading = _TITLE.match(body)
        fields |= {"title": heading["title"].rstrip(" #\r")} if heading else {}
    article = read_fields(fields, {}, text)
    return [Extracted(**article.as_dict() | {"key": None})]


def _read_front_matter(written: str) -> dict[str, Any]:
    """The fields of front matter: YAML, or where it is none (`title: War: what next`), a field a line."""
    import yaml

    try:
        fields = yaml.load(written, Loader=yaml.BaseLoader)  # every value is a string, and no object is made
    except (yaml.YAMLError, RecursionError):
        fields = None
    if isinstance(fields, dict):
        return fields
    return {match["name"]: match["value"].strip("[]") for match in _FIELD.finditer(written)}


def _render(body: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(body))
