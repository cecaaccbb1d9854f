"""Files of every format, dropped on the page: each becomes an article that can be read there."""

from __future__ import annotations

import base64
import gzip
import lzma
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag.library import Library
from rag_ui.language.strings import ENGLISH
from tests.browser.conftest import Open
from tests.browser.serving import served_library
from tests.files import docx, json_lines, page, pdf, rss

pytestmark = pytest.mark.browser

DROP = """(box, files) => {
    const dragged = new DataTransfer();
    for (const [name, data] of files) {
        dragged.items.add(new File([Uint8Array.from(atob(data), letter => letter.charCodeAt(0))], name));
    }
    for (const type of ["dragenter", "dragover", "drop"]) {
        box.dispatchEvent(new DragEvent(type, { dataTransfer: dragged, bubbles: true, cancelable: true }));
    }
}"""
MANY = 60
"""Number of articles in the file with many, more than the list shows at once."""


def say(what: str) -> str:
    return f"The harbour master wrote on Monday that the {what} had drifted ashore near the old mill."


RECORDS = [{"title": f"Note {n:02}", "text": say(f"raft {n}"), "url": f"https://example.org/{n}"} for n in range(MANY)]
FILES = {
    "plain.txt": say("buoy").encode(),
    "marked.md": f"# A heading\n\n{say('skiff')}\n".encode(),
    "web.html": page(say("canoe"), say("kayak"), head="<title>From the web</title>"),
    "print.pdf": pdf([[say("barge")[:60], say("barge")[60:]]]),
    "word.docx": docx(say("ketch")),
    "one.json": b'{"title": "One", "text": "%s"}' % say("yawl").encode(),
    "many.jsonl": json_lines(*RECORDS),
    "feed.xml": rss({"title": "From a feed", "description": say("sloop"), "link": "https://example.org/feed"}),
    "packed.txt.gz": gzip.compress(say("dinghy").encode()),
    "pressed.txt.xz": lzma.compress(say("punt").encode()),
}
ADDED = len(FILES) - 1 + MANY


def test_every_format_can_be_dropped_and_is_read(open_page: Open, tmp_path: Path) -> None:
    with Library.open(tmp_path / "index", create=True) as library, served_library(library, tmp_path / "log") as url:
        newsroom = open_page(url)
        newsroom.open_tab(ENGLISH.words.tab_add)
        dragged = [[name, base64.b64encode(data).decode()] for name, data in FILES.items()]
        newsroom.page.locator("#files button").evaluate(DROP, dragged)
        expect(newsroom.page.locator("#outcome")).to_contain_text(ENGLISH.articles_added(ADDED, ADDED))
        expect(newsroom.page.locator("#outcome [data-stage=skipped]")).to_have_count(0)

        newsroom.open_tab(ENGLISH.words.tab_articles)
        titles = newsroom.page.locator(".article .title")
        expect(titles).to_have_count(50)
        newsroom.page.get_by_role("button", name=ENGLISH.words.more_articles).click()
        expect(titles).to_have_count(ADDED)
        expect(newsroom.page.get_by_role("button", name=ENGLISH.words.more_articles)).to_be_hidden()

        newsroom.page.locator(".article", has_text="Note 07").click()
        link = newsroom.page.get_by_role("link", name=ENGLISH.words.original)
        expect(link).to_have_attribute("href", "https://example.org/7")
        expect(link).to_have_attribute("rel", "noopener noreferrer")
        newsroom.page.close()
