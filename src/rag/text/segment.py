"""Splits an article into sentences, and distinguishes the body from headings, pull quotes and boilerplate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.core.article import Sentence
from rag.text.boilerplate import is_boilerplate_line, is_standard_sentence
from rag.text.captions import without_labels
from rag.text.english.datelines import DATE_LABELS, DATE_LINES, DATELINE
from rag.text.english.patterns import any_of, any_row
from rag.text.english.people import NAME_JOINTS, NAME_PARTICLES, NAME_PREPOSITIONS
from rag.text.fragments import is_fragment
from rag.text.sentences import Stretch, read_stretches, split_stretch

Role = Literal["body", "heading", "pull_quote", "boilerplate"]
"""What a stretch of an article is."""

_BYLINE = re.compile(
    r"(?:[Bb]y|BY) [A-ZÀ-Þ][\w.’'-]*"
    rf"(?:,? (?:&|{any_of(NAME_PARTICLES | NAME_JOINTS | NAME_PREPOSITIONS)}|[A-ZÀ-Þ\d|•–—-][\w.,:’'-]*)){{1,16}}"
)
_DATE_LINE = re.compile(any_row(DATE_LINES), re.IGNORECASE)
_DATELINE_ALONE = re.compile(DATELINE)
_DATELINE = re.compile(rf"(?:{DATELINE})(?:\s?[-–—]+\s.*)?")
"""A line that is a dateline, or begins with one and goes on behind a dash."""
_CELLS = re.compile(r"[^|]\s?\|\s?[^|]")
_RULE = re.compile(r"[|:+=\s-]+")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_HEADING = 110
"""Longest heading, in characters."""
_MOST_HEADING_WORDS = 16
"""Longest heading, in words."""
_MOST_QUESTION_WORDS = 8
"""Longest heading with a question mark, in words. A longer question is a rhetorical question of the body."""
_MOST_REPEATS_LOOKED_FOR = 20
"""Most quotations that are searched for in the whole text. It keeps the time linear."""


def segment(text: str) -> tuple[Sentence, ...]:
    """Splits an article into sentences and finds the kind of each, in time linear in the text's length.

    Args:
        text: The article's text; any string.

    Returns:
        The sentences, in order. They don't overlap and have no outer white space, and together they cover all text that
        is not white space. A heading and a line of boilerplate are one `Sentence` each.
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
            elif sentence.kind == "sentence" and _DATELINE_ALONE.fullmatch(text, sentence.start, sentence.end):
                sentences.append(Sentence(sentence.start, sentence.end, "fragment"))
            elif is_standard_sentence(text[sentence.start : sentence.end]):
                sentences.append(Sentence(sentence.start, sentence.end, "boilerplate"))
            else:
                sentences.append(sentence)
    return tuple(without_labels(text, sentences))


def assign_roles(text: str, stretches: Sequence[Stretch]) -> list[Role]:
    """Finds the role of each stretch.

    Args:
        text: The article's text.
        stretches: Its stretches, in order.

    Returns:
        One role per stretch. If no stretch is body, headings and pull quotes become the body.
    """
    lines = [text[stretch.start : stretch.end] for stretch in stretches]
    roles: list[Role] = [_role_by_itself(line) for line in lines]
    _clear_lists(roles, stretches, lines)
    _clear_tables(roles, lines)
    bodies = (number for number, role in enumerate(roles) if role == "body" and not _is_date_label(lines[number]))
    body = next(bodies, None)
    if body is None:
        return ["boilerplate" if role == "boilerplate" else "body" for role in roles]
    for number in range(body):
        line = lines[number]
        if roles[number] == "body" or (roles[number] == "heading" and _tells_when_or_by_whom(line)):
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
    """Whether the line is only a labelled date: `date 2024-10-09`. Some scrapes begin with one."""
    label, _, rest = line.partition(" ")
    return label.rstrip(":") in DATE_LABELS and _DATE_LINE.fullmatch(rest) is not None


def _tells_when_or_by_whom(line: str) -> bool:
    """Whether the line states the date or the authors."""
    return bool(_BYLINE.fullmatch(line) or _DATE_LINE.fullmatch(line))


def _clear_lists(roles: list[Role], stretches: Sequence[Stretch], lines: Sequence[str]) -> None:
    """Makes consecutive short lines body, because they are a list and not headings.

    The first block is left alone, and so are the lines before the body that state date and authors.
    """
    front = next((number for number, role in enumerate(roles) if role == "body"), len(roles))
    headings = [
        role == "heading" and not (number < front and _tells_when_or_by_whom(lines[number]))
        for number, role in enumerate(roles)
    ]
    for number, stretch in enumerate(stretches):
        if not headings[number] or stretch.block == stretches[0].block:
            continue
        for neighbour in (number - 1, number + 1):
            if neighbour < len(roles) and headings[neighbour] and stretches[neighbour].block == stretch.block:
                roles[number] = "body"


def _clear_tables(roles: list[Role], lines: Sequence[str]) -> None:
    """Makes consecutive rows of cells body, because they are a table. The ruling line of a table is boilerplate."""
    are_rows = [_CELLS.search(line) is not None for line in lines]
    for number, line in enumerate(lines):
        beside = are_rows[number + 1 : number + 2] + are_rows[max(0, number - 1) : number]
        if "|" in line and "-" in line and _RULE.fullmatch(line):
            roles[number] = "boilerplate"
        elif roles[number] == "heading" and are_rows[number] and any(beside):
            roles[number] = "body"


def _is_heading(line: str) -> bool:
    """Whether a short line begins like a sentence and does not end like one."""
    if len(line) > _LONGEST_HEADING or line[0].islower() or line[0] in "-–—*•·▪►‣◦>#@([":
        return False
    if not _LETTER.search(line):
        return _DATE_LINE.fullmatch(line) is not None
    if _DATELINE.fullmatch(line.rstrip()):
        return False
    words = len(line.split())
    last = line.rstrip("\"”’'»)] \r\n")[-1:]
    if words > _MOST_HEADING_WORDS or last in ("", *".!…:;,—–-") or ("?" in line and words > _MOST_QUESTION_WORDS):
        return False
    return not is_fragment(line, opens_paragraph=True, lost_stop=False, cased=True)


def _is_quotation(line: str) -> bool:
    """Whether the whole line is one quotation."""
    first, last = line[0], line[-1]
    if first == last == '"':
        return line.count('"') == 2
    return (first, last) in (("“", "”"), ("«", "»"), ("„", "“")) and line.count(first) == 1 and line.count(last) == 1


def _is_repeated(text: str, quotation: str) -> bool:
    words = quotation.strip('"“”«»„ \r\n.,')
    return len(words) >= 20 and text.find(words, text.find(words) + 1) >= 0
