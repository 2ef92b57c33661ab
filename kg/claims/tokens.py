"""The pieces names are read from: tokens recognised, endings, and the names themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.claims.lexicon import Head, Lexicon

__all__ = ["INSTITUTIONS", "Ending", "Name", "Pieces", "Token"]

INSTITUTIONS = {"org", "seed", "contextual", "pointer"}  # kinds of tokens that name one


class Token(NamedTuple):
    """A piece already recognised: ``kind`` is region, short, town, mask, seed, contextual or org."""

    start: int
    end: int
    kind: str
    values: tuple[str, ...]
    also: tuple[str, ...] = ()  # seed keys that the same wording may mean in context (中山, 华山)


class Name(NamedTuple):
    """An organisation's name as written, taken apart.

    ``regions`` stand outermost first; ``relative`` is 市, 县 …; ``owner`` is
    the organisation it is attached to; ``stem`` its own name; ``rest`` is what
    follows region and owner, completed.
    """

    start: int
    end: int
    head: Head
    rest: str
    regions: tuple[Token, ...] = ()
    relative: str = ""
    owner: Token | None = None
    stem: str = ""
    inner: Name | None = None  # the owner's own name, where it was read by the same grammar


class Ending(NamedTuple):
    """The ending of a name where it stands in the text."""

    head: Head
    start: int
    end: int


class Pieces(NamedTuple):
    """What names are read in: a folded text, the tokens recognised in it by where they end, the lexicon."""

    text: str
    ends: Mapping[int, Token]
    lexicon: Lexicon
