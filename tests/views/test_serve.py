"""The SPARQL server, asked by clients of other projects."""

import html
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import urlopen

import pytest
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper

import kg
from kg.errors import StoreError, UsageError
from kg.graph.store import open_writer
from kg.views import named, query, serve
from tests.graph import servers
from tests.graph.sample import A, make_store

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not servers.OXIGRAPH, reason="the oxigraph server is not installed"),
]

MEMBER = "https://w3id.org/hgkg/org/330481-机构%20一"  # Chinese raw, a space percent-encoded, as the graph has it
ASKED = f"SELECT ?o {{ <{MEMBER}> <https://w3id.org/hgkg/ontology#memberOf> ?o }}"
ROOT = Path(kg.__file__).parent.parent
SERVING = """
import sys
from pathlib import Path
from kg.views.serve import serve
serve(Path(sys.argv[1]), sys.argv[2], lambda line: print(line, flush=True))
"""
ANSWER = "https://w3id.org/hgkg/org/330481-江滨市医共体"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("serve") / "store")


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[serve.Served]:
    with serve.running(store, f"127.0.0.1:{servers.free_port()}") as server:
        yield server


@pytest.mark.parametrize(
    ("method", "how"), [("GET", URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)], ids=["get", "form", "direct"]
)
def test_sparqlwrapper(served: serve.Served, method: str, how: str) -> None:
    client = SPARQLWrapper(served.url + "/query")
    client.setQuery(ASKED)
    client.setReturnFormat(JSON)
    client.setMethod(method)
    client.setRequestMethod(how)
    found: Any = client.queryAndConvert()
    assert [row["o"]["value"] for row in found["results"]["bindings"]] == [ANSWER]


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
@pytest.mark.parametrize(
    "arguments",
    [
        ["-G", "--data-urlencode", f"query={ASKED}"],
        ["--data-urlencode", f"query={ASKED}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", ASKED],
        ["--data-raw", f"query={quote(ASKED)}"],
    ],
    ids=["get", "form", "direct", "encoded by hand"],
)
def test_curl(served: serve.Served, arguments: list[str]) -> None:
    command = ["curl", "-sS", "--noproxy", "*", "-H", "Accept: application/sparql-results+json", *arguments]
    done = subprocess.run([*command, served.url + "/query"], capture_output=True, check=True)
    assert [row["o"]["value"] for row in json.loads(done.stdout)["results"]["bindings"]] == [ANSWER]


def test_kg_query_asks_it_too(served: serve.Served, store: Path) -> None:
    assert query.run(served.url, "reports") == query.run(store, "reports")


def test_it_cannot_be_written(served: serve.Served) -> None:
    client = SPARQLWrapper(served.url + "/update")
    client.setQuery("DROP ALL")
    client.setMethod(POST)
    with pytest.raises(Exception, match=r"403|404|405"):
        client.query()
    assert query.run(served.url, "ASK { ?s ?p ?o }").rows == (("true",),)


def test_the_query_page_and_the_questions(served: serve.Served) -> None:
    with urlopen(served.url + "/") as page:
        assert b"yasgui" in page.read().lower()
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', served.page.read_text("utf-8"))]
    assert len(links) == len(named.questions())
    for link, question in zip(links, named.questions(), strict=True):
        fields = parse_qs(urlsplit(link).fragment)
        assert fields["endpoint"] == [served.url + "/query"] and fields["query"][0].endswith(
            question.text.rstrip("\n") + "\n"
        )


@pytest.mark.parametrize("question", [q.name for q in named.questions() if not q.parameters])
def test_the_questions_of_the_page_run_as_they_stand(served: serve.Served, store: Path, question: str) -> None:
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', served.page.read_text("utf-8"))]
    at = [q.name for q in named.questions()].index(question)
    client = SPARQLWrapper(served.url + "/query")
    client.setQuery(parse_qs(urlsplit(links[at]).fragment)["query"][0])
    client.setReturnFormat(JSON)
    found: Any = client.queryAndConvert()
    assert len(found["results"]["bindings"]) == len(query.run(store, question).rows)


def test_builds_go_on_while_it_serves(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    with serve.running(tmp_path, f"127.0.0.1:{servers.free_port()}") as served:
        with open_writer(store) as writer:
            for _ in range(3):
                writer.remove(A)
                writer.publish()
        assert len(query.run(served.url, "reports").rows) == 2
    assert len(query.run(store, "reports").rows) == 1
    assert not list(store.glob("serving-*"))


def test_advice(served: serve.Served) -> None:
    quiet, loud = ("\n".join(serve.advice(served, bind)) for bind in ("127.0.0.1:7878", "0.0.0.0:7878"))
    for part in (served.url + "/query", "PREFIX hg:", "questions.html", "reverse_proxy", "basic_auth"):
        assert part in quiet
    assert "WARNING" in loud and "WARNING" not in quiet


def test_an_address_that_is_taken(served: serve.Served, store: Path) -> None:
    bind = served.url.removeprefix("http://")
    with pytest.raises(StoreError, match="choose another address"), serve.running(store, bind):
        pass


@pytest.mark.parametrize("bind", ["7878", "localhost", "127.0.0.1:http", "127.0.0.1:99999"])
def test_no_address(store: Path, bind: str) -> None:
    with pytest.raises(UsageError, match="write HOST:PORT"), serve.running(store, bind):
        pass


def test_a_missing_server_is_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_args, **_named: None)
    with pytest.raises(UsageError, match=r"pip install 'kg\[serve\]'"), serve.running(store):
        pass


def test_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"), serve.running(tmp_path, f"127.0.0.1:{servers.free_port()}"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_with_us(store: Path, sign: signal.Signals) -> None:
    bind = f"127.0.0.1:{servers.free_port()}"
    command = [sys.executable, "-c", SERVING, str(store), bind]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout and "endpoint" in run.stdout.readline()
        run.send_signal(sign)
        try:
            run.communicate(timeout=10)
        finally:
            run.kill()
    time.sleep(0.05)
    with pytest.raises(OSError, match="refused"):
        urlopen(f"http://{bind}/", timeout=1)
