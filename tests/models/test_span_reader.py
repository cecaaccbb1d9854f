"""The reader's offsets, windows and checks, with a tiny graph whose answer is known: one word has a high score."""

from __future__ import annotations

import json
import math
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from rag.core.article import Article, Hit, Passage, Sentence
from rag.core.errors import ModelError
from rag.models.manifest import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE
from rag.models.model_files import locate_default, sha256_file
from rag.models.span_reader import SHIPPED, OnnxReader
from rag.models.token_windows import split_windows
from tests.any_text import any_text

WANTED = "zebra"
WANTED_LOGIT, OTHER_LOGIT = 4.0, -2.0


def write_word_spotter(folder: Path, max_tokens: int = 24, overlap: int = 8) -> Path:
    """Writes a reader whose scores come from a table: high for one word, low for all others, 0 for "no answer"."""
    shutil.copyfile(locate_default() / "tokenizer.json", folder / TOKENIZER_FILE)
    vocabulary = json.loads((folder / TOKENIZER_FILE).read_text("utf-8"))["model"]["vocab"]
    table = np.full(len(vocabulary), OTHER_LOGIT, dtype=np.float32)
    table[vocabulary[WANTED]], table[vocabulary["[CLS]"]] = WANTED_LOGIT, 0.0
    names = ("input_ids", "token_type_ids")
    outputs = ("start_logits", "end_logits")
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], [name]) for name in outputs],
        "word_spotter",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"]) for name in names],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "sequence"]) for name in outputs],
        [numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, folder / MODEL_FILE)
    manifest = {
        "name": "spotter",
        "base_model": "none",
        "max_tokens": max_tokens,
        "overlap_tokens": overlap,
        "max_question_tokens": 8,
        "longest_answer_tokens": 3,
        "threshold": 0.0,
        "sha256": {name: sha256_file(folder / name) for name in (MODEL_FILE, TOKENIZER_FILE)},
    }
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest), "utf-8")
    return folder


@pytest.fixture(scope="module")
def spotter(tmp_path_factory: pytest.TempPathFactory) -> OnnxReader:
    return OnnxReader(write_word_spotter(tmp_path_factory.mktemp("spotter")))


ODD = [
    *("a", "Z", " ", "\n", "\r\n", "\0", ".", "’", "é", "e\u0301", "\u0301", "ß", "İ", "ﬁ", "中", "한", "ก็", "𝔘", "😀"),
    *("👩\u200d🚀", "\u200b", "\ufeff", "\u00ad", "\x85", "\u2028", "\ud800", "[SEP]", "[CLS]"),
]


@given(st.lists(st.sampled_from(ODD), max_size=60), st.lists(st.sampled_from(ODD), max_size=60))
def test_the_word_is_found_exactly_whatever_stands_around_it(
    spotter: OnnxReader, before: list[str], after: list[str]
) -> None:
    head, tail = "".join(before), "".join(after)
    text = f"{head} {WANTED} {tail}"
    best = spotter.read_text("which animal?", text).spans[0]
    assert (best.start, best.end) == (len(head) + 1, len(head) + 1 + len(WANTED))
    assert best.score == pytest.approx(2 * WANTED_LOGIT)


@given(any_text())
def test_spans_of_any_text_lie_in_it_apart_and_best_first(spotter: OnnxReader, text: str) -> None:
    spans = spotter.read_text("which animal?", text).spans
    assert [span.score for span in spans] == sorted((span.score for span in spans), reverse=True)
    ordered = sorted(spans, key=lambda span: span.start)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(ordered))


def test_a_quote_keeps_the_accents_of_its_last_letter(spotter: OnnxReader) -> None:
    text = "a zebra\u0301 ran"
    best = spotter.read_text("q", text).spans[0]
    assert text[best.start : best.end] == "zebra\u0301"


@pytest.mark.parametrize(
    ("text", "found"),
    [("a zebra-57 bomb", "zebra-57"), ("a zebra-like horse", "zebra"), ("the zebra, 57 years", "zebra")],
)
def test_a_designation_is_one_word(spotter: OnnxReader, text: str, found: str) -> None:
    span = spotter.read_text("q", text).spans[0]
    assert text[span.start : span.end] == found


def test_special_tokens_in_a_text_are_text(spotter: OnnxReader) -> None:
    # Read as syntax, "[CLS]" would score 0 here, better than the other words.
    assert spotter.read_text("q", "plain [CLS] words").spans[0].score == pytest.approx(2 * OTHER_LOGIT)


@pytest.mark.parametrize("place", [0, 10, 11, 50, 99])
def test_a_long_text_is_read_to_its_end_with_equal_scores(spotter: OnnxReader, place: int) -> None:
    words = ["horse"] * 100
    words[place] = WANTED
    text = " ".join(words)
    reading = spotter.read_text("which animal?", text, top=3)
    best = reading.spans[0]
    assert text[best.start : best.end] == WANTED
    assert best.score == pytest.approx(2 * WANTED_LOGIT)
    assert best.start == 6 * place
    assert reading.null_score < 0


def test_places_that_say_the_same_speak_for_one_another(spotter: OnnxReader) -> None:
    text = " ".join([WANTED, *["horse"] * 60, WANTED.upper(), *["horse"] * 60])
    first, second, *_ = spotter.read_text("which animal?", text).spans
    assert (text[first.start : first.end], text[second.start : second.end]) == (WANTED, WANTED.upper())
    assert first.score == pytest.approx(2 * WANTED_LOGIT + math.log(2))
    assert second.score == pytest.approx(2 * WANTED_LOGIT)


def test_no_answer_and_no_text(spotter: OnnxReader) -> None:
    reading = spotter.read_text("q", "horse")
    # One span of -4 against null 0.
    assert reading.null_score == pytest.approx(-2 * OTHER_LOGIT)
    empty = spotter.read_text("q", "")
    assert (empty.spans, empty.null_score) == ((), math.inf)


def test_hits_are_answered_in_order_with_offsets_of_the_article(spotter: OnnxReader) -> None:
    text = "A horse stood. A zebra ran. Nothing else."
    sentences = (Sentence(0, 14), Sentence(15, 27), Sentence(28, 41))
    article = Article("id", "path", "hash", text, "title", sentences=sentences)
    hits = [
        Hit(Passage(1, article, 28, 41, sentences[2:]), 1, 1.0, 0.5),
        Hit(Passage(0, article, 15, 41, sentences[1:]), 2, 0.5, 0.4),
    ]
    without, with_answer = spotter.read("which animal?", hits)
    assert [reading.hit for reading in (without, with_answer)] == hits
    best = with_answer.spans[0]
    assert text[best.start : best.end] == WANTED
    assert all(28 <= span.start < span.end <= 41 for span in without.spans)
    assert len(with_answer.evidence) == 2
    assert with_answer.evidence[0] > 0.9 > 0.1 > with_answer.evidence[1]
    assert max(without.evidence) < 0.5


def test_a_title_is_read_but_never_answers(spotter: OnnxReader) -> None:
    text = "A horse stood. Nothing else."
    sentences = (Sentence(0, 14), Sentence(15, 28))
    untitled, titled = (
        Hit(Passage(0, Article("id", "path", "hash", text, title, sentences=sentences), 0, 28, sentences), 1, 1.0, 0.5)
        for title in ("", f"A {WANTED} ran")
    )
    without, under = spotter.read("which animal?", [untitled, titled])
    assert under.spans == without.spans


@given(st.integers(0, 200), st.integers(0, 10), st.integers(20, 60), st.integers(0, 9), st.integers(0, 40))
def test_windows_cover_the_text_and_overlap(tokens: int, asked: int, longest: int, overlap: int, lead: int) -> None:
    if longest - asked - 3 <= overlap:
        with pytest.raises(ValueError, match="leaves room"):
            split_windows(range(asked), range(tokens), (101, 102), longest, overlap)
        return
    windows = split_windows(range(asked), range(tokens), (101, 102), longest, overlap, range(500, 500 + lead))
    assert [w.begin for w in windows][:1] == [0][: len(windows)]
    assert (windows[-1].end if windows else 0) == tokens
    assert all(one.end - other.begin >= overlap for one, other in pairwise(windows))
    assert all(one.begin < other.begin for one, other in pairwise(windows))
    for window in windows:
        assert len(window.input_ids) <= longest
        assert window.input_ids[window.first : -1] == tuple(range(window.begin, window.end))
        before = window.input_ids[window.second : window.first]
        assert before == tuple(range(500, 500 + len(before)))
        assert bool(before) == bool(lead and longest - asked - 3 - overlap > 1)


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE])
def test_an_altered_or_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = write_word_spotter(tmp_path)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match="does not match the reader's manifest"):
        OnnxReader(folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match="no file"):
        OnnxReader(folder)


def test_a_missing_or_malformed_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is missing"):
        OnnxReader(tmp_path)
    (tmp_path / MANIFEST_FILE).write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="not a reader's manifest"):
        OnnxReader(tmp_path)


@pytest.mark.skipif(not (SHIPPED / MANIFEST_FILE).is_file(), reason="the reader is not trained yet")
def test_the_shipped_reader_reads_a_date_and_knows_when_there_is_none() -> None:
    reader = OnnxReader()
    text = "The bridge was opened by Queen Elizabeth on 4 September 1964. It cost £19.5 million."
    found = reader.read_text("When was the bridge opened?", text)
    best = found.spans[0]
    assert text[best.start : best.end] == "4 September 1964"
    asked_elsewhere = reader.read_text("Who is the coach of the football team?", text)
    assert asked_elsewhere.spans[0].score < reader.manifest.threshold < best.score
    assert found == reader.read_text("When was the bridge opened?", text)
