"""The check of a whole index: no findings for an intact one, and the right remedy for each kind of damage."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.core.errors import IndexDamagedError, IndexMissingError
from rag.core.index_layout import DENSE, HOLDER, LEXICAL, store_path
from rag.core.remedies import Remedy
from rag.core.reports import CheckReport
from rag.indexes.derive import derive, rebuild, refresh
from rag.ingest.by_hand.json_fields import set_fields
from rag.ingest.check import check_library
from rag.ingest.rebuild import rebuild_library
from rag.ingest.update import update_library
from rag.store.database import checksum
from rag.store.store import Store
from rag.store.update_lock import update_lock
from tests.fakes import HashingEmbedder
from tests.files import json_lines
from tests.libraries import story, update, write

pytestmark = pytest.mark.slow

ANEW, FROM_ARTICLES = Remedy(action="rebuild"), Remedy(action="rebuild_from_articles")
MODEL = "questions can't be embedded"
"""The fake embedder has no model on disk, so this finding is always present."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "index") as store:
        update(store, a="One.\nTwo.\n", b="Three.\nFour.\n", c="Five.\n")
        update(store, a="Changed.\nTwo.\n", b=None)
        with update_lock(store.folder, 0):
            refresh(store)
        yield store


def found(store: Store) -> list[tuple[str, Remedy]]:
    """The findings with their remedies, without the finding about the model."""
    findings = check_library(store.folder).findings
    return [(finding.what, finding.remedy) for finding in findings if MODEL not in finding.what]


def damage(store: Store, sql: str) -> None:
    connection = sqlite3.connect(store_path(store.folder))
    connection.create_function("checksum", -1, checksum, deterministic=True)
    with connection:
        assert connection.execute(sql).rowcount > 0
    connection.close()


def test_a_sound_index_has_its_counts_and_no_finding(store: Store) -> None:
    report = check_library(store.folder)
    assert (report.generation, report.articles, report.passages) == (2, 2, 3)
    assert found(store) == []


def test_an_index_from_real_files_is_sound(tmp_path: Path) -> None:
    seeds = Path(__file__).parents[2] / "seeds"
    with Store.create(tmp_path / "index") as store:
        update_library(store, [seeds], HashingEmbedder(max_tokens=64))
        assert found(store) == []
        assert check_library(store.folder).passages > 10


def test_an_empty_library_is_sound(tmp_path: Path) -> None:
    Store.create(tmp_path).close()
    assert check_library(tmp_path) == CheckReport()
    assert check_library(tmp_path).sound


def test_no_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        check_library(tmp_path)


def test_a_model_that_is_not_at_hand_is_a_finding(store: Store) -> None:
    (finding,) = check_library(store.folder).findings
    assert "No embedder 'hashing'" in finding.what
    assert "all-MiniLM-L6-v2" in finding.mend


PASSAGE = "id, version_id, start_offset, end_offset, first_sentence, last_sentence, added_generation"


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE version SET text = 'Forged.' WHERE removed_generation IS NULL AND id = 4", "texts that are not"),
        ("UPDATE version SET text = 'Forged.' WHERE id = 2", "texts that are not"),
        ("UPDATE version SET title = 'Forged' WHERE id = 4", "versions with a wrong checksum: article"),
        ("UPDATE article SET path = 'elsewhere' WHERE path = 'c'", "rows of article with a wrong checksum"),
        ("UPDATE generation SET articles = 9 WHERE number = 1", "rows of generation with a wrong checksum: 1"),
        ("UPDATE meta SET value = '{}'", "checksum of the fingerprint"),
        ("UPDATE passage SET end_offset = 3 WHERE id = 5", "passages with a wrong checksum: 5"),
        (
            f"UPDATE passage SET end_offset = 300, checksum = checksum({PASSAGE.replace('end_offset', '300')}, NULL)"
            " WHERE id = 5",
            "passages outside their sentences: 5",
        ),
        (
            f"UPDATE passage SET last_sentence = 9, checksum = checksum({PASSAGE.replace('last_sentence', '9')}, NULL)"
            " WHERE id = 5",
            "passages outside their sentences: 5",
        ),
        ("DELETE FROM passage WHERE id = 6", "sentences in no passage: version 4, sentence 0"),
        ("DELETE FROM passage WHERE id = 6", "number of passages is not that of generation 2: 2/3"),
        ("DELETE FROM vector WHERE passage_id = 5", "passages without a vector: 5"),
        ("UPDATE vector SET vector = zeroblob(128) WHERE passage_id = 5", "vectors with a wrong checksum: 5"),
        (
            "UPDATE vector SET vector = zeroblob(128), checksum = checksum(passage_id, text_hash, zeroblob(128))",
            "vectors that are not of length 1: 5, 6, 7",
        ),
        (
            "UPDATE vector SET vector = zeroblob(8), checksum = checksum(passage_id, text_hash, zeroblob(8))",
            "vectors that have not 32 numbers",
        ),
        ("DELETE FROM version WHERE id = 3", "articles without a row of version"),
    ],
)
def test_damage_to_the_truth_is_found(store: Store, sql: str, what: str) -> None:
    # Versions 1 to 3 are a, b and c, 4 is a as changed; of the passages 5 is c's, 6 and 7 are those of the changed a.
    damage(store, sql)
    matching = [mend for finding, mend in found(store) if what in finding]
    assert matching, found(store)
    assert matching[0] == FROM_ARTICLES


@pytest.mark.parametrize("number", [1, 2])
def test_a_generation_that_is_missing_is_found_and_a_rebuild_mends_it(tmp_path: Path, news: Path, number: int) -> None:
    with Store.create(tmp_path / "index") as store:
        update_library(store, [news], HashingEmbedder())
        write(news / "bridge.txt", story("The bridge closed again."))
        update_library(store, [news], HashingEmbedder())
        damage(store, f"DELETE FROM generation WHERE number = {number}")
        assert ("generations that are missing: " + str(number), FROM_ARTICLES) in found(store)
        rebuild_library(store.folder, [], HashingEmbedder())
        assert found(store) == []


def test_a_folder_that_is_missing_from_the_list_is_found_and_mended_by_naming_it(tmp_path: Path, news: Path) -> None:
    with Store.create(tmp_path / "index") as store:
        update_library(store, [news], HashingEmbedder())
        damage(store, "DELETE FROM root")
        ((what, remedy),) = found(store)
        assert what.startswith("articles in no folder that the index follows: /")
        assert remedy.action == "update_from_folders"
        update_library(store, [news], HashingEmbedder())
        assert found(store) == []


@pytest.mark.parametrize("harm", ["missing", "half written"])
def test_files_that_a_killed_update_left_are_no_finding(store: Store, harm: str) -> None:
    (meta,) = store.folder.glob(f"{LEXICAL}/meta.json")
    if harm == "missing":
        shutil.rmtree(store.folder / LEXICAL)
        shutil.rmtree(store.folder / DENSE)
    else:
        meta.write_text("{")
    assert found(store) != []
    # A killed process leaves this file behind.
    (store.folder / HOLDER).write_text('{"pid": 1, "started": "2025-04-12T10:00:00+00:00"}')
    assert found(store) == []
    derive(store)
    assert not (store.folder / HOLDER).exists()
    assert found(store) == []


def test_files_that_are_being_written_are_no_finding(store: Store) -> None:
    with update_lock(store.folder, 0):
        shutil.rmtree(store.folder / LEXICAL)
        assert found(store) == []
        refresh(store)
    assert found(store) == []


CHECK_AS_NOBODY = """
import os, sys
from pathlib import Path
import numpy, faiss, tantivy
import rag.core.environment
from rag.ingest.check import check_library
check_library(Path(sys.argv[2]))
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
print([finding.what for finding in check_library(Path(sys.argv[1])).findings if "embed" not in finding.what])
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions are another matter there")
def test_a_folder_that_cannot_be_written_is_sound(store: Store, tmp_path: Path) -> None:
    # Other users can't open pytest's folders, so the child gets a folder that they can open.
    public = Path(tempfile.mkdtemp(prefix="rag-read-only-"))
    try:
        shutil.copytree(store.folder, public / "index", ignore=lambda _, names: [n for n in names if "sqlite-" in n])
        for path in (*public.rglob("*"), public):
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run(
            [sys.executable, "-c", CHECK_AS_NOBODY, str(public / "index"), str(store.folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == "[]\n", done.stdout + done.stderr
    finally:
        for path in (public, *public.rglob("*")):
            path.chmod(0o755)
        shutil.rmtree(public)


def test_damage_to_the_named_fields_is_found_and_mended_by_naming_them(store: Store) -> None:
    set_fields(store, {"text": "lead"})
    damage(store, "UPDATE meta SET value = '{}' WHERE key = 'fields'")
    ((what, mend),) = found(store)
    assert "checksum of the fields" in what
    assert (mend.action, mend.advice) == ("name_fields", "for each field that was named,")
    set_fields(store, {"text": "lead"})
    assert found(store) == []


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE version SET language = 'xx' WHERE id = 1", "versions with a wrong checksum"),
        ("UPDATE version SET text = 'Forged.' WHERE id = 1", "texts that are not"),
        ("UPDATE article SET path = path || 'x' WHERE rowid = 1", "rows of article with a wrong checksum"),
        ("DELETE FROM article WHERE rowid = 1", "number of articles is not that of generation 1: 1/2"),
    ],
)
def test_damage_to_one_article_of_a_file_is_found_and_mended(tmp_path: Path, sql: str, what: str) -> None:
    (tmp_path / "news").mkdir()
    bridge, fire = ({"id": name, "text": f"This tells of the {name}.", "lang": "en"} for name in ("bridge", "fire"))
    (tmp_path / "news" / "all.jsonl").write_bytes(json_lines(bridge, fire))
    with Store.create(tmp_path / "index") as store:
        update_library(store, [tmp_path / "news"], HashingEmbedder())
        assert found(store) == []
        damage(store, sql)
        assert what in " ".join(dict(found(store)))
        rebuild_library(store.folder, [], HashingEmbedder())
        assert (found(store), store.counts()[0]) == ([], 2)


def test_a_lost_article_of_an_unchanged_file_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_bytes(json_lines(*({"id": str(n), "text": f"This is story {n}."} for n in range(3))))
    with Store.create(tmp_path / "index") as store:
        update_library(store, [tmp_path / "all.jsonl"], HashingEmbedder())
        damage(store, "DELETE FROM article WHERE path LIKE '%#1'")
        with pytest.raises(IndexDamagedError, match="articles of generation 1"):
            update_library(store, [], HashingEmbedder())


def test_a_wrong_signature_of_a_file_costs_another_reading_only(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_bytes(json_lines({"id": "a", "text": "This is a story."}))
    with Store.create(tmp_path / "index") as store:
        update_library(store, [tmp_path / "all.jsonl"], HashingEmbedder())
        signatures = store.signatures()
        damage(store, "UPDATE file SET signature = 'harmed'")
        assert found(store) == []
        assert update_library(store, [], HashingEmbedder()).unchanged == 1
        assert store.signatures() == signatures


def test_a_vector_that_is_no_number_is_found(store: Store) -> None:
    blob = np.full(32, np.nan, "<f4").tobytes().hex()
    damage(store, f"UPDATE vector SET vector = x'{blob}', checksum = checksum(passage_id, text_hash, x'{blob}')")
    assert "vectors that are not of length 1: 5, 6, 7" in dict(found(store))


def test_a_flipped_page_is_found(store: Store) -> None:
    store.close()
    path = store_path(store.folder)
    whole = bytearray(path.read_bytes())
    whole[3 * 8192 : 3 * 8192 + 64] = bytes(64)
    path.write_bytes(whole)
    report = check_library(store.folder)
    assert not report.sound
    assert any(finding.remedy == FROM_ARTICLES for finding in report.findings)


def test_a_file_that_is_no_database_is_found(store: Store) -> None:
    store.close()
    store_path(store.folder).write_bytes(b"This is not a database. " * 1000)
    (finding,) = check_library(store.folder).findings
    assert (finding.remedy, finding.mend) == (FROM_ARTICLES, str(FROM_ARTICLES))


@pytest.mark.parametrize(
    "name", [f"{DENSE}/manifest", f"{DENSE}/*.segment", f"{LEXICAL}/meta.json", f"{LEXICAL}/*.idx"]
)
@pytest.mark.parametrize("harm", ["flip", "remove"])
def test_damage_to_a_derived_file_is_found_and_mended(store: Store, name: str, harm: str) -> None:
    (path,) = store.folder.glob(name)
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)
    if harm == "remove":
        path.unlink()
    ((what, mend),) = found(store)
    assert Path(name).parts[0] in what
    assert mend == ANEW
    rebuild(store)
    assert found(store) == []


def test_derived_files_of_another_library_are_found(store: Store, tmp_path: Path) -> None:
    with Store.create(tmp_path / "other") as other:
        update(other, d="Six.\n")
        with update_lock(other.folder, 0):
            refresh(other)
    for name in (DENSE, LEXICAL):
        path = store.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.move(tmp_path / "other" / name, path)
    assert [what for what, _ in found(store)] == [
        "dense/ was made from another library",
        "lexical/ was made from another library",
    ]


def test_files_that_are_only_behind_are_no_finding(store: Store) -> None:
    update(store, d="Six.\n", c=None)
    assert found(store) == []


def test_one_kind_of_damage_is_one_line(store: Store) -> None:
    update(store, **{f"file{n}": f"Sentence {n}.\n" for n in range(20)})
    damage(store, "DELETE FROM vector")
    assert "passages without a vector: 5, 6, 7 and 20 more" in dict(found(store))
