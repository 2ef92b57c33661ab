"""Report -> mentions: regions and organisations by name, found in one pass.

What is found here is still unlinked: a short name keeps all its senses, 市二院
its relative word. Linking (``link.py``) reads them inside the report's frame.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from kg.claims.lexicon import Head, Hit, Index, Lexicon
from kg.claims.names import read_name
from kg.claims.signs import Signs, signs, tokens_of, town_index
from kg.claims.tokens import Ending, Name, Pieces, Token
from kg.model import EntityType

__all__ = ["Found", "find", "found_in", "town_index"]

_SHARED = re.compile(
    r"[、和及](?P<ordinal>(?:附属)?(?:第[一二三四五六七八九十]{1,3})?(?:附属)?(?:院前医疗急救|急诊医学专业)?)\Z"
)
_STUDENTS = {"生", "习"}  # 大学生, 集中学习
_SCHOOLS = {"大学", "中学", "小学"}
_TOO_BARE = {
    "医院",
    "卫生院",
    "中心卫生院",
    "村卫生室",
    "卫生室",
    "政府",
    "人民政府",
    "社区卫生服务中心",
    "社区卫生服务站",
    "疾控",
    "妇联",
    "团委",
    "工会",
    "医疗中心",
    "农场医院",
    "林场医院",
}
_REGION_OF_SEED = re.compile(r"(?P<region>[㐀-鿿]{2,7}?[省市县区州旗])第")
_OF_UNIVERSITY = re.compile(r"([㐀-鿿]{2,10}?(?:大学|学院))(?:医学院)?(?:第?[一二三四五六七八九十])?附")
_DIGITS = re.compile(r"第?([一二三四五六七八九十]{1,3})")


class Found(NamedTuple):
    """A mention before linking: a region or seed token, or an organisation's name."""

    start: int
    end: int
    token: Token | None = None
    name: Name | None = None


def find(text: str, lexicon: Lexicon, towns: Index) -> list[Found]:
    """Regions and organisations of a folded text in order; none overlaps another."""
    return found_in(signs(text, lexicon), towns)


def found_in(seen: Signs, towns: Index | None = None) -> list[Found]:
    """Regions and organisations in order, with the townships of an index among them."""
    tokens = tokens_of(seen, towns)
    ends = {t.end: t for t in tokens}
    pieces = Pieces(seen.text, ends, seen.lexicon)
    names: list[Name] = []
    for ending in (_past_town(e, ends) for e in _endings(seen, tokens)):
        name = read_name(ending, pieces) or _sharing(ending, pieces, names)
        if name and not _is_programme(name, seen) and not _straddles(name, names):
            names.append(_with_inner(name, names))
            ends[ending.end] = Token(name.start, ending.end, "org", (seen.text[name.start : ending.end],))
    return _merge(tokens, names)


def _past_town(ending: Ending, ends: dict[int, Token]) -> Ending:
    """街道办事处 after 双塔街道: the part of the ending that is left outside the township's name."""
    cut = ending.start + len("街道")
    town = ends.get(cut) if ending.head.wording.startswith("街道办") else None
    if town is None or town.start >= ending.start:
        return ending
    return Ending(replace(ending.head, full="办事处"), cut, ending.end)


def _is_programme(name: Name, seen: Signs) -> bool:
    """县医院综合能力提升 is a programme, no hospital."""
    hospital = bool(name.relative) and name.head.type is EntityType.HOSPITAL
    return hospital and name.start in seen.programmes and name.end - 1 in seen.programmes


def _straddles(name: Name, names: list[Name]) -> bool:
    """Whether a name begins in the middle of the last one."""
    return bool(names) and names[-1].start < name.start < names[-1].end


def _with_inner(name: Name, names: list[Name]) -> Name:
    """The name, with that of its owner inside; names it covers are taken back."""
    while names and names[-1].start >= name.start:
        inner = names.pop()
        if name.owner and inner.end == name.owner.end:
            name = name._replace(inner=inner)
    return name


def _sharing(ending: Ending, pieces: Pieces, names: list[Name]) -> Name | None:
    """A name that shares the region before it: 广州市第一人民医院、第十二人民医院; 县人民医院、中医院."""
    head, text = ending.head, pieces.text
    ordinal = _SHARED.search(text, max(0, ending.start - 12), ending.start)
    if not ordinal or not (ordinal["ordinal"] or (head.public and head.wording not in _TOO_BARE)):
        return None
    rest = ordinal["ordinal"] + (head.wording if head.wording == "医院" else head.full)
    begin = ordinal.start("ordinal")
    seed = pieces.ends.get(ordinal.start())
    if seed and seed.kind == "seed" and (region := _REGION_OF_SEED.match(text, seed.start, seed.end)):
        token = Token(seed.start, region.end("region"), "region", (region["region"],))
        return Name(begin, ending.end, head, rest, (token,))
    last = names[-1] if names and names[-1].end == ordinal.start() else None
    if "附" in rest and (university := last.owner if last else _university(seed, pieces)):
        return Name(begin, ending.end, head, rest, owner=university)
    if last and _lends_region(last, head):
        return last._replace(start=begin, end=ending.end, head=head, rest=rest, stem="", inner=None)
    return None


def _university(seed: Token | None, pieces: Pieces) -> Token | None:
    """The university that a seeded hospital's name begins with (南昌大学第一附属医院、第二附属医院)."""
    bearer = _OF_UNIVERSITY.match(pieces.text, seed.start, seed.end) if seed and seed.kind == "seed" else None
    keys = pieces.lexicon.called.get(bearer[1], ()) if bearer else ()
    return Token(bearer.start(), bearer.end(1), "seed", keys) if bearer and len(keys) == 1 else None


def _lends_region(name: Name, head: Head) -> bool:
    alike = name.head.type is head.type and "附" not in head.wording
    return alike and not name.owner and bool(name.regions or name.relative)


def _endings(seen: Signs, tokens: list[Token]) -> list[Ending]:
    """Endings in text order; those inside a seeded organisation's name are its own."""
    text = seen.text
    inside = {i for t in tokens if t.kind in {"seed", "contextual"} for i in range(t.start, t.end)}
    endings = [_outside(seen.lexicon.heads[h.senses[0][1]], h, inside, seen.lexicon) for h in seen.heads]
    endings = [e for e in endings if not (e.head.wording.endswith("中心") and text.startswith("医院", e.end))]
    endings = [e for e in endings if text[e.end : e.end + 1] not in _STUDENTS or e.head.wording not in _SCHOOLS]
    endings = [e for e in endings if e.head.wording != "妇幼" or not text.startswith(("保健", "健康", "卫生"), e.end)]
    endings += [Ending(_short_head(m), m.start(), m.end()) for m in seen.short_hospitals]
    return sorted((e for e in endings if e.end - 1 not in inside), key=lambda e: (e.end, e.start))


def _outside(head: Head, hit: Hit, inside: set[int], lexicon: Lexicon) -> Ending:
    """医院集团 after 南京鼓楼医院: the ending that is left outside the seeded name."""
    start = hit.start
    while start in inside and hit.end - 1 not in inside:
        start += 1
    if start == hit.start:
        return Ending(head, start, hit.end)
    wording = head.wording[start - hit.start :]
    return Ending(lexicon.heads.get(wording, head), start, hit.end)


def _short_head(match: re.Match[str]) -> Head:
    """市二院 ends in 第二人民医院, 附一院 in 附属第一医院.

    >>> _short_head(re.match("(?P<affiliated>附)?二院", "二院")).full
    '第二人民医院'
    """
    digits = _DIGITS.search(match.group())
    ordinal = digits.group(1) if digits else ""
    full = f"附属第{ordinal}医院" if match["affiliated"] else f"第{ordinal}人民医院"
    return Head(match.group(), EntityType.HOSPITAL, full, "joined")


def _merge(tokens: list[Token], names: list[Name]) -> list[Found]:
    """Names, and the tokens outside them."""
    taken = {i for n in names for i in range(n.start, n.end)}
    found = [Found(n.start, n.end, name=n) for n in names]
    found += [Found(t.start, t.end, token=t) for t in tokens if t.start not in taken]
    return sorted(found, key=lambda f: f.start)
