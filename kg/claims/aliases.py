"""Other names by which a report goes on to speak of an organisation: declared (以下简称…) or derived (六院)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.claims.notebook import Notebook
from kg.claims.register import Linked
from kg.model import Entity, EntityType

__all__ = ["learnt"]

_DECLARED = re.compile(
    r"[(](?:以下|下文|下)?(?:统?简?称为?|即|原名?|又称|又名|亦即|现名|加挂|挂)[:：]?[“\"]?([^()“”\"]{2,24})[”\"]?[)]"
)
_NUMBERED_ALLIANCE = re.compile(r"[㐀-鿿]{2,9}?[省市县区州旗](?=第)")  # 某市第一医疗集团
_NTH = re.compile(r"第([一二三四五六七八九十]{1,3})人民医院\Z")
_NTH_AFFILIATED = re.compile(r"(.*?)(?:附属第([一二三四五六七八九十])|第([一二三四五六七八九十])附属)(?:人民)?医院\Z")
_AFFILIATED = re.compile(r"[大学院]附属([㐀-鿿]{2,4}医院)\Z")
_GROUP_WORDS = ("集团", "总院", "总医院")


def learnt(linked: Sequence[Sequence[Linked]], book: Notebook) -> dict[str, str]:
    """Wording -> organisation; a wording that two organisations could claim is dropped."""
    claimed: dict[str, set[str]] = {}
    mentions = [x for xs in linked for x in xs if x.type is not EntityType.REGION]
    derived = {id_: _derived(id_, book) for id_ in dict.fromkeys(x.id for x in mentions)}
    for x in mentions:
        declared = _DECLARED.match(book.folded, x.end)
        for name in (*derived[x.id], *((declared[1],) if declared else ())):
            claimed.setdefault(name, set()).add(x.id)
    return {name: next(iter(ids)) for name, ids in claimed.items() if len(ids) == 1}


def _derived(id_: str, book: Notebook) -> list[str]:
    """Short names that a full name gives by itself: 第六人民医院 -> 六院, 第二附属医院 -> 二附院."""
    entity = book.register.get(id_)
    if entity and entity.type is EntityType.ALLIANCE:
        return _of_alliance(entity.label)
    if entity and entity.type is EntityType.HOSPITAL:
        return _of_hospital(entity, book.register.aliases(id_))
    return []


def _of_alliance(label: str) -> list[str]:
    place = _NUMBERED_ALLIANCE.match(label)
    short = [label[place.end() :]] if place else []
    return [*short, *(word for word in _GROUP_WORDS if label.endswith(word))]


def _of_hospital(entity: Entity, aliases: Sequence[str]) -> list[str]:
    label = entity.label
    if label.endswith("总医院"):
        return ["总医院"]
    if match := _NTH.search(label):
        return [f"{match[1]}院"]
    if match := _NTH_AFFILIATED.search(label):
        n, owner = match[2] or match[3], match[1]
        forms = [f"{n}附院", f"附{n}院", f"附属{n}院"]
        return [before + form for before in ("", owner, *_short_owners(aliases, owner)) for form in forms]
    match = _AFFILIATED.search(label)
    return [match[1]] if match else []


def _short_owners(aliases: Sequence[str], owner: str) -> list[str]:
    """The owner as it was written (江西医专 in 江西医专第一附属医院)."""
    return [a.split("第")[0].split("附")[0] for a in aliases if "附" in a and not a.startswith(owner)]
