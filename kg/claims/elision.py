"""Values whose clause does not name them: what is left out is found beside, before or behind.

Two ordered lists of rules. A rule is a small function of one case that answers
with names or with nothing; the first that answers is believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from kg.claims.members import counted
from kg.claims.metrics import ending, growth, is_goal, is_name, phrase, split_predicate
from kg.text.lexicon import any_of, words

__all__ = ["Case", "Clauses", "Named", "phrased", "unnamed"]

_FOLLOWS = re.compile(r"(?:及?以上|及?以下|左右)?的(?P<noun>[^，。；]{2,60})")
_AHEAD = re.compile(r"(?!及?以[上下内]|左右|[的和、及与])[\u4e00-\u9fff][^，。；]{2,30}")
_NO_NOUN = re.compile(r"比例|比重|占比|概率|速度|增速|增长|幅度|水平|目标|任务|标准|要求|指标|全[国省市县区]")
_UP_TO_FIGURE = re.compile("(?:由|从|达到?|为|约)?[0-9]")
_PLACE_OF_CARE = re.compile("^.*?(?:卫生院|服务中心|医院|卫生室|机构|服务站|学校)")
_TASK = re.compile(r"任务|目标|计划|应[查筛检签种]|已[查筛完签办检]|完成")
_WHOLE_VERB = re.compile("全部|均|都|已|建有|建成|有")
_QUALIFIER = re.compile(
    r"^(?:户籍|常住|流动|农村|城镇|城市|公立|民营|省级|市级|县级|全人口|全人群|重点人群|一般人群)+(?:人口|居民)?"
)


class Clauses(NamedTuple):
    """What surrounds a value: its clause up to it, the clauses before, what follows, the last name and unit.

    ``run`` are the names given so far in the sentence.
    """

    own: str
    earlier: list[str]
    after: str = ""
    last: str = ""
    last_unit: str = ""
    run: tuple[str, ...] = ()


class Named(NamedTuple):
    """A metric, the rule that named it, and whether the value is a goal."""

    metric: str
    rule: str
    goal: bool = False


class Case(NamedTuple):
    """A value to be named: its clauses, the name in its clause, the words that state it, its unit."""

    clauses: Clauses
    name: str
    stated: str
    unit: str


Rule = Callable[[Case], list[Named]]


def unnamed(case: Case) -> list[Named]:
    """Names for a value before which stand only 为, 同比增长, 占 or a goal.

    >>> unnamed(Case(Clauses("同比增长", ["门诊量12万人次"]), "", "同比增长", "%"))[0].metric
    '门诊量同比增长率'
    """
    return next((found for rule in _UNNAMED if (found := rule(case))), [])


def phrased(case: Case) -> list[Named]:
    """Names for a value whose clause has words but no name of a rate.

    >>> phrased(Case(Clauses("婴儿", []), "婴儿", "", "‰"))[0].metric
    '婴儿死亡率'
    """
    return next((found for rule in _PHRASED if (found := rule(case))), [])


def _before(case: Case) -> str:
    """The nearest clause before the value's own that says something."""
    return next((c for c in reversed(case.clauses.earlier) if phrase(c)), "")


def _told(case: Case) -> list[str]:
    return [phrase(counted(c)) for c in case.clauses.earlier if phrase(c)]


def _is_goal(case: Case) -> bool:
    """超过75%的全省目标任务; 给2030年定的线是37%."""
    return is_goal(case.name) or bool(re.match("(?:以上|左右)?的.{0,6}(?:目标|任务|标准|要求)", case.clauses.after))


def _behind(case: Case) -> list[Named]:
    """80%的二级以上医院建成…"""
    noun = _FOLLOWS.match(case.clauses.after)
    if noun is None or _NO_NOUN.match(noun["noun"]):
        return []
    covered = phrase(case.name).endswith("覆盖")
    return [Named(phrase(noun["noun"]) + ("覆盖率" if covered else "比例"), "share")]


def _ahead(case: Case) -> list[Named]:
    """其中32%达到推荐标准."""
    ahead = _AHEAD.match(case.clauses.after)
    says_nothing = not case.stated.strip() and not phrase(case.name)
    return [Named(f"{phrase(ahead[0])}比例", "share")] if ahead and says_nothing else []


def _changed(case: Case) -> list[Named]:
    """机构962家(同比增长6.46%); 签约率达85%，同比增长5%."""
    if not growth(case.stated):
        return []
    base = phrase(counted(case.name, changing=True))
    told = phrase(counted(split_predicate(_before(case))[0], changing=True))
    told = _UP_TO_FIGURE.split(told)[0] if re.search("[0-9]", told) else told
    base = base or told or case.clauses.last
    return [Named(base + growth(case.stated, of_rate=is_name(base)), "growth")] if base else []


def _portion(case: Case) -> list[Named]:
    """住院费用8460万元，报销7614万元，占90%: the part of the whole."""
    told = _told(case)
    return [Named("".join(told[-2:]) + "占比", "share")] if "占" in case.stated and told else []


def _dangling(case: Case) -> list[Named]:
    """抢救成功率，州医院为98.8%: the name stands alone in a clause before."""
    told = (phrase(split_predicate(clause)[0]) for clause in reversed(case.clauses.earlier))
    name = next((words_ for words_ in told if is_name(words_)), "")
    return [Named(name, "carried", _is_goal(case))] if name else []


def _beside(case: Case) -> list[Named]:
    """任务8000例，已查1495例(18.69%); 规范管理4321人(86.3%): the share that a count makes up."""
    told = _told(case)
    if not told or case.stated.strip() or case.name:
        return []
    if is_goal(told[-1]):
        return _again(case, goal=True)  # 达到30.2%，完成2030年目标值(30%)
    part = re.sub("人数$|人次$", "", told[-1])
    if _rated(part):
        return [Named(f"{part}率", "bracket")]
    if len(told) > 1 and _TASK.search("，".join(case.clauses.earlier[-2:])):
        return [Named(re.sub("年度任务$|任务$|目标$", "", told[-2]) + "任务完成率", "bracket")]
    whole = re.sub(r"^[0-9]+[^0-9]", "", _WHOLE_VERB.split(told[-2])[0]) if len(told) > 1 else ""
    return [Named(f"{whole if len(whole + part) <= 40 else ''}{part}比例", "bracket")]


def _again(case: Case, goal: bool = False) -> list[Named]:
    """2021年52.69%，现为62.4%: the last name holds."""
    return [Named(case.clauses.last, "carried", goal or _is_goal(case))] if case.clauses.last else []


def _inner(case: Case) -> list[Named]:
    """任务完成率分别为宫颈癌101%、乳腺癌100%."""
    inner = _of_each().match(phrase(case.name))
    return [Named(inner[2] + _tail(inner[1]), "elided")] if inner else []


@cache
def _of_each() -> re.Pattern[str]:
    return re.compile(rf"(.+{any_of(words('metrics', 'nouns'))})(?:分别|依次)?(?:为|是)(.{{2,10}})$")


def _of_heading(case: Case) -> list[Named]:
    """“两癌”筛查率：宫颈癌64%，…: the name stands alone before a colon."""
    short, before = phrase(case.name), case.clauses.earlier[-1] if case.clauses.earlier else ""
    heads = is_name(before) and before.rstrip("0123456789.%‰") == before and len(short) <= 8
    tail = _tail(before) if heads and not re.search(r"[，、的]|[0-9.]+[%‰]", short) else ""
    return [Named(short + tail, "elided")] if tail else []


def _per_head(case: Case) -> list[Named]:
    """人均筹资标准960元，其中财政补助640元."""
    name = phrase(case.name)
    return [Named(name if name.startswith("每人") else f"人均{name}", "elided")] if case.unit == "元/人" else []


def _mortality(case: Case) -> list[Named]:
    """新生儿0.93‰; 全人口口径为3.85/10万."""
    short = phrase(case.name)
    if case.unit not in ("‰", "/10万") or not ending(short, "mortal"):
        return []
    return [Named(short + (_tail(case.clauses.last) or "死亡率"), "elided")]


def _ending(case: Case) -> list[Named]:
    """血压控制62%: only 率 is missing."""
    short = phrase(case.name)
    return [Named(f"{short}率", "ending")] if _rated(short) else []


def _part(case: Case) -> list[Named]:
    """四级手术占35%; 卫生支出32亿元，占预算支出的8.9%."""
    told = _told(case)
    if phrase(case.name).startswith("占") and told:
        return [Named(f"{told[-1]}{phrase(case.name)}比例", "share")]
    return [Named(f"{phrase(counted(case.name))}占比", "share")] if "占" in case.stated else []


def _elided(case: Case) -> list[Named]:
    """户籍孕产妇死亡率0，全人口口径为3.85/10万: the last name, or its end, under another head."""
    last, short = case.clauses.last, phrase(case.name)
    if not last or len(short) > 8 or case.clauses.last_unit != case.unit:
        return []
    if _PLACE_OF_CARE.fullmatch(short):
        return [Named(short + _PLACE_OF_CARE.sub("", last), "elided")]  # 卫生院标准化率98%，村卫生室为92%
    whole = ending(short, "qualifiers") or not _tail(last)
    head = re.sub("口径$|方面$", "", short)
    return [Named(head + (_QUALIFIER.sub("", last) if whole else _tail(last)), "elided")]


def _plainly(case: Case) -> list[Named]:
    """Nothing better: the clause itself, as a share."""
    return [Named(f"{phrase(case.name)}比例", "phrase")] if case.unit == "%" else []


def _rated(short: str) -> bool:
    """Whether 率 makes a known kind of rate of the words: 规范管理, 签约."""
    return any(f"{short}率".endswith(tail) for tail in words("metrics", "tails"))


def _tail(metric: str) -> str:
    """What a name says of any group: 死亡率 of 婴儿死亡率."""
    return ending(metric, "tails")


# what follows is plainer than a change, a change than a share, all than a name further back
_UNNAMED: tuple[Rule, ...] = (_behind, _ahead, _changed, _portion, _dangling, _beside, _again)
# 12% 增长 is never a mortality, an ending never an elision; the plain phrase is the last resort
_PHRASED: tuple[Rule, ...] = (
    _changed, _inner, _of_heading, _per_head, _mortality, _behind, _ending, _part, _elided, _plainly,
)  # fmt: skip
