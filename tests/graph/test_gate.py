"""The gate keeps what breaks a shape out, with the reason, and loses nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims.extract import extract
from kg.claims.lexicon import load
from kg.files import package_path
from kg.graph.build import reference_quads, report_quads
from kg.graph.gate import QUARANTINE, Gate, Verdict, admit, gate
from kg.graph.nquads import split
from kg.graph.summary import summary_of
from kg.ids import reidentify
from kg.model import Claim, Entity, EntityType, Evidence, Extraction, Observation, Predicate, Report, Status
from kg.text.read import read_report

HG = "https://w3id.org/hgkg/ontology#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
REFERENCE = [
    f"<https://w3id.org/hgkg/{name}> {TYPE} <{HG}{kind}> <https://w3id.org/hgkg/graph/reference> ."
    for name, kind in (("program/family-doctor", "Program"), ("region/330481", "Region"))
]
TEXT = "甲医院与乙大学签约。甲医院推进家庭医生签约。"


def organisation(name: str, kind: EntityType) -> Entity:
    return Entity(f"org/330481-{name}", kind, name, parent="region/330481")


def claim(subject: str, predicate: Predicate, object_: str, span: tuple[int, int], rule: str = "r1") -> Claim:
    start, end = span
    evidence = Evidence(start, end, TEXT[start:end])
    return reidentify(Claim("", "a-1", subject, predicate, object_, Status.REALISED, evidence, rule, 2024))


HOSPITAL = organisation("甲医院", EntityType.HOSPITAL)
UNIVERSITY = organisation("乙大学", EntityType.ACADEMIC)
PARTNERS = claim(HOSPITAL.id, Predicate.PARTNERS_WITH, UNIVERSITY.id, (0, 10))
IMPLEMENTS = claim(HOSPITAL.id, Predicate.IMPLEMENTS, "program/family-doctor", (10, 22))
RATE = reidentify(
    Observation("", "a-1", "region/330481", "签约率", "签约率", Decimal("71.5"), "71.5%", "%", Status.REALISED,
                Evidence(10, 22, TEXT[10:22]), "rate", 2024)
)  # fmt: skip
GOOD = Extraction(Report("a-1", "a.txt", TEXT, "0" * 64), (HOSPITAL, UNIVERSITY), (PARTNERS, IMPLEMENTS), (RATE,))


@pytest.fixture(scope="module")
def door() -> Gate:
    return gate(REFERENCE)


def judged(door: Gate, extraction: Extraction) -> tuple[list[str], Verdict]:
    lines = report_quads(extraction)
    return lines, admit(door, lines, extraction.report.file_name)


def counted(lines: list[str], verdict: Verdict) -> bool:
    """Accepted and quarantined together are what came in, each line once."""
    home = [line.rsplit(" ", 2)[0] for line in lines]
    after = [line.rsplit(" ", 2)[0] for line in [*verdict.accepted, *verdict.quarantined]]
    return sorted(home) == sorted(after)


def test_a_sound_report_passes_unchanged(door: Gate) -> None:
    lines, verdict = judged(door, GOOD)
    assert verdict == Verdict(lines, [], [], [], summary_of(lines))


def test_a_claim_without_a_rule_is_kept_out_with_its_plain_triple(door: Gate) -> None:
    bad = replace(GOOD, claims=(replace(PARTNERS, rule=""), IMPLEMENTS))
    lines, verdict = judged(door, bad)
    plain = f"<https://w3id.org/hgkg/{HOSPITAL.id}> <{HG}partnersWith>"
    assert not any(line.startswith(plain) for line in verdict.accepted)
    assert any(line.startswith(plain) for line in verdict.quarantined)
    assert any(IMPLEMENTS.id in line for line in verdict.accepted)
    assert not any(line.startswith(plain) for line in verdict.summary)
    assert verdict.summary == summary_of(verdict.accepted)
    assert counted(lines, verdict)
    [problem] = verdict.problems
    assert (problem.where, problem.kind) == ("a.txt#char=0,10", "quarantined")
    assert "shapes#Finding-rule" in problem.what
    assert "规则" in problem.todo
    assert "rule" in problem.todo


def test_a_plain_triple_stays_while_another_claim_stands_behind_it(door: Gate) -> None:
    again = replace(PARTNERS, id="claim/00000000000000ff", rule="")
    lines, verdict = judged(door, replace(GOOD, claims=(PARTNERS, again)))
    assert any(
        f"{HG}partnersWith> <https://w3id.org/hgkg/{UNIVERSITY.id}>" in line
        and line.startswith("<https://w3id.org/hgkg/org")
        for line in verdict.accepted
    )
    assert counted(lines, verdict)


def test_what_rests_on_a_bad_entity_follows_it(door: Gate) -> None:
    bad = replace(GOOD, entities=(HOSPITAL, replace(UNIVERSITY, label="院")))
    lines, verdict = judged(door, bad)
    kept = "\n".join(verdict.accepted)
    assert UNIVERSITY.id not in kept
    assert PARTNERS.id not in kept
    assert "#char=0,10" not in kept  # the span only that claim quoted
    assert IMPLEMENTS.id in kept
    assert counted(lines, verdict)
    assert {p.where for p in verdict.problems} == {"a.txt", "a.txt#char=0,10"}


def test_an_end_nobody_describes_is_refused(door: Gate) -> None:
    stray = claim(HOSPITAL.id, Predicate.IMPLEMENTS, "program/unheard-of", (10, 22))
    _, verdict = judged(door, replace(GOOD, claims=(stray,)))
    assert ["shapes#Claim-ends" in p.what for p in verdict.problems] == [True]


def test_reasons_name_shape_and_remedy_in_the_quarantine_graph(door: Gate) -> None:
    _, verdict = judged(door, replace(GOOD, claims=(replace(PARTNERS, rule=""),)))
    terms = [split(line) for line in verdict.reasons]
    assert {t[3] for t in terms} == {f"<{QUARANTINE}>"}
    assert {t[1] for t in terms} == {f"<{HG}violates>", f"<{HG}quarantineReason>"}
    assert {split(line)[3] for line in verdict.quarantined} == {f"<{QUARANTINE}>"}


SAMPLES = sorted((package_path("seeds") / "reports").glob("*.txt"))


@pytest.fixture(scope="module")
def extracted() -> list[Extraction]:
    lexicon = load()
    return [extract(read_report(path), lexicon) for path in SAMPLES]


@pytest.fixture(scope="module")
def real_door() -> Gate:
    return gate(reference_quads())


def claims_in(lines: list[str]) -> int:
    return sum(line.split(" ", 3)[1:3] == [TYPE, f"<{HG}Claim>"] for line in lines)


def test_of_the_samples_every_claim_is_accepted(extracted: list[Extraction], real_door: Gate) -> None:
    assert extracted
    for x in extracted:
        lines, verdict = judged(real_door, x)
        assert verdict.problems == [], x.report.key
        assert claims_in(verdict.accepted) == len({c.id for c in x.claims})
        assert counted(lines, verdict)


@pytest.mark.parametrize("every", [2, 3, 7])
def test_accepted_and_quarantined_are_what_was_extracted(
    extracted: list[Extraction], real_door: Gate, every: int
) -> None:
    """Every second, third or seventh claim of the samples loses its rule, or its object's description."""
    for x in extracted:
        claims = tuple(replace(c, rule="") if n % every == 0 else c for n, c in enumerate(x.claims))
        entities = tuple(e for n, e in enumerate(x.entities) if n % (5 * every))
        lines, verdict = judged(real_door, replace(x, claims=claims, entities=entities))
        assert counted(lines, verdict)
        accepted, held = claims_in(verdict.accepted), claims_in(verdict.quarantined)
        assert accepted + held == len({c.id for c in claims})
        assert held >= len({c.id for c in claims if not c.rule})
        told = [p.what for p in verdict.problems if "/claim/" in p.what]
        assert len(set(told)) >= held


FAULTS = st.sampled_from([
    lambda x: replace(x, claims=(replace(PARTNERS, rule=""), *x.claims[1:])),
    lambda x: replace(x, claims=(*x.claims, claim("org/nobody", Predicate.LEADS, HOSPITAL.id, (0, 10)))),
    lambda x: replace(x, entities=(replace(HOSPITAL, label="x"), *x.entities[1:])),
    lambda x: replace(x, entities=x.entities[:1]),
    lambda x: replace(x, observations=(replace(RATE, unit=""),)),
    lambda x: replace(x, claims=(replace(PARTNERS, evidence=Evidence(9, 3, "甲")),)),
    lambda x: x,
])  # fmt: skip


@given(st.lists(FAULTS, max_size=4))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_a_second_pass_finds_nothing_more(faults: list) -> None:  # type: ignore[type-arg]
    extraction = GOOD
    for fault in faults:
        extraction = fault(extraction)
    door = gate(REFERENCE)
    lines, verdict = judged(door, extraction)
    assert counted(lines, verdict)
    assert admit(door, verdict.accepted, "a.txt").problems == []
