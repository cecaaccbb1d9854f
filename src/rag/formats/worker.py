"""The worker of `sandbox`: a process with limits on itself that reads requests, extracts articles and replies.

It reads nothing but the requests and writes nothing but the replies. What the system allows of it is enforced: see
`confine`, and the limits below.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import IO, Any

from rag.core.errors import ArticleError
from rag.formats.confine import confine
from rag.formats.extracted import Extracted, Refused


def main(memory: int, seconds: int) -> None:
    """Serves requests until the pipe closes.

    A request is `{"reader", "size", "times", "fields"}` on one line, then the file's bytes. `times` is how many times
    the seconds it may take.

    Args:
        memory: Limit of the address space, in bytes, libraries included.
        seconds: Limit of processor time for one file, in seconds.
    """
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # output of a library must not mix with the replies
        os.dup2(nowhere, standard)
    for chatty in ("trafilatura", "htmldate"):  # they log every page that they find odd, and nobody reads it here
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    limit_time = _limit(memory, seconds)
    confine()
    while header := requests.readline():
        request = json.loads(header)
        data = requests.read(request["size"])
        limit_time(request["times"])
        _send(replies, _reply(request, data))


def _reply(request: Mapping[str, Any], data: bytes) -> dict[str, Any]:
    """The articles, or why there are none. `spent` asks the sandbox to replace this process."""
    try:
        extract: Callable[..., list[Extracted | Refused]] = import_module(f"rag.formats.{request['reader']}").extract
        found = extract(data, request["fields"]) if "fields" in request else extract(data)
        return {"articles": [record.as_dict() for record in found]}
    except ArticleError as error:
        return {"wrong": error.message, "advice": str(error.remedy), "reason": error.reason, "facts": error.facts}
    except MemoryError:
        wrong, advice = "Reading the file takes too much memory", "split it, or save it as plain text"
        return {"wrong": wrong, "advice": advice, "reason": "too_much_memory", "spent": True}
    except Exception as error:  # a parser may raise any error on a damaged file
        wrong, advice = f"The file is damaged ({type(error).__name__})", "save it again, or as plain text"
        return {"wrong": wrong, "advice": advice, "reason": "damaged", "spent": True}


def _send(replies: IO[bytes], reply: dict[str, Any]) -> None:
    # A JSON file may have half of a pair of surrogates, which no text can hold. UTF-16 joins what is a pair.
    text = json.dumps(reply, ensure_ascii=False).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    payload = text.encode()
    replies.write(b"%d\n" % len(payload))
    replies.write(payload)
    replies.flush()


def _limit(memory: int, seconds: int) -> Callable[[int], None]:
    """Limits this process; returns a function that sets the processor time for the next file."""
    try:
        import resource
    except ImportError:  # this system has no limits of this kind; the sandbox's clock remains
        return lambda times: None
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

    def limit_time(times: int) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + times * seconds, hard))

    return limit_time


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
