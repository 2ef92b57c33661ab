"""The grammar of organisation names: region + ordinal + kind + campus + affiliation.

A name is read from its ending (人民医院, 卫生健康局, 大学 …) to the left, piece by
piece: modifiers (第二, 中西医结合), a region or a relative word (市, 县), an
organisation it is attached to (浙江大学医学院 附属 …), or a stem of its own
(何贤纪念医院). A name without any of these identifies nothing and is refused
(三级医院, 各乡镇卫生院).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.claims.lexicon import Head
from kg.claims.segment import word_begins
from kg.claims.stems import stem_begin, town_begin
from kg.claims.tokens import INSTITUTIONS, Ending, Name, Pieces, Token
from kg.claims.wholes import whole_begin
from kg.model import EntityType

__all__ = ["Ending", "Name", "Pieces", "Token", "read_name", "word_begins"]

_FARTHEST = 34  # characters left of the ending; the longest seeded name has 33
_PLURAL = re.compile(r"(?:乡镇|街镇|镇街|县乡|市县|区县|县区|省市|城镇|村镇|县市|市区|市、县|县、区|县（市、区）)\Z")
_RELATIVE = frozenset("区县市省州旗")
_COUNTED = re.compile("[0-9两三四五六七八九十](?:家|所|个|间)\\Z")
_OURS = frozenset("我本该")
_PLATES = {"附属", "协和", "同济"}  # 华中科技大学协和深圳医院
_KIND_OF_TIE = re.compile(
    "合作(?:单位|医院|协议|关系)|协作(?:单位|医院|协议)|协议|框架|签约|关系"
)  # 某医院医联体合作医院
_SECOND_NAME = re.compile(r"^\([^)]*\)")
_BREAK = re.compile("[，。；、”]")
_BODIES = {EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY, EntityType.PUBLIC_HEALTH, EntityType.PRIMARY_CARE}
_VERB_WITHIN = re.compile(
    r"托管|代管|举行|举办|召开|缔结|结成|构建|建设|设立|开设|打造|建成|新建|挂牌|揭牌|领导|发起|主导|协作医院|协作单位|合作医院|合作单位|定点|指导医院|成员单位|加盟|建立|续签|签订|签约|组建|成立|开展|加入|牵头|共建|合作|支援|帮扶"
)
_ATTACHED = re.compile(
    r"附属|附[一二三四五六七八九十]院|[一二三四五六七八九十]附院|直属|分院|院区|集团|医院|中心|分中心|联盟|联合体|共同体|医联体|医共体|研究|学院|工作室|工作站|分站|实验室|基地|慈善"
)


class _Left(NamedTuple):
    """How far a name has been read from its ending to the left, and what was met."""

    at: int
    regions: tuple[Token, ...] = ()
    stem: str = ""
    relative: str = ""


def read_name(ending: Ending, pieces: Pieces) -> Name | None:
    """The name that ends so, or None if nothing identifies it."""
    if whole := _whole_quote(ending, pieces.text):
        return whole
    if begin := whole_begin(pieces.text, ending.start, ending.head):
        return _whole(ending, pieces, _Left(begin, (), pieces.text[begin : ending.start]))
    own_relative = ending.head.wording == "市立医院" and ending.start not in pieces.ends
    if own_relative and word_begins(pieces.text, ending.start, pieces.lexicon):
        return Name(ending.start, ending.end, ending.head, ending.head.full, relative="市")
    left = _Left(ending.start)
    while ending.start - left.at < _FARTHEST:
        token = pieces.ends.get(left.at)
        if token and token.kind in INSTITUTIONS:
            return _after_institution(ending, pieces, left, token)
        further = _past_token(left, token, pieces) if token else _past_words(ending, pieces, left)
        if further is None:
            break
        left = further
        if left.relative:
            return _by_relative(ending, pieces, left)
    return _finished(ending, pieces, left)


def _whole(ending: Ending, pieces: Pieces, left: _Left) -> Name | None:
    """A name that begins where its shape tells; a league's may bear a region or an owner before that."""
    text, at = pieces.text, _quoted(pieces.text, left.at, ending.head) or left.at  # “甲—乙”心血管专科联盟
    token = pieces.ends.get(at) if ending.head.type is EntityType.ALLIANCE else None
    if token and token.kind in INSTITUTIONS:
        return _attached(ending, pieces, left, token)
    if token:
        return _of_region(ending, pieces, _Left(token.start, (token,), left.stem))
    if ending.head.type is EntityType.ALLIANCE and (word := _relative(pieces, at)):
        placed = _by_relative(ending, pieces, _Left(at - len(word), (), left.stem, word))
        if placed:
            return placed
    return Name(at, ending.end, ending.head, text[at : ending.start] + ending.head.full, stem=left.stem)


def _past_token(left: _Left, token: Token, pieces: Pieces) -> _Left:
    everyday = token.values[0] in pieces.lexicon.everyday
    if everyday and (step := _modifier(pieces, left.at)):
        return _Left(step, left.regions, left.stem)  # 卫生院城区分院: no region of that name
    return _Left(token.start, (token, *left.regions), left.stem)


def _past_words(ending: Ending, pieces: Pieces, left: _Left) -> _Left | None:
    """One piece further to the left, where no token ends; None at the name's beginning."""
    text, head, at = pieces.text, ending.head, left.at
    if left.regions:
        step = _modifier(pieces, at) if text[at - 2 : at] in _PLATES else 0
        return _Left(step, left.regions, left.stem) if step else None
    if step := _second_name(pieces, at) or _modifier(pieces, at):
        return _Left(step, left.regions, left.stem)
    if not left.stem and (step := _quoted(text, at, head) or _unknown_town(pieces, at, head)):
        return _Left(step, left.regions, text[step:at])
    if head.group != "owned" and (word := _relative(pieces, at)):
        return _Left(at - len(word), left.regions, left.stem, word)
    if not left.stem and (step := stem_begin(pieces, at, head)):
        return _with_stem(left, text[step:at], step, pieces)
    return None


def _with_stem(left: _Left, stem: str, begin: int, pieces: Pieces) -> _Left:
    """A stem that begins with 县, 市 … is a relative word and the rest: 县|何田医院."""
    if stem[0] in _RELATIVE and len(stem) > 2 and begin not in pieces.ends:
        return _Left(begin, left.regions, stem[1:], stem[0])
    return _Left(begin, left.regions, stem)


def _after_institution(ending: Ending, pieces: Pieces, left: _Left, token: Token) -> Name | None:
    """A name that begins with another institution's, or with the place where that one has a branch."""
    local = pieces.ends.get(token.start)
    if local and local.kind in {"region", "short"} and not left.regions:
        stem = pieces.text[token.start : ending.start]
        return _of_region(ending, pieces, _Left(local.start, (local,), stem))
    return _attached(ending, pieces, left, token)


def _attached(ending: Ending, pieces: Pieces, left: _Left, owner: Token) -> Name | None:
    """A name attached to its owner's; refused where the two merely stand side by side."""
    head, text = ending.head, pieces.text
    placed = bool(left.regions) and left.regions[0].start == owner.end  # 兰州大学第二医院 + 和政 + 医院
    if text[owner.end] in "、和与及，" and not placed:
        return None  # 县人民医院和中医院 are two
    between = text[owner.end : ending.end]
    if not _ATTACHED.search(between) or head.type in _BODIES or _VERB_WITHIN.search(between):
        return None
    if head.wording.endswith("体") and _KIND_OF_TIE.match(text, ending.end):
        return None
    rest = text[owner.end : ending.start] + _full(head, False)
    return Name(owner.start, ending.end, head, rest, left.regions, owner=owner, stem=left.stem)


def _by_relative(ending: Ending, pieces: Pieces, left: _Left) -> Name | None:
    """A name that begins with 市, 县 …: 县人民医院; plurals are refused (全县医院, 乡镇卫生院)."""
    text, begin, after = pieces.text, left.at, left.at + len(left.relative)
    if not word_begins(text, begin, pieces.lexicon) or _PLURAL.search(text, max(0, after - 6), after):
        return None
    before = text[begin - 1 : begin]
    if _COUNTED.search(text, max(0, begin - 4), begin):
        return None  # 甲、乙等4个市医院
    ours = text[begin - 2 : begin - 1] in _OURS and before in _RELATIVE  # 我县县医院
    if before in pieces.lexicon.whole and before not in _OURS and not ours:
        return None
    rest = text[after : ending.start] + _full(ending.head, after == ending.start)
    return Name(begin, ending.end, ending.head, rest, relative=left.relative, stem=left.stem)


def _finished(ending: Ending, pieces: Pieces, left: _Left) -> Name | None:
    """What was met identifies: regions, or a stem of its own."""
    if ending.head.group == "owned":
        return None
    if left.regions:
        return _of_region(ending, pieces, left)
    if not left.stem and pieces.text.startswith("新区", left.at, ending.start) and left.at not in pieces.ends:
        at, text = left.at + len("新区"), pieces.text
        rest = text[at : ending.start] + _full(ending.head, at == ending.start)
        begins = word_begins(text, left.at, pieces.lexicon)
        return Name(left.at, ending.end, ending.head, rest, relative="新区") if begins else None
    if left.stem and left.at not in pieces.ends:
        rest = pieces.text[left.at : ending.start] + _full(ending.head, False)
        return Name(left.at, ending.end, ending.head, rest, stem=left.stem)
    return None


def _of_region(ending: Ending, pieces: Pieces, left: _Left) -> Name:
    last = left.regions[-1]
    between = _SECOND_NAME.sub("", pieces.text[last.end : ending.start])
    plain = not between and last.kind in {"region", "town", "mask"}
    rest = between + _full(ending.head, plain)
    return Name(left.regions[0].start, ending.end, ending.head, rest, left.regions, stem=left.stem)


def _full(head: Head, plain: bool) -> str:
    """The completed ending; 医院 alone becomes 人民医院 only right after a region (县医院)."""
    if head.wording == "医院" and not plain:
        return head.wording  # only 县医院, 区医院 … stand for the people's hospital
    return head.full


def _whole_quote(ending: Ending, text: str) -> Name | None:
    """A quoted alliance is named by all that stands in the quotation marks: “中医联盟”."""
    head, start, end = ending.head, ending.start, ending.end
    begin = text.rfind("“", max(0, start - 18), start) if head.type is EntityType.ALLIANCE else -1
    if begin < 0 or text[end : end + 1] != "”" or _BREAK.search(text, begin + 1, start):
        return None
    inside = text[begin + 1 : start]
    return Name(begin + 1, end, head, inside + head.full, stem=inside) if inside else None


def _second_name(pieces: Pieces, at: int) -> int:
    """Where a region's second name in brackets begins, if its first stands before it: 甲新区(乙开发区)管委会."""
    text, ends = pieces.text, pieces.ends
    begin = text.rfind("(", max(0, at - 20), at) if text[at - 1 : at] == ")" else -1
    both = begin >= 0 and at - 1 in ends and begin in ends
    return begin if both and ends[begin].kind in {"region", "short", "zone"} else 0


def _quoted(text: str, at: int, head: Head) -> int:
    """Where a quoted piece before ``at`` begins (“1+5+8”医疗集团), 0 if there is none."""
    if text[at - 1 : at] != "”" or head.type not in {EntityType.ALLIANCE, EntityType.ORGANIZATION}:
        return 0
    return max(0, text.rfind("“", max(0, at - 14), at))


def _modifier(pieces: Pieces, at: int) -> int:
    match = pieces.lexicon.modifier.search(pieces.text, max(0, at - 16), at)
    return match.start() if match else 0


def _unknown_town(pieces: Pieces, at: int, head: Head) -> int:
    return town_begin(pieces, at) if head.type is EntityType.PRIMARY_CARE else 0


def _relative(pieces: Pieces, at: int) -> str:
    match = pieces.lexicon.relative.search(pieces.text, max(0, at - 7), at)
    return match.group() if match else ""
