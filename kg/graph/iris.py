"""Stable identifiers: the paths of the claims file become IRIs and return.

The base is one setting, ``BASE``. Chinese stands raw in an IRI, as RFC 3987
allows; whatever that standard (or a reader's eye) does not allow is
percent-encoded, and ``%`` itself always is, so ``identifier(iri(x)) == x`` for
every identifier.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from kg.errors import DataError

__all__ = ["BASE", "CATALOGUE", "REFERENCE", "SCHEME", "graph_order", "identifier", "iri", "report_iri", "span_iri"]

BASE = "https://w3id.org/hgkg/"
CATALOGUE = BASE + "graph/catalogue"
REFERENCE = BASE + "graph/reference"
SCHEME = BASE + "programs"

# Allowed: unreserved and sub-delims of RFC 3986, ``: @ /``, and the ucschar
# ranges of RFC 3987 without blanks and bidirectional controls, which can make
# an identifier look like another one.
_OTHER = re.compile(
    r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/"
    "\u00a1-\u061b\u061d-\u167f\u1681-\u180d\u180f-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufefe\uff01-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)


def _encode(found: re.Match[str]) -> str:
    # A lone surrogate has no UTF-8 form; it becomes the replacement character.
    return quote(found.group().encode("utf-16", "surrogatepass").decode("utf-16", "replace"), safe="")


@lru_cache(maxsize=1 << 16)
def iri(identifier: str) -> str:
    """The IRI of an identifier.

    >>> iri("org/330481-海宁市 二院")
    'https://w3id.org/hgkg/org/330481-海宁市%20二院'
    """
    return BASE + _OTHER.sub(_encode, identifier)


def identifier(iri: str) -> str:
    """The identifier of an IRI under the base; DataError for a foreign one.

    >>> identifier("https://w3id.org/hgkg/region/330481")
    'region/330481'
    """
    if not iri.startswith(BASE):
        raise DataError(f"{iri}: not below {BASE}; give an identifier of this graph")
    return unquote(iri[len(BASE) :])


def report_iri(key: str) -> str:
    """The IRI of a report, which is also the name of its graph."""
    return iri("report/" + key)


def span_iri(key: str, start: int, end: int) -> str:
    """The characters ``start`` to ``end`` (code points, end exclusive) of a report, after RFC 5147.

    >>> span_iri("haining-2024-3f9a1c", 120, 141)
    'https://w3id.org/hgkg/report/haining-2024-3f9a1c#char=120,141'
    """
    return f"{report_iri(key)}#char={start},{end}"


def graph_order(graph: str) -> tuple[int, str]:
    """Sort key of graph names in every output: reference, catalogue, reports by key, then others."""
    if graph in (REFERENCE, CATALOGUE):
        return (0 if graph == REFERENCE else 1), ""
    is_report = graph.startswith(report_iri(""))
    return (2, identifier(graph)) if is_report else (3, graph)
