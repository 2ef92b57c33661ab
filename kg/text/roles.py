"""What a heading says about the part below it: review, problems or plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from kg.model import ReportKind, Role
from kg.text.headings import unmarked
from kg.text.lexicon import any_of, expression, words

__all__ = ["base_role", "opens_plan", "role_of", "weak_plan"]

_PLANS = {ReportKind.PLAN, ReportKind.KEY_POINTS, ReportKind.SCHEME}
_SAID = (
    ("review_ends", "$", Role.REVIEW),
    ("problems", "", Role.PROBLEMS),
    ("plan", "", Role.PLAN),
    ("review", "", Role.REVIEW),
)
_MEMBERS = re.compile(r"及其?|和|与|暨|、|，|；|—")
_YEAR = re.compile(r"(20[0-9]{2})(?=年|[—\-~至])")
_DATED = re.compile(
    r"(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]，)?(20[0-9]{2})年，?(?=.{0,40}?(?:将|要|力争|计划|争取|拟))"
)


def base_role(kinds: Sequence[ReportKind]) -> Role:
    """The role of text before any heading: a plan's is plan, any other's review."""
    return Role.PLAN if kinds and all(kind in _PLANS for kind in kinds) else Role.REVIEW


def role_of(heading: str, year: int | None) -> Role | None:
    """The role a heading announces, or none; the first where it is mixed (存在问题及下步打算).

    ``year`` is the year reported on: a heading that names a later one plans.

    >>> role_of("三、下一步打算", 2024), role_of("二、2025年重点任务", 2024), role_of("一、余杭区", 2024)
    (<Role.PLAN: 'plan'>, <Role.PLAN: 'plan'>, None)
    """
    members = _MEMBERS.split(expression("headings", "not_plan").sub("", unmarked(heading)))
    roles = [_member_role(member, year) for member in members]
    first = next((role for role in roles if role), None)
    if first is Role.PLAN and roles[0] is None and re.search("[年月度]", members[0]):
        return Role.REVIEW  # 2025年3月及下月安排
    return first


def weak_plan(heading: str) -> bool:
    """Whether a heading plans only where no plainer plan follows: 二、重点任务."""
    return bool(_cue("weak_plan").search(heading))


@lru_cache(maxsize=4096)
def _member_role(member: str, year: int | None) -> Role | None:
    named = [int(y) for y in _YEAR.findall(member)]
    if member.endswith("情况") and _cue("review_ends", "$").search(member):
        return Role.REVIEW
    if _cue("plan_time").search(member) or (year and named and min(named) > year):
        return Role.PLAN
    if _cue("doing").match(member) or _cue("not_problems").search(member):
        return None
    return next((role for key, after, role in _SAID if _cue(key, after).search(member)), None)


@cache
def _cue(key: str, after: str = "") -> re.Pattern[str]:
    return re.compile(any_of(words("headings", key)) + after)


@cache
def _openings() -> frozenset[str]:
    """The characters a sentence that turns to the future can begin with: of a turn, a numeral, a year."""
    return frozenset({"2", "第", *"一二三四五六七八九十", *(word[0] for word in words("headings", "turns"))})


def opens_plan(sentence: str, year: int | None) -> bool:
    """Whether a sentence turns to the future without a heading: 下一步，我局将…; 2025年，将….

    >>> opens_plan("下一步，我局将加快建设。", 2024), opens_plan("2024年，我局建成3家。", 2024)
    (True, False)
    """
    if sentence[:1] not in _openings():
        return False  # most sentences
    if expression("headings", "turns", r"(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]，)?").match(sentence):
        return True
    dated = _DATED.match(sentence)
    return bool(dated and year and int(dated[1]) > year)
