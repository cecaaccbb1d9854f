"""Follow-up questions: `python -m benchmarks.followups --data ../shared/data [--json OUT]`.

Two measures. On conversations written for it (`tests/conversations.jsonl`): the share of questions that stand alone and
stay untouched, that are completed to the very words expected, and that hold the words expected. The rules were tuned
on the odd half; the even half was only ever counted.

On CAsT 2019 and 2020 dev, where each turn comes with the question as a person rewrote it: how near to that question the
raw and the completed question come, by what they retrieve (BM25 over 10,000 passages of Wikipedia that come with other
questions) and by the cosine of their vectors, on which dense retrieval rests. No passage of these sets is judged, so
the rewritten question's own ranking is the reference, and turns that needed no rewriting are left out.
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
TURNS = ("conversation/dev/cast2019.jsonl.xz", "conversation/dev/cast2020.jsonl.xz")
PASSAGES = ("open/dev/nq_oracle.jsonl.xz", "reading/dev/clapnq.jsonl.xz", "reading/train/qed.jsonl.xz")
STANDALONE = (("open/dev/realtimeqa_2022_2024.jsonl.xz", "quiz"), ("open/dev/nq_oracle.jsonl.xz", "searchers"))
DEPTH = 10
MEASURES = ("overlap@10", "first@10", "MRR", "cosine")


@dataclass(frozen=True, slots=True)
class Turn:
    """A follow-up in three forms: as it was asked, as the rules complete it, as a person rewrote it."""

    raw: str
    completed: str
    manual: str


def conversation_shares(half: int) -> dict[str, str]:
    """What became of the questions of every second conversation, those whose number is `half` modulo 2."""
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
    """The share of a file's questions, which all stand alone, that are changed after the one before them."""
    questions = [question.question for question in read_questions(path)]
    changed = [complete(question, [Exchange(before)]).changed for before, question in pairwise(questions)]
    return {"questions": len(changed), "touched": round(statistics.fmean(changed), 4)}


def read_turns(path: Path) -> Iterator[Turn]:
    """The turns of a file that a person had to rewrite; the history is the completed questions."""
    for conversation in read_rows(path):
        history: list[Exchange] = []
        for turn in conversation["turns"]:
            raw, manual = (" ".join(turn[name].split()) for name in ("question", "standalone"))
            completed = complete(raw, history).question
            history.append(Exchange(completed))
            if raw != manual:
                yield Turn(raw, completed, manual)


def agreement(index: LexicalIndex, embedder: Embedder, turns: Sequence[Turn]) -> dict[str, Any]:
    """How near each form comes to the manual question, as means over the turns.

    overlap@10 is the share of the manual question's ten best passages among the form's ten best; first@10 is whether
    the manual question's best one is among them; MRR is 1 / the rank at which it stands there, else 0. better and
    worse are the shares of turns whose overlap@10 the completion raised and lowered.
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
    """overlap, first and reciprocal rank, as `agreement` says, of one ranking against the one wanted."""
    first = wanted[0] if wanted else -1
    rank = found.index(first) + 1 if first in found else 0
    return len({*found} & {*wanted}) / max(len(wanted), 1), float(rank > 0), 1 / rank if rank else 0.0


def build_index(data: Path) -> TantivyIndex:
    """A BM25 index of the passages that come with other questions."""
    index = TantivyIndex.in_memory()
    texts = [article.text for name in PASSAGES for article in read_articles(data / name)]
    index.add(as_ids(range(len(texts))), texts)
    index.commit(1)
    return index


def measure(data: Path) -> dict[str, Any]:
    """All figures."""
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
    """Prints the figures, and writes them as JSON where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    text = json.dumps(measure(arguments.data), indent=1)
    print(text)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
