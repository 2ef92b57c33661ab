"""The grammar of organisation names: region + ordinal + kind + campus + affiliation.

A name is read from its ending (人民医院, 卫生健康局, 大学 …) to the left, piece by
piece: modifiers (第二, 中西医结合), a region or a relative word (市, 县), an
organisation it is attached to (浙江大学医学院 附属 …), or a stem of its own
(何贤纪念医院). A name without any of these identifies nothing and is refused
(三级医院, 各乡镇卫生院).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.claims.lexicon import Head, Lexicon
from kg.model import EntityType

__all__ = ["Name", "Token", "read_name", "word_begins"]

_FARTHEST = 34  # characters left of the ending; the longest seeded name has 33
_LONGEST_STEM = 8
_LONGEST_COMPANY = 18
_PLURAL = re.compile(r"(?:乡镇|街镇|镇街|县乡|市县|区县|县区|省市|城镇|村镇|县市|市区|市、县|县、区|县（市、区）)\Z")
_HAN = re.compile(r"[㐀-鿿A-Za-z0-9·]")
_STEM_TYPES = {EntityType.HOSPITAL, EntityType.ACADEMIC, EntityType.ORGANIZATION, EntityType.PRIMARY_CARE}
_BODIES = {EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY, EntityType.PUBLIC_HEALTH, EntityType.PRIMARY_CARE}
_CREATED = re.compile("(?:成立|组建|发起|加入|共建|牵头)(?:了)?\\Z")
_VERB_WITHIN = re.compile(
    r"领导|发起|主导|协作医院|协作单位|合作医院|合作单位|定点|指导医院|成员单位|加盟|建立|续签|签订|签约|组建|成立|开展|加入|牵头|共建|合作|支援|帮扶"
)
_ATTACHED = re.compile(
    r"附属|直属|分院|院区|集团|医院|中心|分中心|联盟|联合体|共同体|医联体|医共体|研究|学院|工作室|实验室|基地"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece already recognised: ``kind`` is region, short, town, mask, seed, contextual or org."""

    start: int
    end: int
    kind: str
    values: tuple[str, ...]
    also: tuple[str, ...] = ()  # seed keys that the same wording may mean in context (中山, 华山)


@dataclass(frozen=True, slots=True)
class Name:
    """An organisation's name as written, taken apart.

    ``regions`` stand outermost first; ``relative`` is 市, 县 …; ``owner`` is
    the organisation it is attached to; ``stem`` its own name; ``rest`` is what
    follows region and owner, completed.
    """

    start: int
    end: int
    head: Head
    rest: str
    regions: tuple[Token, ...] = ()
    relative: str = ""
    owner: Token | None = None
    stem: str = ""
    inner: Name | None = None  # the owner's own name, where it was read by the same grammar


def read_name(text: str, head: Head, start: int, end: int, ends: Mapping[int, Token], lexicon: Lexicon) -> Name | None:
    """The name whose ending stands at ``text[start:end]``, or None if nothing identifies it.

    ``ends`` gives the token that ends at an offset.
    """
    if whole := _whole_quote(text, head, start, end):
        return whole
    if head.wording == "市立医院" and start not in ends and word_begins(text, start, lexicon):
        return Name(start, end, head, head.full, relative="市")
    regions: list[Token] = []
    stem, p = "", start
    while start - p < _FARTHEST:
        token = ends.get(p)
        if token and token.kind in {"org", "seed", "contextual", "pointer"}:
            if (local := ends.get(token.start)) and local.kind in {"region", "short"} and not regions:
                return _finish(text, head, start, end, [local], text[token.start : start], None)
            return _attached(text, head, start, end, token, regions, stem)
        if token and token.values[0] in lexicon.everyday and (step := _modifier(text, p, lexicon)):
            p = step  # 卫生院城区分院: no region of that name
            continue
        if token:
            regions.insert(0, token)
            p = token.start
            continue
        if regions and text[p - 2 : p] != "附属":
            break
        if not regions and text[p - 1 : p] == ")" and (step := _second_name(text, p, ends)):
            p = step
        elif step := _modifier(text, p, lexicon):
            p = step
        elif not regions and not stem and (step := _quoted(text, p, head)):
            stem, p = text[step:p], step
        elif not regions and head.group != "owned" and (word := _relative(text, p, lexicon)):
            return _by_relative(text, head, start, end, p, word, lexicon, stem)
        elif not stem and not regions and (step := _stem(text, p, head, ends, lexicon)):
            stem, p = text[step:p], step
        else:
            break
    if regions and head.group != "owned":
        return _finish(text, head, start, end, regions, stem, None)
    if head.group == "owned":
        return None
    if stem and p not in ends:
        return Name(p, end, head, text[p:start] + _full(head, False), stem=stem)
    return None


def _attached(
    text: str, head: Head, start: int, end: int, owner: Token, regions: list[Token], stem: str
) -> Name | None:
    """A name that begins with another organisation's; refused where the two merely stand side by side."""
    if text[owner.end] in "、和与及，":
        return None  # 县人民医院和中医院 are two
    between = text[owner.end : end]
    if not _ATTACHED.search(between) or head.type in _BODIES or _VERB_WITHIN.search(between):
        return None
    rest = text[owner.end : start] + _full(head, False)
    return Name(owner.start, end, head, rest, tuple(regions), owner=owner, stem=stem)


def _by_relative(
    text: str, head: Head, start: int, end: int, p: int, word: str, lexicon: Lexicon, stem: str
) -> Name | None:  # fmt: skip
    """A name that begins with 市, 县 …: 县人民医院; plurals are refused (全县医院, 乡镇卫生院)."""
    begin = p - len(word)
    if not word_begins(text, begin, lexicon):
        return None
    if _PLURAL.search(text, max(0, p - 6), p):
        return None
    before = text[begin - 1 : begin]
    if before in lexicon.whole and before not in {"我", "本", "该"}:
        return None
    rest = text[p:start] + _full(head, p == start)
    return Name(begin, end, head, rest, relative=word, stem=stem)


def word_begins(text: str, begin: int, lexicon: Lexicon, *, after_verb: bool = True) -> bool:
    """Whether 市, 县 … at ``begin`` is a word's first character: not in 加盟医院, 城市医院."""
    before = text[begin - 1 : begin]
    if not _HAN.match(before) or before in lexicon.boundaries or before in lexicon.whole or before in "年月日和":
        return True
    window = text[max(0, begin - 6) : begin + 1]
    if after_verb and window[:-1].endswith(lexicon.verb_endings):
        return True
    return _segmented(window)[-1] == text[begin : begin + 1]


@lru_cache(maxsize=8192)
def _segmented(window: str) -> tuple[str, ...]:
    """The words of a short stretch; remembered, for reports repeat their phrases."""
    import jieba  # 1 s of start-up, only paid by reports that need it

    jieba.setLogLevel(60)
    return tuple(jieba.cut(window))


def _finish(
    text: str, head: Head, start: int, end: int, regions: list[Token], stem: str, owner: Token | None
) -> Name | None:  # fmt: skip
    last = regions[-1]
    between = re.sub(r"^\([^)]*\)", "", text[last.end : start])
    plain = not between and last.kind in {"region", "town", "mask"}
    return Name(regions[0].start, end, head, between + _full(head, plain), tuple(regions), owner=owner, stem=stem)


def _full(head: Head, plain: bool) -> str:
    """The completed ending; 医院 alone becomes 人民医院 only right after a region (县医院)."""
    if head.wording == "医院" and not plain:
        return head.wording  # only 县医院, 区医院 … stand for the people's hospital
    return head.full


def _whole_quote(text: str, head: Head, start: int, end: int) -> Name | None:
    """A quoted alliance is named by all that stands in the quotation marks: “中医联盟”."""
    begin = text.rfind("“", max(0, start - 18), start) if head.type is EntityType.ALLIANCE else -1
    if begin < 0 or text[end : end + 1] != "”" or re.search("[，。；、”]", text[begin + 1 : start]):
        return None
    inside = text[begin + 1 : start]
    return Name(begin + 1, end, head, inside + head.full, stem=inside) if inside else None


def _second_name(text: str, p: int, ends: Mapping[int, Token]) -> int:
    """Where a region's second name in brackets begins, if its first stands before it: 甲新区(乙开发区)管委会."""
    begin = text.rfind("(", max(0, p - 20), p)
    both = begin >= 0 and p - 1 in ends and begin in ends
    return begin if both and ends[begin].kind in {"region", "short", "zone"} else 0


def _quoted(text: str, p: int, head: Head) -> int:
    """Where a quoted piece before ``p`` begins (“1+5+8”医疗集团), 0 if there is none."""
    if text[p - 1 : p] != "”" or head.type not in {EntityType.ALLIANCE, EntityType.ORGANIZATION}:
        return 0
    begin = text.rfind("“", max(0, p - 14), p)
    return begin if begin >= 0 else 0


def _modifier(text: str, p: int, lexicon: Lexicon) -> int:
    match = lexicon.modifier.search(text, max(0, p - 16), p)
    return match.start() if match else 0


def _relative(text: str, p: int, lexicon: Lexicon) -> str:
    match = lexicon.relative.search(text, max(0, p - 7), p)
    return match.group() if match else ""


def _stem(text: str, p: int, head: Head, ends: Mapping[int, Token], lexicon: Lexicon) -> int:
    """Where a stem of its own begins before ``p``; 0 if there is none that names something."""
    allied = head.type is EntityType.ALLIANCE
    if head.group in {"joined", "branch", "owned"} or not (allied or head.type in _STEM_TYPES):
        return 0
    q = p
    longest = _LONGEST_COMPANY if head.wording.endswith("公司") else _LONGEST_STEM
    while p - q < longest and q > 0 and _HAN.match(text, q - 1) and text[q - 1] not in lexicon.boundaries:
        if text[q - 1] == "和" and q - 1 in ends:
            break  # 甲医院和耳鼻喉医院
        q -= 1
        if q in ends:
            break
    joined = q in ends
    if allied and not joined and not head.wording.endswith("联盟"):
        return 0
    if not joined:
        q = _left_edge(text, q, p, lexicon)
    stem = text[q:p]
    created = head.wording.endswith("联盟") and _CREATED.search(text, max(0, q - 4), q) and len(stem) > 3
    if created:
        return q  # 牵头成立粤桂县域医疗协作联盟
    if len(stem) < (1 if joined else 2) or _describes(stem, head, joined, longest, lexicon):
        return 0
    return q


def _describes(stem: str, head: Head, joined: bool, longest: int, lexicon: Lexicon) -> bool:
    """Whether a stem only describes (民营医院); a university's school may be called by its subject."""
    if longest != _LONGEST_STEM or (joined and head.type is EntityType.ACADEMIC):
        return False
    if joined and stem == "新":
        return False  # 嵊州新医院
    if joined and head.type is EntityType.ALLIANCE and (len(stem) > 6 or any(v in stem for v in lexicon.verbs)):
        return True  # 省人民医院签署医联体(协议)
    if "工作" in head.wording:
        return bool(re.search("名医|专家|设立|传承$|个$", stem))  # people's names hold 新, 家 …
    plain = stem.removeprefix("全国").removeprefix("全省") if head.wording.endswith("联盟") else stem
    return bool(lexicon.generic.search(plain))


def _left_edge(text: str, q: int, p: int, lexicon: Lexicon) -> int:
    """The left edge of a stem inside ``text[q:p]``, decided by segmentation: words up to the first verb."""
    for word in reversed(_segmented(text[q:p])):
        if word in lexicon.verbs or p - len(word) < q:
            break
        p -= len(word)
    return p
