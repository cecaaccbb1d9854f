"""Reads a web page that a browser saved with all its parts in one file (MHTML). Runs in the worker."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

from rag.core.errors import ArticleError
from rag.formats import html
from rag.formats.extracted import Extracted
from rag.formats.fields import clean_url
from rag.formats.newsroom.mail import payload_text


def extract(data: bytes) -> list[Extracted]:
    """Reads the article of a saved page.

    Args:
        data: The bytes of the file.

    Returns:
        One article.

    Raises:
        ArticleError: If the file holds no page, or the page no article.
    """
    message = message_from_bytes(data, policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise ArticleError("The file holds no web page", "no_article", remedy="save the page again, as HTML")
    (article,) = html.extract(payload_text(page).encode("utf-8", "surrogatepass"))
    address = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "")
    return [article if article.url else replace(article, url=clean_url(address))]
