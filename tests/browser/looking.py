"""Checks a state of the page with axe-core, and keeps a picture in `test-output/page/` if PICTURES is set."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from tests.browser.newsroom import Newsroom
from tests.places import ROOT

PICTURES = ROOT / "test-output" / "page"
"""Folder of the pictures."""

OUTSIDE = """() => [...document.querySelectorAll("button, input, select, a, p")].filter(part => {
    const { left, right, top, width, height } = part.getBoundingClientRect();
    if (!width || !part.checkVisibility()) return false;
    const atItsEnd = document.elementFromPoint(right - 3, top + height / 2);
    const isCovered = part.matches("[role=tab]") && !part.contains(atItsEnd) && !atItsEnd.closest("details, dialog");
    return left < 0 || right > innerWidth || isCovered;
}).map(part => part.outerHTML.slice(0, 120))"""
"""Finds visible parts that are cut off at a side, and tabs that anything but open details and dialogs covers."""


WIDTHS: dict[str, ViewportSize] = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
"""The widths at which every state is looked at: two by default, and four with `PICTURES=all`."""
KEPT = bool(os.environ.get("PICTURES"))
"""Whether pictures are kept. To take them costs time, and only people look at them."""
if os.environ.get("PICTURES") == "all":
    WIDTHS |= {"screen": {"width": 1440, "height": 900}, "tablet": {"width": 820, "height": 1180}}

ALL_RULES = {"resultTypes": ["violations"]}
CONTRAST_ONLY = {**ALL_RULES, "runOnly": ["color-contrast"]}
"""Options of axe-core; the second ones are for a page that was checked in other colours."""


def look_at(newsroom: Newsroom, name: str, options: Mapping[str, object] = ALL_RULES) -> list[str]:
    """Checks the page as it is.

    Args:
        newsroom: The open page.
        name: Name of the state.
        options: Options of axe-core.

    Returns:
        Findings of axe-core, and parts that are cut off at a side.
    """
    _keep_picture(newsroom, name)
    found = _violations(newsroom.page, options)
    places = [(rule["id"], node) for rule in found for node in rule["nodes"]]
    outside = [f"{name}: cut off: {part}" for part in newsroom.page.evaluate(OUTSIDE)]
    return outside + [
        f"{name}: {rule} at {' '.join(map(str, node['target']))}: {node['html'][:200]}" for rule, node in places
    ]


def look_in_both_schemes(newsroom: Newsroom, width: str, name: str) -> list[str]:
    """Looks at the page in light and in dark, where only colours differ, and returns the findings.

    Colours don't depend on the width, so of the dark phone only a picture is kept.
    """
    newsroom.page.emulate_media(color_scheme="light")
    found = look_at(newsroom, f"{width}-light-{name}")
    newsroom.page.emulate_media(color_scheme="dark")
    if width == "wide":
        return found + look_at(newsroom, f"{width}-dark-{name}", CONTRAST_ONLY)
    _keep_picture(newsroom, f"{width}-dark-{name}")
    return found


def _keep_picture(newsroom: Newsroom, name: str) -> None:
    newsroom.page.mouse.move(0, 0)  # nothing is checked as it looks below the pointer
    if KEPT:
        PICTURES.mkdir(parents=True, exist_ok=True)
        newsroom.picture(PICTURES / f"{name}.png")


def _violations(page: Page, options: Mapping[str, object]) -> list[dict[str, Any]]:
    """Runs axe-core, whose script is given to each page once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate("async options => (await axe.run(options)).violations", dict(options))
    return found
