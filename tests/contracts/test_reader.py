"""Contract tests of `rag.core.ports.Reader`. Every available implementation must pass them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from rag.core.article import Article, Hit, Passage
from rag.core.errors import ModelError
from rag.core.ports import Embedder, Reader
from rag.models.load_reader import load_reader
from rag.models.model_files import locate_default
from rag.text.segment import segment
from tests.any_text import any_text

ODD = "🇹🇷 Türkiye said: “It’s over.”\r\nA drone, launched from Iraq\x00, hit in 2024.The e\u0301lan was lost. " * 3


def write_transformers_model(folder: Path) -> str:
    """Writes a small, untrained question-answering model for transformers, with the embedder's tokenizer.

    Returns:
        The folder.
    """
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForQuestionAnswering

    torch.manual_seed(1)
    AutoTokenizer.from_pretrained(str(locate_default())).save_pretrained(folder)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertForQuestionAnswering(BertConfig(**sizes)).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module", params=["sentence", "shipped", "transformers"])
def reader(request: pytest.FixtureRequest, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    if request.param == "transformers":
        return load_reader(write_transformers_model(tmp_path_factory.mktemp("model")), embedder)
    return load_reader(None if request.param == "shipped" else "sentence", embedder)


def hit_on(text: str, start: int = 0, rank: int = 1) -> Hit:
    """Makes a hit on the passage of all sentences that begin at or after the character `start`."""
    sentences = segment(text)
    article = Article("a", "a.txt", "h", text, "Title", sentences=sentences)
    inside = tuple(sentence for sentence in sentences if sentence.start >= start)
    first = inside[0].start if inside else start
    return Hit(Passage(rank, article, first, len(text), inside), rank, 0.1, 0.5)


def test_one_reading_a_hit_in_order_with_evidence_a_sentence(reader: Reader) -> None:
    hits = [hit_on(ODD), hit_on("Nothing of the kind.", rank=2), hit_on(ODD, start=60, rank=3)]
    readings = reader.read("When did the drone hit?", hits)
    assert [reading.hit for reading in readings] == hits
    for reading in readings:
        assert len(reading.evidence) == len(reading.hit.passage.sentences)
        assert all(0 <= value <= 1 for value in reading.evidence)


def test_no_hits_no_readings(reader: Reader) -> None:
    assert reader.read("Who?", []) == []


def test_the_same_question_is_read_the_same_alone_and_in_company(reader: Reader) -> None:
    hits = [hit_on(ODD), hit_on("Nothing of the kind.", rank=2)]
    together = reader.read("What was lost?", hits)
    assert reader.read("What was lost?", hits[:1]) == together[:1]
    assert reader.read("What was lost?", hits) == together


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=any_text().filter(str.strip), question=any_text(12))
def test_spans_lie_inside_their_passage_best_first(reader: Reader, text: str, question: str) -> None:
    for reading in reader.read(question, [hit_on(text + " The talks ended in 2018. " + text, start=len(text))]):
        passage = reading.hit.passage
        scores = [span.score for span in reading.spans]
        assert scores == sorted(scores, reverse=True)
        assert all(passage.start <= span.start < span.end <= passage.end for span in reading.spans)


def test_a_title_moves_no_span(reader: Reader) -> None:
    text = "The red cat sat on the old mat and the big dog ran to the far side of the road. It was late. "
    sentences = segment(text)
    article = Article("a", "a.txt", "h", text, "What the cat and the dog did, and when", sentences=sentences)
    (reading,) = reader.read("Where did the dog run?", [Hit(Passage(0, article, 0, len(text), sentences), 1, 0.1, 0.5)])
    assert reading.spans
    within_words = {match.start() for match in re.finditer(r"\B(?=\w)", text)}
    assert not within_words & {place for span in reading.spans for place in (span.start, span.end)}


def test_a_reader_that_is_not_there_is_an_error_that_says_what_to_give(embedder: Embedder, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="give a folder"):
        load_reader(str(tmp_path / "nowhere"), embedder)
