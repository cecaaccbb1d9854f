"""Environment variables: which ones a start of the program sets, and that no import sets any."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from rag.core.environment import prepare_process, reach_directly

SET = ("GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE", "OMP_WAIT_POLICY")
MODULES = ("rag.library", "rag.models.load_embedder", "rag.formats.html", "rag.cli.main", "rag_ui", "rag_ui.strings")


def test_importing_sets_no_variable() -> None:
    # Only this project's modules are imported, because Gradio and torch set variables of their own.
    probe = f"import os, {', '.join(MODULES)}; print([name for name in {SET} if name in os.environ])"
    environment = {name: value for name, value in os.environ.items() if name not in SET}
    done = subprocess.run([sys.executable, "-c", probe], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_prepared_process_calls_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SET:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    prepare_process()
    assert [os.environ[name] for name in SET] == ["False", "1", "PASSIVE"]


def test_what_a_person_has_set_stays_but_for_the_reports_to_gradio(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SET:
        monkeypatch.setenv(name, "0")
    prepare_process()
    assert [os.environ[name] for name in SET] == ["False", "0", "0"]


def test_no_proxy_stands_before_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "intranet,localhost")
    monkeypatch.setenv("no_proxy", "")
    reach_directly({"localhost", "127.0.0.1"})
    reach_directly({"127.0.0.1"})
    assert (os.environ["NO_PROXY"], os.environ["no_proxy"]) == ("intranet,localhost,127.0.0.1", "127.0.0.1,localhost")
