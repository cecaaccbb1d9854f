"""What the store needs of a database as a whole: connections, snapshots, changes, the update lock, and an exchange.

SQLite in a folder is `rag.store.sqlite.backend`, PostgreSQL is `rag.store.postgres.backend`. Every implementation
passes the contract suite in `tests/contracts/`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event
from typing import Protocol

from rag.core.errors import EmbedderMismatchError, IndexMissingError
from rag.core.place import Place
from rag.core.ports import Fingerprint, Vectors, VectorSearch
from rag.core.remedies import Remedy
from rag.store.database import Database
from rag.store.rows import Generation
from rag.store.snapshot import Snapshot


class SharedVectors(Protocol):
    """A copy of the vectors that all machines search where it is."""

    def at(self, generation: Generation) -> VectorSearch | None:
        """The vectors of a generation; None if the copy has not all of them yet."""
        ...

    def refresh(self, snapshot: Snapshot) -> None:
        """Brings the copy up to a generation."""
        ...


class Claim(Protocol):
    """Texts that this machine embeds now.

    Attributes:
        texts: The texts by their hashes; none if no text waits.
        vectors: What was made of them, by hash, each of shape (dimension,). The caller fills it. A text without a
            vector failed, and no machine takes it again.
    """

    texts: Mapping[bytes, str]
    vectors: dict[bytes, Vectors]


class EmbeddingQueue(Protocol):
    """The texts that an update wants embedded, and the vectors that any machine made of them."""

    def add(self, embedder: Fingerprint, texts: Mapping[bytes, str]) -> None:
        """Adds texts by the hash of their embedder and text. Those that are there already stay as they are."""
        ...

    def wanted(self) -> list[Fingerprint]:
        """The embedders of the texts that wait."""
        ...

    def claim(self, embedder: Fingerprint, most: int) -> AbstractContextManager[Claim]:
        """Takes texts that wait for this embedder, and stores their vectors at the end of the block.

        If the block raises, or the process dies, the texts wait again.
        """
        ...

    def vectors(self, text_hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Reads the vectors that were made of some texts, each of shape (dimension,), by hash."""
        ...

    def failed(self, text_hashes: Iterable[bytes]) -> set[bytes]:
        """The hashes of those texts of which a machine could make no vector."""
        ...

    def clear(self) -> None:
        """Deletes all texts and vectors."""
        ...

    def close(self) -> None:
        """Closes the connection; what this machine holds waits again."""
        ...


class Backend(ABC):
    """The database of one library, which need not exist yet.

    Its methods may raise IndexMissingError, IndexFormatError, IndexDamagedError, IndexNotWritableError, IndexBusyError
    or DatabaseUnreachableError.

    Attributes:
        place: Where the library lies.
    """

    place: Place

    @abstractmethod
    def exists(self) -> bool:
        """Whether there is a library, damaged or not."""

    @abstractmethod
    def create(self) -> None:
        """Creates an empty library if there is none."""

    @abstractmethod
    def remove(self) -> None:
        """Deletes the library, if there is one and it can be deleted."""

    @abstractmethod
    def bring_up_to_date(self) -> None:
        """Brings a library of an older release up to date."""

    @abstractmethod
    def is_older(self) -> bool:
        """Whether `bring_up_to_date` has something to do."""

    @abstractmethod
    def open(self) -> Database:
        """Opens a connection for reading; each statement sees what is committed."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Database]:
        """A connection that sees one committed state, whatever is committed meanwhile."""

    @abstractmethod
    def change(self) -> AbstractContextManager[Database]:
        """A connection in a transaction that may write; without `commit`, nothing is stored."""

    @abstractmethod
    def lock(self, timeout: float) -> AbstractContextManager[None]:
        """Holds the right to update this library while the block runs; it ends with the process that holds it.

        Args:
            timeout: Seconds to wait for another process.

        Raises:
            IndexBusyError: If another process holds the right; the message names it.
        """

    @abstractmethod
    def held_since(self) -> str | None:
        """The start of the running update, in ISO 8601 with its zone; None if no update runs."""

    @abstractmethod
    def is_unfinished(self) -> bool:
        """Whether an update is running, or was killed and left its work to the next one. Nothing is changed."""

    def embedding_queue(self) -> EmbeddingQueue | None:
        """The queue of texts that several machines embed; None if the library lies in a folder."""
        return None

    def shared_vectors(self) -> SharedVectors | None:
        """The vectors that this machine searches in the database; None if it searches its own files."""
        return None

    def kept_vectors(self) -> SharedVectors | None:
        """The vectors that some machine searches in the database, which updates keep up to date; None if none does."""
        return None

    @abstractmethod
    def commits(self, stop: Event) -> Iterator[None]:
        """Yields whenever something may have been committed, by any process, until `stop` is set."""

    @abstractmethod
    def identity(self) -> Hashable | None:
        """What stays the same until other content takes the library's place at once; None if it is not known now."""

    @abstractmethod
    def backup(self, file: Path) -> Generation:
        """Writes a copy of the library into one file, checks it, and returns the generation in it.

        Raises:
            BackupError: If the file can't be written, or is something else than a backup.
        """

    @abstractmethod
    def remains(self) -> Database | None:
        """Opens what is left of a library, damaged or not, without checking it; None if nothing of it can be read."""

    @abstractmethod
    def describe_file(self, name: str) -> str:
        """Names a file that belongs to the library, for messages."""

    @abstractmethod
    def read_file(self, name: str) -> bytes | None:
        """Reads a small file that belongs to the library, such as the corrections; None if there is none.

        Raises:
            OSError: If it can't be read.
        """

    @abstractmethod
    def has_file(self, name: str) -> bool:
        """Whether there is such a small file, readable or not."""

    @abstractmethod
    def write_file(self, name: str, content: bytes) -> None:
        """Writes such a file, whole or not at all. The caller must hold the update lock."""

    @abstractmethod
    def has_register(self) -> bool:
        """Whether a question of this library was ever followed."""

    @abstractmethod
    def register(self, *, create: bool = False) -> AbstractContextManager[Database]:
        """A connection to the tables of the followed questions, which are outside of the generations.

        Args:
            create: Whether to make them if there are none.
        """

    @abstractmethod
    def register_lock(self, timeout: float) -> AbstractContextManager[None]:
        """Lets one process at a time ask the followed questions. Raises IndexBusyError after `timeout` seconds."""

    @abstractmethod
    def register_state(self) -> Hashable:
        """What stays the same as long as nothing about the followed questions changes."""

    @abstractmethod
    def beside(self, name: str) -> Backend:
        """The database in which a library is built that will replace this one."""

    @abstractmethod
    def replace(self, fresh: Backend) -> None:
        """Puts the content of another library in the place of this one, in one step. Open readers follow.

        Args:
            fresh: The library with the new content. It may be gone afterwards. The caller must hold the update lock.
        """


def missing(place: Place) -> IndexMissingError:
    """The error to raise if there is no library at a place, or a file in its place."""
    if place.database is None and place.folder.is_file():
        remedy = Remedy(action="choose_index")
        return IndexMissingError(f"{place} is a file and no index folder", remedy=remedy, path=str(place))
    return IndexMissingError(f"There is no index in {place}", remedy=Remedy(action="build"), path=str(place))


def mismatch(place: Place, stored: Fingerprint, used: Fingerprint) -> EmbedderMismatchError:
    """The error to raise if another embedder than the one in use made the vectors of the library."""
    one, other = (f"{each.name} ({each.weights_sha256[:12]})" for each in (stored, used))
    return EmbedderMismatchError(
        f"The index in {place} was embedded with {one}, but the one in use is {other}",
        remedy=Remedy("use that embedder, or", "change_embedder"),
    )
