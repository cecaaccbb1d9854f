"""Reads an e-mail: the subject is the title, the sender the author. Runs in the worker.

Left out: attachments, the text of the message that is answered, and the signature.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted, neat_key
from rag.formats.fields import clean_byline, clean_line
from rag.formats.markup import read_markup
from rag.text.dates import parse_date
from rag.text.decode import decode
from rag.text.unwrap import mend_broken_words

_ANSWERED = re.compile(r"\A(?:\s*(?:re|aw|fwd?|wg|tr|rv)\s*(?:\[\d+\])?:)+\s*", re.IGNORECASE)
"""Marks before the subject of an answer or a forwarded message."""
_SIGNATURE = re.compile(r"^-- ?\r?$", re.MULTILINE)
_QUOTED = re.compile(
    r"(?:^[^\n]{0,200}(?:wrote|schrieb|a écrit|escribió)\s*:\s*\n\s*)?(?:^>[^\n]*(?:\n|\Z))+", re.MULTILINE
)
"""Lines of the message that is answered, and the line that introduces them."""
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_DELETED = 0x0008
"""The bit of `X-Mozilla-Status` of a deleted message, which stays in its file until the folder is compacted."""


def extract(data: bytes) -> list[Extracted]:
    """Reads the article of an e-mail.

    Args:
        data: The bytes of the file.

    Returns:
        One article.

    Raises:
        ArticleError: If the message has no text.
    """
    article = read_message(data)
    if not article.text and article.status is None:
        raise ArticleError("The e-mail has no text", "no_text", remedy="save its attachments as files, or remove it")
    return [Extracted(**article.as_dict() | {"key": None})]


def read_message(data: bytes) -> Extracted:
    """Reads a message.

    Args:
        data: The bytes of the message.

    Returns:
        The article. Its key is made from the message's id, else from its content; its text is "" if there is none.
    """
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    sender = _header(message, "From").partition("<")[0].strip(" \"'") or _header(message, "From")
    article = Extracted(
        text=_read_body(message),
        title=clean_line(_ANSWERED.sub("", _header(message, "Subject"))),
        published=parse_date(_header(message, "Date")),
        source=clean_line(_header(message, "Organization")),
        byline=clean_byline(sender),
        status=_read_status(message),
    )
    return Extracted(**article.as_dict() | {"key": neat_key(_header(message, "Message-ID") or article.content_key())})


def payload_text(part: Message) -> str:
    """Returns the text of a part of a message, whatever encoding it declares. Raises ArticleError if it is none."""
    payload = part.get_payload(decode=True)
    return decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, "")).strip()
    except (ValueError, IndexError, AttributeError):  # the email package fails on some broken headers
        return ""


def _read_body(message: EmailMessage) -> str:
    """The text of the message: its plain part, or else its HTML."""
    parts = [part for part in message.walk() if not part.is_multipart() and not part.get_filename()]
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    text = _read_plain(plain) if plain is not None else ""
    if text:
        return text
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    return read_markup(payload_text(page)) if page is not None else ""


def _read_plain(part: Message) -> str:
    text = payload_text(part).replace("\r\n", "\n")
    signature = _SIGNATURE.search(text)
    own = _QUOTED.sub("\n", text[: signature.start()] if signature else text)
    if part.get_param("format") == "flowed":  # a line that ends in a space goes on in the next one
        own = re.sub(r" \n(?!\s*\n)", " ", own)
    return mend_broken_words(_BLANK_LINES.sub("\n\n", own).strip())


def _read_status(message: EmailMessage) -> str | None:
    """Why the message is not sent or not kept; None if it is."""
    flags = _header(message, "X-Status")
    bits = _header(message, "X-Mozilla-Status")
    if "D" in flags or (re.fullmatch(r"[0-9A-Fa-f]{4}", bits) and int(bits, 16) & _DELETED):
        return "deleted"
    return "draft" if "T" in flags or message.get("X-Mozilla-Draft-Info") or message.get("X-Unsent") else None
