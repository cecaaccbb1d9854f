"""The command `rag search`, and the options that filter, run as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.cli.main import with_verb
from tests.cli.command import run
from tests.libraries import write

pytestmark = pytest.mark.slow

STORY = "---\ntitle: {title}\nauthor: {author}\ndesk: {desk}\n---\n{text}\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name, author, desk, text in (
        ("fog", "Jane Doe", "city", "Fog closed the harbour on Monday. The ferry stayed at its pier."),
        ("tram", "Bob Roe", "politics", "Tram drivers walked out on Tuesday. The ferry ran in the fog."),
    ):
        write(home / "news" / f"{name}.md", STORY.format(title=f"A {name} day", author=author, desk=desk, text=text))
    assert run("update", "news", cwd=home).returncode == 0
    return home


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["search", "ferry", "-harbour"], ["search", "ferry", " -harbour"]),
        (["search", "ferry", "-victims", "-v"], ["search", "ferry", " -victims", "-v"]),
        (["--index", "there", "search", "ferry"], ["search", "--index", "there", "ferry"]),
        (["search", "--offset", "10", "ferry"], ["search", "--offset", "10", "ferry"]),
        (["--author", "search", "who?"], ["ask", "--author", "search", "who?"]),
        (["--where", "desk=search", "who?"], ["ask", "--where", "desk=search", "who?"]),
    ],
)
def test_words_to_leave_out_are_no_options(given: list[str], meant: list[str]) -> None:
    assert with_verb(given) == meant


def test_articles_are_listed_with_their_places(home: Path) -> None:
    done = run("search", "ferry", "-harbour", cwd=home)
    assert done.returncode == 0, done.stderr
    head, _, title, snippet, place = done.stdout.splitlines()
    assert head == "1 article has ferry AND NOT harbour, in 1 passage."
    assert title == "1. A tram day · Bob Roe"
    assert snippet.strip() == "The ferry ran in the fog."
    assert place.endswith("characters 36–61")


def test_json_has_the_whole_result_and_offset_its_next_page(home: Path) -> None:
    done = run("search", "fog OR ferry", "--json", "--count", "1", "--offset", "1", cwd=home)
    result = json.loads(done.stdout)
    assert (result["articles"], result["offset"], [hit["number"] for hit in result["found"]]) == (2, 1, [2])


def test_nothing_found_has_an_exit_code_of_its_own_and_says_what_each_word_has(home: Path) -> None:
    done = run("search", "ferry", "unheard", cwd=home)
    assert done.returncode == 3
    assert "ferry in 2 articles, unheard in 0 articles" in done.stdout


def test_filters_are_options_of_questions_and_searches(home: Path) -> None:
    done = run("search", "ferry", "--where", "desk=politics", "--author", "bob roe", "--json", cwd=home)
    assert [hit["title"] for hit in json.loads(done.stdout)["found"]] == ["A tram day"]
    done = run("ask", "Where did the ferry stay?", "--author", "Jane Doe", "--json", cwd=home)
    assert json.loads(done.stdout)["scope"]["authors"] == ["Jane Doe"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "NOT", "ferry"), "add a word to find"),
        (("search", "ferry", "--author", "Jane Do"), "'Jane Doe'"),
        (("ask", "who?", "--where", "desk"), "write --where NAME=VALUE"),
        (("search", "ferry", "--offfset", "3"), "No such option"),
        (("search", "ferry", "--count", "0"), "from 1 to 1,000"),
    ],
)
def test_wrong_use_is_one_line_that_says_what_to_do(home: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, cwd=home)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
