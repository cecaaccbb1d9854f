"""Makes HTML components of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr


def plain(value: Any, **options: Any) -> gr.HTML:
    """Makes an HTML component without Gradio's own style and click handler."""
    return gr.HTML(value, **{"js_on_load": None, "apply_default_css": False, **options})


def scripted(template: str, *scripts: Path, **options: Any) -> gr.HTML:
    """Makes a component whose script renders its values, so that no value passes through a template."""
    script = "\n".join(file.read_text("utf-8") for file in scripts)
    return plain({}, html_template=template, js_on_load=script, **options)
