"""The pool of encoded examples: it loses and mixes up nothing, and a killed run continues where it stopped."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from safetensors.torch import load_file
from transformers import BertConfig

from tests.training.pools import make_pool
from training.encoding import Encoded
from training.model import SpanReader
from training.pool import Pool
from training.probe import Probe
from training.reader import freeze, parse_arguments
from training.trainer import AVERAGED, LAST, Labels, Trainer, run_training

SIZES = st.integers(1, 6)


@st.composite
def encoded(draw: st.DrawFn) -> Encoded:
    question, lead, passage = draw(SIZES), draw(st.integers(0, 3)), draw(SIZES)
    second, first = question + 2, question + 2 + lead
    words = st.lists(st.integers(1, 30_000), min_size=question + lead + passage, max_size=question + lead + passage)
    tokens = draw(words)
    ids = [101, *tokens[:question], 102, *tokens[question:], 102]
    place = st.integers(first, len(ids) - 2)
    spans = draw(st.lists(st.tuples(place, place).map(lambda span: (min(span), max(span))), max_size=3, unique=True))
    return Encoded(ids, second, first, tuple(spans))


@pytest.mark.slow
@given(st.lists(encoded(), min_size=1, max_size=8), st.data())
def test_a_batch_is_the_examples_that_were_put_in(examples: list[Encoded], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(examples)))
    parts = [Pool.of(part) for part in (examples[:cut], examples[cut:]) if part]
    pool = Pool.concatenated(parts)
    rows = data.draw(st.lists(st.integers(0, len(examples) - 1), min_size=1, max_size=5))
    batch = pool.batch(torch.tensor(rows))
    for number, row in enumerate(rows):
        example, size = examples[row], len(examples[row].input_ids)
        assert batch.input_ids[number].tolist() == example.input_ids + [0] * (batch.input_ids.shape[1] - size)
        assert int(batch.attention_mask[number].sum()) == size
        assert batch.token_type_ids[number].nonzero().flatten().tolist() == list(range(example.second, size))
        assert batch.readable[number].nonzero().flatten().tolist() == [0, *range(example.first, size - 1)]
        spans = [tuple(span) for at, *span in batch.gold_spans.tolist() if at == number]
        assert spans == list(example.spans)
        assert bool(batch.labelled[number]) == bool(example.spans)
        assert pool.tokens[batch.places[number, :size]].tolist() == example.input_ids


@pytest.mark.slow
@given(st.lists(encoded(), min_size=1, max_size=8))
def test_the_labelled_examples_of_a_pool_are_those_with_spans(examples: list[Encoded]) -> None:
    kept = [example for example in examples if example.spans]
    assume(kept)
    found, expected = Pool.of(examples).labelled(), Pool.of(kept)
    for field in fields(Pool):
        assert torch.equal(getattr(found, field.name), getattr(expected, field.name)), field.name


def test_a_pool_comes_back_from_its_file(tmp_path: Path) -> None:
    pool = make_pool(7)
    pool.save(tmp_path / "runs" / "pool.safetensors")
    again = Pool.load(tmp_path / "runs" / "pool.safetensors")
    assert all(torch.equal(getattr(pool, name), getattr(again, name)) for name in ("tokens", "begins", "spans"))
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["pool.safetensors"]


def test_a_pass_takes_each_example_once_in_batches_of_about_one_length() -> None:
    pool = make_pool(203)
    order = pool.rows_in_order(4, seed=3)
    first, second = ([next(order) for _ in range(50)] for _ in range(2))
    assert all(len(set(torch.cat(one).tolist())) == 200 for one in (first, second))
    assert not torch.equal(torch.cat(first), torch.cat(second))
    sizes = pool.begins.diff()
    assert sum(int(sizes[rows].max() - sizes[rows].min()) > 1 for rows in first) < 10


def test_the_passages_of_a_question_stay_together() -> None:
    order = make_pool(202 * 4).rows_in_order(8, seed=3, together=4)
    batches = [next(order) for _ in range(101)]
    assert all(torch.equal(rows.view(2, 4), rows.view(2, 4)[:, :1] + torch.arange(4)) for rows in batches)
    assert len(set(torch.cat(batches).tolist())) == 202 * 4


def test_a_batch_that_would_part_a_questions_passages_says_so() -> None:
    with pytest.raises(ValueError, match="4 at a time"):
        next(make_pool(16).rows_in_order(6, seed=1, together=4))


@pytest.mark.parametrize("stopped", [1, 49, 50, 57, 100])
def test_a_run_goes_on_where_it_stopped(stopped: int) -> None:
    pool = make_pool(203)
    whole = pool.rows_in_order(4, seed=3)
    expected = [next(whole) for _ in range(stopped + 3)][stopped:]
    resumed = pool.rows_in_order(4, seed=3, first=stopped)
    assert all(torch.equal(rows, next(resumed)) for rows in expected)


def test_a_pool_smaller_than_a_batch_says_so() -> None:
    with pytest.raises(ValueError, match="3 examples don't fill a batch of 4"):
        next(make_pool(3).rows_in_order(4, seed=1))


class Unprobed(Probe):
    """A probe without dev questions. It does not change the training."""

    def __init__(self) -> None:
        self.answerable, self.unanswerable = [], []

    def measure(self, model: torch.nn.Module) -> dict[str, float]:
        return {"f1": 0.0}


def tiny_reader() -> SpanReader:
    torch.manual_seed(0)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    return SpanReader(BertConfig(vocab_size=120, **sizes))


@pytest.mark.slow
def test_a_run_learns_from_a_teacher_and_goes_on_after_its_end_with_a_longer_budget(tmp_path: Path) -> None:
    pool = make_pool(40)
    # A third of the examples have no labels. The teacher is sure of the place that is gold in the others.
    starts, ends = (torch.zeros(len(pool.tokens), dtype=torch.float16) for _ in range(2))
    starts[pool.begins[:-1] + 3] = ends[pool.begins[:-1] + 4] = 8.0
    common = ["--out", str(tmp_path), "--batch-size", "8", "--learning-rate", "1e-3", "--hours"]
    labels = Labels(starts, ends)
    batch = pool.batch(torch.arange(len(pool)))

    @torch.no_grad()
    def loss(reader: SpanReader) -> float:
        starts, ends = reader.eval()(batch.input_ids, batch.token_type_ids, batch.attention_mask)
        return float(labels.loss(starts, ends, batch))

    before = loss(tiny_reader())
    for seconds in (2, 3):
        reader = tiny_reader()
        trainer = Trainer(reader, parse_arguments([*common, str(seconds / 3600)]), labels)
        begun = trainer.progress.batches
        run_training(trainer, pool, Unprobed())
        assert trainer.progress.batches > begun
    assert begun > 0
    assert loss(reader) < before
    assert (tmp_path / AVERAGED).is_file()


def test_a_budget_of_examples_is_used_up_and_frozen_layers_stay_as_they_were(tmp_path: Path) -> None:
    pool, reader = make_pool(40), tiny_reader()
    freeze(reader, 1)
    before = {name: value.clone() for name, value in reader.state_dict().items()}
    given = ["--out", str(tmp_path), "--batch-size", "8", "--learning-rate", "1e-3", "--examples", "64"]
    trainer = Trainer(reader, parse_arguments(given))
    run_training(trainer, pool.labelled(), Unprobed())
    assert trainer.progress.examples == 64
    moved = {name for name, value in load_file(tmp_path / LAST).items() if not torch.equal(value, before[name])}
    assert moved == {"span_head.weight", "span_head.bias"}
