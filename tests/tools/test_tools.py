"""The Makefile's tools, licences and audit, and the files that must agree with the Makefile."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.audit import summary
from tools.licences import PAGE, PROJECT, Package, licence_of, needed_by, pinned, table

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def package(name: str, *flaws: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "version": "1.0", "vulns": list(flaws)}


@pytest.mark.parametrize(
    ("facts", "licence"),
    [
        ({"License-Expression": ["MIT OR Apache-2.0"], "License": ["MIT"]}, "MIT OR Apache-2.0"),
        ({"Classifier": ["License :: OSI Approved", "License :: OSI Approved :: BSD License"]}, "BSD License"),
        ({"Classifier": ["Topic :: Utilities"], "License": ["ISC\n\nPermission is …"]}, "ISC"),
        ({"License": [" "]}, "not stated"),
    ],
)
def test_a_licence_is_told_by_what_the_package_states_most_exactly(facts: dict[str, list[str]], licence: str) -> None:
    assert licence_of(facts) == licence


def test_the_table_is_sorted_and_has_no_stray_bars() -> None:
    rows = table([Package("b", "2", "MIT | BSD", "develop"), Package("a", "1", "MIT", "run")])
    assert rows == "| a | 1 | MIT | run |\n| b | 2 | MIT / BSD | develop |\n"


def test_what_a_package_needs_has_the_extras_that_are_asked_for() -> None:
    assert needed_by("psycopg", "binary") - needed_by("psycopg") == {"psycopg-binary"}
    assert {"torch", "numpy"} <= needed_by(PROJECT)


def test_the_page_of_licences_says_what_only_a_library_in_postgresql_needs() -> None:
    rows = re.findall(r"^\| ([\w-]+) \| \S+ \| (.+) \| postgres \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == dict.fromkeys(("psycopg", "psycopg-binary"), "LGPL-3.0-only")


def test_the_page_of_licences_says_what_only_the_servers_for_programs_need() -> None:
    rows = re.findall(r"^\| ([\w-]+) \| .* \| serve \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {"mcp", "pyjwt", "cryptography"} <= set(rows) and not {"fastapi", "uvicorn", "gradio"} & set(rows)


def test_the_page_of_licences_is_that_of_the_lock_file() -> None:
    listed = dict(re.findall(r"^\| ([\w.-]+) \| (\d\S*) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    locked = pinned()
    anywhere = set(re.findall(r"^([\w.-]+)==\S+ \\$", LOCK, re.MULTILINE)) | {"torch"}
    assert anywhere <= set(listed) <= set(locked), "run: make licences"
    assert {name: listed[name] for name in anywhere} == {name: locked[name] for name in anywhere}, "run: make licences"


def test_the_lock_file_has_hashes_and_names_no_place() -> None:
    pins = re.split(r"^(?=[^\s#])", LOCK, flags=re.MULTILINE)[1:]
    assert all(re.match(r"[\w.-]+==\S+", pin) and "--hash=sha256:" in pin for pin in pins)
    assert not re.search(r"://|/tmp|^--", LOCK, re.MULTILINE)
    assert not re.search(r"^(torch|nvidia-|cuda-)", LOCK, re.MULTILINE)


def test_an_audit_tells_each_vulnerability_and_the_totals() -> None:
    flaw = {"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}
    skipped = {"name": "mine", "skip_reason": "not found"}
    report = {"dependencies": [package("good"), package("bad", flaw, flaw | {"fix_versions": []}), skipped]}
    assert summary(report).splitlines() == [
        "audit: bad 1.0: PYSEC-1, fixed in 1.1, 2.0",
        "audit: bad 1.0: PYSEC-1, fixed in no version",
        "audit: 2 known vulnerabilities in 2 packages, 1 not audited",
    ]


def test_an_audit_without_its_database_says_so_and_calls_nothing_safe() -> None:
    told = summary({"dependencies": [{"name": "good", "skip_reason": "not found"}]})
    assert told == "audit: the database of vulnerabilities can't be reached; nothing was audited"


def test_a_commit_is_checked_as_make_check_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (parts,) = re.findall(r"^check: ([a-z ]+?) *##", makefile, re.MULTILINE)
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    assert [hook["entry"] for hook in hooks[0]["hooks"]] == [f"make {part}" for part in parts.split()]
    assert all(hook["language"] == "system" for hook in hooks[0]["hooks"])
