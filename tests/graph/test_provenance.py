"""A build is named by what went into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import provenance
from kg.graph.gate import nodes_of
from kg.graph.nquads import split
from kg.graph.provenance import PROVENANCE, data_files, provenance_quads
from kg.graph.shapes import violations

REPORTS = {"a-1": "1" * 64, "b-2": "2" * 64}


def build(lines: list[str]) -> str:
    [name] = {split(line)[0] for line in lines if "/build/" in split(line)[0]}
    return name


def test_the_same_inputs_in_any_order_are_the_same_bytes() -> None:
    assert provenance_quads(REPORTS) == provenance_quads(dict(reversed(REPORTS.items())))


def test_every_input_is_used_by_its_hash() -> None:
    lines = provenance_quads(REPORTS)
    used = {split(line)[2] for line in lines if "#used>" in line}
    assert {"<https://w3id.org/hgkg/report/a-1>", "<https://w3id.org/hgkg/report/b-2>"} < used
    assert len(used) == len(REPORTS) + len(data_files())
    assert {split(line)[3] for line in lines} == {f"<{PROVENANCE}>"}


def test_rules_and_seeds_are_inputs_but_samples_and_sources_are_not() -> None:
    names = data_files()
    assert {"seeds/regions.tsv", "seeds/organisations.tsv", "seeds/programs.tsv", "ontology/shapes.ttl"} <= set(names)
    assert any(name.startswith("data/lexicon/") for name in names)
    assert not any("reports/" in name or "examples/" in name for name in names)


@pytest.mark.parametrize(
    "change",
    [{"a-1": "1" * 64}, {"a-1": "3" * 64, "b-2": "2" * 64}, {**REPORTS, "c-3": "3" * 64}],
    ids=["one fewer", "another text", "one more"],
)
def test_another_input_is_another_build(change: dict[str, str]) -> None:
    assert build(provenance_quads(change)) != build(provenance_quads(REPORTS))


def test_another_version_rule_or_decision_is_another_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, curation = tmp_path / "leads.yaml", tmp_path / "curation.tsv"
    rule.write_text("1", "utf-8")
    curation.write_text("action", "utf-8")
    before = build(provenance_quads(REPORTS))
    decided = build(provenance_quads(REPORTS, curation))
    monkeypatch.setattr(provenance, "__version__", "99.0")
    newer = build(provenance_quads(REPORTS))
    monkeypatch.setattr(provenance, "data_files", lambda: {"data/rules/leads.yaml": rule})
    one = build(provenance_quads(REPORTS))
    rule.write_text("2", "utf-8")
    two = build(provenance_quads(REPORTS))
    assert len({before, decided, newer, one, two}) == 5


def test_the_description_meets_the_shapes() -> None:
    quads = [split(line) for line in provenance_quads(REPORTS, triples=12)]
    assert list(violations(nodes_of(quads))) == []
    assert ("<https://w3id.org/hgkg/dataset>", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>') in {
        (q[0], q[2]) for q in quads
    }


def test_no_time_is_told() -> None:
    """Two builds of the same input must be the same bytes; the clock stands in run.json."""
    assert not any("Time" in split(line)[1] or "xsd:date" in line for line in provenance_quads(REPORTS))
