"""Members of an enumeration of quantities: split, freed of their counts, given what they share.

Works on folded text. The wordings are in kg/data/lexicon/metrics.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.claims.metrics import ending, growth, is_name, phrase, split_predicate
from kg.text.lexicon import words

__all__ = ["complete", "counted", "items", "same_for_all", "shared"]

_COUNTS = re.compile(
    r"(?:(?<!签)约|近|共计?|达)?[0-9][0-9.,]*\s*(?:余|多)?\s*[万亿]?(?:余|多)?(人次|人份|人|[^0-9，、。；人]{1,2}(?=[，、和与及(]|$))"
)
_BRACKET = re.compile(r"\([^()]*\)")
_AND = r"以及|及其|及(?!时)|和(?!谐|平)|与(?!会)"
_ITEM = re.compile(rf"、|{_AND}")
_QUOTED = re.compile(r"“[^”]*”|\([^()]*\)|《[^》]*》")
_NUMBERED = re.compile(r"(?:[两二三四五六七八九十]|[0-9]+)[项类种个大]")
_TAIL_OF_MANY = re.compile(r"患者[^、患]{0,14}率$")  # 高血压、糖尿病患者基层规范管理率
_LEVEL = re.compile(r"(?:基层|社区)$")  # 高血压、糖尿病基层规范管理率
_AND_SUCH = re.compile(
    r"(.{2,12}?)等(?:[^、]{0,6}(?:人群|对象|患者|人员|疾病|人))?(.*率)$"
)  # …、慢性病患者等重点人群签约率
_ANY_TAIL = re.compile(r"[\u4e00-\u9fff]{2}率$")
_SAME = re.compile(r"均|都|皆|全部|各")


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
        tail, members[-1] = end, members[-1].removesuffix(end)
    elif members[0].startswith("每") and members[-1].endswith("数") and not members[0].endswith("数"):
        tail, members[-1] = "数", members[-1][:-1]
    base = re.match(r"每(?:[百千万]|十万|10万)名?(?:常住|户籍)?(?:人口?|儿童|老人)?(?:拥有)?", members[0])
    head = base[0] if base else ""
    return [_joined(m if m.startswith("每") else head + m, tail) for m in members]


def _common_end(members: Sequence[str]) -> str:
    """The end of the last member that the others lack: 患者规范管理率 of 高血压、糖尿病患者规范管理率."""
    last = members[-1]
    people = None if any("患者" in m for m in members[:-1]) else _TAIL_OF_MANY.search(last)
    if people:
        return people[0]
    plain = _ANY_TAIL.search(last)
    end = ending(last, "tails") or (plain[0] if plain else "")
    level = _LEVEL.search(last.removesuffix(end))
    return (level[0] if level else "") + end


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
