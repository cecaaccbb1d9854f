"""Pairs quotation marks: finds where each quotation of a text begins and ends.

An opening mark stands before a word, after white space or an opening bracket; other straight marks close. A quotation
that is not closed ends with its paragraph. If the next paragraph opens with a mark again, it goes on there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"[“”„«»\"]|''|``|‘(?=\w)|’(?!\w)")
_MARK_AHEAD = re.compile(rf"\s*({_MARK.pattern})")
_ALWAYS_OPEN = frozenset("“„«‘") | {"``"}
_ALWAYS_CLOSE = frozenset("”»’")
_FRACTIONS = "½¼¾⅓⅔⅛⅜⅝⅞"
_INCH = re.compile(rf"(?<=[\d{_FRACTIONS}])(?:[”\"]|'')(?!\w|(?<=')')|(?<=\d)[”\"](?=x\d)")
_FEET = re.compile(rf"\d[’']\s?\d{{1,2}}[{_FRACTIONS}]?[”\"]\Z")
_DOUBLE = re.compile(r"[“”\"]")
_MARK_OR_LINE_END = re.compile(r"[“”\"\n]|''")
_LONGEST_HEIGHT = 10
"""Characters before an inch mark that are searched for feet."""
_BEFORE_OPENING = re.compile(r"(?:^|[\s(\[—–:-])\Z")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation within one paragraph.

    Attributes:
        start: Offset of its opening mark in the text, in characters.
        end: Offset after its closing mark; the paragraph's end if it is not closed.
        goes_on: Whether it continues in the next paragraph.
    """

    start: int
    end: int
    goes_on: bool


def find_quotations(text: str, start: int = 0, end: int | None = None) -> tuple[Quotation, ...]:
    """Finds the quotations of a text, in time linear in the length of what is searched.

    A quotation inside another one is a part of it.

    Args:
        text: Any string.
        start: Start offset of what is searched, in characters. Quotations of all paragraphs that it touches are found.
        end: End offset, exclusive; None for the end of the text.

    Returns:
        The quotations, in order; they don't overlap.
    """
    until = len(text) if end is None else end
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text, text.rfind("\n", 0, start) + 1):
        if paragraph.start() > until:
            break
        found += _in_paragraph(text, *paragraph.span())
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: list[re.Match[str]] = []
    inch_marks = _inch_marks(text, start, end)
    for mark in _MARK.finditer(text, start, end):
        if mark.start() in inch_marks:
            continue
        if _is_opening(text, mark, start, is_inside=bool(opened)):
            opened.append(mark)
        elif place := next((n for n in range(len(opened), 0, -1) if _closes(mark, opened[n - 1])), None):
            begun = opened[place - 1].start()
            del opened[place - 1 :]
            if not opened:
                found.append(Quotation(begun, mark.end(), goes_on=False))
    marks = [mark for mark in opened if mark.group() != "‘"]
    if marks:
        found.append(Quotation(marks[0].start(), end, goes_on=_opens(text, end)))
    return found


def _closes(mark: re.Match[str], opening: re.Match[str]) -> bool:
    return (mark.group() == "’") == (opening.group() == "‘")


def _is_opening(text: str, mark: re.Match[str], start: int, *, is_inside: bool) -> bool:
    if mark.group() in _ALWAYS_OPEN or mark.group() in _ALWAYS_CLOSE:
        return mark.group() in _ALWAYS_OPEN
    before = _BEFORE_OPENING.search(text[max(start, mark.start() - 1) : mark.start()]) is not None
    after = text[mark.end() : mark.end() + 1]
    return not is_inside and before and bool(after) and not after.isspace()


def _opens(text: str, place: int) -> bool:
    """Whether the next words behind a place begin with an opening mark."""
    mark = _MARK_AHEAD.match(text, place)
    return mark is not None and mark[1] not in _ALWAYS_CLOSE


def _inch_marks(text: str, start: int, end: int) -> set[int]:
    """Offsets of the marks behind digits that close no quotation: `"The 27" screen is new," she said.`

    Such a mark stands behind feet (`6'2"`), or the next mark of the line that is not behind a digit closes a quotation
    too: without an opening one between them, only one of both can.
    """
    found: set[int] = set()
    is_closed_later, next_curly = False, ""
    for mark in reversed(list(_MARK_OR_LINE_END.finditer(text, start, end))):
        is_in_curly = mark.group() == '"' and next_curly == "”"
        next_curly = mark.group() if mark.group() in "“”\n" else next_curly
        if not _INCH.match(text, mark.start()):
            is_closed_later = _is_closing(text, mark)
        elif (
            is_closed_later or is_in_curly or _FEET.search(text, max(start, mark.start() - _LONGEST_HEIGHT), mark.end())
        ):
            found.add(mark.start())
    return found


def _is_closing(text: str, mark: re.Match[str]) -> bool:
    before, after = text[max(0, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
    return mark.group() not in "“\n" and bool(before) and not before.isspace() and not after.isalnum()


def without_inch_marks(text: str, start: int, end: int) -> str:
    """Puts a space for each inch mark in `text[start:end]`, so that it is not taken for a quotation mark.

    A mark behind a digit is also one if no quotation is open before it.

    Args:
        text: The text.
        start: Start offset, in characters, where no quotation is open.
        end: End offset, exclusive.

    Returns:
        A text of the same length.
    """
    if _INCH.search(text, start, end) is None:
        return text
    kept, is_open = list(text[start:end]), False
    inch_marks = _inch_marks(text, start, end)
    for mark in _DOUBLE.finditer(text, start, end):
        if mark.start() in inch_marks or (not is_open and _INCH.match(text, mark.start())):
            kept[mark.start() - start] = " "
        else:
            is_open = mark.group() == "“" or (mark.group() == '"' and not is_open)
    return f"{text[:start]}{''.join(kept)}{text[end:]}"
