"""Several libraries in one folder: each answers for itself, and a damaged one costs only itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.collections.folder import Collections
from rag.collections.results import CollectionAnswer, in_order
from rag.core.errors import CollectionError, IndexDamagedError, QuestionError
from rag.core.index_layout import store_path
from rag.core.schema import Answer
from tests.collections.archive import build

CUP = "Who won the pier cup?"
CLOSED = "How long will the pier be closed?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("collections"))


@pytest.fixture(scope="module")
def collections(folder: Path) -> Iterator[Collections]:
    with Collections.open(folder) as collections:
        yield collections


def test_each_collection_gives_the_answer_of_its_library_and_those_that_answer_come_first(
    collections: Collections,
) -> None:
    assert collections.names == ("politics", "sports")
    for question, first in ((CUP, "sports"), (CLOSED, "politics")):
        found = collections.ask(question)
        assert found.answered and found.collections[0].collection == first
        for each in found.collections:
            assert each.answer is not None and each.problem is None
            alone = collections.library(each.collection).answer(question)
            assert each.answer.model_copy(update={"timings": {}}) == alone.model_copy(update={"timings": {}})
    assert [each.collection for each in collections.ask(CUP, ["politics"]).collections] == ["politics"]
    short = collections.ask(CLOSED, ["politics", "politics"], max_words=20).collections
    assert len(short) == 1 and short[0].answer is not None and len(short[0].answer.text.split()) <= 20


def test_libraries_share_their_models(collections: Collections) -> None:
    politics, sports = (collections.library(name)._newest.serving() for name in collections.names)
    assert politics.embedder is sports.embedder and politics.reader is sports.reader


def answered(name: str, confidence: float | None) -> CollectionAnswer:
    answer = Answer(
        question=CUP,
        status="no_answer" if confidence is None else "answered",
        confidence=confidence or 0.0,
        generation=1,
    )
    return CollectionAnswer(collection=name, answer=answer)


def test_the_order_is_by_confidence_and_then_by_name() -> None:
    given = [answered("d", 0.5), answered("z", None), answered("b", 0.9), answered("a", None), answered("c", 0.5)]
    assert [each.collection for each in in_order(given)] == ["b", "c", "d", "a", "z"]


def test_what_no_collection_can_be_asked_is_an_error_and_what_one_can_be_is_none(collections: Collections) -> None:
    for question, filters in (("", {}), (CUP, {"since": "soon"}), (CUP, {"sources": ["Nowhere Times"]})):
        with pytest.raises(QuestionError):
            collections.ask(question, **filters)
    with pytest.raises(CollectionError, match="There is no collection 'ghost'; name one of politics, sports"):
        collections.ask(CUP, ["sports", "ghost"])
    with pytest.raises(CollectionError, match="No collection is named"):
        collections.ask(CUP, [])
    with pytest.raises(CollectionError, match="There is no collection 'ghost'"):
        collections.library("ghost")


def test_a_damaged_collection_costs_only_itself(folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    own = tmp_path / "all"
    shutil.copytree(folder, own)
    store_path(own / "politics" / "index").write_bytes(b"no database" * 1000)
    with Collections.open(own) as collections:
        assert collections.names == ("politics", "sports")
        found = collections.ask(CUP)
        assert [each.collection for each in found.collections] == ["sports", "politics"]
        problem = found.collections[1].problem
        assert found.collections[1].answer is None and problem is not None
        assert (problem.reason, problem.error.message) == ("index_damaged", problem.title)
        assert problem.title.startswith("politics is") and problem.facts == {"path": "politics"}
        assert str(own) not in str(found) and str(own) in caplog.text  # readers see the name, the log has the path
        with pytest.raises(IndexDamagedError):
            collections.library("politics")
        with pytest.raises(QuestionError):
            collections.ask("")


def test_a_collection_that_is_damaged_while_it_is_open_costs_only_itself(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "all"
    shutil.copytree(folder, own)
    with Collections.open(own) as collections:
        (own / "damaged").write_bytes(b"no database" * 1000)
        (own / "damaged").rename(store_path(own / "sports" / "index"))
        found = {each.collection: each for each in collections.ask(CLOSED).collections}
        problem = found["sports"].problem
        assert found["politics"].answered and problem is not None
        assert problem.title.startswith("sports") and str(own) not in str(problem.error)
