"""Which quantity a value belongs to, read from the clauses around it.

See kg.claims.measure for the order of the rules; texts are folded and without
the names of places.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.claims.metrics import (
    complete,
    counted,
    growth,
    is_goal,
    is_name,
    items,
    phrase,
    same_for_all,
    shared,
    split_predicate,
)
from kg.text.lexicon import any_of, words

__all__ = ["Clauses", "Named", "names"]

_PER = re.compile(r"(?:每(?:[百千万]|十万|10万)|(?<![0-9])[千万]人).*")
_PER_END = re.compile(r"(?:人口|人|儿童|老人|居民)$")
_QUANTITY_END = re.compile(r"(?:数|量|标准|费用|经费|水平|比)$")
_FOLLOWS = re.compile(r"(?:及?以上|及?以下|左右)?的(?P<noun>[^，。；]{2,60})")
_NO_NOUN = re.compile(r"比例|比重|占比|概率|速度|增速|增长|幅度|水平|目标|任务|标准|要求|指标|全[国省市县区]")
_TASK = re.compile(r"任务|目标|计划|应[查筛检签种]|已[查筛完签办检]|完成")
_QUALIFIER = re.compile(
    r"^(?:户籍|常住|流动|农村|城镇|城市|公立|民营|省级|市级|县级|全人口|全人群|重点人群|一般人群)+(?:人口|居民)?"
)


class Clauses(NamedTuple):
    """What surrounds a value: its clause up to it, the clauses before, what follows, the last name and unit."""

    own: str
    earlier: list[str]
    after: str
    last: str
    last_unit: str


class Named(NamedTuple):
    """A metric, the rule that named it, and whether the value is a goal."""

    metric: str
    rule: str
    goal: bool = False


def names(clauses: Clauses, many: int, unit: str) -> list[Named]:
    """The metrics of ``many`` values that stand together; several for one value that all share.

    >>> names(Clauses("签约率、建档率均达", [], "。", "", ""), 1, "%")
    [Named(metric='签约率', rule='name', goal=False), Named(metric='建档率', rule='name', goal=False)]
    """
    if _no_rate().search(clauses.own[-6:] + clauses.after[:8]):
        return []
    found = _listed(clauses, many) if many > 1 else _single(clauses, unit)
    return [name for name in found if len(name.metric) > 1]


@cache
def _no_rate() -> re.Pattern[str]:
    return re.compile(any_of(words("metrics", "not_rates")))


def _single(clauses: Clauses, unit: str) -> list[Named]:
    name, stated = split_predicate(clauses.own)
    if "/" in unit and unit not in ("/10万", "元/人"):
        return _per(clauses, name, unit)
    if not phrase(name) or is_goal(name):
        return _unnamed(clauses, name, stated)
    if is_name(name):
        return _by_name(clauses, name, stated)
    change = growth(stated)
    if change:
        return [Named(phrase(counted(name, changing=True)) + change, "growth")]
    return _by_phrase(clauses, name, stated, unit)


def _listed(clauses: Clauses, many: int) -> list[Named]:
    """A、B分别为x、y; the names stand in the clause or in the one before: A5人、B6人，完成率依次是x、y."""
    name, stated = split_predicate(clauses.own)
    goal = is_goal(name)
    name = re.sub(rf"的?{any_of(words('metrics', 'goals'))}$", "", name) if goal else name
    change = growth(stated)
    if len(items(name, many)) == many:
        members = shared([counted(m, bool(change)) for m in items(name, many)])
        return [Named(m + change, "list", goal) for m in members]
    tail = phrase(name) if is_name(name) else "目标任务完成率" if goal and "完成" in stated else ""
    for piece in reversed(clauses.earlier):
        members = items(split_predicate(piece)[0], many)
        if len(members) == many:
            members = shared([counted(m, bool(change)) for m in members], tail)
            return [Named(m + change, "list", goal and not tail) for m in members]
    return []


def _per(clauses: Clauses, name: str, unit: str) -> list[Named]:
    """每千人口托位数3.25个; 每千人口3个托位: what is counted may follow."""
    head = _PER.search(name)
    if head is None:  # 每千人口床位7.1张、医师3.2人
        base = re.match(r"每?(?:[百千万]|十万|10万)名?(?:常住|户籍)?(?:人口?|儿童|老人)(?:拥有)?", clauses.last)
        name = (base[0] if base and phrase(name) else clauses.last) + phrase(name)
    else:
        name = head[0]
    if _PER_END.search(name):
        noun = re.match(
            r"(?:以上)?(?:的)?([\u4e00-\u9fff]{2,8}?)(?:数|的|目标|标准|要求|以上|左右|配置|$|，)", clauses.after
        )
        known = noun[1] if noun and not is_goal(noun[1]) else unit.partition("/")[0]
        name += known
    return [Named(name if _QUANTITY_END.search(name) else name + "数", "per")] if name else []


def _by_name(clauses: Clauses, name: str, stated: str) -> list[Named]:
    """The clause names the quantity: one, several that share the value, or one that needs completing."""
    members = items(name)
    if len(members) > 1 and (same_for_all(stated) or all(is_name(m) for m in members)):
        return [Named(m, "name") for m in shared(members)]
    metric = phrase(name)
    before = clauses.earlier[-1] if clauses.earlier else ""
    listed = items(split_predicate(counted(before))[0])
    if metric in words("metrics", "generic") and same_for_all(stated) and len(listed) > 1:
        return [Named(m, "list") for m in shared([counted(m) for m in listed], metric)]
    metric = complete(metric, before) if before.strip(" )") else _lent(metric, clauses.last)
    change = growth(stated)
    return [Named(metric + change.replace("长率", "幅").replace("下降率", "降幅"), "name")]


def _lent(metric: str, last: str) -> str:
    """规范管理率99.9%，规律服药率94.8%: the second is of the same people as the first."""
    if metric not in words("metrics", "generic"):
        return metric
    people = re.match(".*?(?:患者|人群|儿童|老年人|孕产妇|对象|学生|居民|人员)", last)
    generic = re.search(any_of(words("metrics", "generic")) + "$", last)
    topic = people[0] if people else last[: generic.start()] if generic else ""
    return topic + metric


def _unnamed(clauses: Clauses, name: str, stated: str) -> list[Named]:
    """Only 为, 同比增长, 占 or a goal before the value: the name stands further back, or behind."""
    goal = is_goal(name)
    noun = _FOLLOWS.match(clauses.after)
    if noun and _NO_NOUN.match(noun["noun"]):
        goal = goal or bool(re.search("目标|任务|标准|要求", noun["noun"]))
        noun = None
    if noun:
        return [Named(f"{phrase(noun['noun'])}比例", "share")]
    ahead = re.match(r"(?!及?以[上下内]|左右|[的和、及与])[\u4e00-\u9fff][^，。；]{2,30}", clauses.after)
    if ahead and not stated.strip() and not goal:
        return [Named(f"{phrase(ahead[0])}比例", "share")]
    before = next((c for c in reversed(clauses.earlier) if phrase(c)), "")
    change = growth(stated)
    if change:
        base = phrase(counted(split_predicate(before)[0], changing=True)) or clauses.last
        change = change.replace("长率", "幅").replace("下降率", "降幅") if is_name(base) else change
        return [Named(base + change, "growth")] if base else []
    if "占" in stated and before:
        return [Named(_share(clauses), "share")]
    dangling = next((n for c in reversed(clauses.earlier) if is_name(n := phrase(split_predicate(c)[0]))), "")
    if dangling:
        return [Named(dangling, "carried", goal)]
    if before and not stated.strip() and not goal:
        return [Named(_bracketed(clauses), "bracket")]
    return [Named(clauses.last, "carried", goal)] if clauses.last else []


def _share(clauses: Clauses) -> str:
    """住院费用8460万元，报销7614万元，占90%: the part of the whole."""
    told = [phrase(counted(c)) for c in clauses.earlier if phrase(c)]
    return "".join(told[-2:]) + "占比"


def _bracketed(clauses: Clauses) -> str:
    """任务8000例，已查1495例(18.69%): what share of what was done."""
    told = [phrase(counted(c)) for c in clauses.earlier if phrase(c)]
    part = re.sub("人数$|人次$", "", told[-1])
    rated = any(f"{part}率".endswith(t) for t in words("metrics", "tails"))
    if rated:
        return f"{part}率"
    if _TASK.search("，".join(clauses.earlier[-2:])) and len(told) > 1:
        return re.sub("年度任务$|任务$|目标$", "", told[-2]) + "任务完成率"
    whole = re.split("全部|均|都|已|建有|建成|有", told[-2])[0] if len(told) > 1 else ""
    whole = re.sub(r"^[0-9]+[^0-9]", "", whole)
    return f"{whole}{part}比例" if len(whole) + len(part) <= 40 else f"{part}比例"


def _by_phrase(clauses: Clauses, name: str, stated: str, unit: str) -> list[Named]:
    """The clause has words but no name of a rate: complete it by ending, by the last name, or say it as a share."""
    short = phrase(name)
    inner = re.match(rf"(.+{any_of(words('metrics', 'nouns'))})(?:分别|依次)?(?:为|是)(.{{2,10}})$", short)
    if inner:  # 任务完成率分别为宫颈癌101%、乳腺癌100%
        return [Named(inner[2] + _tail(inner[1]), "elided")]
    if unit == "元/人":
        return [Named(f"人均{short}", "elided")]
    if unit in ("‰", "/10万"):
        return (
            [Named(short + (_tail(clauses.last) or "死亡率"), "elided")] if _mortal(short) else _elided(clauses, short)
        )
    if any(f"{short}率".endswith(t) for t in words("metrics", "tails")):
        return [Named(f"{short}率", "ending")]
    noun = _FOLLOWS.match(clauses.after)
    if noun and not _NO_NOUN.match(noun["noun"]):
        covered = "覆盖" in short[-4:]
        return [Named(phrase(noun["noun"]) + ("覆盖率" if covered else "比例"), "share")]
    if "占" in stated:
        return [Named(f"{phrase(counted(name))}占比", "share")]
    return (
        _elided(clauses, short)
        if clauses.last and clauses.last_unit == unit and len(short) <= 8
        else [Named(f"{short}比例", "phrase")]
    )


def _mortal(short: str) -> bool:
    return bool(re.search(any_of(words("metrics", "mortal")) + "$", short))


def _tail(metric: str) -> str:
    """What a name says of any group: 死亡率 of 婴儿死亡率."""
    tail = re.search(any_of(words("metrics", "tails")) + "$", metric)
    return tail[0] if tail else ""


def _elided(clauses: Clauses, short: str) -> list[Named]:
    """户籍孕产妇死亡率0，全人口口径为3.85/10万: the last name, or its end, under another head."""
    if not clauses.last:
        return []
    whole = re.search(any_of(words("metrics", "qualifiers")) + "$", short) or not _tail(clauses.last)
    head = re.sub("口径$|方面$", "", short)
    return [Named(head + (_QUALIFIER.sub("", clauses.last) if whole else _tail(clauses.last)), "elided")]
