"""One report -> its Extraction: entities, claims with evidence and status, observations, problems."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.claims.alliance import alliances, branches, of_leaders
from kg.claims.implement import allied, implementations
from kg.claims.lexicon import Lexicon
from kg.claims.measure import Rate, rates
from kg.claims.metrics import key
from kg.claims.places import Gazetteer
from kg.claims.partner import aid_sections, partnerships, plates
from kg.claims.scan import Scan, Scanned, scan
from kg.claims.stated import Stated
from kg.ids import claim_id, observation_id
from kg.model import (
    Claim,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Observation,
    Predicate,
    Problem,
    Report,
    Role,
    Status,
)

__all__ = ["extract"]

_ALLIED = re.compile("医联体|医共体|联盟|联合体|共同体")
_COOPERATION = {"agreement", "coBuilding", "affiliation", "branch", "management", "jointCentre"}
_OWN_COOPERATION = {"coBuilding", "affiliation", "management", "counterpartSupport"}


def extract(report: Report, lexicon: Lexicon) -> Extraction:
    """Everything one report says, ready to be written or built into a graph.

    Pure: the same report and lexicon give the same Extraction.
    """
    read = scan(report, lexicon)
    stated = list(_statements(read, lexicon))
    claims = {c.id: c for c in (_claim(read, s) for s in stated)}
    claims |= {c.id: c for c in _places(read)}
    linked = replace(report, issuer=read.issuer, jurisdiction=f"region/{read.home}" if read.home else "")
    entities = tuple(
        e for e in read.register.entities() if e.mentions or e.id == linked.jurisdiction or e.source == "mask"
    )
    problems = [*read.problems, *_unknown_home(read)]
    return Extraction(
        linked, entities, tuple(sorted(claims.values(), key=_order)), tuple(_observations(read)), tuple(problems)
    )


def _order(claim: Claim) -> tuple[int, str]:
    return claim.evidence.start, claim.id


def _statements(read: Scan, lexicon: Lexicon) -> Iterator[Stated]:
    partners = [*partnerships(read), *plates(read), *aid_sections(read)]
    yield from partners
    yield from _cooperation(read, partners)
    united = [*alliances(read), *branches(read), *of_leaders(read)]
    yield from united
    yield from allied(read, united)
    yield from implementations(read, lexicon)


def _cooperation(read: Scan, partners: Iterable[Stated]) -> Iterator[Stated]:
    """A signed or co-built partnership with an outside institution is cooperation between places."""
    for p in partners:
        programme = "province-city-cooperation" if p.kind in _COOPERATION else ""
        if p.kind == "counterpartSupport":
            programme = "counterpart-support"
        institution = read.register.type(p.object) in {EntityType.HOSPITAL, EntityType.ACADEMIC}
        allied = programme == "province-city-cooperation" and _ALLIED.search(p.sentence.folded)
        if not programme or not institution or allied or _inside(read, p.object, p.sentence.frame.place):
            continue
        codes = [c for c in p.sentence.frame.places if not read.home or read.gazetteer.inside(c, read.home)]
        subjects = [f"region/{c}" for c in dict.fromkeys((*codes, p.sentence.frame.home)) if c]
        own = p.kind in _OWN_COOPERATION and read.register.type(p.subject) is EntityType.HOSPITAL
        if own and _inside(read, p.subject, read.home):
            subjects.append(p.subject)
        for subject in subjects:
            yield Stated(
                p.sentence, subject, Predicate.IMPLEMENTS, f"program/{programme}", p.status, "cooperation-by-" + p.rule, marks=p.marks
            )  # fmt: skip


def _inside(read: Scan, id_: str, place: str) -> bool:
    entity = read.register.get(id_)
    code = entity.parent.removeprefix("region/") if entity else ""
    return bool(code) and read.gazetteer.inside(code, place)


def _claim(read: Scan, s: Stated) -> Claim:
    evidence = _evidence(read, s.sentence, s.marks)
    key = read.report.key
    id_ = claim_id(key, evidence.start, evidence.end, s.subject, s.predicate, s.object, s.status)
    return Claim(id_, key, s.subject, s.predicate, s.object, s.status, evidence, s.rule, read.report.year, s.kind)


def _evidence(read: Scan, s: Scanned, marks: tuple[tuple[int, int], ...]) -> Evidence:
    start, end = s.sentence.start, s.sentence.end
    inside = tuple((a, b) for a, b in marks if start <= a < b <= end)
    return Evidence(start, end, read.report.text[start:end], inside)


def _places(read: Scan) -> Iterator[Claim]:
    """Where an organisation lies, if its name or the report tells."""
    starts = [s.sentence.start for s in read.sentences]
    for entity in read.register.entities():
        if entity.type in {EntityType.REGION, EntityType.LOCAL_PROGRAM} or not entity.parent or not entity.mentions:
            continue
        borrowed = entity.source == "seed" or entity.id in read.owners  # a place known from elsewhere
        region = _told(read, entity) if borrowed else entity.parent
        if region:
            s = read.sentences[bisect_right(starts, entity.mentions[0].start) - 1]
            marks = tuple((m.start, m.end) for m in entity.mentions[:1])
            where = Stated(s, entity.id, Predicate.LOCATED_IN, region, Status.REALISED, "place-of-name", marks=marks)
            yield _claim(read, where)


def _told(read: Scan, entity: Entity) -> str:
    """The lowest region of a seeded organisation that its name shows or the report names; empty if none."""
    for code in read.gazetteer.lineage(entity.parent.removeprefix("region/")):
        place = read.gazetteer.place(code)
        names = (place.name, *place.shorts)
        if read.register.get(f"region/{code}") or any(n in entity.label for n in names):
            return f"region/{code}"
    return ""


def _observations(read: Scan) -> Iterator[Observation]:
    before: Sequence[Rate] = ()
    for s in read.sentences:
        if s.sentence.role not in {Role.REVIEW, Role.PLAN, Role.PROBLEMS}:
            before = ()
            continue
        places = [(m.start, m.end, m.id) for m in s.mentions]
        found = rates(s.sentence, s.folded, places, f"region/{s.frame.place}", read.report.year, before)
        before = found if s.folded.endswith("；") else ()  # a list of rates may go on after the semicolon
        for r in found if s.frame.place else ():
            evidence = _evidence(read, s, ((r.start, r.end),))
            id_ = observation_id(
                read.report.key, evidence.start, evidence.end, r.subject, key(r.metric_text), r.value_text, r.status, r.year
            )  # fmt: skip
            yield Observation(
                id_, read.report.key, r.subject, key(r.metric_text), r.metric_text, r.value, r.value_text, r.unit, r.status,
                evidence, r.rule, r.year,
            )  # fmt: skip


def _unknown_home(read: Scan) -> Iterator[Problem]:
    if not read.home:
        yield Problem(
            f"{read.report.file_name}", "no-jurisdiction", "标题、落款、发布机构和小标题都没有指明地区 (no jurisdiction found)",
            "在 curation.tsv 中指明，或在标题中写全称 (name it in curation.tsv)",
        )  # fmt: skip
