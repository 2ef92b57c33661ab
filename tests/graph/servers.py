"""SPARQL servers on loopback for the tests: each a context manager that gives the address."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

__all__ = ["OXIGRAPH", "VIRTUOSO", "oxigraph", "virtuoso"]

VIRTUOSO = shutil.which("virtuoso-t")
OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
_CONFIG = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 60
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
MaxClientConnections = 10
ServerThreads = 10
Charset = UTF-8

[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], probe: str, folder: Path, patience: float) -> Iterator[None]:
    with (folder / "server.out").open("wb") as out:
        server = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
        try:
            until = time.monotonic() + patience
            while True:
                try:
                    httpx.get(probe, timeout=2, trust_env=False)
                    break
                except httpx.HTTPError:
                    assert server.poll() is None and time.monotonic() < until, (folder / "server.out").read_text()
                    time.sleep(0.05)
            yield
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """An empty Oxigraph server with the union of all graphs as default graph."""
    assert OXIGRAPH
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [OXIGRAPH, "serve", "--location", "db", "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with _running(command, f"http://127.0.0.1:{port}/query", folder, 20):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def virtuoso(folder: Path, rows: int = 1_000_000) -> Iterator[str]:
    """An empty Virtuoso with its packaged password; ``rows`` is ResultSetMaxRows."""
    assert VIRTUOSO
    folder.mkdir(parents=True, exist_ok=True)
    http = free_port()
    text = _CONFIG.format(folder=folder, sql=free_port(), http=http, rows=rows)
    (folder / "virtuoso.ini").write_text(text, "utf-8")
    command = [VIRTUOSO, "-f", "+configfile", "virtuoso.ini"]
    with _running(command, f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D", folder, 120):
        yield f"http://127.0.0.1:{http}/sparql"
