"""Makes docs/page.png, the picture in the README. It shows the page with an answer and its article.

Run `python docs/screenshot.py` in the project's folder, after `rag update`. It uses the default index.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from rag.library import Library
from rag.shortcuts import default_index
from rag_ui import server
from rag_ui.app import build_page
from rag_ui.look import look
from tests.browser.chromium import FLAGS, MISSING, find_chromium
from tests.browser.newsroom import Newsroom

PICTURE = Path(__file__).with_name("page.png")
QUESTIONS = (
    "Why are US bases attractive targets?",
    "How much of the world's liquefied natural gas passes the choke point?",
)


def main() -> None:
    """Asks the questions, opens the last answer's article, and takes the picture."""
    chromium = find_chromium() or sys.exit(MISSING)
    with Library.open(default_index()) as library, sync_playwright() as playwright:
        running = server.start(build_page(library), server.Door(port=0), **look())
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        newsroom = Newsroom(browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce"))
        newsroom.visit(running.url)
        for question in QUESTIONS:
            card = newsroom.ask(question)
        newsroom.read(card.locator(".chip").first)
        newsroom.picture(PICTURE)
        browser.close()
        running.close()


if __name__ == "__main__":
    main()
