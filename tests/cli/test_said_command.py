"""The command `rag said`, run as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.said.archive import NEWS, build

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build(home).close()
    return home


def test_statements_are_listed_with_their_places(home: Path) -> None:
    done = run("said", "Otto", "Vik", "--since", "2024-09", cwd=home)
    assert done.returncode == 0, done.stderr
    head, _, quote, speaker, place, manner, *_ = done.stdout.splitlines()
    assert head == "1 statement of Otto Vik, by date:"
    assert quote == f"[1] {NEWS['pay'][2]}"
    assert speaker.strip() == "— Otto Vik"
    assert "Osk Gazette · 2024-09-15" in place and "characters 0–" in place
    assert manner.strip() == "in quotation marks"
    assert done.stdout.splitlines()[-1] == "Others of this name: Runa Vik."


def test_json_has_the_whole_result(home: Path) -> None:
    done = run("said", "Otto Vik", "--about", "the ferry", "--limit", "3", "--json", cwd=home)
    said = json.loads(done.stdout)
    assert [one["published"] for one in said["statements"]] == ["2024-05-10"]
    assert said["about"] == "the ferry"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("Otto Vik", "--until", "2020"), 3, "These articles attribute no words to Otto Vik."),
        (("Otto Wik",), 2, "the nearest names: 'Otto Vik'"),
        (("Vik",), 2, "give the full name: 'Otto Vik', 'Runa Vik'"),
        (("the", "mayor"), 2, "is no name of a person"),
        (("",), 2, "No speaker is named; give a name"),
        (("Otto Vik", "--limit", "0"), 2, "from 1 to 1,000"),
        (("Otto Vik", "--source", "Nobody's"), 2, "name one that the library has"),
        ((), 2, "Missing argument"),
    ],
)
def test_silence_and_wrong_use_say_what_to_do(home: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = run("said", *arguments, cwd=home)
    assert done.returncode == code
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
