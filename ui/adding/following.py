"""The switch on the page that starts and stops following folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag_ui.adding.adding import outcome_card, problem_card
from rag_ui.language.strings import Strings, clock, shortened
from rag_ui.web import server
from rag_ui.web.sign_in import may_edit

if TYPE_CHECKING:
    from rag.ingest.watch import Follower, News

MOST_SKIPPED = 50
"""Most skipped files that are named, because a folder may have thousands."""


def follow_switch(follower: Follower | None, strings: Strings) -> gr.Checkbox:
    """Makes the switch. It is hidden if there is no folder to follow."""
    folders = ", ".join(path.name or str(path) for path in follower.paths) if follower else ""
    return gr.Checkbox(
        label=strings.words.follow.format(folders=folders),
        visible=follower is not None,
        container=False,
        elem_id="follow",
    )


def wire(
    page: gr.Blocks, follower: Follower, switch: gr.Checkbox, news: gr.HTML, timer: gr.Timer, *, strings: Strings
) -> None:
    """Connects the switch and the news. All open pages share one switch, so each page polls its state."""

    def turn(on: Any, request: gr.Request) -> None:
        if not may_edit(request):
            return
        if on is True:
            follower.start()
        else:
            follower.stop()

    # The browser sends what it shows: what the server sent last may have been lost.
    def look(stood: bool, told: str) -> Any:
        latest, stands = follower.news, follower.is_on
        card = news_card(latest, follower.paths, strings) if latest else ""
        return gr.skip() if stood == stands else stands, gr.skip() if told == card else gr.update(value=card)

    switch.input(turn, switch, None, queue=False, trigger_mode="always_last", **server.PRIVATE)
    page.load(look, [switch, news], [switch, news], **server.PRIVATE)
    timer.tick(look, [switch, news], [switch, news], queue=False, **server.PRIVATE)


def news_card(news: News, folders: Sequence[Path], strings: Strings) -> str:
    """Renders the last change of the followed folders as HTML. Files are named from their folder on."""
    time = clock(news.time)
    if news.report is None:
        return problem_card(f"{time}: {strings.problem(news.trouble)}") if news.trouble else ""
    skipped = [(_named(entry.path, folders), strings.why_skipped(entry)) for entry in news.report.skipped]
    done = strings.followed(news.report)
    lines = [f"{time}: {done}"] if done else []
    partly = news.report.partly[:MOST_SKIPPED]
    lines += [f"{_named(entry.path, folders)}: {strings.why_skipped(entry)}" for entry in partly]
    return outcome_card(lines, skipped, strings, MOST_SKIPPED)


def _named(path: str, folders: Sequence[Path]) -> str:
    folder = next((folder for folder in folders if Path(path).is_relative_to(folder)), None)
    return shortened(str(Path(path).relative_to(folder.parent)) if folder else path)
