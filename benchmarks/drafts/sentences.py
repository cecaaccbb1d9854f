"""Reads the sentences of articles that stand alone, and so may be statements of a draft."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from rag.drafts.draft import read_statements
from rag.text.segment import segment

FEWEST, MOST = 8, 40
"""Fewest and most words of a sentence that is taken."""
_REFERS_BACK = re.compile(r"(?:He|She|It|They|This|That|These|Those|But|And|So|Such|His|Her|Their|Its|There|Here)\b")


def sentences_alone(article: Mapping[str, Any]) -> Iterator[str]:
    """Yields the sentences of an article that stand alone, in a fixed random order.

    They are whole, no part of a longer quotation, have no "he" in front, and are one statement of a draft.
    """
    text = article["text"]
    found = [text[sentence.start : sentence.end] for sentence in segment(text) if sentence.kind == "sentence"]
    random.Random(zlib.crc32(str(article["id"]).encode())).shuffle(found)
    for words in found:
        marks = words.count("“") != words.count("”") or words.count('"') % 2
        is_long = FEWEST <= len(words.split()) <= MOST
        if is_long and not marks and words.endswith(".") and "\n" not in words and not _REFERS_BACK.match(words):
            statements = read_statements(words)
            if len(statements) == 1 and statements[0].text == words:
                yield words
