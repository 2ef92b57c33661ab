"""Which nodes and relations a picture holds."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.model import Predicate
from kg.views.facts import Facts
from kg.views.net import around, partnerships, whole
from tests.views import synth

SIZE = synth.Size(jurisdictions=6, programmes=8, partners=5, orgs=2, sentences=10)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return synth.facts(SIZE)


def test_every_claim_is_behind_exactly_one_relation(facts: Facts) -> None:
    shown = [c.id for r in whole(facts).relations for c in r.claims]
    assert sorted(shown) == sorted(c.id for c in facts.claims)


def test_a_relation_joins_claims_that_say_the_same_with_the_same_status(facts: Facts) -> None:
    for r in whole(facts).relations:
        said = {(c.subject, c.predicate, c.object, c.status) for c in r.claims}
        assert said == {(r.subject, r.predicate, r.object, r.status)}


def test_every_end_is_a_node_once_and_in_order(facts: Facts) -> None:
    net = whole(facts)
    ids = [n.id for n in net.nodes]
    assert ids == sorted(set(ids))
    assert {end for r in net.relations for end in (r.subject, r.object)} <= set(ids)
    assert facts.covered <= set(ids)


def test_partnerships_leave_programmes_out(facts: Facts) -> None:
    net = partnerships(facts)
    assert {r.predicate for r in net.relations} == {Predicate.PARTNERS_WITH}
    assert not any(n.type == "Program" for n in net.nodes)


def test_a_neighbourhood_holds_what_is_joined_to_its_centre(facts: Facts) -> None:
    key = facts.claims[0].subject
    near = {end for c in facts.claims if key in {c.subject, c.object} for end in (c.subject, c.object)}
    assert {n.id for n in around(facts, key).nodes} == near


def test_what_no_claim_speaks_of_is_refused_with_an_example(facts: Facts) -> None:
    with pytest.raises(UsageError, match="program/family-doctor"):
        around(facts, "org/nobody")
