"""Adding articles on the page: progress, skipped files, questions meanwhile, the new generation in every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag_ui.strings import ENGLISH
from tests.browser.asked import FILES
from tests.browser.conftest import Open
from tests.browser.looking import look_at
from tests.browser.scripted import QUESTION
from tests.browser.serving import served

pytestmark = pytest.mark.browser


def test_added_articles_are_in_the_archive_of_every_open_page(open_page: Open, tmp_path: Path) -> None:
    held = tmp_path / "hold.update"
    held.touch()
    with served(["tests.browser.scripted", str(tmp_path / "hold")], tmp_path / "log") as url:
        newsroom, other = open_page(url), open_page(url)
        newsroom.open_tab(ENGLISH.words.tab_add)
        newsroom.page.locator("#files input[type=file]").set_input_files(FILES)
        expect(newsroom.page.locator("#outcome")).to_contain_text(ENGLISH.embedding(1, 2))
        expect(newsroom.page.locator("#outcome progress")).to_have_attribute("value", "1")
        expect(newsroom.page.locator("#outcome .adding")).to_have_text(ENGLISH.files_done(0, 2, 3))
        stages, names = (newsroom.page.locator(f"#outcome .upload .{part}") for part in ("stage", "file"))
        expect(names).to_have_text(["buoy.txt", "empty.txt", "photo.jpg"])
        expect(stages.first).to_have_text(ENGLISH.words.file_stages["embedding"])
        expect(stages.last).to_have_text(f"{ENGLISH.words.file_stages['skipped']}: {ENGLISH.words.not_readable}")
        assert look_at(newsroom, "wide-light-embedding") == []

        expect(newsroom.ask(QUESTION).locator("blockquote").first).to_be_visible()
        for visitor in (newsroom, other):
            facts = visitor.page.locator("#masthead .facts")
            expect(facts).to_contain_text("generation 1")
            expect(facts.locator(".updating")).to_be_visible()
        held.unlink()

        expect(newsroom.page.locator("#outcome")).to_contain_text(ENGLISH.articles_added(1, 8))
        expect(newsroom.page.locator("#outcome li .file")).to_have_text(["photo.jpg", "empty.txt"])
        expect(newsroom.page.locator("#outcome progress")).to_have_count(0)
        for visitor in (newsroom, other):
            facts = visitor.page.locator("#masthead .facts")
            expect(facts).to_contain_text("8 articles")
            expect(facts).to_contain_text("generation 2")
            expect(facts.locator(".updating")).to_have_count(0)
            visitor.open_tab(ENGLISH.words.tab_articles)
            expect(visitor.page.locator(".article", has_text="A red buoy")).to_be_visible()
        expect(newsroom.page.locator("#chat .question")).to_have_text(QUESTION)
        newsroom.page.close()
        other.page.close()


def test_a_folder_that_the_server_was_started_with_is_followed_until_it_is_switched_off(
    open_page: Open, tmp_path: Path
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    command = ["rag.cli", "chat", "--index", str(tmp_path / "index"), "--port", "0", "--no-browser"]
    with served([*command, "--watch", str(news)], tmp_path / "log") as url:
        newsroom = open_page(url)
        newsroom.open_tab(ENGLISH.words.tab_add)
        switch = newsroom.page.get_by_label(ENGLISH.words.follow.format(folders="news"))
        expect(switch).to_be_checked()
        assert look_at(newsroom, "wide-light-following") == []
        (news / "buoy.txt").write_text("A red buoy drifted ashore near the old harbour on Monday morning.")
        (news / "empty.txt").touch()
        facts, told = (newsroom.page.locator(part) for part in ("#masthead .facts", "#followed"))
        expect(facts).to_contain_text("1 article")
        expect(told).to_contain_text(ENGLISH.words.followed["added"][0].format(number=1))
        expect(told.locator("li .file")).to_have_text(str(Path("news", "empty.txt")))
        expect(newsroom.page.locator("#opening .lead")).not_to_contain_text("rag update")
        assert look_at(newsroom, "wide-light-followed") == []
        with newsroom.page.expect_response("**/run/predict"):
            switch.press("Space")
        newsroom.visit(url)
        newsroom.open_tab(ENGLISH.words.tab_add)
        expect(switch).not_to_be_checked()
        (news / "boat.txt").write_text("A blue boat was seen near the old harbour on Tuesday morning.")
        with newsroom.page.expect_response("**/run/predict"):
            switch.press("Space")
        expect(facts).to_contain_text("2 articles")
        newsroom.page.close()
