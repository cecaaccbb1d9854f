"""Each table of English holds what its example shows, each pattern its row, and no list stands a second time."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from rag.question.spelling import fold
from rag.text.english import boilerplate_consent, boilerplate_lines, boilerplate_sentences, datelines
from rag.text.english.calendar import MONTH_NAMES, MONTHS, WEEKDAYS
from rag.text.english.numbers import NUMBER_WORDS, SMALL_NUMBERS
from rag.text.english.patterns import Row, any_of, any_row, capitalised, in_either_case
from rag.text.english.people import NAME_PARTICLES, TITLES
from rag.text.english.saying import SAYING_FORMS
from rag.text.english.spelling import common_words

SOURCE = Path(__file__).parents[3] / "src" / "rag"
ENGLISH = SOURCE / "text" / "english"
MODULES = sorted(path.stem for path in ENGLISH.glob("*.py") if path.stem not in ("__init__", "patterns"))

Matches = Callable[[re.Pattern[str], str], re.Match[str] | None]
ROWS: tuple[tuple[tuple[Row, ...], Matches], ...] = (
    (boilerplate_lines.STANDARD_LINES, re.Pattern.fullmatch),
    (boilerplate_lines.LABELLED_LINES, re.Pattern.fullmatch),
    (boilerplate_lines.PITCHES, re.Pattern.search),
    (boilerplate_lines.PHOTO_CREDITS, re.Pattern.search),
    (boilerplate_lines.CAPTIONS, re.Pattern.match),
    (boilerplate_lines.STANDARD_NAMES, re.Pattern.fullmatch),
    (boilerplate_sentences.DESK, re.Pattern.fullmatch),
    (boilerplate_sentences.MONEY, re.Pattern.fullmatch),
    (boilerplate_sentences.PLAYERS, re.Pattern.fullmatch),
    (boilerplate_consent.NEWSLETTERS, re.Pattern.fullmatch),
    (boilerplate_consent.CONSENT, re.Pattern.fullmatch),
    (datelines.DATE_LINES, re.Pattern.fullmatch),
)


@pytest.mark.parametrize(("row", "matches"), [(row, matches) for rows, matches in ROWS for row in rows])
def test_a_pattern_matches_its_example_and_leaves_the_other(row: Row, matches: Matches) -> None:
    pattern = re.compile(row.pattern, re.DOTALL)
    assert matches(pattern, row.matches)
    assert not matches(pattern, row.leaves)


@pytest.mark.parametrize("rows", [rows for rows, _ in ROWS])
def test_no_row_stands_twice(rows: tuple[Row, ...]) -> None:
    assert len({row.pattern for row in rows}) == len(rows)


def tables(module: str) -> Iterator[tuple[str, str]]:
    """The public names of a module that are assigned, each with the text that follows it."""
    body = ast.parse((ENGLISH / f"{module}.py").read_text("utf-8")).body
    for number, node in enumerate(body):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for name in (target.id for target in targets if isinstance(target, ast.Name)):
            after = body[number + 1] if number + 1 < len(body) else None
            if not name.startswith("_"):
                told = after.value if isinstance(after, ast.Expr) else None
                yield name, str(told.value) if isinstance(told, ast.Constant) else ""


def strings_of(value: object) -> Iterator[str]:
    """All strings in a table, or what a pattern is."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings_of(tuple(value))
        yield from strings_of(tuple(value.values()))
    elif isinstance(value, Row):
        yield value.pattern
    elif isinstance(value, tuple | frozenset):
        for part in value:
            yield from strings_of(part)


def holds(entry: str, example: str) -> bool:
    """Whether a word, an ending or a pattern of a table is in the example."""
    pattern = entry if set(entry) & set("()[]\\|?*") else re.escape(entry)
    return re.search(pattern, example, re.IGNORECASE) is not None


@pytest.mark.parametrize("module", MODULES)
def test_every_table_has_an_example_that_holds(module: str) -> None:
    found = importlib.import_module(f"rag.text.english.{module}")
    for name, told in tables(module):
        _, stated, example = told.partition("Example: ")
        assert stated, f"{name} has no example"
        bare = re.sub(r"[“”\"']", "", example).strip()
        assert any(holds(entry, bare) for entry in strings_of(getattr(found, name))), f"{name}: {bare}"


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_long(module: str) -> None:
    assert len((ENGLISH / f"{module}.py").read_text("utf-8").splitlines()) <= 300


@cache
def literals(path: Path) -> tuple[str, ...]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told)
    return tuple(node.value for node in strings if isinstance(node.value, str))


def lists_in(literal: str) -> Iterator[frozenset[str]]:
    """The words of each run of alternatives (`one|two`) in a string; the words of a string that has nothing else."""
    for run in re.findall(r"[^\W\d_]+\??(?:[|][^\W\d_]+\??)+", literal):
        yield frozenset(re.findall(r"[^\W\d_]+", run.lower()))
    if all(word.isalpha() for word in literal.split()):
        yield frozenset(literal.lower().split())


LISTS = {
    "months": frozenset(MONTH_NAMES) - {"may", "mar"},
    "weekdays": frozenset(WEEKDAYS) | {"satur", "wednes", "thurs", "tues"},
    "number words": frozenset(SMALL_NUMBERS) | frozenset(NUMBER_WORDS) - {"one", "zero"},
    "titles": frozenset(TITLES),
    "particles": NAME_PARTICLES,
    "saying verbs": frozenset(SAYING_FORMS),
}
ELSEWHERE = sorted(path for path in SOURCE.rglob("*.py") if ENGLISH not in path.parents)
RULES = [
    path for path in ELSEWHERE if path.relative_to(SOURCE).parts[0] in ("text", "question", "conversation", "answering")
]


@pytest.mark.parametrize("kind", LISTS)
def test_no_list_stands_again_elsewhere(kind: str) -> None:
    found = [(path.name, words & LISTS[kind]) for path in RULES for text in literals(path) for words in lists_in(text)]
    assert [(name, words) for name, words in found if len(words) > 2] == []


def test_no_month_and_no_weekday_is_named_elsewhere() -> None:
    full = frozenset(MONTHS) - {"march", "may"} | frozenset(WEEKDAYS)
    found = [(path.name, set(re.findall(r"\w+", text.lower())) & full) for path in ELSEWHERE for text in literals(path)]
    assert [(name, words) for name, words in found if words] == []


def test_the_search_for_lists_finds_what_it_should() -> None:
    assert list(lists_in(r"\b(?:Jan|feb)[a-z]*|x y")) == [{"jan", "feb"}]
    assert list(lists_in("von van der")) == [{"von", "van", "der"}]
    assert list(lists_in("Ask at ten.")) == []


def test_words_are_taken_literally_and_the_longest_first() -> None:
    assert re.fullmatch(any_of(["a", "an", "b.c"]), "an")
    assert not re.fullmatch(any_of(["b.c"]), "bxc")
    assert re.findall(any_of(["any", "anyone"]), "anyone") == ["anyone"]


def test_rows_and_cases() -> None:
    assert re.fullmatch(any_row([Row("a+", "aa", "b"), Row("c", "c", "d")]), "aa")
    assert re.fullmatch(in_either_case(["chair"]), "Chair")
    assert re.fullmatch(in_either_case(["chair"]), "chair")
    assert capitalised(["al", "mr"]) == {"Al", "Mr"}


def test_the_list_of_words_is_sorted_and_of_whole_words() -> None:
    words = (ENGLISH / "words.txt").read_text("utf-8").split("\n")[:-1]
    assert words == sorted(set(words))
    assert all(word.isalpha() and len(word) > 2 and word == word.lower() for word in words)
    assert {"strategy", "minister", "oman"} <= common_words()
    assert fold("Strategy") in common_words()
