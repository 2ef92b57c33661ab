"""HTTP for ``kg.graph.remote``: authentication, retries where harmless, replies of bounded size."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from types import TracebackType
from typing import Any, NamedTuple

import httpx

from kg.errors import StoreError

__all__ = ["Reply", "Wire"]

_TRIES = 3
_BUSY = frozenset({502, 503, 504})
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})


class Reply(NamedTuple):
    """A reply that was read to its end; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """A connection, used in a ``with`` block by one thread or several; ``timeout`` in seconds holds for each wait."""

    def __init__(self, timeout: float, user: str = "", password: str = "") -> None:
        # trust_env: a proxy or .netrc of the user's shell must not see the store's traffic
        self._client = httpx.Client(timeout=timeout, auth=_Asked(user, password) if user else None, trust_env=False)

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(self, method: str, url: str, size: int = 1 << 20, **request: Any) -> Reply:
        """One request and its whole reply of at most ``size`` bytes.

        GET, PUT and DELETE are sent again when the connection fails or the
        server is busy; POST never is. Raises StoreError for everything but a
        status of success, and 404 to a DELETE, whose work is done already.
        """
        for turn in range(_TRIES):
            last = turn == _TRIES - 1 or method not in _IDEMPOTENT
            try:
                reply = self._once(method, url, size, request)
            except httpx.TimeoutException:
                raise StoreError(f"{url}: no answer in time; narrow the query or raise the deadline") from None
            except httpx.HTTPError as fault:
                if last:
                    raise StoreError(f"{url}: {fault or type(fault).__name__}; is the server running?") from None
            else:
                if last or reply.status not in _BUSY:
                    return _accepted(method, url, reply)
            time.sleep(0.2 * 2**turn)
        raise StoreError(f"{url}: no reply")

    def _once(self, method: str, url: str, size: int, request: dict[str, Any]) -> Reply:
        body = bytearray()
        with self._client.stream(method, url, **request) as reply:
            for chunk in reply.iter_bytes():
                body += chunk
                if len(body) > size:
                    raise StoreError(f"{url}: more than {size} bytes; add LIMIT to the query or raise the limit")
            return Reply(reply.status_code, {k.lower(): v for k, v in reply.headers.items()}, bytes(body))


def _accepted(method: str, url: str, reply: Reply) -> Reply:
    if reply.status in {401, 403}:
        raise StoreError(f"{url}: refused ({reply.status}); set KG_STORE_USER and KG_STORE_PASSWORD")
    if 200 <= reply.status < 300 or (method, reply.status) == ("DELETE", 404):
        return reply
    words = " ".join(reply.body[:300].decode("utf-8", "replace").split())
    raise StoreError(f"{url}: status {reply.status}: {words or 'no message'}")


class _Asked(httpx.Auth):
    """Basic or digest authentication, as the server's first refusal asks for."""

    def __init__(self, user: str, password: str) -> None:
        self._mine = _Credentials(user, password)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send openly once; from the first challenge on, send with credentials."""
        mine = self._mine
        if not mine.scheme:
            reply = yield request
            asked = reply.headers.get("www-authenticate", "").split(" ")[0].lower()
            if reply.status_code != 401 or asked not in mine.known:
                return
            mine.scheme = asked
        yield from mine.known[mine.scheme].auth_flow(request)


class _Credentials(threading.local):
    """Each thread's own: digest authentication counts its requests."""

    def __init__(self, user: str, password: str) -> None:
        self.known = {"basic": httpx.BasicAuth(user, password), "digest": httpx.DigestAuth(user, password)}
        self.scheme = ""
