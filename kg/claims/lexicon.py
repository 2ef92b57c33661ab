"""Seeds and wording lists become longest-match indexes, built once per process.

Three indexes are run over a whole report, one pass each: *names* (regions and
seeded organisations), *heads* (endings of organisation names) and *programmes*
(wordings of the programme scheme). Source of the data: ``seeds/`` and
``kg/data/lexicon``.
"""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.claims.leaps import leaping
from kg.claims.literals import spread
from kg.claims.places import Gazetteer, load_gazetteer
from kg.files import package_path, read_tsv, read_yaml
from kg.model import EntityType

__all__ = ["Head", "Hit", "Index", "Lexicon", "Seed", "load"]


_GRAMMAR = re.compile(
    r"[省市县区州旗盟]|地区|自治|附?属?第?[一二三四五六七八九十](?!院$)|附"
)  # left to kg.claims.names


@dataclass(frozen=True, slots=True)
class Seed:
    """A known organisation: key, full name, type and the code of its region."""

    key: str
    name: str
    type: EntityType
    region: str
    parent: str = ""  # key of the university it is affiliated with


@dataclass(frozen=True, slots=True)
class Head:
    """The ending of an organisation's name and the form it is completed to."""

    wording: str
    type: EntityType
    full: str
    group: str

    @property
    def public(self) -> bool:
        """Run by a region, so that a short region name before it stands for the full one."""
        return self.group in {"public", "joined"}


class Hit(NamedTuple):
    """A wording found: offsets and what it may stand for, as (kind, value)."""

    start: int
    end: int
    senses: tuple[tuple[str, str], ...]


class Index:
    """Leftmost-longest look-up of many wordings in one pass."""

    def __init__(self, senses: dict[str, list[tuple[str, str]]]) -> None:
        """``senses``: wording -> what it may stand for."""
        self._words = sorted(senses)
        self._senses = [tuple(senses[w]) for w in self._words]
        self._automaton = AhoCorasick(self._words or ["\0"], matchkind=MatchKind.LeftmostLongest)

    def hits(self, text: str) -> bool:
        """Whether any wording occurs."""
        return bool(self._words) and bool(self._automaton.find_matches_as_indexes(text))

    def find_in_each(self, texts: Sequence[str]) -> list[list[Hit]]:
        """The hits of each of many texts, by one pass over all of them."""
        out: list[list[Hit]] = [[] for _ in texts]
        hits = self._automaton.find_matches_as_indexes("\n".join(texts)) if self._words else []
        for i, number, start, end in spread(hits, texts):
            out[i].append(Hit(start, end, self._senses[number]))
        return out

    def find(self, text: str) -> Iterator[Hit]:
        """Hits in text order, never overlapping."""
        if self._words:
            for number, start, end in self._automaton.find_matches_as_indexes(text):
                yield Hit(start, end, self._senses[number])


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything the claims room knows before it reads a report."""

    gazetteer: Gazetteer
    seeds: dict[str, Seed]
    called: dict[str, tuple[str, ...]]  # any name of a seeded organisation -> keys
    heads: dict[str, Head]
    names: Index
    head_index: Index
    programmes: Index
    programme_labels: dict[str, str]
    broader: dict[str, str]
    everyday: frozenset[str]
    relative: re.Pattern[str]
    whole: frozenset[str]
    modifier: re.Pattern[str]
    generic: re.Pattern[str]
    boundaries: frozenset[str]
    verbs: frozenset[str]
    verb_endings: tuple[str, ...]  # the same, for str.endswith
    seed_named: dict[str, Seed]  # full name -> seeded organisation


@cache
def load() -> Lexicon:
    """The lexicon of the installed seeds and word lists; DataError when one is broken.

    It lives as long as the process, so the garbage collector is kept from it:
    switched off while it is built, told to pass it over ever after (and forked
    workers go on sharing its memory). Saves a fifth of the load and a twentieth
    of every extraction.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _built()
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _built() -> Lexicon:
    seeds_folder, lexicon_folder = package_path("seeds"), package_path("data") / "lexicon"
    gazetteer = load_gazetteer(seeds_folder / "regions.tsv", seeds_folder / "renamings.tsv")
    orgs = read_tsv(seeds_folder / "organisations.tsv")
    programs = read_tsv(seeds_folder / "programs.tsv")
    words = read_yaml(lexicon_folder / "organisations.yaml")
    places = read_yaml(lexicon_folder / "places.yaml")
    heads = _heads(words["types"])
    seeds = {r["key"]: Seed(r["key"], r["name"], EntityType(r["type"]), r["region"], r["parent_org"]) for r in orgs}
    return Lexicon(
        gazetteer=gazetteer,
        seeds=seeds,
        called=_called(orgs),
        heads=heads,
        names=Index(_name_senses(gazetteer, orgs, heads)),
        head_index=Index({w: [("head", w)] for w in heads}),
        programmes=Index(_programme_senses(programs)),
        programme_labels={r["id"]: r["prefLabel_zh"] for r in programs},
        broader={r["id"]: r["broader"] for r in programs},
        everyday=frozenset(places["everyday"].split()),
        relative=leaping("(?:" + "|".join(places["relative"]) + r")\Z"),
        whole=frozenset(places["whole"]),
        modifier=leaping("(?:" + "|".join(words["modifiers"]) + r")\Z"),
        generic=leaping("|".join(words["generic"])),
        boundaries=frozenset(words["boundaries"]),
        verbs=frozenset(words["verbs"]),
        verb_endings=tuple(sorted(set(words["verbs"]))),
        seed_named={s.name: s for s in reversed(seeds.values())},
    )


def _heads(types: dict[str, dict[str, dict[str, str]]]) -> dict[str, Head]:
    return {
        wording: Head(wording, EntityType(kind), full or wording, group)
        for kind, groups in types.items()
        for group, wordings in groups.items()
        for wording, full in wordings.items()
    }


def _name_senses(
    gazetteer: Gazetteer, orgs: list[dict[str, str]], heads: dict[str, Head]
) -> dict[str, list[tuple[str, str]]]:
    """Names of regions and seeded organisations; a bare ending (人民医院, 第一医院) is never a name by itself."""
    senses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, table in (("region", gazetteer.by_name), ("short", gazetteer.by_short)):
        for name in table:
            if len(name) > 1:
                senses[name].append((kind, name))
    for row in orgs:
        for kind, column in (("seed", "name"), ("seed", "short_names"), ("contextual", "contextual_names")):
            for name in filter(None, row.get(column, "").split("|")):
                if kind == "seed" and name.endswith("大学") and len(name) > 4:
                    senses[name[:-1]].append((kind, row["key"]))  # 山西医科大
                if name not in heads and not (kind == "contextual" and _GRAMMAR.match(name)):
                    senses[name].append((kind, row["key"]))
    return dict(senses)


def _called(orgs: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    called: dict[str, list[str]] = defaultdict(list)
    for row in orgs:
        for column in ("name", "short_names", "contextual_names"):
            for name in filter(None, row.get(column, "").split("|")):
                called[name].append(row["key"])
    return {name: tuple(keys) for name, keys in called.items()}


def _programme_senses(programs: list[dict[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    senses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in programs:
        for wording in (row["prefLabel_zh"], *row["altLabels_zh"].split("|")):
            if len(wording) > 1 and ("program", row["id"]) not in senses[wording]:
                senses[wording].append(("program", row["id"]))
    return dict(senses)
