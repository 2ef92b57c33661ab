"""A part of the facts: the reports of one region, the claims on one programme, some years.

Denominators follow: after narrowing to a region or to years, only the reports
that are left count as read, and only their problems are kept. Narrowed to a
programme, all reports stay, so that *read but not mentioned* is still told
from *no report read*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.errors import UsageError
from kg.model import Claim, Entity, EntityType, Extraction, Observation, Problem, Report
from kg.views.facts import Facts

__all__ = ["narrow", "nearby"]

Names = Mapping[str, tuple[str, ...]]


def narrow(facts: Facts, *, within: str = "", programme: str = "", years: str = "") -> Facts:
    """The facts left after narrowing; what is empty does not narrow.

    ``within`` is a region, ``programme`` a programme, each by identifier or
    name: all that lies in it, all that is narrower, is kept. ``years``, such
    as 2023 or 2022-2024, are those the reports are about. Raises UsageError
    for what is unknown or ambiguous, and when nothing is left.
    """
    if within:
        region = _key(within, _regions(facts), "region")
        facts = _of_reports(
            facts, lambda r: region in facts.above(r.jurisdiction), f"{within}: no report of it was read"
        )
    if years:
        first, last = _years(years)
        facts = _of_reports(
            facts,
            lambda r: r.year is not None and first <= r.year <= last,
            f"{years}: no report on these years was read",
        )
    return _on(facts, _key(programme, _programmes(facts), "programme")) if programme else facts


def nearby(regions: Mapping[str, Entity], *, within: str = "", years: str = "") -> Callable[[Extraction], bool]:
    """A test of one report that fails only for what ``narrow`` leaves out: with it, the others need not be gathered.

    ``regions`` is the seed table. Of a name that several regions bear, all are kept.
    """
    first, last = _years(years) if years else (0, 9999)

    def in_years(report: Report) -> bool:
        return not years or (report.year is not None and first <= report.year <= last)

    def in_region(block: Extraction) -> bool:
        own = {e.id: e for e in block.entities if e.type is EntityType.REGION}
        around = (*own.values(), *_up(block.report.jurisdiction, own, regions))
        return any(_is_called(e, within) or _is_called(regions.get(e.id, e), within) for e in around)

    return lambda block: in_years(block.report) and (not within or in_region(block))


def _is_called(region: Entity, asked: str) -> bool:
    return asked in {region.id, region.label, *region.aliases}


def _up(key: str, own: Mapping[str, Entity], regions: Mapping[str, Entity]) -> Iterator[Entity]:
    """A region and those around it, as the report or the seed table describes them."""
    seen: set[str] = set()
    while key not in seen and (region := own.get(key) or regions.get(key)):
        seen.add(key)
        yield region
        key = region.parent


def _regions(facts: Facts) -> Names:
    return {k: (e.label, *e.aliases) for k, e in facts.entities.items() if e.type is EntityType.REGION}


def _programmes(facts: Facts) -> Names:
    local = {k: (e.label, *e.aliases) for k, e in facts.entities.items() if e.type is EntityType.LOCAL_PROGRAM}
    return {**local, **{k: (c.zh, c.en, *c.aliases) for k, c in facts.concepts.items()}}


def _key(asked: str, names: Names, what: str) -> str:
    """The one identifier that is asked for by itself or by name; a name beats an alias."""
    found = [k for k in names if k == asked] or [k for k, n in names.items() if n[0] == asked]
    found = found or [k for k, n in names.items() if asked in n]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{asked}: {len(found)} {what}s are called so; give one of {', '.join(found[:6])}")
    raise UsageError(f"{asked}: no {what} in these reports has that identifier or name; 'kg recur' lists what there is")


def _years(text: str) -> tuple[int, int]:
    """First and last year.

    >>> _years("2022-2024"), _years("2023")
    ((2022, 2024), (2023, 2023))
    """
    found = re.fullmatch(r"(\d{4})(?:[-–—](\d{4}))?", text.strip(), re.ASCII)
    if not found or int(found[2] or found[1]) < int(found[1]):
        raise UsageError(f"{text!r}: write years as 2023 or 2022-2024")
    return int(found[1]), int(found[2] or found[1])


def _of_reports(facts: Facts, wanted: Callable[[Report], bool], otherwise: str) -> Facts:
    """The facts of some reports only."""
    reports = tuple(r for r in facts.reports if wanted(r))
    if not reports:
        raise UsageError(f"{otherwise}; 'kg recur coverage' tells what was")
    keys, files = {r.key for r in reports}, {r.file_name for r in reports}
    return _kept(
        replace(facts, reports=reports, problems=tuple(p for p in facts.problems if _file(p) in files)),
        (c for c in facts.claims if c.report in keys),
        (o for o in facts.observations if o.report in keys),
    )


def _file(problem: Problem) -> str:
    """The file a problem lies in.

    >>> _file(Problem("a.txt#char=3,9", "", "", "")), _file(Problem("b.txt:7", "", "", ""))
    ('a.txt', 'b.txt')
    """
    return re.sub(r"#char=.*|:\d+$", "", problem.where)


def _on(facts: Facts, programme: str) -> Facts:
    """The claims that name a programme or a narrower one; observations name none."""
    wanted = {k for k in facts.concepts if programme in _broader(facts, k)} | {programme}
    return _kept(facts, (c for c in facts.claims if {c.subject, c.object} & wanted), ())


def _broader(facts: Facts, key: str) -> list[str]:
    """A programme and those above it."""
    found: list[str] = []
    while key in facts.concepts and key not in found:
        found.append(key)
        key = facts.concepts[key].broader
    return found


def _kept(facts: Facts, claims: Iterable[Claim], observations: Iterable[Observation]) -> Facts:
    """The facts with these statements only, and with nothing that neither they nor the reports name."""
    stated, observed = tuple(claims), tuple(observations)
    ends = {end for r in facts.reports for end in (r.issuer, r.jurisdiction)}
    ends |= {end for c in stated for end in (c.subject, c.object)} | {o.subject for o in observed}
    around = {region for end in ends for region in facts.above(end)}
    broader = {above for end in ends for above in _broader(facts, end)}
    keys = {r.key for r in facts.reports}
    return replace(
        facts,
        claims=stated,
        observations=observed,
        entities={k: e for k, e in facts.entities.items() if k in ends or k in around},
        concepts={k: c for k, c in facts.concepts.items() if k in broader},
        texts={k: t for k, t in facts.texts.items() if k in keys},
        sources={k: s for k, s in facts.sources.items() if k in keys},
    )
