"""The replay of a dated archive compares what is reported with asking everything anew, day by day."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.standing import Size, replay
from tests.files import json_lines


@pytest.mark.slow
def test_a_small_archive_is_replayed(tmp_path: Path) -> None:
    texts = {
        "2022-05-01": "The ferry of Mell was late. Nobody complained.",
        "2022-06-10": "Tora Lind is the mayor of Mell. She took office on Sunday.",
        "2022-06-11": "The park of Sund got a bench. It is green.",
        "2022-06-12": "Bo Ek was a baker in Sund. He retired.",
    }
    articles = [{"id": day, "title": f"News of {day}", "date": day, "text": text} for day, text in texts.items()]
    questions = [
        {"id": str(number), "question": question, "answers": ["x"], "date": "2022-06-16"}
        for number, question in enumerate(("Who is the mayor of Mell?", "Hello"))
    ]
    (tmp_path / "articles.jsonl").write_bytes(json_lines(*articles))
    (tmp_path / "questions.jsonl").write_bytes(json_lines(*questions))
    figures = replay(tmp_path / "articles.jsonl", tmp_path / "questions.jsonl", Size(10, days=2, count=5))
    assert (figures.articles, figures.days, figures.questions) == ((1, 4), 2, 1)
    assert (figures.changes, figures.changes_anew, figures.precision, figures.recall) == (1, 1, 1.0, 1.0)
    assert 0 < figures.arrival[0] <= figures.arrival[1] <= figures.arrival[2]
    assert figures.seconds > 0 and figures.seconds_anew > 0 and 0 <= figures.asked <= 1
