"""The README's Python blocks run as they stand, and its commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from rag.cli.main import COMMANDS, with_verb

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_blocks_run(tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_commands_exist() -> None:
    commands = re.findall(r"^rag (.+)$", README, re.MULTILINE)
    assert commands
    assert all(with_verb(command.split())[0] in COMMANDS for command in commands)


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert targets - {"help"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
