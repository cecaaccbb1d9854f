"""Checks statements whose verdict is known against 1,500 articles: `python -m benchmarks.drafts`.

They are sentences of the articles as they stand; the same with one figure, name, date, denial or speaker changed, or
with two parts mixed up; sentences of other articles; and 100 statements written by hand. Reported are those of the half
that was kept aside; with `--tuning` those of the half that may be tuned on.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_rows
from benchmarks.drafts.cases import Case, cases_of, read_written
from benchmarks.newsroom.questions import build_library
from rag.drafts.results import CheckedStatement, Verdict
from rag.library import Library

_LEAST = 800
"""Fewest characters of an article outside of the archive from which a sentence is taken."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A case with what was found, and the processor time that it took, in milliseconds."""

    case: Case
    statement: CheckedStatement | None
    milliseconds: float

    @property
    def verdict(self) -> Verdict:
        """The verdict; a sentence that is no statement counts as not found."""
        return self.statement.verdict if self.statement else "not_found"


def check(library: Library, case: Case) -> Checked:
    """Checks the statement of a case."""
    begun = time.process_time()
    statements = library.check_draft(case.statement).statements
    return Checked(case, statements[0] if statements else None, 1000 * (time.process_time() - begun))


def figures(checked: Sequence[Checked]) -> dict[str, Any]:
    """Summarises cases.

    Returns:
        Of the statements that no article states the share called stated; of those that are called stated the share
        that is; of those that articles state the share found. Of the statements called stated otherwise the share that
        is (also mixed-up ones); of those stated otherwise the share found.
    """
    false = [one.verdict == "stated" for one in checked if one.case.expected != "stated"]
    stated = [one.verdict == "stated" for one in checked if one.case.expected == "stated"]
    called = [one.case.expected == "stated" for one in checked if one.verdict == "stated"]
    differing = [one.verdict == "stated_otherwise" for one in checked if one.case.expected == "otherwise"]
    told = [one.case.expected in ("otherwise", "mixed") for one in checked if one.verdict == "stated_otherwise"]
    return {
        "statements": len(checked),
        "falsely stated": _share(false),
        "precision of stated": _share(called),
        "recall of stated": _share(stated),
        "precision of stated otherwise": _share(told),
        "recall of stated otherwise": _share(differing),
    }


def _share(values: Sequence[bool]) -> float | None:
    return round(statistics.fmean(values), 3) if values else None


def report(checked: Sequence[Checked]) -> dict[str, Any]:
    """Summarises all cases, those made of sentences, those written by hand, and counts the verdicts of each kind."""
    kinds: dict[str, Counter[str]] = {}
    for one in checked:
        kind = f"by hand, {one.case.expected}" if one.case.is_by_hand else one.case.kind
        kinds.setdefault(kind, Counter())[one.verdict] += 1
    times = sorted(one.milliseconds for one in checked)
    return {
        "all": figures(checked),
        "made of sentences": figures([one for one in checked if not one.case.is_by_hand]),
        "by hand": figures([one for one in checked if one.case.is_by_hand]),
        "verdicts": {kind: dict(counts) for kind, counts in kinds.items()},
        "milliseconds": {"median": round(statistics.median(times)), "nine in ten": round(times[len(times) * 9 // 10])},
    }


def describe(one: Checked) -> str:
    """Describes a case that was judged wrongly."""
    lines = [f"{one.case.expected}, {one.case.kind}, {one.verdict}: {one.case.statement}"]
    for part in one.statement.parts if one.statement else ():
        lines += [f"    {part.kind} {part.status}: {part.words} | {part.stated}"] if part.status != "stated" else []
    lines += [f"    {citation.quote}" for citation in (one.statement.citations[:1] if one.statement else ())]
    return "\n".join(lines)


def is_wrong(one: Checked) -> bool:
    """Returns whether the verdict is not the expected one."""
    fitting: dict[str, tuple[Verdict, ...]] = {
        "stated": ("stated",),
        "otherwise": ("stated_otherwise",),
        "mixed": ("stated_otherwise", "partly", "not_found"),
        "neither": ("partly", "not_found"),
    }
    return one.verdict not in fitting[one.case.expected]


def read_cases(data: Path, each: int) -> list[Case]:
    """Makes the cases of the articles in the folder of the data sets, and reads those written by hand."""
    ids = frozenset((data / "newsroom" / "article_ids.txt").read_text("utf-8").split())
    rows = list(read_rows(data / "articles" / "allsides.jsonl.xz"))
    articles = [row for row in rows if row["id"] in ids]
    others = [row for row in rows if row["id"] not in ids and len(row["text"]) >= _LEAST]
    return [*cases_of(articles, others, each), *read_written()]


def main() -> None:
    """Prints the figures as JSON, and with `--failures` the statements that were judged wrongly."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drafts", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--index", type=Path, help="index folder to use again; it is built if missing")
    parser.add_argument("--each", type=int, default=200, help="number of cases of each kind, half of them kept aside")
    parser.add_argument("--tuning", action="store_true", help="the half that may be tuned on")
    parser.add_argument("--failures", action="store_true", help="print each statement that was judged wrongly")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    asked = parser.parse_args()
    cases = [case for case in read_cases(asked.data, asked.each) if case.is_kept != asked.tuning]
    with tempfile.TemporaryDirectory() as temporary:
        index = asked.index or Path(temporary) / "index"
        build_library(asked.data / "newsroom", asked.data / "articles" / "allsides.jsonl.xz", index)
        with Library.open(index) as library:
            check(library, cases[0])  # loads what is loaded once
            checked = [check(library, case) for case in cases]
    if asked.failures:
        print(*(describe(one) for one in checked if is_wrong(one)), sep="\n\n")
    text = json.dumps(report(checked), indent=1)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
