"""The graph behind a real SPARQL server: Oxigraph's, read-only, with its query page.

A snapshot is served, so builds may go on; a new build is seen after a restart.
The server has no authentication and no encryption: it listens on loopback
unless told otherwise, and ``advice`` says what to put in front of it.
"""

from __future__ import annotations

import html
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from kg.errors import StoreError, UsageError
from kg.files import atomic
from kg.graph import folder
from kg.graph.vocab import PREFIXES
from kg.views import named

__all__ = ["Served", "advice", "running", "serve"]

_PATIENCE = 20.0  # seconds a server may take to open a large store
_LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: its process, address, and the page with the shipped questions."""

    process: subprocess.Popen[bytes]
    url: str
    page: Path


def serve(target: Path, bind: str, say: Callable[[str], None], seconds: int = 30) -> None:
    """Serve until the process is interrupted; ``say`` gets what a person should know.

    ``bind`` is HOST:PORT, ``seconds`` the server's own time limit for a query.
    Raises UsageError when the server is not installed or the address is none,
    StoreError when there is nothing to serve or the address is taken.
    """
    with _orderly(), running(target, bind, seconds) as served:
        for line in advice(served, bind):
            say(line)
        served.process.wait()
    raise StoreError(f"{served.url}: the server has ended by itself (code {served.process.returncode})")


@contextmanager
def running(target: Path, bind: str = "127.0.0.1:7878", seconds: int = 30) -> Iterator[Served]:
    """A server for the length of the block."""
    binary, (host, port) = _binary(), _address(bind)
    _check_free(host.strip("[]"), port)
    with folder.borrowed(folder.locate(target)) as place:
        url = f"http://{host}:{port}"
        page = place.with_name("questions.html")
        with atomic(page) as out:
            out.write(_page(url))
        command = [binary, "serve-read-only", "--location", str(place), "--bind", bind, "--union-default-graph"]
        with place.with_name("server.log").open("wb") as log:
            process = subprocess.Popen([*command, "--timeout-s", str(seconds)], stdout=log, stderr=log)
        try:
            _await(process, host.strip("[]"), port, place.with_name("server.log"))
            yield Served(process, url, page)
        finally:
            process.terminate()
            process.wait()


def _binary() -> str:
    beside = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("oxigraph")
    if not found:
        raise UsageError("the SPARQL server is not installed; install it with: pip install 'kg[serve]'")
    return found


def _address(bind: str) -> tuple[str, int]:
    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 1 << 16:
        raise UsageError(f"{bind!r} is no address; write HOST:PORT, for example 127.0.0.1:7878")
    return host, int(port)


def _check_free(host: str, port: int) -> None:
    """StoreError when something listens there already, which would be taken for our server."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(sys.platform != "win32"))
            probe.bind(place)
    except OSError as fault:
        raise StoreError(f"{host}:{port}: cannot listen there ({fault.strerror}); choose another address") from None


def _await(process: subprocess.Popen[bytes], host: str, port: int, log: Path) -> None:
    """Return when the server takes connections."""
    until = time.monotonic() + _PATIENCE
    place = "127.0.0.1" if host in {"0.0.0.0", "localhost"} else "::1" if host == "::" else host
    while time.monotonic() < until:
        if process.poll() is not None:
            words = log.read_text("utf-8", "replace").strip().rsplit("\n", 1)[-1]
            raise StoreError(f"{host}:{port}: the server did not start ({words}); choose another port")
        try:
            socket.create_connection((place, port), timeout=1).close()
            if process.poll() is None:
                return
        except OSError:
            time.sleep(0.05)
    raise StoreError(f"{host}:{port}: no connection within {_PATIENCE:g} s; look for a firewall")


def advice(served: Served, bind: str) -> Iterator[str]:
    """What a person should know of a server that runs."""
    yield f"SPARQL 查询地址 endpoint: {served.url}/query"
    yield f"查询页面 query page: {served.url}/"
    yield f"内置问题 shipped questions, each a link into the query page: {served.page.as_uri()}"
    yield "前缀 prefixes:"
    yield from (f"  PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    if _address(bind)[0] not in _LOOPBACK:
        yield "注意 WARNING: anyone who can reach this address can read everything. 能访问该地址的人都能读取全部数据。"
    yield "对外开放 for others to use: keep the server on 127.0.0.1 and put a reverse proxy with a password before it,"
    yield "  for example 例如: caddy (Caddyfile)"
    yield "    kg.example.org {"
    yield "      basic_auth {"
    yield "        reader <output of 'caddy hash-password'>"
    yield "      }"
    yield f"      reverse_proxy {bind}"
    yield "    }"
    yield "Ctrl+C 停止 stops the server."


def _page(url: str) -> str:
    """A page of links: each opens a question in the server's query page."""
    head = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    rows = []
    for question in named.questions():
        link = (
            f"{url}/#query={quote(head + chr(10) + question.text, safe='')}&endpoint={quote(url + '/query', safe='')}"
        )
        title = html.escape(question.title)
        rows.append(f'<li><a href="{html.escape(link)}">{html.escape(question.name)}</a> {title}</li>')
    return (
        '<!doctype html>\n<html lang="zh-CN"><meta charset="utf-8"><title>内置问题 Shipped questions</title>\n'
        f"<h1>内置问题 Shipped questions</h1>\n<ul>\n{chr(10).join(rows)}\n</ul>\n</html>\n"
    )


@contextmanager
def _orderly() -> Iterator[None]:
    """End the block on SIGTERM as on Ctrl+C, so that the server ends with us."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
