"""Writes changes as an Atom feed (RFC 4287), for feed readers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

from rag.core.plain_text import visible, visible_lines
from rag.standing.results import StandingChange

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
_TITLE = "Changes in the answers to followed questions"
_NEVER = "1970-01-01T00:00:00+00:00"
"""When a feed without an entry changed last."""


def make_feed(changes: Sequence[StandingChange], register: uuid.UUID, address: str) -> bytes:
    """Makes a feed, the newest change first.

    Args:
        changes: The changes, the oldest first.
        register: What identifies the register of followed questions. The ids of the entries follow from it.
        address: Where the feed is found.

    Returns:
        The feed in UTF-8. Control characters, which XML can't hold, are shown as codes.
    """
    feed = ET.Element("feed", xmlns=NAMESPACE)
    _add(feed, "title", _TITLE)
    _add(feed, "id", register.urn)
    _add(feed, "updated", changes[-1].found if changes else _NEVER)
    ET.SubElement(feed, "link", rel="self", href=visible(address))
    _add(ET.SubElement(feed, "author"), "name", "Newsroom RAG")
    for change in reversed(changes):
        entry = ET.SubElement(feed, "entry")
        _add(entry, "title", f"{visible(change.question)} – {change.told}")
        _add(entry, "id", uuid.uuid5(register, str(change.number)).urn)
        _add(entry, "updated", change.found)
        _add(entry, "content", visible_lines("\n".join(change.lines(date.fromisoformat(change.found[:10]))))).set(
            "type", "text"
        )
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    added = ET.SubElement(parent, name)
    added.text = text
    return added
