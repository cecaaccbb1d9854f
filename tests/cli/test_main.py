"""The command, run as a person runs it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

import rag
from rag.cli.main import COMMANDS, app, with_verb
from rag.cli.options import progress_lines
from rag.core.settings_reference import known_settings
from rag.store.store import Store
from tests.cli.command import RAG, run, run_program
from tests.libraries import story, write
from tests.places import SEEDS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    done = run("update", str(SEEDS), cwd=home)
    assert done.returncode == 0, done.stderr
    return home


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["who mediated?"], ["ask", "who mediated?"]),
        (["who", "mediated"], ["ask", "who", "mediated"]),
        (["--json", "who?"], ["ask", "--json", "who?"]),
        (["--index", "there", "who?"], ["ask", "--index", "there", "who?"]),
        (["status"], ["status"]),
        (["--index", "there", "status"], ["status", "--index", "there"]),
        (["--json", "out.json", "eval", "q.csv"], ["eval", "--json", "out.json", "q.csv"]),
        (["ask", "status"], ["ask", "status"]),
        (["--index", "there", "user", "add", "ada"], ["user", "add", "--index", "there", "ada"]),
        (["-"], ["ask", "-"]),
        (["--json", "-"], ["ask", "--json", "-"]),
        (["how", "many", "came"], ["ask", "how", "many", "came"]),
        (["what", "happened"], ["ask", "what", "happened"]),
        (["state", "of", "emergency"], ["ask", "state", "of", "emergency"]),
        (["Chet", "Baker"], ["ask", "Chet", "Baker"]),
        (["who asked?"], ["ask", "who asked?"]),
        ([], []),
        (["-h"], ["--help"]),
        (["--help", "me"], ["--help"]),
        (["--version"], ["--version"]),
    ],
)
def test_the_default_verb_is_ask(given: list[str], meant: list[str]) -> None:
    assert with_verb(given) == meant


def test_it_says_its_version(tmp_path: Path) -> None:
    done = run_program("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"rag {rag.__version__}\n", "")


def test_the_verb_is_found_behind_every_flag() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert set(commands) == set(COMMANDS)
    for name, command in commands.items():
        for option in (parameter for parameter in command.params if parameter.param_type_name == "option"):
            given = [option.opts[0]] if option.is_flag else [option.opts[0], "value.json"]
            assert with_verb([*given, name, "more"]) == [name, *given, "more"]


def test_help_needs_no_model_and_is_a_tutorial(tmp_path: Path) -> None:
    probe = "import sys, rag.cli.main; sys.exit(any(m in sys.modules for m in ('torch', 'numpy', 'gradio', 'faiss')))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
    shown = run_program("--help", cwd=tmp_path).stdout
    assert "rag update my-articles/" in shown
    assert "Exit codes" in shown


def test_asking_loads_nothing_that_only_updates_and_checks_need() -> None:
    modules = "('update', 'source', 'check')"
    probe = f"import sys, rag.library; sys.exit(any(f'rag.ingest.{{m}}' in sys.modules for m in {modules}))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_an_answer_exits_0_and_prints_quote_and_place(home: Path) -> None:
    done = run("Who is Oman's foreign minister?", cwd=home)
    assert done.returncode == 0
    assert "al-Busaidi" in done.stdout
    assert "characters" in done.stdout


def test_json_is_the_schema_and_nothing_else(home: Path) -> None:
    done = run_program("--json", "Who is Oman's foreign minister?", cwd=home)
    answer = json.loads(done.stdout)
    assert answer["status"] == "answered"
    assert (home / "index").is_dir()


def test_no_answer_exits_3(home: Path) -> None:
    done = run("Who won the football match?", cwd=home)
    assert done.returncode == 3
    assert "The articles don't say" in done.stdout


def test_no_index_exits_4_and_names_the_command(tmp_path: Path) -> None:
    done = run("Who mediated?", cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr == "rag: There is no index in index; run: rag update PATH\n"


def test_a_file_in_place_of_the_index_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Vik won.", encoding="utf-8")
    done = run("--index", "notes.txt", "Who mediated?", cwd=tmp_path)
    assert done.returncode == 4
    assert "notes.txt is a file and no index folder; choose another index folder" in done.stderr
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "Vik won."


@pytest.mark.parametrize("question", ["", "   ", "word " * 10_000])
def test_an_impossible_question_exits_2_in_one_line(home: Path, question: str) -> None:
    done = run("ask", question, cwd=home)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_status_and_show(home: Path) -> None:
    assert run("status", cwd=home).stdout.startswith("1 article, ")
    shown = run("show", "seeds", cwd=home).stdout
    seed = next(SEEDS.glob("*.txt")).read_text(encoding="utf-8")
    assert shown.endswith(seed + "\n")
    missing = run("show", "nothing like it", cwd=home)
    assert missing.returncode == 2


def test_show_finds_an_article_by_words_of_its_text(home: Path) -> None:
    by_title = run("show", "seeds", cwd=home).stdout
    for words in ("nuclear", "bunker-busting bombs", "STRAIT chokes oil"):
        shown = run("show", words, cwd=home)
        assert (shown.returncode == 0) == ("STRAIT" not in words), words
        assert shown.stdout in (by_title, "")
    assert "reader reader" not in run("status", cwd=home).stdout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("updaet x", "update"),
        ("udpate x", "update"),
        ("stauts", "status"),
        ("watc x", "watch"),
        ("rebulid", "rebuild"),
        ("chekc", "check"),
        ("shwo nuclear", "show"),
    ],
)
def test_a_command_with_a_typing_error_is_not_asked(tmp_path: Path, typed: str, meant: str) -> None:
    done = run(*typed.split(), cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"did you mean: rag {meant}?" in done.stderr
    assert f"rag ask {typed}" in done.stderr


def test_a_question_comes_from_standard_input(home: Path) -> None:
    for sent in (b"Who is Oman's foreign minister?\n", b"Who is Oman's\nforeign minister? \xff\x00"):
        done = subprocess.run([str(RAG), "-"], cwd=home, input=sent, capture_output=True, check=False)
        assert done.returncode == 0 and b"al-Busaidi" in done.stdout
    assert subprocess.run([str(RAG), "-"], cwd=home, input=b"", capture_output=True, check=False).returncode == 2


def test_nothing_that_was_typed_reaches_the_terminal_as_it_is(home: Path) -> None:
    bad = "\x1b]0;x\x07\u202e"
    for arguments in ([f"--{bad}"], ["show", bad], ["update", bad], [f"who {bad}?"], ["ask", "--json", f"who {bad}?"]):
        done = run(*arguments, cwd=home)
        assert not set(done.stdout + done.stderr) & set("\x1b\x07\u202e"), arguments
    raw = [str(RAG).encode(), b"--json", b"Who is \xff\xfe Oman's foreign minister?", b"--source", b"\xff"]
    done = subprocess.run(raw, cwd=home, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    done = run_program("Who is Oman's foreign minister?", cwd=home, PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "Traceback" not in done.stderr


def test_a_port_that_was_asked_for_and_is_taken_is_an_error(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("chat", "--port", str(port), "--no-browser", cwd=home)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"The port {port} is in use" in done.stderr


def test_users_are_added_listed_and_removed(home: Path) -> None:
    def add(*arguments: str, password: str) -> subprocess.CompletedProcess[str]:
        command = [str(RAG), "user", "add", *arguments]
        return subprocess.run(command, cwd=home, input=password, capture_output=True, text=True, check=False)

    assert add("ada", "--editor", password="s3cret\n").stdout == "added ada, editor\n"
    assert add("ben", password="open\n").stdout == "added ben, reader\n"
    assert run("user", "list", cwd=home).stdout == "ada  editor\nben  reader\n"
    assert "s3cret" not in (home / "index" / "users").read_text()
    assert (add("eve", password="\n").returncode, add("a:b", password="x\n").returncode) == (2, 1)
    assert run("user", "remove", "ada", cwd=home).returncode == run("user", "remove", "ben", cwd=home).returncode == 0
    assert run("user", "remove", "ada", cwd=home).returncode == 2
    assert run("user", "list", "--index", "nowhere", cwd=home).returncode == 2


def test_check_and_rebuild(home: Path, tmp_path: Path) -> None:
    sound = run("check", cwd=home)
    assert (sound.returncode, sound.stdout[:7]) == (0, "sound: ")
    shutil.copytree(home / "index", tmp_path / "index")
    (tmp_path / "index" / "dense" / "manifest").write_bytes(b"harmed")
    harmed = run("check", cwd=tmp_path)
    assert harmed.returncode == 5
    assert "dense/manifest can't be used (checksum); run: rag rebuild\n" in harmed.stdout
    elsewhere = run("check", "--json", "--index", str(tmp_path / "index"), cwd=home)
    (finding,) = json.loads(elsewhere.stdout)["findings"]
    assert set(finding) == {"what", "mend"}
    assert finding["mend"] == f"run: rag rebuild --index {tmp_path / 'index'}"
    assert run("rebuild", cwd=tmp_path).returncode == 0
    assert json.loads(run("check", "--json", cwd=tmp_path).stdout)["findings"] == []
    assert "1 added" in run("rebuild", "--from-articles", cwd=tmp_path).stdout
    assert run("check", cwd=tmp_path).returncode == 0
    assert run("rebuild", "seeds", cwd=tmp_path).returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="no SIGINT to send there")
def test_ctrl_c_is_one_line_and_the_next_update_goes_on(tmp_path: Path) -> None:
    for n in range(400):
        write(tmp_path / "news" / f"{n}.txt", story(f"Report number {n} tells of matter {n}. " * 100))
    command = [sys.executable, "-m", "rag.cli", "update", "news"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while process.poll() is None and not (tmp_path / "index" / "embedded.sqlite").exists():
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()
    *progress, last = errors.splitlines()
    assert process.returncode == 130
    assert "finished work is kept; run the same command to continue" in last
    assert all(line.startswith(("Reading files", "Embedding passages: ")) for line in progress)
    assert run("status", cwd=tmp_path).stdout.startswith("0 articles")


def test_a_second_update_finds_everything_unchanged(home: Path) -> None:
    done = run("update", "--json", cwd=home)
    report = json.loads(done.stdout)
    assert (report["unchanged"], report["added"], report["changed"], report["removed"]) == (1, [], [], [])


def test_a_folder_without_articles_is_said_and_harms_nothing(home: Path, tmp_path: Path) -> None:
    done = run("update", str(tmp_path), cwd=home)
    assert done.returncode == 1
    assert f"! {tmp_path}: There is no article here" in done.stdout
    assert "0 added" in done.stdout
    assert run("Who is Oman's foreign minister?", cwd=home).returncode == 0


def test_bad_files_are_named_and_do_not_stop_the_batch(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a-binary.txt").write_bytes(bytes(range(256)) * 64)
    (articles / "b-empty.txt").write_bytes(b"")
    (articles / "c-good.txt").write_text("The mayor opened the bridge on Monday. It cost a lot.", encoding="utf-8")
    report = json.loads(run("update", "articles", "--json", cwd=tmp_path).stdout)
    assert len(report["added"]) == 1
    assert sorted(Path(skipped["path"]).name for skipped in report["skipped"]) == ["a-binary.txt", "b-empty.txt"]
    assert all(skipped["why"] for skipped in report["skipped"])


def test_files_that_were_left_out_make_the_exit_code_1(tmp_path: Path) -> None:
    write(tmp_path / "news" / "bridge.txt", story("The bridge reopened on Monday."))
    (tmp_path / "news" / "harmed.json").write_text("{")
    (tmp_path / "news" / "film.mp4").write_bytes(b"film")
    first = run("update", "news", cwd=tmp_path)
    assert (first.returncode, first.stdout.count("\n! ") + first.stdout.startswith("! ")) == (1, 2)
    assert "1 added, 0 changed, 0 renamed, 0 removed, 0 unchanged, 2 skipped\n1 article, 1 passage" in first.stdout
    (tmp_path / "news" / "harmed.json").unlink()
    (tmp_path / "news" / "film.mp4").unlink()
    assert run("update", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("command", ["update", "watch"])
def test_a_wrong_path_makes_no_index(tmp_path: Path, command: str) -> None:
    done = run(command, "nwes", "mistyped.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "rag: There is no file or folder nwes, mistyped.txt; check the path\n"
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_path_beside_an_index_is_said_and_changes_nothing(home: Path) -> None:
    done = run("update", "nowhere", cwd=home)
    assert done.returncode == 1
    assert "! nowhere: The file is not there" in done.stdout
    assert json.loads(run("update", "--json", cwd=home).stdout)["skipped"] == []


def test_an_index_that_knows_no_folder_says_so(tmp_path: Path) -> None:
    Store.create(tmp_path / "index").close()
    done = run("update", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "rag: The index knows no folder of articles; run: rag update PATH\n")


def test_a_named_file_that_is_no_article_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.txt").write_text("Otto Vik won the vote in Osk.", encoding="utf-8")
    (tmp_path / "core.bin").write_bytes(b"x\0\1y")
    run("update", "archive", "core.bin", cwd=tmp_path)
    again = run("update", cwd=tmp_path)
    assert again.returncode == 1
    assert "To leave it out, run: rag forget PATH" in again.stdout
    run("forget", "core.bin", cwd=tmp_path)
    assert run("update", cwd=tmp_path).returncode == 0


def test_an_update_prints_counts_and_with_verbose_names(tmp_path: Path) -> None:
    write(tmp_path / "news" / "bridge.txt", story("The bridge reopened on Monday."))
    brief = run("update", "news", cwd=tmp_path).stdout
    assert "bridge.txt" not in brief
    assert brief.startswith("1 added")
    (tmp_path / "news" / "bridge.txt").rename(tmp_path / "news" / "river.txt")
    assert run("update", "-v", cwd=tmp_path).stdout.startswith(f"> {tmp_path / 'news' / 'river.txt'}\n")


def test_a_folder_that_is_suddenly_empty_stays_until_it_is_confirmed(tmp_path: Path) -> None:
    write(tmp_path / "news" / "bridge.txt", story("The bridge reopened on Monday."))
    run("update", "news", cwd=tmp_path)
    (tmp_path / "news" / "bridge.txt").unlink()
    held = run("update", cwd=tmp_path)
    assert held.returncode == 1
    assert "1 of 1 files are missing here, so nothing of this folder was changed" in held.stdout
    assert held.stdout.endswith("To confirm that they were deleted, run: rag update --removed\n")
    assert "1 article, 1 passage, generation 1" in held.stdout
    confirmed = run("update", "--removed", cwd=tmp_path)
    assert (confirmed.returncode, "1 removed" in confirmed.stdout) == (0, True)


def test_a_backup_is_saved_and_restored_and_a_moved_folder_followed(tmp_path: Path) -> None:
    write(tmp_path / "news" / "bridge.txt", story("The bridge reopened on Monday."))
    run("update", "news", cwd=tmp_path)
    saved = run("backup", "saved.backup", cwd=tmp_path)
    assert (saved.returncode, saved.stdout) == (0, "Saved 1 article, generation 1, to saved.backup\n")
    assert "1 removed" in run("forget", "news", cwd=tmp_path).stdout
    restored = run("restore", "saved.backup", cwd=tmp_path)
    assert (restored.returncode, restored.stdout) == (0, "Restored 1 article, generation 1, to index\n")
    (tmp_path / "news").rename(tmp_path / "archive")
    moved = run("move", "news", "archive", cwd=tmp_path)
    assert (moved.returncode, "1 renamed" in moved.stdout) == (0, True)
    assert "1 unchanged" in run("update", cwd=tmp_path).stdout
    assert run("check", cwd=tmp_path).returncode == 0
    refused = run("restore", "archive/bridge.txt", cwd=tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)


def test_a_line_of_progress_comes_at_regular_times(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_lines("Embedding passages", every=0.05) as show:
        time.sleep(0.2)
        show(3, 90)
        time.sleep(0.2)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Reading files"
    assert lines[-1] == "Embedding passages: 3 of 90"
    time.sleep(0.2)
    assert capsys.readouterr().err == ""


def test_fields_are_named_and_remembered(tmp_path: Path) -> None:
    record = {"id": "b1", "headline": "The bridge", "story": {"lead": "The mayor opened the bridge on Monday."}}
    (tmp_path / "all.jsonl").write_text(json.dumps(record))
    unnamed = run("update", "all.jsonl", cwd=tmp_path).stdout
    assert "Line 1: no field has its text; name the field" in unnamed
    assert unnamed.endswith("holds the text, run: rag update --field text=NAME\n")
    refused = run("update", "all.jsonl", "--field", "words=lead", cwd=tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "'text' names no known field" in run("update", "all.jsonl", "--field", "text=", cwd=tmp_path).stderr
    added = json.loads(run("update", "all.jsonl", "--field", "text=story.lead", "--json", cwd=tmp_path).stdout)["added"]
    assert added == ["all.jsonl#b1"]
    assert json.loads(run("update", "--json", cwd=tmp_path).stdout)["unchanged"] == 1
    assert "The bridge" in run("show", "b1", cwd=tmp_path).stdout


def test_python_answers_from_the_default_index_and_builds_it_from_seeds(tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    code = 'from rag import answer; print(answer("Who is the largest buyer of Iranian oil?").status)'
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "answered\n", done.stderr


def test_status_lists_every_setting_with_its_value_and_where_it_comes_from(tmp_path: Path) -> None:
    write(tmp_path / "index" / "rag.toml", "[answers]\npassages_read = 12\n")
    done = run("status", "--settings", cwd=tmp_path, RAG_PAGE_QUEUE_LENGTH="64")
    assert (done.returncode, done.stderr) == (0, "")
    head, *lines = done.stdout.splitlines()
    assert head.split(maxsplit=3) == ["Key", "Value", "Default", "Set by"]
    rows, below = lines[::2], lines[1::2]
    shown = {row.split()[0]: row.split(maxsplit=3)[1:] for row in rows}
    assert list(shown) == [known.name for known in known_settings()]
    assert shown["answers.passages_read"] == ["12", "8", "index/rag.toml, line 2"]
    assert shown["page.queue_length"] == ["64", "128", "variable RAG_PAGE_QUEUE_LENGTH"]
    assert shown["answers.threshold"] == ["calibrated", "calibrated", "default"]
    assert below[0] == f"    1 to 100 passages. {known_settings()[0].meaning}"
    assert [line.split(". ", 1)[1] for line in below] == [known.meaning for known in known_settings()]


def test_status_gives_the_settings_as_json(tmp_path: Path) -> None:
    write(tmp_path / "index" / "rag.toml", "[answers]\nthreshold = 0.5\n")
    found = json.loads(run("status", "--settings", "--json", cwd=tmp_path).stdout)
    assert [one["key"] for one in found] == [known.name for known in known_settings()]
    (threshold,) = (one for one in found if one["key"] == "answers.threshold")
    assert threshold == {
        "key": "answers.threshold",
        "value": 0.5,
        "default": None,
        "least": 0.0,
        "choices": [],
        "most": 1.0,
        "unit": "probability",
        "variable": "RAG_ANSWERS_THRESHOLD",
        "set_by": "index/rag.toml, line 2",
        "meaning": threshold["meaning"],
    }


def test_a_wrong_setting_is_one_line_and_exit_code_2_for_every_command(home: Path) -> None:
    for arguments in (
        ["who mediated?"],
        ["status"],
        ["status", "--settings"],
        ["update"],
        ["rebuild", "--from-articles"],
    ):
        done = run(*arguments, cwd=home, RAG_ANSWERS_PASSAGES_READ="0")
        assert done.returncode == 2
        why = "answers.passages_read can't be 0 (variable RAG_ANSWERS_PASSAGES_READ); give a whole number from 1 to 100"
        assert done.stderr == f"rag: {why}\n"


def test_an_error_of_the_settings_is_one_line_with_control_characters_escaped(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "rag.toml").write_text('[answers]\n"\\u001b]0;x\\nrag: fine" = 1\n', "utf-8")
    done = run("status", cwd=tmp_path)
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_command_in_an_error_names_the_index_that_was_asked(tmp_path: Path) -> None:
    done = run("status", "--index", "elsewhere", cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr.strip().endswith("run: rag update PATH --index elsewhere")


def test_no_folder_is_followed_into_several_collections(tmp_path: Path) -> None:
    done = run("chat", "--collections", "all", "--watch", "news", "--no-browser", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.rstrip().endswith("run: rag watch PATH --index FOLDER")


def test_a_port_that_no_machine_has_is_refused(tmp_path: Path) -> None:
    done = run("chat", "--port", "99999", "--no-browser", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
