"""What people think of answers: a file beside the index, of which nothing leaves the machine.

A line is a question, what was shown for it and the thumb it got. Where that was up, the line says what should come back
in the fields that `rag eval` reads; where it was down, somebody who knows may write them in.
"""

from __future__ import annotations

import datetime
import json
import threading
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rag.core.atomic_files import replace_file
from rag.core.schema import Answer

from .link import fingerprint

FILE = "feedback.jsonl"
"""Beside the index."""

Rating = Literal["up", "down"]


class Rated(BaseModel):
    """What a thumb sends; it comes from the browser, so it is checked, never trusted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    answer: str = Field(max_length=64)
    rating: Rating | None


class Feedback:
    """The file of ratings: one line for each answer that has one, the latest."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def keep(self, answer: Answer, rating: Rating | None) -> None:
        """Keeps the rating in the place of what the answer had; None takes it back. Raises OSError."""
        told = {"fingerprint": fingerprint(answer)}
        # As it stands in a line: inside any text its quotation marks would be escaped.
        mark = json.dumps(told)[1:].encode()
        with self._lock:
            lines = self._file.read_bytes().split(b"\n") if self._file.exists() else []
            kept = [line for line in lines if line and not line.endswith(mark)]
            if rating is not None:
                kept.append(json.dumps(_row(answer, rating) | told, ensure_ascii=False).encode())
            replace_file(self._file, [line + b"\n" for line in kept])


def _row(answer: Answer, rating: Rating) -> dict[str, Any]:
    cited = answer.citations or answer.near_misses
    return {
        "question": answer.standalone_question or answer.question,
        **(_expected(answer) if rating == "up" else {}),
        "rating": rating,
        "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "status": answer.status,
        "shown": answer.short_answer,
        "citations": [citation.model_dump(mode="json", exclude_none=True) for citation in cited],
        **({"scope": answer.scope.model_dump(mode="json")} if answer.scope else {}),
    }


def _expected(answer: Answer) -> dict[str, Any]:
    """What should come back, as `rag eval` reads it."""
    if not answer.answered:
        return {"answers": []}
    return {"answers": [answer.short_answer or answer.text], "article": answer.citations[0].path}
