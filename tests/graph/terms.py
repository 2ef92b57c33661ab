"""Terms of rdflib as they stand in canonical N-Quads."""

from __future__ import annotations

from typing import Any

from kg.graph.nquads import text
from kg.graph.vocab import XSD

__all__ = ["token"]


def token(term: Any) -> str:
    """An rdflib term as it stands in canonical N-Quads.

    >>> from rdflib import Literal
    >>> token(Literal("海宁", lang="zh"))
    '"海宁"@zh'
    """
    if not hasattr(term, "datatype"):
        return str(term.n3()) if str(term.n3()).startswith("_:") else f"<{term}>"
    if term.language:
        return f"{text(str(term))}@{term.language}"
    kind = term.datatype
    return text(str(term)) if kind is None or str(kind) == XSD + "string" else f"{text(str(term))}^^<{kind}>"
