"""The embedded store: transactions, snapshots, locks, dumps."""

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.errors import StoreError
from kg.graph.iris import CATALOGUE, REFERENCE, report_iri
from kg.graph.store import Store, open_reader, open_writer, restore

ROOT = Path(kg.__file__).parent.parent
WEIRD = r'"引号\" 反斜\\ 换行\n 零\u0000 竖\u000B 行分隔 \uFFFE"@zh'


def lines(key: str, count: int = 3, value: str = '"值"') -> list[str]:
    graph = report_iri(key)
    return sorted(f"<{graph}#char={i},9> <urn:p> {value} <{graph}> ." for i in range(count))


def about(key: str, title: str = "题") -> list[str]:
    return [f'<{report_iri(key)}> <urn:title> "{title}" <{CATALOGUE}> .']


def dumped(store: Store) -> str:
    out = io.StringIO()
    store.dump(out)
    return out.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store"


def nquads(tmp_path: Path, *parts: list[str]) -> Path:
    file = tmp_path / "in.nq"
    file.write_text("".join(f"{line}\n" for part in parts for line in part), "utf-8")
    return file


def test_replacing_a_report_leaves_the_others_alone(path: Path) -> None:
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1"), about("a-1"))
        store.replace("b-1", lines("b-1", 5), about("b-1"))
        store.replace("a-1", lines("a-1", 2), about("a-1", "新题"))
        assert store.reports() == ["a-1", "b-1"]
        assert list(store.lines()) == [
            *sorted(about("a-1", "新题") + about("b-1")), *lines("a-1", 2), *lines("b-1", 5)
        ]  # fmt: skip


def test_removing_a_report_removes_its_catalogue_lines(path: Path) -> None:
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1"), about("a-1"))
        store.replace("b-1", lines("b-1"), about("b-1"))
        store.remove("a-1")
        store.remove("never-there")
        assert list(store.lines()) == [*about("b-1"), *lines("b-1")]
        assert store.graphs() == [CATALOGUE, report_iri("b-1")]


def test_one_update_is_one_transaction(path: Path) -> None:
    """The engine property that ``replace`` rests on: a later step's failure undoes the earlier ones."""
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1"))
        with pytest.raises((OSError, RuntimeError)):
            store.engine.update(f"DROP GRAPH <{report_iri('a-1')}> ; DROP GRAPH <urn:not-there>")
        assert store.count(report_iri("a-1")) == 3


def test_lines_cut_in_the_wrong_place_change_nothing(path: Path) -> None:
    """str.splitlines cuts at U+2028, which is an ordinary character of N-Quads."""
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1"))
        with pytest.raises(StoreError, match=r"a-1: .*one whole quad a line"):
            store.replace("a-1", lines("a-1", 1, '"一\u2028二"')[0].splitlines())
        assert list(store.lines()) == lines("a-1")


def test_readers_keep_the_former_state_until_a_fill_is_published(path: Path, tmp_path: Path) -> None:
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1"))
        store.publish()
        store.fill([nquads(tmp_path, lines("b-1"))])
    with open_reader(path) as reader:
        assert reader.reports() == ["a-1"]


def test_hostile_text_survives_replace(path: Path) -> None:
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1", 1, WEIRD))
        assert list(store.lines()) == lines("a-1", 1, WEIRD)


def test_graphs_come_in_the_order_of_the_build(path: Path, tmp_path: Path) -> None:
    reference = [f"<urn:r> <urn:p> <urn:o> <{REFERENCE}> ."]
    parts = reference, about("a-1"), lines("a-1"), lines("a-1-b"), lines("b-1")
    file = nquads(tmp_path, *reversed(parts))
    with open_writer(path) as store:
        store.fill([file])
        assert list(store.lines()) == [line for part in parts for line in part]
        assert (store.count(), store.count(REFERENCE)) == (11, 1)


def test_fill_replaces_everything(path: Path, tmp_path: Path) -> None:
    with open_writer(path) as store:
        store.replace("old-1", lines("old-1"))
        store.fill([nquads(tmp_path, lines("a-1"))])
        assert store.reports() == ["a-1"]


@pytest.mark.parametrize(
    ("content", "said"),
    [("<a> <b> <c> <d> .\n", r"in\.nq:1: .*N-Quads"), ("<urn:a> <urn:b> <urn:c> .\n", "outside any graph")],
)
def test_fill_says_what_is_wrong(path: Path, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "in.nq").write_text(content, "utf-8")
    with open_writer(path) as store, pytest.raises(StoreError, match=said):
        store.fill([tmp_path / "in.nq"])


def test_dump_and_restore_are_byte_equal(path: Path, tmp_path: Path) -> None:
    with open_writer(path) as store:
        for key in ("b-1", "a-1"):
            store.replace(key, lines(key, 4, WEIRD), about(key))
        before = dumped(store)
    (tmp_path / "dump.nq").write_text(before, "utf-8", newline="\n")
    restore(tmp_path / "dump.nq", tmp_path / "second")
    with open_reader(tmp_path / "second") as reader:
        assert dumped(reader) == before


def test_restore_does_not_write_over_a_store(path: Path, tmp_path: Path) -> None:
    open_writer(path)
    with pytest.raises(StoreError, match="exists already"):
        restore(nquads(tmp_path, lines("a-1")), path)


def test_readers_see_what_was_published(path: Path) -> None:
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1"))
        store.publish()
        with open_reader(path) as first:
            store.replace("b-1", lines("b-1"))
            with open_reader(path) as second:
                assert first.reports() == second.reports() == ["a-1"]
            store.publish()
            store.publish()
            assert first.reports() == ["a-1"]
        with open_reader(path) as third:
            assert third.reports() == ["a-1", "b-1"]
    assert len(list(path.glob("snapshot-*"))) == 2


def test_nothing_published_is_no_store_for_readers(path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        open_reader(path)


def test_backup_is_a_store_of_its_own(path: Path, tmp_path: Path) -> None:
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1"))
        store.backup(tmp_path / "copy")
        with pytest.raises(StoreError, match="exists already"):
            store.backup(tmp_path / "copy")
        with open_writer(tmp_path / "copy") as copy:
            copy.replace("b-1", lines("b-1"))
        assert store.reports() == ["a-1"]
    with open_reader(tmp_path / "copy") as reader:
        assert reader.reports() == ["a-1"]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_second_writer_is_told(path: Path, elsewhere: bool) -> None:
    with open_writer(path):
        if not elsewhere:
            with pytest.raises(StoreError, match="another process is writing"):
                open_writer(path)
            return
        code = f"from pathlib import Path; from kg.graph.store import open_writer; open_writer(Path({str(path)!r}))"
        found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        assert "StoreError" in found.stderr and "another process is writing" in found.stderr


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ({"format": 1, "engine": "0.4.11"}, "would change it for good"),
        ({"format": 1, "engine": "99.0.0"}, "newer version"),
        ({"format": 2, "engine": ox.__version__}, "newer version"),
        ({"format": 1}, "damaged"),
        ({"format": 1, "engine": "new"}, "damaged"),
    ],
)
def test_data_of_another_engine_is_not_touched(path: Path, note: dict[str, object], said: str) -> None:
    with open_writer(path) as store:
        store.publish()
    (path / "format.json").write_text(json.dumps(note), "utf-8")
    for opener in (open_writer, open_reader):
        with pytest.raises(StoreError, match=said):
            opener(path)
    assert json.loads((path / "format.json").read_text("utf-8")) == note


def test_migration_is_done_when_asked_for(path: Path) -> None:
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1"))
    (path / "format.json").write_text('{"format": 1, "engine": "0.4.11"}', "utf-8")
    with open_writer(path, migrate=True) as store:
        assert store.reports() == ["a-1"]
    assert json.loads((path / "format.json").read_text("utf-8"))["engine"] == ox.__version__


def test_a_closed_store_says_so(path: Path) -> None:
    with open_writer(path) as store:
        pass
    with pytest.raises(StoreError, match="closed"):
        store.reports()


def test_queries_see_all_graphs_at_once(path: Path) -> None:
    with open_writer(path) as store:
        store.replace("a-1", lines("a-1", 1), about("a-1"))
        found = store.query("SELECT ?title ?p ?nothing { ?r <urn:title> ?title . ?s ?p '值' }")
        assert (found.kind, found.columns) == ("select", ("title", "p", "nothing"))
        assert list(found.rows) == [('"题"', "<urn:p>", None)]
        assert list(store.query("ASK { ?r <urn:title> '题' }").rows) == [("true",)]
        graph = store.query("CONSTRUCT { ?r rdf:value ?t } { ?r <urn:title> ?t }")
        assert [row[2] for row in graph.rows] == ['"题"']
        with pytest.raises(StoreError, match="not SPARQL: error at 1:"):
            store.query("SELECT ?x {")


WRITER = """
import sys
from pathlib import Path
from kg.graph.store import open_writer
from tests.graph.test_store import about, lines
with open_writer(Path(sys.argv[1])) as store:
    for number in range(100000):
        store.replace(f"r-{number}", lines(f"r-{number}", 50), about(f"r-{number}"))
        print(number, flush=True)
"""


def test_a_killed_writer_leaves_whole_reports_only(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        done = [int(run.stdout.readline()) for _ in range(40)][-1]
        run.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    with open_writer(path) as store:
        keys = store.reports()
        assert {f"r-{n}" for n in range(done + 1)} <= set(keys)
        assert {store.count(report_iri(key)) for key in keys} == {50}
        assert store.count(CATALOGUE) == len(keys)


@pytest.mark.parametrize("own", [False, True])
def test_fill_of_many_files_is_what_they_hold(path: Path, tmp_path: Path, own: bool) -> None:
    keys = [f"r-{n:02}" for n in range(12)]
    files = [tmp_path / f"{key}.nq" for key in keys]
    for key, file in zip(keys, files, strict=True):
        file.write_text("".join(f"{line}\n" for line in lines(key, 4, WEIRD)), "utf-8", newline="\n")
    with open_writer(path) as store:
        store.fill(files, own=own)
        store.compact()
        assert list(store.lines()) == [line for key in keys for line in lines(key, 4, WEIRD)]


@pytest.mark.parametrize("own", [False, True])
def test_of_several_bad_files_the_first_is_named(path: Path, tmp_path: Path, own: bool) -> None:
    files = [tmp_path / f"{n}.nq" for n in range(6)]
    for n, file in enumerate(files):
        file.write_text("<urn:a> <urn:b> <urn:c> <urn:d> .\n" if n < 2 else "no quads\n", "utf-8")
    with open_writer(path) as store, pytest.raises(StoreError, match=r"2\.nq:1: "):
        store.fill(files, own=own)
