"""Every quote is checked against the report, in claims and in graphs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.graph.build import catalogue_quads, report_quads
from kg.ids import reidentify
from kg.model import Claim, Entity, EntityType, Evidence, Extraction, Mention, Predicate, Status
from kg.records import block
from kg.text.read import read_report
from kg.verify import verify

TEXT = "甲市卫生健康局2024年工作总结\n甲医院与乙大学“签约”。\n😀甲医院推进家庭医生签约。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "reports" / "jia-2024.txt"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


def extraction(path: Path) -> Extraction:
    quote = "甲医院推进家庭医生签约。"
    start = TEXT.index(quote)
    evidence = Evidence(start, start + len(quote), quote)
    report = read_report(path)
    hospital = Entity(
        "org/330481-甲医院", EntityType.HOSPITAL, "甲医院", mentions=(Mention(start, start + 3, "甲医院"),)
    )
    claim = Claim(
        "", report.key, hospital.id, Predicate.IMPLEMENTS, "program/family-doctor", Status.REALISED, evidence, "r"
    )
    return Extraction(report, (hospital,), (reidentify(claim),))


def written(x: Extraction, target: Path) -> Path:
    """As a claims file, or as a graph by the name's ending."""
    if target.suffix == ".nq":
        lines = [*catalogue_quads([x]), *report_quads(x)]
        target.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    else:
        target.write_text(block(x), "utf-8")
    return target


@pytest.mark.parametrize(("name", "quotes"), [("claims.jsonl", 2), ("graph.nq", 1)])
def test_sound_quotes_hold(report: Path, tmp_path: Path, name: str, quotes: int) -> None:
    verified = verify(written(extraction(report), tmp_path / name), [report.parent])
    assert (verified.quotes, verified.reports, verified.problems) == (quotes, 1, ())


@pytest.mark.parametrize("name", ["claims.jsonl", "graph.nq"])
def test_the_first_wrong_quote_is_named_with_its_place(report: Path, tmp_path: Path, name: str) -> None:
    x = extraction(report)
    [claim] = x.claims
    moved = replace(claim, evidence=replace(claim.evidence, start=claim.evidence.start + 1))
    [problem] = verify(written(replace(x, claims=(moved,)), tmp_path / name), [report]).problems
    assert problem.kind == "misquoted"
    assert problem.where == f"jia-2024.txt#char={moved.evidence.start},{moved.evidence.end}"


def test_a_wrong_mention_is_found(report: Path, tmp_path: Path) -> None:
    x = extraction(report)
    [entity] = x.entities
    wrong = replace(entity, mentions=(Mention(0, 3, "乙医院"),))
    [problem] = verify(written(replace(x, entities=(wrong,)), tmp_path / "claims.jsonl"), [report]).problems
    assert (problem.kind, problem.where) == ("misquoted", "jia-2024.txt#char=0,3")


@pytest.mark.parametrize("name", ["claims.jsonl", "graph.nq"])
def test_a_report_that_changed_is_told_from_a_wrong_quote(report: Path, tmp_path: Path, name: str) -> None:
    source = written(extraction(report), tmp_path / name)
    report.write_text(TEXT + "补充。", "utf-8")
    assert [p.kind for p in verify(source, [report]).problems] == ["changed"]


def test_the_right_one_of_two_files_with_one_name_is_taken(report: Path, tmp_path: Path) -> None:
    other = report.parent / "older" / report.name
    other.parent.mkdir()
    other.write_text("另一份报告。", "utf-8")
    source = written(extraction(report), tmp_path / "claims.jsonl")
    assert verify(source, [report.parent]).problems == ()


def test_a_missing_report_is_told(report: Path, tmp_path: Path) -> None:
    source = written(extraction(report), tmp_path / "claims.jsonl")
    other = report.with_name("other.txt")
    report.rename(other)
    assert [p.kind for p in verify(source, [other]).problems] == ["missing"]


def test_a_graph_that_is_no_graph_is_an_error_with_its_line(tmp_path: Path, report: Path) -> None:
    source = tmp_path / "graph.nq"
    source.write_text("nonsense\n", "utf-8")
    with pytest.raises(DataError, match=r"graph\.nq:1"):
        verify(source, [report])


def test_a_graph_without_a_catalogue_is_an_error(tmp_path: Path, report: Path) -> None:
    source = tmp_path / "graph.nq"
    source.write_text("".join(f"{line}\n" for line in report_quads(extraction(report))), "utf-8")
    with pytest.raises(DataError, match="fileName"):
        verify(source, [report])
