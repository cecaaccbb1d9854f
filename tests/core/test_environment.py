"""Environment variables: which ones a start of the program sets, and that no import sets any."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from rag.core.environment import prepare_process
from tests.places import ROOT

SET = ("GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE", "OMP_WAIT_POLICY")
QUIET = ("HF_HUB_DISABLE_TELEMETRY", "MPLCONFIGDIR")
MODULES = (
    "rag.library",
    "rag.models.load_embedder",
    "rag.formats.html",
    "rag.cli.main",
    "rag_ui",
    "rag_ui.language.strings",
)


def test_importing_sets_no_variable() -> None:
    # Only this project's modules are imported, because Gradio and torch set variables of their own.
    probe = f"import os, {', '.join(MODULES)}; print([name for name in {SET} if name in os.environ])"
    environment = {name: value for name, value in os.environ.items() if name not in SET}
    done = subprocess.run([sys.executable, "-c", probe], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_prepared_process_calls_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*SET, *QUIET):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("RAG_CACHE", "there")
    prepare_process()
    assert [os.environ[name] for name in (*SET, *QUIET)] == ["False", "1", "PASSIVE", "1", "there/matplotlib"]


def test_what_a_person_has_set_stays_but_for_the_reports_to_gradio(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SET:
        monkeypatch.setenv(name, "0")
    prepare_process()
    assert [os.environ[name] for name in SET] == ["False", "0", "0"]


@pytest.mark.slow
def test_importing_the_package_alone_keeps_the_runtime_from_reporting() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    for imported in ("rag", "rag_ui.language.strings", "training.found"):
        probe = f"import os, {imported}; print(os.environ['ORT_DISABLE_TELEMETRY'])"
        done = subprocess.run(
            [sys.executable, "-c", probe], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.stdout == "1\n", (imported, done.stderr)
