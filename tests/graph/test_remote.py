"""Real servers on loopback: Oxigraph's and, where it is installed, Virtuoso."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from kg.errors import StoreError
from kg.files import package_path
from kg.graph.iris import CATALOGUE, REFERENCE, report_iri
from kg.graph.remote import Endpoint, Remote
from kg.graph.store import open_reader
from kg.pipeline import Options, build
from kg.views import named, query
from kg.views.limits import Limits
from tests.graph import servers
from tests.graph.sample import A, B, lines, make_store
from tests.views.test_query import ANSWERS, CROSS

pytestmark = pytest.mark.server

# Questions that Virtuoso cannot translate, or answers wrongly; docs/virtuoso.md says why.
UNABLE = {"recur/together"}


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    start, binary = getattr(servers, request.param), getattr(servers, request.param.upper())
    if not binary:
        pytest.skip(f"{request.param} is not installed")
    folder = tmp_path_factory.mktemp(request.param)
    with mock.patch.dict(os.environ, {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "dba"}), start(folder) as address:
        yield address


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("local") / "store")


@pytest.fixture
def remote(url: str) -> Iterator[Remote]:
    with Remote(url) as server:
        server.upload(lines())
        yield server


def of(key: str) -> list[str]:
    return [line for line in lines() if line.endswith(f" <{report_iri(key)}> .")]


def catalogue(key: str) -> list[str]:
    return [line for line in lines() if line.startswith(f"<{report_iri(key)}> ") and f"<{CATALOGUE}>" in line]


def test_what_was_uploaded_comes_back_byte_for_byte(remote: Remote) -> None:
    assert remote.graphs() == [REFERENCE, CATALOGUE, report_iri(A), report_iri(B)]
    assert list(remote.lines()) == lines()


def test_uploading_again_changes_nothing(remote: Remote) -> None:
    told: list[tuple[str, int]] = []
    assert remote.upload(lines(), lambda graph, count: told.append((graph, count))) == len(lines())
    assert told[-1] == (report_iri(B), len(of(B)))
    assert list(remote.lines()) == lines()


def test_a_server_can_be_made_to_hold_no_more_than_was_sent(remote: Remote) -> None:
    fewer = [line for line in lines() if not line.endswith(f" <{report_iri(A)}> .")]
    remote.upload(fewer)
    assert report_iri(A) in remote.graphs()
    remote.upload(fewer, prune=True)
    assert list(remote.lines()) == fewer


def test_one_report_is_replaced_and_forgotten(remote: Remote) -> None:
    remote.replace(B, of(B)[:5], catalogue(B)[:2])
    assert remote.count(report_iri(B)) == 5
    assert remote.graph_lines(CATALOGUE) == sorted(catalogue(A) + catalogue(B)[:2])
    remote.forget(B)
    remote.forget(B)
    assert remote.graphs() == [REFERENCE, CATALOGUE, report_iri(A)]
    assert remote.graph_lines(CATALOGUE) == catalogue(A)


def test_chinese_graph_names(remote: Remote) -> None:
    name = report_iri("海宁 2024-aaaaaa")
    remote.put(name, [f"<{name}> <urn:p> <urn:值> <{name}> ."])
    assert remote.graph_lines(name) == [f"<{name}> <urn:p> <urn:值> <{name}> ."]
    remote.remove(name)
    assert remote.count(name) == 0


@pytest.mark.parametrize("name", [question.name for question in named.questions()])
@pytest.mark.usefixtures("remote")
def test_questions_have_the_same_answers_everywhere(url: str, local: Path, name: str) -> None:
    if url.endswith("/sparql") and name in UNABLE:
        pytest.skip("a known deviation of Virtuoso")
    values = next((given for known, given, *_ in ANSWERS if known == name), {})
    if any(p.default is None and p.name not in values for p in named.find(name).parameters):
        pytest.skip("its parameters have no values for the sample; tested with its own data")
    here, there = query.run(local, name, values), query.run(url, name, values)
    assert (here.columns, sorted(map(str, here.rows))) == (there.columns, sorted(map(str, there.rows)))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports, built."""
    folder = tmp_path_factory.mktemp("built")
    build([str(package_path("seeds") / "reports")], folder, Options(workers=1))
    return folder


@pytest.mark.parametrize("engine", ["oxigraph", "virtuoso"])
def test_competency_questions_on_the_sample_reports(engine: str, built: Path, tmp_path: Path) -> None:
    """The store, Oxigraph's server and Virtuoso hold the same graph and give the same rows."""
    if not getattr(servers, engine.upper()):
        pytest.skip(f"{engine} is not installed")
    environment = {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "dba"}
    asked = [question for question in named.questions() if question.name.startswith("competency/")]
    with (
        mock.patch.dict(os.environ, environment),
        getattr(servers, engine)(tmp_path) as address,
        Remote(address) as server,
        open_reader(built) as store,
    ):
        server.upload(store.lines())
        assert list(server.lines()) == list(store.lines())
        here = {question.name: sorted(map(str, store.query(question.text).rows)) for question in asked}
        there = {question.name: sorted(map(str, server.query(question.text).rows)) for question in asked}
    assert len(here) >= 25 and sum(map(len, here.values())) > 100
    assert there == here


def test_long_queries_are_posted(remote: Remote) -> None:
    padding = " ".join(f"<urn:{n}>" for n in range(400))
    found = remote.query(f"SELECT ?s {{ VALUES ?s {{ {padding} <{report_iri(A)}> }} ?s a hg:Report }}")
    assert list(found.rows) == [(f"<{report_iri(A)}>",)]


def test_all_kinds_of_answers(remote: Remote) -> None:
    assert list(remote.query("ASK { ?r a hg:Report }").rows) == [("true",)]
    built = remote.query("# SELECT <CONSTRUCT>\nCONSTRUCT { ?r a hg:Report } WHERE { ?r a hg:Report }")
    assert built.kind == "graph" and sorted(row[0] or "" for row in built.rows) == [
        f"<{report_iri(A)}>", f"<{report_iri(B)}>"
    ]  # fmt: skip


def test_a_wrong_query_is_told(url: str) -> None:
    with pytest.raises(StoreError, match="status 400"):
        query.run(url, "SELECT nonsense { ?s ?p ?o }")


@pytest.mark.usefixtures("remote")
@pytest.mark.parametrize(
    ("limits", "said"), [(Limits(rows=3), "more than 3 rows"), (Limits(size=300), "more than 300 bytes")]
)
def test_limits_hold_for_servers_too(url: str, limits: Limits, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        query.run(url, "SELECT ?s { ?s a hg:Claim }", limits=limits)
    assert len(query.run(url, "SELECT ?s { ?s a hg:Claim }").rows) == 10


@pytest.mark.usefixtures("remote")
def test_the_deadline_holds_for_servers_too(url: str) -> None:
    with pytest.raises(StoreError, match=r"no answer within|no answer in time|status"):
        query.run(url, CROSS, limits=Limits(seconds=0.7))


@pytest.mark.skipif(not servers.VIRTUOSO, reason="Virtuoso is not installed")
def test_virtuoso_limits_and_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    with servers.virtuoso(tmp_path, rows=20) as address:
        with Remote(address) as server:
            server.put(report_iri(A), of(A))
            with pytest.raises(StoreError, match="limit of 20 rows"):
                server.query(f"SELECT ?s {{ GRAPH <{report_iri(A)}> {{ ?s ?p ?o }} }}")
            with pytest.raises(StoreError, match=f"of {len(of(A))} triples"):
                server.graph_lines(report_iri(A))
            xsd, end = "http://www.w3.org/2001/XMLSchema#", "<urn:g> ."
            with pytest.raises(StoreError, match="holds 1 triples after an upload of 2"):
                one = f'<urn:a> <urn:p> "1"^^<{xsd}integer> {end}'
                server.put("urn:g", [one, one.replace('"1"', '"true"').replace("integer", "boolean")])
        monkeypatch.setenv("KG_STORE_PASSWORD", "wrong")
        with Remote(address) as server, pytest.raises(StoreError, match=r"refused \(401\)"):
            server.put(report_iri(A), of(A))


@pytest.mark.parametrize(
    ("given", "environment", "expected"),
    [
        ("http://h:1", {}, ("http://h:1/query", "http://h:1/update", "http://h:1/store")),
        ("http://h:1/query", {}, ("http://h:1/query", "http://h:1/update", "http://h:1/store")),
        ("http://h/sparql/", {}, ("http://h/sparql", "http://h/sparql-auth", "http://h/sparql-graph-crud-auth")),
        ("http://h/ds", {"KG_STORE_GRAPH_URL": "http://h/ds/data"}, ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data")),
    ],
)  # fmt: skip
def test_addresses(given: str, environment: dict[str, str], expected: tuple[str, str, str]) -> None:
    assert Endpoint.of(given, environment) == Endpoint(*expected)


def test_many_graphs_travel_at_once_and_are_told_in_order(url: str) -> None:
    names = [report_iri(f"r-{n:03}") for n in range(60)]
    sent = [f"<urn:s:{k}> <urn:p> <urn:o> <{name}> ." for name in names for k in range(9)]
    told: list[tuple[str, int]] = []
    with Remote(url) as remote:
        assert remote.upload(sent, lambda graph, count: told.append((graph, count)), prune=True) == len(sent)
        assert told == [(name, 9) for name in names]
        assert list(remote.lines()) == sent


@pytest.mark.parametrize(("fault", "tries"), [("status 500: Error 40001", 3), ("status 500: disk full", 1)])
def test_only_a_rolled_back_upload_is_sent_again(monkeypatch: pytest.MonkeyPatch, fault: str, tries: int) -> None:
    """Virtuoso ends one of two writers that wait for each other; nothing of it is written."""
    sent: list[str] = []

    def put(_remote: Remote, graph: str, lines: Iterable[str]) -> int:
        sent.append(graph)
        if len(sent) < 3:
            raise StoreError(fault)
        return len(list(lines))

    monkeypatch.setattr(Remote, "put", put)
    with Remote("http://127.0.0.1:9/sparql") as server:
        if tries == 1:
            with pytest.raises(StoreError, match="disk full"):
                server.upload(["<urn:s> <urn:p> <urn:o> <urn:g> ."])
        else:
            assert server.upload(["<urn:s> <urn:p> <urn:o> <urn:g> ."]) == 1
    assert sent == ["urn:g"] * tries
