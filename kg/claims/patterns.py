"""Expressions of a lexicon file, and how to search for a slow one only where a quick one matches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.files import package_path, read_yaml

__all__ = ["near", "pattern"]


@cache
def _file(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(path)
    return data


@cache
def pattern(name: str, key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A list of expressions (or a single one) of a lexicon file as one, between two expressions.

    >>> bool(pattern("status", "denied").search("双方尚未签订协议"))
    True
    """
    path = package_path("data") / "lexicon" / f"{name}.yaml"
    found = _file(path).get(key)
    if not found:
        raise DataError(f"{path}:1: the list {key!r} is missing; add it")
    alternatives = found if isinstance(found, str) else "|".join(map(str, found))
    try:
        return re.compile(f"{before}(?:{alternatives}){after}" if before or after else alternatives)
    except re.error as fault:
        raise DataError(f"{path}:1: the list {key!r}: {fault}; mend its expressions") from None


def near(slow: re.Pattern[str], quick: re.Pattern[str], text: str, reach: int) -> Iterator[re.Match[str]]:
    """The matches of a slow expression, in order, looked for only around those of a quick one.

    Every match of the slow one has to end with or hold a match of the quick
    one, and begin and end within ``reach`` characters of it.
    """
    done = 0
    for sign in quick.finditer(text):
        if sign.start() >= done:
            match = slow.search(text, max(done, sign.start() - reach), sign.end() + reach)
            if match and match.start() <= sign.end():
                done = match.end()
                yield match
