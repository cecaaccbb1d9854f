"""Which line ends end a paragraph: those behind short lines, before bullets, and not those of wrapped text."""

from __future__ import annotations

import pytest

from rag.text.sentences import read_stretches

FIRST = "The talks between the two ended at eight"
"""40 characters."""


def stretches(text: str) -> list[str]:
    return [text[stretch.start : stretch.end] for stretch in read_stretches(text)]


@pytest.mark.parametrize(
    ("first", "second", "goes_on"),
    [
        (FIRST, "and went on in Rome.", True),
        (FIRST[:-1], "and went on in Rome.", False),  # a line of 39 characters may be a title
        (FIRST, "And went on in Rome.", False),
        (FIRST, "- and went on in Rome.", False),
        (FIRST, "2. went on in Rome.", False),
        (FIRST, "a) went on in Rome.", False),
        *((FIRST + stop, "and went on in Rome.", False) for stop in '.!?…:;"”)'),
        *((FIRST + stop, "and went on in Rome.", True) for stop in ",X-"),
        *((FIRST[:-1] + stop + "t", "and went on in Rome.", True) for stop in ".:"),
        *(("Rome", mark, True) for mark in ('"', "”", ")", "].", "’")),
        *(("Rome", mark, False) for mark in ("***", "---", '"*')),
    ],
)
@pytest.mark.parametrize("before", ["", "War scenarios\n", "War scenarios\n\n"])
def test_whether_a_line_goes_on_with_the_line_before_it(before: str, first: str, second: str, goes_on: bool) -> None:
    heading = [before.strip()] if before else []
    expected = [f"{first}\n{second}"] if goes_on else [first, second]
    assert stretches(f"{before}{first}\n{second}") == heading + expected


def wrapped(width: int, last: str, lines: int = 4) -> str:
    """Lines of one width, which break before capitals, and one more."""
    return "\n".join(["A" + "b" * (width - 1)] * lines + [last, "Cdef went on.", "The end."])


def test_in_wrapped_text_a_line_goes_on_where_the_next_word_did_not_fit() -> None:
    full = wrapped(20, "X" * 16)  # the word and a space would have made it 21
    assert stretches(full) == [full[:-9], "The end."]
    short = wrapped(20, "X" * 15)
    assert stretches(short) == [short[:-23], "Cdef went on.", "The end."]


def test_text_is_wrapped_if_four_lines_are_nearly_as_long_as_the_longest() -> None:
    assert len(stretches(wrapped(20, "X" * 16, lines=3))) == 2  # the last is the fourth
    assert len(stretches(wrapped(20, "X" * 15, lines=3))) == 6
    assert len(stretches(wrapped(100, "X" * 96))) == 2
    assert len(stretches(wrapped(101, "X" * 97))) == 7


def test_blank_lines_number_the_blocks_and_nothing_goes_on_over_one() -> None:
    text = f"\n\n One\nTwo\r\n\r\n{FIRST}\n \t\nand three \n\n\n\nFour\u2028\u2028Five"
    found = [(text[s.start : s.end], s.block) for s in read_stretches(text)]
    first = found[0][1]
    assert [(words, block - first) for words, block in found] == [
        ("One", 0),
        ("Two", 0),
        (FIRST, 1),
        ("and three", 2),
        ("Four", 3),
        ("Five", 4),
    ]


def test_a_carriage_return_before_the_line_feed_is_no_blank_line() -> None:
    text = f"{FIRST}\r\nand went on in Rome."
    assert stretches(text) == [text]
