"""Mentions -> entities, inside the frame of report and section; never guesses.

Regions are linked by ``link_regions``, seeded organisations by ``link_seeds``,
names by their grammar by ``link_names``; this module says who is asked first.
"""

from __future__ import annotations

from kg.claims.find import Found
from kg.claims.link_names import link_name
from kg.claims.link_regions import region_code
from kg.claims.link_seeds import keep_seed, seed_meant
from kg.claims.notebook import Around, Notebook
from kg.claims.register import Linked
from kg.claims.tokens import Name, Token

__all__ = ["link"]

_REGIONS = {"region", "short", "town", "mask", "zone"}


def link(book: Notebook, found: Found, around: Around) -> Linked | None:
    """The entity a mention means, noted; None if it names none or too many."""
    if found.name:
        return link_name(book, found.name, around.frame) or _region_of(book, found.name, around)
    return _token(book, found.token, around) if found.token else None


def _token(book: Notebook, token: Token, around: Around) -> Linked | None:
    if token.kind in {"seed", "contextual"} or token.also:
        seed = seed_meant(book, token, around)
        if seed:
            return keep_seed(book, token.start, token.end, seed)
    code = region_code(book, token, around) if token.kind in _REGIONS else ""
    return book.keep_region(token.start, token.end, code) if code else None


def _region_of(book: Notebook, name: Name, around: Around) -> Linked | None:
    """The region at the head of a name that names no institution (某县边境医共体)."""
    token = name.regions[-1] if name.regions and not name.owner else None
    code = region_code(book, token, around) if token and token.kind in {"region", "mask"} else ""
    return book.keep_region(token.start, token.end, code) if token and code else None
