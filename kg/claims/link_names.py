"""Names -> organisations, in one of the four ways a name can identify: by owner, region, relative word or stem.

A name is accepted when exactly one organisation or region is left after
narrowing by the frame; what stays open is noted as a Problem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.claims.frame import Frame, region_codes
from kg.claims.link_labels import organisation
from kg.claims.link_regions import bears_mask, is_masked, nearby, region_code, township, unlisted_code
from kg.claims.link_seeds import seed_meant
from kg.claims.link_stems import by_stem
from kg.claims.notebook import Around, Notebook, seed_entity
from kg.claims.places import Place
from kg.claims.register import Linked
from kg.claims.tokens import Name, Token
from kg.ids import org_id
from kg.model import Entity, EntityType

__all__ = ["link_name"]

_PLAIN_ALLIANCE = re.compile(
    "(?:紧密型|县域|城市|专科|纵向|横向|区域)*(?:医联体|医共体|医疗共同体|医疗联合体|联盟|专科联盟)"
)
_NTH_AFFILIATED = re.compile(r"附属第([一二三四五六七八九十])医院")
_BRANCH = ("分院", "院区")
_CENTRES = ("中心", "基地", "工作站", "工作室", "门诊部", "分站")  # what a hospital sets up elsewhere
_OWNERS = (EntityType.HOSPITAL, EntityType.ALLIANCE)


def link_name(book: Notebook, name: Name, frame: Frame) -> Linked | None:
    """The organisation a name means, noted; None if it names none."""
    if name.owner:
        return _attached(book, name, name.owner, frame)
    if name.regions:
        return _by_region(book, name, frame)
    if name.relative:
        return _by_relative(book, name, frame)
    return by_stem(book, name, frame)


# by owner: 浙江大学医学院附属第一医院, 该院城北院区


def _attached(book: Notebook, name: Name, owner: Token, frame: Frame) -> Linked | None:
    if name.inner:
        link_name(book, name.inner, frame)
    above = _owner(book, owner, frame)
    if not above:
        return None
    code = _branch_place(book, name.regions[-1], above, frame) if name.regions else ""
    code = code or _plate_place(book, name, above, frame) or above.parent.removeprefix("region/")
    how = f"{above.label} + {name.rest}"
    if known := _same_affiliate(book, name, above):
        return book.keep(name.start, name.end, known, how)
    if plate := _second_plate(book, name, above, code):
        return plate
    own = name.head.type in {EntityType.ALLIANCE, EntityType.ORGANIZATION} and owner.kind in {"seed", "contextual"}
    label = book.written(name.start, name.end) if own else above.label + name.rest
    linked = organisation(book, name, label, code, how)
    if linked.id != above.id:
        book.point_out(owner.start, owner.end, above)
        book.owners[linked.id] = above.id
    return linked


def _branch_place(book: Notebook, token: Token, owner: Entity, frame: Frame) -> str:
    """Where 余杭院区 lies; a short name of a county far from its owner and from here is no region (城北, 滨江)."""
    code, gazetteer = region_code(book, token, Around(frame)), book.lexicon.gazetteer
    if token.kind != "short" or gazetteer.place(code).level != "county" or nearby(book, code, frame):
        return code
    home = gazetteer.lineage(owner.parent.removeprefix("region/"))[:2]
    return "" if set(gazetteer.lineage(code)[:2]).isdisjoint(home) else code


def _plate_place(book: Notebook, name: Name, owner: Entity, frame: Frame) -> str:
    """Here, where a hospital bears the mask of the report's region, or a centre the name of a hospital elsewhere."""
    if bears_mask(book, frame, name.rest):
        return frame.home
    elsewhere = bool(frame.home) and not book.lexicon.gazetteer.inside(owner.parent.removeprefix("region/"), frame.home)
    centre = name.rest.endswith(_CENTRES) and owner.type is EntityType.HOSPITAL
    return frame.place if elsewhere and centre else ""


def _owner(book: Notebook, owner: Token, frame: Frame) -> Entity | None:
    """The organisation another one's name begins with, or that 该院, 该校 points back to."""
    if owner.kind == "pointer":
        types = (EntityType.ACADEMIC,) if "校" in owner.values[0] else _OWNERS
        return next((e for e in book.latest(types) if not e.label.endswith(_BRANCH)), None)
    if owner.kind == "org":
        return book.organisation_ending(owner.end)
    seed = seed_meant(book, owner, Around(frame))
    return seed_entity(seed) if seed else None


def _same_affiliate(book: Notebook, name: Name, owner: Entity) -> Entity | None:
    """江西医专一附院 after 江西医专第一附属医院 was named: the same hospital, whichever order its name has."""
    ordinal = _NTH_AFFILIATED.fullmatch(name.rest)
    if not ordinal:
        return None
    forms = (f"{owner.label}第{ordinal[1]}附属医院", f"{owner.label}附属第{ordinal[1]}医院")
    return next((e for form in forms if (e := book.register.labelled(form))), None)


def _second_plate(book: Notebook, name: Name, owner: Entity, code: str) -> Linked | None:
    """青岛大学附属泰安市中心医院 is 泰安市中心医院 by its second name, if that hospital is named too."""
    if not name.regions or not name.rest.startswith("附属") or owner.type is not EntityType.ACADEMIC:
        return None
    region = name.regions[-1]
    place = book.lexicon.gazetteer.place(code)
    forms = (book.written(region.start, name.end), place.name + book.written(region.end, name.end))
    known = next((e for form in forms if (e := book.register.labelled(form))), None)
    if known is None:
        return None
    book.point_out(name.start, name.start + len(owner.label), owner)
    book.plates.append((known.id, owner.id, name.start))
    return book.keep(name.start, name.end, known, f"{known.label}的另一块牌子")


# by region: 海宁市第二人民医院, 榆次人民医院


class _Placed(NamedTuple):
    """A name that begins with a region, the region it means here, and the frame it is read in."""

    name: Name
    token: Token
    written: str  # the region as it is written
    place: Place
    frame: Frame

    @property
    def primary(self) -> bool:
        return self.name.head.type is EntityType.PRIMARY_CARE


def _by_region(book: Notebook, name: Name, frame: Frame) -> Linked | None:
    if _plain_alliance(name):
        return None
    token = name.regions[-1]
    written = book.written(token.start, token.end)
    codes = region_codes(token, book.lexicon)
    listed = token.kind not in {"mask", "zone"}
    code = _innermost(book, name, codes, frame) if listed else unlisted_code(book, token, frame)
    if codes and not code and token.kind == "short" and len(name.regions) > 1:
        rest = written + name.rest
        return _by_region(book, name._replace(regions=name.regions[:-1], rest=rest, stem=written), frame)
    if code and name.head.group == "branch" and not name.stem:
        return _branch(book, name, code, frame)
    if code:
        return _placed(book, _Placed(name, token, written, book.lexicon.gazetteer.place(code), frame))
    if token.kind == "short" and name.head.type is EntityType.PRIMARY_CARE:
        return by_stem(book, name._replace(stem=written, rest=written + name.rest), frame)
    if codes:
        what = f"{book.written(name.start, name.end)} 的地区不定"
        book.problem((token.start, token.end), "ambiguous", what, codes)
    return None


def _innermost(book: Notebook, name: Name, codes: Sequence[str], frame: Frame) -> str:
    """The region of a chain (江苏省盐城市大丰区), narrowed by the outer ones."""
    for outer in reversed(name.regions[:-1]):
        above = region_codes(outer, book.lexicon)
        inside = [c for c in codes if any(book.lexicon.gazetteer.inside(c, a) for a in above)]
        if above and not inside and name.regions[-1].kind == "short":
            return ""  # 江山市仁和养老院 has nothing to do with a district called 仁和 elsewhere
        codes = inside or codes
    return book.lexicon.gazetteer.nearest(codes, frame.place) if codes else ""


def _branch(book: Notebook, name: Name, code: str, frame: Frame) -> Linked | None:
    """余杭院区 alone: a branch of the hospital or group last spoken of."""
    above = next((e for e in book.latest(_OWNERS) if not e.label.endswith(_BRANCH)), None)
    if above is None:
        return None
    if frame.home and not book.lexicon.gazetteer.inside(code, frame.home):
        code = above.parent.removeprefix("region/")
    label = above.label + book.written(name.start, name.end)
    linked = organisation(book, name, label, code, f"{above.label}的分院")
    book.owners[linked.id] = above.id
    return linked


def _placed(book: Notebook, case: _Placed) -> Linked | None:
    """The organisation of a region, by what the region's word is: a full or short name, a township, a mask."""
    token, code = case.token, case.place.code
    outright = len(case.name.regions) > 1 or case.written[-1] in "县州旗盟"  # 重庆市酉阳, 酉阳县
    if token.kind == "short" and not outright and not nearby(book, code, case.frame):
        if case.primary:
            return _namesake(book, case)
        if case.written in book.lexicon.everyday:
            return None  # 合作医院, 平安医院
    if token.kind == "mask" and code != case.frame.home:
        book.keep_region(token.start, token.end, code)
    if token.kind == "town":
        if case.written != case.place.name and not case.primary:
            return organisation(book, case.name, case.written + case.name.rest, case.frame.place)
        book.keep_region(token.start, token.end, code)
    if case.name.head.wording == case.name.rest == "医院" and _many_there(case):
        return None
    if token.kind == "short" and case.name.rest == "医院":
        return _bare_hospital(book, case)
    return organisation(book, case.name, _label(book, case), code, f"{case.written} = {case.place.name}")


def _namesake(book: Notebook, case: _Placed) -> Linked:
    """A short name of a region far away: a township here that is called so, else a stem."""
    town = township(book, case.written, case.frame)
    if not town:
        return organisation(book, case.name, case.written + case.name.rest, case.frame.place)
    label = book.lexicon.gazetteer.place(town).name + case.name.rest
    return organisation(book, case.name, label, town, f"{case.written} = 本地乡镇")


def _many_there(case: _Placed) -> bool:
    """20多家上海医院: hospitals of Shanghai, none by name."""
    return case.written != case.place.name and case.place.level in {"province", "prefecture"}


def _bare_hospital(book: Notebook, case: _Placed) -> Linked:
    code, frame, name = case.place.code, case.frame, case.name
    chained = len(name.regions) > 1  # 厦门市海沧医院
    here = chained or nearby(book, code, frame) or book.lexicon.gazetteer.inside(code, frame.home)
    return organisation(book, name, book.written(name.start, name.end), code if here else frame.place)


def _label(book: Notebook, case: _Placed) -> str:
    """The full name: a region's short name completed where the institution is the region's own."""
    head = case.name.head
    full = head.group == "public" or (head.group == "joined" and head.full != head.wording)
    if case.token.kind == "town" and case.written != case.place.name:
        full = full and case.primary
    completed = (full and not case.name.stem) or case.token.kind == "region"
    return (case.place.name if completed else case.written) + _rest(book, case.name, case.place)


def _rest(book: Notebook, name: Name, place: Place) -> str:
    """What follows the region: 市医院 stays 医院 where no 人民医院 of that city is named (敦化市医院)."""
    bare = name.head.wording == "医院" and name.rest == "人民医院" and place.name.endswith("市")
    fuller = (f"{place.name}人民医院", "市人民医院") if name.relative else (f"{place.name}人民医院",)
    return "医院" if bare and not any(form in book.folded for form in fuller) else name.rest


# by relative word: 市二院, 县中医院


def _by_relative(book: Notebook, name: Name, frame: Frame) -> Linked | None:
    if _plain_alliance(name):
        return None
    written = book.written(name.start, name.end)
    code = frame.region_for(name.relative, book.lexicon)
    if not code and is_masked(book, frame.home):
        # 省立医院 in the report of a masked district: known by its words, its place unknown
        label = name.relative + name.rest
        here = f"region/{frame.home}" if bears_mask(book, frame, name.rest) else ""
        entity = Entity(org_id(frame.home, label), name.head.type, label, parent=here, source="mask")
        return book.keep(name.start, name.end, entity, f"{written}（所在{name.relative}隐去名称）")
    if code := code or book.region_of_kind(name.relative):
        place = book.lexicon.gazetteer.place(code)
        return organisation(book, name, place.name + _rest(book, name, place), code, f"{name.relative} = {place.name}")
    book.problem((name.start, name.end), "unlinked", f"{written}：不知是哪个{name.relative}")
    return None


def _plain_alliance(name: Name) -> bool:
    """Whether an alliance is named by nothing but its kind: 市医联体, 我县紧密型县域医共体."""
    return name.head.type is EntityType.ALLIANCE and bool(_PLAIN_ALLIANCE.fullmatch(name.rest))
