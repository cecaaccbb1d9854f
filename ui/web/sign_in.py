"""Lets only people with an account in: by a session in the browser, or by HTTP basic authentication in a program.

The password is sent as it is, so an untrusted network needs a proxy with TLS in front of the page.
"""

from __future__ import annotations

import base64
import binascii
import html
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from rag_ui.language.strings import Strings
from rag_ui.web.accounts import Account, Accounts
from rag_ui.web.plain_page import plain_page, wants_page
from rag_ui.web.rate import RateLimit
from rag_ui.web.sessions import SECONDS, Sessions

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Receive, Scope, Send

GUESSES, PER_SECOND = 10, 0.1
"""Wrong passwords that one address may send at once, and per second after that. The same holds for each user."""
SIGN_IN, SIGN_OUT = "/login", "/logout"
"""The paths of signing in and out."""
ACCOUNT = "rag_ui.account"
"""The key of a request's scope under which its account is found."""
_MOST = 10_000
"""Most bytes of a sign-in."""
_AT_ONCE = 2
"""Passwords that are checked at the same time. Each takes a processor for 50 ms."""

_FORM = """{problem}<form method="post" action="login">
<label>{user}<input name="user" autocomplete="username" required autofocus></label>
<label>{password}<input name="password" type="password" autocomplete="current-password" required></label>
<button>{sign_in}</button></form>
<script>document.forms[0].action += location.hash;</script>"""
"""The form for signing in. A link to an answer keeps what stands behind its `#`."""


class SignIn:
    """ASGI middleware that lets accounts in and keeps their sessions.

    Args:
        app: What answers the requests of people who signed in.
        accounts: The accounts.
        strings: The language.
        cookie: The name of the session's cookie. Pages on other ports of this machine need another.
    """

    def __init__(self, app: ASGIApp, accounts: Accounts, strings: Strings, cookie: str) -> None:
        self._app = app
        self._accounts = accounts
        self._words = strings.words
        self._cookie = cookie
        self._sessions = Sessions()
        self._of_address = RateLimit(GUESSES, PER_SECOND)
        self._of_user = RateLimit(GUESSES, PER_SECOND)
        self._checks = anyio.CapacityLimiter(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or asks for an account."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if scope["path"] in (SIGN_IN, SIGN_OUT) and scope["method"] == "POST":
            answer = await (self._sign_in(request) if scope["path"] == SIGN_IN else self._sign_out(request))
            await answer(scope, receive, send)
            return
        account: Account | Response | None = self._of_session(request)
        if account is None:
            account = await self._of_program(request)
        if isinstance(account, Account) and scope["path"] not in (SIGN_IN, SIGN_OUT):
            await self._app({**scope, ACCOUNT: account}, receive, send)
            return
        answer = RedirectResponse("./", 303) if isinstance(account, Account) else account or self._ask(request)
        await answer(scope, receive, send)

    async def _sign_in(self, request: Request) -> Response:
        fields = await _form(request)
        name, password = fields.get("user", "").strip(), fields.get("password", "")
        account = await self._check(request, name, password)
        if not isinstance(account, Account):
            spent = isinstance(account, Response)
            return self._form(request, self._words.too_many_tries if spent else self._words.wrong_password, spent)
        answer = RedirectResponse("./", 303)
        answer.set_cookie(
            self._cookie,
            self._sessions.begin(account),
            max_age=int(SECONDS),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer

    async def _sign_out(self, request: Request) -> Response:
        self._sessions.end(request.cookies.get(self._cookie, ""))
        answer = RedirectResponse("./", 303)
        answer.delete_cookie(self._cookie, httponly=True, samesite="lax", secure=request.url.scheme == "https")
        return answer

    def _of_session(self, request: Request) -> Account | None:
        """The account of a session, if nothing about it changed since."""
        account = self._sessions.account(request.cookies.get(self._cookie, ""))
        return account if account is not None and self._accounts.of(account.name) == account else None

    async def _of_program(self, request: Request) -> Account | Response | None:
        """The account of a request with basic authentication, or the answer to too many wrong passwords."""
        given = read_basic(request.headers)
        return None if given is None else await self._check(request, *given)

    async def _check(self, request: Request, name: str, password: str) -> Account | Response | None:
        address = request.client.host if request.client else ""
        if self._of_address.is_spent(address) or self._of_user.is_spent(name):
            return PlainTextResponse(self._words.too_many_tries, 429)
        account = await anyio.to_thread.run_sync(self._accounts.check, name, password, limiter=self._checks)
        if account is None:
            self._of_address.admits(address)
            self._of_user.admits(name)
        return account

    def _ask(self, request: Request) -> Response:
        if wants_page(request.method, request.headers):
            return self._form(request, "")
        challenge = {"WWW-Authenticate": 'Basic realm="archive", charset="UTF-8"'}
        return PlainTextResponse(self._words.password_needed, 401, challenge)

    def _form(self, request: Request, problem: str, spent: bool = False) -> Response:
        words = self._words
        form = _FORM.format(
            problem=f'<p role="alert">{html.escape(problem)}</p>' if problem else "",
            user=html.escape(words.user_name),
            password=html.escape(words.password),
            sign_in=html.escape(words.sign_in),
        )
        return plain_page(form, 429 if spent else 401, words)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a sent form, the first value of each; none if it is too long or cut off."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > _MOST:
                return {}
    except ClientDisconnect:
        return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def account_of(request: gr.Request) -> Account | None:
    """Returns who sent the request of an event; None if the page has no accounts."""
    found: Account | None = request.request.scope.get(ACCOUNT)
    return found


def may_edit(request: gr.Request) -> bool:
    """Whether the request of an event may add and remove articles. Without accounts, everybody may."""
    account = account_of(request)
    return account is None or account.is_editor


def read_basic(headers: Headers) -> tuple[str, str] | None:
    """Reads name and password of basic authentication; None if the request has none."""
    scheme, _, encoded = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password
