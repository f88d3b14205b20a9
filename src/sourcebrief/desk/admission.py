"""Admission: only a browser of this machine that was given the token comes in.

Another site can make a browser ask a server of this machine, by a link, a form, or a name that it
lets point here (DNS rebinding). The Host and the Origin say which name the browser knows us by, and
a cookie that is SameSite=Strict does not travel with what another site has made it ask.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = "127.0.0.1"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The Content Security Policy (W3C CSP 3) of all that does not bring a stricter one."""
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SAFE: Final = frozenset({"GET", "HEAD"})
_OURS: Final = frozenset({None, "same-origin", "none"})


@dataclass(frozen=True, slots=True)
class Keys:
    """What lets a browser in: the token of the printed address, and one that opens once.

    The second is for the browser that the command opens, whose address other users of the machine
    can see among the processes. `cookie` is what the browser then holds.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    once: list[str] = field(default_factory=lambda: [secrets.token_urlsafe(32)])

    def opens(self, token: str) -> bool:
        """Whether a token lets a browser in; one that opens once then no longer does."""
        if secrets.compare_digest(token.encode(), self.token.encode()):
            return True
        for known in self.once:
            if secrets.compare_digest(token.encode(), known.encode()):
                self.once.remove(known)
                return True
        return False


class Admission:
    """The application behind its checks; every answer bears the headers that keep it here."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int) -> None:
        self._app = app
        self._keys = keys
        self._host = f"{LOOPBACK}:{port}"
        # Ports share their cookies, so that two desks need two names.
        self._cookie = f"sourcebrief-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no other protocol is spoken here
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(Request(scope)) or self._app
        await answer(scope, receive, send_guarded)

    def _refusal(self, request: Request) -> Response | None:
        """Why a request is not let in, or the way in for one that brings a token."""
        headers: Mapping[str, str] = request.headers
        if headers.get("host") != self._host:
            return _no("This server answers only to its own address.")
        origin = headers.get("origin")
        if origin not in (None, f"http://{self._host}"):
            return _no("Another site may not ask this server.")
        if request.method not in _SAFE and origin is None:
            return _no("What writes must come from the desk's own page.")
        token = request.query_params.get("token")
        if request.method == "GET" and request.url.path == "/" and token is not None:
            return self._enter(token)
        if headers.get("sec-fetch-site") not in _OURS:
            return _no("Another site may not ask this server.")
        held = request.cookies.get(self._cookie, "")
        if not secrets.compare_digest(held.encode(), self._keys.cookie.encode()):
            return _no("Open the address that `sourcebrief serve` has printed.")
        return None

    def _enter(self, token: str) -> Response:
        if not self._keys.opens(token):
            return _no("This address is spent. Open the one that `sourcebrief serve` has printed.")
        # A redirect, so that the token stays out of the browser's history.
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(
            self._cookie, self._keys.cookie, httponly=True, samesite="strict", path="/"
        )
        return answer


def _no(words: str) -> Response:
    return PlainTextResponse(f"{words}\n", status_code=403)
