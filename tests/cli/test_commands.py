"""Remedies as commands: the command line adds a command to the library's plain words."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from rag.cli.commands import hints, line_of, naming_index, told_as_commands, with_commands
from rag.core.errors import ArticleError, IndexDamagedError, QuestionError
from rag.core.index_layout import DEFAULT
from rag.core.place import Place
from rag.core.remedies import Action, Remedy
from rag.core.reports import CheckReport, Finding, Skipped, UpdateReport


@pytest.mark.parametrize("action", get_args(Action))
def test_each_action_has_a_command_or_an_option(action: Action) -> None:
    said = told_as_commands(Remedy("check the disk, then", action))
    assert said.startswith("check the disk, then ")
    assert "run: rag " in said or " --" in said


def test_a_command_names_the_index_where_it_is_not_the_usual_one() -> None:
    remedy = Remedy(action="rebuild_from_articles")
    assert told_as_commands(remedy) == "run: rag rebuild --from-articles"
    assert told_as_commands(remedy, Place(Path(DEFAULT))) == "run: rag rebuild --from-articles"
    assert told_as_commands(remedy, Place(Path("old news"))) == "run: rag rebuild --from-articles --index 'old news'"


def test_a_command_names_the_embedder_that_is_needed() -> None:
    assert told_as_commands(Remedy(action="change_embedder")) == "run: rag update --embedder NAME"
    named = Remedy(action="change_embedder", embedder="my model")
    assert told_as_commands(named) == "run: rag update --embedder 'my model'"


def test_an_error_is_one_line_that_ends_in_the_command() -> None:
    damaged = IndexDamagedError("It is damaged", remedy=Remedy(action="rebuild_from_articles"), path="index")
    assert line_of(damaged) == "It is damaged; run: rag rebuild --from-articles"
    assert line_of(QuestionError("It is empty", remedy="ask in words")) == "It is empty; ask in words"


def test_a_check_names_the_command_for_each_finding() -> None:
    findings = (Finding.of("a", Remedy(action="rebuild")), Finding.of("b", Remedy("reinstall it")))
    told = with_commands(CheckReport(findings=findings), Place(Path(DEFAULT)))
    assert [finding.mend for finding in told.findings] == ["run: rag rebuild", "reinstall it"]


def test_skipped_files_that_a_command_helps_are_one_hint() -> None:
    unnamed = ArticleError("no field has its text", "no_text_field", remedy=Remedy(action="name_fields"))
    empty = ArticleError("it has no text", "no_text", remedy="take it away")
    skipped = tuple(Skipped.of("a.jsonl", error) for error in (unnamed, empty, unnamed))
    assert hints(UpdateReport(generation=1, skipped=skipped)) == [
        "To name the field of the JSON that holds the text, run: rag update --field text=NAME"
    ]


def test_the_error_of_a_command_names_its_index_and_keeps_its_exit_code() -> None:
    damaged = IndexDamagedError("It is damaged", remedy=Remedy(action="rebuild_from_articles"), path="old")
    told = naming_index(damaged, Place(Path("old")))
    assert line_of(told) == "It is damaged; run: rag rebuild --from-articles --index old"
    assert told.exit_code == damaged.exit_code
    assert told.facts == damaged.facts
    assert line_of(naming_index(QuestionError("It is empty", remedy="ask in words"), None)).endswith("ask in words")
