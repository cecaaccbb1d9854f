"""Measures who is named as the speaker: `python -m benchmarks.attribution --data FOLDER [--grammar] [--wrong N]`.

The gold attributions are those of PolNeAR 1.0, marked by people in news about an election: a source, a cue and a
content. For each, the library is asked who says the words from the start to the end of the content. A speaker is named
if the library gives a name that is not a guess. It is right if it shares a word with the gold source, apart from
function words. So a name for words whose gold source is a pronoun, or that have none, is wrong.

An attribution is direct if its content begins with a quotation mark; all others are reported, also those with some
words in quotation marks. Many reported ones are no speech (`she wants …`, `they oppose …`), so recall can't reach 1.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_rows
from rag.answering.speakers import attribution_of
from rag.core.article import Article, Sentence, TaggedSpeech
from rag.models.speaker_tagger import shipped_tagger
from rag.text.english.function_words import STOP_WORDS
from rag.text.segment import segment

GOLD = "attribution/{split}/polnear.jsonl.xz"
Tagger = Callable[[str, Sequence[Sentence]], Iterable[TaggedSpeech]]
"""A function from a text and its sentences to what is said in it."""
_WORD = re.compile(r"\w+")
_MARKS = "\"“”'‘`«„"


@dataclass(frozen=True, slots=True)
class Looked:
    """One gold attribution, and the speaker that the library names.

    Attributes:
        is_direct: Whether the content begins with a quotation mark.
        source: The words of the gold source; "" without one.
        named: The speaker that is named; None if nobody is.
        around: The content with some text around it.
    """

    is_direct: bool
    source: str
    named: str | None
    around: str

    @property
    def is_right(self) -> bool:
        """Whether the name shares a word with the source."""
        return self.named is not None and bool(_words(self.named) & _words(self.source))


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured for one kind of speech.

    Attributes:
        kind: "direct" or "reported".
        attributions: Number of gold attributions.
        named: Number of those for which a speaker is named.
        precision: The share of the named that are right.
        recall: The share of all gold attributions that are named rightly.
    """

    kind: str
    attributions: int
    named: int
    precision: float
    recall: float


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS and len(word) > 1}


def look_up(row: dict[str, Any], find: Tagger) -> Iterator[Looked]:
    """Asks for the speaker of each attribution of a gold text that has a content.

    Args:
        row: A row of the data set: `text` and `attributions`, each with `source` and `content` as lists of half-open
            character intervals.
        find: Finds the tagged speeches of the text.
    """
    text = row["text"]
    sentences = segment(text)
    found = tuple(find(text, sentences))
    article = Article("id", "path", "hash", text, "", sentences=sentences, speeches=found)
    for attribution in row["attributions"]:
        if not attribution["content"]:
            continue
        start, end = attribution["content"][0][0], attribution["content"][-1][1]
        told = attribution_of(article, start, end)
        named = told.name if told is not None and not told.guessed else None
        source = " ".join(text[first:last] for first, last in attribution["source"])
        around = " ".join(f"{text[max(0, start - 80) : start]}[[{text[start : min(end, start + 120)]}]]".split())
        yield Looked(text[start] in _MARKS, source, named, around)


def figures(kind: str, looked: list[Looked]) -> Figures:
    """Computes precision and recall over attributions of one kind."""
    named, right = sum(one.named is not None for one in looked), sum(one.is_right for one in looked)
    precision, recall = right / max(1, named), right / max(1, len(looked))
    return Figures(kind, len(looked), named, round(precision, 4), round(recall, 4))


def main() -> None:
    """Measures, prints a table, and writes the figures as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that contains attribution/")
    parser.add_argument("--split", choices=("dev", "train"), default="dev", help="the part that is measured")
    parser.add_argument("--grammar", action="store_true", help="leave the speaker tagger out")
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong names of each kind")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    tagger = None if arguments.grammar else shipped_tagger()
    find: Tagger = tagger.find if tagger else lambda text, sentences: ()
    rows = read_rows(arguments.data / GOLD.format(split=arguments.split))
    looked = [one for row in rows for one in look_up(row, find)]
    table = []
    print(f"{'speech':<10}{'gold':>8}{'named':>8}{'precision':>11}{'recall':>8}")
    for kind, is_direct in (("direct", True), ("reported", False)):
        own = [one for one in looked if one.is_direct == is_direct]
        table.append(figures(kind, own))
        print(f"{kind:<10}{len(own):>8}{table[-1].named:>8}{table[-1].precision:>11.3f}{table[-1].recall:>8.3f}")
        for wrong in [one for one in own if one.named is not None and not one.is_right][: arguments.wrong]:
            print(f"    {wrong.named!r}, gold {wrong.source!r}: {wrong.around}")
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(row) for row in table], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
