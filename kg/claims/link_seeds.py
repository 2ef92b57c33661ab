"""Mentions -> seeded organisations: full names outright, contextual short names by a sign of their place."""

from __future__ import annotations

import re

from kg.claims.frame import region_codes
from kg.claims.lexicon import Seed
from kg.claims.notebook import Around, Notebook, seed_entity
from kg.claims.register import Linked
from kg.claims.tokens import Token

__all__ = ["keep_seed", "seed_meant"]

_AFFILIATED = re.compile(r"([㐀-鿿]{2,10}?(?:大学|学院))(?:医学院)?附属")


def seed_meant(book: Notebook, token: Token, around: Around) -> Seed | None:
    """The seeded organisation a token means, if it is one only."""
    keys = token.values if token.kind in {"seed", "contextual"} else token.also
    seeds = [book.lexicon.seeds[key] for key in keys]
    if token.kind != "seed":
        seeds = [s for s in seeds if s.key in book.full_seeds] or [s for s in seeds if _near(book, s, around)]
    return seeds[0] if len(seeds) == 1 else None


def _near(book: Notebook, seed: Seed, around: Around) -> bool:
    """Whether the sentence names the seed's city, or the report is of it."""
    lineage = book.lexicon.gazetteer.lineage
    city = next((c for c in lineage(seed.region) if c.endswith("00")), seed.region)
    for other in around.near:
        token = other.token or (other.name.regions[0] if other.name and other.name.regions else None)
        if token and token.kind in {"region", "short"} and city in region_codes(token, book.lexicon):
            return True
    return city in lineage(around.frame.home)


def keep_seed(book: Notebook, start: int, end: int, seed: Seed) -> Linked:
    """Note a mention of a seeded organisation, and the university on its plate."""
    entity = seed_entity(seed)
    if seed.parent:
        book.parents[entity.id] = seed.parent
    _note_plate(book, start, end, seed)
    return book.keep(start, end, entity)


def _note_plate(book: Notebook, start: int, end: int, seed: Seed) -> None:
    """A second name that begins with a university (大连理工大学附属中心医院 for 大连市中心医院) is its plate."""
    bearer = _AFFILIATED.match(book.folded, start, end)
    keys = book.lexicon.called.get(bearer[1], ()) if bearer else ()
    if bearer and len(keys) == 1 and not seed.name.startswith(bearer[1]):
        university = book.lexicon.seeds[keys[0]]
        keep_seed(book, start, start + len(bearer[1]), university)
        book.plates.append((f"org/{seed.key}", f"org/{university.key}", start))
