"""A plan that names the partner of a cooperation goes on with it."""

from __future__ import annotations

import pytest

from kg.model import Predicate, Status
from tests.claims.reading import read, report, runs

CITY, HOSPITAL = "江山市", "江山市人民医院"
DONE = "市政府与宁波市第一医院签约，合作共建市人民医院。"

PLANS = [
    # a sentence of the plan, who plans to go on
    ("用好宁波市第一医院的优势，推动市人民医院再上台阶。", {CITY, HOSPITAL}),
    ("用好宁波市第一医院的优势。", {CITY, HOSPITAL}),
    ("推动市人民医院再上台阶。", set()),
    ("主动联系温州市人民医院。", set()),
]


@pytest.mark.parametrize(("sentence", "who"), PLANS, ids=[p[0] for p in PLANS])
def test_a_plan_goes_on_with_a_partner(sentence: str, who: set[str]) -> None:
    found = runs(read(report(CITY, DONE, "二、下一步打算", sentence)), "province-city-cooperation")
    assert {name for name, status in found if status == "planned"} == who
    assert (CITY, "realised") in found


PARTNERS = [
    # a sentence of the plan, the pairs planned
    ("用好宁波市第一医院的优势，推动市人民医院再上台阶。", {(HOSPITAL, "宁波大学附属第一医院")}),
    ("深化同宁波市第一医院的协作。", {(HOSPITAL, "宁波大学附属第一医院")}),
    ("推动市中医院借宁波市第一医院之力再上台阶。", set()),
    ("推动市人民医院再上台阶。", set()),
]


@pytest.mark.parametrize(("sentence", "pairs"), PARTNERS, ids=[p[0] for p in PARTNERS])
def test_a_partnership_goes_on_where_the_plan_names_the_partner(sentence: str, pairs: set[tuple[str, str]]) -> None:
    found = read(report(CITY, "市人民医院与宁波市第一医院签订协议。", "二、下一步打算", sentence))
    label = {e.id: e.label for e in found.entities}
    planned = {
        (label[c.subject], label[c.object])
        for c in found.claims
        if c.predicate is Predicate.PARTNERS_WITH and c.status is Status.PLANNED
    }
    assert {tuple(sorted(p, key=HOSPITAL.__ne__)) for p in planned if HOSPITAL in p} == pairs
