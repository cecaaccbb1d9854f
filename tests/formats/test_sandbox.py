"""The worker process: a limit, a crash or a hang affects only the file that caused it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rag.core.errors import ArticleError
from rag.core.settings import MEBIBYTE, FileSettings
from rag.formats.file_types import HTML, JSON_LINES, PDF, TEXT, FileType
from rag.formats.sandbox import Sandbox
from tests.files import page, pdf
from tests.worker import read_one

LEAD = "The minister met her counterpart in Rome on Monday, and the two of them talked for two hours."
GOOD = page(LEAD, LEAD.replace("Monday", "Tuesday"))

BROKEN = FileType("broken", reader="broken")


def reader(folder: Path, body: str) -> FileType:
    (folder / "broken.py").write_text(f"import os, signal, sys, time\ndef extract(data):\n    {body}\n")
    return BROKEN


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "fails, or needs too much memory"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "takes too long"),
        ("time.sleep(60)", "takes too long"),
        ("bytearray(3 * 2**30)", "too much memory"),
        ("raise KeyError('x')", "damaged"),
        ("return extract(data)", "damaged"),
        ("os._exit(0)", "fails, or needs too much memory"),
        ("return 7", "damaged"),
        ("os.write(4, b'3\\n[1]')", "fails, or needs too much memory"),
        ("os.write(4, b'17\\n{\"articles\": [7]}')", "fails, or needs too much memory"),
        ("os.write(4, b'999999999999\\n')", "fails, or needs too much memory"),
    ],
)
def test_a_broken_reader_is_one_clear_line_and_the_next_file_is_read(hostile: Path, body: str, words: str) -> None:
    with Sandbox(FileSettings(seconds=6 if "sleep" in body else 60)) as sandbox:
        with pytest.raises(ArticleError, match=words) as caught:
            sandbox.extract(reader(hostile, body), b"some bytes")
        assert "\n" not in str(caught.value)
        article = read_one(sandbox, PDF, pdf([[LEAD]]))
        assert article.text == f"{LEAD}\n\f"


def test_a_reader_writes_no_byte(hostile: Path) -> None:
    written = hostile / "broken.py.txt"
    writing = reader(hostile, f"open({str(written)!r}, 'w', buffering=1).write('x\\n' * 99)")
    with Sandbox() as sandbox, pytest.raises(ArticleError, match="damaged"):
        sandbox.extract(writing, b"some bytes")
    # Where the kernel lets the worker open a file for writing, the limit of 0 bytes is left.
    assert not written.exists() or written.stat().st_size == 0


def test_what_a_library_prints_does_not_get_between_the_replies(hostile: Path) -> None:
    noisy = reader(
        hostile,
        "print('noise', flush=True); os.write(1, b'99'); from rag.formats.pdf_pages.document import extract as e; "
        "return e(data)",
    )
    with Sandbox() as sandbox:
        assert [read_one(sandbox, noisy, pdf([[LEAD]])).text for _ in range(2)] == [f"{LEAD}\n\f"] * 2


def test_half_of_a_pair_of_surrogates_becomes_a_replacement_character() -> None:
    with Sandbox() as sandbox:
        (found,) = sandbox.extract(JSON_LINES, b'{"text": "A \\ud83c\\udf09 over \\udfff the Lune"}')
    assert getattr(found, "text", None) == "A \U0001f309 over \ufffd the Lune"


def test_one_process_reads_many_files(hostile: Path) -> None:
    kind = reader(hostile, "from rag.formats.extracted import Extracted as E; return [E(str(os.getpid()))]")
    with Sandbox() as sandbox:
        pids = {read_one(sandbox, kind, b"x" * n).text for n in (0, 1, 2**20)}
        assert len(pids) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int(pids.pop()), 0)


@pytest.mark.slow
def test_a_worker_that_is_killed_between_two_files_is_replaced() -> None:
    with Sandbox() as sandbox:
        sandbox.extract(HTML, GOOD)
        os.kill(sandbox._process.pid, signal.SIGKILL)  # type: ignore[union-attr]
        time.sleep(0.2)
        assert read_one(sandbox, HTML, GOOD).text.startswith(LEAD)


def test_modules_of_the_working_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pypdfium2.py").write_text("raise SystemExit")
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    with Sandbox() as sandbox:
        assert read_one(sandbox, PDF, pdf([[LEAD]])).text == f"{LEAD}\n\f"


def test_no_process_is_started_that_nobody_needs() -> None:
    before = threading.active_count()
    with Sandbox() as sandbox:
        assert sandbox._process is None
        with pytest.raises(ValueError, match="not read in the worker"):
            sandbox.extract(TEXT, b"")
    assert threading.active_count() == before


def test_the_worker_has_the_memory_and_the_processor_time_of_the_settings(hostile: Path) -> None:
    (hostile / "broken.py").write_text(
        "import resource\nfrom rag.formats.extracted import Extracted\ndef extract(data):\n"
        "    limits = [resource.getrlimit(w)[0] for w in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]\n"
        "    return [Extracted(' '.join(map(str, limits)))]\n"
    )
    with Sandbox(FileSettings(memory_megabytes=600, processor_seconds=7)) as sandbox:
        memory, seconds = map(int, read_one(sandbox, BROKEN, b"").text.split())
    assert memory == 600 * MEBIBYTE
    assert 7 <= seconds <= 30  # what the process used before comes on top


def test_a_slow_file_is_given_up_after_the_seconds_of_the_settings(hostile: Path) -> None:
    (hostile / "broken.py").write_text("import time\ndef extract(data):\n    time.sleep(60)\n")
    with Sandbox(FileSettings(seconds=1)) as sandbox, pytest.raises(ArticleError, match="takes too long"):
        sandbox.extract(BROKEN, b"")


def _is_confined() -> bool:
    """Whether this machine's kernel has both Landlock and filters of system calls."""
    probe = "from rag.formats.confine import confine; raise SystemExit(not all(confine()))"
    return subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


CONFINED = pytest.mark.skipif(not _is_confined(), reason="this kernel lacks Landlock or filters of system calls")

PROBE = """
import os, socket, subprocess
from rag.formats.extracted import Extracted
def refused(action):
    try:
        action()
    except (OSError, subprocess.CalledProcessError):
        return "refused"
    return "done"
def extract(data):
    here, secret = data.decode().split()
    actions = dict(
        tcp=lambda: socket.socket(),
        udp=lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        local=lambda: socket.socket(socket.AF_UNIX),
        write=lambda: open(f"{here}/new.txt", "w"),
        append=lambda: open(f"{here}/there.txt", "a"),
        remove=lambda: os.remove(f"{here}/there.txt"),
        rename=lambda: os.rename(f"{here}/there.txt", f"{here}/other.txt"),
        folder=lambda: os.mkdir(f"{here}/folder"),
        link=lambda: os.symlink("/", f"{here}/link"),
        mode=lambda: os.chmod(f"{here}/there.txt", 0o777),
        times=lambda: os.utime(f"{here}/there.txt"),
        read=lambda: open(secret).read(),
        parent=lambda: open(f"/proc/{os.getppid()}/environ").read(),
        program=lambda: subprocess.run(["/bin/sh", "-c", f"echo x > {here}/new.txt"], check=True),
        kill=lambda: os.kill(os.getppid(), 0),
    )
    names = [name for name, action in actions.items() if refused(action) == "done"]
    return [Extracted(" ".join(["done:", *names]), title=" ".join(os.environ))]
"""


@CONFINED
def test_the_worker_reaches_no_network_no_file_and_no_process(
    hostile: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (hostile / "broken.py").write_text(PROBE)
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("A secret.")
    (hostile / "there.txt").write_text("It was here before.")
    monkeypatch.setenv("A_PASSWORD", "hunter2")
    with Sandbox() as sandbox:
        probe = read_one(sandbox, BROKEN, f"{hostile} {outside / 'secret.txt'}".encode())
        assert read_one(sandbox, PDF, pdf([[LEAD]])).text == f"{LEAD}\n\f"
    assert probe.text == "done:"
    assert "A_PASSWORD" not in (probe.title or "").split()
    assert (hostile / "there.txt").read_text() == "It was here before."
    assert not (hostile / "new.txt").exists()


@CONFINED
@pytest.mark.parametrize("kept", ["_limit_files", "_filter_calls"])
def test_each_part_of_the_confinement_forbids_writing_by_itself(tmp_path: Path, kept: str) -> None:
    other = {"_limit_files": "_filter_calls", "_filter_calls": "_limit_files"}[kept]
    probe = (
        f"import sys; from rag.formats import confine; confine.{other} = lambda *given: False\n"
        "print(confine.confine())\n"
        "try:\n    open(sys.argv[1], 'w')\nexcept PermissionError:\n    print('refused')\n"
    )
    command = [sys.executable, "-c", probe, str(tmp_path / "new.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.splitlines()[-1] == "refused", done.stdout
    assert not (tmp_path / "new.txt").exists()
