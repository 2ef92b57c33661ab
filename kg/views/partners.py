"""Partner institutions: whom they reach, where, and how; the SPARQL twins are ``partners*.rq``.

An institution *reaches* a jurisdiction when a report of that jurisdiction
names it in a partnership, wherever the institution itself lies.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.model import Claim, Predicate, Status
from kg.views.facts import Facts
from kg.views.recur import Coverage, coverage, tally, with_status

__all__ = ["Partner", "partners"]


@dataclass(frozen=True, slots=True)
class Partner:
    """Reach of one institution: covered jurisdictions whose reports name it in a partnership."""

    institution: str
    label: str
    region: str
    jurisdictions: int
    of_jurisdictions: int
    provinces: int
    of_provinces: int
    counterparts: int
    reports: int
    of_reports: int
    realised: int
    planned: int
    kinds: tuple[tuple[str, int], ...]


def partners(facts: Facts) -> list[Partner]:
    """Every party to a partnership, the widest reach first (regions are no institutions)."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in facts.claims:
        if claim.predicate is Predicate.PARTNERS_WITH and claim.status is not Status.STOPPED:
            for end in {claim.subject, claim.object}:
                if end.startswith("org/"):
                    groups[end].append(claim)
    whole = coverage(facts)
    rows = [_partner(facts, key, group, whole) for key, group in groups.items()]
    return sorted(rows, key=lambda r: (-r.jurisdictions, -r.counterparts, r.institution))


def _partner(facts: Facts, key: str, group: list[Claim], whole: Coverage) -> Partner:
    reached = {facts.report[c.report].jurisdiction for c in group} - {""}
    entity = facts.entities.get(key)
    return Partner(
        institution=key,
        label=facts.label(key),
        region=entity.parent if entity else "",
        jurisdictions=len(reached),
        of_jurisdictions=whole.jurisdictions,
        provinces=len({facts.province(j) for j in reached} - {""}),
        of_provinces=whole.provinces,
        counterparts=len({c.object if c.subject == key else c.subject for c in group}),
        reports=len({c.report for c in group}),
        of_reports=whole.reports,
        realised=len(with_status(group, Status.REALISED)),
        planned=len(with_status(group, Status.PLANNED)),
        kinds=tally(c.kind for c in group),
    )
