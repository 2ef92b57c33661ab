"""Where each node of a network stands: computed once, by kind, the same in every run.

1. Programmes stand on rings round the centre, family by family.
2. Each province is a sector of the ring around them, in the order of the
   division codes, as wide as what it holds; its regions fill the sector from
   the inside out.
3. Organisations, townships and local programmes are satellites on a sunflower
   spiral (Vogel 1979) round their region.

A reader finds the same county at the same place in every picture, and 10,000
nodes take a fraction of a second, where force-directed methods take minutes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from kg.views.facts import Facts
from kg.views.net import Net, Node

__all__ = ["place"]

Point = tuple[int, int]

STEP = 16.0  # distance between neighbouring satellites, in picture units
RING = 46.0  # distance between neighbouring programmes
GAP = 30.0  # free space between two clusters
GOLDEN = pi * (3 - sqrt(5))
SATELLITE_LEVELS = frozenset({"township", "zone"})


@dataclass(frozen=True, slots=True)
class _Cluster:
    """A region with its satellites and the radius they need."""

    centre: str
    satellites: tuple[str, ...]

    @property
    def radius(self) -> float:
        return STEP * (1.2 + sqrt(len(self.satellites)))


def place(facts: Facts, net: Net) -> dict[str, Point]:
    """Whole-number coordinates of every node, the centre of the picture at (0, 0)."""
    programmes = [n for n in net.nodes if n.type == "Program"]
    found, inner = _rings(sorted(programmes, key=lambda n: (n.family, n.id)))
    sectors = _sectors(facts, _clusters(facts, [n for n in net.nodes if n.type != "Program"]))
    for cluster, x, y in _packed(sectors, inner + 4 * GAP):
        found[cluster.centre] = (round(x), round(y))
        found.update(_spiral(cluster.satellites, x, y))
    return {node.id: found[node.id] for node in net.nodes}


def _rings(nodes: list[Node]) -> tuple[dict[str, Point], float]:
    """Programmes on concentric rings, outermost first, and the outer radius."""
    if not nodes:
        return {}, 0.0
    outer = max(3 * RING, RING * sqrt(len(nodes) / pi) * 1.5)
    found: dict[str, Point] = {}
    radius, left = outer, list(nodes)
    while left:
        room = max(1, int(2 * pi * radius / RING))
        here, left = left[:room], left[room:]
        for i, node in enumerate(here):
            found[node.id] = _at(radius, 2 * pi * i / len(here) - pi / 2)
        radius = max(radius - RING * 1.2, RING / 2)
    return found, outer


def _at(radius: float, angle: float, x: float = 0.0, y: float = 0.0) -> Point:
    return round(x + radius * cos(angle)), round(y + radius * sin(angle))


def _clusters(facts: Facts, nodes: list[Node]) -> list[_Cluster]:
    """Every region that is no satellite, with what belongs round it."""
    centres = {n.id for n in nodes if n.type == "Region" and not _is_satellite(facts, n)}
    around: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        if node.id not in centres:
            around[_centre(facts, node, centres)].append(node.id)
    return [_Cluster(key, tuple(around.get(key, ()))) for key in sorted(centres | set(around))]


def _is_satellite(facts: Facts, node: Node) -> bool:
    return facts.entities[node.id].level in SATELLITE_LEVELS and node.id not in facts.covered


def _centre(facts: Facts, node: Node, centres: set[str]) -> str:
    """The nearest region around a node that is drawn; its own home, even undrawn, otherwise."""
    return next((r for r in facts.above(node.home) if r in centres), node.home)


def _sectors(facts: Facts, clusters: Iterable[_Cluster]) -> list[list[_Cluster]]:
    """Clusters by province; what lies in no known province comes last."""
    groups: dict[str, list[_Cluster]] = defaultdict(list)
    for cluster in clusters:
        groups[facts.province(cluster.centre) or "~"].append(cluster)
    return [groups[key] for key in sorted(groups)]


def _packed(sectors: list[list[_Cluster]], inner: float) -> Iterator[tuple[_Cluster, float, float]]:
    """Each cluster with its centre; a sector is as wide as its share of all area."""
    areas = [sum((2 * c.radius + GAP) ** 2 for c in sector) for sector in sectors]
    total = sum(areas)
    inner = max(inner, sqrt(total) / 3)
    angle = -pi / 2
    for sector, area in zip(sectors, areas, strict=True):
        width = 2 * pi * area / total
        yield from _filled(sector, inner, angle, width)
        angle += width


def _filled(
    sector: list[_Cluster], inner: float, start: float, width: float
) -> Iterator[tuple[_Cluster, float, float]]:
    """Rows of clusters from the inside out, each row spread evenly over the sector."""
    ring = inner
    left = sector
    while left:
        row, left = _row(left, ring, width)
        deepest = max(c.radius for c in row)
        sizes = [2 * c.radius + GAP for c in row]
        stretch = width / sum(sizes)
        angle = start
        for cluster, size in zip(row, sizes, strict=True):
            middle = angle + stretch * size / 2
            yield cluster, (ring + deepest) * cos(middle), (ring + deepest) * sin(middle)
            angle += stretch * size
        ring += 2 * deepest + GAP


def _row(clusters: list[_Cluster], ring: float, width: float) -> tuple[list[_Cluster], list[_Cluster]]:
    """As many clusters as fit side by side at that radius, at least one."""
    used = 0.0
    for count, cluster in enumerate(clusters):
        used += 2 * cluster.radius + GAP
        if count and used > width * (ring + cluster.radius):
            return clusters[:count], clusters[count:]
    return clusters, []


def _spiral(satellites: tuple[str, ...], x: float, y: float) -> Mapping[str, Point]:
    return {key: _at(STEP * sqrt(i + 1.6), GOLDEN * i, x, y) for i, key in enumerate(satellites)}
