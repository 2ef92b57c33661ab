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
    """The encoded sentence; ``mentions[i]`` is what stands at encoded offset i, ``origin[i]`` its place in the text."""

    text: str
    mentions: dict[int, Linked]
    origin: tuple[int, ...]

    def within(self, start: int, end: int) -> list[Linked]:
        """The mentions between two encoded offsets."""
        return [m for i, m in self.mentions.items() if start <= i < end]


def encode(folded: str, offset: int, mentions: Sequence[Linked]) -> Encoded:
    """Replace the outermost mentions of a sentence that begins at report offset ``offset``."""
    out: list[str] = []
    placed: dict[int, Linked] = {}
    origin: list[int] = []
    at = 0
    for m in mentions:
        start, end = m.start - offset, m.end - offset
        if start < at:
            continue
        # a bracket right after a name explains the name: 珠江医院(南方医科大学)
        out += folded[at:start]
        origin += range(at + offset, start + offset)
        placed[len(out)] = m
        out.append(_SIGNS[m.type])
        origin.append(m.start)
        at = _past_bracket(folded, end)
    out += folded[at:]
    origin += range(at + offset, len(folded) + offset)
    return Encoded("".join(out), placed, (*origin, offset + len(folded)))


def _past_bracket(folded: str, end: int) -> int:
    """The offset after a bracket that follows a mention directly, else the mention's own end."""
    if folded[end : end + 1] != "(":
        return end
    close = folded.find(")", end)
    telling = any(word in folded[end:close] for word in ("牵头", "成员", "龙头", "组成", "为主体"))
    return close + 1 if 0 < close - end < 40 and not telling else end
