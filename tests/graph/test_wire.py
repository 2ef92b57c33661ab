"""HTTP: sizes, retries and authentication, against a small server of our own."""

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kg.errors import StoreError
from kg.graph.remote import Remote
from kg.graph.wire import Wire

Behaviour = Callable[[BaseHTTPRequestHandler, int], None]


@contextmanager
def server(behave: Behaviour) -> Iterator[tuple[str, list[str]]]:
    """A server on loopback; ``behave`` gets the request and its number, from 1. Gives address and methods seen."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.append(self.command)
            behave(self, len(seen))

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - the names http.server asks for

        def log_message(self, *args: Any) -> None:
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.server_address[1]}", seen
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between tries no time passes in these tests."""
    monkeypatch.setattr("kg.graph.wire.time.sleep", lambda _seconds: None)


def answer(status: int, body: bytes = b"", length: int | None = None, **headers: str) -> Behaviour:
    def behave(request: BaseHTTPRequestHandler, _number: int) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        request.end_headers()
        request.wfile.write(body)

    return behave


def busy_then_fine(request: BaseHTTPRequestHandler, number: int) -> None:
    answer(503 if number < 3 else 200, b"fine")(request, number)


def rows(count: int) -> bytes:
    bindings = ",".join(f'{{"s": {{"type": "literal", "value": "{n}"}}}}' for n in range(count))
    return f'{{"head": {{"vars": ["s"]}}, "results": {{"bindings": [{bindings}]}}}}'.encode()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_harmless_requests_are_repeated(method: str) -> None:
    with server(busy_then_fine) as (url, seen), Wire(5) as wire:
        assert wire.send(method, url).body == b"fine"
        assert seen == [method] * 3


def test_post_is_never_repeated() -> None:
    with server(busy_then_fine) as (url, seen), Wire(5) as wire:
        with pytest.raises(StoreError, match="status 503"):
            wire.send("POST", url)
        assert seen == ["POST"]


def test_no_server() -> None:
    with server(answer(200)) as (url, _):
        pass
    with Wire(5) as wire, pytest.raises(StoreError, match="is the server running"):
        wire.send("GET", url)


@pytest.mark.parametrize(
    ("behave", "said"),
    [
        (answer(200, b"x" * 2000), "more than 1000 bytes"),
        (answer(200, b"half", length=400), "is the server running"),
        (answer(400, b"bad\nquery"), "status 400: bad query"),
        (answer(404), "status 404: no message"),
        (answer(403), "KG_STORE_USER"),
    ],
)
def test_what_is_not_a_whole_good_reply_is_an_error(behave: Behaviour, said: str) -> None:
    with server(behave) as (url, _), Wire(5) as wire, pytest.raises(StoreError, match=said):
        wire.send("GET", url, 1000)


def test_deleting_what_is_gone_is_fine() -> None:
    with server(answer(404)) as (url, _), Wire(5) as wire:
        assert wire.send("DELETE", url).status == 404


def test_a_slow_server_is_given_up() -> None:
    gate = threading.Event()

    def behave(_request: BaseHTTPRequestHandler, _number: int) -> None:
        gate.wait(10)

    with server(behave) as (url, _), Wire(0.3) as wire:
        with pytest.raises(StoreError, match="no answer in time"):
            wire.send("GET", url)
        gate.set()


def test_basic_authentication_only_when_asked() -> None:
    wanted = "Basic " + base64.b64encode("用户:密码".encode()).decode()
    headers: list[str | None] = []

    def behave(request: BaseHTTPRequestHandler, number: int) -> None:
        headers.append(request.headers.get("Authorization"))
        if headers[-1] == wanted:
            answer(200, b"in")(request, number)
        else:
            answer(401, WWW_Authenticate='Basic realm="x"')(request, number)

    with server(behave) as (url, _), Wire(5, "用户", "密码") as wire:
        assert wire.send("GET", url).body == wire.send("POST", url).body == b"in"
    assert headers == [None, wanted, wanted]
    with server(behave) as (url, _), Wire(5) as wire, pytest.raises(StoreError, match=r"refused \(401\)"):
        wire.send("GET", url)


def test_a_server_that_cut_at_its_limit_is_found_out() -> None:
    full, fewer = (answer(200, rows(n), Content_Type="application/json", X_SPARQL_MaxRows="5") for n in (5, 4))
    with server(full) as (url, _), Remote(url) as remote, pytest.raises(StoreError, match="limit of 5 rows"):
        remote.query("SELECT ?s { ?s ?p ?o }")
    with server(fewer) as (url, _), Remote(url) as remote:
        assert len(list(remote.query("SELECT ?s { ?s ?p ?o }").rows)) == 4


def test_an_upload_that_did_not_arrive_is_found_out() -> None:
    count = b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "1"}}]}}'
    with (
        server(answer(200, count, Content_Type="application/sparql-results+json")) as (url, seen),
        Remote(url) as remote,
    ):
        with pytest.raises(StoreError, match="holds 1 triples after an upload of 2"):
            remote.put("urn:g", ["<urn:a> <urn:p> <urn:o> <urn:g> .", "<urn:b> <urn:p> <urn:o> <urn:g> ."])
        assert seen == ["PUT", "GET"]


def test_a_download_that_is_not_whole_is_found_out() -> None:
    def behave(request: BaseHTTPRequestHandler, number: int) -> None:
        if number == 1:
            answer(200, b"<urn:a> <urn:p> <urn:o> .\n", Content_Type="application/n-triples")(request, number)
        else:
            count = rows(1).replace(b'"0"', b'"2"')
            answer(200, count, Content_Type="application/sparql-results+json")(request, number)

    with server(behave) as (url, _), Remote(url) as remote, pytest.raises(StoreError, match="1 of 2 triples"):
        remote.graph_lines("urn:g")
