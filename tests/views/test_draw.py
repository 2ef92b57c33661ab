"""``kg draw``: one page through pyvis that needs no other file, with the sentence behind each line."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from kg.errors import UsageError
from kg.model import Entity, EntityType, Status
from kg.views.draw import choose, draw, network
from kg.views.facts import Facts, gather
from kg.views.net import whole
from tests.views import synth

SIZE = synth.Size(jurisdictions=6, programmes=8, partners=5, orgs=2, sentences=10)
HOSTILE = '"><img src=x onerror=alert(1)> href </script><script>alert(2)</script>\u2028\u202e'


@pytest.fixture(scope="module")
def facts() -> Facts:
    return synth.facts(SIZE)


def data(page: str) -> dict[str, Any]:
    """The JSON block of a page."""
    found: dict[str, Any] = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    return found


def test_each_line_carries_its_sentences(facts: Facts) -> None:
    drawn = data(draw(facts))
    quotes = {row[1] for rows in drawn["proofs"] for row in rows}
    assert quotes == {c.evidence.quote for c in facts.claims}
    assert [e["id"] for e in drawn["edges"]] == list(range(len(drawn["proofs"])))


def test_two_relations_between_two_nodes_are_two_lines(facts: Facts) -> None:
    net = whole(facts)
    carried = network(facts, net)
    assert len(carried.edges) == len(net.relations)
    bent = [e for e in carried.edges if e.get("smooth")]
    assert bent and len(bent) < len(carried.edges)


def test_planned_is_dashed_and_realised_solid(facts: Facts) -> None:
    edges = data(draw(facts))["edges"]
    dashed = {e["status"]: bool(e["dashes"]) for e in edges}
    assert dashed[Status.REALISED.value] is False
    assert dashed[Status.PLANNED.value] is True


def test_physics_is_off_and_every_node_has_its_place(facts: Facts) -> None:
    drawn = data(draw(facts))
    assert drawn["options"]["physics"] == {"enabled": False}
    assert all({"x", "y"} <= set(node) for node in drawn["nodes"])


def test_a_page_names_no_address_outside(facts: Facts) -> None:
    page = draw(facts)
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", page)
    assert "<link" not in page
    assert "@import" not in page.partition("<script")[0]


def test_the_same_facts_give_the_same_bytes(facts: Facts) -> None:
    assert draw(facts) == draw(synth.facts(SIZE))


def test_text_of_reports_is_never_markup(facts: Facts) -> None:
    blocks = synth.extractions(SIZE)
    first = blocks[0]
    spoilt = replace(
        first,
        report=replace(first.report, title=HOSTILE),
        entities=tuple(replace(e, label=HOSTILE) if e.type is EntityType.HOSPITAL else e for e in first.entities),
        claims=tuple(replace(c, evidence=replace(c.evidence, quote=HOSTILE)) for c in first.claims),
    )
    shown = gather([spoilt], regions=synth.regions(SIZE), concepts=synth.concepts(SIZE))
    page = draw(shown, title=HOSTILE)
    assert page.count("<script") == draw(facts).count("<script")
    assert "<img" not in page
    assert "\u2028" not in page.partition('id="data">')[2].partition("</script>")[0]
    assert data(page)["proofs"][0][0][1] == HOSTILE


def test_a_part_is_smaller_and_nothing_is_refused(facts: Facts) -> None:
    assert len(choose(facts, "partnerships").nodes) < len(choose(facts).nodes)
    with pytest.raises(UsageError, match="nothing to draw"):
        draw(gather([], regions={}, concepts={}))


def test_a_kind_without_a_look_of_its_own_is_drawn_too() -> None:
    body = Entity("org/x", EntityType.HEALTH_AUTHORITY, "甲县卫生健康局")
    blocks = synth.extractions(SIZE)
    first = replace(blocks[0], claims=(replace(blocks[0].claims[0], subject=body.id),))
    first = replace(first, entities=(*first.entities, body))
    shown = gather([first], regions=synth.regions(SIZE), concepts=synth.concepts(SIZE))
    assert "甲县卫生健康局" in {n["label"] for n in data(draw(shown))["nodes"]}
