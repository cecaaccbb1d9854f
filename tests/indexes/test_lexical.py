"""The parts of the lexical index that are special to tantivy: its folder, and what happens if it is damaged."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from rag.core.errors import IndexDamagedError, IndexNotWritableError
from rag.core.ports import as_ids
from rag.indexes.lexical import TantivyIndex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    index = TantivyIndex.create(tmp_path / "lexical")
    index.add(as_ids(range(40)), [f"harbour bridge number{n} word{n % 7}" for n in range(40)])
    index.commit(3, "first")
    return tmp_path / "lexical"


def found(index: TantivyIndex, question: str) -> list[int]:
    return index.search(question, 50)[0].tolist()


def test_what_was_committed_is_there_with_its_stamp(folder: Path) -> None:
    index = TantivyIndex.open(folder)
    assert (index.generation, index.token, len(index)) == (3, "first", 40)
    assert found(index, "number7") == [7]


def test_a_commit_goes_on_where_the_last_one_ended(folder: Path) -> None:
    index = TantivyIndex.open(folder)
    index.remove(as_ids([7, 8]))
    index.add(as_ids([50]), ["ferry"])
    index.commit(4, "second")
    again = TantivyIndex.open(folder)
    assert (again.generation, again.token, again.removed, len(again)) == (4, "second", 2, 39)
    assert (found(again, "number7"), found(again, "ferry")) == ([], [50])


@pytest.mark.slow
def test_an_open_index_keeps_answering_from_its_commit(folder: Path) -> None:
    reader = TantivyIndex.open(folder)
    writer = TantivyIndex.open(folder)
    for generation in range(4, 30):  # Enough for tantivy to merge segments and delete their files.
        writer.remove(as_ids([generation]))
        writer.add(as_ids([100 + generation]), ["ferry"])
        writer.commit(generation)
    assert (found(reader, "ferry"), len(found(reader, "harbour")), reader.generation) == ([], 40, 3)
    assert len(found(TantivyIndex.open(folder), "ferry")) == 26


def test_create_takes_the_place_of_what_was_there(folder: Path) -> None:
    index = TantivyIndex.create(folder)
    index.commit(9)
    assert (len(TantivyIndex.open(folder)), TantivyIndex.open(folder).generation) == (0, 9)


def test_what_was_never_committed_is_no_index(tmp_path: Path) -> None:
    TantivyIndex.create(tmp_path / "lexical").add(as_ids([1]), ["harbour"])
    with pytest.raises(IndexDamagedError):
        TantivyIndex.open(tmp_path / "lexical")


def test_a_missing_folder_and_a_file_in_its_place_are_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="delete it"):
        TantivyIndex.open(tmp_path / "none")
    (tmp_path / "file").write_text("not an index")
    with pytest.raises(IndexDamagedError):
        TantivyIndex.open(tmp_path / "file")


def test_every_flipped_bit_is_noticed_or_harmless(folder: Path) -> None:
    expected = [found(TantivyIndex.open(folder), question) for question in ("harbour", "number7", "word3")]
    noticed = 0
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        for position in range(0, len(whole), max(1, len(whole) // 40)):
            flipped = bytearray(whole)
            flipped[position] ^= 1 << (position % 8)
            path.write_bytes(flipped)
            try:
                index = TantivyIndex.open(folder)
            except IndexDamagedError:
                noticed += 1
                continue
            # Bookkeeping of tantivy that no answer depends on, or a stamp that no generation of the store has.
            assert path.name.startswith(".") or (index.generation, index.token, index.removed) != (3, "first", 0)
            assert [found(index, question) for question in ("harbour", "number7", "word3")] == expected
        path.write_bytes(whole)
    assert noticed > 200


def test_every_missing_or_truncated_file_is_noticed(folder: Path, tmp_path: Path) -> None:
    for path in [path for path in folder.iterdir() if not path.name.startswith(".")]:
        for length in (0, path.stat().st_size // 2, None):
            copy = shutil.copytree(folder, tmp_path / "copy")
            if length is None:
                (copy / path.name).unlink()
            else:
                os.truncate(copy / path.name, length)
            with pytest.raises(IndexDamagedError):
                TantivyIndex.open(copy)
            shutil.rmtree(copy)


def test_a_commit_of_tantivy_without_its_manifest_is_noticed(folder: Path) -> None:
    """A crash after tantivy's own commit and before the manifest is written."""
    manifest = (folder / "manifest.json").read_bytes()
    index = TantivyIndex.open(folder)
    index.add(as_ids([50]), ["ferry"])
    index.commit(4)
    (folder / "manifest.json").write_bytes(manifest)
    with pytest.raises(IndexDamagedError):
        TantivyIndex.open(folder)


def test_what_a_crash_left_half_written_is_passed_over(folder: Path) -> None:
    (folder / "manifest.json.new").write_text("half a mani")
    index = TantivyIndex.open(folder)
    index.add(as_ids([50]), ["ferry"])
    index.commit(4)
    assert found(TantivyIndex.open(folder), "ferry") == [50]


def test_an_index_whose_words_were_analysed_otherwise_is_not_used(folder: Path) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["analysis"] = ["other", "terms"]
    path.write_text(json.dumps(manifest))
    with pytest.raises(IndexDamagedError, match="another release"):
        TantivyIndex.open(folder)


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexNotWritableError, match="check permissions"):
        TantivyIndex.create(tmp_path / "file" / "lexical")


def test_a_second_writer_is_refused(folder: Path) -> None:
    first, second = TantivyIndex.open(folder), TantivyIndex.open(folder)
    first.add(as_ids([50]), ["ferry"])
    with pytest.raises(IndexNotWritableError):
        second.add(as_ids([51]), ["ferry"])


def test_whoever_opens_an_index_while_it_is_made_anew_gets_all_of_one_or_none(folder: Path) -> None:
    enough, wrong = threading.Event(), []

    def make_anew() -> None:
        try:
            for generation in itertools.count(4):
                index = TantivyIndex.create(folder)
                index.add(as_ids(range(40)), ["harbour"] * 40)
                index.commit(generation)
                if enough.is_set():
                    return
        except IndexNotWritableError as error:
            wrong.append(str(error))

    maker = threading.Thread(target=make_anew)
    maker.start()
    opened = 0
    while opened < 10 and maker.is_alive():
        try:
            hits = len(found(TantivyIndex.open(folder), "harbour"))
        except IndexDamagedError:
            time.sleep(0.001)  # lets the other thread go on
            continue
        except ValueError as error:
            wrong.append(str(error))
            break
        opened += 1
        if hits != 40:
            wrong.append(f"{hits} of 40")
    enough.set()
    maker.join()
    assert not wrong
