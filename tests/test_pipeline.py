"""The line as a whole, with a small extractor: bytes, increments, faults, crashes."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.engine import Engine, reference_lines
from kg.errors import DataError, UsageError
from kg.files import read_tsv
from kg.graph.store import Store, open_reader
from kg.model import Extraction, Report
from kg.parts import names, read_part
from kg.pipeline import Options, build, extract, load
from kg.text.read import report_of
from kg.views.site import carried
from kg.work import Done, Job, run
from tests.line import ENGINE, write_reports

TIMELESS = ("run.json", ".lock")


def contents(output: Path) -> dict[str, str]:
    """Digest of every published file but run.json; the store as its dump."""
    files = [f for f in sorted(output.rglob("*")) if f.is_file() and "store" not in f.relative_to(output).parts[:1]]
    found = {str(f.relative_to(output)): _digest(f.read_bytes()) for f in files if f.name not in TIMELESS}
    with open_reader(output / "store") as store:
        found["store"] = _digest("\n".join(store.lines()).encode())
    return found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def options(workers: int = 1, *, flat: bool | None = None, engine: Engine = ENGINE) -> Options:
    return Options(workers=workers, flat=flat, engine=engine)


@pytest.fixture(autouse=True)
def _one_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Digests of code and data are tested in test_sources; here they must not change between two builds.

    A short reference graph makes a hundred builds a matter of seconds.
    """
    few = reference_lines()[:50]
    monkeypatch.setattr("kg.publish.reference_lines", lambda: few)
    monkeypatch.setattr("kg.pipeline.stamp", lambda *_more: "one version")
    monkeypatch.setattr("kg.publish.look", lambda: "one look")
    monkeypatch.setattr("kg.graph.provenance.data_files", dict)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "reports", 30)


@pytest.fixture
def built(reports: Path, tmp_path: Path) -> Path:
    build([str(reports)], tmp_path / "out", options())
    return tmp_path / "out"


def test_a_build_leaves_what_it_promises(built: Path) -> None:
    promised = {
        "claims.jsonl",
        "problems.tsv",
        "graph.nq",
        "graph.trig",
        "graph.ttl",
        "store",
        "index.html",
        "run.json",
    }
    assert promised <= {f.name for f in built.iterdir()}
    assert not (built / ".work").exists()
    assert (built / "claims.jsonl").read_text("utf-8").count('"record":"claim"') == 60


def test_the_page_holds_full_texts_where_the_reports_are_at_hand(built: Path, tmp_path: Path) -> None:
    assert "一、合作" in (built / "index.html").read_text("utf-8")
    load(built / "claims.jsonl", tmp_path / "loaded", options())
    page = (tmp_path / "loaded" / "index.html").read_text("utf-8")
    assert "一、合作" not in page
    assert "甲县与乙院合作。" in page


def test_texts_of_the_page_before_are_not_read_again(
    reports: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And only where they are what the report holds: the page may have been tampered with."""
    read: list[str] = []

    def noted(path: Path) -> Report:
        read.append(path.name)
        return read_text(path)

    monkeypatch.setattr("kg.text.read.read_report", noted)
    page = built / "index.html"
    page.write_text(page.read_text("utf-8").replace("甲县与第7医院合作", "甲县与第8医院合作"), encoding="utf-8")
    write_reports(reports, 1, start=90)
    build([str(reports)], built, options(engine=replace(ENGINE, read=read_text)))
    assert sorted(read) == ["r0007.txt", "r0090.txt"]
    build([str(reports)], built.parent / "new", options())
    assert contents(built) == contents(built.parent / "new")


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b'id="data">{"reports":[{"text":1}]}</script>', b"\xff\xfe", b'id="data">[]<']
)
def test_a_page_that_is_none_of_ours_carries_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "index.html").write_bytes(content)
    assert carried(tmp_path / "index.html") == {}
    assert carried(tmp_path / "missing.html") == {}


def test_reports_without_claims_make_no_page(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "r.txt").write_text("甲县卫生健康局2024年工作总结\n一切如常。\n", encoding="utf-8")
    build([str(tmp_path / "reports")], tmp_path / "out", options())
    assert not (tmp_path / "out" / "index.html").exists()


def test_graph_file_and_store_hold_the_same_lines(built: Path) -> None:
    with open_reader(built / "store") as store:
        assert list(store.lines()) == (built / "graph.nq").read_text("utf-8").splitlines()


@pytest.mark.parametrize("workers", [2, 3])
def test_number_of_workers_and_order_change_nothing(reports: Path, built: Path, tmp_path: Path, workers: int) -> None:
    files = [str(f) for f in reports.iterdir()]
    random.Random(workers).shuffle(files)
    build(files, tmp_path / "other", options(workers))
    assert contents(tmp_path / "other") == contents(built)


def test_spawned_workers_leave_the_same_bytes(
    reports: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS, where workers do not inherit what the parent has loaded."""
    monkeypatch.setattr("kg.pool.METHOD", "spawn")
    build([str(reports)], tmp_path / "other", options(2))
    assert contents(tmp_path / "other") == contents(built)


def _nothing(_reports: Path) -> None:
    """No change at all."""


def _add(reports: Path) -> None:
    write_reports(reports, 2, start=90)


def _edit(reports: Path) -> None:
    file = reports / "r0003.txt"
    file.write_text(file.read_text("utf-8").replace("乙院", "丙院"), encoding="utf-8")


def _rename(reports: Path) -> None:
    (reports / "r0004.txt").rename(reports / "moved.txt")


def _delete(reports: Path) -> None:
    for n in range(5):
        (reports / f"r{n:04}.txt").unlink(missing_ok=True)


def _duplicate(reports: Path) -> None:
    """A copy whose name comes first takes the text over, so the old file loses its claims."""
    shutil.copy(reports / "r0007.txt", reports / "a-copy.txt")


def _move(reports: Path) -> None:
    (reports / "sub").mkdir()
    (reports / "r0008.txt").rename(reports / "sub" / "r0008.txt")


def _spoil(reports: Path) -> None:
    (reports / "r0009.txt").write_bytes(b"\x00\x01\x02\xff" * 50)


CHANGES = [_nothing, _add, _edit, _rename, _delete, _duplicate, _move, _spoil]


@pytest.mark.parametrize("flat", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_change_equals_one_from_nothing(
    reports: Path, tmp_path: Path, change: Callable[[Path], None], flat: bool
) -> None:
    build([str(reports)], tmp_path / "old", options(flat=flat))
    change(reports)
    build([str(reports)], tmp_path / "old", options(flat=flat))
    build([str(reports)], tmp_path / "new", options(flat=flat))
    assert contents(tmp_path / "old") == contents(tmp_path / "new")


def test_a_change_undone_is_as_if_it_never_was(reports: Path, built: Path, tmp_path: Path) -> None:
    shutil.copytree(reports, tmp_path / "kept")
    before = contents(built)
    for change in CHANGES:
        change(reports)
        build([str(reports)], built, options())
    build([str(tmp_path / "kept")], built, options())
    assert contents(built) == before


def read_text(path: Path) -> Report:
    """As the engine reads, but out of sight of who watches ``read_report``."""
    return report_of(path.read_text("utf-8"), path.name)


class Reading:
    """Counts the files that are really read, in this process."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def engine(self) -> Engine:
        return replace(ENGINE, read=self.read)

    def read(self, path: Path) -> Report:
        self.names.append(path.name)
        return ENGINE.read(path)


@pytest.mark.parametrize(
    ("change", "read"),
    [
        (_nothing, []),
        (_add, ["r0090.txt", "r0091.txt"]),
        (_edit, ["r0003.txt"]),
        (_rename, ["moved.txt"]),
        (_delete, []),
        (_move, []),
        (_duplicate, ["a-copy.txt", "r0007.txt"]),
    ],
)
def test_only_what_changed_is_read(reports: Path, built: Path, change: Callable[[Path], None], read: list[str]) -> None:
    change(reports)
    reading = Reading()
    build([str(reports)], built, options(engine=reading.engine()))
    assert sorted(reading.names) == read


def test_nothing_new_is_not_published_again(reports: Path, built: Path) -> None:
    before = (built / "graph.nq").stat().st_mtime_ns
    assert not build([str(reports)], built, options()).fresh
    assert (built / "graph.nq").stat().st_mtime_ns == before


def test_the_reference_graph_is_made_anew_for_another_version_only(
    reports: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = built / "parts" / "reference.nq"
    before = reference.read_text("utf-8").splitlines()
    fewer = tuple(before[1:])
    monkeypatch.setattr("kg.publish.reference_lines", lambda: fewer)
    _add(reports)
    build([str(reports)], built, options())
    assert reference.read_text("utf-8").splitlines() == before
    monkeypatch.setattr("kg.pipeline.stamp", lambda *_more: "another version")
    build([str(reports)], built, options())
    assert tuple(reference.read_text("utf-8").splitlines()) == fewer
    reference.unlink()
    _edit(reports)
    build([str(reports)], built, options())
    assert tuple(reference.read_text("utf-8").splitlines()) == fewer


def test_a_file_somebody_removed_is_made_again(reports: Path, built: Path) -> None:
    before = contents(built)
    (built / "claims.jsonl").unlink()
    shutil.rmtree(built / "store")
    assert build([str(reports)], built, options()).fresh
    assert contents(built) == before


def test_bad_reports_are_problems_and_the_others_are_built(reports: Path, tmp_path: Path) -> None:
    (reports / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (reports / "empty.txt").write_bytes(b"")
    (reports / "strange.txt").write_text("除以零", encoding="utf-8")
    shutil.copy(reports / "r0001.txt", reports / "r0001-copy.txt")
    done = build([str(reports)], tmp_path / "out", options(2))
    assert (done.files, done.reports, done.left_out) == (34, 30, 4)
    found = {(r["where"], r["kind"]) for r in read_tsv(tmp_path / "out" / "problems.tsv") if r["kind"] != "unlinked"}
    assert found == {
        ("binary.txt", "unreadable"),
        ("empty.txt", "unreadable"),
        ("strange.txt", "fault"),
        ("r0001.txt", "duplicate"),
    }


def test_problems_never_tell_where_the_folder_was(reports: Path, tmp_path: Path) -> None:
    (reports / "empty.txt").write_bytes(b"")
    build([str(reports)], tmp_path / "out", options())
    assert str(tmp_path) not in (tmp_path / "out" / "problems.tsv").read_text("utf-8")


def test_one_file_given_twice_is_read_once(reports: Path, tmp_path: Path) -> None:
    (reports / "sub").mkdir()
    shutil.copy(reports / "r0002.txt", reports / "sub" / "r0002.txt")
    done = build([str(reports), str(reports / "r0003.txt")], tmp_path / "out", options())
    assert done.reports == 30
    rows = read_tsv(tmp_path / "out" / "problems.tsv")
    assert [r["where"] for r in rows if r["kind"] == "duplicate"] == ["r0002.txt"]


class StoppedError(Exception):
    """Stands for Ctrl-C or a cut cable."""


@pytest.mark.parametrize("after", [0, 1, 7])
def test_a_stopped_build_is_taken_up(reports: Path, built: Path, tmp_path: Path, after: int) -> None:
    reading = Reading()

    def stopping(report: Report) -> Extraction:
        if len(reading.names) > after:
            raise StoppedError
        return ENGINE.extract(report)

    output = tmp_path / "stopped"
    with pytest.raises(StoppedError):
        build([str(reports)], output, options(engine=replace(reading.engine(), extract=stopping)))
    again = Reading()
    build([str(reports)], output, options(engine=again.engine()))
    assert contents(output) == contents(built)
    assert len(again.names) <= 30 - after + 1


@pytest.mark.parametrize("step", ["join_problems", "flat_files", "sync", "pages", "move", "_record"])
def test_a_build_stopped_while_publishing_is_taken_up(
    reports: Path, built: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Stopped before each step in turn, after a change; the next build ends where it should."""

    def stop(*_given: object, **_named: object) -> None:
        raise StoppedError

    _edit(reports)
    _delete(reports)
    with monkeypatch.context() as patch, pytest.raises(StoppedError):
        patch.setattr(f"kg.publish.{step}", stop)
        build([str(reports)], built, options())
    build([str(reports)], built, options())
    build([str(reports)], built.parent / "new", options())
    assert contents(built) == contents(built.parent / "new")


def test_a_graph_that_a_stopped_build_put_into_the_store_does_not_stay(
    reports: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, here = contents(built), set(reports.iterdir())

    def stop(_store: Store) -> Path:
        raise StoppedError

    _add(reports)
    with monkeypatch.context() as patch, pytest.raises(StoppedError):
        patch.setattr(Store, "publish", stop)
        build([str(reports)], built, options())
    for file in set(reports.iterdir()) - here:
        file.unlink()
    build([str(reports)], built, options())
    assert contents(built) == before


def test_a_part_cut_short_is_made_again(reports: Path, built: Path) -> None:
    before = contents(built)
    part = read_part(built / "parts", names(built / "parts")[0])
    assert part is not None
    part.file("nq").write_bytes(part.file("nq").read_bytes()[:-5])
    (built / "run.json").unlink()
    build([str(reports)], built, options())
    assert contents(built) == before


def test_claims_loaded_give_the_same_graph(built: Path, tmp_path: Path) -> None:
    done = load(built / "claims.jsonl", tmp_path / "loaded", options())
    assert done.reports == 30
    for name in ("claims.jsonl", "graph.nq", "graph.ttl"):
        assert (tmp_path / "loaded" / name).read_bytes() == (built / name).read_bytes()


def test_loading_twice_the_same_report_is_refused(built: Path, tmp_path: Path) -> None:
    lines = (built / "claims.jsonl").read_text("utf-8")
    (tmp_path / "twice.jsonl").write_text(lines + lines, encoding="utf-8")
    with pytest.raises(DataError, match="twice"):
        load(tmp_path / "twice.jsonl", tmp_path / "loaded", options())


def test_a_build_after_a_load_starts_afresh(reports: Path, built: Path) -> None:
    before = contents(built)
    load(built / "claims.jsonl", built, options())
    build([str(reports)], built, options())
    assert contents(built) == before


def test_extraction_alone_gives_the_claims_of_a_build(reports: Path, built: Path, tmp_path: Path) -> None:
    extract([str(reports)], tmp_path / "c.jsonl", tmp_path / "p.tsv", options(2))
    assert (tmp_path / "c.jsonl").read_bytes() == (built / "claims.jsonl").read_bytes()
    assert (tmp_path / "p.tsv").read_bytes() == (built / "problems.tsv").read_bytes()


@pytest.mark.parametrize("workers", [1, 2])
def test_decisions_are_replayed_and_idle_ones_told(reports: Path, tmp_path: Path, workers: int) -> None:
    table = tmp_path / "curation.tsv"
    rows = [
        "action\ttarget\tvalue\treason\twho",
        "rename\torg/330481-乙院\t海宁市乙医院\tfull name\tme",
        "reject\torg/330481-无此院\t\tnever found\tme",
    ]
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    output = tmp_path / "out"
    build([str(reports)], output, replace(options(workers), curation=table))
    assert (output / "claims.jsonl").read_text("utf-8").count('"label":"海宁市乙医院"') == 30
    idle = [r["where"] for r in read_tsv(output / "problems.tsv") if r["kind"] == "curation"]
    assert idle == ["curation.tsv:3"]


def test_two_builds_in_one_folder_are_refused(reports: Path, tmp_path: Path) -> None:
    def again(report: Report) -> Extraction:
        with pytest.raises(UsageError, match="another build"):
            build([str(reports)], tmp_path / "out", options())
        return ENGINE.extract(report)

    build([str(reports / "r0001.txt")], tmp_path / "out", options(engine=replace(ENGINE, extract=again)))


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a file name be no text")
def test_a_file_name_that_is_no_text_stops_nothing(reports: Path, tmp_path: Path) -> None:
    strange = os.fsencode(reports) + b"/\xff\xfe.txt"
    Path(os.fsdecode(strange)).write_text("甲县与丁院合作。", encoding="utf-8")
    done = build([str(reports)], tmp_path / "out", options(2))
    assert done.files == 31
    for name in ("claims.jsonl", "problems.tsv", "graph.nq"):
        (tmp_path / "out" / name).read_text("utf-8")
    assert not build([str(reports)], tmp_path / "out", options(2)).fresh


def test_the_output_is_never_read_as_a_report(reports: Path) -> None:
    """Even where it lies among the reports, with its own .html and .txt files."""
    first = build([str(reports)], reports / "out", options())
    assert not build([str(reports)], reports / "out", options()).fresh
    assert first.files == 30


def test_no_report_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no report"):
        build([str(tmp_path)], tmp_path / "out", options())
    with pytest.raises(UsageError, match="no such"):
        build([str(tmp_path / "missing")], tmp_path / "out", options())


def test_a_job_done_twice_leaves_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    """A batch whose worker died is done again elsewhere; half-written files do not matter."""
    jobs: list[Job] = []

    def keep(given: list[Job]) -> Iterator[Done]:
        jobs.extend(given)
        return (run(job, ENGINE) for job in given)

    from kg.settle import settle
    from kg.sources import digests, find

    work = tmp_path / "work"
    settle(digests(find([str(reports)])), {}, work, "s", keep, lambda _done, _total: None)
    before = {f.name: f.read_bytes() for f in work.iterdir()}
    for job in jobs[:5]:
        (work / f"{job.part}.nq.part").write_bytes(b"half")
        run(job, ENGINE)
    assert {f.name: f.read_bytes() for f in work.iterdir()} == before
