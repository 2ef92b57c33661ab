"""Pairs of organisation names that differ in spelling only.

Two names are candidates for one organisation when they agree after leaving
out what writers leave out at will: the rank of the place inside a name
(寿阳县人民医院, 寿阳人民医院), and for township institutions the county in front
and the grade (海宁市袁花镇中心卫生院, 袁花卫生院). Ordinals, numbers and kinds
always count: 第一 is not 第二, 中医院 is not 中心医院.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from kg.ids import name_key

__all__ = ["same_but_spelling", "spelling_key", "twins"]

# Ranks of places, left out where a name goes on after them.
_RANK = re.compile(r"(?<=[\u4e00-\u9fff])(省|市|县|区|镇|乡|街道)(?=[\u4e00-\u9fff])")
# 中心 before 卫生院 marks a grade, not a kind.
_GRADE = re.compile(r"中心(?=卫生院)")
_SIGNS = re.compile(r"[的·・\-—()]")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{2,4}(卫生院|社区卫生服务(中心|站)|村卫生室)")
_END = re.compile(r"(省|市|县|区)$")
_NUMBERS = str.maketrans("一二三四五六七八九", "123456789")
_CODE = re.compile(r"[0-9]{6,12}")


def spelling_key(name: str, regions: Collection[str] = ()) -> str:
    """What of a name must agree for two names to be one organisation's.

    >>> spelling_key("海宁市袁花镇中心卫生院", ["海宁市"]) == spelling_key("袁花卫生院")
    True
    """
    key = _bare(name)
    for region in sorted({_bare(_END.sub("", r)) for r in regions if len(r) > 2}, key=lambda r: (-len(r), r)):
        rest = key.removeprefix(region)
        if rest != key and _TOWNSHIP.fullmatch(rest):
            return rest
    return key.translate(_NUMBERS)


def _bare(name: str) -> str:
    return _SIGNS.sub("", _GRADE.sub("", _RANK.sub("", name_key(name))))


def same_but_spelling(one: str, other: str, regions: Collection[str] = ()) -> bool:
    """Whether two different names agree in their spelling keys."""
    return one != other and spelling_key(one, regions) == spelling_key(other, regions)


def twins(labels: Mapping[str, str], regions: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of identifiers that may mean one organisation; the one with the longer name comes first.

    ``labels`` are preferred names by identifier. Organisations known to lie
    in places of which neither contains the other are no pair, and masked
    places (XX区) contain nothing.
    """
    alike: dict[str, list[str]] = {}
    for name in sorted(labels):
        alike.setdefault(spelling_key(labels[name], regions), []).append(name)
    for names in alike.values():
        for one, other in combinations(sorted(names, key=lambda n: (-len(labels[n]), n)), 2):
            if _near(_place(one, labels[one]), _place(other, labels[other])):
                yield one, other


def _place(identifier: str, label: str) -> str:
    """The region in the identifier of an organisation that is known by its name, else nothing."""
    tail = "-" + name_key(label)
    return identifier.removeprefix("org/").removesuffix(tail) if identifier.endswith(tail) else ""


def _near(one: str, other: str) -> bool:
    """Whether one place can hold the other, as far as division codes tell."""
    if not (one and other) or one == other:
        return True
    codes = [found[0] for place in (one, other) if (found := _CODE.match(place))]
    first, second = (code.removesuffix("00").removesuffix("00") for code in codes) if len(codes) == 2 else ("-", "+")
    return first.startswith(second) or second.startswith(first)
