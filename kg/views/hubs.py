"""Hubs, bridges and communities of the whole network (networkx).

The network: every region, organisation and programme that a claim joins, one
undirected edge per pair, weighted by the number of claims that are not
stopped. ``edges.rq`` asks the store for the same edges; everything here follows
from them.

Methods: degree; betweenness (Brandes 2001), from a fixed sample of
``SAMPLE`` nodes above ``EXACT`` nodes; PageRank (damping 0.85); communities by
Louvain (Blondel et al. 2008) with a fixed seed. Nodes are numbered in sorted
order first: numbers hash alike in every run, names do not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from kg.model import Status
from kg.views.facts import Facts

__all__ = ["Hub", "communities", "edges", "hubs", "measure"]

SEED = 20240601
EXACT = 1000  # exact betweenness of 1,000 nodes and 3,000 edges takes seconds, of 10,000 many minutes
SAMPLE = 100


@dataclass(frozen=True, slots=True)
class Hub:
    """One node with its figures; ``of_nodes`` is the size of the network.

    ``community`` 0 is the largest community. ``betweenness`` and ``pagerank``
    are rounded to six digits.
    """

    id: str
    label: str
    type: str
    degree: int
    weight: int
    betweenness: float
    pagerank: float
    community: int
    of_nodes: int


def edges(facts: Facts) -> dict[tuple[str, str], int]:
    """Joined pairs, each in sorted order, with their number of claims."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for claim in facts.claims:
        if claim.status is not Status.STOPPED and claim.subject != claim.object:
            found[min(claim.subject, claim.object), max(claim.subject, claim.object)] += 1
    return dict(sorted(found.items()))


def hubs(facts: Facts) -> list[Hub]:
    """Every node of the network, the highest PageRank first."""
    return measure(facts, edges(facts))


def measure(facts: Facts, joined: dict[tuple[str, str], int]) -> list[Hub]:
    """The figures that follow from the given edges."""
    names = sorted({end for pair in joined for end in pair})
    graph = _graph(names, joined)
    between = nx.betweenness_centrality(graph, k=None if len(names) <= EXACT else SAMPLE, seed=SEED)
    rank = nx.pagerank(graph) if names else {}
    group = {n: i for i, members in enumerate(communities(graph)) for n in members}
    rows = [
        Hub(
            id=name,
            label=facts.label(name),
            type=_type(facts, name),
            degree=graph.degree(n),
            weight=graph.degree(n, weight="weight"),
            betweenness=round(between[n], 6),
            pagerank=round(rank[n], 6),
            community=group[n],
            of_nodes=len(names),
        )
        for n, name in enumerate(names)
    ]
    return sorted(rows, key=lambda r: (-r.pagerank, r.id))


def _graph(names: list[str], joined: dict[tuple[str, str], int]) -> nx.Graph:
    number = {name: n for n, name in enumerate(names)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    graph.add_weighted_edges_from((number[a], number[b], weight) for (a, b), weight in sorted(joined.items()))
    return graph


def communities(graph: nx.Graph) -> list[list[int]]:
    """Louvain communities of a graph with numbers as nodes, the largest first, members sorted."""
    if not graph:
        return []
    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    return sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))


def _type(facts: Facts, key: str) -> str:
    if key in facts.entities:
        return str(facts.entities[key].type.value)
    return "Program" if key.startswith("program/") else "Organization"
