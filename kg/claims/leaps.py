"""Expressions that leap: a search passes over every place where no match can begin.

``re`` tries each alternative at each character of a text unless all of them
begin with plain characters; one that begins with a group, a class or a look
behind makes the whole expression five times as slow. ``leaping`` reads which
characters a match can begin with and has them looked for first.

>>> leaping("(?<!第)(?:拟|计划)[于在]|20[12]\\\\d年").pattern
'(?=[拟计2])(?:(?<!第)(?:拟|计划)[于在]|20[12]\\\\d年)'
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.claims.literals import Source

__all__ = ["leaping"]

_AROUND = {"=", "!", "<=", "<!"}


class _Start(NamedTuple):
    """How part of an expression can begin.

    ``items`` are the characters as items of a class, None for anything;
    ``empty`` is set where it can match nothing; ``plain`` is the form that
    ``re`` leaps by itself: a character, a class, a group that begins plainly.
    """

    items: dict[str, None] | None
    empty: bool
    plain: str = ""


def leaping(pattern: str) -> re.Pattern[str]:
    """The compiled expression, headed by the characters it can begin with where that makes it faster."""
    start = _alternatives(Source(pattern))
    if start.empty or start.plain or not start.items:
        return re.compile(pattern)
    return re.compile(f"(?=[{''.join(start.items)}])(?:{pattern})")


def _alternatives(source: Source) -> _Start:
    """Everything up to the closing bracket."""
    starts = []
    while True:
        start, closing = _sequence(source)
        starts.append(start)
        if closing != "|":
            break
    items: dict[str, None] | None = {}
    for start in starts:
        items = None if items is None or start.items is None else items | start.items
    several = len(starts) > 1
    plain = all(s.plain == "character" if several else s.plain for s in starts)
    return _Start(items, any(s.empty for s in starts), "group" if plain else "")


def _sequence(source: Source) -> tuple[_Start, str]:
    """One alternative, and the sign that ends it."""
    whole: _Start | None = None
    while (token := source.take()) and not token["close"] and not token["bar"]:
        piece = _piece(token, source)
        if source.least() == 0:
            piece = _Start(piece.items, True)
        if whole is None:
            whole = piece
        elif whole.empty:
            items = None if whole.items is None or piece.items is None else whole.items | piece.items
            whole = _Start(items, piece.empty)
    return whole or _Start({}, True), token.group() if token else ""


def _piece(token: re.Match[str], source: Source) -> _Start:
    if token["open"]:
        inner = _alternatives(source)
        return _Start({}, True) if token["kind"] in _AROUND else inner
    if token["zero"]:
        return _Start({}, True)
    if token["any"]:
        return _Start(None if token["any"] == "." or token["any"].isupper() else {token["any"]: None}, False, "class")
    if token["set"]:
        return _Start(_of_set(token["set"][1:-1]), False, "class")
    return _Start({re.escape(token["escaped"] or token["literal"][0]): None}, False, "character")


def _of_set(inside: str) -> dict[str, None] | None:
    """The items of a class; None for what is all but some characters."""
    if inside.startswith(("^", "]")):
        return None
    return {re.sub(r"^-|-$", r"\\-", inside): None}
