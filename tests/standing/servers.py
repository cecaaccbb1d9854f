"""Real servers of this machine, which take e-mails and webhooks."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass
class Hook:
    """A web server: what it got, and how it answers."""

    url: str = ""
    status: int = 204
    seconds: float = 0.0
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_server() -> Iterator[Hook]:
    """Runs a web server on a free port."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.got.append((self.path, dict(self.headers), body))
            end = time.monotonic() + hook.seconds
            while time.monotonic() < end:  # a byte now and then, so that a socket's own timeout never comes
                self.wfile.write(b"H")
                time.sleep(0.1)
            self.send_response(hook.status)
            self.send_header("Location", hook.url)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            pass  # the client went away

    server = Server(("127.0.0.1", 0), Handler)
    hook.url = f"http://127.0.0.1:{server.server_port}/hook?key=secret"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Mailbox:
    """A mail server: its port, the e-mails that it took, and whom it refuses."""

    port: int = 0
    got: list[Any] = field(default_factory=list)
    refused: str = ""

    async def take_receiver(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        """Takes a receiver, unless it is refused."""
        if address == self.refused:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def take_e_mail(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Takes an e-mail."""
        self.got.append(envelope)
        return "250 OK"


@contextmanager
def mail_server(*, password: bytes | None = None) -> Iterator[Mailbox]:
    """Runs a mail server on a free port; with a password, it takes e-mails only of who signs in with it."""
    box = Mailbox()

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: Any, data: Any) -> AuthResult:
        return AuthResult(success=data.password == password, handled=data.password == password)

    more: dict[str, Any] = {"authenticator": check, "auth_require_tls": False} if password else {}
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    vars(box).update(handle_RCPT=box.take_receiver, handle_DATA=box.take_e_mail)  # the names that the server knows
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **more)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
