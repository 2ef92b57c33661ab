"""Which quantity a value belongs to, read from the clauses around it.

Texts are folded and without the names of places. Lists come first, then what
is counted per head, then full names; what says less is in kg.claims.elision.
"""

from __future__ import annotations

import re
from functools import cache

from kg.claims.elision import Case, Clauses, Named, phrased, unnamed
from kg.claims.members import complete, counted, items, same_for_all, shared
from kg.claims.metrics import ending, growth, is_goal, is_name, named_part, phrase, split_predicate
from kg.text.lexicon import any_of, words

__all__ = ["names"]

_PER = re.compile(r"(?:每(?:[百千万]|十万|10万)|(?<![0-9])[千万]人).*")
_PER_END = re.compile(r"(?:人口|人|儿童|老人|居民)$")
_PER_BASE = re.compile(r"每?(?:[百千万]|十万|10万)名?(?:常住|户籍)?(?:人口?|儿童|老人)(?:拥有)?")
_BRACKETED_END = re.compile(r"\([^()]*\)$")  # 药占比(不含饮片)24.1%
_BY_UNIT = re.compile(r"以[^，。；]{1,10}为单位")  # 接种率以乡镇(街道)为单位达到90%
_EACH = re.compile("分别|依次|各")
_NO_COUNT = ("/10万", "/万", "元/人")
_QUANTITY_END = re.compile(r"(?:数|量|标准|费用|经费|水平|比)$")
_STANDARD = re.compile(r"的?([\u4e00-\u9fff]{2,14}?(?:标准|经费|补助(?!标准)))")
_COUNTED_AFTER = re.compile(r"(?:以上)?的?([\u4e00-\u9fff]{2,8}?)(?:数|的|目标|标准|要求|以上|左右|配置|$|，)")
_PEOPLE = re.compile(r".*?(?:患者|人群|儿童|老年人|孕产妇|对象|学生|居民|人员)")


def names(clauses: Clauses, many: int, unit: str) -> list[Named]:
    """The metrics of ``many`` values that stand together; several for one value that all share.

    >>> names(Clauses("签约率、建档率均达", [], "。"), 1, "%")
    [Named(metric='签约率', rule='name', goal=False), Named(metric='建档率', rule='name', goal=False)]
    """
    clauses = clauses._replace(own=_BRACKETED_END.sub("", _BY_UNIT.sub("", clauses.own)))
    if _no_rate().search(clauses.own[-6:] + clauses.after[:8]):
        return []
    found = _listed(clauses, many) if many > 1 else _single(clauses, unit)
    if many > 1 and "/" in unit and unit not in _NO_COUNT:
        found = [Named(_quantity(n.metric), n.rule, n.goal) for n in found]
    return [name for name in found if len(name.metric) > 1]


@cache
def _no_rate() -> re.Pattern[str]:
    return re.compile(any_of(words("metrics", "not_rates")))


def _single(clauses: Clauses, unit: str) -> list[Named]:
    name, stated = split_predicate(clauses.own)
    case = Case(clauses, name, stated, unit)
    if "/" in unit and unit not in _NO_COUNT:
        return _per(case)
    if unit == "元/人" and "每人" in stated and phrase(name):
        return [Named(phrase(name), "per")]  # 奖励扶助标准由每人每年960元提高到1200元
    if unit == "元/人" and clauses.own.endswith("人均") and (noun := _STANDARD.match(clauses.after)):
        return [Named("人均" + noun[1], "per")]  # 落实人均89元的公共卫生服务补助标准
    if is_goal(name) and (aim := _aim(name)):
        return [Named(aim, "name", goal=True)]
    if not phrase(name) or is_goal(name):
        return unnamed(case)
    return _by_name(case) if is_name(name) else phrased(case)


def _aim(name: str) -> str:
    """The quantity a goal is set for: 签约率的控制要求, 婴儿死亡率控制在省定标准."""
    inner = re.sub(r"的?(?:[省国市县]定|国家|规定的?|预期|年度)?$", "", name.removesuffix(ending(name, "goals")))
    aim = phrase(split_predicate(inner)[0])
    return aim if is_name(aim) else ""


def _listed(clauses: Clauses, many: int) -> list[Named]:
    """A、B分别为x、y; the names stand in the clause or in the one before: A5人、B6人，完成率依次是x、y."""
    name, stated = split_predicate(clauses.own)
    goal = is_goal(name)
    name = name.removesuffix(ending(name, "goals")).removesuffix("的") if goal else name
    change = growth(stated)
    members = items(name, many)
    if len(members) == many:
        members = shared([counted(m, bool(change)) for m in members])
        return [Named(m + growth(stated, is_name(m)), "list", goal) for m in members]
    tail = phrase(name) if is_name(name) else _fulfilled(clauses.own)
    for piece in reversed(clauses.earlier):
        members = items(named_part(_EACH.split(piece)[0]), many)
        if len(members) == many:
            members = shared([counted(m, bool(change)) for m in members], tail)
            return [Named(m + growth(stated, is_name(m)), "list", goal and not tail) for m in members]
    return [] if phrase(name) else _run(clauses, many, stated, goal)


def _fulfilled(own: str) -> str:
    """甲数5人、乙数6人，目标任务分别完成为x、y; 完成年度任务的x和y."""
    if "完成" not in own or "任务" not in own:
        return ""
    return "目标任务完成率" if "目标" in own else "任务完成率"


def _run(clauses: Clauses, many: int, stated: str, goal: bool) -> list[Named]:
    """A5人，B6吨，分别增长x、y; A率x、B率y，较上年分别提高u、v: one clause or one rate for each value."""
    told = [phrase(counted(c, changing=True)) for c in clauses.earlier if phrase(c)]
    told = told if len(told) >= many else list(clauses.run)
    if len(told) < many:
        return []
    return [Named(m + growth(stated, is_name(m)), "list", goal) for m in told[-many:]]


def _per(case: Case) -> list[Named]:
    """每千人口托位数3.25个; 每千人口3个托位: what is counted may follow."""
    head = _PER.search(case.name)
    if head:
        name = head[0]
    else:  # 每千人口床位7.1张、医师3.2人
        base = _PER_BASE.match(case.clauses.last)
        name = (base[0] if base and phrase(case.name) else case.clauses.last) + phrase(case.name)
    if _PER_END.search(name):
        noun = _COUNTED_AFTER.match(case.clauses.after)
        name += noun[1] if noun and not is_goal(noun[1]) else case.unit.partition("/")[0]
    return [Named(_quantity(name), "per")] if name else []


def _quantity(name: str) -> str:
    """每千人口床位 → 每千人口床位数; 执业医师每千人口 → 每千人口执业医师数."""
    turned = re.match(rf"(.+?)({_PER_BASE.pattern})$", name)
    name = turned[2] + turned[1] if turned else name
    return name if _QUANTITY_END.search(name) else name + "数"


def _by_name(case: Case) -> list[Named]:
    """The clause names the quantity: one, several that share the value, or one that needs completing."""
    members = items(case.name)
    if len(members) > 1 and (same_for_all(case.stated) or all(is_name(m) for m in members)):
        return [Named(m, "name") for m in shared(members)]
    metric = phrase(case.name)
    before = case.clauses.earlier[-1] if case.clauses.earlier else ""
    listed = items(split_predicate(counted(before))[0])
    if metric in words("metrics", "generic") and same_for_all(case.stated) and len(listed) > 1:
        return [Named(m, "list") for m in shared([counted(m) for m in listed], metric)]
    metric = complete(metric, before) if before.strip(" )") else _lent(metric, case.clauses.last)
    return [Named(metric + growth(case.stated, of_rate=True), "name")]


def _lent(metric: str, last: str) -> str:
    """规范管理率99.9%，规律服药率94.8%: the second is of the same people as the first."""
    if metric not in words("metrics", "generic"):
        return metric
    generic = ending(last, "generic") or ("患病率" if last.endswith("患病率") else "")
    people = _PEOPLE.match(last) if generic else None
    return (people[0] if people else last.removesuffix(generic) if generic else "") + metric
