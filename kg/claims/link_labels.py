"""A full label -> its organisation: the seeded one of that name, else one known by its label and place."""

from __future__ import annotations

import re

from kg.claims.notebook import Notebook, seed_entity
from kg.claims.register import Linked
from kg.claims.tokens import Name
from kg.ids import org_id
from kg.model import Entity, EntityType

__all__ = ["organisation"]

_TURNED = re.compile("附属第([一二三四五六七八九十]{1,3})医院$")  # 南昌大学附属第二医院 is its 第二附属医院
_RESEARCH = re.compile("研究中心[㐀-鿿]{2,6}分中心$")  # the centre's own branch; a hospital's is an organisation
_CANONICAL = (("中医医院", "中医院"),)


def organisation(book: Notebook, name: Name, label: str, code: str, how: str = "") -> Linked:
    """Note an organisation built from its name; the seeded one where the label is its full name."""
    for variant, canonical in _CANONICAL if name.regions or name.relative else ():
        if not name.owner and not name.stem and label.endswith(variant):
            label = label.removesuffix(variant) + canonical
    known = book.lexicon.seed_named.get(label) if code else None
    if name.owner and not known:
        known = book.lexicon.seed_named.get(_TURNED.sub(r"第\1附属医院", label))
    if known:
        return book.keep(name.start, name.end, seed_entity(known), how)
    if code and (same := _same_label(book, label, code)):
        return book.keep(name.start, name.end, same, how)
    parent = f"region/{code}" if code else ""
    type_ = EntityType.ACADEMIC if _RESEARCH.search(label) else _type(book, name)
    entity = Entity(org_id(code or "cn", label), type_, label, parent=parent, source="name")
    return book.keep(name.start, name.end, entity, how)


def _same_label(book: Notebook, label: str, code: str) -> Entity | None:
    """The one called so already, in the same place or in one around it (双塔社区卫生服务中心, 双塔街道…)."""
    known = book.register.labelled(label)
    place = known.parent.removeprefix("region/") if known else ""
    inside = book.lexicon.gazetteer.inside
    return known if place and place != code and (inside(place, code) or inside(code, place)) else None


def _type(book: Notebook, name: Name) -> EntityType:
    """The type its ending tells; a branch is of its owner's type, a group's a hospital.

    卫生院城区分院 is primary care, 临床医学研究中心某地分中心 an academic institution.
    """
    if name.head.wording == "总医院" and (name.regions or name.relative) and book.general_hospital_unites:
        return EntityType.ALLIANCE
    above = book.organisation_ending(name.owner.end) if name.owner else None
    institute = above and above.type is EntityType.ACADEMIC and name.head.wording.endswith("分中心")
    owner = above if institute or name.head.group == "branch" else None
    if owner and owner.type is EntityType.ALLIANCE:
        return EntityType.HOSPITAL  # 南京鼓楼医院集团高淳分院
    return owner.type if owner else name.head.type
