"""Adding articles on the page: by a drop or an address, with progress and questions meanwhile, and undone at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Request, Response, Route, expect

from rag.library import Library
from rag_ui.language.strings import ENGLISH, GERMAN
from tests.browser.asked import FILES
from tests.browser.conftest import PHONE, Open
from tests.browser.dragging import LEAVE, drag, drop
from tests.browser.looking import look_at
from tests.browser.scripted import QUESTION
from tests.browser.serving import served, served_library
from tests.files import page as page_of
from tests.libraries import story, write
from tests.site import running, send

pytestmark = pytest.mark.browser

WORDS = ENGLISH.words.additions


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
        stages, names, reasons = (
            newsroom.page.locator(f"#outcome .upload .{part}") for part in ("stage", "file", "why")
        )
        expect(names).to_have_text(["buoy.txt", "empty.txt", "photo.jpg"])
        expect(stages).to_have_text([ENGLISH.words.file_stages[stage] for stage in ("embedding", "skipped", "skipped")])
        expect(reasons.last).to_have_text(ENGLISH.words.not_readable)
        assert look_at(newsroom, "wide-light-embedding") == []

        expect(newsroom.ask(QUESTION).locator("blockquote").first).to_be_visible()
        for visitor in (newsroom, other):
            facts = visitor.page.locator("#masthead .facts")
            expect(facts).to_contain_text("(change 1)")
            expect(facts.locator(".updating")).to_be_visible()
        held.unlink()

        expect(newsroom.page.locator("#outcome")).to_contain_text(ENGLISH.articles_added(1, 8))
        expect(names).to_have_text(["empty.txt", "photo.jpg", "buoy.txt"])
        expect(newsroom.page.locator("#outcome progress")).to_have_count(0)
        for visitor in (newsroom, other):
            facts = visitor.page.locator("#masthead .facts")
            expect(facts).to_contain_text("8 articles")
            expect(facts).to_contain_text("(change 2)")
            expect(facts.locator(".updating")).to_have_count(0)
            visitor.open_tab(ENGLISH.words.tab_articles)
            expect(visitor.page.locator(".article", has_text="A red buoy")).to_be_visible()
        expect(newsroom.page.locator("#chat .question")).to_have_text(QUESTION)
        newsroom.page.close()
        other.page.close()


def test_what_is_dropped_anywhere_is_added_linked_and_undone(open_page: Open, tmp_path: Path) -> None:
    for name in ("boats", "ferry"):
        write(tmp_path / "news" / "inner" / f"{name}.txt", story(f"A {name} left the harbour on Monday morning."))
    write(tmp_path / "news" / ".hidden.txt", story("What is hidden is not added."))
    write(tmp_path / "single.txt", story("A single barge came back on Sunday."))
    dragged = [tmp_path / "news", tmp_path / "single.txt"]
    with Library.open(tmp_path / "index", create=True) as library, served_library(library, tmp_path / "log") as url:
        newsroom = open_page(url)
        page, cover = newsroom.page, newsroom.page.locator(".drop-anywhere")
        drag(page, "dragEnter", dragged)
        expect(cover).to_be_visible()
        assert look_at(newsroom, "wide-light-dragging") == []
        page.evaluate(LEAVE)
        expect(cover).to_be_hidden()
        box = newsroom.box.bounding_box()
        assert box is not None
        in_box = (box["x"] + 5, box["y"] + 5)
        drop(page, text="Who left the harbour?", at=in_box)
        expect(newsroom.box).to_have_value("Who left the harbour?")

        drop(page, dragged, at=in_box)
        expect(cover).to_be_hidden()
        expect(page.locator("#outcome .added")).to_contain_text(ENGLISH.articles_added(3, 3))
        expect(newsroom.box).to_have_value("Who left the harbour?")
        expect(page.locator("#outcome .file")).to_have_text(["boats.txt", "ferry.txt", "single.txt"])
        assert look_at(newsroom, "wide-light-dropped") == []
        page.locator(".added-article").last.press("Enter")
        expect(page.locator(".reader-text")).to_contain_text("A single barge came back")

        newsroom.visit(url)
        newsroom.open_tab(ENGLISH.words.tab_add)
        page.locator(".added-article").last.press("Enter")
        expect(page.locator(".removal-ask")).to_be_visible()
        newsroom.open_tab(ENGLISH.words.tab_add)
        page.get_by_role("button", name=WORDS.undo).press("Enter")
        expect(page.locator("#outcome")).to_contain_text(WORDS.undone)
        expect(page.locator("#outcome")).to_contain_text(ENGLISH.count(3, WORDS.out_again))
        expect(page.locator("#masthead .facts")).to_contain_text("0 articles")
        expect(page.locator(".reader-became")).to_have_text(ENGLISH.words.edition_states["removed"])
        expect(page.locator("#add-tab-button")).to_be_focused()
        assert list((tmp_path / "added").iterdir()) == []
        newsroom.open_tab(ENGLISH.words.tab_source)
        expect(page.locator(".reader-text")).to_contain_text("A single barge came back")
        expect(page.locator(".removal-ask")).to_be_hidden()
        expect(page.locator(".reader-facts")).to_have_text("single.txt")
        assert look_at(newsroom, "wide-light-undone-and-open") == []
        page.close()


def test_a_second_drop_waits_and_the_undo_goes_when_the_archive_changes(open_page: Open, tmp_path: Path) -> None:
    held = tmp_path / "hold.update"
    held.touch()
    for name in ("first", "second"):
        write(tmp_path / f"{name}.txt", f"The {name} boat.")
    with served(["tests.browser.scripted", str(tmp_path / "hold")], tmp_path / "log") as url:
        newsroom = open_page(url, viewport=PHONE)
        page = newsroom.page
        drop(page, [tmp_path / "first.txt"])
        expect(page.locator("#outcome .file")).to_have_text("first.txt")
        drop(page, [tmp_path / "second.txt", tmp_path / "first.txt"])
        expect(page.locator(".add-waiting")).to_have_text(ENGLISH.count(2, WORDS.waiting_files))
        assert look_at(newsroom, "phone-light-waiting") == []
        held.unlink()
        expect(page.locator("#outcome .file")).to_have_text(["second.txt", "first.txt"])
        expect(page.locator(".add-waiting")).to_be_hidden()
        expect(page.get_by_role("button", name=WORDS.undo)).to_be_visible()
        page.locator(".added-article").last.click()
        page.get_by_role("button", name=ENGLISH.words.remove).click()
        page.get_by_role("button", name=ENGLISH.words.remove_now, exact=True).click()
        expect(page.locator(".removal-said")).to_have_text(ENGLISH.words.removed)
        newsroom.open_tab(ENGLISH.words.tab_add)
        expect(page.locator("#outcome .file")).to_have_count(2)
        expect(page.get_by_role("button", name=WORDS.undo)).to_be_hidden()
        page.close()


def test_a_page_learns_of_new_articles_also_if_an_older_answer_comes_in_place_of_the_one_that_tells_it(
    open_page: Open, tmp_path: Path
) -> None:
    write(tmp_path / "news" / "boats.txt", story("Boats left the harbour on Monday morning."))
    older: dict[int, str] = {}
    withheld: list[str] = []

    def withhold_the_news(route: Route, request: Request) -> None:
        answer, event = route.fetch(), (request.post_data_json or {})["fn_index"]
        if ENGLISH.articles(1) in answer.text() and not withheld:
            withheld.append(answer.text())
            route.fulfill(response=answer, body=older[event])
        else:
            older[event] = answer.text()
            route.fulfill(response=answer)

    with Library.open(tmp_path / "index", create=True) as library, served_library(library, tmp_path / "log") as url:
        newsroom = open_page(url)
        page = newsroom.page
        expect(page.locator("#opening .lead")).to_contain_text("rag update")
        page.route("**/run/predict", withhold_the_news)
        with page.expect_response("**/run/predict"):
            pass
        library.update(tmp_path / "news")
        while not withheld:
            page.wait_for_timeout(200)
        expect(page.locator("#masthead .facts")).to_contain_text(ENGLISH.articles(1))
        expect(page.locator("#opening .lead")).not_to_contain_text("rag update")
        page.unroute_all(behavior="ignoreErrors")
        page.close()


def test_an_address_is_fetched_and_what_is_wrong_with_one_is_said(open_page: Open, tmp_path: Path) -> None:
    words = "The harbour master wrote on Monday that seven boats had drifted ashore near the old mill."
    german = GERMAN.words.additions
    with (
        running() as server,
        Library.open(tmp_path / "index", create=True) as library,
        served_library(library, tmp_path / "log", "--language", "de", RAG_PAGE_ADDRESSES="all") as url,
    ):
        found = page_of(words, words.replace("seven", "eight"), head="<title>Boats ashore</title>")
        server.answers |= {"/a": send(200, found, Content_Type="text/html"), "/gone": send(404)}
        newsroom = open_page(url)
        page = newsroom.page
        newsroom.open_tab(GERMAN.words.tab_add)
        address = page.get_by_label(german.address)
        expect(address).to_have_accessible_description(german.address_note)
        for given, said in (
            ("x", "http://"),
            (server.url("/gone"), "404"),
            (server.url("/a"), "Boats"),
        ):
            address.fill(given)
            address.press("Enter")
            expect(page.locator("#outcome")).to_contain_text(said)
            expect(page.get_by_role("button", name=german.fetch)).to_be_enabled()
        assert look_at(newsroom, "wide-light-fetched-german") == []
        assert [one.url for one in library.articles()] == [server.url("/a")]
        page.close()


def is_switched(response: Response, on: bool) -> bool:
    """Whether the server answered the switch, and not the timer."""
    return response.url.endswith("/run/predict") and (response.request.post_data_json or {})["data"] == [on]


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
        with newsroom.page.expect_response(lambda response: is_switched(response, on=False)):
            switch.press("Space")
        newsroom.visit(url)
        newsroom.open_tab(ENGLISH.words.tab_add)
        expect(switch).not_to_be_checked()
        (news / "boat.txt").write_text("A blue boat was seen near the old harbour on Tuesday morning.")
        with newsroom.page.expect_response(lambda response: is_switched(response, on=True)):
            switch.press("Space")
        expect(facts).to_contain_text("2 articles")
        newsroom.page.close()
