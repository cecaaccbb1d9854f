"""Listens on a port and serves an application in a thread, with the limits of `connections`."""

from __future__ import annotations

import contextlib
import errno
import logging
import socket
import threading
import time
import webbrowser
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from rag.core.errors import RagError
from rag_ui.language.strings import Strings
from rag_ui.web.connections import IDLE_SECONDS, LimitedProtocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp

LOOPBACK = frozenset({"127.0.0.1", "localhost"})

PORTS = 20
"""Ports that are tried, from the first one on, if none was asked for."""

_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
"""Seconds to wait for the server's start and for its end."""


@dataclass(frozen=True, slots=True)
class Running:
    """An application that is being served."""

    url: str
    server: uvicorn.Server
    thread: threading.Thread

    def wait(self, open_browser: bool = False) -> None:
        """Serves until it is interrupted."""
        if open_browser:
            webbrowser.open(self.url)
        with contextlib.suppress(KeyboardInterrupt):
            while self.thread.is_alive():
                time.sleep(0.5)
        self.close()

    def close(self) -> None:
        """Stops serving."""
        self.server.should_exit = True
        self.thread.join(_STOP_SECONDS)


def run(app: ASGIApp, listening: socket.socket, host: str, root_path: str, strings: Strings) -> Running:
    """Serves an application in a thread, and returns when it has started.

    Args:
        app: The application.
        listening: The socket, as `listen` returns it.
        host: The address that was asked for. It is shown in the address of the application.
        root_path: The path under which a proxy serves the application; empty for none.
        strings: The language of errors.

    Raises:
        RagError: If it does not start.
    """
    # A request that is not HTTP is a client's fault, and worth no line in the log.
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=LimitedProtocol,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(target=server.run, args=([listening],), name="page", daemon=True)
    thread.start()
    _wait_until_started(server, thread, strings)
    shown = "localhost" if host in ("0.0.0.0", "::") else host
    port = listening.getsockname()[1]
    return Running(f"http://{f'[{shown}]' if ':' in shown else shown}:{port}{root_path}/", server, thread)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread, strings: Strings) -> None:
    end = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > end:
            raise RagError(strings.words.not_started)
        time.sleep(0.01)


def listen(host: str, port: int | None, first: int, strings: Strings) -> socket.socket:
    """Listens on the port that was asked for, else on the first free one.

    Args:
        host: The address.
        port: The port; None for the first free one, 0 for any.
        first: The first port that is tried if none was asked for.
        strings: The language of errors.

    Raises:
        RagError: If the address or the port can't be used.
    """
    begin = first if port is None else port
    last = begin + PORTS - 1 if port is None else begin
    for number in range(begin, last + 1):
        try:
            return _bound(host, number)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
                raise RagError(strings.words.no_such_address.format(host=host)) from error
            if error.errno == errno.EACCES:
                raise RagError(strings.words.port_forbidden.format(port=number)) from error
    if port is not None:
        raise RagError(strings.words.port_in_use.format(port=port))
    raise RagError(strings.words.ports_in_use.format(first=begin, last=last))


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(256)
    except OSError:
        listening.close()
        raise
    return listening
