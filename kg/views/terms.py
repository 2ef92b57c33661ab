"""N-Triples terms for people and for the SPARQL result formats."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from kg.graph.nquads import unescape
from kg.graph.vocab import PREFIXES

__all__ = ["Term", "display", "guarded", "parse", "plain", "to_json"]

_LITERAL = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


class Term(NamedTuple):
    """A parsed term: ``kind`` is uri, bnode or literal (the words of SPARQL's JSON)."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""


def parse(token: str) -> Term:
    """The parts of a term.

    >>> parse('"71.48"^^<http://www.w3.org/2001/XMLSchema#decimal>').value
    '71.48'
    """
    if token.startswith("<"):
        return Term("uri", token[1:-1])
    found = _LITERAL.fullmatch(token)
    if found is None:
        return Term("bnode", token.removeprefix("_:"))
    return Term("literal", unescape(found[1]), found[2] or "", found[3] or "")


def plain(token: str | None) -> str:
    """The bare value: an IRI without brackets, a literal without quotes; empty when unbound."""
    return "" if token is None else parse(token).value


def guarded(value: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading sign gets an apostrophe before it.

    >>> guarded("=1+1"), guarded("-3.5"), guarded("医院")
    ("'=1+1", '-3.5', '医院')
    """
    if value.startswith(_FORMULA) and not re.fullmatch(r"[-+]?\d+(\.\d+)?", value):
        return "'" + value
    return value


def display(token: str | None) -> str:
    """The value as a terminal shows it: IRIs shortened by prefix, no control or bidirectional characters."""
    if token is None:
        return ""
    term = parse(token)
    shown = _shortened(term.value) if term.kind == "uri" else term.value
    return "".join(char if unicodedata.category(char)[0] != "C" else " " for char in " ".join(shown.split()))


@lru_cache(maxsize=1 << 14)
def _shortened(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and len(iri) > len(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def to_json(token: str) -> dict[str, str]:
    """A term as the SPARQL 1.1 JSON results format writes it."""
    term = parse(token)
    entry = {"type": term.kind, "value": term.value}
    if term.language:
        entry["xml:lang"] = term.language
    elif term.datatype:
        entry["datatype"] = term.datatype
    return entry
