"""The actions of a person on the page, and what the person sees. The browser tests are written with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Request, Response

from rag_ui.language.strings import ENGLISH

HARMLESS = ("Autofocus processing was blocked", "Method not implemented.")
"""Beginnings of browser messages that are no fault. Gradio causes the second one at every upload."""

CUT_OFF = ("AbortError", "Unexpected error Connection errored out.")
"""Beginnings of what the browser says if a page is left, also by a link or a reload, while its stream is open."""

CONTRAST = """element => {
    const channels = colour => colour.match(/[\\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    let ground = element;
    while ((channels(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
    const [light, dark] = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor]
        .map(colour => luminance(channels(colour))).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
}"""
"""Computes the contrast ratio of WCAG 2 for an element."""


@dataclass
class Newsroom:
    """An open page.

    Attributes:
        page: The browser's page.
        hosts: Hosts that the page sent requests to.
        refused: Addresses of failed requests.
        complaints: Errors, warnings and dialogs of the browser.
    """

    page: Page
    hosts: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Starts to note requests and complaints."""
        self.page.on("request", self._note_request)
        self.page.on("response", self._note_response)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self._note_error(str(error)))
        self.page.on("dialog", self._dismiss)

    def leave(self, url: str) -> None:
        """Leaves the page, so that its server can end, and forgets the complaints about connections cut off by that."""
        self.page.goto(f"{url}theme.css", wait_until="networkidle")  # the browser asks for an icon too
        self.complaints.clear()

    def visit(self, url: str) -> None:
        """Opens the page and waits until it is ready."""
        self.page.goto(url)
        self.page.locator("#masthead .facts").wait_for()

    def begin_anew(self) -> None:
        """Begins a new conversation, if there is one, and shows the empty reader."""
        opening, asked = self.page.locator("#opening .example").first, self.page.locator("#chat .question")
        opening.or_(asked).first.wait_for()  # a page that was reloaded just now gets its conversation back in a moment
        if asked.count():
            self.page.get_by_role("button", name=ENGLISH.words.new_conversation).click()
        opening.wait_for()
        self.open_tab(ENGLISH.words.tab_source)
        self.page.locator(".reader-empty:not([hidden])").wait_for(state="attached")

    @contextmanager
    def away(self) -> Iterator[None]:
        """Makes the server unreachable during the block."""
        self.page.context.set_offline(True)
        try:
            yield
        finally:
            self.page.context.set_offline(False)

    def forgive(self) -> None:
        """Forgets failed requests and complaints that a test caused on purpose."""
        self.refused.clear()
        self.complaints.clear()

    def ask(self, question: str) -> Locator:
        """Asks a question and waits for its answer card or error line."""
        outcomes = self.page.locator("#chat .answer, #chat .problem")
        before = outcomes.count()
        self.box.fill(question)
        self.box.press("Enter")
        outcomes.nth(before).wait_for()
        return outcomes.nth(before)

    def open_tab(self, name: str) -> None:
        """Selects a tab of the pane beside the chat."""
        self.page.get_by_role("tab", name=name, exact=True).click()

    def choose(self, field: str, *names: str) -> None:
        """Chooses names in a filter of the list of articles, such as "sources", and closes its list."""
        choice = self.page.locator(f".choice[data-field={field}]")
        choice.locator("summary").click()
        for name in names:
            choice.get_by_role("checkbox", name=name).check()
        self.page.keyboard.press("Escape")

    def read(self, chip: Locator) -> str:
        """Clicks a citation chip and returns the marked text, as `marked` does. Opens the fold that it is in."""
        self.unfold(chip)
        chip.click()
        return self.marked(chip)

    def unfold(self, chip: Locator) -> None:
        """Opens the fold that a chip is in, if any, as a person does."""
        fold = chip.locator("xpath=ancestor::details[@class='more']")
        if fold.count() and not chip.is_visible():
            fold.locator("xpath=summary").click()

    def marked(self, chip: Locator) -> str:
        """Waits until the reader pane shows this chip's quote, and returns the marked text."""
        number = chip.locator(".number").text_content()
        self.page.locator(".reader-facts span", has_text=f"[{number}]").wait_for()
        self.page.wait_for_function("document.querySelectorAll('.reader-text mark.quoted').length === 1")
        return self.mark.evaluate("element => element.textContent")

    @property
    def box(self) -> Locator:
        """The input box for questions."""
        return self.page.locator("#question textarea")

    @property
    def mark(self) -> Locator:
        """The marked quote in the reader pane."""
        return self.page.locator(".reader-text mark.quoted")

    @property
    def reader(self) -> Locator:
        """The reader pane with the article, which is a sheet on a phone."""
        return self.page.locator("#reader-pane")

    def article_text(self) -> str:
        """Returns the whole text of the article in the reader pane."""
        return self.page.locator(".reader-text").evaluate("element => element.textContent")

    def sees_the_quote(self) -> bool:
        """Returns whether the whole quote is in the visible part of the reader pane."""
        return self.page.evaluate(
            """() => {
                const mark = document.querySelector(".reader-text mark.quoted").getBoundingClientRect();
                const text = document.querySelector(".reader-text").getBoundingClientRect();
                return mark.top >= text.top && mark.bottom <= text.bottom;
            }"""
        )

    def wait_for_the_quote(self) -> None:
        """Waits until scrolling has brought the quote into view."""
        self.page.wait_for_function(
            """() => {
                const mark = document.querySelector(".reader-text mark.quoted")?.getBoundingClientRect();
                const text = document.querySelector(".reader-text").getBoundingClientRect();
                return mark && mark.top >= text.top && mark.bottom <= text.bottom;
            }"""
        )

    def picture(self, path: Path) -> None:
        """Takes a picture. The pointer is moved to the corner first."""
        self.page.mouse.move(0, 0)
        self.page.screenshot(path=path)

    def contrast(self, selector: str) -> float:
        """Computes the WCAG contrast of an element's text with the nearest background that is not transparent."""
        return self.page.locator(selector).first.evaluate(CONTRAST)

    def _note_response(self, response: Response) -> None:
        if response.status >= 400:
            self.refused.append(response.url)

    def _dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"}:
            self.hosts.add(parts.hostname or request.url)

    def _note_error(self, told: str) -> None:
        if not told.startswith(CUT_OFF):
            self.complaints.append(told)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(HARMLESS):
            self._note_error(message.text)


def sign_in(page: Page, url: str, name: str, password: str) -> None:
    """Opens a page that asks who one is, and signs in."""
    page.goto(url)
    page.get_by_label(ENGLISH.words.user_name).fill(name)
    page.get_by_label(ENGLISH.words.password).fill(password)
    page.get_by_role("button", name=ENGLISH.words.sign_in).click()
