"""README and documentation: the Python blocks run, the commands parse, and the named files exist."""

from __future__ import annotations

import os
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from rag.cli.main import app, with_verb
from tests import forks

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^ *```(?P<language>[\w-]*)\n(?P<body>.*?)^ *```$", re.DOTALL | re.MULTILINE)
LANGUAGES = {"python", "bash", "json", "sql", "toml", "text"}
ORDINARY = {"pip", "source", "cp", "export"}
"""First words of commands that belong to other programs."""
FOLDERS = ("src/", "ui/", "tests/", "training/", "benchmarks/", "docs/", "seeds/", "examples/", "tools/", "deploy/")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    found = FENCE.finditer(page.read_text(encoding="utf-8"))
    return [match["body"] for match in found if match["language"] == language]


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yields each command of each `bash` block with its page. A `\\` continues a line, `#` begins a comment."""
    for page in PAGES:
        for block in blocks(page, "bash"):
            for line in block.replace("\\\n", " ").splitlines():
                if words := shlex.split(line, comments=True):
                    yield name_of(page), words


def commands_of(program: str) -> list[tuple[str, list[str]]]:
    return [(page, words) for page, words in commands() if words[0] == program]


@pytest.fixture(scope="module")
def working_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as after a clone: with the seeds, and without an index until a block builds one."""
    folder = tmp_path_factory.mktemp("documentation")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    return folder


def run_block() -> None:
    exec(compile(sys.argv[0], "<documentation>", "exec"), {"__name__": "__main__"})


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=name_of)
def test_the_python_blocks_run(page: Path, working_folder: Path) -> None:
    for block in blocks(page, "python"):
        done = forks.run(run_block, [block], cwd=working_folder, environment=os.environ)
        assert done.returncode == 0, done.stderr


def test_every_block_says_its_language() -> None:
    for page in PAGES:
        languages = {match["language"] for match in FENCE.finditer(page.read_text(encoding="utf-8"))}
        assert languages <= LANGUAGES, name_of(page)


def test_the_rag_commands_parse() -> None:
    found = commands_of("rag")
    assert found
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    for page, words in found:
        verb, *arguments = with_verb(words[1:])
        assert verb in group.commands, (page, words)
        command = group.commands[verb]
        command.make_context(verb, arguments)


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    written = {match for page in PAGES for match in re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8"))}
    targets = written | {words[1] for _, words in commands_of("make")}
    assert {"chat", "test", "docs"} <= targets
    assert [target for target in sorted(targets) if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_the_modules_that_are_run_exist_and_take_the_options() -> None:
    inline = re.compile(r"`(python -m [^`]+)`")
    lines = [(name_of(page), line) for page in PAGES for line in inline.findall(page.read_text(encoding="utf-8"))]
    found = [(page, shlex.split(line)) for page, line in lines] + [
        (page, words) for page, words in commands() if Path(words[0]).name == "python"
    ]
    assert found
    for page, (_, flag, module, *rest) in found:
        assert flag == "-m", (page, module)
        source = source_of(module)
        assert source is not None, (page, module)
        for option in (word for word in rest if word.startswith("--")):
            assert f'"{option}"' in source, (page, module, option)


@cache
def source_of(module: str) -> str | None:
    """Returns the source of a module of this project; "" for the installed pytest; None if there is no such module."""
    if module == "pytest":
        return ""
    file = ROOT / module.replace(".", "/")
    candidates = [file.with_suffix(".py"), file / "__main__.py"]
    return next((path.read_text(encoding="utf-8") for path in candidates if path.is_file()), None)


def test_other_commands_are_ordinary_ones() -> None:
    own = {"rag", "make", "python"}
    assert {Path(words[0]).name for _, words in commands()} <= own | ORDINARY


def test_the_files_that_are_named_exist() -> None:
    named = [
        (name_of(page), path)
        for page in PAGES
        for path in re.findall(r"`([\w/.-]+/[\w/.-]*)`", page.read_text(encoding="utf-8"))
        if path.startswith(FOLDERS)
    ]
    assert named
    assert [(page, path) for page, path in named if not (ROOT / path).exists()] == []


def test_the_modules_that_are_named_by_their_file_exist() -> None:
    folders = ("src", "ui", "training", "benchmarks", "tests", "docs", "examples", "tools")
    names = {file.name for folder in folders for file in (ROOT / folder).rglob("*.py")}
    named = [
        (name_of(page), Path(path).name)
        for page in PAGES
        for path in re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8"))
    ]
    assert named
    assert [(page, name) for page, name in named if name not in names] == []


def test_the_rule_of_layers_is_the_one_that_is_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = [c for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    rag, page_of_rag = ("\n".join(c["layers"]) + "\n" for c in contracts)
    for page in (ROOT / "ARCHITECTURE.md", ROOT / "docs/how-it-works/index.md"):
        assert rag in blocks(page, "text"), name_of(page)
    assert page_of_rag in blocks(ROOT / "ARCHITECTURE.md", "text")


def test_the_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert re.match(r"https?://", target) or (page.parent / target).exists(), (name_of(page), target)


def test_the_readme_fits_two_screens() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150
