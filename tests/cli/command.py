"""Runs the command `rag` as a person does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RAG = Path(sys.executable).parent / "rag"


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "RAG_INDEX"} | environment
    return subprocess.run([str(RAG), *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False)
