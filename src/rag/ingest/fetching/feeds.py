"""Fetches feeds into a folder. An update then reads them as files. An unchanged feed is not transferred again."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from pathlib import Path

from rag.core.errors import ArticleError, FetchError
from rag.core.ip_addresses import is_public
from rag.core.settings import DEFAULTS, FileSettings
from rag.formats.file_types import FEED, max_bytes_of
from rag.formats.sandbox import Sandbox
from rag.ingest.fetching.fetch import VALIDATORS, IsAllowed, Limits, allowing, fetch, file_name

FEED_SUFFIX = ".xml"
"""The suffix of the files of feeds."""
_log = logging.getLogger(__name__)


def fetch_feeds(
    urls: Iterable[str],
    folder: Path,
    *,
    allow_private: bool = False,
    seconds: float = DEFAULTS.updates.feed_seconds,
    files: FileSettings = DEFAULTS.files,
) -> list[FetchError]:
    """Updates the feeds' files in a folder; returns the errors, at most one per feed.

    `allow_private` allows addresses in private networks. `seconds` is the time for each feed.
    """
    is_allowed = allowing(private=allow_private)
    problems = []
    for url in urls:
        try:
            fetch_feed(url, folder, is_allowed=is_allowed, seconds=seconds, files=files)
        except FetchError as error:
            problems.append(error)
    return problems


def fetch_feed(
    url: str,
    folder: Path,
    *,
    is_allowed: IsAllowed = is_public,
    seconds: float = DEFAULTS.updates.feed_seconds,
    files: FileSettings = DEFAULTS.files,
) -> bool:
    """Fetches one feed into its file. If the reply is not a feed, the file stays as it was.

    Args:
        url: The feed's address.
        folder: The folder of the file.
        is_allowed: Says whether an IP address may be connected to.
        seconds: Seconds that it may take, redirects included.
        files: What reading one file may cost.

    Returns:
        False if the feed did not change since the last fetch.

    Raises:
        FetchError: If the feed can't be fetched, read or written.
    """
    path = feed_file(url, folder)
    about = path.with_name(f".{path.name}.fetched.json")
    known = _read_validators(about) if path.exists() else {}
    limits = Limits(is_allowed, seconds, max_bytes_of(FEED, files))
    reply = fetch(url, known, limits)
    _log.info("%s: status %d, %d bytes", url, reply.status, len(reply.body))
    if reply.status == 304:
        return False
    try:
        with Sandbox(files) as sandbox:
            sandbox.extract(FEED, reply.body)
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, reply.body)
        _write(about, json.dumps(dict(reply.validators)).encode())
    except ArticleError as error:
        why = f"{url} did not send a readable feed: {error.message}"
        raise FetchError(why, "no_feed", remedy=error.remedy, address=url) from error
    except OSError as error:
        raise FetchError(
            f"{path} can't be written ({error.strerror})", remedy="check the permissions and the free space"
        ) from error
    return True


def feed_file(url: str, folder: Path) -> Path:
    """Returns the file of a feed, named by its host and the hash of its address.

    Raises:
        FetchError: If the address can't be fetched.
    """
    return folder / file_name(url, FEED_SUFFIX)


def _read_validators(about: Path) -> dict[str, str]:
    try:
        known = json.loads(about.read_bytes())
    except (OSError, ValueError):
        return {}
    return {name: known[name] for name in VALIDATORS if isinstance(known, dict) and isinstance(known.get(name), str)}


def _write(path: Path, data: bytes) -> None:
    """Writes the file whole or not at all: an update at the same time reads the old file or the new one."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(data)
    unfinished.replace(path)
