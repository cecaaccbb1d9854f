import pytest

import rag
from rag.core.errors import QuestionError

TEXT = "🌉 The bridge was opened by Queen Elizabeth on 4 September 1964. It cost £19.5 million."


def test_reading_ones_own_text_gives_spans_in_its_offsets_best_first() -> None:
    spans = rag.read("When was the bridge opened?", TEXT)
    assert TEXT[spans[0].start : spans[0].end] == "4 September 1964"
    assert [span.score for span in spans] == sorted((span.score for span in spans), reverse=True)


@pytest.mark.parametrize("text", ["", " \n"])
def test_nothing_to_read_gives_no_spans(text: str) -> None:
    assert rag.read("When was the bridge opened?", text) == []


def test_an_empty_question_is_refused() -> None:
    with pytest.raises(QuestionError):
        rag.read("", TEXT)
