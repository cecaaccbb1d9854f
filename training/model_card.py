"""Writes the reader's model card from the logs of the runs and the measured figures.

    python -m training.model_card --run training/runs/reader --reports training/runs/reader/int8.json \\
        --float-reports training/runs/reader/float32.json --out src/rag/weights/reader
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_rows
from benchmarks.reading import POLICIES
from rag.models.manifest import MANIFEST_FILE, MODEL_FILE
from rag.models.span_reader import SHIPPED, ReaderManifest
from training.edits import EDITS
from training.encoding import LONG_LENGTH, USUAL_LENGTH
from training.stream import GLUED_SHARE, LEAD_SHARE, LONG_SHARE, MIXTURE, PASSAGE_EDIT_SHARE
from training.trainer import LOG, TAUGHT_SHARE, TEMPERATURE

CARD = "model-card.md"
"""Name of the card's file in the reader's folder."""
_SOURCES = {
    "squad": "SQuAD 1.1 train, every occurrence of an answer that was recovered by its text",
    "qed": "QED (Natural Questions paragraphs), typed questions",
    "shifts": "SQuADShifts, posts and reviews",
    "searched": "Natural Questions with their gold passages (nq_oracle dev, the articles that may be trained on)",
    "quiz": "RealTimeQA quiz questions of 2022 and 2023 with windows of their news articles that hold the answer",
    "hard": "unanswerable: the questions of SQuAD 2.0 train that people wrote to look answerable",
    "found": "unanswerable: a typed or quiz question with a passage found for it that has no word of its answer",
    "near": "unanswerable: a SQuAD question with a near paragraph of its article that lacks the answer; where there is "
    "none, the question (or, in {passage:.0f} %, its passage) is edited, see below",
    "windows": "labelled by the teacher alone: the same quiz questions with any windows of the articles found for them",
    "made": "labelled by the teacher alone: questions made from sentences of AllSides news, with the text around",
}
"""Description of each kind of example. `passage` is the share of edited passages in percent."""
_TEMPLATE = """# {name}: an extractive reader for news passages

Finds the words of a passage that answer a question, and says how likely it is that there are none.
MiniLM-L6-H384 ({base_model}) with a span head; {megabytes:.1f} MB, ONNX, dynamic int8, one thread.

## Use
`rag.models.span_reader.OnnxReader().read_text(question, text)`. English. Texts of any length, in windows of
{max_tokens} tokens that overlap by {overlap_tokens}. A span's score is the natural logarithm of P(span) / P(no answer);
the reader alone abstains at {threshold:.2f} and below. It copies words: it can't add, compare or count, and its score
says whether the passage states something, not whether that is true.

## Data
`python -m training.draw` drew 320,000 examples; of 100:

{mixture}

Edits of a question, by weight: {edits}.
Each is tried in random order until one applies; no person checked that the edited question has no answer. Passages
are cropped at random around the answer to {usual} tokens in all or, {long_share:.0f} %, to {long}; {glued:.0f} % lose
some of the spaces between sentences; {lead:.0f} % stand under their article's title, where that is known. 15 % of the
questions are lower-case without question mark.

Of the dev sets of Natural Questions, whole articles (three of five, by title), and the quiz's first two years were
trained on, since no training set has such questions. The others were used to choose the threshold and for all figures
below (`python -m training.held_out` writes them out). Figures on the whole dev files would flatter.

Licences: SQuAD and SQuAD 2.0 CC BY-SA 4.0; text of QED and Natural Questions CC BY-SA 3.0; SQuADShifts does not state
one; RealTimeQA research use, its articles and those of AllSides © their publishers; the base model and the teacher's
Apache-2.0.

## Recipe
First a teacher five times as large learns from the examples whose answers are known: MPNet-base (all-mpnet-base-v2)
with the same span head. Then it says of every token of the 320,000 how likely an answer starts and ends there, and the
reader learns that: {taught:.0f} % of its loss is how far its distributions are from the teacher's (Hinton et al. 2015,
temperature {temperature:.0f}), the rest the gold spans'. MPNet's vocabulary is BERT's, so both score the same tokens.

{recipe}

Shipped is the mean of where the reader's first budget and its second ended (`training.export --last --average`).
AdamW; 2 % warm-up, then linear to 0 by the share of the wall-clock budget; weight decay 0.01; gradient norm 1; dropout
0.1 in the teacher only; word embeddings frozen; bf16.
The gold spans' loss: half the marginal likelihood of gold starts and ends, half that of gold spans among all spans
(Fajcik et al. 2021); "no answer" is the first position (Devlin et al. 2019).

Probes of 300 questions each of the articles kept aside (`averaged`: weights averaged exponentially, 0.998):

{probes}

## Figures
`{measure}`

`always` shows the best span whatever its score (SQuAD 1.1), `shipped` abstains at the shipped threshold, `best` at the
one best on the same file, `crossed` uses for each half of the passages the threshold best on the other half.

{figures}

## int8 against fp32
{comparison}

Weights take seven of eight bits, so that processors without VNNI, where full-range products overflow, give the same
answers; word embeddings have one scale for each row. In the feed-forward layers each token's values are scaled before
the product. The scores' root mean square error against fp32, on 60 questions, and the time of a token on one thread:
with no layer scaled so .144 and 62 µs, with the feed-forward ones .067 and 69, with all of them .060 and 80.

## What each kind of unanswerable question teaches
`python -m training.ablation`: the network of this reader, trained from its base on as many examples of each mixture,
once each, no teacher. AUC of null: how well its score tells 300 answerable questions of SQuAD 1.1 from 300 unanswerable
ones of SQuAD 2.0 which were written to look answerable; all of articles kept aside.

{ablation}

One seed each, an AUC good to about .02. On these questions only others that people wrote help; those made by rules
lower it. They are drawn for what the product meets more often, passages that merely lack the answer: in an early trial
near paragraphs took the AUC on paragraphs of the same article from .90 to .95.

## What the teacher brought, and what a second budget
The reader before learned from gold spans alone, in four runs of 1.25 to 1.9 hours on two processor cores (535,936
examples in all). int8; 1,500 questions of SQuAD 1.1, all of the other kept-aside questions:

| | before | first budget's end | second's | mean of both, shipped |
| --- | --- | --- | --- | --- |
| SQuAD 1.1 EM / F1 | 75.1 / 82.1 | 79.9 / 86.1 | 79.5 / 86.1 | 80.1 / 86.2 |
| SQuAD 2.0 F1 at its best threshold; AUC of null | 52.0; .572 | 56.3; .610 | 56.2; .608 | 56.0; .609 |
| QED F1 | 68.6 | 71.4 | 73.2 | 73.1 |
| whole news stories F1 | 56.4 | 61.5 | 61.6 | 62.1 |

The kept-aside articles of SQuAD 2.0 are harder than the others: the AUC of a reader that had seen nothing of the whole
file was .71 on it and .53 on them.

## Tried and not taken
With readers before this one. Windows of 192 tokens instead of 320: SQuAD 1.1 F1 81.4, QED 68.7, stories 48.4 (300 of
them). Reading a candidate's quote once more by itself, or its likeness to the question by the words around it alone: no
better confidence. Choosing the span of the highest expected F1: none.
"""


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join("-" if cell is None else str(cell) for cell in line) + " |" for line in lines)


def _file_name(report: Mapping[str, Any]) -> str:
    return Path(report["file"]).name.split(".")[0]


def _figures(reports: Sequence[Mapping[str, Any]]) -> str:
    header = ("file", "questions", "policy", "EM", "F1", "has answer EM / F1", "no answer right", "AUC of null")
    rows = []
    for report in reports:
        for policy in POLICIES:
            part = report[policy]
            has = f"{part['has_answer_exact_match']} / {part['has_answer_f1']}"
            shown = f"{policy} ({part['threshold']:.2f})" if part["threshold"] is not None else policy
            begin = (_file_name(report), report["questions"], shown)
            rows.append((*begin, part["exact_match"], part["f1"], has, part["no_answer_right"], report["null_auc"]))
    return _table(header, rows)


def _comparison(int8: Sequence[Mapping[str, Any]], floats: Sequence[Mapping[str, Any]]) -> str:
    if not floats:
        return "Not measured on these files; the probes above are fp32."
    by_file = {report["file"]: report for report in floats}
    rows = [
        (
            _file_name(one),
            f"{one['always']['exact_match']} / {one['always']['f1']}",
            f"{other['always']['exact_match']} / {other['always']['f1']}",
            f"{one['null_auc']} / {other['null_auc']}" if one["null_auc"] else None,
        )
        for one in int8
        if (other := by_file.get(one["file"])) and other["questions"] == one["questions"]
    ]
    return _table(("file", "int8 EM / F1 (always)", "fp32 EM / F1", "AUC of null, int8 / fp32"), rows)


def _mixture() -> str:
    sources = {kind: text.format(passage=100 * PASSAGE_EDIT_SHARE) for kind, text in _SOURCES.items()}
    return _table(("share", "source"), [(MIXTURE[kind], text) for kind, text in sources.items()])


def _runs(rows: Sequence[Mapping[str, Any]], module: str) -> Iterator[str]:
    """Yields a line for each start of a run, from its log: the command, and the progress at its end."""
    starts = [number for number, row in enumerate(rows) if "start" in row]
    for begin, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        start, last = rows[begin], rows[end - 1]
        given = " ".join(
            f"--{key.replace('_', '-')} {value}" for key, value in start["start"].items() if value != "None"
        )
        yield (
            f"`python -m {module} {given}`: {last['batches']:,} batches, {last['examples']:,} examples, "
            f"{last['seconds']:.0f} s on {start['device']}."
        )


def _probes(logs: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    rows = [
        (
            name,
            f"{row['examples']:,}",
            row.get("final"),
            *(row["probe"][key] for key in ("exact_match", "f1", "null_auc")),
        )
        for name, log in logs.items()
        for row in log
        if "probe" in row
    ]
    return _table(("", "examples", "weights", "EM", "F1 (SQuAD 1.1 dev)", "AUC of null (SQuAD 2.0 dev)"), rows)


def _ablation(rows: Sequence[Mapping[str, Any]]) -> str:
    shown = [(row["mixture"], f"{row['examples']:,}", row["exact_match"], row["f1"], row["null_auc"]) for row in rows]
    return _table(("trained on", "examples", "EM", "F1 (SQuAD 1.1 dev)", "AUC of null (SQuAD 2.0 dev)"), shown)


def render(arguments: argparse.Namespace) -> str:
    """Renders the card.

    Args:
        arguments: The command line.

    Returns:
        The card as Markdown.
    """
    manifest = ReaderManifest.model_validate_json((arguments.out / MANIFEST_FILE).read_text("utf-8"))
    runs = {"teacher": arguments.teacher, "reader": arguments.run}
    logs = {name: list(read_rows(run / LOG)) for name, run in runs.items()}
    reports = json.loads(arguments.reports.read_text("utf-8"))
    floats = json.loads(arguments.float_reports.read_text("utf-8")) if arguments.float_reports else []
    files = " ".join(report["file"] for report in reports)
    return _TEMPLATE.format(
        **manifest.model_dump(exclude={"sha256"}),
        megabytes=(arguments.out / MODEL_FILE).stat().st_size / 1e6,
        mixture=_mixture(),
        edits=", ".join(f"{kind.replace('_', ' ')} {weight:.0f}" for kind, (_, weight) in EDITS.items()),
        usual=USUAL_LENGTH,
        long=LONG_LENGTH,
        long_share=100 * LONG_SHARE,
        glued=100 * GLUED_SHARE,
        lead=100 * LEAD_SHARE,
        taught=100 * TAUGHT_SHARE,
        temperature=TEMPERATURE,
        recipe="\n\n".join(line for name, log in logs.items() for line in _runs(log, f"training.{name}")),
        probes=_probes(logs),
        measure=f"python -m benchmarks.reading {files}" + (f" --limit {arguments.limit}" if arguments.limit else ""),
        figures=_figures(reports),
        comparison=_comparison(reports, floats),
        ablation=_ablation(json.loads(arguments.ablation.read_text("utf-8"))),
    )


def main() -> None:
    """Writes the card into the reader's folder and prints its path."""
    parser = argparse.ArgumentParser(prog="python -m training.model_card", description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("training/runs/reader"), help="folder of the reader's run")
    parser.add_argument(
        "--teacher", type=Path, default=Path("training/runs/teacher"), help="folder of the teacher's run"
    )
    parser.add_argument(
        "--reports", type=Path, required=True, help="file that benchmarks.reading --json wrote for the shipped reader"
    )
    parser.add_argument("--float-reports", type=Path, help="the same for the reader exported with --float32")
    parser.add_argument(
        "--ablation", type=Path, default=Path("training/runs/ablation.json"), help="file of training.ablation"
    )
    parser.add_argument("--limit", type=int, help="the value of --limit with which the reports were made")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder of the shipped reader")
    arguments = parser.parse_args()
    (arguments.out / CARD).write_text(render(arguments), encoding="utf-8")
    print(arguments.out / CARD)


if __name__ == "__main__":
    main()
