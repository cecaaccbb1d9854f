"""Reads Markdown with front matter as text without markup. Runs in the worker.

Front matter is YAML, TOML (Hugo), JSON, or lines of `Name: value` (Pelican). The marks of Hugo, Jekyll and Obsidian
that CommonMark does not know are read as well, or left out.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.fields import name_plainly, read_fields
from rag.formats.markup import read_markup
from rag.text.decode import decode

_LINE_END = r"[ \t]*(?:\r?\n|\Z)"
_FRONT_MATTER = re.compile(
    rf"\A\s*(?:---{_LINE_END}(?P<yaml>.*?)^(?:---|\.\.\.){_LINE_END}|\+\+\+{_LINE_END}(?P<toml>.*?)^\+\+\+{_LINE_END}"
    rf"|(?P<json>\{{{_LINE_END}.*?^\}}){_LINE_END}"
    rf"|(?P<lines>(?:title|date|status|author|slug|tags|category|summary|modified):[^\n]*\n"
    rf"(?:[a-z][\w -]{{0,40}}:[^\n]*\n)*)\s*\n)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
"""The fields at the start of a file: between lines of dashes or plus signs, in braces, or before a blank line."""
_FIELD = re.compile(
    r"""^(?P<name>[A-Za-z][\w -]{0,40}?)[ \t]*[:=][ \t]*["']?(?P<value>.*?)["']?[ \t\r]*$""", re.MULTILINE
)
"""One field of front matter that is not valid YAML, TOML or JSON."""
_LONGEST_FRONT_MATTER = 64 * 1024
"""Most characters of a file in which front matter may end."""
_TITLE = re.compile(r"\A\s*# +(?P<title>[^\n]+)")
_MARKS = (
    (re.compile(r"\{\{[<%]\s*figure\b[^{}]*?\bcaption\s*=\s*\"([^\"{}]*)\"[^{}]*[>%]\}\}"), r"\n\n\1\n\n"),
    (re.compile(r"\{\{[<%][^{}]*[>%]\}\}|\{%[^{}]*%\}|\{\{[^{}\n]*\}\}"), ""),
    (re.compile(r"%%(?:[^%]|%(?!%)){0,20000}%%"), ""),
    (re.compile(r"!\[\[[^\[\]\n]*\]\]"), ""),
    (re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|#\n]+)[^\[\]|\n]*\]\]"), r"\1"),
    (re.compile(r"==(?=\S)([^=\n]+)(?<=\S)=="), r"\1"),
    (re.compile(r"(?<=\S)\[\^[^\]\s]{1,60}\](?!:)"), ""),
    (re.compile(r"^\[\^[^\]\s]{1,60}\]:[ \t]*", re.MULTILINE), r"\n"),
    (re.compile(r"^((?:[ \t]*>)+[ \t]*)\[![\w-]+\][+-]?[ \t]*([^\r\n]*)", re.MULTILINE), r"\1\2\n\1"),
    (re.compile(r"^([ \t]*(?:[-*+]|\d+[.)])[ \t]+)\[[ xX]\][ \t]+", re.MULTILINE), r"\1"),
    (re.compile(r"^(?:\{:[^}\n]*\}|:::[^\n]*|\[TOC\])[ \t\r]*$", re.MULTILINE), ""),
    (re.compile(r"^(#{1,6} [^\n]*?)[ \t]*\{#[^}\n]*\}[ \t\r]*$", re.MULTILINE), r"\1"),
)
"""Marks beyond CommonMark, and what stays of each: shortcodes, comments, links, highlights, notes, callouts, tasks."""


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
    fields = _read_front_matter(front) if front else {}
    body = written[front.end() :] if front and fields else written
    text = read_markup(_render(body))
    if not text:
        raise ArticleError("The file has no text", "no_text", remedy="add the article's text, or remove the file")
    if not {"title", "headline"} & name_plainly(fields).keys():
        heading = _TITLE.match(body)
        fields |= {"title": heading["title"].rstrip(" #\r")} if heading else {}
    article = read_fields(fields, {}, text)
    return [Extracted(**article.as_dict() | {"key": None})]


def _read_front_matter(front: re.Match[str]) -> dict[str, Any]:
    """The fields of front matter. What is not valid (`title: War: what next`) is read line by line."""
    import yaml

    (kind, written), *_ = ((kind, part) for kind, part in front.groupdict().items() if part is not None)
    try:
        if kind == "toml":
            fields = json.loads(json.dumps(tomllib.loads(written), default=str))  # dates become strings
        elif kind == "json":
            fields = json.loads(written)
        else:
            fields = yaml.load(written, Loader=yaml.BaseLoader)  # this loader makes only strings, lists and dicts
    except (yaml.YAMLError, RecursionError, ValueError):
        fields = None
    if isinstance(fields, dict):
        return fields
    return {match["name"]: match["value"].strip("[]") for match in _FIELD.finditer(written)}


def _render(body: str) -> str:
    from markdown_it import MarkdownIt

    for mark, rest in _MARKS:
        body = mark.sub(rest, body)
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(body))
