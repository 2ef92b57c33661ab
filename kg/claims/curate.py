"""Decisions of experts, replayed on every build: what was extracted becomes what is true.

``curation.tsv`` has the columns action, target, value, reason, who; its rows
are replayed in their order on each report's extraction:

========== ==================== ========================= =============================================
action     target               value                     does
========== ==================== ========================= =============================================
accept     claim, observation   a status, or empty        keeps it, with the status given
           or entity
reject     the same                                       takes it out; an entity with all its claims
rename     entity               the right name            new preferred name, the old one an alias
merge      entity               the entity it really is   one entity instead of two, in the latter's place
split      entity merged into   the entity to restore,    undoes earlier merges: both identifiers
                                or empty for all          are as they were
retype     entity               a class, e.g. Hospital    another class
add-alias  entity               another name              one more alias
========== ==================== ========================= =============================================

What has an end changed gets the identifier its new content asks for. Names and
classes of seeded entities are not curated here but in the seed tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from kg.claims.decisions import Curation, Row
from kg.ids import reidentify
from kg.model import Claim, Entity, EntityType, Extraction, Observation, Predicate, Problem, Status

__all__ = ["Curated", "curate", "unapplied"]

Stated = TypeVar("Stated", Claim, Observation)


@dataclass(frozen=True, slots=True)
class Curated:
    """An extraction after replay, and the lines of the table that changed or confirmed something in it."""

    extraction: Extraction
    applied: frozenset[int] = frozenset()


def curate(extraction: Extraction, curation: Curation) -> Curated:
    """Replay the table on one report's extraction; the same input gives the same output."""
    applied = set()
    for row in curation.rows:
        changed = _ACTIONS[row.action](extraction, row, curation.known)
        if changed is not None:
            extraction = changed
            applied.add(row.line)
    return Curated(extraction, frozenset(applied))


def unapplied(curation: Curation, applied: Iterable[int]) -> list[Problem]:
    """Problems for the rows that applied in no report, and for those that cannot apply.

    ``applied`` are the lines that ``curate`` named, of all reports together.
    """
    done = set(applied)
    idle = [row for row in curation.rows if row.line not in done]
    return [*curation.problems, *(_idle(curation.path, row) for row in idle)]


def _idle(path: Path, row: Row) -> Problem:
    what = f"{row.action} {row.target}: 任何报告中都没有 / found in no report"
    return Problem(
        f"{path.name}:{row.line}",
        "curation",
        what,
        "请改正 target 或删去该行 / correct the target, or take the row out",
    )


Known = Mapping[str, Entity]


def _accept(x: Extraction, row: Row, _known: Known) -> Extraction | None:
    if not _has(x, row.target):
        return None
    if not row.value:
        return x
    status = Status(row.value)

    def settle(item: Stated) -> Stated:
        return reidentify(replace(item, status=status)) if item.id == row.target else item

    return replace(x, claims=_unique(map(settle, x.claims)), observations=_unique(map(settle, x.observations)))


def _reject(x: Extraction, row: Row, _known: Known) -> Extraction | None:
    if not _has(x, row.target):
        return None
    gone = row.target
    return replace(
        x,
        report=replace(x.report, issuer=_not(gone, x.report.issuer), jurisdiction=_not(gone, x.report.jurisdiction)),
        entities=tuple(replace(e, parent=_not(gone, e.parent)) for e in x.entities if e.id != gone),
        claims=tuple(c for c in x.claims if gone not in {c.id, c.subject, c.object}),
        observations=tuple(o for o in x.observations if gone not in {o.id, o.subject}),
    )


def _not(gone: str, name: str) -> str:
    return "" if name == gone else name


def _rename(x: Extraction, row: Row, _known: Known) -> Extraction | None:
    def rename(e: Entity) -> Entity:
        return replace(e, label=row.value, aliases=_names({*e.aliases, e.label}, row.value))

    return _on_entity(x, row.target, rename)


def _add_alias(x: Extraction, row: Row, _known: Known) -> Extraction | None:
    return _on_entity(x, row.target, lambda e: replace(e, aliases=_names({*e.aliases, row.value}, e.label)))


def _retype(x: Extraction, row: Row, _known: Known) -> Extraction | None:
    return _on_entity(x, row.target, lambda e: replace(e, type=EntityType(row.value)))


def _on_entity(x: Extraction, name: str, change: Callable[[Entity], Entity]) -> Extraction | None:
    if name not in {e.id for e in x.entities}:
        return None
    return replace(x, entities=tuple(change(e) if e.id == name else e for e in x.entities))


def _merge(x: Extraction, row: Row, known: Known) -> Extraction | None:
    """Everything said of the target is said of the value, save where it lies: that is known of the value.

    Claims that would join a thing to itself go.
    """
    old, new = row.target, row.value
    if old not in {e.id for e in x.entities}:
        return None
    point, report = {old: new}, x.report
    claims = (
        replace(c, subject=point.get(c.subject, c.subject), object=point.get(c.object, c.object))
        for c in x.claims
        if not _places(c, old, known[new])
    )
    return replace(
        x,
        report=replace(report, issuer=point.get(report.issuer, report.issuer),
                       jurisdiction=point.get(report.jurisdiction, report.jurisdiction)),
        entities=_merged(x.entities, old, known[new]),
        claims=_unique(reidentify(c) for c in claims if c.subject != c.object),
        observations=_unique(reidentify(replace(o, subject=point.get(o.subject, o.subject))) for o in x.observations),
    )  # fmt: skip


def _places(claim: Claim, old: str, new: Entity) -> bool:
    """Whether a claim puts the merged entity elsewhere than where the other one is known to lie."""
    placed = claim.subject == old and claim.predicate is Predicate.LOCATED_IN
    return placed and bool(new.parent) and claim.object != new.parent


def _merged(entities: tuple[Entity, ...], old: str, known: Entity) -> tuple[Entity, ...]:
    """The entities with ``old`` folded into the known one, its names as aliases and its mentions as mentions."""
    by_id = {e.id: e for e in entities}
    source = by_id.pop(old)
    target = by_id.get(known.id) or (known if known.source == "seed" else replace(known, type=source.type))
    names = _names({*target.aliases, *source.aliases, source.label}, target.label)
    mentions = tuple(sorted({*target.mentions, *source.mentions}, key=lambda m: (m.start, m.end, m.text, m.how)))
    parent = "" if target.parent == old else target.parent
    by_id[known.id] = replace(target, aliases=names, mentions=mentions, parent=parent)
    moved = (replace(e, parent=known.id) if e.parent == old and e.id != known.id else e for e in by_id.values())
    return tuple(sorted(moved, key=lambda e: e.id))


def _names(names: set[str], label: str) -> tuple[str, ...]:
    return tuple(sorted(names - {label}))


def _has(x: Extraction, name: str) -> bool:
    items: tuple[Claim | Observation | Entity, ...] = (*x.claims, *x.observations, *x.entities)
    return any(item.id == name for item in items)


def _unique(items: Iterable[Stated]) -> tuple[Stated, ...]:
    """The items, the first of each identifier."""
    first: dict[str, Stated] = {}
    for item in items:
        first.setdefault(item.id, item)
    return tuple(first.values())


_ACTIONS: Mapping[str, Callable[[Extraction, Row, Known], Extraction | None]] = {
    "accept": _accept,
    "add-alias": _add_alias,
    "merge": _merge,
    "reject": _reject,
    "rename": _rename,
    "retype": _retype,
}
