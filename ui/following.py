"""The switch for folders that the server was started with: whether what changes in them is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from . import server, strings

if TYPE_CHECKING:
    from rag.watch import Follower


def follow_switch(follower: Follower | None) -> gr.Checkbox:
    """The switch; without a folder to follow it is not shown."""
    folders = ", ".join(path.name or str(path) for path in follower.paths) if follower else ""
    return gr.Checkbox(
        label=strings.FOLLOW.format(folders=folders),
        visible=follower is not None,
        container=False,
        elem_id="follow",
    )


def wire(page: gr.Blocks, follower: Follower, switch: gr.Checkbox, timer: gr.Timer) -> None:
    """It is one switch for all open pages, so each looks now and then how it stands."""

    def turn(on: Any) -> None:
        if on is True:
            follower.start()
        else:
            follower.stop()

    def stand(shown: bool) -> Any:
        return gr.skip() if shown == follower.is_on else follower.is_on

    switch.input(turn, switch, None, queue=False, trigger_mode="always_last", **server.PRIVATE)
    page.load(lambda: follower.is_on, None, switch, **server.PRIVATE)
    timer.tick(stand, switch, switch, queue=False, **server.PRIVATE)
