"""Converts rows of the store to articles, passages and vectors and back, and checks each row's checksum.

Sentences are packed as little-endian int32 triples (start, end, kind), where kind is the index in SENTENCE_KINDS;
tagged speeches as quadruples (start, end, source_start, source_end).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np

from rag.core.article import SENTENCE_KINDS, Article, Details, Passage, Sentence, TaggedSpeech
from rag.core.ports import Fingerprint, Ids, Vectors
from rag.store.columns import GENERATION, META, SPEECH, VECTOR, VERSION, columns
from rag.store.database import Database, Row, checksum

_AS_THEY_ARE = ("title", "published", "source", "url", "byline", "language", "section")
"""Columns that hold a text of the article as it is; they follow one another in VERSION."""

_KIND_NUMBER = {kind: number for number, kind in enumerate(SENTENCE_KINDS)}


class Generation(NamedTuple):
    """One committed state of a library.

    Attributes:
        number: 0 for the empty library; each update that changes anything adds 1.
        token: Random text that identifies this generation.
        created: When it was made, an ISO 8601 time in UTC.
        articles: Number of articles.
        passages: Number of passages.
    """

    number: int
    token: str
    created: str
    articles: int
    passages: int


def first_generation() -> Generation:
    """The generation of an empty library."""
    return Generation(0, secrets.token_hex(8), datetime.now(UTC).isoformat(timespec="seconds"), 0, 0)


def pack_sentences(sentences: Sequence[Sentence]) -> bytes:
    """Packs sentences into 12 bytes each."""
    return np.array([(s.start, s.end, _KIND_NUMBER[s.kind]) for s in sentences], dtype="<i4").tobytes()


def unpack_sentences(packed: bytes) -> tuple[Sentence, ...]:
    """Unpacks the sentences that `pack_sentences` packed."""
    starts, ends, kinds = np.frombuffer(packed, dtype="<i4").reshape(-1, 3).T.tolist()
    return tuple(map(Sentence._make, zip(starts, ends, map(SENTENCE_KINDS.__getitem__, kinds), strict=True)))


def pack_speeches(speeches: Sequence[TaggedSpeech]) -> bytes:
    """Packs tagged speeches into 16 bytes each."""
    return np.array(speeches, dtype="<i4").tobytes()


def _read_speeches(database: Database, version_id: int) -> tuple[TaggedSpeech, ...] | None:
    """The tagged speeches of a version; None if an older release stored it."""
    row = database.row(f"SELECT {columns('speech', SPEECH)} FROM speech WHERE version_id = ?", (version_id,))
    if row is None:
        return None
    _, packed = database.intact(row, SPEECH, f"the speeches of version {version_id}")
    return tuple(map(TaggedSpeech._make, np.frombuffer(packed, dtype="<i4").reshape(-1, 4).tolist()))


def unpack_fields(packed: str | None) -> tuple[tuple[str, str], ...]:
    """Unpacks an article's further fields, which are stored as JSON; None if it has none."""
    return tuple((name, value) for name, value in json.loads(packed or "[]"))


def _pack_original(original: Details | None) -> str | None:
    return json.dumps({**original._asdict(), "derived": sorted(original.derived)}) if original else None


def _unpack_original(packed: str | None) -> Details | None:
    """What the file of a corrected article has, which is stored as JSON; None if nobody corrected it."""
    if packed is None:
        return None
    values = json.loads(packed)
    return Details(**{**values, "derived": frozenset(values["derived"])})


def is_text_of(text: str | None, expected: str) -> bool:
    """Whether this is the text with this content hash."""
    return text is not None and content_hash(text) == expected


def content_hash(text: str) -> str:
    """The sha256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_generation(database: Database, number: int | None = None) -> Generation | None:
    """Reads the generation with this number, or the newest one; None if there is no such generation."""
    wanted = "(SELECT max(number) FROM generation)" if number is None else "?"
    sql = f"SELECT {columns('generation', GENERATION)} FROM generation WHERE number = {wanted}"
    row = database.row(sql, () if number is None else (number,))
    return None if row is None else Generation(*database.intact(row, GENERATION, "a generation"))


def read_fingerprint(database: Database) -> Fingerprint | None:
    """Reads which embedder made the vectors; None if there are no vectors yet."""
    value = read_meta(database, "fingerprint")
    return Fingerprint.model_validate_json(value) if value else None


def read_embedded_since(database: Database) -> int:
    """The first generation whose vectors were made by the library's current embedder."""
    return int(read_meta(database, "embedded_since") or 0)


def read_meta(database: Database, key: str) -> str | None:
    """Reads the value under a key; None if there is none."""
    row = database.row(f"SELECT {columns('meta', META)} FROM meta WHERE key = ?", (key,))
    return str(database.intact(row, META, f"the {key}")[0]) if row else None


def put_meta(database: Database, key: str, value: str) -> None:
    """Stores a value under a key, in the place of the one before."""
    database.run("DELETE FROM meta WHERE key = ?", (key,))
    database.run("INSERT INTO meta (key, value, checksum) VALUES (?, ?, ?)", (key, value, checksum(value)))


def read_fields(database: Database) -> dict[str, str]:
    """Reads which field of a JSON file holds what, as the last update set it."""
    return dict(json.loads(read_meta(database, "fields") or "{}"))


def newest_generation(database: Database) -> Generation:
    """Reads the generation that serves now.

    Raises:
        IndexDamagedError: If there is none.
    """
    newest = read_generation(database)
    if newest is None:
        raise database.damaged("no generation")
    return newest


def version_row(article: Article, file_hash: str, version_id: int, generation: int) -> Row:
    """The values of VERSION for a new version of this article."""
    return (
        version_id,
        article.id,
        generation,
        None,
        article.content_hash,
        file_hash,
        *(getattr(article, name) for name in _AS_THEY_ARE),
        json.dumps(article.fields) if article.fields else None,
        json.dumps(sorted(article.derived)),
        pack_sentences(article.sentences),
        _pack_original(article.original),
    )


def read_article(database: Database, version_id: int, path: str) -> Article:
    """Reads an article as one version has it.

    Args:
        database: The connection to the store.
        version_id: The version's id.
        path: The path to put into the article.

    Raises:
        IndexDamagedError: If the version is missing, or not what was stored.
    """
    row = database.row(f"SELECT text, {columns('version', VERSION)} FROM version WHERE id = ?", (version_id,))
    if row is None:
        raise database.damaged(f"version {version_id} is missing")
    stored, *checked = row
    values, text = version_values(database, tuple(checked)), database.unpack_text(stored)
    if text is None or not is_text_of(text, values["content_hash"]):
        raise database.damaged(f"text of version {version_id}")
    return Article(
        id=values["article_id"],
        path=path,
        content_hash=values["content_hash"],
        text=text,
        **{name: values[name] for name in _AS_THEY_ARE},
        fields=unpack_fields(values["fields"]),
        derived=frozenset(json.loads(values["derived"])),
        sentences=unpack_sentences(values["sentences"]),
        speeches=_read_speeches(database, version_id),
        original=_unpack_original(values["original"]),
    )


def version_values(database: Database, row: Row) -> dict[str, Any]:
    """The values of VERSION by name, from a row of these values and the checksum.

    Raises:
        IndexDamagedError: If the checksum differs.
    """
    return dict(zip(VERSION, database.intact(row, VERSION, f"version {row[0]}"), strict=True))


def read_passage(checked: Row, article: Article) -> Passage:
    """Makes a passage of its article from the values of PASSAGE."""
    passage_id, _, start, end, first, last, _, _ = checked
    return Passage(passage_id, article, start, end, article.sentences[first:last])


def vector_bytes(vector: Vectors) -> bytes:
    """Packs a vector of shape (dimension,) as little-endian float32."""
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def vector_rows(database: Database, ids: Ids) -> list[Row]:
    """Reads the columns of VECTOR and the checksum for these passages, in any order. An unknown id gives no row."""
    listed = f"{database.listed('ids')} AS wanted"
    sql = f"SELECT {columns('vector', VECTOR)} FROM {listed} JOIN vector ON passage_id = wanted.value"
    return database.rows(sql, {"ids": ids.tolist()})


def read_vectors(database: Database, rows: Sequence[Row], dimension: int) -> Vectors:
    """Unpacks the vectors of rows that have the columns of VECTOR and the checksum.

    Returns:
        The vectors, shape (n, dimension), in the order of the rows.

    Raises:
        IndexDamagedError: If a row is damaged or a vector has another length.
    """
    blobs = [database.intact(row, VECTOR, f"vector {row[0]}")[2] for row in rows]
    if any(len(blob) != 4 * dimension for blob in blobs):
        raise database.damaged("length of a vector")
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(-1, dimension).astype(np.float32)
