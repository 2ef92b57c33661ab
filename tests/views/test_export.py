"""Exports, each read back by the tool that people use for it."""

import csv
import io
import json
import re
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

from kg.errors import StoreError, UsageError
from kg.graph.iris import report_iri
from kg.graph.store import open_writer
from kg.views.export import FORMATS, export
from tests.graph import servers
from tests.graph.sample import ALLIANCE, CITY, FIRST, HOSTILE, THIRD, UNIVERSITY, A, B, lines, make_store

SHOWN = HOSTILE.replace("\x0b", "\ufffd").replace("\x00", "\ufffd")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("export") / "store")


def table(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as rows:
        return list(csv.DictReader(rows))


def quads(path: Path, form: str) -> set[tuple[str, ...]]:
    """What rdflib reads."""
    data = Dataset(default_union=False).parse(path, format=form)
    return {(s.n3(), p.n3(), o.n3(), str(g)) for s, p, o, g in data.quads()}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, ...]]:
    path = tmp_path_factory.mktemp("original") / "graph.nq"
    path.write_text("".join(f"{line}\n" for line in lines()), "utf-8")
    return quads(path, "nquads")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own parsers use its old names
@pytest.mark.parametrize(("form", "reader"), [("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_reads_every_quad(
    store: Path, tmp_path: Path, original: set[tuple[str, ...]], form: str, reader: str
) -> None:
    assert len(original) == len(lines())
    (path, *_) = export(store, form, tmp_path / f"x.{form}").files
    assert quads(path, reader) == original


def test_turtle_of_the_whole_is_every_triple(store: Path, tmp_path: Path, original: set[tuple[str, ...]]) -> None:
    (path,) = export(store, "turtle", tmp_path).files
    assert path == tmp_path / "graph.ttl"
    triples = {(s.n3(), p.n3(), o.n3()) for s, p, o in Graph().parse(path)}
    assert triples == {quad[:3] for quad in original}


def test_nquads_are_the_build(store: Path, tmp_path: Path) -> None:
    (path,) = export(store, "nq", tmp_path / "g.nq").files
    assert path.read_text("utf-8").split("\n")[:-1] == lines()


def test_turtle_by_report(store: Path, tmp_path: Path) -> None:
    files = export(store, "turtle-reports", tmp_path).files
    assert [path.name for path in files] == [f"{A}.ttl", f"{B}.ttl"]
    for path, key in zip(files, (A, B), strict=True):
        one = export(store, "turtle", tmp_path / "one.ttl", report=key).files[0]
        assert one.read_bytes() == path.read_bytes()
        assert len(Graph().parse(path)) == sum(line.endswith(f"<{report_iri(key)}> .") for line in lines())


def test_the_context_of_jsonld_stands_beside_it_and_in_it(store: Path, tmp_path: Path) -> None:
    done = export(store, "jsonld", tmp_path)
    document, context = (json.loads(path.read_text("utf-8")) for path in done.files)
    assert done.files[1].name == "context.jsonld"
    assert document["@context"] == context["@context"] and "hg" in context["@context"]


def test_csv_tables(store: Path, tmp_path: Path) -> None:
    files = export(store, "csv", tmp_path).files
    assert [path.stem for path in files] == ["reports", "entities", "claims", "observations", "evidence"]
    reports, entities, claims, observations, evidence = map(table, files)
    assert [(row["report"], row["jurisdiction_name"], row["year"]) for row in reports] == [
        (f"report/{A}", "江滨市", "2024"), (f"report/{B}", "河口县", "2024")
    ]  # fmt: skip
    assert len({row["entity"] for row in entities}) == len(entities) == 10
    university = next(row for row in entities if row["entity"] == UNIVERSITY)
    assert (university["type"], university["aliases"]) == ("AcademicInstitution", "华东大|华大")
    first = next(row for row in claims if row["predicate"] == "partnersWith")
    assert (first["subject"], first["subject_name"], first["object_name"]) == (FIRST, "江滨市第一人民医院", "华东大学")
    assert (first["kind"], first["status"], first["start"], first["end"]) == ("agreement", "Realised", "100", "115")
    assert len(claims) == 10 and {row["status"] for row in claims} == {"Realised", "Planned"}
    assert [(row["metric_text"], row["value"], row["value_text"]) for row in observations] == [
        ("基层就诊率", "71.48", "71.480%"), ("基层就诊率", "65", "65%")
    ]  # fmt: skip
    assert {(row["start"], row["text"]) for row in evidence} >= {(first["start"], first["evidence"])}


def test_csv_is_safe_to_open(store: Path, tmp_path: Path) -> None:
    export(store, "csv", tmp_path)
    hostile = next(row for row in table(tmp_path / "entities.csv") if row["entity"] == THIRD)
    assert (hostile["name"], hostile["aliases"]) == ("'" + SHOWN, "+1"), "a number is no formula"
    for path in tmp_path.glob("*.csv"):
        cells = [cell for row in table(path) for cell in row.values()]
        assert not any(cell.startswith(("=", "@", "\t", "\r")) or re.match(r"[-+](?!\d+$)", cell) for cell in cells)
        assert "\x00" not in path.read_text("utf-8")


@pytest.mark.parametrize(("form", "reader"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_are_read_by_networkx(store: Path, tmp_path: Path, form: str, reader: object) -> None:
    (path,) = export(store, form, tmp_path / f"n.{form}").files
    network = reader(path)  # type: ignore[operator]
    assert network.is_directed() and network.number_of_edges() == 10
    assert network.nodes[THIRD]["label"] == SHOWN and network.nodes[FIRST]["place"] == "江滨市"
    assert set(network.nodes) == {end for edge in network.edges() for end in edge} and "region/330400" not in network
    (edge,) = [data for _, _, data in network.edges(THIRD, data=True)]
    assert (edge["relation"], edge["status"], edge["year"]) == ("memberOf", "Realised", 2024)
    assert edge["evidence"] == f"成员单位{SHOWN}加入。"
    both = [data["status"] for _, _, data in network.edges("region/330482", data=True)]
    assert sorted(both) == ["Planned", "Realised", "Realised"]


def test_neo4j_files_fit_together(store: Path, tmp_path: Path) -> None:
    done = export(store, "neo4j", tmp_path)
    rows = {path.stem: list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))) for path in done.files}
    ids = [row["id:ID"] for name in ("entities", "reports") for row in rows[name]]
    assert len(ids) == len(set(ids))
    for name in ("claims", "mentions"):
        assert {row[end] for row in rows[name] for end in (":START_ID", ":END_ID")} <= set(ids)
    assert {row[":TYPE"] for row in rows["claims"]} == {
        "PARTNERS_WITH", "IMPLEMENTS", "IMPLEMENTS_PLANNED", "LEADS", "MEMBER_OF", "LOCATED_IN"
    }  # fmt: skip
    assert next(row for row in rows["entities"] if row["id:ID"] == ALLIANCE)[":LABEL"] == "Entity|MedicalAlliance"
    assert done.note.startswith("neo4j-admin database import full")
    assert all(str(path) in done.note for path in done.files)


@pytest.mark.parametrize("form", FORMATS)
def test_equal_graphs_give_equal_bytes(store: Path, tmp_path: Path, form: str) -> None:
    with open_writer(tmp_path / "other") as other:
        (tmp_path / "in.nq").write_text("".join(f"{line}\n" for line in reversed(lines())), "utf-8")
        other.fill([tmp_path / "in.nq"])
        other.publish()
    files = export(store, form, tmp_path / "a").files
    again = export(tmp_path / "other", form, tmp_path / "b").files
    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in again]
    assert all(b"\r" not in path.read_bytes().replace(b"\r\n", b"") for path in files)


def test_a_file_of_nquads_is_a_source(store: Path, tmp_path: Path) -> None:
    (path,) = export(store, "nq", tmp_path / "g.nq").files
    (again,) = export(path, "trig", tmp_path / "g.trig").files
    assert again.read_bytes() == export(store, "trig", tmp_path / "h.trig").files[0].read_bytes()


@pytest.mark.server
@pytest.mark.skipif(not servers.OXIGRAPH, reason="the oxigraph server is not installed")
def test_a_server_is_a_source(tmp_path: Path) -> None:
    from kg.graph.remote import Remote

    with servers.oxigraph(tmp_path / "server") as url:
        with Remote(url) as remote:
            remote.upload(lines())
        (path,) = export(url, "nq", tmp_path / "g.nq").files
    assert path.read_text("utf-8").split("\n")[:-1] == lines()


@pytest.mark.parametrize(
    ("form", "report", "said"),
    [
        ("xlsx", "", "give one of csv, gexf"),
        ("csv", A, "of the whole graph"),
        ("turtle", "none-1", "no report 'none-1'"),
    ],
)
def test_what_cannot_be_is_told(store: Path, tmp_path: Path, form: str, report: str, said: str) -> None:
    with pytest.raises((UsageError, StoreError), match=said):
        export(store, form, tmp_path / "x", report)
    assert not list(tmp_path.iterdir())


def test_a_folder_format_does_not_write_over_a_file(store: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(UsageError, match="needs a folder"):
        export(store, "csv", tmp_path / "x")


def test_the_engine_reads_what_rdflib_reads(store: Path, tmp_path: Path) -> None:
    (path, _) = export(store, "jsonld", tmp_path).files
    parsed = sorted(f"{quad} ." for quad in ox.parse(path=path, format=ox.RdfFormat.JSON_LD))
    assert parsed == sorted(lines())


def test_the_city_is_described_once(store: Path, tmp_path: Path) -> None:
    export(store, "csv", tmp_path)
    rows = [row for row in table(tmp_path / "entities.csv") if row["entity"] == CITY]
    assert [(row["name"], row["aliases"], row["place_name"]) for row in rows] == [("江滨市", "我市", "嘉江市")]
