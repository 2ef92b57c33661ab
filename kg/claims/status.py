"""Planned is not done: the status of a clause from its part, its words and its dates."""

from __future__ import annotations

import re
from functools import cache

from kg.files import package_path, read_yaml
from kg.model import Role, Status

__all__ = ["clause_status", "is_denied"]

_YEAR = re.compile(r"(?:到|至)?(20\d\d)年")


@cache
def _cues(group: str) -> re.Pattern[str]:
    """The cues of a group as one expression."""
    return re.compile("|".join(read_yaml(package_path("data") / "lexicon" / "status.yaml")[group]))


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
    if _cues("stopped").search(clause):
        return Status.STOPPED
    planned, done = _cues("planned").search(clause), _cues("done").search(clause)
    if role is Role.PLAN:
        return Status.REALISED if done and not planned else Status.PLANNED
    if planned and not (done and done.start() > planned.start()):
        return Status.PLANNED
    return Status.PLANNED if _later(clause, year) and not done else Status.REALISED


def _later(clause: str, year: int | None) -> bool:
    """Whether the clause sets a year that lies after the report's (到2027年)."""
    years = [int(y) for y in _YEAR.findall(clause)]
    return bool(year and years and min(years) > year + 1)


def is_denied(clause: str) -> bool:
    """Whether the clause says that something has not come about.

    >>> is_denied("双方尚未签订正式协议")
    True
    """
    return bool(_cues("denied").search(clause))
