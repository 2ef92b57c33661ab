"""The name of a quantity, out of the words that stand before its value.

Works on folded text. The wordings are in kg/data/lexicon/metrics.yaml.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.text.lexicon import any_of, words

__all__ = ["ending", "growth", "is_goal", "is_name", "key", "named_part", "phrase", "split_predicate"]

_TIME = (
    r"(?:(?:19|20)[0-9]{2}年?(?:度|末|底|初|以来|起|前|年底)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:底|末|份|期间)?"
    r"|[0-9]{1,2}(?:[-—至~][0-9]{1,2})?月(?:[0-9]{1,2}日)?(?:底|末|份)?|[上下]半年|[一二三四]季度"
    r"|“?十[二三四五六]五”?(?:时期|期间|以来|末|以内)?|今年以来|当年|今年|去年|年底前?|年末)"
)
_TIME_AT_END = re.compile(_TIME + "$")
_TIME_ENDS = "年月日底末度季期来内前初起份间五”0123456789"
_PER_BASE = re.compile(r"人均|每(?:[百千万]|十万|10万)|^[千万]人")


@cache
def _sorted(key_: str) -> tuple[str, ...]:
    return tuple(sorted(words("metrics", key_), key=lambda w: (-len(w), w)))


def ending(text: str, key_: str) -> str:
    """The longest wording of a list that a text ends with, or nothing.

    >>> ending("高血压患者规范管理率", "tails")
    '患者规范管理率'
    """
    if not text.endswith(_sorted(key_)):
        return ""
    return next(word for word in _sorted(key_) if text.endswith(word))


@cache
def _stating() -> tuple[frozenset[str], int]:
    """Everything that may stand between a name and its value, and the length of the longest."""
    stated = {*words("metrics", "predicates"), *words("metrics", "grows"), *words("metrics", "falls")}
    return frozenset(stated), max(map(len, stated))


def _stated(name: str) -> int:
    """How many characters at the end of a clause state a value or a time; 签约 keeps its 约."""
    stated, longest = _stating()
    sizes = range(min(longest, len(name)), 0, -1)
    size = next((n for n in sizes if name[-n:] in stated and name[-n - 1 : -n] not in ("签", "预", "履")), 0)
    time = _TIME_AT_END.search(name[-24:]) if name[-1] in _TIME_ENDS else None
    return max(size, len(time[0]) if time else 0)


@cache
def _lead() -> re.Pattern[str]:
    short = "|".join(words("metrics", "short_leads"))
    since = "截[至止]|[到至从自由]"
    return re.compile(rf"(?:[0-9]{{1,2}}[.、]|(?:{since})?{_TIME}，?|{any_of(words('metrics', 'leads'))}|{short})")


def is_name(phrase_: str) -> bool:
    """Whether a phrase names a rate or a ratio by itself: …率, …占比, 人均…, 每千人口…."""
    return phrase_.endswith(_sorted("nouns")) or bool(_PER_BASE.search(phrase_))


def is_goal(phrase_: str) -> bool:
    """Whether a phrase is only what a value is measured against: …的标准, 给2030年定的线."""
    return bool(ending(phrase_, "goals")) and not _PER_BASE.search(phrase_)


@lru_cache(maxsize=256)  # the rules of one value ask for the same words again and again
def split_predicate(clause: str) -> tuple[str, str]:
    """The naming part of a clause and the part that states the value.

    >>> split_predicate("家庭医生签约率已提高到")
    ('家庭医生签约率', '已提高到')
    >>> split_predicate("分别比上年多")
    ('', '分别比上年多')
    """
    name = clause
    while name and not name.endswith(_sorted("nouns")):
        size = _stated(name)
        if not size:
            break
        name = name[:-size]
    return name, clause[len(name) :]


def named_part(clause: str) -> str:
    """The name in a clause that states no value itself: A率、B率均达国家标准以上.

    >>> named_part("婚检率、建档率均达到国家标准以上")
    '婚检率、建档率'
    """
    name = split_predicate(clause)[0]
    if is_name(name):
        return name
    stated = _held().match(name)
    return stated[1] if stated else name


@cache
def _held() -> re.Pattern[str]:
    return re.compile(rf"(.+{any_of(words('metrics', 'nouns'))})(?:均|都|皆|已|达|优于|好于|高于|低于)")


@lru_cache(maxsize=256)
def phrase(clause: str) -> str:
    """A name without the times, places and turns that lead to it.

    >>> phrase("截至2024年底，全市重点人群签约率")
    '重点人群签约率'
    """
    clause = clause.strip(" ，、：；。").lstrip(")").rstrip("(")
    while clause not in words("metrics", "generic"):
        lead = _lead().match(clause)
        if not lead:
            break
        clause = clause[lead.end() :].lstrip(" )")
    return clause


def growth(stated: str, of_rate: bool = False) -> str:
    """What a statement of change adds to a name: 同比增长率, of a rate 同比增幅; nothing for a level.

    >>> growth("比上年多"), growth("增长到"), growth("同比下降了"), growth("上升", of_rate=True)
    ('同比增长率', '', '同比下降率', '增幅')
    """
    plain = re.sub(r"[了约近超过，(达]+$", "", stated)
    year = "同比" if re.search("同比|上年|去年|上一年", stated) else "环比" if "环比" in stated else ""
    if ending(plain, "grows"):
        return year + ("增幅" if of_rate else "增长率")
    return year + ("降幅" if of_rate else "下降率") if ending(plain, "falls") else ""


def key(metric: str) -> str:
    """The key under which equal quantities meet across reports.

    >>> key("全市 “两癌”筛查率（2023年）"), key("5岁以下儿童死亡率")
    ('两癌筛查率', '5岁以下儿童死亡率')
    """
    plain = re.sub(r"[（(][^（）()]*[）)]", "", metric)
    plain = phrase(re.sub(rf"{_TIME}", "", plain) or plain)
    return re.sub(r"[\s“”‘’《》、，：；·.\-—_/()（）]", "", plain)
