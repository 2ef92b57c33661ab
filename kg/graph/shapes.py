"""The shapes of ``ontology/shapes.ttl`` as a table that judges N-Quads terms directly.

A general SHACL engine builds a graph of term objects first, which costs far
more than the checks themselves. Here the shapes are compiled once and
evaluated over the lines' own tokens. Only the constraints that the shapes use
are known; any other raises DataError when the table is made, so that a shape
is never silently ignored. A test holds the verdicts equal to pySHACL's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.files import package_path
from kg.graph.constraints import CHECKS, Constraint, Nodes, Shape, Table, World, met, token

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

__all__ = ["Violation", "compile_shapes", "shapes", "subclasses", "violations"]

SH = "http://www.w3.org/ns/shacl#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
# What a shape says besides its constraints.
_SAID = {"targetClass", "targetSubjectsOf", "targetObjectsOf", "property", "path", "message"}


@dataclass(frozen=True, slots=True)
class Violation:
    """A node, the shape it does not meet (both as terms), and what to do about it (Chinese / English)."""

    node: str
    shape: str
    message: str


@cache
def shapes() -> Table:
    """The shapes and classes shipped with the package, compiled once a process."""
    from rdflib import Graph

    folder = package_path("ontology")
    graph = Graph()
    for name in ("health-governance.ttl", "shapes.ttl"):
        graph.parse(folder / name)
    return compile_shapes(graph, folder / "shapes.ttl")


def compile_shapes(graph: Graph, where: Path) -> Table:
    """The table of all node shapes with a target; ``graph`` holds shapes and class hierarchy.

    Raises DataError naming ``where`` for a constraint that is not known here.
    """
    from rdflib import RDF, URIRef

    below = subclasses(graph)
    by_class: dict[str, list[Shape]] = {}
    by_subject: dict[str, list[Shape]] = {}
    by_object: dict[str, list[Shape]] = {}
    for me in sorted(graph.subjects(RDF.type, URIRef(SH + "NodeShape")), key=str):
        shape = _shape(graph, me, where)
        for name in _objects(graph, me, "targetClass"):
            for part in below.get(token(name), {token(name)}):
                by_class.setdefault(part, []).append(shape)
        for target, index in (("targetSubjectsOf", by_subject), ("targetObjectsOf", by_object)):
            for name in _objects(graph, me, target):
                index.setdefault(token(name), []).append(shape)
    above = {part: frozenset(c for c in below if part in below[c]) for parts in below.values() for part in parts}
    return Table(_fixed(by_class), _fixed(by_subject), _fixed(by_object), above)


def _fixed(index: dict[str, list[Shape]]) -> dict[str, tuple[Shape, ...]]:
    return {key: tuple(found) for key, found in index.items()}


def subclasses(graph: Graph) -> dict[str, frozenset[str]]:
    """Each class with itself and all classes below it, as terms."""
    from rdflib import RDFS

    classes = {*graph.subjects(RDFS.subClassOf), *graph.objects(None, RDFS.subClassOf)}
    return {token(c): frozenset(map(token, graph.transitive_subjects(RDFS.subClassOf, c))) for c in classes}


def _shape(graph: Graph, me: Node, where: Path) -> Shape:
    paths = [token(path) for path in _objects(graph, me, "path")]
    constraints = tuple(_constraints(graph, me, where))
    return Shape(
        iri=token(me),
        path=paths[0] if paths else "",
        constraints=constraints,
        properties=tuple(_shape(graph, p, where) for p in sorted(_objects(graph, me, "property"))),
        message=" / ".join(str(m) for m in sorted(_objects(graph, me, "message"), key=_chinese_first)),
        demands=any(c.kind in {"minCount", "hasValue"} for c in constraints),
    )


def _chinese_first(message: Any) -> bool:
    return bool(message.language != "zh")


def _constraints(graph: Graph, me: Node, where: Path) -> Iterator[Constraint]:
    for predicate, value in sorted(graph.predicate_objects(me)):
        kind = str(predicate).removeprefix(SH)
        if str(predicate) == kind or kind in _SAID:
            continue
        if kind not in CHECKS:
            raise DataError(f"{where}: {me}: sh:{kind} is not known; add it to kg/graph/constraints.py")
        yield Constraint(kind, _argument(graph, kind, value, where))


def _argument(graph: Graph, kind: str, value: Node, where: Path) -> Any:
    from rdflib.collection import Collection

    if kind in {"in", "languageIn", "or"}:
        members = list(Collection(graph, value))
        if kind == "or":
            return tuple(_shape(graph, m, where) for m in members)
        return frozenset(map(token if kind == "in" else str, members))
    return CHECKS[kind].prepare(value)


def _objects(graph: Graph, me: Node, name: str) -> list[URIRef]:
    from rdflib import URIRef

    return list(graph.objects(me, URIRef(SH + name)))  # type: ignore[arg-type]


def violations(
    nodes: Nodes, table: Table | None = None, types: Mapping[str, frozenset[str]] | None = None
) -> Iterator[Violation]:
    """Every violation in a graph given as ``nodes``: subject, predicate, objects, all as terms.

    ``types`` tells the classes of nodes that other graphs describe.
    """
    table = table or shapes()
    world = World(nodes, types or {}, table.above)
    for node, wanted in _targets(nodes, table):
        for shape in wanted:
            yield from _judge(node, shape, world)


def _judge(node: str, shape: Shape, world: World) -> Iterator[Violation]:
    for part in (shape, *shape.properties):
        if not met(node, part, world):
            yield Violation(node, part.iri, part.message)


def _targets(nodes: Nodes, table: Table) -> Iterator[tuple[str, Iterable[Shape]]]:
    """Nodes with the shapes that target them; each shape once a node."""
    pointed: dict[str, dict[Shape, None]] = {}
    for node, said in nodes.items():
        wanted = [s for kind in said.get(TYPE, ()) for s in table.by_class.get(kind, ())]
        for predicate in table.by_subject.keys() & said.keys():
            wanted += table.by_subject[predicate]
        for predicate in table.by_object.keys() & said.keys():
            for value in said[predicate]:
                pointed.setdefault(value, {}).update(dict.fromkeys(table.by_object[predicate]))
        if wanted:
            pointed.setdefault(node, {}).update(dict.fromkeys(wanted))
    yield from pointed.items()
