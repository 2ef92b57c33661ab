"""The name of a quantity, out of the words that stand before its value.

Works on folded text. The wordings are in kg/data/lexicon/metrics.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.text.lexicon import any_of, words

__all__ = [
    "complete",
    "counted",
    "growth",
    "is_goal",
    "is_name",
    "items",
    "key",
    "phrase",
    "same_for_all",
    "shared",
    "split_predicate",
]

_TIME = (
    r"(?:(?:19|20)[0-9]{2}年?(?:度|末|底|初|以来|起|前|年底)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:底|末|份|期间)?"
    r"|[0-9]{1,2}(?:[-—至~][0-9]{1,2})?月(?:[0-9]{1,2}日)?(?:底|末|份)?|[上下]半年|[一二三四]季度"
    r"|“?十[二三四五六]五”?(?:时期|期间|以来|末|以内)?|今年以来|当年|今年|去年|年底前?|年末)"
)
_COUNTS = re.compile(
    r"(?:(?<!签)约|近|共计?|达)?[0-9][0-9.,]*\s*(?:余|多)?\s*[万亿]?(?:余|多)?(人次|人份|人|[^0-9，、。；人]{1,2}(?=[，、和与及(]|$))"
)
_PER_BASE = re.compile(r"人均|每(?:[百千万]|十万|10万)|^[千万]人")
_BRACKET = re.compile(r"\([^()]*\)")
_AND = r"以及|及其|及(?!时)|和(?!谐|平)|与(?!会)"
_ITEM = re.compile(rf"、|{_AND}")
_QUOTED = re.compile(r"“[^”]*”|\([^()]*\)|《[^》]*》")
_NUMBERED = re.compile(r"(?:[两二三四五六七八九十]|[0-9]+)[项类种个大]")
_TAIL_OF_MANY = re.compile(r"患者[^、患]{0,14}率$")  # 高血压、糖尿病患者基层规范管理率
_AND_SUCH = re.compile(
    r"(.{2,12}?)等(?:[^、]{0,6}(?:人群|对象|患者|人员|疾病|人))?(.*率)$"
)  # …、慢性病患者等重点人群签约率
_ANY_TAIL = re.compile(r"[\u4e00-\u9fff]{2}率$")
_SAME = re.compile(r"均|都|皆|全部|各")


@cache
def _ends(key_: str) -> re.Pattern[str]:
    return re.compile(any_of(words("metrics", key_)) + "$")


@cache
def _predicate() -> re.Pattern[str]:
    stated = (*words("metrics", "predicates"), *words("metrics", "grows"), *words("metrics", "falls"))
    return re.compile(rf"(?:(?<![签预履])(?:{any_of(stated)})|{_TIME})$")


@cache
def _lead() -> re.Pattern[str]:
    short = "|".join(words("metrics", "short_leads"))
    since = "截[至止]|[到至从自由]"
    return re.compile(rf"(?:[0-9]{{1,2}}[.、]|(?:{since})?{_TIME}，?|{any_of(words('metrics', 'leads'))}|{short})")


def is_name(phrase_: str) -> bool:
    """Whether a phrase names a rate or a ratio by itself: …率, …占比, 人均…, 每千人口…."""
    return bool(_ends("nouns").search(phrase_) or _PER_BASE.search(phrase_))


def is_goal(phrase_: str) -> bool:
    """Whether a phrase is only what a value is measured against: …的标准, 给2030年定的线."""
    return bool(_ends("goals").search(phrase_)) and not _PER_BASE.search(phrase_)


def split_predicate(clause: str) -> tuple[str, str]:
    """The naming part of a clause and the part that states the value.

    >>> split_predicate("家庭医生签约率已提高到")
    ('家庭医生签约率', '已提高到')
    >>> split_predicate("分别比上年多")
    ('', '分别比上年多')
    """
    name = clause
    while name and not _ends("nouns").search(name):
        stated = _predicate().search(name)
        if not stated:
            break
        name = name[: stated.start()]
    return name, clause[len(name) :]


def named_part(clause: str) -> str:
    """The name in a clause that states no value itself: A率、B率均达国家标准以上.

    >>> named_part("婚检率、建档率均达到国家标准以上")
    '婚检率、建档率'
    """
    name = split_predicate(clause)[0]
    if is_name(name):
        return name
    stated = re.match(rf"(.+{any_of(words('metrics', 'nouns'))})(?:均|都|皆|已|达|优于|好于|高于|低于)", name)
    return stated[1] if stated else name


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
    if _ends("grows").search(plain):
        return year + ("增幅" if of_rate else "增长率")
    return year + ("降幅" if of_rate else "下降率") if _ends("falls").search(plain) else ""


def items(phrase_: str, many: int = 0) -> list[str]:
    """The members of an enumeration; quotes and brackets are not split.

    With ``many`` wanted, 和 and 与 may belong to a member: 甲病、乙和丙病两率.

    >>> items("婴儿、5岁以下儿童和孕产妇三项死亡率")
    ['婴儿', '5岁以下儿童', '孕产妇三项死亡率']
    >>> items("婚检率、眼保健和视力检查率", 2)
    ['婚检率', '眼保健和视力检查率']
    """
    masked = _QUOTED.sub(lambda m: "_" * len(m[0]), phrase_)
    marks = [(m.start(), m.end()) for m in _ITEM.finditer(masked)]
    commas = [mark for mark in marks if masked[mark[0]] == "、"]
    ands = [mark for mark in marks if masked[mark[0]] != "、"]
    for chosen in (marks, commas, [*commas, *ands[-1:]], ands, ands[-1:], ands[:1]):
        if len(chosen) + 1 == many:
            return _cut(phrase_, sorted(chosen))
    return _cut(phrase_, marks)


def _cut(phrase_: str, marks: list[tuple[int, int]]) -> list[str]:
    starts = [0, *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), len(phrase_)]
    parts = [phrase_[start:end] for start, end in zip(starts, ends, strict=True)]
    return [part for part in parts if part.strip()]


def counted(item: str, changing: bool = False) -> str:
    """An item without its count: 产前筛查15233人 → 产前筛查; of people who change in number, 诊疗人次.

    >>> counted("出院29万人", changing=True)
    '出院人数'
    """
    kept = {"人次": "人次", "人": "人数"} if changing else {}
    bare = _COUNTS.sub(lambda m: kept.get(m[1], ""), item)
    return re.sub(r"(?<=[量数次])(?:人次|人数)$", "", bare)


def shared(members: Sequence[str], tail: str = "") -> list[str]:
    """Give every member what only the last one (or ``tail``) says.

    >>> shared(["婴儿", "5岁以下儿童", "孕产妇三项死亡率"])
    ['婴儿死亡率', '5岁以下儿童死亡率', '孕产妇死亡率']
    """
    members = [phrase(m) for m in members]
    if tail:
        return [_joined(m, tail) for m in members]
    numbered = list(_NUMBERED.finditer(members[-1]))
    grouped = _AND_SUCH.match(members[-1])
    if numbered:
        tail = members[-1][numbered[-1].end() :]
        members[-1] = members[-1][: numbered[-1].start()]
    elif grouped:
        members[-1], tail = grouped[1], grouped[2]
    elif not all(is_name(m) for m in members) and (end := _common_end(members)):
        tail, members[-1] = end[0], members[-1][: end.start()]
    elif members[0].startswith("每") and members[-1].endswith("数") and not members[0].endswith("数"):
        tail, members[-1] = "数", members[-1][:-1]
    base = re.match(r"每(?:[百千万]|十万|10万)名?(?:常住|户籍)?(?:人口?|儿童|老人)?(?:拥有)?", members[0])
    head = base[0] if base else ""
    return [_joined(m if m.startswith("每") else head + m, tail) for m in members]


def _common_end(members: Sequence[str]) -> re.Match[str] | None:
    """The end of the last member that the others lack: 患者规范管理率 of 高血压、糖尿病患者规范管理率."""
    last = members[-1]
    people = None if any("患者" in m for m in members[:-1]) else _TAIL_OF_MANY.search(last)
    return people or _ends("tails").search(last) or _ANY_TAIL.search(last)


def _joined(name: str, tail: str) -> str:
    """Two parts as one name, what they share said once: …建档 + 建档率 → …建档率."""
    for size in range(min(len(name), len(tail)), 1, -1):
        if name.endswith(tail[:size]):
            return name + tail[size:]
    return name + tail


def complete(name: str, before: str) -> str:
    """A name that says nothing alone, completed by the clause before it.

    >>> complete("完成率", "全市已完成产前筛查15233人")
    '产前筛查完成率'
    """
    if name not in words("metrics", "generic") or not (re.search("[0-9]", before) or growth(before)):
        return name
    topic = counted(_BRACKET.sub("", before))
    topic = phrase(split_predicate(topic)[0])
    topic = re.sub(r"(?:新增|共有|现有|拥有|任务数|患者人数)$", "", topic)
    if not re.search("[\u4e00-\u9fff]{2}", topic) or len(topic) > 22 or is_name(topic):
        return name
    return _joined(topic, name)


def same_for_all(stated: str) -> bool:
    """Whether one value holds for every member named before it: 均达100%."""
    return bool(_SAME.search(stated))


def key(metric: str) -> str:
    """The key under which equal quantities meet across reports.

    >>> key("全市 “两癌”筛查率（2023年）"), key("5岁以下儿童死亡率")
    ('两癌筛查率', '5岁以下儿童死亡率')
    """
    plain = re.sub(r"[（(][^（）()]*[）)]", "", metric)
    plain = phrase(re.sub(rf"{_TIME}", "", plain) or plain)
    return re.sub(r"[\s“”‘’《》、，：；·.\-—_/()（）]", "", plain)
