"""What has been understood so far of one report: the state that linking reads and adds to, in reading order.

A notebook lives as long as its report is read; nothing else in this room is
changed after it was made, but for the register the notebook holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kg.claims.find import Found
from kg.claims.frame import Frame
from kg.claims.lexicon import Lexicon, Seed
from kg.claims.places import relative_words
from kg.claims.register import Linked, Register
from kg.ids import name_key
from kg.model import Entity, EntityType, Mention, Problem, Report

__all__ = ["Around", "Notebook", "region_entity", "seed_entity"]

_MASK_LEVELS = {
    "省": "province",
    "市": "prefecture",
    "州": "prefecture",
    "镇": "township",
    "乡": "township",
    "道": "township",
}
_ZONES = ("社区", "开发区", "新区", "经开区", "高新区", "保税区", "园区", "管理区", "度假区", "风景区")
_RECENT = 6  # regions that 市, 县 … may look back to


class Around(NamedTuple):
    """What a mention is read in: the frame of its sentence, and what else the sentence names."""

    frame: Frame
    near: Sequence[Found] = ()


def region_entity(code: str, lexicon: Lexicon) -> Entity:
    """The entity of a region code, masked regions included."""
    place = lexicon.gazetteer.place(code)
    coded = code in lexicon.gazetteer.places
    parent = f"region/{place.parent}" if place.parent else ""
    level = place.level or ("zone" if place.name.endswith(_ZONES) else _MASK_LEVELS.get(place.name[-1], "county"))
    source = "seed" if coded else "name" if parent else "mask"
    return Entity(f"region/{code}", EntityType.REGION, place.name, parent=parent, level=level, source=source)


def seed_entity(seed: Seed) -> Entity:
    """The entity of a seeded organisation."""
    return Entity(f"org/{seed.key}", seed.type, seed.name, parent=f"region/{seed.region}", source="seed")


_UNITES = re.compile(
    "总医院(?:由[^。；]{2,60}?组成|[(][^()]{2,60}?组成[)]|[^。；，]{0,4}?(?:成员单位|下辖|下设|所辖|辖)|(?:各|[0-9]+[家个])分院)"
    "|(?:组建|成立|挂牌成立)(?:了)?[^。；，]{0,12}?总医院[，。；]"
)


@dataclass
class Notebook:
    """The state of reading one report; ``folded`` is its text with characters folded."""

    report: Report
    folded: str
    lexicon: Lexicon
    full_seeds: frozenset[str]  # keys of seeded organisations named beyond doubt
    named: frozenset[str]  # codes of all regions named beyond doubt, and those above them
    register: Register = field(default_factory=Register)
    problems: list[Problem] = field(default_factory=list)
    plates: list[tuple[str, str, int]] = field(default_factory=list)  # hospital, university on its plate, offset
    parents: dict[str, str] = field(default_factory=dict)  # seeded hospital -> key of its university
    owners: dict[str, str] = field(default_factory=dict)  # plate, branch, affiliated hospital -> institution behind it
    _organisations: dict[int, str] = field(default_factory=dict)  # end offset -> organisation linked there
    _recent: list[str] = field(default_factory=list)  # organisations in reading order
    _regions: list[str] = field(default_factory=list)  # codes of regions in reading order
    _region_ends: dict[str, int] = field(default_factory=dict)  # code -> where it was last named

    @cached_property
    def general_hospital_unites(self) -> bool:
        """Whether the report's 总医院 is a union of institutions (县总医院下设分院), not one hospital."""
        return bool(_UNITES.search(self.folded))

    def written(self, start: int, end: int) -> str:
        """The folded words between two offsets."""
        return self.folded[start:end]

    @property
    def masked_prefix(self) -> str:
        """What stands for the report in the codes of masked regions."""
        return name_key(self.report.key)

    def know_region(self, code: str) -> Entity:
        """The region's entity, kept."""
        known = self.register.get(f"region/{code}")
        if known is None:
            known = region_entity(code, self.lexicon)
            self.register.add(known)
        return known

    def keep_region(self, start: int, end: int, code: str) -> Linked:
        """Note a mention of a region."""
        entity, written = self.know_region(code), self.folded[start:end]
        self.register.mention(entity.id, Mention(start, end, written, f"{written} → {entity.label}"))
        self._regions.append(code)
        self._region_ends[code] = end
        return Linked(start, end, entity.id, EntityType.REGION)

    def keep(self, start: int, end: int, entity: Entity, how: str = "") -> Linked:
        """Note a mention of an organisation; ``how`` says how it was understood."""
        written = self.folded[start:end]
        self.register.add(entity)
        self.register.call(entity.id, written)
        steps = " → ".join(dict.fromkeys(filter(None, (written, how, entity.label))))
        self.register.mention(entity.id, Mention(start, end, written, steps))
        self._organisations[end] = entity.id
        if entity.parent and entity.source != "seed":
            self._regions.append(entity.parent.removeprefix("region/"))
        self._recent.append(entity.id)
        return Linked(start, end, entity.id, entity.type)

    def point_out(self, start: int, end: int, entity: Entity) -> None:
        """Note that part of another name names an organisation too."""
        self.register.add(entity)
        self.register.mention(entity.id, Mention(start, end, self.folded[start:end], entity.label))

    def organisation_ending(self, end: int) -> Entity | None:
        """The organisation whose mention ends at an offset."""
        return self.register.get(self._organisations.get(end, ""))

    def latest(self, types: Iterable[EntityType]) -> Iterator[Entity]:
        """Organisations of some types, the last named first."""
        wanted = set(types)
        return (e for e in map(self.register.get, reversed(self._recent)) if e and e.type in wanted)

    def region_of_kind(self, word: str) -> str:
        """The code of the last region named of the kind 市, 县 …; empty if there was none lately."""
        gazetteer = self.lexicon.gazetteer
        lately = reversed(self._regions[-_RECENT:])
        return next((code for code in lately if word in relative_words(gazetteer.place(code))), "")

    def regions_ending(self, at: int) -> set[str]:
        """Codes of regions whose last mention ends at an offset."""
        return {code for code, end in self._region_ends.items() if end == at}

    def problem(self, where: tuple[int, int], kind: str, what: str, codes: Iterable[str] = ()) -> None:
        """Note what an expert should decide, with the candidates."""
        names = "、".join(f"{self.lexicon.gazetteer.place(c).name}({c})" for c in codes)
        remedy = "在报告中写全称，或在 seeds/ 的表中补全 (write the full name, or add it to the tables in seeds/)"
        todo = f"候选：{names}；{remedy}" if names else remedy
        place = f"{self.report.file_name}#char={where[0]},{where[1]}"
        self.problems.append(Problem(place, kind, what, todo))
