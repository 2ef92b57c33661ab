"""Places in the picture: whole numbers, apart from each other, the same in every run."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from kg.views.facts import Facts
from kg.views.layout import place
from kg.views.net import whole
from tests.views import synth


@pytest.fixture(scope="module")
def facts() -> Facts:
    return synth.facts(synth.Size(jurisdictions=20, programmes=30, partners=20, orgs=5, sentences=20))


def test_every_node_has_a_place_of_its_own(facts: Facts) -> None:
    net = whole(facts)
    at = place(facts, net)
    assert set(at) == {n.id for n in net.nodes}
    assert len(set(at.values())) == len(at)


def test_nodes_do_not_lie_on_each_other(facts: Facts) -> None:
    points = sorted(place(facts, whole(facts)).values())
    near = [(a, b) for a, b in pairwise(points) if abs(a[0] - b[0]) + abs(a[1] - b[1]) < 4]
    assert near == []


def test_the_order_of_what_is_given_does_not_matter(facts: Facts) -> None:
    net = whole(facts)
    shuffled = list(net.nodes)
    random.Random(3).shuffle(shuffled)
    assert place(facts, replace(net, nodes=tuple(sorted(shuffled, key=lambda n: n.id)))) == place(facts, net)


def test_programmes_stand_inside_the_ring_of_regions(facts: Facts) -> None:
    net = whole(facts)
    at = place(facts, net)
    far = {n.id: at[n.id][0] ** 2 + at[n.id][1] ** 2 for n in net.nodes}
    programmes = [far[n.id] for n in net.nodes if n.type == "Program"]
    assert max(programmes) < min(far[n.id] for n in net.nodes if n.type == "Region")
