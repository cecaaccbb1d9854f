"""The page's texts: every language has all of them, and no text is anywhere else in the code."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

import rag
import rag_ui
from rag.core import errors
from rag.core.errors import ArticleError, CitationError, IndexBusyError, QuestionError, RagError, Trouble
from rag.core.reports import Skipped
from rag.question.question import check_question
from rag_ui.language import english, german
from rag_ui.language.strings import ENGLISH, GERMAN, in_language
from tests.ui.wording import words_of

UI = Path(rag_ui.__file__).parent
LIBRARY = Path(rag.__file__).parent
PROSE = re.compile(r"[A-Za-zÀ-ÿ’]{2,} [a-zà-ÿ’]{2,}")
"""Matches two words in a row, the second in lower case."""
MARKUP = re.compile(r"<[^<>]*>|[\w-]+=\"[^\"]*\"")
SHOWN_IN_MARKUP = re.compile(r"(?:aria-label|title|placeholder|data-done)=\"([^\"]*)\"")
CODE = re.compile(r"=>|data:image|^#[\w-]+ \w*(\[[\w=-]+\])?$")
"""Matches scripts, pictures and selectors."""


def shape(words: Any) -> Any:
    """The parts of a text that the code relies on: its placeholders, and the keys of its parts."""
    if isinstance(words, str):
        return sorted({field for _, field, _, _ in Formatter().parse(words) if field is not None})
    if isinstance(words, dict):
        return {key: shape(part) for key, part in words.items()}
    return [shape(part) for part in words]


def test_every_language_has_the_same_words_to_be_filled_in_the_same_way() -> None:
    in_english = words_of(english.WORDS)
    differing = [name for name, words in words_of(german.WORDS).items() if shape(words) != shape(in_english[name])]
    assert differing == ["problems"]


def test_what_the_library_says_in_english_has_german_words_for_every_reason() -> None:
    assert english.WORDS.problems == {}
    assert german.WORDS.problems.keys() == set(get_args(Trouble)) - {"failed"}


def reasons_given() -> Iterator[tuple[str, set[str]]]:
    """For each error that the library raises: its reason, and the names of its facts."""
    for file in sorted(LIBRARY.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            kind = getattr(errors, call.func.id, None)
            if (
                isinstance(kind, type)
                and issubclass(kind, RagError)
                and None not in {part.arg for part in call.keywords}
            ):
                named = [str(part.value) for part in call.args[1:] if isinstance(part, ast.Constant)]
                yield [*named, kind.reason][0], {str(fact.arg) for fact in call.keywords} - {"remedy"}


def test_the_facts_that_german_words_tell_are_given_with_every_error_of_that_reason() -> None:
    given = list(reasons_given())
    told: dict[str, set[str]] = {reason: set(shape(words)) - {"..."} for reason, words in german.WORDS.problems.items()}
    assert {reason for reason, facts in given if facts} == {reason for reason in told if told[reason]} - {"more_alike"}
    assert [(reason, facts) for reason, facts in given if not told.get(reason, set()) <= facts] == []


def test_no_word_is_missing_or_left_untranslated() -> None:
    for name, words in words_of(german.WORDS).items():
        assert words, name
        if isinstance(words, str) and PROSE.search(words):
            assert words != words_of(english.WORDS)[name], name


def texts(tree: ast.AST) -> Iterator[str]:
    """The strings in code, each with everything that is inserted, without docstrings and log messages."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_log."):
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        else:
            yield from texts(node)
        if isinstance(node, ast.JoinedStr):
            for part in node.values:
                yield from texts(part) if isinstance(part, ast.FormattedValue) else ()


def prose(text: str) -> list[str]:
    """The parts of a string that a person would read as words."""
    seen = [] if CODE.search(text) else [MARKUP.sub(" ", text), *SHOWN_IN_MARKUP.findall(text)]
    return [words for words in seen if PROSE.search(words)]


def test_prose_is_found_in_code() -> None:
    code = ast.parse(
        """say(f'<p title="Read on">{card("Go on")}</p>', '<b class="a b">Not found</b>', '<i class="c d">')"""
    )
    assert [words.strip() for text in texts(code) for words in prose(text)] == ["Read on", "Go on", "Not found"]


@pytest.mark.parametrize("file", sorted(UI.glob("*.py")), ids=lambda file: file.name)
def test_no_words_stand_elsewhere_in_code(file: Path) -> None:
    if file.name.startswith(("english", "german")):
        return
    tree = ast.parse(file.read_text("utf-8"))
    assert [words for text in texts(tree) for words in prose(text)] == []


@pytest.mark.parametrize("file", sorted(UI.glob("*.js")), ids=lambda file: file.name)
def test_no_words_stand_in_scripts(file: Path) -> None:
    code = re.sub(r"//.*", "", file.read_text("utf-8"))
    quoted = re.findall(r"\"([^\"\n]*)\"|`([^`]*)`", code)
    assert [words for pair in quoted for text in pair for words in prose(text)] == []


def test_numbers_dates_and_plurals_are_german() -> None:
    day = datetime.date(2026, 6, 10)
    assert GERMAN.articles(12_000) == "12.000 Artikel"
    assert GERMAN.sources(1) == "Eine Quelle sagt"
    assert GERMAN.date("2026-06-03") == "3. Juni 2026"
    assert [GERMAN.age(date, day) for date in ("2026-06-10", "2026-06-07", "2026-05", "2025")] == [
        "heute",
        "vor 3 Tagen",
        "vor 1 Monat",
        "vor 1 Jahr",
    ]


def test_problems_are_told_by_the_library_in_english_and_by_reason_in_german() -> None:
    problems = (QuestionError("Empty", "question_empty"), IndexBusyError("Busy"), CitationError("Gone"))
    said = [GERMAN.problem(error) for error in problems]
    assert said == [german.WORDS.problems[reason] for reason in ("question_empty", "index_busy", "citation")]
    assert GERMAN.problem(RagError("Ein Satz")) == "Ein Satz"
    with pytest.raises(QuestionError) as raised:
        check_question("x" * 2_001)
    assert GERMAN.problem(raised.value) == "Die Frage hat 2.001 Zeichen: Fragen Sie mit höchstens 2.000."
    assert GERMAN.problem(QuestionError("Too long", "question_too_long")) == "Too long"
    assert [ENGLISH.problem(error) for error in problems] == ["Empty", "Busy", "Gone"]


def test_why_a_file_was_skipped_is_said_by_reason_in_german() -> None:
    skipped = Skipped(path="a.jsonl", why="Line 1200: empty", reason="no_text", record=1200)
    assert GERMAN.why_skipped(skipped) == f"Eintrag 1.200: {german.WORDS.problems['no_text']}"
    assert GERMAN.why_skipped(skipped.model_copy(update={"record": None})) == german.WORDS.problems["no_text"]
    assert GERMAN.why_skipped(Skipped(path="a.txt", why=german.WORDS.no_room)) == german.WORDS.no_room
    large = Skipped.of("a.txt", ArticleError("Too large", "too_large", most=64))
    assert GERMAN.why_skipped(large) == "Das sind mehr als 64 MB: in die einzelnen Artikel teilen."
    assert ENGLISH.why_skipped(skipped) == "Line 1200: empty"


def test_a_language_that_there_is_not_is_refused_in_one_line() -> None:
    with pytest.raises(RagError, match="--language with one of en, de"):
        in_language("fr")
    assert (in_language("en"), in_language("de")) == (ENGLISH, GERMAN)
