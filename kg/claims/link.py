"""Mentions -> entities, inside the frame of report and section; never guesses.

A name is accepted when exactly one region or organisation is left after
narrowing by the frame. What stays open becomes a Problem with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.claims.find import Found
from kg.claims.frame import Frame, region_codes
from kg.claims.lexicon import Lexicon, Seed
from kg.claims.names import Name, Token
from kg.claims.places import Gazetteer, Place, relative_words
from kg.claims.register import Linked, Register
from kg.ids import name_key, org_id
from kg.model import Entity, EntityType, Mention, Problem, Report

__all__ = ["Linker", "region_entity"]

_HOME_STEMS = {
    EntityType.ALLIANCE,
    EntityType.HOSPITAL,
    EntityType.PRIMARY_CARE,
    EntityType.ORGANIZATION,
    EntityType.PUBLIC_HEALTH,
}
_PLAIN_ALLIANCE = re.compile(
    "(?:紧密型|县域|城市|专科|纵向|横向|区域)*(?:医联体|医共体|医疗共同体|医疗联合体|联盟|专科联盟)"
)
_AFFILIATED = re.compile(r"([㐀-鿿]{2,10}?(?:大学|学院))(?:医学院)?附属")
_BRANCH = ("分院", "院区")
_OWNERS = {EntityType.HOSPITAL, EntityType.ALLIANCE}
_MASK_LEVELS = {
    "省": "province",
    "市": "prefecture",
    "州": "prefecture",
    "镇": "township",
    "乡": "township",
    "道": "township",
}
_ZONES = ("社区", "开发区", "新区", "经开区", "高新区", "保税区", "园区", "管理区", "度假区", "风景区")
_NOT_PLACE_BEFORE = frozenset("路街桥寺塔庙山")
_CANONICAL = (("中医医院", "中医院"),)


def codes_of(short: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """All regions of a short name."""
    return gazetteer.by_short.get(short, ())


def region_entity(code: str, lexicon: Lexicon) -> Entity:
    """The entity of a region code, masked regions included."""
    place = lexicon.gazetteer.place(code)
    coded = code in lexicon.gazetteer.places
    parent = f"region/{place.parent}" if place.parent else ""
    level = place.level or ("zone" if place.name.endswith(_ZONES) else _MASK_LEVELS.get(place.name[-1], "county"))
    return Entity(
        f"region/{code}",
        EntityType.REGION,
        place.name,
        parent=parent,
        level=level,
        source="seed" if coded else "mask" if not parent else "name",
    )


@dataclass
class Linker:
    """Links the mentions of one report in reading order; ``folded`` is its text with characters folded."""

    report: Report
    folded: str
    lexicon: Lexicon
    register: Register
    full_seeds: frozenset[str]
    named: frozenset[str]  # codes of all regions named beyond doubt, and those above them
    problems: list[Problem] = field(default_factory=list)
    plates: list[tuple[str, str, int]] = field(
        default_factory=list
    )  # hospital, university whose plate it bears, offset
    parents: dict[str, str] = field(default_factory=dict)  # seeded hospital -> key of its university
    owners: dict[str, str] = field(
        default_factory=dict
    )  # plate, branch or affiliated hospital -> institution behind it
    _orgs: dict[int, str] = field(default_factory=dict)  # end offset -> organisation linked there
    _recent: list[str] = field(default_factory=list)  # organisations in reading order

    def link(self, found: Found, frame: Frame, near: Sequence[Found]) -> Linked | None:
        """The entity a mention means, registered; None if it names none or too many."""
        if found.name:
            return self._name(found.name, frame) or self._place_of(found.name, frame, near)
        token = found.token
        if token is None:
            return None
        if token.kind in {"seed", "contextual"} or token.also:
            seed = self._seed(token, frame, near)
            if seed:
                return self.keep_seed(token.start, token.end, seed)
        if token.kind in {"region", "short", "town", "mask", "zone"}:
            code = self.region(token, frame, near)
            return self.keep_region(token.start, token.end, code) if code else None
        return None

    # regions

    def region(self, token: Token, frame: Frame, near: Sequence[Found] = ()) -> str:
        """The code a region token means here, or empty."""
        if token.kind == "mask":
            return self.mask(token, frame)
        if token.kind == "zone":
            return self.zone(token, frame)
        codes = region_codes(token, self.lexicon)
        if len(codes) > 1:
            code = self._chained(token, codes) or self.lexicon.gazetteer.nearest(codes, frame.place)
            if not code and (token.kind == "region"):
                self._problem(token, "ambiguous", f"{token.values[0]} 有 {len(codes)} 处同名", codes)
        else:
            code = codes[0] if codes else ""
        word = self.folded[token.start : token.end]
        if (
            code
            and (token.kind in {"short", "town"} or word in self.lexicon.everyday)
            and not self._short_is_place(token, code, frame, near)
        ):
            return ""
        return code

    def mask(self, token: Token, frame: Frame) -> str:
        """A masked region's code: the section's own if it bears the same mask."""
        name = name_key(token.values[0])
        own = next((c for c in (*frame.places, frame.home) if c.endswith("-" + name)), "")
        return own or f"{self.file_name_key}-{name}"

    def zone(self, token: Token, frame: Frame) -> str:
        """A functional zone's code: the seeded one, else its name under the region spoken of."""
        name = name_key(token.values[0])
        known = self.lexicon.gazetteer.by_name.get(name) or self.lexicon.gazetteer.by_short.get(name) or ()
        if frame.home.endswith("-" + name):
            return frame.home
        return self.lexicon.gazetteer.nearest(known, frame.place) if known else f"{frame.place or 'cn'}-{name}"

    @property
    def file_name_key(self) -> str:
        """What stands for the report in the codes of masked regions."""
        return name_key(self.report.key)

    def _chained(self, token: Token, codes: Iterable[str]) -> str:
        """In 南京市鼓楼区 the one inside 南京市."""
        before = [e for e in self._last_regions if self._ends.get(e) == token.start]
        inside = [c for c in codes if any(self.lexicon.gazetteer.inside(c, b) for b in before)]
        return inside[0] if len(inside) == 1 else ""

    _last_regions: list[str] = field(default_factory=list)
    _ends: dict[str, int] = field(default_factory=dict)

    def _short_is_place(self, token: Token, code: str, frame: Frame, near: Sequence[Found]) -> bool:
        """Whether a short name stands for the region: everyday words only among other places."""
        word = self.folded[token.start : token.end]
        listed = self._listed(token, near)
        if self.folded[token.end : token.end + 1] in _NOT_PLACE_BEFORE:
            return False
        if token.kind == "town":
            return listed or word == self.lexicon.gazetteer.place(code).name
        if word in self.lexicon.everyday:
            return listed
        gazetteer = self.lexicon.gazetteer
        if gazetteer.place(code).level in {"province", "prefecture"} or listed:
            return True
        chain = gazetteer.lineage(code)
        if len(word) > 2 and len(codes_of(word, gazetteer)) == 1:
            return True
        return bool(set(chain[:-1]) & self.named) or (bool(frame.home) and chain[-1] in gazetteer.lineage(frame.home))

    def _listed(self, token: Token, near: Sequence[Found]) -> bool:
        """Whether the token stands in a list next to another place (尖扎、泽库, 望远、闽宁两地)."""
        for other in near:
            if other.token and other.token is not token and other.token.kind in {"region", "short", "town"}:
                first, second = sorted((other.token, token), key=lambda t: t.start)
                if self.folded[first.end : second.start] in {"、", "和", "及", "与", ""}:
                    return True
        return False

    def keep_region(self, start: int, end: int, code: str) -> Linked:
        """Register a region mention."""
        entity = region_entity(code, self.lexicon)
        self.register.add(entity)
        self.register.mention(
            entity.id, Mention(start, end, self.folded[start:end], f"{self.folded[start:end]} → {entity.label}")
        )
        self._last_regions.append(code)
        self._ends[code] = end
        return Linked(start, end, entity.id, EntityType.REGION)

    # organisations

    def _seed(self, token: Token, frame: Frame, near: Sequence[Found]) -> Seed | None:
        """The seeded organisation a token means; contextual short names need a sign of its place or full name."""
        keys = token.values if token.kind in {"seed", "contextual"} else token.also
        seeds = [self.lexicon.seeds[k] for k in keys]
        if token.kind != "seed":
            seeds = [s for s in seeds if s.key in self.full_seeds] or [s for s in seeds if self._near(s, frame, near)]
        return seeds[0] if len(seeds) == 1 else None

    def _near(self, seed: Seed, frame: Frame, near: Sequence[Found]) -> bool:
        """Whether the sentence names the seed's city, or the report is of it."""
        city = next((c for c in self.lexicon.gazetteer.lineage(seed.region) if c.endswith("00")), seed.region)
        for other in near:
            token = other.token or (other.name.regions[0] if other.name and other.name.regions else None)
            if token and token.kind in {"region", "short"} and city in region_codes(token, self.lexicon):
                return True
        return city in self.lexicon.gazetteer.lineage(frame.home)

    def keep_seed(self, start: int, end: int, seed: Seed) -> Linked:
        """Register a mention of a seeded organisation."""
        id_ = f"org/{seed.key}"
        if seed.parent:
            self.parents[id_] = seed.parent
        self._plate_in(start, end, id_, seed)
        return self._keep(
            start, end, Entity(id_, seed.type, seed.name, parent=f"region/{seed.region}", source="seed"), ""
        )

    def _plate_in(self, start: int, end: int, id_: str, seed: Seed) -> None:
        """A second name that begins with a university (大连理工大学附属中心医院 for 大连市中心医院) is its plate."""
        bearer = _AFFILIATED.match(self.folded, start, end)
        keys = self.lexicon.called.get(bearer[1], ()) if bearer else ()
        if bearer and len(keys) == 1 and not seed.name.startswith(bearer[1]):
            university = self.lexicon.seeds[keys[0]]
            self.keep_seed(start, start + len(bearer[1]), university)
            self.plates.append((id_, f"org/{university.key}", start))

    def _place_of(self, name: Name, frame: Frame, near: Sequence[Found]) -> Linked | None:
        """The region at the head of a name that names no institution (某县边境医共体)."""
        token = name.regions[-1] if name.regions and not name.owner else None
        code = self.region(token, frame, near) if token and token.kind in {"region", "mask"} else ""
        return self.keep_region(token.start, token.end, code) if token and code else None

    def _name(self, name: Name, frame: Frame) -> Linked | None:
        """An organisation by its name, in one of the four ways a name can identify."""
        if name.owner:
            return self._attached(name, name.owner, frame)
        if name.regions:
            return self._by_region(name, frame)
        if name.relative:
            return self._by_relative(name, frame)
        return self._by_stem(name, frame)

    def _attached(self, name: Name, owner: Token, frame: Frame) -> Linked | None:
        if name.inner:
            self._name(name.inner, frame)
        above = self._owner(owner, frame)
        if not above:
            return None
        code = (self.region(name.regions[-1], frame) if name.regions else "") or above.parent.removeprefix("region/")
        written = self.folded[name.start : name.end]
        if known := self._same_affiliate(name, above):
            return self._keep(name.start, name.end, known, f"{above.label} + {name.rest}")
        own = name.head.type in {EntityType.ALLIANCE, EntityType.ORGANIZATION}
        label = written if own and owner.kind in {"seed", "contextual"} else above.label + name.rest
        if plate := self._second_plate(name, above, code):
            return plate
        linked = self._org(name, label, code, f"{above.label} + {name.rest}")
        if linked.id != above.id:
            self.register.add(above)
            self.register.mention(
                above.id, Mention(owner.start, owner.end, self.folded[owner.start : owner.end], above.label)
            )
            self.owners[linked.id] = above.id
        return linked

    def _same_affiliate(self, name: Name, owner: Entity) -> Entity | None:
        """江西医专一附院 after 江西医专第一附属医院 was named: the same hospital, whichever order its name has."""
        ordinal = re.fullmatch(r"附属第([一二三四五六七八九十])医院", name.rest)
        if not ordinal:
            return None
        forms = (f"{owner.label}第{ordinal[1]}附属医院", f"{owner.label}附属第{ordinal[1]}医院")
        return next((e for form in forms if (e := self.register.labelled(form))), None)

    def _second_plate(self, name: Name, owner: Entity, code: str) -> Linked | None:
        """青岛大学附属泰安市中心医院 is 泰安市中心医院 by its second name, if that hospital is named too."""
        if not name.regions or not name.rest.startswith("附属") or owner.type is not EntityType.ACADEMIC:
            return None
        place = self.lexicon.gazetteer.place(code)
        written = self.folded[name.regions[-1].start : name.end]
        tail = written.removeprefix(self.folded[name.regions[-1].start : name.regions[-1].end])
        known = next((e for n in (written, place.name + tail) if (e := self.register.labelled(n))), None)
        if known is None:
            return None
        self.register.add(owner)
        self.register.mention(owner.id, Mention(name.start, name.start + len(owner.label), owner.label, owner.label))
        self.plates.append((known.id, owner.id, name.start))
        return self._keep(name.start, name.end, known, f"{known.label}的另一块牌子")

    def _owner(self, owner: Token, frame: Frame) -> Entity | None:
        if owner.kind == "pointer":
            types = {EntityType.ACADEMIC} if "校" in owner.values[0] else _OWNERS
            recent = (e for e in map(self.register.get, reversed(self._recent)) if e and e.type in types)
            return next((e for e in recent if not e.label.endswith(_BRANCH)), None)
        if owner.kind == "org":
            id_ = self._orgs.get(owner.end, "")
            return self.register.get(id_)
        seed = self._seed(owner, frame, ())
        if seed is None and owner.kind == "seed":
            seed = self.lexicon.seeds[owner.values[0]] if len(owner.values) == 1 else None
        if seed is None:
            return None
        return Entity(f"org/{seed.key}", seed.type, seed.name, parent=f"region/{seed.region}", source="seed")

    def _by_region(self, name: Name, frame: Frame) -> Linked | None:
        token = name.regions[-1]
        if self._plain_alliance(name):
            return None
        codes = region_codes(token, self.lexicon)
        if token.kind in {"mask", "zone"}:
            code = self.mask(token, frame) if token.kind == "mask" else self.zone(token, frame)
        else:
            code = self._outer(name, codes, frame)
        if not code and token.kind == "short" and name.head.type is EntityType.PRIMARY_CARE:
            written = self.folded[token.start : token.end]
            return self._by_stem(replace(name, stem=written, rest=written + name.rest), frame)
        if not code:
            if codes:
                self._problem(token, "ambiguous", f"{self.folded[name.start : name.end]} 的地区不定", codes)
            return None
        if name.head.group == "branch" and not name.stem:
            return self._branch(name, code, frame)
        place = self.lexicon.gazetteer.place(code)
        written = self.folded[token.start : token.end]
        primary = name.head.type is EntityType.PRIMARY_CARE
        if token.kind == "short" and written in self.lexicon.everyday and not primary and not self._nearby(code, frame):
            return None  # 合作医院, 平安医院
        if token.kind == "short" and name.head.type is EntityType.PRIMARY_CARE and not self._nearby(code, frame):
            if town := self._town(written, frame):
                return self._org(
                    name, self.lexicon.gazetteer.place(town).name + name.rest, town, f"{written} = 本地乡镇"
                )
            return self._org(name, written + name.rest, frame.place, "")  # a place of that name in another province
        if token.kind == "mask" and code != frame.home:
            self.keep_region(token.start, token.end, code)
        if token.kind == "town" and (written == place.name or name.head.type is EntityType.PRIMARY_CARE):
            self.keep_region(token.start, token.end, code)
        elif token.kind == "town":
            return self._org(name, written + name.rest, frame.place, "")
        if (
            written != place.name
            and name.head.wording == "医院"
            and name.rest == "医院"
            and place.level in {"province", "prefecture"}
        ):
            return None  # 20多家上海医院: hospitals of Shanghai, none by name
        if token.kind == "short" and name.rest == "医院":
            near = self._nearby(code, frame) or self.lexicon.gazetteer.inside(code, frame.home)
            return self._org(name, self.folded[name.start : name.end], code if near else frame.place, "")
        full = name.head.group == "public" or (name.head.group == "joined" and name.head.full != name.head.wording)
        if token.kind == "town" and written != place.name:
            full = full and name.head.type is EntityType.PRIMARY_CARE
        full = full and not name.stem
        label = (place.name if full or token.kind == "region" else written) + self._rest(name, place)
        return self._org(name, label, code, f"{written} = {place.name}")

    def _town(self, stem: str, frame: Frame) -> str:
        """The township of the place spoken of whose name is the stem and 镇, 乡 or 街道; empty if none or two."""
        gazetteer = self.lexicon.gazetteer
        if gazetteer.place(frame.place).level in {"", "province"}:
            return ""
        found = [
            t.code for t in gazetteer.descendants(frame.place) if t.name in {stem + "镇", stem + "乡", stem + "街道"}
        ]
        return found[0] if len(found) == 1 else ""

    def _nearby(self, code: str, frame: Frame) -> bool:
        """Whether a region lies in the same prefecture as the one spoken of."""
        return bool(set(self.lexicon.gazetteer.lineage(code)[:2]) & set(self.lexicon.gazetteer.lineage(frame.place)))

    def _outer(self, name: Name, codes: Sequence[str], frame: Frame) -> str:
        """The region of a chain (江苏省盐城市大丰区), narrowed by the outer ones."""
        for outer in reversed(name.regions[:-1]):
            above = region_codes(outer, self.lexicon)
            inside = [c for c in codes if any(self.lexicon.gazetteer.inside(c, a) for a in above)]
            if inside:
                codes = inside
        return self.lexicon.gazetteer.nearest(codes, frame.place) if codes else ""

    def _branch(self, name: Name, code: str, frame: Frame) -> Linked | None:
        """余杭院区 alone: a branch of the hospital or group last spoken of."""
        owners = (e for e in map(self.register.get, reversed(self._recent)) if e and e.type in _OWNERS)
        above = next((e for e in owners if not e.label.endswith(_BRANCH)), None)
        if above is None:
            return None
        if frame.home and not self.lexicon.gazetteer.inside(code, frame.home):
            code = above.parent.removeprefix("region/")
        linked = self._org(name, above.label + self.folded[name.start : name.end], code, f"{above.label}的分院")
        self.owners[linked.id] = above.id
        return linked

    def _by_relative(self, name: Name, frame: Frame) -> Linked | None:
        if self._plain_alliance(name):
            return None
        code = frame.region_for(name.relative, self.lexicon) or self._spoken_of(name.relative)
        text = self.folded[name.start : name.end]
        if not code and frame.home and frame.home not in self.lexicon.gazetteer.places:
            return self._masked(name, text, frame)
        if not code:
            self._problem(
                Token(name.start, name.end, "org", (text,)), "unlinked", f"{text}：不知是哪个{name.relative}", ()
            )
            return None
        place = self.lexicon.gazetteer.place(code)
        return self._org(name, place.name + self._rest(name, place), code, f"{name.relative} = {place.name}")

    def _masked(self, name: Name, text: str, frame: Frame) -> Linked:
        """省立医院 in the report of a masked district: known by its words, its place unknown."""
        entity = Entity(org_id(frame.home, text), name.head.type, text, source="mask")
        return self._keep(name.start, name.end, entity, f"{text}（所在{name.relative}隐去名称）")

    def _rest(self, name: Name, place: Place) -> str:
        """What follows the region: 市医院 stays 医院 where no 人民医院 of that city is named (敦化市医院)."""
        bare = name.head.wording == "医院" and name.rest == "人民医院" and place.name.endswith("市")
        fuller = {f"{place.name}人民医院", "市人民医院"} if name.relative else {f"{place.name}人民医院"}
        if bare and not any(form in self.folded for form in fuller):
            return "医院"
        return name.rest

    def _spoken_of(self, word: str) -> str:
        """The last region named of that kind."""
        for code in reversed(self._last_regions[-6:]):
            if word in relative_words(self.lexicon.gazetteer.place(code)):
                return code
        return ""

    def _fuller(self, name: Name, frame: Frame) -> Entity | None:
        """业达医院 after 烟台业达医院 was named: the one organisation called so with a place of the frame before it."""
        gazetteer = self.lexicon.gazetteer
        above = [gazetteer.place(c) for c in gazetteer.lineage(frame.place)]
        forms = {n + name.rest for p in above for n in (p.name, *p.shorts)}
        known = [e for e in self.register.all() if e.type is name.head.type and forms & {e.label, *e.aliases}]
        return known[0] if len(known) == 1 else None

    def _plain_alliance(self, name: Name) -> bool:
        """Whether an alliance is named by nothing but its kind: 市医联体, 我县紧密型县域医共体."""
        return name.head.type is EntityType.ALLIANCE and bool(_PLAIN_ALLIANCE.fullmatch(name.rest))

    def _by_stem(self, name: Name, frame: Frame) -> Linked | None:
        if fuller := self._fuller(name, frame):
            return self._keep(name.start, name.end, fuller, f"即{fuller.label}")
        town = self._town(name.stem, frame) if name.head.type is EntityType.PRIMARY_CARE else ""
        if town and name.rest == name.stem + name.head.full:
            place = self.lexicon.gazetteer.place(town)
            self.keep_region(name.start, name.start + len(name.stem), town)
            return self._org(name, place.name + name.head.full, town, f"{name.stem} = {place.name}")
        code = frame.place if name.head.type in _HOME_STEMS and not name.head.wording.endswith("公司") else ""
        return self._org(name, name.rest, code, "")

    def _org(self, name: Name, label: str, code: str, how: str) -> Linked:
        """Register an organisation built from its name."""
        if name.regions or name.relative:
            for variant, canonical in _CANONICAL:
                if not name.owner and not name.stem and label.endswith(variant):
                    label = label.removesuffix(variant) + canonical
        parent = f"region/{code}" if code else ""
        entity = Entity(org_id(code or "cn", label), self._type(name), label, parent=parent, source="name")
        known = self.lexicon.seed_named.get(label) if code else None
        if known:
            entity = Entity(f"org/{known.key}", known.type, known.name, parent=f"region/{known.region}", source="seed")
        return self._keep(name.start, name.end, entity, how)

    def _type(self, name: Name) -> EntityType:
        """The type its ending tells; a branch is of its owner's type (卫生院城区分院)."""
        owner = self.register.get(self._orgs.get(name.owner.end, "")) if name.owner else None
        return owner.type if owner and name.head.group == "branch" else name.head.type

    def _keep(self, start: int, end: int, entity: Entity, how: str) -> Linked:
        written = self.folded[start:end]
        self.register.add(entity)
        self.register.add(Entity(entity.id, entity.type, entity.label, aliases=(written,)))
        steps = " → ".join(dict.fromkeys(filter(None, (written, how, entity.label))))
        self.register.mention(entity.id, Mention(start, end, written, steps))
        self._orgs[end] = entity.id
        if entity.parent and entity.source != "seed":
            self._last_regions.append(entity.parent.removeprefix("region/"))
        self._recent.append(entity.id)
        return Linked(start, end, entity.id, entity.type)

    def _problem(self, token: Token, kind: str, what: str, codes: Iterable[str]) -> None:
        where = f"{self.report.file_name}#char={token.start},{token.end}"
        names = "、".join(f"{self.lexicon.gazetteer.place(c).name}({c})" for c in codes)
        self.problems.append(
            Problem(
                where, kind, what, f"候选：{names}；请在 curation.tsv 中指明" if names else "请在 curation.tsv 中指明"
            )
        )
