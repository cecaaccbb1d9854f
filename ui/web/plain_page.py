"""A page without Gradio and without scripts of its own, for what is said before or instead of the page."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from rag_ui.language.words import Words

if TYPE_CHECKING:
    from starlette.datastructures import Headers

_PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>
:root {{ color-scheme: light dark; --desk: #f6f4ef; --paper: #fffdf9; --ink: #1d1b18; --edge: #8d877c;
  --action: #8a1f1b; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --desk: #131416; --paper: #1a1c1f; --ink: #ebe8e1; --edge: #757a83; --action: #ac3a34; }}
  [role=alert] {{ color: #ff9d96 !important; }} }}
body {{ max-width: 22rem; margin: 15vh auto; padding: 0 1rem; background: var(--desk); color: var(--ink);
  font: 1rem/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif; }}
h1 {{ font: 700 1.5rem/1.2 Charter, "Bitstream Charter", Georgia, "Liberation Serif", serif; }}
label {{ display: block; margin: 0.8rem 0; }} [role=alert] {{ color: var(--action); }}
input {{ font: inherit; width: 100%; box-sizing: border-box; padding: 0.5rem 0.7rem; border: 1px solid var(--edge);
  border-radius: 4px; background: var(--paper); color: inherit; }}
button {{ font: inherit; font-weight: 600; padding: 0.5rem 1.3rem; border: 0; border-radius: 4px; color: #fff;
  background: var(--action); cursor: pointer; }}
</style></head><body><main><h1>{title}</h1>{content}</main></body></html>
"""


def wants_page(method: str, headers: Headers) -> bool:
    """Whether a browser asks for a page that a person sees, and no program, script or picture."""
    return method in {"GET", "HEAD"} and "text/html" in headers.get("accept", "")


def plain_page(content: str, status: int, words: Words) -> HTMLResponse:
    """Makes the response with a plain page. `content` is HTML."""
    page = _PAGE.format(language=words.language, title=html.escape(words.title), content=content)
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})
