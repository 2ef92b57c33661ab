"""Names of their own -> organisations: 何贤纪念医院, 袁花卫生院, 业达医院 after 烟台业达医院 was named."""

from __future__ import annotations

from kg.claims.frame import Frame
from kg.claims.link_labels import organisation
from kg.claims.link_regions import township
from kg.claims.notebook import Notebook
from kg.claims.register import Linked
from kg.claims.tokens import Name
from kg.model import Entity, EntityType

__all__ = ["by_stem"]

_HOME_STEMS = {
    EntityType.ALLIANCE,
    EntityType.HOSPITAL,
    EntityType.PRIMARY_CARE,
    EntityType.ORGANIZATION,
    EntityType.PUBLIC_HEALTH,
}
_NATIONAL = ("全国", "国家", "中国", "国际")  # leagues that lie nowhere in particular


def by_stem(book: Notebook, name: Name, frame: Frame) -> Linked | None:
    """The organisation of a name of its own, noted."""
    if fuller := _fuller(book, name, frame):
        return book.keep(name.start, name.end, fuller, f"即{fuller.label}")
    town = township(book, name.stem, frame) if name.head.type is EntityType.PRIMARY_CARE else ""
    if town and name.rest == name.stem + name.head.full:
        place = book.lexicon.gazetteer.place(town)
        if place.name.endswith("街道"):  # 八一路社区卫生服务中心: the street is only in the name
            return organisation(book, name, place.name + name.head.full, frame.place, f"{name.stem} = {place.name}")
        book.keep_region(name.start, name.start + len(name.stem), town)
        return organisation(book, name, place.name + name.head.full, town, f"{name.stem} = {place.name}")
    at_home = name.head.type in _HOME_STEMS and not name.head.wording.endswith("公司")
    at_home = at_home and not name.rest.startswith(_NATIONAL)
    return organisation(book, name, name.rest, frame.place if at_home else "")


def _fuller(book: Notebook, name: Name, frame: Frame) -> Entity | None:
    """业达医院 after 烟台业达医院 was named: the one organisation called so with a place of the frame before it."""
    gazetteer = book.lexicon.gazetteer
    above = [gazetteer.place(code) for code in gazetteer.lineage(frame.place)]
    forms = {word + name.rest for place in above for word in (place.name, *place.shorts)}
    known = {e.id: e for form in forms for e in book.register.called(form) if e.type is name.head.type}
    return next(iter(known.values())) if len(known) == 1 else None
