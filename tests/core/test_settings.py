"""The numbers that a user may change: their sources, their ranges, and the errors for wrong values."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from rag.core.errors import SettingsError
from rag.core.settings import DEFAULTS, AnswerSettings, Settings
from rag.core.settings_reference import Setting, known_settings, render_markdown
from rag.core.settings_sources import load_settings, load_with_origins

KNOWN = known_settings()
NUMBERS = [known for known in KNOWN if not known.is_text]
TEXTS = {
    "audit.file": ("audit.jsonl", "logs/"),
    "page.addresses": ("none", "some"),
    "standing.webhook": ("https://example.org/hook?key=a", "ftp://example.org/hook"),
    "standing.mail_server": ("mail.example.org", "mail server"),
    "standing.mail_security": ("tls", "ssl"),
    "standing.mail_user": ("desk", 7),
    "standing.mail_password": ("12345", 70070),
    "standing.mail_from": ("desk@example.org", "the desk"),
    "standing.mail_to": ("desk@example.org, night@example.org", "desk@example.org night@example.org"),
}
"""For each setting that is a text, a value that is allowed and one that is not."""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "index").mkdir()
    return tmp_path / "index"


def say(index: Path, text: str) -> Path:
    (index / "rag.toml").write_text(text, encoding="utf-8")
    return index / "rag.toml"


def value(settings: Settings, known: Setting) -> float | str | None:
    found: float | str | None = getattr(getattr(settings, known.table), known.key)
    return found


def test_without_file_and_variables_the_defaults_hold(index: Path) -> None:
    assert load_settings(index) == DEFAULTS
    assert load_settings(index / "not-there") == DEFAULTS
    assert load_with_origins(index).origins == {}


def test_arguments_go_before_variables_those_before_the_file_and_that_before_the_defaults(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = say(index, "# mine\n[answers]\npassages_read = 9\nthreshold = 0.5\ncitations = 5\n")
    monkeypatch.setenv("RAG_ANSWERS_THRESHOLD", "0.25")
    monkeypatch.setenv("RAG_ANSWERS_CITATIONS", "6")
    loaded = load_with_origins(index, answers={"citations": 7})
    assert loaded.settings.answers == AnswerSettings(passages_read=9, threshold=0.25, citations=7)
    assert loaded.settings.page == DEFAULTS.page
    assert loaded.origins == {
        "answers.passages_read": f"{file}, line 3",
        "answers.threshold": "variable RAG_ANSWERS_THRESHOLD",
        "answers.citations": "argument",
    }


@pytest.mark.parametrize("known", NUMBERS, ids=lambda known: known.name)
def test_every_number_is_set_by_its_variable_and_by_the_file(
    index: Path, monkeypatch: pytest.MonkeyPatch, known: Setting
) -> None:
    assert known.least is not None and known.most is not None and known.least != known.most
    for given, other in ((known.least, known.most), (known.most, known.least)):  # one of them is not the default
        monkeypatch.delenv(known.variable, raising=False)
        say(index, f"[{known.table}]\n{known.key} = {given:.10g}\n")
        assert value(load_settings(index), known) == given
        monkeypatch.setenv(known.variable, f"{other:.10g}")
        assert value(load_settings(index), known) == other


@pytest.mark.parametrize("known", NUMBERS, ids=lambda known: known.name)
def test_a_value_outside_its_range_is_an_error_that_names_key_value_range_and_line(index: Path, known: Setting) -> None:
    assert known.least is not None and known.most is not None
    for wrong in (known.least - 1, known.most + 1):
        file = say(index, f"[{known.table}]\n{known.key} = {wrong:.10g}\n")
        with pytest.raises(SettingsError) as caught:
            load_settings(index)
        shown = re.escape(f"{wrong:.10g}") + r"(\.0)?"
        limits = f"give {known.allowed}"
        assert re.fullmatch(
            rf"{re.escape(known.name)} can't be {shown} \({re.escape(str(file))}, line 2\); {limits}", str(caught.value)
        )
        assert caught.value.exit_code == 2


@pytest.mark.parametrize("known", [known for known in KNOWN if known.is_text], ids=lambda known: known.name)
def test_every_text_is_set_by_its_variable_and_by_the_file_and_a_secret_is_in_no_error(
    index: Path, monkeypatch: pytest.MonkeyPatch, known: Setting
) -> None:
    right, wrong = TEXTS[known.name]
    file = say(index, f"[{known.table}]\n{known.key} = {right!r}\n")
    assert value(load_settings(index), known) == right
    file.unlink()
    for written in (right, f'"{right}"'):
        monkeypatch.setenv(known.variable, written)
        assert value(load_settings(index), known) == right
    monkeypatch.delenv(known.variable)
    say(index, f"[{known.table}]\n{known.key} = {wrong!r}\n")
    with pytest.raises(SettingsError, match=f"{known.name} can't be .*; give {known.allowed}") as caught:
        load_settings(index)
    assert (str(wrong) in str(caught.value)) != known.unit.is_secret
    assert known.show(right) == ("(set, not shown)" if known.unit.is_secret else right)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[answers]\npassages_read = '8'",
            "answers.passages_read can't be '8' (FILE, line 2); give a whole number from 1 to 100",
        ),
        (
            "[answers]\npassages_read = true",
            "answers.passages_read can't be True (FILE, line 2); give a whole number from 1 to 100",
        ),
        (
            "[answers]\npassages_read = 8.5",
            "answers.passages_read can't be 8.5 (FILE, line 2); give a whole number from 1 to 100",
        ),
        ("[answers]\nthreshold = nan", "answers.threshold can't be nan (FILE, line 2); give a number from 0 to 1"),
        (
            "answers.passages_read = 0",
            "answers.passages_read can't be 0 (FILE, line 1); give a whole number from 1 to 100",
        ),
        ("answers = {passages_read = 0}", "answers.passages_read can't be 0 (FILE); give a whole number from 1 to 100"),
        (
            "[answers]\npasages_read = 8",
            "There is no setting answers.pasages_read (FILE, line 2); did you mean answers.passages_read?",
        ),
        (
            "[answer]\npassages_read = 8",
            "There is no setting answer.passages_read (FILE, line 2); did you mean answers.passages_read?",
        ),
        ("passages_read = 8", "There is no setting passages_read (FILE, line 1); did you mean answers.passages_read?"),
        ("answers = 8", "answers (FILE, line 1) is a table; write [answers], and its keys below it"),
    ],
)
def test_a_wrong_line_of_the_file_is_one_clear_error(index: Path, text: str, words: str) -> None:
    file = say(index, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(index)
    assert str(caught.value) == words.replace("FILE", str(file))


def test_a_file_that_cannot_be_read_is_one_clear_error(index: Path) -> None:
    file = say(index, "[answers\n")
    with pytest.raises(SettingsError, match=r"rag\.toml is not TOML \(.*\); write a table as \[answers\]"):
        load_settings(index)
    file.write_bytes(b"[answers]\n# caf\xe9\n")
    with pytest.raises(SettingsError, match="is not UTF-8; save it as UTF-8"):
        load_settings(index)
    file.unlink()
    file.mkdir()
    with pytest.raises(SettingsError, match=r"can't be read .*; put a text file in its place"):
        load_settings(index)


def test_a_wrong_variable_is_an_error_that_names_it(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_PAGE_QUEUE_LENGTH", "many")
    with pytest.raises(
        SettingsError, match=r"^page\.queue_length can't be 'many' \(variable RAG_PAGE_QUEUE_LENGTH\); give"
    ):
        load_settings(index)
    monkeypatch.setenv("RAG_PAGE_QUEUE_LENGTH", "8\nother = 9")
    with pytest.raises(SettingsError, match=r"page\.queue_length can't be '8\\nother = 9'"):
        load_settings(index)
    monkeypatch.delenv("RAG_PAGE_QUEUE_LENGTH")
    monkeypatch.setenv("RAG_PAGE_QUEUE_LENGHT", "8")
    with pytest.raises(SettingsError) as caught:
        load_settings(index)
    assert (
        str(caught.value)
        == "There is no setting RAG_PAGE_QUEUE_LENGHT (environment); did you mean RAG_PAGE_QUEUE_LENGTH?"
    )


def test_a_wrong_argument_is_an_error_too(index: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"answers\.near_misses can't be -1 \(argument\); give a whole number from 0 to 20"
    ):
        load_settings(index, answers={"near_misses": -1})
    with pytest.raises(SettingsError, match=r"did you mean answers\.near_misses\?"):
        load_settings(index, answers={"near_miss": 1})


def test_other_variables_of_this_and_other_programs_are_left_alone(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RAG_INDEX", "RAG_CACHE", "RAG_AUTH", "RAG_TOP_K", "RAG_FILE_MAX_SIZE"):
        assert name not in {known.variable for known in KNOWN}
        monkeypatch.setenv(name, "anything")
    monkeypatch.setenv("RAG_ANSWERS_PASSAGES_READ", " ")
    assert load_settings(index) == DEFAULTS


def test_settings_are_frozen_and_checked_however_they_are_made() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        DEFAULTS.answers.passages_read = 9
    with pytest.raises(ValidationError, match="less than or equal to 100"):
        AnswerSettings(passages_read=101)
    with pytest.raises(ValidationError, match="Extra inputs"):
        AnswerSettings(pasages_read=8)  # type: ignore[call-arg]


def test_every_setting_has_unit_range_and_meaning_and_its_default_lies_within() -> None:
    assert len({known.variable for known in KNOWN}) == len(KNOWN)
    parts = [part for _, part in DEFAULTS]
    assert all(isinstance(part, BaseModel) for part in parts)
    assert len(KNOWN) == sum(len(type(part).model_fields) for part in parts)
    for known in KNOWN:
        assert known.unit.name and known.meaning.endswith(".")
        if known.default is None:
            assert known.unit.unset
        elif isinstance(known.default, str):
            assert known.default in known.choices
        else:
            assert known.least is not None and known.most is not None
            assert known.least <= known.default <= known.most


def test_the_reference_table_has_a_row_for_each_setting() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "rag.core.settings_reference"], capture_output=True, text=True, check=True
    ).stdout
    assert shown == render_markdown() + "\n"
    _, _, *rows = shown.splitlines()
    assert [row.split(" | ")[0] for row in rows] == [f"| `{known.name}`" for known in KNOWN]
    assert all(len(re.findall(r"(?<= )\|(?= )", row)) == 5 for row in rows)


@pytest.mark.parametrize("value", ["9" * 5_000, "0x" + "f" * 5_000, "[" * 5_000, "{a=" * 3_000])
def test_a_value_that_cannot_be_parsed_or_printed_is_one_clear_error(
    index: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    file = say(index, f"[answers]\npassages_read = {value}\n")
    with pytest.raises(SettingsError):
        load_settings(index)
    file.unlink()
    monkeypatch.setenv("RAG_ANSWERS_PASSAGES_READ", value)
    with pytest.raises(SettingsError, match="passages_read can't be"):
        load_settings(index)


def test_a_byte_order_mark_is_no_part_of_the_file(index: Path) -> None:
    file = say(index, "")
    file.write_bytes(b"\xef\xbb\xbf[answers]\npassages_read = 9\n")
    assert load_settings(index).answers.passages_read == 9


def test_a_name_like_no_setting_gets_the_list_of_settings(index: Path) -> None:
    say(index, "[zzz]\n")
    with pytest.raises(SettingsError, match=r"There is no setting zzz .*; the settings are answers\."):
        load_settings(index)
