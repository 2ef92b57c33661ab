"""Names of their own: where the stem of 何贤纪念医院 begins, and whether it names or only describes (民营医院)."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.claims.lexicon import Head, Lexicon
from kg.claims.segment import HAN, segmented
from kg.claims.tokens import INSTITUTIONS, Pieces
from kg.model import EntityType

__all__ = ["stem_begin", "town_begin"]

_ATTACHED = {"joined", "branch"}  # a stem only between an owner and the ending: 中山医院苏北健康管理中心
_LONGEST_STEM = 8
_LONGEST_COMPANY = 18
_COMPANY_EDGES = frozenset("与和同跟由在对向将把的了及或被让请")  # 华为, 全安, 新成 are parts of names
_STEM_TYPES = {EntityType.HOSPITAL, EntityType.ACADEMIC, EntityType.ORGANIZATION, EntityType.PRIMARY_CARE}
_OF_A_WHOLE = re.compile("^(?:全国|全省|全区|国家|国际)")  # 国家肝病专科联盟
_TOWN = re.compile(
    "(?!.*(?:偏远|边远|贫困|沿海|沿线|山区|牧区|农牧|重点|中心|民族|少数|薄弱|建制|周边|毗邻|相邻|其余))(?![一二三四五六七八九十两])"
    "(?:(?![县市区旗])[㐀-鿿]){2,5}(?<!乡)[镇乡]"
)
_TOWN_WORDS = ("街道", "镇", "乡", "苏木")
_IN_NAMES = re.compile("[新大老主总名云]")  # words that describe an institution, but begin a township's name
_CREATED = re.compile("(?:成立|组建|发起|加入|共建|牵头)(?:了)?\\Z")


def stem_begin(pieces: Pieces, at: int, head: Head) -> int:
    """Where a stem of its own begins before ``at``; 0 if there is none that names something."""
    allied = head.type is EntityType.ALLIANCE
    attached = head.group in _ATTACHED
    if head.group == "owned" or not (attached or allied or head.type in _STEM_TYPES):
        return 0
    begin = _first_edge(pieces, at, _longest(head))
    joined = begin in pieces.ends
    if attached:
        owned = joined and pieces.ends[begin].kind in INSTITUTIONS
        return begin if owned and _may_attach(pieces.text[begin:at], head, pieces.lexicon) else 0
    if allied and joined and _verbs(pieces.lexicon.verbs).search(pieces.text, begin, at):
        joined = False  # 市人民医院 加入 长三角肿瘤专科联盟
    if allied and not joined and not head.wording.endswith("联盟"):
        return 0
    begin = begin if joined else _left_edge(pieces, begin, at)
    stem = pieces.text[begin:at]
    created = head.wording.endswith("联盟") and _CREATED.search(pieces.text, max(0, begin - 4), begin)
    if created and len(stem) > 3:
        return begin  # 牵头成立粤桂县域医疗协作联盟
    named = len(stem) >= (1 if joined else 2) and not _describes(stem, head, joined, pieces.lexicon)
    return begin if named else 0


def town_begin(pieces: Pieces, at: int) -> int:
    """Where the name of a township that no table holds begins before ``at`` (某某镇 卫生院), 0 if there is none."""
    word = next((w for w in _TOWN_WORDS if pieces.text.endswith(w, 0, at)), "")
    namesake = pieces.ends.get(at - len(word)) if word else None
    if namesake and namesake.kind == "short" and len(namesake.values[0]) == namesake.end - namesake.start:
        return namesake.start  # 城关镇卫生院, where no table tells of that town: 城关 is a district elsewhere
    if word not in {"镇", "乡"}:
        return 0
    first = _first_edge(pieces, at, 7)
    begin = first if first in pieces.ends else _left_edge(pieces, first, at)
    named = _TOWN.fullmatch(pieces.text, begin, at)
    return begin if named and not pieces.lexicon.generic.search(_IN_NAMES.sub("", named[0])) else 0


def _may_attach(stem: str, head: Head, lexicon: Lexicon) -> bool:
    if head.group == "joined":
        return bool(stem) and not _describes(stem, head, True, lexicon)
    plain = bool(lexicon.generic.search(stem)) or any(verb in stem for verb in lexicon.verbs)
    return 2 <= len(stem) <= 4 and not plain  # 市人民医院城南院区


def _longest(head: Head) -> int:
    return _LONGEST_COMPANY if head.wording.endswith("公司") else _LONGEST_STEM


def _first_edge(pieces: Pieces, at: int, longest: int) -> int:
    """The farthest place where a stem before ``at`` can begin: after a token, a sign, or a function character."""
    text, ends = pieces.text, pieces.ends
    boundaries = _COMPANY_EDGES if longest == _LONGEST_COMPANY else pieces.lexicon.boundaries
    begin = at
    while at - begin < longest and begin > 0 and HAN.match(text, begin - 1) and text[begin - 1] not in boundaries:
        if text[begin - 1] == "和" and begin - 1 in ends:
            break  # 甲医院和耳鼻喉医院
        begin -= 1
        if begin in ends:
            break
    return begin


def _describes(stem: str, head: Head, joined: bool, lexicon: Lexicon) -> bool:
    """Whether a stem only describes (民营医院); a university's school may be called by its subject."""
    if head.wording.endswith("公司") or (joined and head.type is EntityType.ACADEMIC):
        return False
    if joined and stem == "新":
        return False  # 嵊州新医院
    if joined and head.type is EntityType.ALLIANCE and (len(stem) > 6 or any(v in stem for v in lexicon.verbs)):
        return True  # 省人民医院签署医联体(协议)
    if "工作" in head.wording:
        return bool(re.search("名医|专家|设立|传承$|个$|院长|团队|专科|^名", stem))  # people's names hold 新, 家 …
    plain = _OF_A_WHOLE.sub("", stem) if head.wording.endswith("联盟") else stem
    return bool(lexicon.generic.search(plain))


def _left_edge(pieces: Pieces, first: int, at: int) -> int:
    """The left edge of a stem inside ``text[first:at]``, decided by segmentation: words up to the first verb."""
    for word in reversed(segmented(pieces.text[first:at])):
        if at - len(word) < first or _holds_verb(word, pieces.lexicon):
            break
        at -= len(word)
    return at


def _holds_verb(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.verbs or bool(_verbs(lexicon.verbs).search(word))


@lru_cache(maxsize=2)
def _verbs(verbs: frozenset[str]) -> re.Pattern[str]:
    """The verbs of two characters and more as one expression."""
    return re.compile("|".join(sorted(verb for verb in verbs if len(verb) > 1)))
