"""Made-up reports of any size, the same for the same numbers: what the views are tested on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from kg.ids import claim_id, observation_id
from kg.model import (
    Claim,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Observation,
    Predicate,
    Problem,
    Report,
    ReportKind,
    Status,
)
from kg.views.facts import Concept, Facts, gather

FAMILIES = ("医联体", "基层医疗", "数字健康", "中医药", "妇幼健康", "公立医院")
KINDS = ("agreement", "affiliation", "counterpartSupport", "management", "coBuilding", "jointAction")
METRICS = (("基层就诊率", "%", 60), ("家庭医生签约率", "%", 45), ("每千人口医师数", "人/千人", 3))
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"


@dataclass(frozen=True)
class Size:
    """How much to make up; ``orgs`` is per jurisdiction, ``sentences`` per report."""

    jurisdictions: int = 20
    programmes: int = 30
    partners: int = 40
    orgs: int = 5
    sentences: int = 25
    years: tuple[int, ...] = (2022, 2023, 2024)


def of_nodes(nodes: int) -> Size:
    """A size with about that many nodes and three sentences a node."""
    towns = max(10, nodes // 33)
    orgs = (nodes - towns - 60) // towns
    return Size(towns, 60, 40, orgs - 1, 3 * nodes // (towns * 2), (2023, 2024))


def concepts(size: Size) -> dict[str, Concept]:
    families = [Concept(f"program/f{i}", name, f"Family {i}", f"program/f{i}") for i, name in enumerate(FAMILIES)]
    found = {c.id: c for c in families}
    for n in range(size.programmes):
        top = families[n % len(families)].id
        key = f"program/p{n:03d}"
        found[key] = Concept(key, f"示例项目{n:03d}", f"Programme {n:03d}", top, top, (f"项目{n}",))
    return found


def regions(size: Size) -> dict[str, Entity]:
    """Provinces 110000, 120000 …, one county for each jurisdiction, some without a report."""
    found: dict[str, Entity] = {}
    for n in range(size.jurisdictions + 3):
        province = f"region/{11 + n % 9}0000"
        if province not in found:
            found[province] = Entity(province, EntityType.REGION, f"第{n % 9 + 1}省", (), "", "province", "seed")
        key = f"region/{11 + n % 9}{n // 9 + 1:04d}"
        level = "prefecture" if n % 5 == 0 else "county"
        name = SURNAMES[n % len(SURNAMES)] + SURNAMES[n // len(SURNAMES) % len(SURNAMES)]
        suffix = "市" if level == "prefecture" else "县"
        found[key] = Entity(key, EntityType.REGION, f"{name}{suffix}", (name,), province, level, "seed")
    return found


class Maker:
    """Writes one report after the other."""

    def __init__(self, size: Size, seed: int = 1) -> None:
        self.size = size
        self.random = Random(seed)
        self.regions = regions(size)
        self.concepts = concepts(size)
        self.towns = [r for r in self.regions.values() if r.level != "province"]
        self.programmes = sorted(k for k in self.concepts if k.startswith("program/p"))
        self.partners = [self._partner(n) for n in range(size.partners)]

    def _partner(self, n: int) -> Entity:
        kind = EntityType.ACADEMIC if n % 4 == 0 else EntityType.HOSPITAL
        home = f"region/{11 + n % 9}0000"
        name = f"第{n}医科大学" if kind is EntityType.ACADEMIC else f"省立第{n}医院"
        return Entity(f"org/partner-{n:03d}", kind, name, (), home, "", "name")

    def report(self, town: Entity, year: int) -> Extraction:
        """One report of one town and year with claims of every kind."""
        orgs = [
            Entity(f"org/{town.id[7:]}-{n}", EntityType.HOSPITAL, f"{town.label}第{n}人民医院", (), town.id)
            for n in range(self.size.orgs)
        ]
        key = f"{town.id[7:]}-{year}-{town.id[-6:]}"
        page = _Page(key, year)
        local = Entity(
            f"local-program/{town.id[7:]}-惠民", EntityType.LOCAL_PROGRAM, f"{town.label}惠民行动", (), town.id
        )
        used = self._claims(page, town, orgs, local)
        text = "".join(page.text)
        report = Report(
            key, f"{key}.txt", text, hashlib.sha256(text.encode()).hexdigest(), f"{town.label}卫生健康工作总结",
            orgs[0].id, town.id, year, None, (ReportKind.SUMMARY,), f"{year + 1}-01-15",
        )  # fmt: skip
        entities = {e.id: e for e in [town, *orgs, *used]}
        return Extraction(report, tuple(entities.values()), tuple(page.claims.values()), tuple(page.observations))

    def _claims(self, page: _Page, town: Entity, orgs: list[Entity], local: Entity) -> list[Entity]:
        used = [local]
        page.claim(town.id, Predicate.IMPLEMENTS, local.id, Status.REALISED)
        for org in orgs:
            page.claim(org.id, Predicate.LOCATED_IN, town.id, Status.REALISED)
        for n in range(self.size.sentences):
            pick = self.random
            status = pick.choices(list(Status), (7, 3, 1))[0]
            programme = self.programmes[min(int(pick.expovariate(4 / len(self.programmes))), len(self.programmes) - 1)]
            org = pick.choice(orgs)
            if n % 4 == 3:
                partner = pick.choice(self.partners)
                used.append(partner)
                page.claim(org.id, Predicate.PARTNERS_WITH, partner.id, status, pick.choice(KINDS))
            elif n % 4 == 2:
                page.claim(org.id, Predicate.IMPLEMENTS, programme, status)
            else:
                page.claim(town.id, Predicate.IMPLEMENTS, programme, status)
        for metric, unit, base in METRICS:
            page.observe(town.id, metric, unit, Decimal(base * 100 + self.random.randrange(base * 40)) / 100)
        return used


class _Page:
    """The growing text of a report and what is drawn from it."""

    def __init__(self, key: str, year: int) -> None:
        self.key, self.year = key, year
        self.text: list[str] = []
        self.length = 0
        self.claims: dict[str, Claim] = {}
        self.observations: list[Observation] = []

    def _evidence(self, sentence: str) -> Evidence:
        start = self.length
        self.text.append(sentence + "\n")
        self.length += len(sentence) + 1
        return Evidence(start, start + len(sentence), sentence, ((start, start + min(6, len(sentence))),))

    def claim(self, s: str, p: Predicate, o: str, status: Status, kind: str = "") -> None:
        words = {"realised": "已经推进", "planned": "下一步将推进", "stopped": "已停止"}[status.value]
        subject, object_ = s.rpartition("/")[2], o.rpartition("/")[2]
        said = self._evidence(f"{subject}{words}{object_}的各项工作，第{len(self.text)}句为示例文字，取得实效。")
        key = claim_id(self.key, said.start, said.end, s, p, o, status)
        self.claims[key] = Claim(key, self.key, s, p, o, status, said, f"{p.value}-1", None, kind)

    def observe(self, s: str, metric: str, unit: str, value: Decimal) -> None:
        said = self._evidence(f"{metric}达到{value}{unit}。")
        key = observation_id(self.key, said.start, said.end, s, metric, f"{value}{unit}", Status.REALISED)
        self.observations.append(
            Observation(
                key, self.key, s, metric, metric, value, f"{value}{unit}", unit, Status.REALISED, said, "rate-1"
            )
        )


def extractions(size: Size, seed: int = 1) -> list[Extraction]:
    """Reports of all towns but the last three, of some in several years."""
    maker = Maker(size, seed)
    return [
        maker.report(town, year)
        for n, town in enumerate(maker.towns[: size.jurisdictions])
        for i, year in enumerate(size.years)
        if i == n % len(size.years) or n % 3 == 0
    ]


def facts(size: Size | None = None, *, texts: bool = True, seed: int = 1) -> Facts:
    """Facts of a made-up folder of reports."""
    size = size or Size()
    blocks = extractions(size, seed)
    return gather(
        blocks,
        regions=regions(size),
        concepts=concepts(size),
        problems=[Problem("a.txt#char=3,9", "ambiguous", "两处同名", "在对照表中选一个")],
        texts={b.report.key: b.report.text for b in blocks} if texts else None,
    )
