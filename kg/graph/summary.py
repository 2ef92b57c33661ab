"""The summary graph: what all reports say together, each edge once and without its proof.

A report's graph holds thousands of quads for some hundred edges, and the next
report of the same county repeats them. Questions over all reports ("which
regions run which programmes?") read the summary instead: which edges stand in
some report (``hg:everImplements`` …), what some report plans
(``hg:everPlans``), of each region, organisation and programme its class,
Chinese name and place, and of each observation whose it is, reached or aimed
at, and of which year: status and year stand among those of ten times as many
claims. Its predicates are its own, for an engine that reads
all graphs together would answer twice what two graphs state. It is made from
the reference graph and the report graphs alone, so it can always be made
again, and follows them when a report is replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from kg.graph import vocab as v
from kg.graph.constraints import Nodes
from kg.graph.iris import BASE
from kg.graph.nquads import node, split

__all__ = ["SUMMARY", "follow", "nodes_of", "summary", "summary_of"]

SUMMARY = BASE + "graph/summary"

_GRAPH = node(SUMMARY)
_ENTITIES = tuple(f"<{BASE}{kind}/" for kind in ("local-program", "org", "program", "region"))
_REGION, _OBSERVATION = f"<{BASE}region/", f"<{BASE}observation/"
_IMPLEMENTS, _PLANS, _STATUS, _PLANNED = v.hg("implements"), v.hg("everPlans"), v.hg("status"), v.hg("Planned")
# What stands in the graphs, and what it is called here.
_EVER = {
    **{v.hg(p): v.hg(f"ever{p[0].upper()}{p[1:]}") for p in ("implements", "leads", "memberOf", "partnersWith")},
    v.TYPE: v.hg("class"),
    v.PREF_LABEL: v.hg("name"),
    v.hg("locatedIn"): v.hg("place"),
    v.hg("within"): v.hg("place"),
}
_WHOSE, _YEAR, _IN_YEAR = v.hg("subject"), v.hg("year"), v.hg("inYear")
_OF = {v.hg("Realised"): v.hg("everReachedBy"), _PLANNED: v.hg("everTargetOf")}


def summary(nodes: Nodes) -> list[str]:
    """The summary's lines that one graph gives, sorted; ``nodes`` are its subjects.

    >>> summary({"<https://w3id.org/hgkg/region/330481>": {v.TYPE: [v.hg("Region")], v.hg("rule"): ['"r"']}}) == [
    ...     f"<https://w3id.org/hgkg/region/330481> {v.hg('class')} {v.hg('Region')} {_GRAPH} ."
    ... ]
    True
    """
    found: set[tuple[str, str, str]] = set()
    for subject, said in nodes.items():
        if subject.startswith(_ENTITIES):
            kept = _EVER.keys() & said.keys()
            found.update((subject, _EVER[p], value) for p in kept for value in said[p] if _chinese(p, value))
        elif subject.startswith(_OBSERVATION):
            ever = [_OF[status] for status in said.get(_STATUS, ()) if status in _OF]
            found.update(product([subject], ever, said.get(_WHOSE, ())))
            found.update(product([subject], [_IN_YEAR], said.get(_YEAR, ())))
        elif _PLANNED in said.get(_STATUS, ()) and _IMPLEMENTS in said.get(v.PREDICATE, ()):
            found.update(product(said.get(v.SUBJECT, ()), [_PLANS], said.get(v.OBJECT, ())))
    return sorted(f"{s} {p} {o} {_GRAPH} ." for s, p, o in found)


def _chinese(predicate: str, value: str) -> bool:
    return predicate != v.PREF_LABEL or value.endswith('"@zh')


def summary_of(lines: Iterable[str]) -> list[str]:
    """The same from the lines of a graph."""
    return summary(nodes_of(map(split, lines)))


def nodes_of(quads: Iterable[tuple[str, str, str, str]]) -> Nodes:
    """Subjects with what is said of them: predicate to objects."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value, _ in quads:
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return nodes


def follow(before: Iterable[str], now: Iterable[str]) -> str:
    """The SPARQL update that makes the summary follow a report that changed, empty if nothing does.

    ``before`` and ``now`` are the report's ``summary``; its graph must have been
    replaced already: a line goes when no other graph states it any more.
    """
    old, new = set(before), set(now)
    gone, come = sorted(old - new), sorted(new - old)
    updates = [_removal([split(x)[:3] for x in gone], plans=plans) for plans in (False, True)] if gone else []
    if come:
        updates.append(f"INSERT DATA {{ GRAPH {_GRAPH} {{ {' '.join(_triple(x) for x in come)} }} }}")
    return " ; ".join(filter(None, updates))


def _removal(triples: Iterable[tuple[str, str, str]], *, plans: bool) -> str:
    """Remove what nobody states any more; plans are stated by claims, the rest by the triple it was made of."""
    rows = " ".join(f"({s} {p} {o} {_source(s, p)})" for s, p, o in triples if (p == _PLANS) is plans)
    planned = f"?c {v.SUBJECT} ?s ; {v.OBJECT} ?o ; {v.PREDICATE} ?q ; {_STATUS} {_PLANNED}"
    stated = planned if plans else "?s ?q ?o"
    return rows and (
        f"DELETE {{ GRAPH {_GRAPH} {{ ?s ?p ?o }} }} "
        f"WHERE {{ VALUES (?s ?p ?o ?q) {{ {rows} }} FILTER NOT EXISTS {{ GRAPH ?g {{ {stated} }} }} }}"
    )


def _source(subject: str, predicate: str) -> str:
    """The predicate that a line of the summary was made of."""
    made = {ever: said for said, ever in _EVER.items()} | dict.fromkeys(_OF.values(), _WHOSE)
    made |= {_PLANS: _IMPLEMENTS, _IN_YEAR: _YEAR}
    return v.hg("locatedIn") if predicate == v.hg("place") and not subject.startswith(_REGION) else made[predicate]


def _triple(line: str) -> str:
    return line.rsplit(" ", 2)[0] + " ."
