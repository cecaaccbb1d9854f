"""Without the extra `serve`, questions, updates and the page work, and a server for programs names what to install."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT_EXTRA = """
import sys
sys.modules["mcp"] = None  # as if it were not installed
from rag.cli.main import main
main()
"""
REMEDY = "install it: pip install 'newsroom-rag[serve]'"


def run_without_extra(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_EXTRA, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_a_server_for_programs_names_the_extra_that_is_missing(command: str, tmp_path: Path) -> None:
    done = run_without_extra(command, "--index", str(tmp_path / "index"))
    assert done.returncode == 1
    assert done.stderr.strip().endswith(REMEDY) and "need the package mcp" in done.stderr


@pytest.mark.slow
def test_the_page_and_the_commands_need_no_extra(tmp_path: Path) -> None:
    (tmp_path / "fire.txt").write_text("The mill at Osk burned down on Monday. Nobody was hurt.", encoding="utf-8")
    index = ("--index", str(tmp_path / "index"))
    for command in (("update", str(tmp_path), *index), ("ask", "When did the mill burn down?", *index)):
        done = run_without_extra(*command)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
    page = 'import sys; sys.modules["mcp"] = None; import rag_ui.app, rag_ui.collections_app'
    subprocess.run([sys.executable, "-c", page], check=True)
