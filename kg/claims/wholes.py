"""Names whose shape tells where they begin: leagues of a specialty, studios of a person, centres of the nation.

The expressions are in kg/data/lexicon/wholes.yaml.
"""

from __future__ import annotations

import re
from functools import cache

from kg.claims.lexicon import Head
from kg.claims.patterns import pattern

__all__ = ["whole_begin"]

_FARTHEST = 30  # characters
_STUDIOS = ("工作室", "工作站", "分站")
_BY_WORDING = {"分公司": "company", "支公司": "company", "总队医院": "military"}
_CENTRES = ("临床医学研究中心", "医学中心")


def whole_begin(text: str, at: int, head: Head) -> int:
    """Where the name whose ending begins at ``at`` begins; 0 if its shape does not tell.

    >>> league = Head("专科联盟", EntityType.ALLIANCE, "专科联盟", "stem")
    >>> whole_begin("加入全国老年医学专科联盟", 8, league)
    2
    """
    kind = _kind(head.wording)
    match = _shapes(kind).search(text, max(0, at - _FARTHEST), at) if kind else None
    return match.start() if match else 0


def _kind(wording: str) -> str:
    if wording.endswith("联盟"):
        return "league"
    if wording.endswith(_STUDIOS):
        return "studio"
    if wording in _CENTRES:
        return "centre"
    return _BY_WORDING.get(wording, "")


@cache
def _shapes(kind: str) -> re.Pattern[str]:
    """The expression of a kind, up to the end of the stretch it is searched in."""
    words = {key: pattern("wholes", key).pattern for key in ("specialty", "surname")}
    shape = pattern("wholes", kind).pattern
    for key, alternatives in words.items():
        shape = shape.replace("{" + key + "}", alternatives)
    return re.compile(f"(?:{shape})\\Z")
