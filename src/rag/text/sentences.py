"""Splits text into sentences with their offsets, also where a scrape glued sentences together.

sentencex finds the boundaries at white space. It gets the text with quotation marks replaced by spaces, because it does
not split inside quotations and is not linear in their number. `rag.text.glued_sentences` finds the boundaries that lost
their white space, and `rag.text.fragments` decides which sentences are fragments. The text itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import sentencex

from rag.core.article import Sentence, SentenceKind
from rag.text.english.calendar import WEEKDAYS, ZONES
from rag.text.english.numbers import NUMBER_WORD
from rag.text.english.patterns import any_of, capitalised, in_either_case
from rag.text.english.scraps import ALSO_WORDS, BEFORE_NUMBERS
from rag.text.english.units import CURRENCY_SIGN
from rag.text.fragments import is_fragment
from rag.text.glued_sentences import Cut, Quotes, find_lost_boundaries, find_separators, is_title_before
from rag.text.line_breaks import BULLET, LONG_LINE, STOPS, goes_on

_BLANKED = '"“”„‟«»‹›「」『』《》\n\r\v\f\x85\u2028\u2029\0'
"""Quotation marks and line ends that are replaced by spaces for sentencex."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NEWLINE = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])[.)]")
_WORD = re.compile(r"[^\W_]")
_IN_BRACKETS = re.compile(r"(?:(?<![\w-])[a-z]{2,}|\([A-Z][a-z]+)[.!?][\"”’']*\)(?=\s+[A-Z\"“])")
_CLOCK_TIME = re.compile(r"[ap]\.?m\.\Z", re.IGNORECASE)
_REST_OF_TIME = re.compile(rf"\s+(?:{ZONES}|{any_of(capitalised(WEEKDAYS))})\b")
_CLOSING, _OPENING = "[\"”’')]*", "[\"“‘'(]*"
_ENDS_WITH_WORD = re.compile(
    rf"(?<![\w.-])(?:{any_of(ALSO_WORDS)}\.{_CLOSING}(?=\s+{_OPENING}(?:[A-Z][a-z’']|[AI]\s))"
    r"|(?<=[Ii]n )May\.(?=\s+\d))"
)
"""A word that sentencex takes for an abbreviation, at the end of a sentence."""
_BEFORE_NUMBER = re.compile(rf"(?<![\w.]){in_either_case(BEFORE_NUMBERS)}\.\Z")
_NUMBER = re.compile(rf"\s+(?:[(~<>≤≥≈±+−-]|{CURRENCY_SIGN})*\s?(?:\d|[VX]\b|[IVXLC]{{2,}}\b|{NUMBER_WORD}\b)")
_SAFE_CUT = re.compile(r"(?<=[a-z,]) (?=[a-z])")
_QUOTES = "\"“”„«»‘’'"
_HARD_BREAK = re.compile(r"\\(?=\r?\n)|(?<=\S) {2,}(?=\r?\n)")
"""A line break of Markdown: a backslash or two spaces at the end of a line."""
_LONGEST_ABBREVIATION = 10
"""Characters before a stop that are searched for an abbreviation."""
_WRAP_WIDTH = 100
"""Greatest width of wrapped lines, in characters. A text with a longer line is not wrapped."""
_MOST_AT_ONCE = 10_000
"""Characters that sentencex gets at once, to bound its work. A portion may be up to twice as long."""


class Cutout(NamedTuple):
    """The text between two boundaries.

    Attributes:
        start: Start offset in the piece, in characters.
        end: End offset, exclusive.
        lost_stop: Whether its full stop is missing, as in `Cut`.
    """

    start: int
    end: int
    lost_stop: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph or a separate line.

    Attributes:
        start: Start offset in the text, in characters.
        end: End offset, exclusive.
        block: Number of its block; blank lines separate blocks.
    """

    start: int
    end: int
    block: int


def split_sentences(text: str) -> list[Sentence]:
    """Splits a text into sentences and fragments, in time linear in its length.

    Args:
        text: Any string.

    Returns:
        The sentences, in order. They don't overlap and have no outer white space, and together they cover all text that
        is not white space. Separators (`***`) have the kind `boilerplate`.
    """
    return [sentence for stretch in read_stretches(text) for sentence in split_stretch(text, stretch)]


def read_stretches(text: str) -> list[Stretch]:
    """Splits a text into paragraphs. A blank line ends one, and so does a line end that is not a wrap.

    Args:
        text: Any string.

    Returns:
        The paragraphs, in order.
    """
    lines = list(_read_lines(text))
    width = _wrap_width(lines)
    stretches: list[Stretch] = []
    for number, (start, end, block) in enumerate(lines):
        if stretches and stretches[-1].block == block and _continues(text, lines[number - 1], (start, end), width):
            stretches[-1] = Stretch(stretches[-1].start, end, block)
        else:
            stretches.append(Stretch(start, end, block))
    return stretches


def split_stretch(text: str, stretch: Stretch) -> list[Sentence]:
    """Splits one stretch into sentences, as `split_sentences` does.

    Args:
        text: The whole text.
        stretch: A stretch of it.

    Returns:
        The sentences, in order, with offsets in the whole text.
    """
    piece = text[stretch.start : stretch.end]
    quotes = Quotes(piece)
    separators = frozenset(find_separators(piece))
    cuts = {position: Cut(position, lost_stop=False) for position in _find_spaced_boundaries(piece, quotes)}
    cuts |= {position: Cut(position, lost_stop=False) for separator in separators for position in separator}
    cuts |= {cut.position: cut for cut in find_lost_boundaries(piece, quotes)}
    cased = not piece.islower()
    sentences: list[Sentence] = []
    for start, end, lost_stop in _join_wordless(piece, _trim(piece, sorted(cuts.values())), separators):
        kind: SentenceKind = "sentence"
        if (start, end) in separators:
            kind = "boilerplate"
        elif is_fragment(piece[start:end], opens_paragraph=start == 0, lost_stop=lost_stop, cased=cased):
            kind = "fragment"
        sentences.append(Sentence(stretch.start + start, stretch.start + end, kind))
    return sentences


def _read_lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Yields start, end and block number of each line that is not blank, without outer white space."""
    block, previous = 0, 0
    for match in _LINE.finditer(text):
        line = match.group()
        trimmed = line.strip()
        if not trimmed:
            continue
        start = match.start() + line.index(trimmed[0])
        if match.start() - previous > 1 and len(_NEWLINE.findall(text, previous, match.start())) > 1:
            block += 1
        yield start, start + len(trimmed), block
        previous = match.end()


def _wrap_width(lines: list[tuple[int, int, int]]) -> int:
    """The width at which the lines are wrapped, in characters; 0 if a line end ends a paragraph."""
    lengths = [end - start for start, end, _ in lines]
    width = max(lengths, default=0)
    if width > _WRAP_WIDTH or sum(length > 0.75 * width for length in lengths) < 4:
        return 0
    return width


def _continues(text: str, before: tuple[int, int, int], line: tuple[int, int], width: int) -> bool:
    """Whether the line continues the paragraph of the line before it."""
    words = text[line[0] : line[1]]
    if not _WORD.search(words):
        return all(character in _QUOTES + ")]." for character in words)
    if BULLET.match(words):
        return False
    length = before[1] - before[0]
    if width and length + 1 + len(words.split(None, 1)[0]) > width:
        return True
    end = before[1] - (text[before[1] - 1] == "\\")
    if _HARD_BREAK.match(text, end):
        return goes_on(text[before[0] : end].rstrip(), words)
    return words[0].islower() and length >= LONG_LINE and text[before[1] - 1] not in STOPS


def _find_spaced_boundaries(piece: str, quotes: Quotes) -> Iterator[int]:
    """Yields where sentences end before white space, after the stop and the closing quotation marks and brackets."""
    if ")" in piece:
        yield from (match.end() for match in _IN_BRACKETS.finditer(piece))
    yield from (match.end() for match in _ENDS_WITH_WORD.finditer(piece))
    blanked = piece.replace("’", "'").replace("‘", "'")
    for mark in _BLANKED:
        blanked = blanked.replace(mark, " ")
    if not blanked.isascii():
        blanked = _LONE_SURROGATE.sub("x", blanked)
    start = 0
    while start < len(piece):
        end = _end_of_portion(piece, start)
        for boundary in sentencex.get_sentence_boundaries("en", blanked[start:end])[:-1]:
            position = _after_stop(piece, start + boundary["end_index"], quotes)
            if piece[position : position + 1].isspace() and not _is_inside_sentence(piece, position):
                yield position
        start = end


def _end_of_portion(piece: str, start: int) -> int:
    """The end of what sentencex gets at once: between two lower-case words, where no boundary can be."""
    if len(piece) - start <= _MOST_AT_ONCE:
        return len(piece)
    middle = start + _MOST_AT_ONCE
    safe = _SAFE_CUT.search(piece, middle, middle + _MOST_AT_ONCE)
    return safe.end() if safe else min(middle + _MOST_AT_ONCE, len(piece))


def _after_stop(piece: str, position: int, quotes: Quotes) -> int:
    """Moves from a place between two sentences to the end of the first one, after its closing quotation marks."""
    while position > 0 and (piece[position - 1].isspace() or piece[position - 1] in _QUOTES):
        position -= 1
    position = quotes.skip_closers(position)
    lone = position
    while lone < len(piece) and piece[lone].isspace():
        lone += 1
    if piece[lone : lone + 1] == '"' and not piece[lone + 1 : lone + 2].strip() and quotes.closes(lone):
        return lone + 1
    return position


def _is_inside_sentence(piece: str, position: int) -> bool:
    """Whether the boundary at `position` is an error of sentencex: a title, a clock time, `"Why?" he asked`."""
    stop = position - 1
    while stop > 0 and piece[stop] in _QUOTES + ")]":
        stop -= 1
    following = piece[position : position + 40]
    first = following.lstrip().lstrip(_QUOTES + "([")[:1]
    if first.islower() and (stop < position - 1 or piece[stop] == "…" or piece[stop - 1 : stop + 1] == ".."):
        return True
    if _CLOCK_TIME.search(piece, max(0, stop - 4), stop + 1):
        return _REST_OF_TIME.match(following) is not None
    if _BEFORE_NUMBER.search(piece, max(0, stop - _LONGEST_ABBREVIATION), stop + 1) and _NUMBER.match(following):
        return True
    return is_title_before(piece, stop)


def _trim(piece: str, cuts: list[Cut]) -> Iterator[Cutout]:
    """Yields the text between the cuts, without outer white space. Empty ones are left out."""
    start = 0
    for end, lost_stop in [*cuts, Cut(len(piece), lost_stop=False)]:
        words = piece[start:end].strip()
        if words:
            start = piece.index(words[0], start)
            yield Cutout(start, start + len(words), lost_stop)
        start = end


def _join_wordless(piece: str, cutouts: Iterable[Cutout], separators: frozenset[tuple[int, int]]) -> list[Cutout]:
    """Joins stray punctuation to the sentence before it, or else to the next one, and enumerators to the next one."""
    joined: list[Cutout] = []
    open_ended = False
    for cutout in cutouts:
        is_separator = cutout[:2] in separators
        wordless = not is_separator and not _WORD.search(piece, cutout.start, cutout.end)
        if joined and not is_separator and (open_ended or (wordless and joined[-1][:2] not in separators)):
            joined[-1] = Cutout(joined[-1].start, cutout.end, cutout.lost_stop)
            open_ended = open_ended and wordless
        else:
            joined.append(cutout)
            open_ended = wordless or _ENUMERATOR.fullmatch(piece, cutout.start, cutout.end) is not None
    return joined
