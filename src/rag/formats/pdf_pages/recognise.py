"""Reads scanned pages with tesseract, if it is installed.

The program is started by the worker and has the worker's limits: it gets the picture of one page and gives back words.
It writes no file and has no network.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from statistics import fmean, median
from typing import Any

from rag.formats.more_time import allow_more_time
from rag.formats.pdf_pages.words import Word

PROGRAM = "tesseract"
_DOTS_PER_POINT = 300 / 72
"""Resolution of the picture. Tesseract is made for 300 dots per inch."""
_MOST_PIXELS = 20_000_000
_SECONDS = 120
"""Most seconds for one page."""
_MORE_PROCESSOR_SECONDS = 2
"""Processor time that this process may use for each page on top of a file's."""
_NO_LANGUAGES = ("osd", "equ")
"""What tesseract lists beside languages: turned pages and formulas."""
_MOST_LANGUAGES = 3
_SURE = 50.0
"""Least mean confidence, of 100, of the words of a line that is kept."""
_LINE = ("block_num", "par_num", "line_num")


@cache
def languages() -> tuple[str, ...]:
    """Returns the languages that tesseract can read here, English first; none if it is not installed."""
    program = shutil.which(PROGRAM)
    if program is None:
        return ()
    listed = _run([program, "--list-langs"], b"")
    found = [line for line in listed.decode("utf-8", "replace").splitlines()[1:] if line and line not in _NO_LANGUAGES]
    return tuple(sorted(found, key=lambda name: (name != "eng", name)))[:_MOST_LANGUAGES]


def recognise_words(page: Any) -> list[Word]:
    """Reads the words of a scanned page. Lines of which tesseract is not sure are left out.

    Args:
        page: The page, a `pypdfium2.PdfPage`.

    Returns:
        The words in reading order; none if tesseract is not installed.
    """
    if not languages():
        return []
    allow_more_time(_MORE_PROCESSOR_SECONDS)
    width, height = page.get_size()
    scale = min(_DOTS_PER_POINT, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True)
    data = bytes(picture.buffer)
    rows = (data[row * picture.stride :][: picture.width] for row in range(picture.height))
    image = b"P5 %d %d 255\n" % (picture.width, picture.height) + b"".join(rows)
    program = shutil.which(PROGRAM) or PROGRAM
    dots = str(round(scale * 72))
    table = _run([program, "stdin", "stdout", "-l", "+".join(languages()), "--dpi", dots, "tsv"], image)
    return list(_read_table(table.decode("utf-8", "replace"), scale, height))


def _run(command: Sequence[str], data: bytes) -> bytes:
    try:
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def _read_table(table: str, scale: float, height: float) -> Iterator[Word]:
    """Yields the words of tesseract's table, in points. The words of a line get the line's height.

    All words get one size, because the heights of lines depend on the letters in them.
    """
    found = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in found if row.get("level") == "5" and (row.get("text") or "").strip())
    lines = [list(group) for _, group in groupby(words, key=lambda row: tuple(row[name] for name in _LINE))]
    sure = [line for line in lines if fmean(float(row["conf"]) for row in line) >= _SURE]
    size = median(_bottom(line) - min(int(row["top"]) for row in line) for line in sure) / scale if sure else 0.0
    for line in sure:
        base = height - _bottom(line) / scale
        for row in line:
            left, right = int(row["left"]), int(row["left"]) + int(row["width"])
            yield Word(row["text"].strip(), left / scale, right / scale, base, size)


def _bottom(line: Sequence[dict[str, str]]) -> int:
    """The lower end of a line, in pixels from the top of the picture."""
    return max(int(row["top"]) + int(row["height"]) for row in line)
