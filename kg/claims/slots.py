"""A sentence with its mentions as single signs, so that rules can be patterns.

Each linked mention becomes one private-use character that tells its type:
``{hospital}与{academic}签约`` is then an ordinary regular expression. Positions
in the encoded string lead back to the mentions and to the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.claims.register import Linked
from kg.model import EntityType

__all__ = ["CLASSES", "Encoded", "encode"]

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

    def within(self, start: int, end: int) -> list[Linked]:
        """The mentions between two encoded offsets."""
        return [m for i, m in self.mentions.items() if start <= i < end]


def encode(folded: str, offset: int, mentions: Sequence[Linked]) -> Encoded:
    """Replace the outermost mentions of a sentence that begins at report offset ``offset``."""
    out: list[str] = []
    placed: dict[int, Linked] = {}
    resumed: dict[int, int] = {}
    at = size = 0
    for m in mentions:
        start, end = m.start - offset, m.end - offset
        if start < at:
            continue
        # a bracket right after a name explains the name: 珠江医院(南方医科大学)
        out += (folded[at:start], _SIGNS[m.type])
        size += start - at
        at = _past_bracket(folded, end)
        placed[size], resumed[size] = m, offset + at
        size += 1
    out.append(folded[at:])
    return Encoded("".join(out), placed, offset, resumed)


def _past_bracket(folded: str, end: int) -> int:
    """The offset after a bracket that follows a mention directly, else the mention's own end."""
    if folded[end : end + 1] != "(":
        return end
    close = folded.find(")", end)
    telling = any(word in folded[end:close] for word in ("牵头", "成员", "龙头", "组成", "为主体"))
    return close + 1 if 0 < close - end < 40 and not telling else end
