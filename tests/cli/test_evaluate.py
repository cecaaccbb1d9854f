"""`rag eval`, run as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.evaluation.schema import Evaluation
from rag.library import Library
from tests.cli.command import run

QUESTIONS = """\
{"question": "Who is the largest buyer of Iranian oil?", "answers": ["China"], "article": "000_eea9ec4ad108f1ec.txt"}
{"question": "Who won the football match?", "answers": []}
{"question": "Who is the largest buyer of Iranian oil?", "answers": ["Norway"]}
"""


@pytest.fixture(scope="module")
def index(seed_library: Library) -> str:
    return seed_library.status().folder


def test_the_table_the_json_and_the_page(index: str, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(QUESTIONS)
    done = run("eval", "q.jsonl", "--index", index, "--json", "out.json", "--html", "out.html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "line 3: wrong answer" in done.stdout
    found = Evaluation.model_validate_json((tmp_path / "out.json").read_text("utf-8"))
    assert [outcome.verdict for outcome in found.outcomes] == ["right", "rightly_abstained", "wrong"]
    assert found.every.right_article == 1.0
    assert "Norway" in (tmp_path / "out.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.html", "out.json", "q.jsonl"]


def test_bad_lines_are_named_and_the_others_asked(index: str, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("question,answers\nWho won the match?,\nWho, then?,Oman\n")
    done = run("eval", "q.csv", "--index", index, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("rag: q.csv, line 3: 3 cells, 2 columns")
    assert done.stdout.startswith("1 question,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.jsonl"], "Can't read missing.jsonl"),
        (["empty.jsonl"], "has no question that can be asked"),
        (["q.jsonl", "--json", "nowhere/out.json"], "Can't write nowhere/out.json"),
        (["q.jsonl", "--html", "."], "Can't write ."),
        (["q.jsonl", "--json", "q.jsonl"], "is the file of questions"),
    ],
)
def test_what_can_not_be_done_is_one_line(index: str, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "q.jsonl").write_text(QUESTIONS)
    (tmp_path / "empty.jsonl").write_text("\n")
    done = run("eval", *arguments, "--index", index, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
    assert (tmp_path / "q.jsonl").read_text() == QUESTIONS
