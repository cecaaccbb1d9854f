"""The worker's side of `sandbox`: reads requests, extracts, replies; a process of its own with limits on itself.

Nothing is read but what comes through the pipe, and nothing written but the reply.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from importlib import import_module
from typing import IO, Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted

MEMORY = 1536 * 1024 * 1024
"""The most address space, in bytes, libraries included."""
SECONDS = 20
"""The most time on the processor for one file."""


def main() -> None:
    """Serves requests until the pipe ends. A request: `{"reader", "size"}` on a line, then the file's bytes."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # no library's output gets between the replies
        os.dup2(nowhere, standard)
    for chatty in ("trafilatura", "htmldate"):  # they log every page that they find odd, and nobody reads it here
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    limit_time = _limit()
    while header := requests.readline():
        request = json.loads(header)
        data = requests.read(request["size"])
        limit_time()
        _send(replies, _reply(request["reader"], data))


def _reply(reader: str, data: bytes) -> dict[str, Any]:
    """The articles, or why there are none; `spent` where this process had better be replaced."""
    try:
        extract: Callable[[bytes], list[Extracted]] = import_module(f"rag.formats.{reader}").extract
        return {"articles": [article.as_dict() for article in extract(data)]}
    except ArticleError as error:
        return {"wrong": error.message, "advice": str(error.remedy), "reason": error.reason, "facts": error.facts}
    except MemoryError:
        wrong, advice = "Reading the file takes too much memory", "split it, or save it as plain text"
        return {"wrong": wrong, "advice": advice, "reason": "too_much_memory", "spent": True}
    except Exception as error:  # whatever a parser raises on a damaged file is about that file
        wrong, advice = f"The file is damaged ({type(error).__name__})", "save it again, or as plain text"
        return {"wrong": wrong, "advice": advice, "reason": "damaged", "spent": True}


def _send(replies: IO[bytes], reply: dict[str, Any]) -> None:
    payload = json.dumps(reply).encode()
    replies.write(b"%d\n" % len(payload))
    replies.write(payload)
    replies.flush()


def _limit() -> Callable[[], None]:
    """Limits this process; returns what sets the processor time of the next file."""
    try:
        import resource
    except ImportError:  # no such limits on this system; the sandbox's clock remains
        return lambda: None
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

    def limit_time() -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS, hard))

    return limit_time


if __name__ == "__main__":
    main()
