"""The tool of `make release`: its checks, the new version, the bill of materials and the checksums. No network."""

from __future__ import annotations

import io
import json
import re
import subprocess
import tarfile
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from rag import __version__
from tests.places import ROOT
from tools.licences import needed_by, pinned
from tools.release.__main__ import checksums
from tools.release.agreement import CHANGELOG, CODE, DESCRIPTIONS, find_problems, git, version_of
from tools.release.contents import ESSENTIAL, packaged, problems_of_source, problems_of_wheel
from tools.release.prepare import with_heading, with_version
from tools.release.sbom import write_bill

MOMENT = datetime(2025, 4, 12, tzinfo=UTC)
TRACKED = [
    *("src/rag/py.typed", "src/rag/weights/reader/model.onnx", "src/rag/weights/speaker/model.onnx"),
    *("src/rag/text/english/words.txt", "ui/language/english.py", "ui/language/german.py"),
    *("src/rag/library.py", "ui/page.css", "tests/test_library.py", "seeds/a.txt"),
]
"""Files of a small repository. In a wheel each of its packages' files has another path."""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose version, changelog and descriptions agree, with one commit."""
    for path, text in {
        CODE: '"""Text."""\n\n__version__ = "0.2.0"\n',
        CHANGELOG: "# Changelog\n\n## 0.2.0 (2025-04-12)\n\n- A line.\n\n## 0.1.0\n",
        **dict.fromkeys(DESCRIPTIONS, '{"info": {"version": "0.2.0"}}'),
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def commit(repository: Path) -> None:
    git(repository, "add", "--all")
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    git(repository, *who, "commit", "--quiet", "--allow-empty", "--message", "A change")


def write_wheel(path: Path, names: Iterable[str], version: str = "0.2.0") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"newsroom_rag-{version}.dist-info/METADATA", f"Name: newsroom-rag\nVersion: {version}\n")
        for name in names:
            archive.writestr(name, "text")
    return path


def write_source(path: Path, names: Iterable[str]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(f"newsroom_rag-0.2.0/{name}"), io.BytesIO())
    return path


def test_a_commit_in_which_all_agrees_can_be_released(repository: Path) -> None:
    assert find_problems(repository) == []
    git(repository, "tag", "v0.2.0")
    assert find_problems(repository) == []


def test_everything_that_disagrees_is_told_at_once(repository: Path) -> None:
    git(repository, "tag", "v0.3.0")
    (repository / CODE).write_text('__version__ = "0.3.0"\n', encoding="utf-8")
    (repository / "new.txt").write_text("new", encoding="utf-8")
    commit(repository)
    (repository / "new.txt").write_text("newer", encoding="utf-8")
    changelog, *descriptions, changed, tag = find_problems(repository)
    assert changelog.startswith("CHANGELOG.md begins with '0.2.0 (2025-04-12)', not with 0.3.0 and its date; run: make")
    assert [line.split(" has ")[0] for line in descriptions] == [str(path) for path in DESCRIPTIONS]
    assert changed == "1 files are not committed (new.txt); commit them"
    assert tag == "the tag v0.3.0 names another commit; release a higher version"


@pytest.mark.parametrize("heading", ["Unreleased", "0.2.0", "0.2.1 (2025-04-12)"])
def test_the_newest_section_of_the_changelog_is_that_of_the_version_with_its_day(
    heading: str, repository: Path
) -> None:
    (repository / CHANGELOG).write_text(f"# Changelog\n\n## {heading}\n\n## 0.2.0 (2025-04-12)\n", encoding="utf-8")
    commit(repository)
    (problem,) = find_problems(repository)
    assert f"begins with {heading!r}" in problem and "run: make version" in problem


def test_a_version_that_is_no_release_is_not_released(repository: Path) -> None:
    (repository / CODE).write_text('__version__ = "0.2.0.dev1"\n', encoding="utf-8")
    (problem,) = find_problems(repository)
    assert "'0.2.0.dev1', which is not like 0.2.0" in problem


def test_a_new_version_is_written_into_the_code_and_names_what_was_not_released() -> None:
    code = with_version('x = 1\n__version__ = "0.1.0"\n', "0.2.0")
    assert (code, version_of(code)) == ('x = 1\n__version__ = "0.2.0"\n', "0.2.0")
    text = "# Changelog\n\n## Unreleased\n\n- A line.\n\n## 0.1.0\n"
    assert with_heading(text, "0.2.0", date(2025, 4, 12)) == text.replace("Unreleased", "0.2.0 (2025-04-12)")


def test_a_version_that_is_lower_or_malformed_or_has_no_changes_is_refused() -> None:
    for version in ("0.1.9", "0.2", "v0.3.0", "0.3.0rc1"):
        with pytest.raises(ValueError, match=re.escape(version)):
            with_version('__version__ = "0.2.0"\n', version)
    with pytest.raises(ValueError, match="no section 'Unreleased'"):
        with_heading("# Changelog\n\n## 0.2.0 (2025-04-12)\n", "0.3.0", date(2025, 4, 12))


def test_a_whole_wheel_has_each_file_of_the_packages_and_nothing_else(tmp_path: Path) -> None:
    inside = packaged(TRACKED)
    assert inside["ui/page.css"] == "rag_ui/page.css" and set(ESSENTIAL) < set(inside.values())
    assert "tests/test_library.py" not in inside
    assert problems_of_wheel(write_wheel(tmp_path / "a.whl", inside.values()), "0.2.0", TRACKED) == []


def test_a_wheel_without_a_model_or_with_tests_or_of_another_version_is_refused(tmp_path: Path) -> None:
    names = {*packaged(TRACKED).values(), "tests/test_library.py"} - {"rag/weights/speaker/model.onnx"}
    wheel = write_wheel(tmp_path / "a.whl", sorted(names), version="0.1.0")
    assert problems_of_wheel(wheel, "0.2.0", TRACKED) == [
        "a.whl lacks rag/weights/speaker/model.onnx",
        "a.whl has tests/test_library.py, which is not in the packages of the repository",
        "a.whl has the version 0.1.0 and not 0.2.0",
    ]


def test_a_wheel_of_this_repository_would_have_the_essential_files() -> None:
    assert set(ESSENTIAL) <= set(packaged(git(ROOT, "ls-files").splitlines()).values())


def test_a_source_distribution_has_what_a_wheel_is_built_from_and_no_tests(tmp_path: Path) -> None:
    whole = [*packaged(TRACKED), "LICENSE", "README.md", "pyproject.toml", "setup.cfg"]
    assert problems_of_source(write_source(tmp_path / "a.tar.gz", whole), TRACKED) == []
    other = [name for name in whole if name != "ui/page.css"] + ["tests/test_library.py"]
    assert problems_of_source(write_source(tmp_path / "b.tar.gz", other), TRACKED) == [
        "b.tar.gz lacks ui/page.css",
        "b.tar.gz has tests/test_library.py",
    ]


def test_the_bill_of_materials_has_each_package_of_an_installation_once_with_what_it_needs() -> None:
    written = write_bill("0.2.0", MOMENT)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(written) is None
    bill = json.loads(written)
    versions = {one["name"]: one["version"] for one in bill["components"]}
    run = needed_by("newsroom-rag") - {"newsroom-rag"}
    assert {name: pinned()[name] for name in run}.items() <= versions.items()
    assert len(versions) == len(bill["components"]) and not {"pytest", "mypy", "mkdocs-material"} & set(versions)
    optional = {one["name"] for one in bill["components"] if one["scope"] == "optional"}
    assert {"mcp", "psycopg"} <= optional and not optional & run
    needs = {one["ref"]: set(one.get("dependsOn", [])) for one in bill["dependencies"]}
    assert {"torch", "gradio", "faiss-cpu", "mcp", "psycopg"} <= needs["newsroom-rag"]
    assert "torch" in needs["sentence-transformers"] and set().union(*needs.values()) <= set(versions)


def test_the_same_commit_gives_the_same_bill_of_materials() -> None:
    assert write_bill("0.2.0", MOMENT) == write_bill("0.2.0", MOMENT)
    assert write_bill("0.2.0", MOMENT) != write_bill("0.2.1", MOMENT)


def test_the_checksums_are_checked_by_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"a")
    (tmp_path / "sums").write_text(checksums([tmp_path / "a.whl"]), encoding="utf-8")
    command = ["sha256sum", "--check", "--strict", "sums"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "a.whl").write_bytes(b"b")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_version_of_the_code_is_the_one_that_the_tool_reads() -> None:
    assert version_of((ROOT / CODE).read_text("utf-8")) == __version__
