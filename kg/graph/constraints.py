"""The constraints of SHACL core that the shapes use, each a small function of terms.

Terms are N-Triples tokens: ``<iri>``, ``"text"``, ``"text"@zh`` or
``"1"^^<datatype>``. Semantics follow the W3C Recommendation "Shapes
Constraint Language (SHACL)", section 4; each function answers whether all
values meet the constraint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.graph.nquads import unescape
from kg.graph.vocab import RDF, TYPE, XSD

__all__ = ["CHECKS", "Check", "Constraint", "Nodes", "Shape", "Table", "World", "lexical", "met", "reads"]

Nodes = Mapping[str, Mapping[str, Sequence[str]]]

_NOTHING: Mapping[str, Sequence[str]] = {}
_QUICK = {"maxCount", "minCount", "nodeKind"}

# Lexical forms, after XML Schema Part 2; a literal that does not fit is ill-typed.
_FORMS = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    XSD + "gYear": re.compile(r"-?[0-9]{4,}(Z|[+-][0-9]{2}:[0-9]{2})?"),
    XSD + "date": re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?"),
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint, for example ``maxCount`` with 1."""

    kind: str
    argument: Any


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: hashing its tree for every node is slow
class Shape:
    """A node shape (no path) or property shape, as compiled.

    ``demands`` says whether a node without any value can break it; others are
    passed over then. ``reads`` are the paths whose values decide, and "" where
    the node itself does; empty where asking is quicker than remembering.
    """

    iri: str
    path: str
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    message: str
    demands: bool
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Shapes by the class, subject-of or object-of that targets them, and each class's superclasses."""

    by_class: Mapping[str, tuple[Shape, ...]]
    by_subject: Mapping[str, tuple[Shape, ...]]
    by_object: Mapping[str, tuple[Shape, ...]]
    above: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class World:
    """The graph being judged, what is known of classes elsewhere, and the verdicts so far.

    A report names the same programmes, statuses and years in hundreds of
    claims: of verdicts that hang on the same values the first is remembered.
    """

    nodes: Nodes
    types: Mapping[str, frozenset[str]]
    above: Mapping[str, frozenset[str]]
    verdicts: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def is_a(self, node: str, kind: str) -> bool:
        """Whether the node has the class or one below it."""
        found = {*self.nodes.get(node, {}).get(TYPE, ()), *self.types.get(node, ())}
        return any(kind == c or kind in self.above.get(c, ()) for c in found)


def met(node: str, shape: Shape, world: World) -> bool:
    """Whether a node meets a shape's own constraints, apart from its property shapes."""
    said = world.nodes.get(node, _NOTHING)
    values = said.get(shape.path, ()) if shape.path else (node,)
    if not values and not shape.demands:
        return True
    if not shape.reads:
        return _holds(values, shape, node, world)
    if len(shape.reads) == 1 and shape.path:  # of one path: its own
        key: tuple[object, ...] = (shape, *values)
    else:
        key = (shape, *[tuple(said.get(path, ())) if path else node for path in shape.reads])
    verdict = world.verdicts.get(key)
    if verdict is None:
        verdict = world.verdicts[key] = _holds(values, shape, node, world)
    return verdict


def _holds(values: Sequence[str], shape: Shape, node: str, world: World) -> bool:
    for c in shape.constraints:  # noqa: SIM110 - called for every node, where all() would cost as much again
        if not CHECKS[c.kind].holds(values, c.argument, node, world):
            return False
    return True


def reads(path: str, constraints: Sequence[Constraint]) -> tuple[str, ...]:
    """The paths whose values decide whether a shape's own constraints hold, "" for the node itself.

    Empty where all of them are quick to answer: remembering would cost more.
    """
    if all(c.kind in _QUICK for c in constraints):
        return ()
    return tuple(dict.fromkeys(p for c in constraints for p in _looked_at(path, c)))


def _looked_at(path: str, c: Constraint) -> tuple[str, ...]:
    """The paths that one constraint looks at."""
    if c.kind == "or":
        return tuple(p for choice in c.argument for p in _all_paths(choice))
    return (path, c.argument) if c.kind in {"disjoint", "lessThan"} else (path,)


def _all_paths(shape: Shape) -> tuple[str, ...]:
    """The paths that a shape and its property shapes look at."""
    own = tuple(p for c in shape.constraints for p in _looked_at(shape.path, c))
    return (*own, *(path for part in shape.properties for path in _all_paths(part)))


def _conforms(node: str, shape: Shape, world: World) -> bool:
    return met(node, shape, world) and all(_conforms(node, p, world) for p in shape.properties)


def lexical(term: str) -> str:
    """The characters a pattern or length looks at: of an IRI, or of a literal's text."""
    return unescape(term[1 : term.rindex('"')]) if term[0] == '"' else term[1:-1]


def _language(term: str) -> str:
    return term[term.rindex('"') + 2 :] if term[0] == '"' and term[-1] not in '">' else ""


def _datatype(term: str) -> str:
    if term[0] != '"':
        return ""
    tail = term[term.rindex('"') + 1 :]
    return tail[3:-1] if tail.startswith("^^") else RDF + "langString" if tail else XSD + "string"


def _typed(term: str, kind: str) -> bool:
    form = _FORMS.get(kind)
    return _datatype(term) == kind and (form is None or bool(form.fullmatch(lexical(term))))


def _number(term: str) -> Decimal | None:
    kind = _datatype(term)
    return Decimal(lexical(term)) if kind in {XSD + "integer", XSD + "decimal"} and _typed(term, kind) else None


def _less(one: str, other: str) -> bool:
    left, right = _number(one), _number(other)
    return left is not None and right is not None and left < right


def _said(node: str, world: World, predicate: str) -> Sequence[str]:
    return world.nodes.get(node, {}).get(predicate, ())


def _unique_languages(values: Sequence[str]) -> bool:
    tags = [tag for tag in map(_language, values) if tag]
    return len(tags) == len(set(tags))


def _in_language(term: str, ranges: frozenset[str]) -> bool:
    tag = _language(term).lower()
    return any(tag == r or tag.startswith(r + "-") for r in ranges)


Holds = Callable[[Sequence[str], Any, str, World], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """How a constraint's argument is prepared (from a term) and whether values meet it."""

    holds: Holds
    prepare: Callable[[str], Any] = str


def _true(argument: str) -> bool:
    return lexical(argument) == "true"


def _whole(argument: str) -> int:
    return int(lexical(argument))


def _decimal(argument: str) -> Decimal:
    return Decimal(lexical(argument))


def _pattern(argument: str) -> re.Pattern[str]:
    return re.compile(lexical(argument))


CHECKS: Mapping[str, Check] = {
    "class": Check(lambda values, kind, _, world: all(world.is_a(v, kind) for v in values)),
    "datatype": Check(lambda values, kind, *_: all(_typed(v, kind) for v in values), lexical),
    "disjoint": Check(lambda values, other, node, world: not set(values) & set(_said(node, world, other))),
    "hasValue": Check(lambda values, wanted, *_: wanted in values),
    "in": Check(lambda values, allowed, *_: all(v in allowed for v in values)),
    "languageIn": Check(lambda values, ranges, *_: all(_in_language(v, ranges) for v in values), lexical),
    "lessThan": Check(
        lambda values, other, node, world: all(_less(v, o) for v in values for o in _said(node, world, other))
    ),
    "maxCount": Check(lambda values, most, *_: len(values) <= most or len(set(values)) <= most, _whole),
    "minCount": Check(lambda values, least, *_: len(set(values)) >= least, _whole),
    "minInclusive": Check(
        lambda values, least, *_: all((n := _number(v)) is not None and n >= least for v in values), _decimal
    ),
    "minLength": Check(lambda values, least, *_: all(len(lexical(v)) >= least for v in values), _whole),
    "nodeKind": Check(lambda values, kind, *_: all((v[0] == "<") == kind.endswith("IRI") for v in values), lexical),
    "or": Check(lambda _, choices, node, world: any(_conforms(node, c, world) for c in choices)),
    "pattern": Check(lambda values, form, *_: all(form.search(lexical(v)) for v in values), _pattern),
    "uniqueLang": Check(lambda values, wanted, *_: not wanted or _unique_languages(values), _true),
}
