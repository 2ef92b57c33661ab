"""Jurisdictions alike in their programmes, and programmes found together.

Both are projections of one bipartite table, covered jurisdictions × programmes
they realise or plan: two jurisdictions are tied by the programmes they share,
two programmes by the jurisdictions that have both. Ties are counted by walking
the table's rows once, which is linear in the number of ties; networkx'
``weighted_projected_graph`` compares neighbourhoods pairwise and is far slower.

Similarity of the sets A and B (Jaccard 1901; Salton & McGill 1983 for the
cosine): ``|A∩B| / |A∪B|`` and ``|A∩B| / √(|A|·|B|)``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import networkx as nx

from kg.model import Status
from kg.views.facts import Facts
from kg.views.recur import implementing

__all__ = ["Alike", "Together", "alike", "portfolios", "project", "together"]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two covered jurisdictions; the three tuples are what they share and where they differ."""

    a: str
    b: str
    label_a: str
    label_b: str
    jaccard: float
    cosine: float
    shared: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Two programmes found in the same jurisdictions, out of all covered ones."""

    a: str
    b: str
    label_a: str
    label_b: str
    both: int
    jurisdictions_a: int
    jurisdictions_b: int
    of_jurisdictions: int
    jaccard: float


def portfolios(facts: Facts) -> dict[str, frozenset[str]]:
    """The programmes each covered jurisdiction realises or plans (none: an empty set)."""
    found: dict[str, set[str]] = {j: set() for j in sorted(facts.covered)}
    for claim in implementing(facts):
        if claim.status is not Status.STOPPED:
            for region in facts.covered.intersection(facts.jurisdictions(claim)):
                found[region].add(claim.object)
    return {j: frozenset(programmes) for j, programmes in found.items()}


def _turned(table: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Columns as rows: for each programme the jurisdictions that have it."""
    turned: dict[str, set[str]] = defaultdict(set)
    for row, columns in table.items():
        for column in columns:
            turned[column].add(row)
    return {column: frozenset(turned[column]) for column in sorted(turned)}


def _ties(table: Mapping[str, frozenset[str]]) -> dict[tuple[str, str], int]:
    """Pairs of rows with the number of columns they share, only those that share any."""
    ties: dict[tuple[str, str], int] = defaultdict(int)
    for rows in _turned(table).values():
        for pair in combinations(sorted(rows), 2):
            ties[pair] += 1
    return ties


def alike(facts: Facts) -> list[Alike]:
    """Pairs of covered jurisdictions that share a programme, the most alike first."""
    table = portfolios(facts)
    rows = [_alike(facts, a, b, table) for a, b in _ties(table)]
    return sorted(rows, key=lambda r: (-r.jaccard, -r.cosine, r.a, r.b))


def _alike(facts: Facts, a: str, b: str, table: Mapping[str, frozenset[str]]) -> Alike:
    one, two = table[a], table[b]
    shared = one & two
    return Alike(
        a=a,
        b=b,
        label_a=facts.label(a),
        label_b=facts.label(b),
        jaccard=round(len(shared) / len(one | two), 4),
        cosine=round(len(shared) / sqrt(len(one) * len(two)), 4),
        shared=tuple(sorted(shared)),
        only_a=tuple(sorted(one - two)),
        only_b=tuple(sorted(two - one)),
    )


def together(facts: Facts) -> list[Together]:
    """Pairs of programmes some covered jurisdiction has both of, the most frequent first."""
    table = _turned(portfolios(facts))
    rows = [_together(facts, a, b, n, table) for (a, b), n in _ties(table).items()]
    return sorted(rows, key=lambda r: (-r.both, -r.jaccard, r.a, r.b))


def _together(facts: Facts, a: str, b: str, both: int, table: Mapping[str, frozenset[str]]) -> Together:
    one, two = len(table[a]), len(table[b])
    return Together(
        a=a,
        b=b,
        label_a=facts.label(a),
        label_b=facts.label(b),
        both=both,
        jurisdictions_a=one,
        jurisdictions_b=two,
        of_jurisdictions=len(facts.covered),
        jaccard=round(both / (one + two - both), 4),
    )


def project(facts: Facts, side: str) -> nx.Graph:
    """The projection on ``jurisdictions`` or ``programmes``: edges weighted by what is shared.

    >>> from kg.views.facts import gather
    >>> project(gather([], regions={}, concepts={}), "jurisdictions").number_of_edges()
    0
    """
    table = portfolios(facts) if side == "jurisdictions" else _turned(portfolios(facts))
    graph = nx.Graph()
    graph.add_nodes_from(sorted(table))
    graph.add_weighted_edges_from((a, b, n) for (a, b), n in sorted(_ties(table).items()))
    return graph
