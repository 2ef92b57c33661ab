"""SPARQL text as tokens: refuse what reaches out, and bind values safely.

Oxigraph evaluates ``SERVICE``, and other engines fetch what ``FROM`` names.
Both are refused here unless the address was allowed by name. The scan errs on
the safe side: engines read ``SERVICE:x`` or ``trueSERVICE`` in different ways
and may expand ``\\uXXXX`` before anything else, so every reading is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from itertools import pairwise

from kg.errors import UsageError
from kg.graph.iris import BASE

__all__ = ["bind", "check"]

_TOKEN = re.compile(
    r"""
    (?P<blank>\s+|\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<text>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<tag>@[A-Za-z0-9-]+)
  | (?P<variable>[?$]\w+)
  | (?P<name>(?P<prefix>(?:[^\W\d_][\w.-]*)?):(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>[^\W\d]\w*)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_REACHES = re.compile("service|from|^load$", re.IGNORECASE)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00[01][0-9A-Fa-f]{5})")


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _TOKEN.finditer(text) if found["blank"] is None)


def check(text: str, allowed: Set[str] = frozenset()) -> None:
    """Raise UsageError for SERVICE, LOAD or FROM with an address that is neither ours nor allowed.

    >>> check("SELECT * { ?s ?p 'SERVICE' } # FROM <http://example.org/>")
    """
    for form in {text, _CODEPOINT.sub(lambda m: chr(int(m[1] or m[2], 16)), text)}:
        tokens = [found for found in _tokens(form) if found.group().upper() not in {"SILENT", "NAMED"}]
        for found, following in pairwise([*tokens, None]):
            if found is not None:
                _check_token(found, following.group() if following else "", allowed)


def _check_token(found: re.Match[str], following: str, allowed: Set[str]) -> None:
    keyword = (found["word"] or found["prefix"] or "").upper()
    if not _REACHES.search(keyword):
        return
    address = following[1:-1] if following.startswith("<") else ""
    if found["word"] and keyword == "FROM" and address.startswith(BASE):
        return
    if found["word"] and keyword in {"FROM", "SERVICE"} and address in allowed:
        return
    raise UsageError(
        f"the query says {keyword} {following}".rstrip() + ": reaching other data is refused; "
        "allow the address by name (and write it in full), or leave that part out"
    )


def bind(text: str, values: Mapping[str, str]) -> str:
    """The query with variables bound to terms, by a VALUES block at the head of its WHERE group.

    Terms are N-Triples tokens from ``kg.graph.nquads``. The block makes the
    planner start from the value and means the same to every engine. Raises
    UsageError when the query does not use a variable or has no group.

    >>> bind("SELECT ?o { ?s ?p ?o }", {"s": "<urn:a>"})
    'SELECT ?o { VALUES ?s { <urn:a> } ?s ?p ?o }'
    """
    if not values:
        return text
    used = {found["variable"][1:] for found in _tokens(text) if found["variable"]}
    for name in values:
        if name not in used:
            raise UsageError(f"parameter {name!r}: the query uses {', '.join(sorted(used)) or 'no variables'}")
    at = _group(text)
    block = "".join(f" VALUES ?{name} {{ {term} }}" for name, term in sorted(values.items()))
    return text[:at] + block + text[at:]


def _group(text: str) -> int:
    """The place after the brace that opens the WHERE group."""
    depth, braces, template, last = 0, 0, False, ""
    for found in _tokens(text):
        sign = found.group().upper()
        if sign == "{" and not depth and not braces and not template and last != "CONSTRUCT":
            return found.end()
        template = (template or (sign == "{" and last == "CONSTRUCT")) and not (sign == "}" and braces == 1)
        depth += {"(": 1, ")": -1}.get(sign, 0)
        braces += {"{": 1, "}": -1}.get(sign, 0)
        last = sign
    raise UsageError("the query has no WHERE group to bind parameters in; write WHERE { … }")
