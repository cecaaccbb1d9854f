"""What is measured, and by which command. Each command writes its figures as JSON to the file after `--json`."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

HELD_OUT = "training/runs/held-out"
"""Folder of the questions that no reader was trained on."""
REPORTERS = "training/runs/newsroom"
"""Folder of the index of the reporters' archive."""
DATA = "../shared/data"
"""The folder of the data sets, as commands name it."""
_QUIZ = f"{DATA}/open/dev/realtimeqa_2022_2024.jsonl.xz"
_STORIES = f"{DATA}/articles/realtimeqa_2022_2024.jsonl.xz"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measurement.

    Attributes:
        command: The module and its arguments, as `python -m` takes them.
        at_rest: Whether the figures are times, so that the machine must be at rest.
        hours: Whether it takes more than a quarter of an hour on two cores. It is measured only when it is named.
    """

    command: tuple[str, ...]
    at_rest: bool = False
    hours: bool = False

    @property
    def shown(self) -> str:
        """The command as the documentation shows it."""
        module, *rest = self.command
        return shlex.join(["rag", *rest] if module == "rag.cli" else ["python", "-m", module, *rest])

    def arguments(self, data: Path, out: Path) -> list[str]:
        """Returns what follows `python -m`.

        Args:
            data: The folder of the data sets.
            out: The file for the figures.
        """
        return [part.replace(DATA, str(data)) for part in self.command] + ["--json", str(out)]


def _measure(command: str, **kinds: bool) -> Measure:
    return Measure(tuple(command.split()), **kinds)


_KEPT = " ".join(f"{HELD_OUT}/{name}.jsonl" for name in ("squad11", "squad20", "qed", "stories"))
_STANDING = f"benchmarks.standing --articles {_STORIES} --questions {_QUIZ}"

MEASURES = {
    "reading": _measure(f"benchmarks.reading {_KEPT} --limit 500"),
    "ranking": _measure(f"benchmarks.ranking {DATA}/ranking/dev/trecqa.jsonl.xz"),
    "seed questions": _measure("rag.cli eval tests/measured/seed.jsonl"),
    "typed": _measure(
        f"benchmarks.open --articles {HELD_OUT}/nq_oracle.jsonl --questions {HELD_OUT}/nq_oracle.jsonl --sample 400"
    ),
    "evidence": _measure(f"benchmarks.evidence {DATA}/reading/dev/clapnq.jsonl.xz {HELD_OUT}/qed.jsonl"),
    "several": _measure("benchmarks.several"),
    "disagreement": _measure("benchmarks.disagreement --sample 60"),
    "unanswered": _measure("benchmarks.unanswered"),
    "newsroom": _measure(f"benchmarks.newsroom --index {REPORTERS}"),
    "newsroom crossed": _measure(f"training.quotes --index {REPORTERS} --dry-run"),
    "large": _measure(f"benchmarks.open --articles {_STORIES} --questions {_QUIZ} --sample 400 --dated", hours=True),
    "time": _measure(
        f"benchmarks.open --articles {DATA}/retrieval/dev/time_articles.jsonl.xz"
        f" --questions {DATA}/retrieval/dev/time_questions.jsonl.xz"
    ),
    "confidence": _measure("training.calibrate --questions 800 --dry-run", hours=True),
    "followups": _measure(f"benchmarks.followups --data {DATA}"),
    "sentences": _measure(f"benchmarks.sentences --data {DATA}"),
    "attribution": _measure(f"benchmarks.attribution --data {DATA}"),
    "attribution by grammar": _measure(f"benchmarks.attribution --data {DATA} --grammar"),
    "html": _measure(f"benchmarks.html --data {DATA}"),
    "embedding": _measure("benchmarks.embedding"),
    "standing": _measure(f"{_STANDING} --first 100 --days 4 --count 25", at_rest=True),
    "standing, 1,000 articles": _measure(
        f"{_STANDING} --first 1000 --days 2 --count 10 --last 20 --begin 2022-10-01", at_rest=True
    ),
    "seed": _measure("benchmarks.seed", at_rest=True),
    "passages": _measure(f"benchmarks.passages {HELD_OUT}/squad11.jsonl", at_rest=True),
    "stages": _measure(f"benchmarks.profile {REPORTERS} --questions {_QUIZ}", at_rest=True),
    "pages": _measure("benchmarks.askers", at_rest=True),
    "programs": _measure("benchmarks.askers --people 50 --questions 8 --rest", at_rest=True),
    "page": _measure("benchmarks.page --articles 150 --runs 5", at_rest=True),
    "file": _measure(f"benchmarks.bulk {REPORTERS} --questions {DATA}/newsroom/questions.jsonl", at_rest=True),
}
"""The measurements by name, in the order in which they are taken."""
