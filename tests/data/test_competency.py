"""The questions the graph was made to answer, and their answers on the sample reports."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from kg.files import package_path, read_tsv
from kg.graph.build import catalogue_quads, reference_quads, report_quads
from kg.graph.store import open_writer
from kg.graph.summary import summary_of
from kg.ids import reidentify
from kg.model import Claim, Entity, EntityType, Evidence, Extraction, Predicate, Report, Status
from kg.views.named import questions
from tools.record_competency import answer, answers

FOLDER = package_path("data") / "queries" / "competency"
QUESTIONS = sorted(FOLDER.glob("*.rq"))


@pytest.fixture(scope="module")
def answered() -> dict[str, str]:
    return {path.stem: text for path, text in answers()}


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda p: p.stem)
def test_a_question_is_answered_as_recorded(path: Path, answered: dict[str, str]) -> None:
    """After a change of rules: run tools/record_competency.py and review the difference row by row."""
    assert answered[path.stem].splitlines() == path.with_suffix(".csv").read_text("utf-8").splitlines()


def asked(folder: Path, question: str, *extractions: Extraction) -> list[str]:
    """A question's rows on a graph of the given extractions and the reference graph."""
    graphs = [list(reference_quads()), *map(report_quads, extractions)]
    lines = {*chain(*graphs), *chain(*map(summary_of, graphs)), *catalogue_quads(extractions)}
    (folder / "graph.nq").write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8")
    with open_writer(folder / "store") as store:
        store.fill([folder / "graph.nq"])
        return answer(store, (FOLDER / f"{question}.rq").read_text("utf-8")).splitlines()[1:]


def stated(report: Report, subject: str, predicate: Predicate, object_: str, status: Status) -> Claim:
    return reidentify(
        Claim("", report.key, subject, predicate, object_, status, Evidence(0, 2, "甲乙"), "r", report.year)
    )


@pytest.mark.parametrize(("homes", "rows"), [(["330481", "340722", "430422"], 1), (["330481", "330400", "340722"], 0)])
def test_a_partner_recurs_when_three_provinces_have_it(tmp_path: Path, homes: list[str], rows: int) -> None:
    report = Report("a-1", "a.txt", "甲乙", "0" * 64, year=2024)
    partner = Entity("org/110000-甲医院", EntityType.HOSPITAL, "甲医院", parent="region/110000")
    claims = [stated(report, f"region/{h}", Predicate.PARTNERS_WITH, partner.id, Status.REALISED) for h in homes]
    found = asked(tmp_path, "05-recurring-partners", Extraction(report, (partner,), tuple(claims)))
    assert found == ["甲医院,3"][:rows]


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        ((2023, Status.PLANNED), (2024, Status.REALISED), 1),
        ((2024, Status.PLANNED), (2024, Status.REALISED), 1),  # the same year, in another report
        ((2024, Status.PLANNED), (2023, Status.REALISED), 0),  # done before it was promised
        ((2023, Status.PLANNED), (2024, Status.PLANNED), 0),
    ],
)
def test_a_promise_is_kept_later_or_elsewhere(
    tmp_path: Path, first: tuple[int, Status], second: tuple[int, Status], rows: int
) -> None:
    said = []
    for key, (year, status) in (("a-1", first), ("b-2", second)):
        report = Report(key, f"{key}.txt", "甲乙", "0" * 64, year=year)
        claim = stated(report, "region/330481", Predicate.IMPLEMENTS, "program/family-doctor", status)
        said.append(Extraction(report, (), (claim,)))
    assert len(asked(tmp_path, "07-promised-and-reported", *said)) == rows


def test_the_recorded_answers_are_not_empty() -> None:
    """A question that the samples cannot answer proves little; few may be so."""
    empty = [p.stem for p in QUESTIONS if p.with_suffix(".csv").read_text("utf-8").count("\n") == 1]
    assert len(empty) <= 3, empty


def test_a_known_fault_is_taken_out_when_it_is_mended() -> None:
    """The record is what the program answers; what of it is wrong is said beside it, row by row."""
    faults = read_tsv(FOLDER / "known-faults.tsv")
    gone = [f for f in faults if f["row"] not in (FOLDER / f"{f['question']}.csv").read_text("utf-8").splitlines()]
    assert gone == []
    assert all(f["truth"] for f in faults)


def test_there_are_twenty_five_numbered_without_gaps() -> None:
    assert [p.stem[:2] for p in QUESTIONS] == [f"{n:02d}" for n in range(1, 26)]
    assert {p.stem for p in FOLDER.glob("*.csv")} == {p.stem for p in QUESTIONS}


def test_each_is_offered_by_name_with_a_title_in_both_languages() -> None:
    offered = {q.name: q.title for q in questions()}
    for path in QUESTIONS:
        english, separator, chinese = offered[f"competency/{path.stem}"].partition(" · ")
        assert separator
        assert english.isascii()
        assert english.endswith("?")
        assert chinese.endswith("？")
