"""Sentences -> who runs which programme: the jurisdiction, and whoever the sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg.claims.doers import Clause, doers_of_each, in_clauses, subjects
from kg.claims.lexicon import Lexicon
from kg.claims.programmes import Programme, programmes_of_each
from kg.claims.register import Linked
from kg.claims.scan import Scan, Scanned
from kg.claims.stated import Stated, is_example, regions_spoken_of
from kg.claims.status import clause_status, clause_statuses, is_denied
from kg.model import EntityType, Predicate, Role, Status

__all__ = ["implementations"]

_ACTS = re.compile(r"[，\d已自将]|启动|推行|出台|印发|全面|统一|开展|实施|推进|正在|率先")
_AID = {
    f"program/{p}"
    for p in ("counterpart-support", "group-assistance", "rural-doctors-support", "province-city-cooperation")
}


Looked = Sequence[tuple[Scanned, list[Clause]]]  # sentences that name programmes, in clauses


def implementations(scan: Scan, lexicon: Lexicon) -> Iterator[Stated]:
    """Every programme that a report shows run or planned, with who runs it."""
    prose = [s for s in scan.sentences if s.part in {Role.REVIEW, Role.PLAN}]
    looked = [(s, in_clauses(scan, s, found)) for s, found in programmes_of_each(prose, scan, lexicon)]
    told = [x for s, parts in looked for x in _sentence(scan, s, parts)]
    yield from told
    yield from _under_headings(scan, looked, lexicon)
    known = {(x.subject, x.object) for x in told}
    for s, parts in looked:
        yield from _again(scan, s, parts, known)


def _sentence(scan: Scan, s: Scanned, parts: Sequence[Clause]) -> Iterator[Stated]:
    regions = regions_spoken_of(scan, s)
    above: list[str] = []
    statuses = clause_statuses([part.text for part in parts], s.part, scan.report.year)
    for part, status, doers_of in zip(parts, statuses, doers_of_each(parts), strict=True):
        if not part.programmes or is_denied(part.text):
            continue
        above = _told_of_above(scan, s, part) or above
        said = _Said(scan, s, status, above if above and not part.doers else regions)
        for p, doers in doers_of:
            yield from _stated(said, p, doers)


def _under_headings(scan: Scan, looked: Looked, lexicon: Lexicon) -> Iterator[Stated]:
    """Whoever does what a heading names, where the prose below does not name it again: 窝沟封闭 … 尖扎县列入计划."""
    topics = _topics(looked, lexicon)
    read = {s.sentence.start for s, _ in looked}
    for s in scan.sentences if topics else ():
        p = topics.get(s.sentence.headings)
        if p is None or s.part is not s.sentence.role or s.sentence.start in read or s.frame.outside:
            continue
        for part in (x for x in in_clauses(scan, s, []) if not is_denied(x.text)):
            status, rule = clause_status(part.text, s.part, scan.report.year), p.rule + "-under-heading"
            for d in subjects(part):
                yield Stated(s, d.id, Predicate.IMPLEMENTS, p.id, status, rule, marks=((d.start, d.end),))


def _topics(looked: Looked, lexicon: Lexicon) -> dict[tuple[str, ...], Programme]:
    """Headings that name one concept, and no broad one, which the prose below them does not name."""
    named = {(s.sentence.headings, p.id) for s, parts in looked for part in parts for p in part.programmes}
    broad = _broad(lexicon)
    out: dict[tuple[str, ...], Programme] = {}
    for s, parts in looked:
        found = {p.id: p for part in parts for p in part.programmes}
        path = (*s.sentence.headings, s.sentence.text)
        if s.sentence.role is Role.HEADING and len(found) == 1:
            [(id_, p)] = found.items()
            if id_ not in broad and (path, id_) not in named:
                out[path] = p
    return out


@cache
def _broad(lexicon: Lexicon) -> frozenset[str]:
    """The concepts that have narrower ones."""
    return frozenset(f"program/{id_}" for id_ in lexicon.broader.values())


def _told_of_above(scan: Scan, s: Scanned, part: Clause) -> list[str]:
    """The province or prefecture above that a clause begins with: 贵州2017年启动医共体试点 says nothing of a county."""
    first = next((m for m in s.mentions if part.start <= m.start < part.end), None)
    if first is None or first.type is not EntityType.REGION or first.start > part.start + 1:
        return []
    code = first.id.removeprefix("region/")
    below = code != s.frame.home and scan.gazetteer.inside(s.frame.home, code)
    return [first.id] if below and _ACTS.match(part.text, first.end - part.start) else []


def _again(scan: Scan, s: Scanned, parts: Sequence[Clause], known: set[tuple[str, str]]) -> Iterator[Stated]:
    """What is known to run a programme, named beside it again: 支持六院医联体运行，带动市三院."""
    for i, part in enumerate(parts):
        bare = [m for later in parts[i + 1 :] if not later.programmes for m in later.doers]
        for p, m in ((p, m) for p in part.programmes for m in (*part.doers, *bare)):
            id_ = _only_one_in(scan, m.id, p.id, known) if m.type is EntityType.REGION else m.id
            if (id_, p.id) in known and (m in bare or id_ != m.id) and not is_denied(part.text):
                status = clause_status(part.text, s.part, scan.report.year)
                marks = ((p.start, p.end), (m.start, m.end))
                yield Stated(s, id_, Predicate.IMPLEMENTS, p.id, status, p.rule + "-again", marks=marks)


def _only_one_in(scan: Scan, region: str, programme: str, known: set[tuple[str, str]]) -> str:
    """The one hospital of a region that is known to run a programme: 巩固尖扎、泽库二甲成果. Empty if none or many."""
    run = [id_ for id_, p in known if p == programme and scan.register.type(id_) is EntityType.HOSPITAL]
    there = [id_ for id_ in run if (e := scan.register.get(id_)) and e.parent == region]
    return there[0] if len(there) == 1 else ""


class _Said(NamedTuple):
    """A clause's sentence, its status, and the regions for which its sentence speaks."""

    scan: Scan
    sentence: Scanned
    status: Status
    regions: list[str]


def _stated(said: _Said, p: Programme, doers: Sequence[Linked]) -> Iterator[Stated]:
    s = said.sentence
    if s.frame.outside and p.id not in _AID and not is_example(s):
        return  # what is told of a place elsewhere is no work of the jurisdiction
    mark = (p.start, p.end)
    for region in said.regions:
        yield Stated(s, region, Predicate.IMPLEMENTS, p.id, said.status, p.rule, marks=(mark,))
    focus = "" if doers else s.focus
    named = dict.fromkeys(d.id for d in doers) or dict.fromkeys(filter(None, [focus]))
    for id_ in named:
        spans = {mark, *((d.start, d.end) for d in doers if d.id == id_)}
        yield Stated(s, id_, Predicate.IMPLEMENTS, p.id, said.status, p.rule + "-named", marks=tuple(sorted(spans)))
