"""Turtle, TriG and JSON-LD from sorted N-Quads, written as the lines come.

Only one subject's statements are held at a time. A subject that several graphs
describe has one block a graph, also in Turtle, which has no graphs; that is
the same set of triples.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from kg.graph.nquads import split
from kg.graph.vocab import PREFIXES, TYPE, XSD
from kg.views.terms import parse

__all__ = ["CONTEXT", "jsonld", "trig", "turtle"]

CONTEXT: dict[str, Any] = {"@context": PREFIXES}

Terms = tuple[str, str, str, str]

# A careful part of PN_LOCAL: everything else stays a full IRI.
_LOCAL = re.compile(r"[A-Za-z0-9_\u4e00-\u9fff](?:[A-Za-z0-9_.\u4e00-\u9fff-]*[A-Za-z0-9_\u4e00-\u9fff-])?")
_NAMES = {iri: name for name, iri in PREFIXES.items()}
_BARE = re.compile(rf'"(-?\d+)"\^\^<{XSD}integer>|"(-?\d+\.\d+)"\^\^<{XSD}decimal>')
_TYPED = re.compile(r"(.*)\^\^(<[^<>]*>)", re.DOTALL)


def turtle(lines: Iterable[str]) -> Iterator[str]:
    """All triples, whatever their graph, as Turtle."""
    yield from _prefixes()
    for _, quads in groupby(map(split, lines), key=lambda quad: quad[3]):
        yield from _blocks(quads, "")


def trig(lines: Iterable[str]) -> Iterator[str]:
    """All quads as TriG."""
    yield from _prefixes()
    for graph, quads in groupby(map(split, lines), key=lambda quad: quad[3]):
        yield f"\n{_short(graph)} {{\n"
        yield from _blocks(quads, "    ")
        yield "}\n"


def _prefixes() -> Iterator[str]:
    return (f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def _blocks(quads: Iterable[Terms], margin: str) -> Iterator[str]:
    """One block a subject, one line a predicate."""
    for subject, statements in groupby(quads, key=lambda quad: quad[0]):
        rows = [
            f"{'a' if predicate == TYPE else _short(predicate)} {', '.join(_short(quad[2]) for quad in found)}"
            for predicate, found in groupby(statements, key=lambda quad: quad[1])
        ]
        joined = f" ;\n{margin}    ".join(rows)
        yield f"\n{margin}{_short(subject)}\n{margin}    {joined} .\n"


def _short(token: str) -> str:
    """A term in Turtle's shortest safe form.

    >>> _short("<https://w3id.org/hgkg/region/330481>")
    'region:330481'
    """
    if token.startswith("<"):
        return _prefixed(token[1:-1]) or token
    if bare := _BARE.fullmatch(token):
        return bare[1] or bare[2]
    typed = _TYPED.fullmatch(token)
    return f"{typed[1]}^^{_short(typed[2])}" if typed else token


def _prefixed(iri: str) -> str:
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    name = _NAMES.get(iri[:cut])
    return f"{name}:{iri[cut:]}" if name and _LOCAL.fullmatch(iri, cut) else ""


def jsonld(lines: Iterable[str]) -> Iterator[str]:
    """All quads as JSON-LD 1.1: one object a graph, one line a subject.

    The context (``CONTEXT``, prefixes only) is in the document, so that reading
    it fetches nothing.
    """
    yield f'{{"@context": {json.dumps(PREFIXES)},\n"@graph": ['
    for turn, (graph, quads) in enumerate(groupby(map(split, lines), key=lambda quad: quad[3])):
        head = json.dumps(_compact(graph), ensure_ascii=False)
        yield f'{"," if turn else ""}\n{{"@id": {head}, "@graph": ['
        for number, (subject, statements) in enumerate(groupby(quads, key=lambda quad: quad[0])):
            yield f"{',' if number else ''}\n{json.dumps(_object(subject, statements), ensure_ascii=False)}"
        yield "]}"
    yield "]}\n"


def _object(subject: str, statements: Iterable[Terms]) -> dict[str, Any]:
    entry: dict[str, Any] = {"@id": _compact(subject)}
    for predicate, found in groupby(statements, key=lambda quad: quad[1]):
        if predicate == TYPE:
            entry["@type"] = [_compact(quad[2]) for quad in found]
        else:
            entry[_compact(predicate)] = [_value(quad[2]) for quad in found]
    return entry


def _value(token: str) -> str | dict[str, str]:
    term = parse(token)
    if term.kind == "uri":
        return {"@id": _compact(token)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return {"@value": term.value, "@type": _compact(f"<{term.datatype}>")} if term.datatype else term.value


def _compact(token: str) -> str:
    return _prefixed(token[1:-1]) or token[1:-1]
