"""What a reader is given of a passage: its text, its sentences' places in that, and the title it stands under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.core.article import Passage, Sentence

LONGEST_LEAD = 200
"""Characters of a title that are read; a longer one is no title."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A text to be read, with its sentences if they are known, and a lead that is read before it but never answers."""

    text: str
    sentences: Sequence[Sentence] = ()
    lead: str = ""

    @classmethod
    def of(cls, passage: Passage) -> Readable:
        """The passage under its article's title, which tells what "the shooting" is, unless it holds that itself."""
        title = " ".join(passage.article.title.split())[:LONGEST_LEAD]
        begin = passage.start
        inside = [Sentence(s.start - begin, s.end - begin, s.kind) for s in passage.sentences]
        return cls(passage.text, inside, f"{title}." if title and title not in passage.text else "")
