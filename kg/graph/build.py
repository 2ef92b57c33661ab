"""Claims become quads: one named graph per report, one line per quad.

Lines are canonical N-Quads made directly as text, which is the fastest way
and lets a build be compared byte by byte. The model is described in
``ontology/README.md``. A plain triple is written only for a realised claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.errors import DataError
from kg.graph import vocab as v
from kg.graph.iris import CATALOGUE, iri, report_iri, span_iri
from kg.graph.nquads import date, decimal, integer, language, node, text, year
from kg.graph.reference import reference_quads
from kg.model import Claim, Entity, EntityType, Evidence, Extraction, Observation, Predicate, Report, Status

__all__ = ["catalogue_quads", "in_reference", "reference_quads", "report_quads"]

Triples = Iterator[tuple[str, str, str]]

_CLASS = {kind: v.hg(kind.value) for kind in EntityType}
_PREDICATE = {predicate: v.hg(predicate.value) for predicate in Predicate}
_STATUS = {status: v.hg(status.value.capitalize()) for status in Status}
_LEVEL = {level.lower(): v.hg(level) for level in v.CONCEPTS["Levels"]}
_PARTNERSHIP = {kind: v.hg(kind) for kind in v.CONCEPTS["PartnershipKinds"]}
_REPORT, _STATE, _YEAR, _RULE = v.hg("report"), v.hg("status"), v.hg("year"), v.hg("rule")
_NAMED = frozenset(EntityType) - {EntityType.PROGRAM}


def report_quads(extraction: Extraction) -> list[str]:
    """What one report says, as the sorted lines of its named graph.

    Raises DataError when a claim's kind of partnership or a region's level is
    not in the ontology.

    >>> report_quads(Extraction(Report("a-1", "a.txt", "", "1")))
    []
    """
    key = extraction.report.key
    lines: set[str] = set()
    end = f" <{report_iri(key)}> ."
    for triples in _parts(extraction):
        lines.update(f"{s} {p} {o}{end}" for s, p, o in triples)
    return sorted(lines)


def _parts(extraction: Extraction) -> Iterator[Triples]:
    key = extraction.report.key
    for claim in extraction.claims:
        yield _claim(key, claim)
    for observation in extraction.observations:
        yield _observation(key, observation)
    for entity in extraction.entities:
        yield _entity(entity)
        yield _naming(key, entity)


def _claim(key: str, claim: Claim) -> Triples:
    me, subject, value = _id(claim.id), _id(claim.subject), _id(claim.object)
    predicate = _PREDICATE[claim.predicate]
    if claim.status is Status.REALISED:
        yield subject, predicate, value
    yield me, v.TYPE, v.hg("Claim")
    yield me, v.SUBJECT, subject
    yield me, v.PREDICATE, predicate
    yield me, v.OBJECT, value
    if claim.kind:
        yield me, v.hg("partnershipKind"), _known(_PARTNERSHIP, claim.kind, claim.id)
    for start, end in claim.evidence.marks:
        yield me, v.hg("mark"), text(f"{start},{end}")
    yield from _stated(key, me, claim)


def _stated(key: str, me: str, said: Claim | Observation) -> Triples:
    """What claims and observations have in common: report, status, year, rule and evidence."""
    yield me, _REPORT, node(report_iri(key))
    yield me, _STATE, _STATUS[said.status]
    yield me, _RULE, text(said.rule)
    if said.year is not None:
        yield me, _YEAR, year(said.year)
    span = node(span_iri(key, said.evidence.start, said.evidence.end))
    yield me, v.DERIVED_FROM, span
    yield from _evidence(span, said.evidence)


def _evidence(span: str, evidence: Evidence) -> Triples:
    yield span, v.EXACT, text(evidence.quote)
    yield span, v.START, integer(evidence.start)
    yield span, v.END, integer(evidence.end)


def _observation(key: str, seen: Observation) -> Triples:
    me, metric = _id(seen.id), _id("metric/" + seen.metric)
    yield metric, v.TYPE, v.hg("Metric")
    yield metric, v.PREF_LABEL, language(seen.metric, "zh")
    yield me, v.TYPE, v.hg("Observation")
    yield me, v.hg("subject"), _id(seen.subject)
    yield me, v.hg("metric"), metric
    yield me, v.hg("metricText"), text(seen.metric_text)
    yield me, v.hg("value"), decimal(seen.value)
    yield me, v.hg("valueText"), text(seen.value_text)
    yield me, v.hg("unit"), text(seen.unit)
    for start, end in seen.evidence.marks:
        yield me, v.hg("mark"), text(f"{start},{end}")
    yield from _stated(key, me, seen)


def _entity(entity: Entity) -> Triples:
    """Names and place of an entity; the reference graph describes the seeded ones."""
    me = _id(entity.id)
    for alias in entity.aliases:
        if alias != entity.label:
            yield me, v.ALT_LABEL, language(alias, "zh")
    if in_reference(entity):
        return
    yield me, v.TYPE, _CLASS[entity.type]
    yield me, v.PREF_LABEL, language(entity.label, "zh")
    if entity.level:
        yield me, v.hg("level"), _known(_LEVEL, entity.level, entity.id)
    if entity.parent and entity.type is EntityType.REGION:
        yield me, v.hg("within"), _id(entity.parent)
    elif entity.parent and entity.type is not EntityType.LOCAL_PROGRAM:
        yield me, v.hg("locatedIn"), _id(entity.parent)


def in_reference(entity: Entity) -> bool:
    """Whether the reference graph describes it: seeded, save the townships, which are too many."""
    return entity.type is EntityType.PROGRAM or (entity.source == "seed" and entity.level != "township")


def _naming(key: str, entity: Entity) -> Triples:
    """How the words of this report came to mean the entity, for ``kg explain``."""
    chains = sorted({f"{m.text}: {m.how}" for m in entity.mentions if m.how})
    if not chains:
        return
    me = node(f"{report_iri(key)}#names={iri(entity.id)[len(iri('')) :]}")
    yield me, v.TYPE, v.hg("Naming")
    yield me, _REPORT, node(report_iri(key))
    yield me, v.hg("denotes"), _id(entity.id)
    for chain in chains:
        yield me, v.hg("resolution"), text(chain)


def catalogue_quads(extractions: Iterable[Extraction]) -> Iterator[str]:
    """Descriptions of reports and what they mention, sorted within each report.

    Reports that come sorted by key leave the whole catalogue sorted.
    """
    end = f" <{CATALOGUE}> ."
    for extraction in extractions:
        me = node(report_iri(extraction.report.key))
        pairs = {*_description(extraction.report), *_mentioned(extraction.entities)}
        yield from sorted(f"{me} {p} {o}{end}" for p, o in pairs)


def _description(report: Report) -> Iterator[tuple[str, str]]:
    yield v.TYPE, v.hg("Report")
    yield v.hg("fileName"), text(report.file_name)
    yield v.hg("sha256"), text(report.sha256)
    for kind in report.kinds:
        yield v.hg("kind"), v.hg(kind.value)
    if report.title:
        yield v.TITLE, language(report.title, "zh")
    if report.jurisdiction:
        yield v.hg("jurisdiction"), _id(report.jurisdiction)
    if report.issuer:
        yield v.hg("issuer"), _id(report.issuer)
    if report.year is not None:
        yield _YEAR, year(report.year)
    if report.half is not None:
        yield v.hg("half"), integer(report.half)
    if report.published:
        yield v.ISSUED, date(report.published)


def _mentioned(entities: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    return ((v.hg("mentions"), _id(entity.id)) for entity in entities if entity.type in _NAMED)


def _id(identifier: str) -> str:
    return node(iri(identifier))


def _known(terms: dict[str, str], name: str, where: str) -> str:
    if name not in terms:
        raise DataError(f"{where}: {name!r} is none of {', '.join(terms)}; mend the record or extend the ontology")
    return terms[name]
