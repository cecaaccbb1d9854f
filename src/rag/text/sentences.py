"""Splits text into sentences, also where a scrape glued them together, and says where each one stands.

sentencex finds the boundaries that white space marks; it sees the text with quotation marks blanked out, because it
would neither split inside a quotation nor stay linear among many. `rag.text.glued_sentences` finds the boundaries whose
white space is lost, and `rag.text.fragments` tells what the scrape cut off. The text itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import sentencex

from rag.core.article import Sentence, SentenceKind
from rag.text.english.calendar import WEEKDAYS, ZONES
from rag.text.english.patterns import any_of, capitalised
from rag.text.fragments import is_fragment
from rag.text.glued_sentences import Cut, Quotes, find_lost_boundaries, find_separators, is_title_before

_BLANKED = '"“”„‟«»‹›「」『』《》\n\r\v\f\x85\u2028\u2029\0'
"""Quotation marks and line ends: spaces to sentencex."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NEWLINE = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[-–—*•·▪►‣◦>]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])[.)]")
_WORD = re.compile(r"[^\W_]")
_IN_BRACKETS = re.compile(r"(?:(?<![\w-])[a-z]{2,}|\([A-Z][a-z]+)[.!?][\"”’']*\)(?=\s+[A-Z\"“])")
_CLOCK_TIME = re.compile(r"[ap]\.?m\.\Z", re.IGNORECASE)
_REST_OF_TIME = re.compile(rf"\s+(?:{ZONES}|{any_of(capitalised(WEEKDAYS))})\b")
_SAFE_CUT = re.compile(r"(?<=[a-z,]) (?=[a-z])")
_QUOTES = "\"“”„«»‘’'"
_WRAP_WIDTH = 100
"""Lines longer than this, in characters, were not wrapped by hand."""
_MOST_AT_ONCE = 10_000
"""How much text sentencex gets at once, in characters, to bound its work whatever the text."""


class Cutout(NamedTuple):
    """What stands between two boundaries, `piece[start:end]`; `lost_stop` as in `Cut`."""

    start: int
    end: int
    lost_stop: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, or a line by itself, at `text[start:end]`; `block` numbers what blank lines separate."""

    start: int
    end: int
    block: int


def split_sentences(text: str) -> list[Sentence]:
    """The sentences and fragments of a text, in order, without overlap, trimmed of outer white space.

    Together they cover all of the text that is not white space. Separators (`***`) have the kind `boilerplate`.
    Offsets are half-open in characters of `text`. Takes any string and time linear in its length.
    """
    return [sentence for stretch in read_stretches(text) for sentence in split_stretch(text, stretch)]


def read_stretches(text: str) -> list[Stretch]:
    """The paragraphs of a text, in order: what blank lines, or line ends that are no wraps, separate."""
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
    """The sentences of one stretch; see `split_sentences`."""
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
    """Start, end and block number of each line that is not blank, trimmed."""
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
    """The width that the text's lines are wrapped at, in characters; 0 where a line end ends a paragraph."""
    lengths = [end - start for start, end, _ in lines]
    width = max(lengths, default=0)
    if width > _WRAP_WIDTH or sum(length > 0.75 * width for length in lengths) < 4:
        return 0
    return width


def _continues(text: str, before: tuple[int, int, int], line: tuple[int, int], width: int) -> bool:
    """Whether the line goes on with the paragraph of the line before it."""
    words = text[line[0] : line[1]]
    if not _WORD.search(words):
        return all(character in _QUOTES + ")]." for character in words)
    if _BULLET.match(words):
        return False
    length = before[1] - before[0]
    if width and length + 1 + len(words.split(None, 1)[0]) > width:
        return True
    return words[0].islower() and length >= 40 and text[before[1] - 1] not in '.!?…:;"”)'


def _find_spaced_boundaries(piece: str, quotes: Quotes) -> Iterator[int]:
    """Where sentences end before white space: after the stop and the closing quotes and brackets that follow it."""
    if ")" in piece:
        yield from (match.end() for match in _IN_BRACKETS.finditer(piece))
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
    """Where to cut what sentencex gets at once: between two lower-case words, which no boundary separates."""
    if len(piece) - start <= _MOST_AT_ONCE:
        return len(piece)
    middle = start + _MOST_AT_ONCE
    safe = _SAFE_CUT.search(piece, middle, middle + _MOST_AT_ONCE)
    return safe.end() if safe else min(middle + _MOST_AT_ONCE, len(piece))


def _after_stop(piece: str, position: int, quotes: Quotes) -> int:
    """From anywhere between two sentences to the end of the first, its closing quotes included."""
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
    """Whether sentencex is wrong about the boundary at `position`: titles, clock times, `"Why?" he asked`."""
    stop = position - 1
    while stop > 0 and piece[stop] in _QUOTES + ")]":
        stop -= 1
    following = piece[position : position + 40]
    first = following.lstrip().lstrip(_QUOTES + "([")[:1]
    if first.islower() and (stop < position - 1 or piece[stop] == "…" or piece[stop - 1 : stop + 1] == ".."):
        return True
    if _CLOCK_TIME.search(piece, max(0, stop - 4), stop + 1):
        return _REST_OF_TIME.match(following) is not None
    return is_title_before(piece, stop)


def _trim(piece: str, cuts: list[Cut]) -> Iterator[Cutout]:
    """What the cuts leave of the piece, without outer white space; nothing for a cutout of white space alone."""
    start = 0
    for end, lost_stop in [*cuts, Cut(len(piece), lost_stop=False)]:
        words = piece[start:end].strip()
        if words:
            start = piece.index(words[0], start)
            yield Cutout(start, start + len(words), lost_stop)
        start = end


def _join_wordless(piece: str, cutouts: Iterable[Cutout], separators: frozenset[tuple[int, int]]) -> list[Cutout]:
    """Gives stray punctuation to the sentence before it, or after it where none is before; enumerators to the next."""
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
