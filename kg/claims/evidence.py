"""Statements, places and rates -> claims and observations, each with the sentence that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.claims.measure import Rate, rates
from kg.claims.metrics import key
from kg.claims.register import Linked
from kg.claims.scan import Scan, Scanned
from kg.claims.stated import Stated, is_home
from kg.claims.values import may_hold
from kg.ids import claim_id, observation_id
from kg.model import Claim, Entity, EntityType, Evidence, Observation, Predicate, Role, Status

__all__ = ["claims", "observations", "places"]

_MEASURED = {Role.REVIEW, Role.PLAN, Role.PROBLEMS}
_NOWHERE = {EntityType.REGION, EntityType.LOCAL_PROGRAM}


def claims(read: Scan, stated: Iterable[Stated]) -> dict[str, Claim]:
    """The claims by identifier; of statements that say the same in one sentence the last counts."""
    told = {(s.sentence.sentence.start, s.subject, s.predicate, s.object, s.status): s for s in stated}
    return {claim.id: claim for claim in (_claim(read, s) for s in told.values())}


def _claim(read: Scan, s: Stated) -> Claim:
    evidence, report = _evidence(s.sentence, s.marks), read.report
    id_ = claim_id(report.key, evidence.start, evidence.end, s.subject, s.predicate, s.object, s.status)
    return Claim(id_, report.key, s.subject, s.predicate, s.object, s.status, evidence, s.rule, report.year, s.kind)


def _evidence(s: Scanned, marks: tuple[tuple[int, int], ...]) -> Evidence:
    start, end = s.sentence.start, s.sentence.end
    inside = tuple([m for m in marks if start <= m[0] < m[1] <= end])
    return Evidence(start, end, s.sentence.text, inside)


def places(read: Scan, entities: Iterable[Entity], told: Iterable[Claim]) -> Iterator[Stated]:
    """Where an organisation lies, if its name or the report tells; ``told`` are the claims of the report."""
    alliances: dict[str, list[Claim]] = {}
    for claim in told:
        if claim.predicate in {Predicate.LEADS, Predicate.MEMBER_OF}:
            alliances.setdefault(claim.object, []).append(claim)
    for entity in entities:
        if entity.type in _NOWHERE or not entity.parent or not entity.mentions:
            continue
        owner = read.register.get(read.owners.get(entity.id, ""))
        borrowed = entity.source == "seed" or (owner and owner.parent == entity.parent)  # a place known from elsewhere
        region = _told(read, entity) if borrowed else _of_alliance(read, entity, alliances.get(entity.id, ()))
        first = entity.mentions[0]
        sentence = read.sentence_at(first.start) or read.sentences[-1]
        if region:
            where = Predicate.LOCATED_IN
            marks = ((first.start, first.end),)
            yield Stated(sentence, entity.id, where, region, Status.REALISED, "place-of-name", marks=marks)


def _of_alliance(read: Scan, entity: Entity, told: Sequence[Claim]) -> str:
    """The place of its name; an alliance that home institutions only join lies where its leader does."""
    place = read.gazetteer.place(entity.parent.removeprefix("region/"))
    shown = any(name in entity.label for name in (place.name, *place.shorts))
    if entity.type is not EntityType.ALLIANCE or shown or not told or not read.home:
        return entity.parent
    leaders = [e for claim in told if claim.predicate is Predicate.LEADS and (e := read.register.get(claim.subject))]
    if any(read.gazetteer.inside(e.parent.removeprefix("region/"), read.home) for e in leaders):
        return entity.parent
    return next((region for e in leaders if (region := _told(read, e))), "")


def _told(read: Scan, entity: Entity) -> str:
    """The lowest region of a seeded organisation that its name shows or the report names; empty if none."""
    above = [read.gazetteer.place(c) for c in read.gazetteer.lineage(entity.parent.removeprefix("region/"))]
    written = "|".join((entity.label, *(m.text for m in entity.mentions)))  # 上海中山医院 shows where it lies
    # 北京朝阳医院 shows Beijing: a county shows by its full name only
    shown = [p.code for p in above if any(n in written for n in (p.name, *(p.shorts if p.level != "county" else ())))]
    named = [p.code for p in above if p.level != "county" and read.register.get(f"region/{p.code}")]
    return f"region/{(shown or named)[0]}" if shown or named else ""


def observations(read: Scan) -> Iterator[Observation]:
    """The rates of a report, sentence by sentence."""
    before: Sequence[Rate] = ()
    for s in read.sentences:
        if s.sentence.role not in _MEASURED or not may_hold(s.folded):
            before = ()
            continue
        named = [(m.start, m.end, m.id) for m in s.mentions]
        abroad = {m.id for m in s.mentions if _is_abroad(read, m, s)}
        found = rates(s.sentence, s.folded, named, f"region/{s.frame.place}", read.report.year, before, abroad)
        before = found if s.folded.endswith("；") else ()  # a list of rates may go on after the semicolon
        for rate in found if s.frame.place else ():
            yield _observation(read, s, rate)


def _is_abroad(read: Scan, m: Linked, s: Scanned) -> bool:
    """Whether a mention lies neither in the jurisdiction nor above it (全省, 全区 of an autonomous region)."""
    return not is_home(read, m.id, s) and not read.gazetteer.inside(read.home, m.id.removeprefix("region/"))


def _observation(read: Scan, s: Scanned, r: Rate) -> Observation:
    evidence, report, metric = _evidence(s, ((r.start, r.end),)), read.report.key, key(r.metric_text)
    id_ = observation_id(report, evidence.start, evidence.end, r.subject, metric, r.value_text, r.status, r.year)
    return Observation(
        id_, report, r.subject, metric, r.metric_text, r.value, r.value_text, r.unit, r.status, evidence, r.rule, r.year
    )
