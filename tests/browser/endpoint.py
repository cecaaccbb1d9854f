"""Calls the page's public endpoint as a program does."""

from __future__ import annotations

import json

import httpx

from tests.browser.conftest import PATIENCE


def call(url: str, question: object) -> tuple[str, object]:
    """Asks a question through the public endpoint.

    Args:
        url: The page's address.
        question: The question; any JSON value, to test bad input.

    Returns:
        Name and data of the last event.
    """
    with httpx.Client(base_url=f"{url}gradio_api/call/", timeout=PATIENCE / 1000) as client:
        event = client.post("answer", json={"data": [question]}).raise_for_status().json()["event_id"]
        lines = client.get(f"answer/{event}").text.splitlines()
    name, data = [line.partition(": ")[2] for line in lines if line][-2:]
    return name, json.loads(data)
