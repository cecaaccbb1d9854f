"""The examples run unchanged, and print what they promise."""

from __future__ import annotations

import ast
import json
import re
import runpy
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTEBOOK = EXAMPLES / "first_steps.ipynb"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(script: str, *arguments: str) -> None:
    path = str(EXAMPLES / script)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [path, *arguments])
        runpy.run_path(path, run_name="__main__")


def run_cells(cells: list[str]) -> list[Any]:
    """Runs the cells one after the other. Returns the value of each cell's last expression, as a notebook shows it."""
    names: dict[str, Any] = {}
    shown = []
    for cell in cells:
        *before, last = ast.parse(cell).body
        exec(compile(ast.Module(before, []), "cell", "exec"), names)
        assert isinstance(last, ast.Expr)
        shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    return shown


def test_each_script_is_tested() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == {
        "ask_a_folder.py",
        "follow_changes.py",
        "write_footnotes.py",
    }


def test_a_folder_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    run("ask_a_folder.py")
    told = capsys.readouterr().out
    assert re.search(r"> Who cut the ribbon\?\nMayor Ruth Hale\n\n\[1\] .+\n +.+ · characters \d+–\d+\n", told)
    assert "> Who won the election?\nThe articles don't say." in told


def test_another_folder_and_question_may_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mill.txt").write_text(
        "The mill\n\nThe mill at Orrel was built by Jane Dow in 1821.\n", encoding="utf-8"
    )
    run("ask_a_folder.py", str(tmp_path), "Who built the mill?")
    told = capsys.readouterr().out
    assert told.startswith("> Who built the mill?\nJane Dow\n")
    assert told.count("> ") == 1


def test_changes_are_followed(capsys: pytest.CaptureFixture[str]) -> None:
    run("follow_changes.py")
    assert capsys.readouterr().out.splitlines() == [
        "First: 14 million pounds",
        "1 article added, 1 changed",
        "Now:",
        "    2024-09-12  Lune Valley Gazette: 17 million pounds",
        "    2024-04-03  The Northern Post: 15 million pounds",
        "The first answer quotes edition 1 of 2, which is replaced.",
    ]


def test_a_page_has_a_footnote_for_each_quote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("write_footnotes.py", "page.md")
    assert capsys.readouterr().out == ""
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    marks = re.findall(r"^> .+ \[\^(\d+)\]$", page, re.MULTILINE)
    notes = re.findall(r"^\[\^(\d+)\]: .+ characters \d+–\d+\.$", page, re.MULTILINE)
    assert marks == notes == [str(number) for number in range(1, len(marks) + 1)]
    assert "from 6 May" in page
    assert "A broken fuel pump" in page


def test_the_notebook_runs_and_is_kept_without_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    cells = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in cells)
    opened, ribbon, place, second, cost, silent, closed = run_cells(["".join(cell["source"]) for cell in cells])
    assert "3 articles" in repr(opened)
    assert "<mark>Mayor Ruth Hale</mark>" in ribbon._repr_html_()
    assert place[0] == "Old bridge over the Lune reopens"
    assert "ferry" in second.standalone_question
    assert {cost.short_answer, *(other.short_answer for other in cost.other_answers)} == {
        "14 million pounds",
        "17 million pounds",
    }
    assert "The articles don't say." in unescape(silent._repr_html_())
    assert repr(closed).endswith("closed>")
