"""Words that point back: 该院, 本校, 后者, 我局, 全县."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.claims.frame import Frame
from kg.claims.notebook import Notebook
from kg.claims.places import relative_words
from kg.claims.register import Linked
from kg.model import EntityType

__all__ = ["Before", "pointed", "points_back"]

_POINTER = re.compile(  # begins with one class of characters, so that the search leaps from one to the next
    r"[该本此全我后前](?:(?<=[该本此])(?P<kind>院|校|中心|集团|区|县|市|州|旗|镇|乡|局|委|医院|学院|大学|联盟|单位|公司)"
    r"|(?<=[全我])(?P<all>区|县|市|州|旗|盟)|(?<=[后前])(?P<order>者)|(?<=我)(?P<own>局|委|院))"
)
_REGIONS = "区县市州旗盟镇乡"
_POINTED = {
    "院": {EntityType.HOSPITAL, EntityType.PRIMARY_CARE},
    "医院": {EntityType.HOSPITAL},
    "校": {EntityType.ACADEMIC},
    "学院": {EntityType.ACADEMIC},
    "大学": {EntityType.ACADEMIC},
    "集团": {EntityType.ALLIANCE},
    "联盟": {EntityType.ALLIANCE},
    "局": {EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY},
    "委": {EntityType.HEALTH_AUTHORITY},
}
_ANY = {EntityType.HOSPITAL, EntityType.PRIMARY_CARE, EntityType.ORGANIZATION, EntityType.ALLIANCE}  # 该中心, 该单位
_WITH = {"与", "同", "和", "由", "对", "到", "在", "跟"}
_SENTENCE_END = re.compile("[。；\n]")
_SIDE_BY_SIDE = {"", "、", "和", "与", "及"}


class Before(NamedTuple):
    """What a pointer may mean: mentions of the sentences before, the frame, whose report and whose section it is."""

    mentions: Sequence[Linked]
    frame: Frame
    issuer: str
    focus: str


def points_back(text: str) -> bool:
    """Whether a text holds a pointer at all; most sentences do not."""
    return bool(_POINTER.search(text))


def pointed(text: str, offset: int, mentions: Sequence[Linked], before: Before, book: Notebook) -> list[Linked]:
    """The pointers of a sentence that begins at ``offset``, each as a mention of what it means."""
    out: list[Linked] = []
    for match in _POINTER.finditer(text):
        start, end = offset + match.start(), offset + match.end()
        known = [*mentions, *out]
        heard = _heard(text, match) + offset
        target = _target(match, [*before.mentions, *(x for x in known if x.end <= heard)], before, book)
        if target and not any(x.start < end and start < x.end for x in known):
            out.append(Linked(start, end, target, book.register.type(target)))
    return out


def _heard(text: str, match: re.Match[str]) -> int:
    """Up to where a pointer looks back: after 与, 由 … not to the subject of its own clause."""
    if match["order"] or text[match.start() - 1 : match.start()] in _WITH:
        return max(text.rfind(sign, 0, match.start()) for sign in "，。；：") + 1
    return match.start()


def _target(match: re.Match[str], heard: Sequence[Linked], before: Before, book: Notebook) -> str:
    """The entity a pointer means, empty if there is none of its kind before it."""
    if match["own"]:
        return before.issuer if match["own"] in "局委" else ""
    if match["order"]:
        pair = _last_pair(heard, book.folded)
        return pair[match.group() == "后者"] if pair else ""
    kind = match["kind"] or match["all"]
    if kind in _REGIONS:
        return _region(kind, heard, before.frame, book)
    types = _POINTED.get(kind, _ANY)
    if before.focus and book.register.type(before.focus) in types:
        return before.focus  # in the section of 州人民医院, 该院 is that hospital
    return next((x.id for x in reversed(heard) if x.type in types), "")


def _last_pair(heard: Sequence[Linked], folded: str) -> list[str]:
    """The last two organisations named side by side (甲集团、乙集团), else the last two named."""
    organisations = [x for x in heard if x.type is not EntityType.REGION]
    larger = [x for x in organisations if x.type is not EntityType.PRIMARY_CARE]
    organisations = _lately(larger if len({x.id for x in larger}) > 1 else organisations, folded)
    runs: list[list[Linked]] = []
    for x in organisations:
        if runs and _adjoins(runs[-1][-1], x, folded):
            runs[-1].append(x)
        else:
            runs.append([x])
    pairs = [run for run in runs if len(run) == 2]
    if pairs:
        return [x.id for x in pairs[-1]]
    last = list(dict.fromkeys(x.id for x in reversed(organisations)))[:2]
    return last[::-1] if len(last) == 2 else []


def _lately(organisations: Sequence[Linked], folded: str) -> list[Linked]:
    """Those of the last sentence or clause that names two, in order."""
    placed = sorted(organisations, key=lambda x: x.start)
    for i in range(len(placed) - 2, 0, -1):
        apart = _SENTENCE_END.search(folded, placed[i - 1].end, placed[i].start)
        if apart and len({x.id for x in placed[i:]}) > 1:
            return placed[i:]
    return placed


def _adjoins(one: Linked, two: Linked, folded: str) -> bool:
    return one.end <= two.start and folded[one.end : two.start].strip("“”") in _SIDE_BY_SIDE


def _region(kind: str, heard: Sequence[Linked], frame: Frame, book: Notebook) -> str:
    """该区, 全县: the frame's region of that kind, else the one last spoken of (or whose organisation was)."""
    code = frame.region_for(kind, book.lexicon)
    for x in reversed(heard) if not code else ():
        entity = book.register.get(x.id)
        above = x.id if x.type is EntityType.REGION else entity.parent if entity else ""
        if above and kind in relative_words(book.lexicon.gazetteer.place(above.removeprefix("region/"))):
            code = above.removeprefix("region/")
            break
    return book.know_region(code).id if code else ""
