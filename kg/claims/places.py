"""The gazetteer: regions by code and name, and which one a name means near another.

A name shared by several regions (朝阳区, 鼓楼区) is narrowed step by step by
nearness to a known region and accepted only when exactly one is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kg.files import read_columns, read_tsv

__all__ = ["Gazetteer", "Place", "load_gazetteer", "relative_words"]

_ZONE_WORDS = ("经济技术开发区", "经济开发区", "开发区", "新区", "管理区", "高新区", "经开区", "园区", "示范区")


class Place(NamedTuple):
    """One region: code, full name, short names, level and the code above it."""

    code: str
    name: str
    shorts: tuple[str, ...]
    level: str
    parent: str


@dataclass(frozen=True)
class Gazetteer:
    """All regions; look-ups by code, by full or short name, and downwards."""

    places: dict[str, Place]
    former: tuple[tuple[str, str], ...] = ()  # names no longer in force, and the code that took their place

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """Full names of provinces to counties and zones -> codes."""
        return _index([*((p.name, p.code) for p in self.places.values() if p.level != "township"), *self.former])

    @cached_property
    def by_short(self) -> dict[str, tuple[str, ...]]:
        """Short names of provinces to counties and zones -> codes."""
        return _index((s, p.code) for p in self.places.values() if p.level != "township" for s in p.shorts)

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = defaultdict(list)
        for place in self.places.values():
            below[place.parent].append(place.code)
        return below

    def place(self, code: str) -> Place:
        """The region of a code; a masked region's code ends in its name (``a-1-XX区``)."""
        if code in self.places:
            return self.places[code]
        above, _, name = code.rpartition("-")
        return Place(code, name, (), "zone" if above in self.places else "", above if above in self.places else "")

    def lineage(self, code: str) -> list[str]:
        """The region and those above it, nearest first."""
        chain = []
        if code and code not in self.places:  # a masked region, or a zone under its parent (370600-烟台黄渤海新区)
            chain, code = [code], code.rpartition("-")[0]
        while code in self.places:
            chain.append(code)
            code = self.places[code].parent
        return chain

    def inside(self, code: str, outer: str) -> bool:
        """Whether a region is another one or lies in it."""
        if code and code not in self.places:
            return outer in self.lineage(code)
        while code in self.places:
            if code == outer:
                return True
            code = self.places[code].parent
        return False

    def descendants(self, code: str) -> Iterator[Place]:
        """Every region below, in code order."""
        for child in self._below.get(code, ()):
            yield self.places[child]
            yield from self.descendants(child)

    def common(self, codes: Iterable[str]) -> str:
        """The lowest region that holds all of them, empty if none does."""
        chains = [self.lineage(c) for c in codes]
        if not chains:
            return ""
        return next((c for c in chains[0] if all(c in chain for chain in chains)), "")

    def nearest(self, codes: Iterable[str], near: str) -> str:
        """The one candidate closest to `near`; empty when two are equally close.

        Looks inside `near`, then inside each region above it; if the name is
        that of one region only, that one is meant wherever it lies.
        """
        known = tuple(codes)
        if len(known) < 2:
            return known[0] if known else ""
        for outer in self.lineage(near):
            found = [c for c in known if self.inside(c, outer)]
            if found:
                return self._sole(found)
        return self._sole(list(known))

    def _sole(self, found: list[str]) -> str:
        """One candidate, or the one whose level stands above the others' (吉林省 before 吉林市)."""
        if len(found) < 2:
            return found[0] if found else ""
        ranks = sorted(found, key=lambda c: _RANK[self.places[c].level])
        if _RANK[self.places[ranks[0]].level] < _RANK[self.places[ranks[1]].level]:
            return ranks[0]
        return ""


_RANK = {"province": 0, "prefecture": 1, "county": 2, "zone": 3, "township": 4}


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for name, code in pairs:
        if name:
            table[name].append(code)
    return {name: tuple(codes) for name, codes in table.items()}


def relative_words(place: Place) -> tuple[str, ...]:
    """The words by which a report calls a region of this kind (我市, 全州, 区医院).

    >>> relative_words(Place("632300", "黄南藏族自治州", (), "prefecture", "630000"))
    ('州', '自治州')
    """
    name = place.name
    if place.level == "zone":
        return ("区", *(w for w in _ZONE_WORDS if name.endswith(w)), "开发区", "经开区", "高新区", "新区")
    for ending, words in _RELATIVE.items():
        if name.endswith(ending):
            return words
    return ()


# Longest endings first.
_RELATIVE = {
    "自治区": ("自治区", "区"),
    "自治州": ("州", "自治州"),
    "自治县": ("县", "自治县"),
    "自治旗": ("旗",),
    "新区": ("新区", "区"),
    "林区": ("林区", "区"),
    "地区": ("地区",),
    "街道": ("街道",),
    "省": ("省",),
    "市": ("市",),
    "县": ("县",),
    "区": ("区",),
    "旗": ("旗",),
    "盟": ("盟",),
    "镇": ("镇",),
    "乡": ("乡",),
}


def load_gazetteer(path: Path, renamings: Path) -> Gazetteer:
    """The gazetteer of a regions table and of former names (see seeds/README.md for their columns)."""
    rows = read_columns(path, ("code", "name", "short_names", "level", "parent"))
    places = {
        code: Place(code, name, tuple(filter(None, shorts.split("|"))), level, parent)
        for code, name, shorts, level, parent in rows
    }
    former = tuple((r["old_name"], r["new_code"]) for r in read_tsv(renamings) if r["new_code"] in places)
    return Gazetteer(places, former)
