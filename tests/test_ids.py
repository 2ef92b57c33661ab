"""Identifiers depend on content alone and are always safe inside an IRI."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ids import claim_id, local_program_id, name_key, observation_id, org_id, reidentify, sub_region_id
from kg.model import Claim, Evidence, Predicate, Status

CLAIM = Claim(
    "claim/0", "a-1", "org/x", Predicate.LEADS, "org/y", Status.REALISED, Evidence(0, 4, "甲院牵头"), "r1", 2024
)


def test_each_part_of_a_claim_changes_its_identifier() -> None:
    base = reidentify(CLAIM)
    other = [
        replace(CLAIM, report="a-2"),
        replace(CLAIM, subject="org/z"),
        replace(CLAIM, predicate=Predicate.MEMBER_OF),
        replace(CLAIM, object="org/z"),
        replace(CLAIM, status=Status.PLANNED),
        replace(CLAIM, evidence=Evidence(1, 4, "院牵头")),
        replace(CLAIM, evidence=Evidence(0, 3, "甲院牵")),
    ]
    names = {base.id, *(reidentify(c).id for c in other)}
    assert len(names) == 1 + len(other)


@pytest.mark.parametrize("change", [{"rule": "r2"}, {"year": 2023}, {"kind": "agreement"}, {"id": "claim/9"}])
def test_how_a_claim_was_found_does_not_change_its_identifier(change: dict[str, str]) -> None:
    assert reidentify(replace(CLAIM, **change)).id == reidentify(CLAIM).id  # type: ignore[arg-type]


def test_only_a_partnership_has_no_direction() -> None:
    def pair(predicate: Predicate, *ends: str) -> str:
        return claim_id("a-1", 0, 1, ends[0], predicate, ends[1], Status.REALISED)

    assert pair(Predicate.PARTNERS_WITH, "org/x", "org/y") == pair(Predicate.PARTNERS_WITH, "org/y", "org/x")
    assert pair(Predicate.LEADS, "org/x", "org/y") != pair(Predicate.LEADS, "org/y", "org/x")


def test_parts_do_not_run_together() -> None:
    ends = [("org/1", "1"), ("org/11", "")]
    assert len({observation_id("a", 0, 1, s, m, "5%", Status.REALISED) for s, m in ends}) == 2


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (org_id("330481", "海宁市第二人民医院"), "org/330481-海宁市第二人民医院"),
        (org_id("region/a-1-XX区", "XX区 人民医院"), "org/a-1-XX区-XX区人民医院"),
        (org_id("330481", "海宁市中心医院（东院）"), "org/330481-海宁市中心医院(东院)"),
        (local_program_id("330481", "“e护康”"), "local-program/330481-e护康"),
        (local_program_id("330481", "../../etc"), "local-program/330481-....etc"),
        (sub_region_id("330400", "嘉兴经济技术开发区"), "region/330400-嘉兴经济技术开发区"),
    ],
)
def test_names_become_identifiers(made: str, expected: str) -> None:
    assert made == expected


@given(st.text())
@settings(deadline=None)
def test_a_name_key_never_breaks_an_iri(name: str) -> None:
    key = name_key(name)
    assert not set(key) & set(" \t\n\r/?#%<>{}|\\^`\"'")
    assert name_key(key) == key
