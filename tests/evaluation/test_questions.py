"""Files of questions: what is read, and the errors for lines that can't be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.errors import QuestionError, QuestionsFileError
from rag.evaluation.questions import read_questions
from rag.evaluation.schema import Expected, QuestionsFile

GOOD = {"question": "Who mediated?", "answers": ["Oman"]}


def read(folder: Path, text: str | bytes, name: str = "questions.jsonl") -> QuestionsFile:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return read_questions(path)


@pytest.mark.parametrize(
    ("row", "answers", "article"),
    [
        ({"answers": ["Oman", "the Sultanate"]}, ("Oman", "the Sultanate"), None),
        ({"answers": []}, (), None),
        ({"article": "talks.txt"}, None, "talks.txt"),
        ({"answers": ["Oman"], "article": "https://example.org/talks"}, ("Oman",), "https://example.org/talks"),
        ({"answers": ["Oman"], "article": None, "id": 7, "source": {"page": 1}}, ("Oman",), None),
    ],
)
def test_a_json_line_states_answers_or_article(
    tmp_path: Path, row: dict[str, Any], answers: tuple[str, ...] | None, article: str | None
) -> None:
    found = read(tmp_path, "\n" + json.dumps({"question": " Who  mediated? "} | row) + "\r\n\n")
    assert found.problems == ()
    assert found.questions == (Expected(question="Who mediated?", answers=answers, article=article, line=2),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{'question': 1}", "not JSON at character 2"),
        ("[1, 2]", "not an object"),
        ("[" * 100_000, "not JSON that can be read"),
        ('{"answers": ["a"]}', "no question"),
        ('{"question": 5, "answers": []}', "question is not a text"),
        ('{"question": " ", "answers": []}', "The question is empty"),
        ('{"question": "Who?"}', "neither answers nor article"),
        ('{"question": "Who?", "answer": "Oman"}', "there is no field 'answer'; write 'answers'"),
        ('{"Question": "Who?", "answers": []}', "there is no field 'Question'; write 'question'"),
        ('{"question": "Who?", "answers": "Oman"}', "answers is not a list"),
        ('{"question": "Who?", "answers": [20]}', "answers is not a list"),
        ('{"question": "Who?", "answers": ["?!"]}', "no answer has a word"),
        ('{"question": "Who?", "answers": ["\\ud800"]}', "half a character"),
        ('{"question": "Who?", "answers": [], "article": "a.txt"}', "leave out one of them"),
        ('{"question": "Who?", "article": ""}', "the article's name is empty"),
        ('{"question": "Who?", "article": 3}', "article is not a text"),
    ],
)
def test_a_bad_json_line_is_named_and_costs_no_other(tmp_path: Path, line: str, said: str) -> None:
    found = read(tmp_path, f"{json.dumps(GOOD)}\n{line}\n{json.dumps(GOOD)}\n")
    assert [expected.line for expected in found.questions] == [1, 3]
    (problem,) = found.problems
    assert problem.line == 2
    assert said in problem.why
    assert "\n" not in problem.why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("question,answers\nWho?,Oman\n", [("Who?", ("Oman",), None)]),
        ("question;answers\nWho, if anyone?;Oman | Qatar\n", [("Who, if anyone?", ("Oman", "Qatar"), None)]),
        ("question\tarticle\nWho?\ta.txt", [("Who?", None, "a.txt")]),
        ("question,answers,article\nWho?,,a.txt\nWhen?,,\n", [("Who?", None, "a.txt"), ("When?", (), None)]),
        ('answers,question\n"a, b","Who\nelse?"\n\n,When?\n', [("Who else?", ("a, b",), None), ("When?", (), None)]),
        ("question,answers,note\nWho?,Oman,seen\nWhen?\n", [("Who?", ("Oman",), None), ("When?", (), None)]),
    ],
)
def test_csv_says_the_same_in_columns(
    tmp_path: Path, text: str, expected: list[tuple[str, tuple[str, ...] | None, str | None]]
) -> None:
    for spelt in (
        text.encode(),
        text.encode("utf-8-sig"),
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
    ):
        found = read(tmp_path, spelt, "q.CSV")
        assert found.problems == ()
        assert [(each.question, each.answers, each.article) for each in found.questions] == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"Who?,Oman', "not CSV"),
        ('"Who" is?,Oman', "not CSV"),
        ("Who, if anyone?,Oman", "3 cells, 2 columns"),
        (",Oman", "The question is empty"),
    ],
)
def test_a_bad_csv_line_is_named_and_costs_no_other(tmp_path: Path, line: str, said: str) -> None:
    found = read(tmp_path, f"question,answers\nWho?,Oman\n{line}\nWhen?,now\n", "q.csv")
    assert [expected.line for expected in found.questions] == [2, 4]
    (problem,) = found.problems
    assert problem.line == 3
    assert said in problem.why


def test_a_file_that_is_none_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(QuestionsFileError, match="no column 'question'"):
        read(tmp_path, "frage,antwort\nWer?,Oman\n", "q.csv")
    with pytest.raises(QuestionsFileError, match="archive"):
        read(tmp_path, b"PK\x03\x04" + bytes(200))
    with pytest.raises(QuestionsFileError, match="Can't read"):
        read_questions(tmp_path / "missing.jsonl")
    with pytest.raises(QuestionsFileError, match="Can't read"):
        read_questions(tmp_path)
    assert read(tmp_path, "") == QuestionsFile()


@given(
    st.text(alphabet='{}[]":,question answers\n\r|\ud800\0\x85é', max_size=60), st.sampled_from(["q.csv", "q.jsonl"])
)
def test_no_text_breaks_the_reading(tmp_path_factory: pytest.TempPathFactory, text: str, name: str) -> None:
    try:
        found = read(tmp_path_factory.mktemp("any"), text, name)
    except QuestionsFileError:
        return
    lines = [question.line for question in found.questions] + [problem.line for problem in found.problems]
    assert len(set(lines)) == len(lines)


def test_what_is_expected_is_checked_in_python_too() -> None:
    with pytest.raises(QuestionError):
        Expected(question="", answers=())
    with pytest.raises(ValueError, match="neither"):
        Expected(question="Who?")


def test_facts_are_read_from_json_lines_and_csv(tmp_path: Path) -> None:
    lines = tmp_path / "q.jsonl"
    lines.write_text('{"question": "What happened?", "facts": ["it burnt", ["3 died", "three died"]]}\n')
    (read,) = read_questions(lines).questions
    assert (read.answers, read.facts) == (None, (("it burnt",), ("3 died", "three died")))
    table = tmp_path / "q.csv"
    table.write_text("question,answers,facts\nWhat happened?,,it burnt | 3 died\nWho?,,\n")
    with_facts, without = read_questions(table).questions
    assert (with_facts.answers, with_facts.facts) == (None, (("it burnt",), ("3 died",)))
    assert without.answers == ()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('{"question": "Who?", "facts": "it burnt"}', "facts is not a list"),
        ('{"question": "Who?", "facts": ["?!"]}', "no word or number"),
        ('{"question": "Who?", "answers": [], "facts": ["it burnt"]}', "leave out one of them"),
    ],
)
def test_a_line_with_facts_that_cannot_be_told_is_named(tmp_path: Path, row: str, why: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(row + "\n")
    (problem,) = read_questions(file).problems
    assert why in problem.why
