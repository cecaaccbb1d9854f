"""Reads pieces of HTML as text: a feed's entries, fields of JSON files, rendered Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from html import unescape
from typing import Any

from rag.formats.tables import flatten_tables
from rag.text.line_breaks import goes_on

_TAG = re.compile(
    r"</(?:p|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|blockquote|figure|figcaption|table|tr|td|th|script|style|article"
    r"|section|iframe|sup|sub|small|pre|code|cite|q|s|font|center)\s*>|<(?:p|br|hr|img)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
"""Tags that occur in HTML and hardly in plain text."""
_BLOCK_TAG = re.compile(r"<(?:p|div|br|li|h[1-6]|blockquote|table|tr|section|article)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_SHORTCODE = re.compile(r"\[(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:[\s=][^\[\]]{0,2000})?)\]")
_SHORTCODE_END = re.compile(r"\[/([A-Za-z][\w-]*)\]")
_EMBEDDED = re.compile(r"\[(embed|audio|video|playlist)\b[^\[\]]*\][^\[\]]*\[/\1\]")
"""A shortcode around the address of something to show."""
_OF_BLOCKS = frozenset("caption wp_caption gallery embed audio video playlist".split())
"""Shortcodes of WordPress itself that stand between paragraphs."""
_SILENT = frozenset(
    "script style noscript template svg math iframe object head form button select textarea del s strike".split()
)
"""Elements whose text is not read. What an editor struck out is not said any more."""
_LEAST_IN_FORM = 200
"""Least characters of the paragraphs in a form that is read. Newsletters are offered in fewer."""
_BLOCKS = frozenset(
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4"
    " h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul video audio".split()
)
"""Elements that begin and end a paragraph."""
_CELLS = ("td", "th")
_CELL_END = " | "
"""Separates the cells of a table row."""
_BREAK = "br"
_AROUND = 3
"""Number of elements around the markup that is read: html, body and div."""


def read_value(value: str) -> str:
    """Reads the text of a field that may hold HTML or plain text.

    Args:
        value: The field's text.

    Returns:
        The text without tags, entities and shortcodes. Plain text is returned as it is.
    """
    if not _TAG.search(value):
        plain = unescape(value) if _ENTITY.search(value) else value
        if not _TAG.search(plain):
            return plain
        value = plain  # the markup itself was escaped
    return read_markup(drop_shortcodes(value))


def read_line(value: str) -> str:
    """Reads the text of a title or a name that may hold HTML, as one line."""
    return " ".join(read_value(value).split()) if "<" in value or "&" in value else value


def read_markup(markup: str, *, is_loose: bool | None = None) -> str:
    """Reads the text of a piece of HTML.

    Args:
        markup: The HTML.
        is_loose: Whether line ends between the elements count, as in WordPress, where a blank line ends a paragraph.
            None means that they count if no tag begins a paragraph.

    Returns:
        Paragraphs, headings, list items and table rows, separated by blank lines.
    """
    from lxml.html import HTMLParser, document_fromstring

    if not markup.strip():
        return ""
    if is_loose is None:
        is_loose = not _BLOCK_TAG.search(markup)
    # By default lxml reads only 255 elements deep, and a page that never closes its elements would be cut there.
    parser = HTMLParser(huge_tree=True)
    tree = document_fromstring(f"<html><body><div>{markup}</div></body></html>", parser=parser)
    flatten_tables(tree)
    lines: list[str] = []
    for paragraph in _paragraphs(tree, is_loose):
        parts = _BLANK_LINE.split(paragraph) if is_loose else [paragraph]
        lines += ["\n".join(filter(None, (" ".join(line.split()) for line in part.split("\n")))) for part in parts]
    return "\n\n".join(filter(None, (line.removesuffix(_CELL_END.strip()).rstrip() for line in lines)))


def drop_shortcodes(markup: str) -> str:
    """Removes WordPress's shortcodes, such as `[gallery ids="1,2"]`; the words between two of them stay.

    What may be the author's words stays: a bracket without attributes and without an end, such as `[sic]`.
    """
    if "[" not in markup:
        return markup
    markup = _EMBEDDED.sub("\n\n", markup)
    ended = set(_SHORTCODE_END.findall(markup))

    def replacement(match: re.Match[str]) -> str:
        name, rest = match["name"], match["rest"]
        if name.lower() in _OF_BLOCKS or "_" in name:
            return "\n\n"
        return "" if match["end"] or name in ended or "=" in rest or rest.endswith("/") else match.group()

    return _SHORTCODE.sub(replacement, markup)


def _paragraphs(tree: Any, is_loose: bool) -> list[str]:
    """The text between the elements that begin or end a paragraph. Line ends that don't count are spaces."""
    from lxml.etree import iterwalk

    paragraphs: list[list[str]] = [[]]
    broken: set[int] = set()
    silent, depth = 0, 0

    def add(text: str | None) -> None:
        if text and not silent:
            paragraphs[-1].append(text if is_loose and depth <= _AROUND else text.replace("\n", " "))

    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        is_block = element.tag in _BLOCKS
        if event == "start":
            silent += _is_silent(element)
            if is_block:
                depth += 1
                broken |= {len(paragraphs)} if element.tag == _BREAK else set()
                paragraphs.append([])
            add(element.text)
        elif event == "end":
            silent -= _is_silent(element)
            if is_block:
                depth -= 1
                paragraphs += [] if element.tag == _BREAK else [[]]
            elif element.tag in _CELLS:
                add(_CELL_END)
        if event != "start":
            add(element.tail)
    return _joined(["".join(parts).strip() for parts in paragraphs], broken)


def _is_silent(element: Any) -> bool:
    """Whether the text of an element is not read. A form that has paragraphs is what a system puts around a page."""
    if element.tag == "form":
        return sum(len(paragraph.text_content()) for paragraph in element.iter("p")) < _LEAST_IN_FORM
    return element.tag in _SILENT


def _joined(paragraphs: Sequence[str], broken: Set[int]) -> list[str]:
    """The paragraphs; those behind a `<br>` inside a sentence are joined with the text before it."""
    joined: list[list[str]] = []
    for number, paragraph in enumerate(paragraphs):
        if number in broken and goes_on(joined[-1][-1], paragraph):
            joined[-1].append(paragraph)
        else:
            joined.append([paragraph])
    return [" ".join(parts) for parts in joined]
