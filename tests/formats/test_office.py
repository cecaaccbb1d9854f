"""Word, OpenDocument and RTF files are read as a reader of the printed document sees them; EPUB by chapters."""

from __future__ import annotations

import pytest

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.office import docx, epub, odt, rtf
from tests.office_files import epub_file, odt_file, row, run, word_file, zipped


def lines(articles: list[Extracted]) -> list[str]:
    (article,) = articles
    return article.text.split("\n\n")


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (f"<w:p>{run('The keeper left. ')}{run('The source is Ane Holt.', '<w:vanish/>')}</w:p>", ["The keeper left."]),
        ("<w:p>" + run("It is seen.", "<w:vanish w:val='0'/>") + "</w:p>", ["It is seen."]),
        ("<w:p>" + run("Out.", "<w:rStyle w:val='Secret'/>") + run("In.") + "</w:p>", ["In."]),
        (f"<w:p><w:pPr><w:pStyle w:val='Deeper'/></w:pPr>{run('Out.')}</w:p><w:p>{run('In.')}</w:p>", ["In."]),
        (
            f"<w:p><w:moveFrom w:id='1'>{run('It rained.')}</w:moveFrom></w:p><w:p>{run('First.')}</w:p>"
            f"<w:p><w:moveTo w:id='2'>{run('It rained.')}</w:moveTo></w:p>",
            ["First.", "It rained."],
        ),
        (
            f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{run('The fine was ')}</w:p>"
            f"<w:p>{run('paid.')}</w:p>",
            ["The fine was paid."],
        ),
        (
            f"<w:tbl>{row('Town', 'Boats')}"
            + row("Hult", "9", properties="<w:del w:id='1'/>")
            + f"{row('Mell', '7', properties='<w:hidden/>')}{row('Brone', '4')}</w:tbl>",
            ["Brone: 4 (Boats)."],
        ),
        ("<w:p><w:r><w:t>Two</w:t><w:br/><w:t>lines</w:t><w:cr/><w:t>more.</w:t></w:r></w:p>", ["Two lines more."]),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('The end.')}</w:p>", ["The end."]),
        (
            "<w:p><w:r><w:t>At most </w:t><w:sym w:font='Symbol' w:char='F0A3'/><w:t> 5, dam</w:t><w:softHyphen/>"
            "<w:t>age</w:t></w:r></w:p>",
            ["At most ≤ 5, damage"],
        ),
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>{run('Click here.')}</w:p></w:sdtContent>"
            f"</w:sdt><w:sdt><w:sdtContent><w:p>{run('In a control.')}</w:p></w:sdtContent></w:sdt>",
            ["In a control."],
        ),
    ],
)
def test_what_nobody_sees_of_a_word_file_is_out(body: str, read: list[str]) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Deeper"><w:basedOn w:val="Secret"/></w:style>'
    )
    assert lines(docx.extract(word_file(body, styles=styles))) == read


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent><w:p>{run('Three boats sank.')}</w:p></w:txbxContent>"
    alternatives = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p>{run('The storm hit')}<w:r>{alternatives}</w:r>{run(' at noon.')}</w:p><w:p>{run('It passed.')}</w:p>"
    assert lines(docx.extract(word_file(body))) == ["The storm hit at noon.", "Three boats sank.", "It passed."]


def test_notes_are_read_behind_the_paragraph_that_refers_to_them() -> None:
    body = (
        f"<w:p>{run('The mine closed')}<w:r><w:footnoteReference w:id='2'/></w:r>{run(' early.')}</w:p>"
        f"<w:p>{run('It flooded.')}<w:r><w:endnoteReference w:id='2'/></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('Depth')}</w:p></w:tc><w:tc><w:p>{run('90 m')}"
        "<w:r><w:footnoteReference w:id='3' w:customMarkFollows='1'/><w:t>*</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    foot = "".join(
        f"<w:footnote w:id='{number}'{kind}><w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p></w:footnote>"
        for number, kind, text in (
            ("0", " w:type='separator'", "line"),
            ("2", "", " On 14 April 1987."),
            ("3", "", "Measured in May."),
        )
    )
    end = f"<w:endnote w:id='2'><w:p>{run('By the river Orr.')}</w:p></w:endnote>"
    read = lines(docx.extract(word_file(body, {"footnotes": foot, "endnotes": end})))
    assert read == [
        *("The mine closed early.", "On 14 April 1987.", "It flooded.", "By the river Orr."),
        *("Depth | 90 m", "Measured in May."),
    ]


def test_a_title_is_the_authors_and_not_the_programs() -> None:
    body = f"<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr>{run('Herons return')}</w:p><w:p>{run('They nest.')}</w:p>"
    assert docx.extract(word_file(body))[0].title == "Herons return"
    assert docx.clean_title("Microsoft Word - draft.docx") is None
    assert docx.clean_title("Document1") is None
    assert docx.clean_title("Word from the harbour") == "Word from the harbour"


def test_an_opendocument_text_is_read_as_it_is_seen() -> None:
    article = odt.extract(
        odt_file(
            "<text:tracked-changes><text:deletion><text:p>Deleted.</text:p></text:deletion></text:tracked-changes>"
            "<text:p>The bridge<text:s/>costs<text:line-break/>9 million<text:note><text:note-citation>1"
            "</text:note-citation><text:note-body><text:p>With tax.</text:p></text:note-body></text:note> crowns."
            '<text:span text:style-name="T9">Secret.</text:span>'
            "<office:annotation><text:p>Comment.</text:p></office:annotation>"
            "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame></text:p>"
            '<text:p text:style-name="P9">Secret too.</text:p>'
            '<text:section text:display="none"><text:p>A hidden section.</text:p></text:section>'
            "<table:table><table:table-row><table:table-cell><text:p>Town</text:p></table:table-cell>"
            "<table:table-cell><text:p>Jobs</text:p></table:table-cell></table:table-row></table:table>"
        )
    )
    assert lines(article) == ["The bridge costs 9 million crowns.", "With tax.", "In a box.", "Town | Jobs"]
    assert (article[0].title, article[0].byline) == ("Bridge plan", "Tone Vik")


def test_an_encrypted_opendocument_text_says_so() -> None:
    with pytest.raises(ArticleError, match="encrypted"):
        odt.extract(odt_file("", manifest="<m><encryption-data/></m>"))


RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Cyr;}}
{\stylesheet{\s1 Heading;}}{\info{\title Bridge plan}{\author Tone Vik}}{\header Running head {\shptxt logo}}
\pard The bridge costs 9 million crowns.{\footnote\pard {\chftn} With tax.}{\v Secret.}{\deleted Deleted.}{\mvf Moved.}
 It opens in\line spring, said M\'fcller.\par
{\field{\*\fldinst HYPERLINK "x"}{\fldrslt The court}} sits \u8220?soon\u8221?. {\f1 \'cf\'f0\'e8}\par
{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt In a box.\par}}{\shprslt{\*\do{\dptxbxtext In a box.\par}}}}It rained.\par
\trowd\pard\intbl Town\cell Jobs\cell\row\pard{\upr{ansi}{\*\ud{\u937?mega}}} \u-10179?\u-8704? {\pict\bin3 {{{}end.}"""


def test_rtf_is_read_as_it_is_seen() -> None:
    article = rtf.extract(RTF.encode())
    assert lines(article) == [
        *("The bridge costs 9 million crowns. It opens in spring, said Müller.", "With tax."),
        *("The court sits “soon”. При", "It rained.", "In a box.", "Town | Jobs", "Ωmega 😀 end."),
    ]
    assert (article[0].title, article[0].byline) == ("Bridge plan", "Tone Vik")


@pytest.mark.parametrize("read", [docx.extract, odt.extract, epub.extract, rtf.extract])
@pytest.mark.parametrize("data", [b"", b"plain words", b"PK\x03\x04", zipped({"a": "b"})])
def test_what_is_no_document_is_refused(read: object, data: bytes) -> None:
    with pytest.raises(ArticleError, match="or it is damaged"):
        read(data)  # type: ignore[operator]


def test_each_chapter_of_an_epub_is_an_article() -> None:
    data = epub_file(
        {
            "t/a b.xhtml": '<h1>Ferry sold</h1><p>It cost 3 million<a epub:type="noteref">1</a>.</p>'
            '<p style="display: none">Secret.</p>',
            "t/c.xhtml": "<p>The café closed.</p>",
            "t/d.xhtml": "<p>It opens in May.</p>",
        },
        {"t/a%20b.xhtml": "Ferry for sale", "t/c.xhtml#top": "Café"},
    )
    ferry, cafe = epub.extract(data)
    assert (ferry.title, ferry.text) == ("Ferry for sale", "Ferry sold\n\nIt cost 3 million.")
    assert (cafe.title, cafe.text) == ("Café", "The café closed.\n\nIt opens in May.")
    assert (ferry.source, ferry.byline, ferry.published) == ("Harbour Weekly", "Tone Vik", "2025-03-12")
    assert ferry.key != cafe.key == epub.extract(data)[1].key
