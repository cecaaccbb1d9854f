"""The command `rag check-draft`: drafts of several formats, and a Word file with what was found."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest

from rag.core.errors import ArticleError
from rag.drafts.files import make_document, read_draft, write_checked
from rag.formats.office.docx import extract
from rag.formats.office.write_docx import make_docx, paragraph
from tests.cli.command import run
from tests.drafts.newsroom import make

pytestmark = pytest.mark.slow
DRAFT = "The Norna Line employs 58 people in Mell. The mayor of Bergen resigned.\n\nThe school in Hult has 310 pupils."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    make(home).close()
    return home


@pytest.mark.parametrize("name", ["draft.txt", "draft.md", "draft.docx"])
def test_a_draft_of_each_format_is_checked(home: Path, name: str) -> None:
    data = make_docx(paragraph(line) for line in DRAFT.split("\n\n")) if name.endswith("docx") else DRAFT.encode()
    (home / name).write_bytes(data)
    done = run("check-draft", name, "--json", cwd=home)
    assert done.returncode == 3, done.stderr
    checked = json.loads(done.stdout)
    assert [one["verdict"] for one in checked["statements"]][0::2] == ["stated_otherwise", "stated"]
    for one in checked["statements"]:
        assert checked["draft"][one["start"] : one["end"]] == one["statement"]


def test_an_unpublished_draft_is_read_too(home: Path) -> None:
    file = home / "unpublished.md"
    file.write_text(f"---\ndraft: true\ntitle: Work\n---\n{DRAFT}\n", encoding="utf-8")
    assert read_draft(file).strip() == DRAFT


def test_a_draft_that_is_not_there_is_not_told_to_be_updated(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as raised:
        read_draft(tmp_path / "missing.docx")
    assert "check the path" in str(raised.value) and "update" not in str(raised.value)


def test_the_result_is_printed_with_the_articles_words(home: Path) -> None:
    (home / "one.txt").write_text("The school in Hult has 310 pupils.", encoding="utf-8")
    done = run("check-draft", "one.txt", cwd=home)
    assert done.returncode == 0
    assert done.stdout.startswith("1 statement: 1 stated, 0 stated otherwise, 0 partly stated, 0 not found.")
    assert "[1] The school in Hult has 310 pupils." in done.stdout and "characters 0–34" in done.stdout


def test_a_checked_draft_is_a_word_file_with_footnotes(home: Path) -> None:
    (home / "draft.txt").write_text(DRAFT, encoding="utf-8")
    for _ in range(2):  # an older checked draft is replaced
        done = run("check-draft", "draft.txt", "--to", "checked.docx", cwd=home)
        assert done.stdout.startswith("Wrote checked.docx. 3 statements: 1 stated, 1 stated otherwise,"), done.stderr
    data = (home / "checked.docx").read_bytes()
    written = docx.Document(io.BytesIO(data))
    assert "\n\n".join(part.text for part in written.paragraphs) == DRAFT
    colours = [run.font.highlight_color for part in written.paragraphs for run in part.runs if run.text.strip()]
    assert [str(colour).split()[0] for colour in colours] == ["RED", "GRAY_25", "BRIGHT_GREEN"]
    notes = zipfile.ZipFile(io.BytesIO(data)).read("word/footnotes.xml").decode()
    assert "For “58” the article has “85”." in notes and "employs 85 people" in notes
    (article,) = extract(data)
    assert article.text.startswith(DRAFT.split("\n\n", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("draft.txt", "--to", "checked.pdf"), "name a file of .docx"),
        (("draft.txt", "--to", "own.docx"), "is no checked draft; name another file"),
        (("nowhere.txt",), "nowhere.txt"),
        (("draft.xyz",), "draft.xyz"),
        (("empty.txt",), "empty.txt: The file is empty"),
    ],
)
def test_wrong_use_says_what_to_do_and_overwrites_nothing(home: Path, arguments: tuple[str, ...], words: str) -> None:
    (home / "draft.txt").write_text(DRAFT, encoding="utf-8")
    (home / "draft.xyz").write_text(DRAFT, encoding="utf-8")
    (home / "empty.txt").write_bytes(b"")
    (home / "own.docx").write_bytes(make_docx([paragraph("My own words.")]))
    before = (home / "own.docx").read_bytes()
    done = run("check-draft", *arguments, cwd=home)
    assert done.returncode in (1, 2)
    assert words in done.stderr and "Traceback" not in done.stderr
    assert (home / "own.docx").read_bytes() == before


def test_a_file_that_can_not_be_written_is_an_error(home: Path, tmp_path: Path) -> None:
    from rag.library import Library

    with Library.open(home / "index") as library:
        checked = library.check_draft(DRAFT)
    assert make_document(checked)
    with pytest.raises(ArticleError, match="Can't write"):
        write_checked(checked, tmp_path / "nowhere" / "checked.docx")
