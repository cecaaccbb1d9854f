"""Random sequences of edits, moves, corrections and updates, compared with dicts as the model."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from rag.core.index_layout import DENSE
from rag.core.place import Place
from rag.core.ports import as_ids
from rag.indexes.derive import derive
from rag.ingest.by_hand.correct import correct_article, undo_corrections
from rag.ingest.by_hand.undo import undo_update
from rag.ingest.update import update_library
from rag.store.rows import content_hash
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import confirmed, dense_of
from tests.places import new_schema

NAMES = st.sampled_from(["a.txt", "b.txt", "c.txt", "north/a.txt", "north/b.txt", "south/a.txt"])
TEXTS = st.integers(0, 6).map(
    lambda n: f"The headline of story {n}\n\n" + " ".join(f"Sentence {m} of story {n} ends." for m in range(1 + 4 * n))
)


class Updates(RuleBasedStateMachine):
    """`files` are the files in the folder, `seen` those at the last update. The library must hold exactly `seen`.

    `titles` are the corrected titles by article, whether the article is there or not.
    """

    database = ""
    """The URL of the database of the libraries; "" if they lie in folders."""

    @initialize()
    def begin(self) -> None:
        self.opened = ExitStack()
        self.home = Path(self.opened.enter_context(tempfile.TemporaryDirectory(prefix="rag-updates-")))
        self.news = self.home / "news"
        self.news.mkdir()
        self.place = Place(self.home / "index")
        if self.database:
            self.place = self.opened.enter_context(new_schema(self.database, self.home / "index"))
        self.store = Store.create(self.place)
        self.embedder = HashingEmbedder(max_tokens=32)
        self.files: dict[str, str] = {}
        self.seen: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.cited: set[tuple[str, str]] = set()
        self.titles: dict[str, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.opened.close()

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        (self.news / name).parent.mkdir(exist_ok=True)
        (self.news / name).write_text(text, encoding="utf-8")
        self.files[name] = text

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        (self.news / name).unlink()
        del self.files[name]

    @precondition(lambda self: self.files)
    @rule(data=st.data(), new=NAMES)
    def rename(self, data: st.DataObject, new: str) -> None:
        old = data.draw(st.sampled_from(sorted(self.files)))
        (self.news / new).parent.mkdir(exist_ok=True)
        (self.news / old).replace(self.news / new)
        self.files[new] = self.files.pop(old)

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), title=st.sampled_from(["A corrected title", "Another one"]))
    def correct(self, data: st.DataObject, title: str) -> None:
        article_id = data.draw(st.sampled_from(sorted(self.ids.values())))
        correct_article(self.store, article_id, {"title": title}, self.embedder)
        self.titles[article_id] = title
        self._check(stayed=set(self.ids))

    @precondition(lambda self: self.titles.keys() & self.ids.values())
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        article_id = data.draw(st.sampled_from(sorted(self.titles.keys() & self.ids.values())))
        undo_corrections(self.store, [article_id], self.embedder)
        del self.titles[article_id]
        self._check(stayed=set(self.ids))

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.place)

    @rule()
    def crash_before_the_derived_files(self) -> None:
        shutil.rmtree(self.home / "index" / DENSE, ignore_errors=True)

    @rule()
    def update(self) -> None:
        before = self.store.generation
        report = update_library(self.store, [self.news], self.embedder, look=confirmed)
        new, gone = set(self.files) - set(self.seen), set(self.seen) - set(self.files)
        changed = {name for name in set(self.files) & set(self.seen) if self.files[name] != self.seen[name]}
        assert report.generation == before + bool(new or gone or changed)
        assert {self._name(path) for path in report.changed} == changed
        assert {self._name(path) for path in (*report.added, *report.renamed)} == new
        assert len(report.removed) + len(report.renamed) == len(gone)
        assert not {self.files[self._name(path)] for path in report.added} & {
            self.seen[self._name(path)] for path in report.removed
        }, "a file that moved was taken for two"
        self.seen = dict(self.files)
        self._check(stayed=set(self.ids) - gone)

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def update_a_part(self, data: st.DataObject) -> None:
        folders = {folder.name for folder in self.news.iterdir() if folder.is_dir()}
        part = data.draw(st.sampled_from(sorted(self.files.keys() | folders)))
        update_library(self.store, [self.news / part], self.embedder, look=confirmed)
        self.seen = {name: text for name, text in self.seen.items() if not self._is_in(part, name)}
        self.seen |= {name: text for name, text in self.files.items() if self._is_in(part, name)}
        self._check(stayed=self.ids.keys() & self.seen.keys())

    @rule()
    def update_and_undo(self) -> None:
        report = update_library(self.store, [self.news], self.embedder, look=confirmed)
        undone = undo_update(self.store, report, self.embedder)
        assert undone.generation == report.generation + (report.generation != report.before)
        assert sorted(undone.removed) == sorted(report.added)
        self._check(stayed=set(self.ids))

    @staticmethod
    def _is_in(part: str, name: str) -> bool:
        return name == part or name.startswith(part + "/")

    def _name(self, path: str) -> str:
        return Path(path).relative_to(self.news).as_posix()

    def _check(self, stayed: set[str]) -> None:
        summaries = self.store.articles()
        ids = {self._name(summary.path): summary.id for summary in summaries}
        texts = {name: self.store.article(article_id).text for name, article_id in ids.items()}
        assert texts == self.seen
        for name, article_id in ids.items():
            filed = self.seen[name].partition("\n")[0]
            assert self.store.article(article_id).title == self.titles.get(article_id, filed)
            assert self.store.article(article_id).as_filed().title == filed
        assert len(set(ids.values())) == len(ids)
        assert {name: ids[name] for name in stayed} == {name: self.ids[name] for name in stayed}
        self.ids = ids
        self.cited |= {(article_id, content_hash(texts[name])) for name, article_id in ids.items()}
        for article_id, cited in self.cited:
            assert content_hash(self.store.article(article_id, cited).text) == cited
        self._check_derived(sum(summary.passages for summary in summaries))

    def _check_derived(self, passages: int) -> None:
        derived = derive(self.store)
        assert derived.generation == self.store.generation
        assert len(derived.dense) == len(derived.lexical) == self.store.counts()[1] == passages
        question = np.eye(1, max(dense_of(derived).dimension, 1), dtype=np.float32)[0]
        ids = np.sort(derived.dense.search(question, 10_000)[0])
        found = self.store.passages(ids, derived.generation)
        assert {self._name(passage.article.path) for passage in found} == set(self.seen)
        np.testing.assert_array_equal(self.store.vectors(ids), dense_of(derived).vectors(ids))
        assert set(derived.lexical.search("sentence story headline", 10_000)[0].tolist()) == set(ids.tolist())
        assert as_ids(ids).shape == (passages,)


STEPS = settings(stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
Updates.TestCase.settings = settings(STEPS, max_examples=12)
test_the_library_holds_what_the_last_update_saw = Updates.TestCase


@pytest.mark.slow
def test_a_library_in_postgresql_holds_what_the_last_update_saw(shared_database: str) -> None:
    class InPostgres(Updates):
        database = shared_database

    run_state_machine_as_test(InPostgres, settings=settings(STEPS, max_examples=4))
