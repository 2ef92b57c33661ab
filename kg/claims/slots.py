"""A sentence with its mentions as single signs, so that rules can be patterns.

Each linked mention becomes one private-use character that tells its type:
``{hospital}与{academic}签约`` is then an ordinary regular expression. Positions
in the encoded string lead back to the mentions and to the text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from operator import or_
from typing import NamedTuple

from kg.claims.register import Linked
from kg.model import EntityType

__all__ = ["CLASSES", "Encoded", "encode", "kinds"]

_SIGNS = {kind: chr(0xE000 + i) for i, kind in enumerate(EntityType)}

_ORGS = [
    EntityType.HOSPITAL, EntityType.PRIMARY_CARE, EntityType.PUBLIC_HEALTH, EntityType.ACADEMIC,
    EntityType.ORGANIZATION, EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY,
]  # fmt: skip

# Names that patterns may use in braces.
CLASSES: dict[str, str] = {
    "region": _SIGNS[EntityType.REGION],
    "hospital": _SIGNS[EntityType.HOSPITAL] + _SIGNS[EntityType.PRIMARY_CARE],
    "academic": _SIGNS[EntityType.ACADEMIC],
    "authority": _SIGNS[EntityType.HEALTH_AUTHORITY] + _SIGNS[EntityType.GOVERNMENT_BODY],
    "alliance": _SIGNS[EntityType.ALLIANCE],
    "org": "".join(_SIGNS[k] for k in _ORGS),
    "party": "".join(_SIGNS[k] for k in (*_ORGS, EntityType.ALLIANCE)),
    "any": "".join(_SIGNS[k] for k in (*_ORGS, EntityType.ALLIANCE, EntityType.REGION)),
}


_OURS = frozenset("我本")  # 我县人民医院
# A department speaks for its hospital: 县人民医院感染科与…
_DEPARTMENT = re.compile(
    "(?:重点|[心肾肝胆脾胃肺脑骨普儿妇产眼耳鼻咽喉胸甲乳肛肠血管神经消化呼吸内外分泌液风湿皮肤泌尿急诊麻醉检验病理影像放射超声"
    "康复针灸推拿疼痛老年新生口腔肿瘤创伤手足颈头烧感染传精介入核医重症中西结合全]{1,8}?)科室?(?![技普研教目协学中联医大楼诊])"
)
_WITH_DEPARTMENTS = {EntityType.HOSPITAL, EntityType.PRIMARY_CARE}


_BITS = {kind: 1 << i for i, kind in enumerate(EntityType)}


def kinds(signs: str) -> int:
    """The kinds that a class of signs holds, as bits."""
    return sum(_BITS[kind] for kind, sign in _SIGNS.items() if sign in signs)


class Encoded(NamedTuple):
    """The encoded sentence; ``mentions[i]`` is what stands at encoded offset i.

    ``offset`` is where the sentence begins in the report; ``resumed[i]`` where
    the text goes on after the mention at encoded offset i.
    """

    text: str
    mentions: dict[int, Linked]
    offset: int
    resumed: dict[int, int]

    def origin(self, at: int) -> int:
        """The place in the report of what stands at an encoded offset."""
        if at in self.mentions:
            return self.mentions[at].start
        before = max((i for i in self.resumed if i < at), default=-1)
        return (self.resumed[before] if before >= 0 else self.offset) + at - before - 1

    @property
    def kinds(self) -> int:
        """The kinds of the mentions, as bits."""
        return functools.reduce(or_, (_BITS[m.type] for m in self.mentions.values()), 0)

    def within(self, start: int, end: int) -> list[Linked]:
        """The mentions between two encoded offsets."""
        return [m for i, m in self.mentions.items() if start <= i < end]


def encode(folded: str, offset: int, mentions: Sequence[Linked]) -> Encoded:
    """Replace the outermost mentions of a sentence that begins at report offset ``offset``.

    A region right before another mention leads up to it (四川省成都市龙泉驿区, 福建省
    + 泉州市第一医院): the two are one sign, which stands for the inner one.
    """
    out: list[str] = []
    placed: dict[int, Linked] = {}
    resumed: dict[int, int] = {}
    at = size = 0
    for m in mentions:
        start, end = m.start - offset, m.end - offset
        if start < at:
            continue
        if start == at and size - 1 in placed and placed[size - 1].type is EntityType.REGION:
            out.pop()
            size -= 1
        else:
            until, end = _with_signs(folded, at, start, end)
            out.append(folded[at:until])
            size += until - at
        out.append(_SIGNS[m.type])
        at = _past(folded, end, m.type)
        placed[size], resumed[size] = m, offset + at
        size += 1
    out.append(folded[at:])
    return Encoded("".join(out), placed, offset, resumed)


def _with_signs(folded: str, at: int, start: int, end: int) -> tuple[int, int]:
    """The edges of a mention with what belongs to it on both sides: “甲医院分院”, 我+县人民医院."""
    if at < start and folded[start - 1] in _OURS:
        start -= 1
    if at < start and folded[start - 1] == "“" and folded[end : end + 1] == "”":
        return start - 1, end + 1
    return start, end


def _past(folded: str, end: int, kind: EntityType) -> int:
    """The offset after what belongs to a mention: a bracket that explains it, a department of the hospital."""
    end = _past_bracket(folded, end)
    department = _DEPARTMENT.match(folded, end) if kind in _WITH_DEPARTMENTS else None
    return department.end() if department else end


def _past_bracket(folded: str, end: int) -> int:
    """The offset after a bracket that follows a mention directly, else the mention's own end."""
    if folded[end : end + 1] != "(":
        return end
    close = folded.find(")", end)
    telling = any(word in folded[end:close] for word in ("牵头", "成员", "龙头", "组成", "为主体"))
    return close + 1 if 0 < close - end < 40 and not telling else end
