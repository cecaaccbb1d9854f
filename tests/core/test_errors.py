"""Errors: what is wrong, the remedy, and that the library names no command."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import rag
from rag.core import errors
from rag.core.errors import ArticleError, CitationError, IndexMissingError, RagError
from rag.core.remedies import IN_WORDS, Action, Remedy
from rag.core.reports import Finding, Skipped

SOURCES = Path(rag.__file__).parent
COMMAND_LINE = "cli"
COMMAND = re.compile(r"\brag (ask|update|chat|status|show|watch|check|rebuild|eval)\b|(?<!install )--[a-z]")
"""Matches a command or option of this project, but not of pip."""
OPTIONS_OF_TESSERACT = {"--list-langs", "--dpi"}
"""Options of another program, which the library runs."""


def library_modules() -> list[Path]:
    """All modules except those of the command line, because only the command line names commands."""
    return [path for path in SOURCES.rglob("*.py") if COMMAND_LINE not in path.relative_to(SOURCES).parts]


def strings_in_code(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module with their line numbers, without docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def calls_of_errors(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            named = getattr(errors, node.func.id, None)
            if isinstance(named, type) and issubclass(named, RagError):
                yield node


def test_an_error_is_one_line_that_ends_in_what_to_do() -> None:
    error = RagError("The disk is full", remedy="make room")
    assert (error.message, error.remedy, str(error)) == (
        "The disk is full",
        Remedy("make room"),
        "The disk is full; make room",
    )
    assert str(RagError("The disk is full")) == "The disk is full"
    assert str(ArticleError("It is empty", "no_text", remedy="take it away")) == "It is empty; take it away."


def test_an_action_is_told_in_plain_words_after_its_advice() -> None:
    error = CitationError("It is gone", remedy=Remedy("ask again, or", "update"))
    assert str(error) == "It is gone; ask again, or update the library"
    assert str(IndexMissingError("None", remedy=Remedy(action="build"))) == "None; build one from a folder of articles"


def test_reason_and_facts_stand_beside_the_remedy() -> None:
    error = ArticleError("It is larger than 64 MB", "too_large", remedy="split it", most=64)
    assert (error.reason, error.facts, ArticleError("?").reason) == ("too_large", {"most": 64}, "unreadable")


def test_reports_have_the_words_and_no_remedy_in_the_json() -> None:
    remedy = Remedy(action="name_fields")
    skipped = Skipped.of("a.json", ArticleError("No field holds its text", "no_text_field", remedy=remedy))
    assert "remedy" not in skipped.model_dump()
    assert skipped.why == f"No field holds its text; {IN_WORDS['name_fields']}."
    finding = Finding.of("an index is damaged", Remedy(action="rebuild"))
    assert finding.model_dump() == {"what": "an index is damaged", "mend": IN_WORDS["rebuild"]}


def test_each_action_has_plain_words() -> None:
    assert set(IN_WORDS) == set(get_args(Action))
    assert not any(COMMAND.search(words) for words in IN_WORDS.values())


@pytest.mark.parametrize("path", library_modules(), ids=lambda path: str(path.relative_to(SOURCES)))
def test_no_module_of_the_library_names_a_command(path: Path) -> None:
    named = [text for _, text in strings_in_code(path) if COMMAND.search(text)]
    assert [text for text in named if text not in OPTIONS_OF_TESSERACT] == []


@pytest.mark.parametrize("path", library_modules(), ids=lambda path: str(path.relative_to(SOURCES)))
def test_every_error_of_the_library_carries_its_remedy(path: Path) -> None:
    calls = calls_of_errors(path)
    assert [call.lineno for call in calls if "remedy" not in {keyword.arg for keyword in call.keywords}] == []
