"""Counting one report's claims against its gold graph.

Rules of counting:

- An entity is right when its label is an accepted name of a gold entity. What
  is only optional in gold counts neither for nor against; so does a claim
  about an optional entity.
- A relation is right when predicate and both ends are. partnersWith has no
  direction. Instead of a programme, one that stands above it counts neither
  for nor against.
- A rate is right when subject, value, unit and quantity are; each gold rate
  is matched once.
- Status, type and evidence are judged on what matched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from kg.gold import Gold, GoldTriple, plain, same_metric
from kg.model import Claim, EntityType, Extraction, Observation, Predicate

__all__ = ["PREDICATES", "Known", "Mark", "Outcome", "tally"]

PREDICATES = tuple(p.value for p in Predicate if p is not Predicate.WITHIN)
_ENDS = tuple[str, str, str]


class Outcome(str, Enum):
    """What became of a claim (right, wrong) or of something in gold (found, missed)."""

    RIGHT = "right"
    WRONG = "wrong"
    FOUND = "found"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One judgement: in which report, on which part, on what, and by which rules.

    ``part`` is entities, observations, a predicate, status, type or evidence.
    """

    doc: str
    part: str
    what: str
    outcome: Outcome
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Labels and types by identifier, and which programme stands directly above which."""

    labels: Mapping[str, str]
    types: Mapping[str, EntityType]
    broader: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """Claims of one subject, predicate and object."""

    subject: str
    predicate: str
    object: str
    claims: tuple[Claim, ...]


class _Case:
    """One report with its gold graph: who is who, and how to name things in a mark."""

    def __init__(self, gold: Gold, known: Known) -> None:
        self.gold, self.known = gold, known
        self.by_id = {e.id: e for e in gold.entities}
        self._same: dict[str, frozenset[str]] = {}

    def same(self, identifier: str) -> frozenset[str]:
        """The references of gold that an identifier may be."""
        if identifier not in self._same:
            self._same[identifier] = self._find(identifier)
        return self._same[identifier]

    def _find(self, identifier: str) -> frozenset[str]:
        if identifier.startswith("program/"):
            return frozenset({identifier.replace("/", ":", 1)})
        label = plain(self.known.labels.get(identifier, ""))
        return frozenset(e.id for e in self.gold.entities if label in e.names)

    def optional(self, identifiers: Iterable[str]) -> bool:
        """Whether one of them may be an optional entity."""
        return any(self.by_id[ref].optional for i in identifiers for ref in self.same(i) if ref in self.by_id)

    def show(self, *identifiers: str) -> str:
        """Labels of the claims' ends, for a mark."""
        return " ".join(self.known.labels.get(i, i) for i in identifiers)

    def name(self, *references: str) -> str:
        """Labels of gold's references, for a mark."""
        return " ".join(self.by_id[r].label if r in self.by_id else r.replace(":", "/", 1) for r in references)

    def mark(self, part: str, what: str, outcome: Outcome, rules: Iterable[str] = ()) -> Mark:
        return Mark(self.gold.doc, part, what, outcome, tuple(sorted(set(rules))))


def tally(gold: Gold, found: Extraction | None, text: str, known: Known) -> list[Mark]:
    """All marks of one report; ``found`` is None when the report yielded nothing at all."""
    case = _Case(gold, known)
    mine = found or None
    marks = list(_entities(case, {e.id for e in mine.entities} if mine else set()))
    marks += _triples(case, _rows(mine.claims if mine else ()), text)
    marks += _rates(case, mine.observations if mine else ())
    return sorted(marks)


def _entities(case: _Case, found: set[str]) -> Iterator[Mark]:
    met: set[str] = set()
    for identifier in sorted(i for i in found if not i.startswith("program/")):
        required = [ref for ref in case.same(identifier) if not case.by_id[ref].optional]
        met.update(required)
        if required:
            yield case.mark("entities", case.show(identifier), Outcome.RIGHT)
            kind = case.known.types.get(identifier)
            yield _judged(case, "type", case.show(identifier), any(case.by_id[r].type is kind for r in required))
        elif not case.same(identifier):
            yield case.mark("entities", case.show(identifier), Outcome.WRONG)
    for entity in case.gold.entities:
        if not entity.optional:
            yield case.mark("entities", entity.label, Outcome.FOUND if entity.id in met else Outcome.MISSED)


def _judged(case: _Case, part: str, what: str, right: bool, rules: Iterable[str] = ()) -> Mark:
    return case.mark(part, what, Outcome.RIGHT if right else Outcome.WRONG, rules)


def _rows(claims: Iterable[Claim]) -> list[_Row]:
    """Claims of the scored predicates by subject, predicate and object; a partnership has one direction."""
    rows: dict[_ENDS, list[Claim]] = {}
    for claim in claims:
        if claim.predicate is not Predicate.WITHIN:
            rows.setdefault(_key(claim), []).append(claim)
    return [_Row(*key, tuple(rows[key])) for key in sorted(rows)]


def _key(claim: Claim) -> _ENDS:
    ends = claim.subject, claim.object
    first, second = sorted(ends) if claim.predicate is Predicate.PARTNERS_WITH else ends
    return first, claim.predicate.value, second


def _triples(case: _Case, rows: Iterable[_Row], text: str) -> Iterator[Mark]:
    met: set[int] = set()
    wanted = [t for t in case.gold.triples if t.predicate in PREDICATES]
    for row in rows:
        rules = [c.rule for c in row.claims]
        what = case.show(row.subject, row.predicate, row.object)
        if row.predicate != Predicate.LOCATED_IN.value:
            yield _judged(case, "evidence", what, _proved(row.claims, text), rules)
        hits = [i for i, t in enumerate(wanted) if not t.optional and _matches(case, row, t)]
        met.update(hits)
        if hits:
            yield case.mark(row.predicate, what, Outcome.RIGHT, rules)
            yield from _status(case, row, [wanted[i] for i in hits], what)
        elif not _indifferent(case, row, wanted):
            yield case.mark(row.predicate, what, Outcome.WRONG, rules)
    for i, triple in enumerate(wanted):
        if not triple.optional:
            what = case.name(triple.subjects[0], triple.predicate, triple.objects[0])
            yield case.mark(triple.predicate, what, Outcome.FOUND if i in met else Outcome.MISSED)


def _proved(claims: Iterable[Claim], text: str) -> bool:
    return all(text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in claims)


def _matches(case: _Case, row: _Row, triple: GoldTriple) -> bool:
    if row.predicate != triple.predicate:
        return False
    first, second = case.same(row.subject), case.same(row.object)
    if not first.isdisjoint(triple.subjects) and not second.isdisjoint(triple.objects):
        return True
    turned = not second.isdisjoint(triple.subjects) and not first.isdisjoint(triple.objects)
    return turned and row.predicate == Predicate.PARTNERS_WITH.value


def _status(case: _Case, row: _Row, hits: list[GoldTriple], what: str) -> Iterator[Mark]:
    due = frozenset[str]().union(*(t.status for t in hits))
    if due and not any(t.open for t in hits):
        said = {c.status.value for c in row.claims}
        what = f"{what} {'+'.join(sorted(said))} ({'+'.join(sorted(due))})" if said != due else what
        yield _judged(case, "status", what, said == due, [c.rule for c in row.claims])


def _indifferent(case: _Case, row: _Row, wanted: Iterable[GoldTriple]) -> bool:
    """Whether a claim that is not right counts neither for nor against."""
    if case.optional((row.subject, row.object)):
        return True
    return any((t.optional and _matches(case, row, t)) or _too_broad(case, row, t) for t in wanted)


def _too_broad(case: _Case, row: _Row, triple: GoldTriple) -> bool:
    """Whether the claim names a programme above the one in gold."""
    implements = Predicate.IMPLEMENTS.value
    if not (row.predicate == triple.predicate == implements and row.object.startswith("program/")):
        return False
    above = row.object.removeprefix("program/")
    specific = (o.removeprefix("program:") for o in triple.objects if o.startswith("program:"))
    same = not case.same(row.subject).isdisjoint(triple.subjects)
    return same and any(above in _ancestors(o, case.known.broader) for o in specific)


def _ancestors(programme: str, broader: Mapping[str, str]) -> Iterator[str]:
    while programme := broader.get(programme, ""):
        yield programme


def _rates(case: _Case, found: Iterable[Observation]) -> Iterator[Mark]:
    taken: set[int] = set()
    rates = case.gold.rates
    for seen in sorted(found, key=lambda o: o.id):
        what = f"{case.show(seen.subject)} {seen.metric_text} {seen.value_text or seen.value}"
        hit = next((i for i in range(len(rates)) if i not in taken and _is_rate(case, seen, i)), None)
        if hit is not None:
            taken.add(hit)
            if not rates[hit].optional:
                yield case.mark("observations", what, Outcome.RIGHT, [seen.rule])
        elif not any(r.optional and r.value == seen.value and same_metric(seen.metric_text, r.metrics) for r in rates):
            yield case.mark("observations", what, Outcome.WRONG, [seen.rule])
    for i, rate in enumerate(rates):
        if not rate.optional:
            what = f"{case.name(rate.subjects[0])} {rate.metrics[0]} {rate.value}{rate.unit}"
            yield case.mark("observations", what, Outcome.FOUND if i in taken else Outcome.MISSED)


def _is_rate(case: _Case, seen: Observation, index: int) -> bool:
    rate = case.gold.rates[index]
    return (
        rate.value == seen.value
        and rate.unit == seen.unit
        and not case.same(seen.subject).isdisjoint(rate.subjects)
        and same_metric(seen.metric_text, rate.metrics)
    )
