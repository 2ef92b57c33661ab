"""What a query gives, and how a server's reply becomes that; a reply that is not whole is an error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.errors import StoreError
from kg.graph.nquads import node, text, unescape
from kg.graph.vocab import XSD

__all__ = ["Answer", "from_json", "from_triples", "term"]

_TRIPLE = re.compile(r"(\S+)[ \t]+(\S+)[ \t]+(.+?)[ \t]*\.[ \t]*")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(@[A-Za-z0-9-]+|\^\^<[^<>]*>)?', re.DOTALL)
_WHOLE = "the answer is not whole; ask again, with a longer deadline or a narrower query"


class Answer(NamedTuple):
    """``kind`` is select, ask or graph; rows hold N-Triples terms, None where unbound."""

    kind: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[str | None, ...]]


def from_json(body: bytes, limit: int, where: str) -> Answer:
    """SPARQL 1.1 JSON results; StoreError for anything cut short, glued on, or beyond ``limit`` rows."""
    try:
        found = json.loads(body)
        if "boolean" in found:
            return Answer("ask", ("answer",), iter([("true" if found["boolean"] else "false",)]))
        columns, bindings = tuple(found["head"]["vars"]), found["results"]["bindings"]
        rows = [tuple(term(row[name]) if name in row else None for name in columns) for row in bindings]
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"{where}: {_WHOLE}") from None
    if len(rows) > limit:
        raise StoreError(f"{where}: more than {limit} rows; add LIMIT to the query or raise the limit")
    return Answer("select", columns, iter(rows))


def term(entry: dict[str, Any]) -> str:
    """The N-Triples term of an entry of SPARQL JSON results."""
    if entry["type"] == "uri":
        return node(entry["value"])
    if entry["type"] == "bnode":
        return "_:" + str(entry["value"])
    literal = text(entry["value"])
    if entry.get("xml:lang"):
        return f"{literal}@{entry['xml:lang']}"
    datatype = entry.get("datatype", XSD + "string")
    return literal if datatype == XSD + "string" else f"{literal}^^<{datatype}>"


def from_triples(body: bytes, where: str) -> Iterator[tuple[str, str, str]]:
    """Triples of an N-Triples reply with canonical terms; StoreError for a line that is none."""
    try:
        lines = body.decode().split("\n")
    except UnicodeDecodeError:
        raise StoreError(f"{where}: {_WHOLE}") from None
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        found = _TRIPLE.fullmatch(line.rstrip("\r"))
        if found is None:
            raise StoreError(f"{where}: {_WHOLE}")
        yield _canonical(found[1]), _canonical(found[2]), _canonical(found[3])


def _canonical(token: str) -> str:
    """A term as this program writes it: escapes only where they must be."""
    if token.startswith("<"):
        return unescape(token)
    found = _LITERAL.fullmatch(token)
    if found is None:
        return token
    kind = found[2] or ""
    return text(unescape(found[1])) + ("" if kind == f"^^<{XSD}string>" else kind)
