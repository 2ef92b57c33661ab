"""Questions to a store: answers, parameters, deadlines and limits."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import StoreError, UsageError
from kg.graph.store import open_writer
from kg.views import named, query
from kg.views.limits import Limits
from kg.views.terms import display
from tests.graph.sample import A, make_store

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield make_store(tmp_path_factory.mktemp("query") / "store")


def shown(result: query.Result, *columns: str) -> list[tuple[str, ...]]:
    at = [result.columns.index(column) for column in columns]
    return [tuple(display(row[i]) for i in at) for row in result.rows]


ANSWERS = [
    ("programmes-by-reach", {}, ("programme", "jurisdictions"), [("program:chest-pain-center", "2")]),
    ("partners-of", {"who": "华东大学"}, ("partner", "kind"), [
        ("org:330481-江滨市第一人民医院", "hg:agreement"), ("org:330482-河口县人民医院", "hg:agreement")]),
    ("partners-of", {"who": "市一院"}, ("name", "evidence"), [("华东大学", "市一院与华东大学签订合作协议。")]),
    ("region-implements", {"region": "region/330482"}, ("programme", "status", "evidence"), [
        ("program:chest-pain-center", "hg:Planned", "计划建设胸痛中心。"),
        ("program:chest-pain-center", "hg:Realised", "带动河口县建成胸痛中心。"),
        ("program:chest-pain-center", "hg:Realised", "胸痛中心已运行。")]),
    ("rates", {"words": "就诊"}, ("name", "value", "unit"), [("江滨市", "71.48", "%"), ("河口县", "65", "%")]),
    ("rates", {"words": "签约"}, ("name",), []),
    ("alliance-leaders", {}, ("allianceName", "leaderName"), [("江滨市医共体", "江滨市第一人民医院")]),
    ("alliance-members", {"alliance": "江滨市医共体"}, ("member", "role"), [
        ("org:330481-江滨市第一人民医院", "hg:leads"), ("org:330481-机构%20一", "hg:memberOf")]),
    ("planned-only", {}, ("name", "programmeName"), [("江滨市", "e护")]),
    ("reports", {}, ("file", "region", "claims", "observations"), [
        ("a-2024-aaaaaa.txt", "江滨市", "7", "1"), ("b-2024-bbbbbb.txt", "河口县", "3", "1")]),
    ("entities-of", {"file": "b-2024-bbbbbb.txt"}, ("name", "class"), [
        ("华东大学", "hg:AcademicInstitution"), ("河口县人民医院", "hg:Hospital"), ("河口县", "hg:Region")]),
    ("partners-by-regions", {}, ("name", "jurisdictions"), [("华东大学", "2")]),
    ("same-fact", {}, ("subject", "object", "reports"), [("region:330482", "program:chest-pain-center", "2")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "columns", "expected"), ANSWERS)
def test_named_questions(
    store: Path, name: str, values: dict[str, str], columns: tuple[str, ...], expected: list[tuple[str, ...]]
) -> None:
    assert shown(query.run(store, name, values), *columns) == expected


def test_every_own_question_is_tested() -> None:
    own = {question.name for question in named.questions() if (Path("/") / question.name).parent == Path("/")}
    shipped = {path.stem for path in (Path(named.__file__).parent.parent / "data/queries").glob("*.rq")}
    assert own >= shipped == {name for name, *_ in ANSWERS}


def test_text_file_and_output_folder(store: Path, tmp_path: Path) -> None:
    asked = "ASK { ?r hg:fileName ?file }"
    (tmp_path / "q.rq").write_text(asked, "utf-8")
    for target, question in ((store, asked), (store.parent, asked), (store, f"@{tmp_path / 'q.rq'}")):
        assert query.run(target, question) == query.Result("ask", ("answer",), (("true",),))


def test_graph_answers(store: Path) -> None:
    found = query.run(
        store, "CONSTRUCT { ?s hg:implements <urn:x> } WHERE { ?s hg:implements program:chest-pain-center }"
    )
    assert found.kind == "graph" and {row[2] for row in found.rows} == {"<urn:x>"}


@pytest.mark.parametrize(
    "value",
    ["org/330481-机构 一", "https://w3id.org/hgkg/org/330481-机构%20一",
     "https://w3id.org/hgkg/org/330481-%E6%9C%BA%E6%9E%84%20%E4%B8%80"],
)  # fmt: skip
def test_identifiers_and_raw_or_encoded_iris_are_one(store: Path, value: str) -> None:
    found = query.run(store, "SELECT ?o { ?s hg:memberOf ?o }", {"s": value})
    assert shown(found, "o") == [("org:330481-江滨市医共体",)]


@pytest.mark.parametrize(
    ("question", "values", "said"),
    [
        ("partners-of", {}, "partners-of needs who"),
        ("partners-of", {"whom": "x"}, "'whom' is not known; partners-of takes who"),
        ("partners-of", {"who": "无名医院"}, "names nothing in this graph"),
        ("partners-of", {"who": "http://e.org/ <x>"}, "is no IRI"),
        ("SELECT ?o { ?s ?p ?o }", {"x": "y"}, "'x': the query uses o, p, s"),
        ("no-such-question", {}, "is no question I know"),
        ("SELECT * { SERVICE <http://kg.invalid/> { ?s ?p ?o } }", {}, "refused"),
        ("@none.rq", {}, "no such file"),
    ],
)
def test_wrong_use(store: Path, question: str, values: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        query.run(store, question, values)


def test_a_name_of_several_is_never_guessed(tmp_path: Path) -> None:
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    lines = [f'<urn:{n}> {label} "鼓楼区"@zh <https://w3id.org/hgkg/report/a-1> .' for n in (1, 2)]
    with open_writer(tmp_path / "store") as store:
        store.replace("a-1", lines)
        store.publish()
    with pytest.raises(UsageError, match="names 2 entities: urn:1; urn:2"):
        query.run(tmp_path, "region-implements", {"region": "鼓楼区"})


@pytest.mark.parametrize(
    ("question", "limits", "said"),
    [
        ("SELECT ?s { ?s ?p ?o ", Limits(), "not SPARQL: error at 1:"),
        ("SELECT ?s { ?s ?p ?o }", Limits(rows=5), "more than 5 rows"),
        ("SELECT ?s { ?s ?p ?o }", Limits(size=500), "more than 500 bytes"),
        ("DELETE WHERE { ?s ?p ?o }", Limits(), "not SPARQL"),
    ],
)
def test_errors_of_the_query(store: Path, question: str, limits: Limits, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        query.run(store, question, limits=limits)


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        query.run(tmp_path, "reports")


def test_a_cross_product_ends_at_its_deadline_and_the_next_query_works(store: Path) -> None:
    start = time.monotonic()
    with pytest.raises(StoreError, match=r"no answer within 0\.5 s"):
        query.run(store, CROSS, limits=Limits(seconds=0.5))
    assert time.monotonic() - start < 2.5
    assert query.run(store, "ASK { ?s ?p ?o }").rows == (("true",),)


def test_memory_is_bounded(store: Path) -> None:
    greedy = "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    with pytest.raises(StoreError, match="memory"):
        query.run(store, greedy, limits=Limits(memory=300 << 20))


def test_an_answer_that_breaks_off_is_an_error() -> None:
    cut = subprocess.CompletedProcess([], 0, b'{"kind":"select","columns":["s"]}\n["<urn:a>"]\n["<ur', b"")
    with pytest.raises(StoreError, match="without an answer"):
        query._result(cut)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
@given(st.text(max_size=20))
def test_no_text_parameter_can_change_the_question(store: Path, words: str) -> None:
    found = query.run(store, "rates", {"words": words + "}"})
    assert (found.columns[0], found.rows) == ("subject", ())


def test_readers_do_not_wait_for_a_writer(store: Path) -> None:
    with open_writer(store):
        assert query.run(store, "reports").rows[0][0] == f"<https://w3id.org/hgkg/report/{A}>"
