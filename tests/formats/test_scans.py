"""Scanned pages are read with tesseract where it is installed, and one line says so where it isn't."""

from __future__ import annotations

import io
import shutil
import stat
from pathlib import Path

import pytest

from rag.cli.report_text import render_report
from rag.core.errors import ArticleError
from rag.formats.file_types import PDF
from rag.formats.sandbox import Sandbox
from rag.library import Library
from tests.files import drawn, drawn_pdf
from tests.worker import read_one

PICTURE = "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID P EI Q"
"""Draws a grey picture that covers the page."""
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
LINES = ("The keeper of the light-", "house is Ane Holt.")


def table(sure: int) -> str:
    rows = [HEAD]
    for number, line in enumerate(LINES):
        left = 200
        for word in line.split():
            rows.append(f"5\t1\t1\t1\t{number}\t1\t{left}\t{300 + 60 * number}\t{20 * len(word)}\t40\t{sure}\t{word}")
            left += 20 * len(word) + 12
    return "\n".join(rows)


def install(folder: Path, sure: int) -> None:
    """Puts a program into a folder that gives back a table for any picture."""
    (folder / "table.tsv").write_text(table(sure))
    program = folder / "tesseract"
    program.write_text(
        '#!/bin/sh\nif [ "$1" = --list-langs ]; then printf "List\\neng\\nosd\\n"; exit; fi\n'
        f'cat > /dev/null\n[ "$4" = eng ] && cat {folder}/table.tsv\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def extract(pages: list[str]) -> str:
    with Sandbox() as sandbox:
        article = read_one(sandbox, PDF, drawn_pdf(pages))
    return article.text


def test_a_scanned_page_is_recognised_in_the_worker(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(hostile, sure=90)
    monkeypatch.setenv("PATH", f"{hostile}:/usr/bin:/bin")
    text = extract([drawn("A page of text.", 60, 700), PICTURE])
    assert text == "A page of text.\n\fThe keeper of the lighthouse is Ane Holt.\n\f"


def test_lines_of_which_the_program_is_not_sure_are_left_out(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(hostile, sure=20)
    monkeypatch.setenv("PATH", f"{hostile}:/usr/bin:/bin")
    with pytest.raises(ArticleError, match="only images; run text recognition"):
        extract([PICTURE])


def test_without_the_program_one_line_says_what_to_install(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(hostile))
    with pytest.raises(ArticleError, match="only images; install tesseract, or run text recognition"):
        extract([PICTURE])


def test_without_the_program_a_page_that_may_be_a_scan_is_reported(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(hostile))
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.pdf").write_bytes(drawn_pdf([drawn("The harbour opened on Monday.", 60, 700), PICTURE, PICTURE]))
    with Library.open(tmp_path / "index", create=True) as library:
        report = library.update(news)
        (part,) = report.partly
        assert (len(report.added), report.skipped, part.path) == (1, (), str(news / "a.pdf"))
        assert part.why.startswith("2 pages may be scanned and can't be read; the rest was; install tesseract")
        assert part.why in render_report(report)
        assert library.update(news).partly == ()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_tesseract_reads_a_picture_of_a_page() -> None:
    import pypdfium2 as pdfium

    page = drawn_pdf([drawn("The lamp of the tower was dark for nine nights.", 60, 700, 14)])
    picture = pdfium.PdfDocument(page)[0].render(scale=3, grayscale=True)
    scan = pdfium.PdfDocument.new()
    image = pdfium.PdfImage.new(scan)
    image.set_bitmap(picture)
    image.set_matrix(pdfium.PdfMatrix().scale(612, 792))
    blank = scan.new_page(612, 792)
    blank.insert_obj(image)
    blank.gen_content()
    data = io.BytesIO()
    scan.save(data)
    with Sandbox() as sandbox:
        article = read_one(sandbox, PDF, data.getvalue())
    assert article.text == "The lamp of the tower was dark for nine nights.\n\f"
