"""Planned is not done: the status of a clause from its part, its words and its dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.claims.leaps import leaping
from kg.files import package_path, read_yaml
from kg.model import Role, Status

__all__ = ["clause_status", "clause_statuses", "is_denied", "tells_plan"]

_YEAR = re.compile(r"(20\d\d)年")
# the date that opens a clause, or of what has been built: 2024年，…; 2024年建成的…; but not 2024年度, 2024年至
_DATED = re.compile(
    r"(?:早在|自)?(20\d\d)年(?!度|至|到|—|-|工作|计划|规划|方案)|.*?(20\d\d)年(?:建成|启用|成立|通过|创成)的"
)


@cache
def _cues(group: str) -> re.Pattern[str]:
    """The cues of a group as one expression."""
    return leaping("|".join(read_yaml(package_path("data") / "lexicon" / "status.yaml")[group]))


def clause_status(clause: str, role: Role, year: int | None) -> Status:
    """The status of what a folded clause states.

    ``role`` is the part of the report it stands in, ``year`` the year reported
    on: in a plan a clause counts as done only where it says so; in a review a
    clause is planned only where it says so or names a later year.

    >>> clause_status("院区拟于明年启用", Role.REVIEW, 2024)
    <Status.PLANNED: 'planned'>
    >>> clause_status("目前已建成3家", Role.PLAN, 2025)
    <Status.REALISED: 'realised'>
    """
    return _read(clause, role, year)[0]


def _read(clause: str, role: Role, year: int | None) -> tuple[Status, bool, bool]:
    """The status, whether the clause has a cue of plan or deed, and whether it is dated before its plan's year."""
    planned, done = _cues("planned").search(clause), _cues("done").search(clause)
    told, dated = bool(planned or done), role is Role.PLAN and _before(clause, year)
    if _cues("stopped").search(clause):
        return Status.STOPPED, told, dated
    if role is Role.PLAN:
        return Status.REALISED if (done or dated) and not planned else Status.PLANNED, told, dated
    if planned and not (done and done.start() > planned.start()):
        return Status.PLANNED, told, dated
    return Status.PLANNED if not done and _later(clause, year) else Status.REALISED, told, dated


def clause_statuses(clauses: Sequence[str], role: Role, year: int | None) -> list[Status]:
    """The status of each clause of a sentence; one that says nothing of it goes on as the one before.

    >>> [s.value for s in clause_statuses(["下一步将建成3家，", "覆盖全县。"], Role.REVIEW, 2024)]
    ['planned', 'planned']
    """
    out: list[Status] = []
    held: Status | None = None
    for clause in clauses:
        said, told, dated = _read(clause, role, year)
        if told or dated:
            held = said if dated or _cues("holding").match(clause) else None
        out.append(held if held and said is not Status.STOPPED else said)
    return out


def _later(clause: str, year: int | None) -> bool:
    """Whether the clause sets a year that lies after the report's (到2027年)."""
    return bool(year and (years := _YEAR.findall(clause)) and min(map(int, years)) > year + 1)


def _before(clause: str, year: int | None) -> bool:
    """Whether the clause is dated to a year before that of the plan."""
    dated = _DATED.match(clause)
    return bool(dated and year and int(dated[1] or dated[2]) < year)


def is_denied(clause: str) -> bool:
    """Whether the clause says that something has not come about.

    >>> is_denied("双方尚未签订正式协议")
    True
    """
    return bool(_cues("denied").search(clause))


def tells_plan(sentence: str) -> bool:
    """Whether a sentence tells what a plan says.

    >>> tells_plan("方案提出，两家医院各牵头一个医联体；"), tells_plan("制定方案，明确分工。")
    (True, False)
    """
    return bool(_cues("tells_plan").match(sentence))
