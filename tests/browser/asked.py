"""Questions about the seed article, and files to add."""

from __future__ import annotations

from playwright.sync_api import FilePayload

GAS = "How much of the world's liquefied natural gas passes the choke point?"
TRUST = "Why are US bases attractive targets?"
NOT_SAID = "Who won the football world cup?"
"""A question without an answer in the seed article."""

FILES: list[FilePayload] = [
    {"name": "buoy.txt", "mimeType": "text/plain", "buffer": b"A red buoy drifted ashore."},
    {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
    {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"x"},
]
