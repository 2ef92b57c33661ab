"""The network of regions, organisations and programmes, or a part of it.

A relation is one subject, predicate, object and status with all the claims
that state it: what several sentences say is one line with several proofs,
what is realised and what is planned are two lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import UsageError
from kg.model import Claim, Predicate, Status
from kg.views.facts import Facts

__all__ = ["Net", "Node", "Relation", "around", "partnerships", "whole", "with_all"]


@dataclass(frozen=True, slots=True)
class Node:
    """Something a claim joins; ``home`` is the region it is drawn beside, ``family`` a programme's."""

    id: str
    label: str
    type: str
    home: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Claims that say the same thing with the same status."""

    subject: str
    predicate: Predicate
    object: str
    status: Status
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Net:
    """Nodes by identifier and the relations between them, both in sorted order."""

    nodes: tuple[Node, ...]
    relations: tuple[Relation, ...]


def whole(facts: Facts) -> Net:
    """Every claim, and every region that has a report."""
    return _net(facts, facts.claims, facts.covered)


def with_all(facts: Facts, keys: Iterable[str]) -> Net:
    """Every claim, and all of these nodes, whether or not a claim joins them."""
    return _net(facts, facts.claims, keys)


def partnerships(facts: Facts) -> Net:
    """Only who cooperates with whom, who leads and who belongs to what."""
    kept = (Predicate.PARTNERS_WITH, Predicate.LEADS, Predicate.MEMBER_OF)
    return _net(facts, (c for c in facts.claims if c.predicate in kept))


def around(facts: Facts, key: str) -> Net:
    """A programme, region or organisation, its neighbours, and what joins them.

    Raises UsageError if no claim speaks of ``key``.
    """
    near = {end for c in facts.claims if key in {c.subject, c.object} for end in (c.subject, c.object)}
    if not near:
        raise UsageError(f"{key}: no claim speaks of it; give an identifier like program/family-doctor, region/330481")
    return _net(facts, (c for c in facts.claims if c.subject in near and c.object in near))


def _net(facts: Facts, claims: Iterable[Claim], more: Iterable[str] = ()) -> Net:
    groups: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.subject, claim.predicate.value, claim.object, claim.status.value].append(claim)
    relations = [Relation(s, Predicate(p), o, Status(t), tuple(cs)) for (s, p, o, t), cs in sorted(groups.items())]
    told: dict[str, str] = {}
    for relation in relations:
        for end in (relation.subject, relation.object):
            told.setdefault(end, facts.report[relation.claims[0].report].jurisdiction)
    for key in more:
        told.setdefault(key, key)
    return Net(tuple(_node(facts, key, told[key]) for key in sorted(told)), tuple(relations))


def _node(facts: Facts, key: str, told: str) -> Node:
    """A node; what has no known place is drawn beside the jurisdiction that speaks of it."""
    if key in facts.entities:
        entity = facts.entities[key]
        return Node(key, entity.label, entity.type.value, entity.parent or told)
    concept = facts.concepts.get(key)
    if concept:
        return Node(key, concept.zh, "Program", "", concept.family)
    return Node(key, key, "Organization", told)
