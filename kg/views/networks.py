"""GraphML and GEXF for Gephi, yEd and networkx: entities as nodes, one edge a claim.

Nodes come before edges, so the store is walked twice and nothing is collected.
Attributes are strings and integers only; what is empty is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.graph import vocab as v
from kg.views.walk import Walk, short

__all__ = ["gexf", "graphml"]

Attributes = dict[str, str]

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NODE = ("label", "type", "level", "place")
_EDGE = ("relation", "status", "year", "kind", "report", "evidence")


def _nodes(walk: Walk) -> Iterator[tuple[str, Attributes]]:
    """Entities that a claim links."""
    for block in walk.entities():
        if walk.linked(block.subject):
            place = block.text(v.hg("locatedIn")) or block.text(v.hg("within"))
            values = (walk.name(block.subject), block.kind, block.ref(v.hg("level")), walk.name(place))
            yield block.id, dict(zip(_NODE, values, strict=True))


def _edges(walk: Walk) -> Iterator[tuple[str, str, str, Attributes]]:
    """Claims: identifier, both ends, attributes."""
    for block in walk.blocks("Claim"):
        values = (
            block.ref(v.PREDICATE), block.ref(v.hg("status")), block.text(v.hg("year")),
            block.ref(v.hg("partnershipKind")), block.ref(v.hg("report")), walk.quote(block),
        )  # fmt: skip
        ends = short(block.text(v.SUBJECT)), short(block.text(v.OBJECT))
        yield block.id, *ends, dict(zip(_EDGE, values, strict=True))


def graphml(walk: Walk) -> Iterator[str]:
    """The network as GraphML."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for scope, names in (("node", _NODE), ("edge", _EDGE)):
        for name in names:
            kind = "int" if name == "year" else "string"
            yield f'<key id="{scope}-{name}" for="{scope}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node, values in _nodes(walk):
        yield f"<node id={_quoted(node)}>{_data('node', values)}</node>\n"
    for edge, source, target, values in _edges(walk):
        ends = f"source={_quoted(source)} target={_quoted(target)}"
        yield f"<edge id={_quoted(edge)} {ends}>{_data('edge', values)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(scope: str, values: Attributes) -> str:
    return "".join(f'<data key="{scope}-{name}">{_text(value)}</data>' for name, value in values.items() if value)


def gexf(walk: Walk) -> Iterator[str]:
    """The network as GEXF 1.2."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n'
    for scope, names in (("node", _NODE[1:]), ("edge", _EDGE)):
        rows = "".join(
            f'<attribute id="{name}" title="{name}" type="{"integer" if name == "year" else "string"}"/>'
            for name in names
        )
        yield f'<attributes class="{scope}" mode="static">{rows}</attributes>\n'
    yield "<nodes>\n"
    for node, values in _nodes(walk):
        label = _quoted(values.pop("label"))
        yield f"<node id={_quoted(node)} label={label}>{_attvalues(values)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for edge, source, target, values in _edges(walk):
        ends = f"source={_quoted(source)} target={_quoted(target)}"
        yield f"<edge id={_quoted(edge)} {ends} label={_quoted(values['relation'])}>{_attvalues(values)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _attvalues(values: Attributes) -> str:
    rows = (f'<attvalue for="{name}" value={_quoted(value)}/>' for name, value in values.items() if value)
    return f"<attvalues>{''.join(rows)}</attvalues>"


def _text(value: str) -> str:
    """Element text; what XML cannot hold becomes U+FFFD, one for one."""
    return escape(_FORBIDDEN.sub("\ufffd", value), {"\r": "&#13;"})


def _quoted(value: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", value))
