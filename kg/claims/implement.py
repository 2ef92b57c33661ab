"""Sentences -> who runs which programme: the jurisdiction, and whoever the sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.claims.lexicon import Lexicon
from kg.claims.programmes import Programme, programmes
from kg.claims.register import Linked
from kg.claims.scan import Scan, Scanned
from kg.claims.stated import Stated, heading_focus, is_home
from kg.claims.status import clause_status, is_denied
from kg.model import EntityType, Predicate, Role, Status
from kg.text.split import clauses

__all__ = ["implementations"]

_DOERS = {
    EntityType.REGION, EntityType.HOSPITAL, EntityType.PRIMARY_CARE, EntityType.PUBLIC_HEALTH,
    EntityType.ORGANIZATION, EntityType.ALLIANCE,
}  # fmt: skip
_OBJECT = re.compile(r"(?:与|同|和|对|向|跟|邀请了?|比|由)\Z")
_COMPARED = re.compile(r"相比|对照|高于|低于|全国|参考")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with its programmes and those it names as doers."""

    start: int
    end: int
    text: str
    programmes: tuple[Programme, ...]
    doers: tuple[Linked, ...]
    status: Status


def implementations(scan: Scan, lexicon: Lexicon) -> Iterator[Stated]:
    """Every programme that a report shows run or planned, with who runs it."""
    for s in scan.sentences:
        if s.sentence.role not in {Role.REVIEW, Role.PLAN}:
            continue
        found = programmes(s, scan, lexicon)
        if found:
            yield from _sentence(scan, s, found)


def _sentence(scan: Scan, s: Scanned, found: Sequence[Programme]) -> Iterator[Stated]:
    parts = [_clause(scan, s, a, b, found) for a, b in clauses(s.sentence)]
    carried: tuple[Linked, ...] = ()
    for i, part in enumerate(parts):
        doers = part.doers or carried
        carried = part.doers or (carried if part.text.strip() else ())
        if is_denied(part.text):
            continue
        for p in part.programmes:
            before = [d for d in doers if d.start < p.end] or _after(parts, i)
            yield from _stated(scan, s, p, before, part.status)


def _clause(scan: Scan, s: Scanned, start: int, end: int, found: Sequence[Programme]) -> _Clause:
    text = s.folded[start - s.sentence.start : end - s.sentence.start]
    inside = tuple(p for p in found if start <= p.start < end)
    doers = tuple(m for m in s.mentions if start <= m.start < end and _doer(scan, s, m))
    return _Clause(start, end, text, inside, doers, clause_status(text, s.sentence.role, scan.report.year))


def _doer(scan: Scan, s: Scanned, m: Linked) -> bool:
    """Whether a mention can be the one that runs a programme: inside the jurisdiction, and no mere partner."""
    if m.type not in _DOERS or not is_home(scan, m.id, s):
        return False
    if m.type is EntityType.REGION and m.id.removeprefix("region/") in {scan.home, *s.frame.places}:
        return False
    at = m.start - s.sentence.start
    return not _OBJECT.search(s.folded, max(0, at - 3), at) or s.folded[at - 1 : at] == "和"


def _after(parts: Sequence[_Clause], i: int) -> list[Linked]:
    """A programme named first, as a topic: 电子病历应用水平，州人民医院评到四级、…"""
    if parts[i].doers or i + 1 >= len(parts):
        return []
    out: list[Linked] = []
    for part in parts[i + 1 :]:
        if part.programmes or not part.doers or part.doers[0].start > part.start + 3:
            break
        out += part.doers
    return out


def _stated(scan: Scan, s: Scanned, p: Programme, doers: Sequence[Linked], status: Status) -> Iterator[Stated]:
    marks = ((p.start, p.end),)
    for region in _regions(scan, s):
        yield Stated(s, region, Predicate.IMPLEMENTS, p.id, status, p.rule, marks=marks)
    named = dict.fromkeys(d.id for d in doers)
    focus = heading_focus(scan, s) if not named else ""
    for id_ in (*named, *((focus,) if focus else ())):
        spans = {(d.start, d.end) for d in doers if d.id == id_}
        yield Stated(
            s, id_, Predicate.IMPLEMENTS, p.id, status, p.rule + "-named", marks=tuple(sorted({*marks, *spans}))
        )


def _regions(scan: Scan, s: Scanned) -> list[str]:
    """The jurisdiction and the section's places inside it."""
    codes = [c for c in s.frame.places if not scan.home or scan.gazetteer.inside(c, scan.home)]
    return [f"region/{c}" for c in dict.fromkeys((*codes, s.frame.home)) if c]
