"""A part of the facts: what stays, what goes, and what the denominators are then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import UsageError
from kg.model import Entity, EntityType, Problem
from kg.views.facts import Facts, gather
from kg.views.narrow import narrow, nearby
from kg.views.recur import coverage
from tests.views import synth

SIZE = synth.Size(jurisdictions=20, programmes=12, partners=5, orgs=2, sentences=12)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return synth.facts(SIZE)


def test_nothing_asked_changes_nothing(facts: Facts) -> None:
    assert narrow(facts) is facts


@pytest.mark.parametrize("asked", ["region/110000", "第1省"], ids=["by identifier", "by name"])
def test_a_region_keeps_the_reports_of_all_that_lies_in_it(facts: Facts, asked: str) -> None:
    found = narrow(facts, within=asked)
    assert found.covered == {r for r in facts.covered if facts.province(r) == "region/110000"}
    assert set(found.claims) == {c for c in facts.claims if facts.report[c.report].jurisdiction in found.covered}
    assert set(found.texts) == {r.key for r in found.reports}
    assert coverage(found).jurisdictions == len(found.covered) < coverage(facts).jurisdictions
    assert coverage(found).provinces == 1


def test_one_place_keeps_what_its_claims_name_and_the_regions_around(facts: Facts) -> None:
    place = min(facts.covered)
    found = narrow(facts, within=place)
    ends = {end for c in found.claims for end in (c.subject, c.object)} | {o.subject for o in found.observations}
    assert ends <= {*found.entities, *found.concepts}
    assert {facts.province(place), place} <= set(found.entities)
    assert len(found.entities) < len(facts.entities)
    assert all(facts.concepts[c].broader in {"", *found.concepts} for c in found.concepts)


def test_a_programme_keeps_its_narrower_ones_and_all_reports(facts: Facts) -> None:
    found = narrow(facts, programme="program/f0")
    wanted = {k for k, c in facts.concepts.items() if c.family == "program/f0"}
    assert {c.object for c in found.claims} == {c.object for c in facts.claims} & wanted
    assert coverage(found) == coverage(facts), "read but not mentioned is still told from not read"
    assert found.observations == ()
    assert narrow(facts, programme="医联体").claims == found.claims


def test_a_local_programme_can_be_asked_for(facts: Facts) -> None:
    local = next(k for k in facts.entities if k.startswith("local-program/"))
    assert {c.object for c in narrow(facts, programme=local).claims} == {local}


@pytest.mark.parametrize(
    ("asked", "kept"), [("2023", {2023}), ("2022-2023", {2022, 2023}), ("2022–2030", {2022, 2023, 2024})]
)
def test_years_are_those_reported_on(facts: Facts, asked: str, kept: set[int]) -> None:
    found = narrow(facts, years=asked)
    assert {r.year for r in found.reports} == kept
    assert {c.report for c in found.claims} <= {r.key for r in found.reports}


def test_narrowings_add_up(facts: Facts) -> None:
    both = narrow(facts, within="region/120000", programme="program/f1", years="2023")
    apart = set(narrow(facts, within="region/120000").claims) & set(narrow(facts, programme="program/f1").claims)
    assert set(both.claims) == apart & set(narrow(facts, years="2023").claims)


def test_only_problems_of_its_own_reports_stay(facts: Facts) -> None:
    inside, outside = (r.file_name for r in (facts.reports[0], facts.reports[-1]))
    rows = [f"{inside}#char=3,9", f"{inside}:4", inside, f"{outside}#char=3,9", f"{outside}:4", outside, "noise.txt"]
    shown = replace(facts, problems=tuple(Problem(where, "k", "w", "t") for where in rows))
    found = narrow(shown, within=facts.reports[0].jurisdiction)
    assert [p.where for p in found.problems] == rows[:3]


@pytest.mark.parametrize(
    "asked",
    [
        {"within": "region/110000"},
        {"within": "第2省"},
        {"within": "region/110001", "years": "2022-2023"},
        {"years": "2024"},
        {},
    ],
)
def test_reports_can_be_left_out_before_they_are_gathered(facts: Facts, asked: dict[str, str]) -> None:
    """The same part, from fewer reports in memory."""
    table, blocks = synth.regions(SIZE), synth.extractions(SIZE)
    kept = list(filter(nearby(table, **asked), blocks))
    assert len(kept) < len(blocks) or not asked
    first = gather(kept, regions=table, concepts=synth.concepts(SIZE), texts=facts.texts)
    assert narrow(first, **asked) == narrow(replace(facts, problems=()), **asked)


def test_a_short_name_of_the_seed_table_will_do_where_reports_give_the_full_one() -> None:
    blocks = [
        replace(block, entities=tuple(replace(e, aliases=()) for e in block.entities))
        for block in synth.extractions(SIZE)
    ]
    regions = synth.regions(SIZE)
    place = min(b.report.jurisdiction for b in blocks)
    (short,) = regions[place].aliases
    kept = list(filter(nearby(regions, within=short), blocks))
    found = narrow(gather(kept, regions=regions, concepts=synth.concepts(SIZE)), within=short)
    assert found.covered == {place}


def test_a_region_only_a_report_knows_keeps_that_report() -> None:
    zone = Entity("region/110001-高新区", EntityType.REGION, "甲高新区", (), "region/110001", "zone", "name")
    block = synth.extractions(SIZE)[0]
    own = replace(block, report=replace(block.report, jurisdiction=zone.id), entities=(zone,))
    table = synth.regions(SIZE)
    assert nearby(table, within="甲高新区")(own)
    assert nearby(table, within="region/110000")(own)
    assert not nearby(table, within="甲高新区")(block)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"within": "region/999999"}, "no region"),
        ({"programme": "program/none"}, "no programme"),
        ({"years": "next year"}, "write years as"),
        ({"years": "2024-2022"}, "write years as"),
        ({"years": "1999"}, "no report"),
        ({"within": "region/140000", "years": "1999"}, "no report"),
    ],
)
def test_what_is_unknown_or_leaves_nothing_is_wrong_use(facts: Facts, asked: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        narrow(facts, **asked)


def test_a_name_of_two_places_is_asked_back(facts: Facts) -> None:
    a, b = sorted(facts.covered)[:2]
    twins = {**facts.entities, **{k: replace(facts.entities[k], label="同名县") for k in (a, b)}}
    with pytest.raises(UsageError, match=f"{a}, {b}"):
        narrow(replace(facts, entities=twins), within="同名县")
