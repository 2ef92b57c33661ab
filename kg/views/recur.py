"""Recurrence: how far programmes and partnerships are spread, each figure with its denominator.

Every measure is a list of frozen rows and has a SPARQL twin of the same name
in ``data/queries/recur``. *Read but not mentioned* (``SILENT``) is kept apart
from *no report read* (``UNREAD``) everywhere: the first is a finding about the
jurisdiction's reports, the second is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from kg.model import Claim, Predicate, Status
from kg.views.facts import Facts

__all__ = [
    "Cell",
    "Coverage",
    "Mark",
    "Programme",
    "Step",
    "cells",
    "coverage",
    "diffusion",
    "implementing",
    "mark_of",
    "programmes",
    "tally",
    "with_status",
]


class Mark(str, Enum):
    """What is known of one programme in one jurisdiction."""

    REALISED = "realised"
    PLANNED = "planned"
    BOTH = "both"
    STOPPED = "stopped"
    SILENT = "silent"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The denominators: what was read at all."""

    reports: int
    jurisdictions: int
    provinces: int
    years: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One programme in one jurisdiction; ``claims`` counts the sentences behind the mark."""

    programme: str
    jurisdiction: str
    mark: Mark
    realised: int
    planned: int
    stopped: int

    @property
    def claims(self) -> int:
        """Number of claims of any status."""
        return self.realised + self.planned + self.stopped


@dataclass(frozen=True, slots=True)
class Programme:
    """Spread of one programme; ``jurisdictions`` counts covered ones out of ``of_jurisdictions``.

    ``uncovered`` counts regions that only other regions' reports name. ``by_level``
    and ``by_province`` count covered jurisdictions, as sorted pairs.
    """

    programme: str
    label: str
    jurisdictions: int
    of_jurisdictions: int
    realised: int
    planned: int
    uncovered: int
    organisations: int
    reports: int
    of_reports: int
    years_realised: int
    years_planned: int
    of_years: int
    first_year: int | None
    by_level: tuple[tuple[str, int], ...]
    by_province: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One year of a programme's way: jurisdictions that realise it, new and so far.

    ``of_jurisdictions`` and ``of_reports`` count what was read for that year.
    """

    programme: str
    year: int
    jurisdictions: int
    new: int
    so_far: int
    of_jurisdictions: int
    of_reports: int


def coverage(facts: Facts) -> Coverage:
    """What was read: the denominators of every other figure."""
    years = sorted({r.year for r in facts.reports if r.year is not None})
    return Coverage(
        reports=len(facts.reports),
        jurisdictions=len(facts.covered),
        provinces=len({facts.province(j) for j in facts.covered} - {""}),
        years=len(years),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
    )


def implementing(facts: Facts) -> Iterator[Claim]:
    """The claims that state a programme."""
    return (c for c in facts.claims if c.predicate is Predicate.IMPLEMENTS)


def mark_of(realised: int, planned: int, stopped: int, *, read: bool) -> Mark:
    """The one mark for counts of claims by status.

    >>> mark_of(2, 1, 0, read=True).value, mark_of(0, 0, 0, read=False).value
    ('both', 'unread')
    """
    if realised and planned:
        return Mark.BOTH
    if realised or planned or stopped:
        return Mark.REALISED if realised else Mark.PLANNED if planned else Mark.STOPPED
    return Mark.SILENT if read else Mark.UNREAD


def cells(facts: Facts) -> list[Cell]:
    """The whole matrix: every claimed programme in every jurisdiction, covered or named."""
    counts: dict[tuple[str, str], dict[Status, int]] = defaultdict(lambda: dict.fromkeys(Status, 0))
    for claim in implementing(facts):
        for region in facts.jurisdictions(claim):
            counts[claim.object, region][claim.status] += 1
    rows = sorted({programme for programme, _ in counts})
    columns = sorted(facts.covered | {region for _, region in counts})
    return [_cell(p, j, counts.get((p, j), {}), read=j in facts.covered) for p in rows for j in columns]


def _cell(programme: str, region: str, by: dict[Status, int], *, read: bool) -> Cell:
    realised, planned, stopped = (by.get(s, 0) for s in (Status.REALISED, Status.PLANNED, Status.STOPPED))
    return Cell(programme, region, mark_of(realised, planned, stopped, read=read), realised, planned, stopped)


def programmes(facts: Facts) -> list[Programme]:
    """Every claimed programme, the widest spread first."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in implementing(facts):
        groups[claim.object].append(claim)
    whole = coverage(facts)
    rows = [_programme(facts, key, group, whole) for key, group in groups.items()]
    return sorted(rows, key=lambda r: (-r.jurisdictions, -r.organisations, r.programme))


def _programme(facts: Facts, key: str, group: list[Claim], whole: Coverage) -> Programme:
    alive = [c for c in group if c.status is not Status.STOPPED]
    regions = {j for c in alive for j in facts.jurisdictions(c)}
    inside = sorted(regions & facts.covered)
    done, planned = (with_status(alive, status) for status in (Status.REALISED, Status.PLANNED))
    years = {y for c in done if (y := facts.year(c)) is not None}
    return Programme(
        programme=key,
        label=facts.label(key),
        jurisdictions=len(inside),
        of_jurisdictions=whole.jurisdictions,
        realised=len({j for c in done for j in facts.jurisdictions(c)} & facts.covered),
        planned=len({j for c in planned for j in facts.jurisdictions(c)} & facts.covered),
        uncovered=len(regions - facts.covered),
        organisations=len({c.subject for c in alive if c.subject.startswith("org/")}),
        reports=len({c.report for c in alive}),
        of_reports=whole.reports,
        years_realised=len(years),
        years_planned=len({facts.year(c) for c in planned} - {None}),
        of_years=whole.years,
        first_year=min(years, default=None),
        by_level=tally(facts.entities[j].level for j in inside),
        by_province=tally(facts.province(j) for j in inside),
    )


def with_status(group: Iterable[Claim], status: Status) -> list[Claim]:
    """The claims of one status."""
    return [c for c in group if c.status is status]


def tally(keys: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each key occurs, as sorted pairs."""
    counts: dict[str, int] = defaultdict(int)
    for key in keys:
        counts[key] += 1
    return tuple(sorted(counts.items()))


def diffusion(facts: Facts) -> list[Step]:
    """Per programme and year: covered jurisdictions that realise it, those new to it, those so far."""
    by: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in implementing(facts):
        year = facts.year(claim)
        if claim.status is Status.REALISED and year is not None:
            by[claim.object][year].update(facts.covered.intersection(facts.jurisdictions(claim)))
    read, reports = _read_by_year(facts)
    return [step for key in sorted(by) for step in _steps(key, by[key], read, reports)]


def _read_by_year(facts: Facts) -> tuple[dict[int, int], dict[int, int]]:
    """Covered jurisdictions and reports of each year."""
    regions: dict[int, set[str]] = defaultdict(set)
    reports: dict[int, int] = defaultdict(int)
    for report in facts.reports:
        if report.year is not None:
            reports[report.year] += 1
            regions[report.year].update({report.jurisdiction} - {""})
    return {year: len(found) for year, found in regions.items()}, dict(reports)


def _steps(key: str, years: dict[int, set[str]], read: dict[int, int], reports: dict[int, int]) -> Iterator[Step]:
    so_far: set[str] = set()
    for year, regions in sorted(years.items()):
        new = regions - so_far
        so_far |= regions
        yield Step(key, year, len(regions), len(new), len(so_far), read.get(year, 0), reports.get(year, 0))
