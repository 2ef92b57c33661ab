"""``kg draw``: a network, or a neighbourhood, as one self-contained page (pyvis).

pyvis gives two things: its ``Network`` object, which holds nodes, edges and
options, and the licensed vis-network bundle it carries. The page itself is our
own template, because pyvis' ``write_html`` loads files from foreign hosts,
executes markup in titles, and writes in the locale's encoding. Physics is off;
positions come from ``kg.views.layout``. Above some 2,000 nodes a part of the
network (one region, one programme, partnerships only) is the better picture.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from kg.errors import DataError, UsageError
from kg.model import Status
from kg.views import page
from kg.views.facts import Facts
from kg.views.layout import place
from kg.views.net import Net, Node, Relation, around, partnerships, whole

__all__ = ["choose", "draw", "network"]

# Shape and colour of each kind of node; colours after Okabe & Ito (2008).
LOOKS: dict[str, tuple[str, str]] = {
    "Program": ("diamond", "#009E73"),
    "LocalProgram": ("triangleDown", "#009E73"),
    "Region": ("square", "#0072B2"),
    "Hospital": ("dot", "#CC79A7"),
    "AcademicInstitution": ("triangle", "#E69F00"),
    "MedicalAlliance": ("hexagon", "#56B4E9"),
}
OTHER = ("dot", "#8A8F98")
LINES = {
    Status.REALISED: ("#3D4652", False),
    Status.PLANNED: ("#B36200", [6, 5]),
    Status.STOPPED: ("#C0392B", [2, 4]),
}
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True, "multiselect": False, "tooltipDelay": 10**7},
    "nodes": {"font": {"size": 14}, "size": 9, "borderWidth": 1},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}},
}


def choose(facts: Facts, what: str = "") -> Net:
    """The part of the network ``what`` names: nothing = all, ``partnerships``, or an identifier."""
    if not what:
        return whole(facts)
    return partnerships(facts) if what == "partnerships" else around(facts, what)


def draw(facts: Facts, what: str = "", *, title: str = "") -> str:
    """The page of the whole network (``what`` empty), of partnerships, or around one identifier.

    Raises UsageError when there is nothing to draw.
    """
    net = choose(facts, what)
    if not net.nodes:
        raise UsageError(f"{what or 'the graph'}: nothing to draw; read some reports first")
    heading = title or (facts.label(what) if what and what != "partnerships" else "") or "卫生健康项目与合作网络"
    carried = network(facts, net)
    data = {"nodes": carried.nodes, "edges": carried.edges, "options": carried.options, **_evidence(facts, net)}
    script = "\n".join((_bundle(), page.asset("net.js")))
    return page.render("net.html", title=heading, style=page.asset("net.css"), script=script, data=data)


def network(facts: Facts, net: Net) -> Any:
    """A pyvis ``Network`` of the net, positions given, one edge per relation."""
    from pyvis.network import Network  # a second of IPython that only this command should pay

    number = {node.id: n for n, node in enumerate(net.nodes)}
    at = place(facts, net)
    carried = Network(directed=True, height="100%", width="100%")
    carried.options = OPTIONS
    for node in net.nodes:
        x, y = at[node.id]
        carried.add_node(number[node.id], **_look(node), x=2 * x, y=2 * y)
    for n, (relation, lane) in enumerate(_lanes(net.relations)):
        ends = number[relation.subject], number[relation.object]
        carried.add_edge(*ends, **_line(relation, lane), id=n)
    return carried


def _look(node: Node) -> dict[str, Any]:
    shape, colour = LOOKS.get(node.type, OTHER)
    size = 13 if node.type in {"Program", "Region"} else 8
    return {
        "label": node.label or node.id,
        "shape": shape,
        "color": colour,
        "size": size,
        "key": node.id,
        "kind": node.type,
    }


def _lanes(relations: tuple[Relation, ...]) -> list[tuple[Relation, int]]:
    """Relations with their place among those that join the same two nodes."""
    used: dict[frozenset[str], int] = defaultdict(int)
    found = []
    for relation in relations:
        pair = frozenset((relation.subject, relation.object))
        found.append((relation, used[pair]))
        used[pair] += 1
    return found


def _line(relation: Relation, lane: int) -> dict[str, Any]:
    """Look of a relation: the first of a pair is straight, the others bend aside to stay visible."""
    colour, dashes = LINES[relation.status]
    bend = {"smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.12 * lane}} if lane else {}
    symmetric = {"arrows": {"to": {"enabled": False}}} if relation.predicate.value == "partnersWith" else {}
    return {
        "color": colour, "dashes": dashes, "width": min(1 + 0.4 * (len(relation.claims) - 1), 4), "predicate":
        relation.predicate.value, "status": relation.status.value, **bend, **symmetric,
    }  # fmt: skip


def _evidence(facts: Facts, net: Net) -> dict[str, Any]:
    """Sentences of each relation, in the order of the edges, and the reports they stand in."""
    reports = {key: n for n, key in enumerate(sorted({c.report for r in net.relations for c in r.claims}))}
    proofs = [
        [
            [reports[c.report], c.evidence.quote, c.evidence.start, c.evidence.end, facts.year(c), c.kind]
            for c in r.claims
        ]
        for r in net.relations
    ]
    described = [[k, facts.report[k].title or facts.report[k].file_name, facts.report[k].year] for k in reports]
    return {"proofs": proofs, "reports": described}


def _bundle() -> str:
    """The vis-network script that pyvis carries."""
    import pyvis

    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-9*/vis-network.min.js"))
    if not found:
        raise DataError(f"{pyvis.__file__}: its vis-network bundle is missing; install pyvis 0.3.2 again")
    return found[-1].read_text(encoding="utf-8").replace("\r\n", "\n")
