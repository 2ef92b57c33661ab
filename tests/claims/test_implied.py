"""A plan that names the partner of a cooperation goes on with it."""

from __future__ import annotations

import pytest

from tests.claims.reading import read, report, runs

CITY, HOSPITAL = "江山市", "江山市人民医院"
DONE = "市政府与宁波市第一医院签约，合作共建市人民医院。"

PLANS = [
    # a sentence of the plan, who plans to go on
    ("用好宁波市第一医院的优势，推动市人民医院再上台阶。", {CITY, HOSPITAL}),
    ("用好宁波市第一医院的优势。", {CITY}),
    ("推动市人民医院再上台阶。", set()),
    ("主动联系温州市人民医院。", set()),
]


@pytest.mark.parametrize(("sentence", "who"), PLANS, ids=[p[0] for p in PLANS])
def test_a_plan_goes_on_with_a_partner(sentence: str, who: set[str]) -> None:
    found = runs(read(report(CITY, DONE, "二、下一步打算", sentence)), "province-city-cooperation")
    assert {name for name, status in found if status == "planned"} == who
    assert (CITY, "realised") in found
