"""Measures how follow-up questions are completed: `python -m benchmarks.followups --data ../shared/data [--json OUT]`.

First measure: conversations written for this project (`tests/conversations.jsonl`). It counts the standalone questions
that stay unchanged, the completions that are exactly as expected, and the completions that contain the expected words.
The rules were tuned on the conversations with odd ids. The even ones were only counted.

Second measure: CAsT 2019 and 2020 dev, where a person rewrote each question. It compares the raw and the completed
question with the person's question: by the passages they retrieve (BM25 over 10,000 Wikipedia passages of other data
sets) and by the cosine of their vectors. These sets have no judged passages, so the ranking of the person's question is
the reference. Turns that needed no rewriting are left out.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_articles, read_questions, read_rows
from rag.conversation.complete import Exchange, complete
from rag.core.ports import Embedder, LexicalIndex, as_ids
from rag.indexes.lexical import TantivyIndex
from rag.models.load_embedder import load_embedder

CONVERSATIONS = Path(__file__).parent.parent / "tests" / "conversations.jsonl"
"""The conversations written for this project."""
TURNS = ("conversation/dev/cast2019.jsonl.xz", "conversation/dev/cast2020.jsonl.xz")
"""Files of conversations whose turns a person rewrote."""
PASSAGES = ("open/dev/nq_oracle.jsonl.xz", "reading/dev/clapnq.jsonl.xz", "reading/train/qed.jsonl.xz")
"""Files with the Wikipedia passages of the BM25 index."""
STANDALONE = (("open/dev/realtimeqa_2022_2024.jsonl.xz", "quiz"), ("open/dev/nq_oracle.jsonl.xz", "searchers"))
"""Files of questions that all stand alone, with a name each."""
DEPTH = 10
"""Number of passages retrieved per question."""
MEASURES = ("overlap@10", "first@10", "MRR", "cosine")
"""Names of the measures, see `agreement`."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A follow-up in three forms: as it was asked, as the rules complete it, and as a person rewrote it."""

    raw: str
    completed: str
    manual: str


def conversation_shares(half: int) -> dict[str, str]:
    """Counts the right completions in one half of the written conversations.

    Args:
        half: 0 for the conversations with even ids, 1 for those with odd ids.

    Returns:
        "RIGHT of ALL" for each kind of expectation: "untouched", "exact" and "holds".
    """
    right: dict[str, list[bool]] = {"untouched": [], "exact": [], "holds": []}
    for conversation in read_rows(CONVERSATIONS):
        history: list[Exchange] = []
        for turn in conversation["turns"] if conversation["id"] % 2 == half else []:
            asked = turn["question"]
            completed = complete(asked, history).question
            history.append(Exchange(completed, turn.get("answer")))
            if "holds" in turn:
                right["holds"].append(all(words in completed.lower() for words in turn["holds"]))
            else:
                right["untouched" if turn["completed"] == asked else "exact"].append(completed == turn["completed"])
    return {name: f"{sum(values)} of {len(values)}" for name, values in right.items()}


def touched_alone(path: Path) -> dict[str, float]:
    """Measures how often a standalone question is changed by mistake.

    Args:
        path: A file of questions that all stand alone. Each is asked after the one before it.

    Returns:
        The number of questions, and the share that was changed, in [0, 1].
    """
    questions = [question.question for question in read_questions(path)]
    changed = [complete(question, [Exchange(before)]).changed for before, question in pairwise(questions)]
    return {"questions": len(changed), "touched": round(statistics.fmean(changed), 4)}


def read_turns(path: Path) -> Iterator[Turn]:
    """Reads the turns that a person had to rewrite. The history of a turn is the completed questions before it."""
    for conversation in read_rows(path):
        history: list[Exchange] = []
        for turn in conversation["turns"]:
            raw, manual = (" ".join(turn[name].split()) for name in ("question", "standalone"))
            completed = complete(raw, history).question
            history.append(Exchange(completed))
            if raw != manual:
                yield Turn(raw, completed, manual)


def agreement(index: LexicalIndex, embedder: Embedder, turns: Sequence[Turn]) -> dict[str, Any]:
    """Compares the raw and the completed questions with the questions that a person wrote.

    Args:
        index: A BM25 index.
        embedder: The embedder.
        turns: The turns.

    Returns:
        Means over the turns for "raw" and "completed". overlap@10 is the share of the manual question's ten best
        passages that the form finds too. first@10 is the share of turns where the form finds the manual question's best
        passage. MRR is the mean of 1 / its rank, or 0 if it is not found. cosine is that of the two questions' vectors.
        "better" and "worse" are the shares of turns where the completion raised or lowered overlap@10.
    """
    overlaps: dict[str, list[float]] = {}
    figures: dict[str, Any] = {"turns": len(turns), "changed": sum(turn.raw != turn.completed for turn in turns)}
    manual = embedder.embed([turn.manual for turn in turns])
    for form in ("raw", "completed"):
        asked = [str(getattr(turn, form)) for turn in turns]
        rows = [
            compare(_found(index, text), _found(index, turn.manual)) for text, turn in zip(asked, turns, strict=True)
        ]
        overlaps[form] = [overlap for overlap, _, _ in rows]
        means = [statistics.fmean(column) for column in zip(*rows, strict=True)]
        means.append(float((embedder.embed(asked) * manual).sum(axis=1).mean()))
        figures[form] = dict(zip(MEASURES, (round(mean, 4) for mean in means), strict=True))
    pairs = list(zip(overlaps["completed"], overlaps["raw"], strict=True))
    figures["better"] = round(statistics.fmean(after > before for after, before in pairs), 4)
    figures["worse"] = round(statistics.fmean(after < before for after, before in pairs), 4)
    return figures


def _found(index: LexicalIndex, question: str) -> list[int]:
    found: list[int] = index.search(question, DEPTH)[0].tolist()
    return found


def compare(found: Sequence[int], wanted: Sequence[int]) -> tuple[float, float, float]:
    """Compares a ranking with the wanted ranking.

    Args:
        found: Passage ids, best first.
        wanted: Passage ids of the reference, best first.

    Returns:
        Overlap, whether the best wanted passage was found (1 or 0), and its reciprocal rank; see `agreement`.
    """
    first = wanted[0] if wanted else -1
    rank = found.index(first) + 1 if first in found else 0
    return len({*found} & {*wanted}) / max(len(wanted), 1), float(rank > 0), 1 / rank if rank else 0.0


def build_index(data: Path) -> TantivyIndex:
    """Builds a BM25 index in memory from the passages in the files PASSAGES below `data`."""
    index = TantivyIndex.in_memory()
    texts = [article.text for name in PASSAGES for article in read_articles(data / name)]
    index.add(as_ids(range(len(texts))), texts)
    index.commit(1)
    return index


def measure(data: Path) -> dict[str, Any]:
    """Computes all figures from the files below `data`."""
    figures: dict[str, Any] = {
        "conversations, tuned on": conversation_shares(1),
        "conversations, counted only": conversation_shares(0),
        **{f"standing alone, {name}": touched_alone(data / path) for path, name in STANDALONE},
    }
    index, embedder = build_index(data), load_embedder()
    figures["passages"] = len(index)
    for name in TURNS:
        figures[Path(name).name.split(".")[0]] = agreement(index, embedder, list(read_turns(data / name)))
    return figures


def main() -> None:
    """Prints the figures, and writes them as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    text = json.dumps(measure(arguments.data), indent=1)
    print(text)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
