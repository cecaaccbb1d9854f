"""Drags files, folders and text over a page, as the system does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

Step = Literal["dragEnter", "dragOver", "drop"]
Files = Sequence[str | Path]
LEAVE = "document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true }))"
"""Tells the page that the pointer left it, which Chromium can't be made to do."""
COPY = 1
"""The operation that the system allows."""


def drag(page: Page, step: Step, files: Files = (), text: str = "", at: tuple[float, float] = (5, 5)) -> None:
    """Sends one step of a drag to the browser.

    Args:
        page: The page.
        step: The step. A drop needs "dragEnter" and "dragOver" before it.
        files: The files and folders that are dragged.
        text: The text that is dragged.
        at: The place of the pointer, in CSS pixels.
    """
    items = [{"mimeType": "text/plain", "data": text}] if text else []
    data = {"items": items, "files": [str(file) for file in files], "dragOperationsMask": COPY}
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchDragEvent", {"type": step, "x": at[0], "y": at[1], "data": data})
    session.detach()


def drop(page: Page, files: Files = (), text: str = "", at: tuple[float, float] = (5, 5)) -> None:
    """Drags something over the page, and drops it."""
    for step in ("dragEnter", "dragOver", "drop"):
        drag(page, step, files, text, at)
