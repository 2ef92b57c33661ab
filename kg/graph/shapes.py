"""The shapes of ``ontology/shapes.ttl`` as a table that judges N-Quads terms directly.

A general SHACL engine builds a graph of term objects first, which costs far
more than the checks themselves. Here the shapes are compiled once and
evaluated over the lines' own tokens. Only the constraints that the shapes use
are known; any other raises DataError when the table is made, so that a shape
is never silently ignored. A test holds the verdicts equal to pySHACL's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.files import package_path
from kg.graph.constraints import CHECKS, Constraint, Nodes, Shape, Table, World, lexical, met, reads
from kg.graph.nquads import node as token
from kg.graph.vocab import RDF, RDFS, TYPE

__all__ = ["Violation", "compile_shapes", "shapes", "subclasses", "violations"]

SH = "http://www.w3.org/ns/shacl#"
SUBCLASS_OF, FIRST, REST = token(RDFS + "subClassOf"), token(RDF + "first"), token(RDF + "rest")
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
    from kg.graph.store import read_turtle

    folder = package_path("ontology")
    files = [folder / name for name in ("health-governance.ttl", "shapes.ttl")]
    return compile_shapes(read_turtle(files), files[-1])


def compile_shapes(said: Nodes, where: Path) -> Table:
    """The table of all node shapes with a target; ``said`` holds shapes and class hierarchy.

    Raises DataError naming ``where`` for a constraint that is not known here.
    """
    below = subclasses(said)
    by_class: dict[str, list[Shape]] = {}
    by_subject: dict[str, list[Shape]] = {}
    by_object: dict[str, list[Shape]] = {}
    for me in sorted(me for me in said if token(SH + "NodeShape") in said[me].get(TYPE, ())):
        shape = _shape(said, me, where)
        for name in _objects(said, me, "targetClass"):
            for part in below.get(name, {name}):
                by_class.setdefault(part, []).append(shape)
        for target, index in (("targetSubjectsOf", by_subject), ("targetObjectsOf", by_object)):
            for name in _objects(said, me, target):
                index.setdefault(name, []).append(shape)
    above = {part: frozenset(c for c in below if part in below[c]) for parts in below.values() for part in parts}
    return Table(_fixed(by_class), _fixed(by_subject), _fixed(by_object), above)


def _fixed(index: dict[str, list[Shape]]) -> dict[str, tuple[Shape, ...]]:
    return {key: tuple(found) for key, found in index.items()}


def subclasses(said: Nodes) -> dict[str, frozenset[str]]:
    """Each class with itself and all classes below it, as terms."""
    above = {c: said[c][SUBCLASS_OF] for c in said if SUBCLASS_OF in said[c]}
    found: dict[str, set[str]] = {}
    for below in above:
        reached = [below]
        for c in reached:  # grows while it is walked
            found.setdefault(c, {c}).add(below)
            reached += [more for more in above.get(c, ()) if more not in reached]
    return {c: frozenset(below) for c, below in found.items()}


def _shape(said: Nodes, me: str, where: Path) -> Shape:
    paths = _objects(said, me, "path")
    constraints = tuple(_constraints(said, me, where))
    return Shape(
        iri=me,
        path=paths[0] if paths else "",
        constraints=constraints,
        properties=tuple(_shape(said, p, where) for p in sorted(_objects(said, me, "property"))),
        message=" / ".join(map(lexical, sorted(_objects(said, me, "message"), key=_chinese_first))),
        demands=any(c.kind in {"minCount", "hasValue"} for c in constraints),
        reads=reads(paths[0] if paths else "", constraints),
    )


def _chinese_first(message: str) -> tuple[bool, str]:
    return not message.endswith('"@zh'), message


def _constraints(said: Nodes, me: str, where: Path) -> Iterator[Constraint]:
    for predicate, values in sorted(said[me].items()):
        kind = predicate[1:-1].removeprefix(SH)
        if predicate == token(kind) or kind in _SAID:
            continue
        if kind not in CHECKS:
            raise DataError(f"{where}: {me[1:-1]}: sh:{kind} is not known; add it to kg/graph/constraints.py")
        for value in sorted(values):
            yield Constraint(kind, _argument(said, kind, value, where))


def _argument(said: Nodes, kind: str, value: str, where: Path) -> Any:
    if kind == "or":
        return tuple(_shape(said, m, where) for m in _members(said, value))
    if kind in {"in", "languageIn"}:
        return frozenset(map(CHECKS[kind].prepare, _members(said, value)))
    return CHECKS[kind].prepare(value)


def _members(said: Nodes, head: str) -> Iterator[str]:
    """The members of an RDF list."""
    while head in said:
        yield said[head][FIRST][0]
        head = said[head][REST][0]


def _objects(said: Nodes, me: str, name: str) -> Sequence[str]:
    return said.get(me, {}).get(token(SH + name), ())


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
