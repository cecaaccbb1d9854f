"""Stores the ratings of answers in a file beside the index. Nothing leaves the machine.

A line has a question, the answer that was shown and its rating. If the rating is "up", the line also has the expected
answer in the fields that `rag eval` reads. If it is "down", a person who knows the answer can add these fields.
"""

from __future__ import annotations

import datetime
import json
import threading
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rag.core.atomic_files import replace_file
from rag.core.plain_text import visible_json
from rag.core.schema import Answer
from rag_ui.chat.link import fingerprint

FILE = "feedback.jsonl"
"""The name of the file of ratings."""

Rating = Literal["up", "down"]


class Rated(BaseModel):
    """A rating as the browser sends it. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    answer: str = Field(max_length=64)
    rating: Rating | None


class Feedback:
    """The file of ratings, with the latest rating of each answer."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def keep(self, answer: Answer, rating: Rating | None) -> None:
        """Stores the rating of an answer in place of an earlier one.

        Args:
            answer: The answer.
            rating: The rating; None removes the earlier one.

        Raises:
            OSError: If the file can't be read or written.
        """
        told = {"fingerprint": fingerprint(answer)}
        # A line of this answer ends so. Inside any text, the quotation marks would be escaped.
        mark = json.dumps(told)[1:].encode()
        with self._lock:
            lines = self._file.read_bytes().split(b"\n") if self._file.exists() else []
            kept = [line for line in lines if line and not line.endswith(mark)]
            if rating is not None:
                kept.append(visible_json(json.dumps(_row(answer, rating) | told, ensure_ascii=False)).encode())
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
    """The expected answer in the fields of `rag eval`."""
    if not answer.answered:
        return {"answers": []}
    return {"answers": [answer.short_answer or answer.text], "article": answer.citations[0].path}
