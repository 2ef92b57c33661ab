"""Sentences -> who runs which programme: the jurisdiction, and whoever the sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.claims.lexicon import Lexicon
from kg.claims.programmes import Programme, programmes_of_each
from kg.claims.register import Linked
from kg.claims.scan import Scan, Scanned
from kg.claims.stated import Stated, heading_focus, is_home, regions_spoken_of
from kg.claims.status import clause_status, is_denied
from kg.model import EntityType, Predicate, Role, Status
from kg.text.split import clauses

__all__ = ["DOERS", "implementations"]

DOERS = {
    EntityType.REGION, EntityType.HOSPITAL, EntityType.PRIMARY_CARE, EntityType.PUBLIC_HEALTH,
    EntityType.ORGANIZATION, EntityType.ALLIANCE,
}  # fmt: skip
_OBJECT = re.compile(r"(?:与|同|和|对|向|跟|邀请了?|比|由)\Z")
_MADE = re.compile(r"(?:共建|建立|成立|设立|组建|加挂|增挂|挂牌|引进|依托|托管|支援|帮扶|挂上|揭牌)“?\Z")
_JOINTLY = re.compile("联手|共同|联合|携手")
_EXCEPT = re.compile("以外|之外|除外")
_TOPIC = re.compile(r"[^，。；\d]{0,6}[，：]?\Z|.*由.*(?:牵头|龙头|领衔)")
_NAMES_AFTER = re.compile(
    r"[^，。；]{0,14}?(?:是|为|有|：|:|包括|分别|完成|在|支持|指导|推动|确定|遴选|推荐|打造)[^，。；]{0,8}\Z|[^，。；]{0,8}[(]\Z"
)
_AID = {
    f"program/{p}"
    for p in ("counterpart-support", "group-assistance", "rural-doctors-support", "province-city-cooperation")
}


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with its programmes and those it names as doers."""

    start: int
    end: int
    text: str
    programmes: tuple[Programme, ...]
    doers: tuple[Linked, ...]


def implementations(scan: Scan, lexicon: Lexicon) -> Iterator[Stated]:
    """Every programme that a report shows run or planned, with who runs it."""
    prose = [s for s in scan.sentences if s.part in {Role.REVIEW, Role.PLAN}]
    for s, found in programmes_of_each(prose, scan, lexicon):
        yield from _sentence(scan, s, found)


def _sentence(scan: Scan, s: Scanned, found: Sequence[Programme]) -> Iterator[Stated]:
    parts = _clauses(scan, s, found)
    regions = regions_spoken_of(scan, s)
    carried: tuple[Linked, ...] = ()
    for i, part in enumerate(parts):
        doers = part.doers or carried
        carried = _subjects(part) or (() if part.doers else carried)
        if not part.programmes or is_denied(part.text):
            continue
        said = _Said(scan, s, clause_status(part.text, s.part, scan.report.year), regions)
        for p in part.programmes:
            before = [d for d in doers if d.start < p.end and not (d.start <= p.start and p.end <= d.end)]
            yield from _stated(said, p, before or _following(part, p) or _after(parts, i, p))


def _subjects(part: _Clause) -> tuple[Linked, ...]:
    """The doers a clause begins with: they stay the subject of the clauses after it."""
    first = part.doers[0] if part.doers else None
    lead = part.text[: first.start - part.start] if first else ""
    if first is None or not re.fullmatch(
        r"(?:[一二三四五六七八九十]是|其中，?|[(（]?\d[)）.、]?|同时，?|该)?", lead.strip()
    ):
        return ()
    return part.doers


def _clauses(scan: Scan, s: Scanned, found: Sequence[Programme]) -> list[_Clause]:
    """The clauses of a sentence, each with what it names."""
    offset = s.sentence.start
    named = [m for m in s.mentions if _doer(scan, s, m)]
    out = []
    for start, end in clauses(s.sentence, s.folded):
        inside = tuple(p for p in found if start <= p.start < end)
        doers = tuple(m for m in named if start <= m.start < end)
        out.append(_Clause(start, end, s.folded[start - offset : end - offset], inside, doers))
    return out


def _doer(scan: Scan, s: Scanned, m: Linked) -> bool:
    """Whether a mention can be the one that runs a programme: inside the jurisdiction, and no mere partner."""
    if m.type not in DOERS or not is_home(scan, m.id, s):
        return False
    if m.type is EntityType.REGION and m.id.removeprefix("region/") in {scan.home, *s.frame.places}:
        return False
    at = m.start - s.sentence.start
    if _MADE.search(s.folded, max(0, at - 4), at) or _EXCEPT.match(s.folded, m.end - s.sentence.start):
        return False
    if _OBJECT.search(s.folded, max(0, at - 3), at) and s.folded[at - 1 : at] != "和":
        return bool(_JOINTLY.match(s.folded, m.end - s.sentence.start)) and m.type is not EntityType.REGION
    return True


def _following(part: _Clause, p: Programme) -> list[Linked]:
    """Those named after the programme in its own clause: 封顶的有：甲医院、乙医院; …创建，完成丙中心验收."""
    later = [d for d in part.doers if d.start >= p.end]
    between = part.text[p.end - part.start : later[0].start - part.start] if later else ""
    if not later or not _NAMES_AFTER.match(between):
        return []
    return [d for d in later if not any(p.end < q.start < d.start for q in part.programmes)]


def _after(parts: Sequence[_Clause], i: int, p: Programme) -> list[Linked]:
    """A programme named first, as a topic: 电子病历应用水平，州人民医院评到四级、…"""
    if parts[i].doers or i + 1 >= len(parts) or not _TOPIC.match(parts[i].text, p.end - parts[i].start):
        return []
    out: list[Linked] = []
    for part in parts[i + 1 :]:
        if part.programmes or not part.doers or part.doers[0].start > part.start + 3:
            break
        out += part.doers
    return out


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause's sentence, its status, and the regions for which its sentence speaks."""

    scan: Scan
    sentence: Scanned
    status: Status
    regions: list[str]


def _stated(said: _Said, p: Programme, doers: Sequence[Linked]) -> Iterator[Stated]:
    s = said.sentence
    if s.frame.outside and p.id not in _AID:
        return  # what is told of a place elsewhere is no work of the jurisdiction
    mark = (p.start, p.end)
    for region in said.regions:
        yield Stated(s, region, Predicate.IMPLEMENTS, p.id, said.status, p.rule, marks=(mark,))
    focus = "" if doers else heading_focus(said.scan, s)
    named = dict.fromkeys(d.id for d in doers) or dict.fromkeys(filter(None, [focus]))
    for id_ in named:
        spans = {mark, *((d.start, d.end) for d in doers if d.id == id_)}
        yield Stated(s, id_, Predicate.IMPLEMENTS, p.id, said.status, p.rule + "-named", marks=tuple(sorted(spans)))
