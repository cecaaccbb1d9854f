"""Tells the body of an article from what stands around it: headings, pull quotes, boilerplate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.core.article import Sentence
from rag.text.boilerplate import is_boilerplate_line, is_standard_sentence
from rag.text.english.datelines import DATE_LABELS, DATE_LINES
from rag.text.english.patterns import any_of, any_row
from rag.text.english.people import NAME_JOINTS, NAME_PARTICLES, NAME_PREPOSITIONS
from rag.text.fragments import is_fragment
from rag.text.sentences import Stretch, read_stretches, split_stretch

Role = Literal["body", "heading", "pull_quote", "boilerplate"]

_BYLINE = re.compile(
    r"(?:[Bb]y|BY) [A-ZÀ-Þ][\w.’'-]*"
    rf"(?:,? (?:&|{any_of(NAME_PARTICLES | NAME_JOINTS | NAME_PREPOSITIONS)}|[A-ZÀ-Þ\d|•–—-][\w.,:’'-]*)){{1,16}}"
)
_DATE_LINE = re.compile(any_row(DATE_LINES), re.IGNORECASE)
_CELLS = re.compile(r"[^|]\s?\|\s?[^|]")
_RULE = re.compile(r"[|:+=\s-]+")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_HEADING = 110
_MOST_HEADING_WORDS = 16
_MOST_QUESTION_WORDS = 8
"""A longer question by itself is a rhetorical one of the body."""
_MOST_REPEATS_LOOKED_FOR = 20
"""Each is a search of the whole text; keeps the work linear."""


def segment(text: str) -> tuple[Sentence, ...]:
    """The sentences of an article with their kinds, in order; see `split_sentences` for what holds of their offsets.

    A heading and a line of boilerplate are one `Sentence` each. Takes any string and time linear in its length.
    """
    stretches = read_stretches(text)
    sentences: list[Sentence] = []
    for stretch, role in zip(stretches, assign_roles(text, stretches), strict=True):
        if role in ("heading", "boilerplate"):
            sentences.append(Sentence(stretch.start, stretch.end, role))
            continue
        for sentence in split_stretch(text, stretch):
            if role == "pull_quote" and sentence.kind == "sentence":
                sentences.append(Sentence(sentence.start, sentence.end, "pull_quote"))
            elif is_standard_sentence(text[sentence.start : sentence.end]):
                sentences.append(Sentence(sentence.start, sentence.end, "boilerplate"))
            else:
                sentences.append(sentence)
    return tuple(sentences)


def assign_roles(text: str, stretches: Sequence[Stretch]) -> list[Role]:
    """What each stretch is. A text without any body has no headings and no pull quotes either: they are its body."""
    lines = [text[stretch.start : stretch.end] for stretch in stretches]
    roles: list[Role] = [_role_by_itself(line) for line in lines]
    _clear_lists(roles, stretches)
    _clear_tables(roles, lines)
    bodies = (number for number, role in enumerate(roles) if role == "body" and not _is_date_label(lines[number]))
    body = next(bodies, None)
    if body is None:
        return ["boilerplate" if role == "boilerplate" else "body" for role in roles]
    for number in range(body):
        line = lines[number]
        called = roles[number] == "heading" and (_BYLINE.fullmatch(line) or _DATE_LINE.fullmatch(line))
        if called or roles[number] == "body":
            roles[number] = "boilerplate"
    searches = _MOST_REPEATS_LOOKED_FOR
    for number in range(body, len(roles)):
        if roles[number] == "pull_quote":
            repeated = searches > 0 and _is_repeated(text, lines[number])
            searches -= 1
            roles[number] = "pull_quote" if repeated else "body"
    return roles


def _role_by_itself(line: str) -> Role:
    if is_boilerplate_line(line):
        return "boilerplate"
    if _is_heading(line):
        return "heading"
    return "pull_quote" if _is_quotation(line) else "body"


def _is_date_label(line: str) -> bool:
    """Whether the line says nothing but that this is the date: `date 2024-10-09`, as some scrapes begin."""
    label, _, rest = line.partition(" ")
    return label.rstrip(":") in DATE_LABELS and _DATE_LINE.fullmatch(rest) is not None


def _clear_lists(roles: list[Role], stretches: Sequence[Stretch]) -> None:
    """Short lines one below the other are a list and no headings, but for the block that the article opens with."""
    headings = [role == "heading" for role in roles]
    for number, stretch in enumerate(stretches):
        if not headings[number] or stretch.block == stretches[0].block:
            continue
        for neighbour in (number - 1, number + 1):
            if neighbour < len(roles) and headings[neighbour] and stretches[neighbour].block == stretch.block:
                roles[number] = "body"


def _clear_tables(roles: list[Role], lines: Sequence[str]) -> None:
    """Rows of cells one below the other are a table and no headings; the line that rules it says nothing."""
    are_rows = [_CELLS.search(line) is not None for line in lines]
    for number, line in enumerate(lines):
        beside = are_rows[number + 1 : number + 2] + are_rows[max(0, number - 1) : number]
        if "|" in line and "-" in line and _RULE.fullmatch(line):
            roles[number] = "boilerplate"
        elif roles[number] == "heading" and are_rows[number] and any(beside):
            roles[number] = "body"


def _is_heading(line: str) -> bool:
    """A short line that begins like a sentence and does not end like one."""
    if len(line) > _LONGEST_HEADING or line[0].islower() or line[0] in "-–—*•·▪►‣◦>#@([":
        return False
    if not _LETTER.search(line):
        return _DATE_LINE.fullmatch(line) is not None
    words = len(line.split())
    last = line.rstrip("\"”’'»)] \r\n")[-1:]
    if words > _MOST_HEADING_WORDS or last in ("", *".!…:;,—–-") or ("?" in line and words > _MOST_QUESTION_WORDS):
        return False
    return not is_fragment(line, opens_paragraph=True, lost_stop=False, cased=True)


def _is_quotation(line: str) -> bool:
    """Whether all of the line is one quotation, with nobody named who said it."""
    first, last = line[0], line[-1]
    if first == last == '"':
        return line.count('"') == 2
    return (first, last) in (("“", "”"), ("«", "»"), ("„", "“")) and line.count(first) == 1 and line.count(last) == 1


def _is_repeated(text: str, quotation: str) -> bool:
    words = quotation.strip('"“”«»„ \r\n.,')
    return len(words) >= 20 and text.find(words, text.find(words) + 1) >= 0
