"""Pairs of organisation names that differ in spelling only.

Two names are candidates for one organisation when they agree after leaving
out what writers leave out at will: the region in front, and the rank of the
place inside a name (寿阳县人民医院, 寿阳人民医院; 袁花镇中心卫生院, 袁花卫生院).
Ordinals, numbers and kinds always count: 第一 is not 第二, 中医院 is not 中心医院.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from kg.ids import name_key

__all__ = ["same_but_spelling", "spelling_key", "twins"]

# Ranks of places, left out where a name goes on after them; 中心 only before 卫生院,
# where it marks a grade, not a kind.
_RANK = re.compile(r"(?<=[\u4e00-\u9fff])(省|市|县|区|镇|乡|街道)(?=[\u4e00-\u9fff])")
_GRADE = re.compile(r"中心(?=卫生院)")
_END = re.compile(r"(省|市|县|区|镇|乡|街道)$")
# How the part of a name begins that says what it is; a region before it is
# needed, since every place has its People's Hospital.
_KIND = re.compile(
    r"第?[0-9]|人民|中心|中医|中西医|妇幼|妇产|儿童|精神|康复|传染|口腔|肿瘤|卫生|疾病|疾控|急救|血|社区|医|健康|政府|大学|学院"
    r"|老年|总|职业|养老|护理|红十字|消防|教育|民政|公安|残"
)
_OF = re.compile(r"[的之·・\-—（）()]")
_NUMBERS = str.maketrans({"１": "1", "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7",
                          "八": "8", "九": "9"})  # fmt: skip


def spelling_key(name: str, regions: Collection[str] = ()) -> str:
    """What of a name must agree for two names to be one organisation's.

    >>> spelling_key("海宁市袁花镇中心卫生院", ["海宁市"]) == spelling_key("袁花卫生院")
    True
    """
    key = _bare(name_key(name))
    for region in sorted({_bare(r) for r in map(_place, regions)}, key=lambda r: (-len(r), r)):
        rest = key.removeprefix(region)
        if rest != key and not _KIND.match(rest):
            return rest
    return key


def _bare(key: str) -> str:
    return _OF.sub("", _GRADE.sub("", _RANK.sub("", key))).translate(_NUMBERS)


def _place(region: str) -> str:
    """A region's name without its rank, where two characters or more are left."""
    return _END.sub("", name_key(region)) if len(region) > 2 else region


def same_but_spelling(one: str, other: str, regions: Collection[str] = ()) -> bool:
    """Whether two different names agree in their spelling keys."""
    return one != other and spelling_key(one, regions) == spelling_key(other, regions)


def twins(labels: Mapping[str, str], regions: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of identifiers that may mean one organisation; the one with the longer name comes first.

    ``labels`` are preferred names by identifier. Organisations known to lie
    in different places (their identifiers begin with codes of which neither
    contains the other) are no pair.
    """
    alike: dict[str, list[str]] = {}
    for name in sorted(labels):
        alike.setdefault(spelling_key(labels[name], regions), []).append(name)
    for names in alike.values():
        for one, other in combinations(sorted(names, key=lambda n: (-len(labels[n]), n)), 2):
            if _near(one, other):
                yield one, other


def _near(one: str, other: str) -> bool:
    """Whether one's place can be the other's, as far as the codes in the identifiers tell."""
    codes = [found[1].removesuffix("00").removesuffix("00") for n in (one, other) if (found := _CODE.match(n))]
    return len(codes) < 2 or codes[0].startswith(codes[1]) or codes[1].startswith(codes[0])


_CODE = re.compile(r"org/([0-9]{6,12})-")
