"""What partnerships and alliances imply: whoever leads or joins, signs or builds, runs the programme of that kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.claims.doers import DOERS
from kg.claims.scan import Scan, Scanned
from kg.claims.stated import Stated, is_home, regions_spoken_of
from kg.model import EntityType, Predicate, Role, Status

__all__ = ["allied", "continued", "cooperation"]

_OF_ALLIANCES = (  # the first word that stands in an alliance's name tells its kind
    ("医共体", "county-medical-community"),
    ("共同体", "county-medical-community"),
    ("总院", "county-medical-community"),
    ("专科", "specialty-alliance"),
    ("医疗联盟", "medical-alliance"),
    ("协作联盟", "medical-alliance"),
    ("联盟", "specialty-alliance"),
    ("医联体", "medical-alliance"),
    ("联合体", "medical-alliance"),
    ("城市医疗集团", "city-medical-group"),
    ("集团", "medical-alliance"),
)
_ALLIED = re.compile("医联体|医共体|联盟|联合体|共同体")
_AID = "counterpart-support"
_AID_AGREED = re.compile("(?:对口|帮扶|支援|援助)[^，。；]{0,8}(?:协议|备忘录|合同)")
_COOPERATION = {"agreement", "coBuilding", "affiliation", "branch", "management", "jointCentre"}
_OWN_COOPERATION = {"coBuilding", "affiliation", "management", "counterpartSupport"}
_OUTSIDE = {EntityType.HOSPITAL, EntityType.ACADEMIC}


def allied(scan: Scan, stated: Iterable[Stated]) -> Iterator[Stated]:
    """Whoever leads or joins an alliance runs the programme of its kind."""
    for s in stated:
        if s.predicate not in {Predicate.LEADS, Predicate.MEMBER_OF} or not is_home(scan, s.subject, s.sentence):
            continue
        entity = scan.register.get(s.object)
        programme = next((p for word, p in _OF_ALLIANCES if entity and word in entity.label), "")
        if programme and scan.register.type(s.subject) in DOERS:
            id_ = f"program/{programme}"
            yield Stated(s.sentence, s.subject, Predicate.IMPLEMENTS, id_, s.status, "alliance-of", marks=s.marks)


def cooperation(scan: Scan, partners: Iterable[Stated]) -> Iterator[Stated]:
    """A signed or co-built partnership with an outside institution is cooperation between places."""
    for p in partners:
        programme = _programme(p)
        institution = scan.register.type(p.object) in _OUTSIDE
        if not programme or not institution or _inside(scan, p.object, p.sentence.frame.place):
            continue
        regions = regions_spoken_of(scan, p.sentence)
        subjects = [r for r in regions if _around(scan, p.subject, r.removeprefix("region/"))]
        own = (p.kind in _OWN_COOPERATION or programme == _AID) and scan.register.type(p.subject) is EntityType.HOSPITAL
        if own and _inside(scan, p.subject, scan.home):
            subjects.append(p.subject)
        id_, rule = f"program/{programme}", "cooperation-by-" + p.rule
        for subject in subjects:
            yield Stated(p.sentence, subject, Predicate.IMPLEMENTS, id_, p.status, rule, marks=p.marks)


def continued(scan: Scan, partners: Sequence[Stated]) -> Iterator[Stated]:
    """A plan that names the outside partner of a cooperation goes on with it: 用好二附院的优势，带动市中心医院."""
    known: dict[str, list[Stated]] = {}
    for p in partners:
        if p.status is Status.REALISED and scan.register.type(p.object) in _OUTSIDE:
            known.setdefault(p.object, []).extend((p, *cooperation(scan, [p])))
    for s in scan.sentences if known else ():
        if s.part is s.sentence.role is Role.PLAN:
            before = [c for m in s.mentions for c in known.get(m.id, ()) if c.sentence is not s]
            yield from _gone_on_with(scan, s, before)


def _gone_on_with(scan: Scan, s: Scanned, known: Sequence[Stated]) -> Iterator[Stated]:
    named = {m.id for m in s.mentions}
    others = any(m.type in _OUTSIDE and is_home(scan, m.id, s) for m in s.mentions)
    for c in known:
        if not others or c.subject in named or c.subject == f"region/{scan.home}":
            marks = tuple((m.start, m.end) for m in s.mentions if m.id in {c.subject, c.object})
            rule = c.rule + "-continued"
            yield Stated(s, c.subject, c.predicate, c.object, Status.PLANNED, rule, c.kind, marks)


def _programme(p: Stated) -> str:
    """The programme a kind of partnership belongs to, empty if to none or where an alliance is spoken of."""
    if p.kind == "counterpartSupport" or (p.kind == "agreement" and _AID_AGREED.search(p.sentence.folded)):
        return _AID
    return "province-city-cooperation" if p.kind in _COOPERATION and not _ALLIED.search(p.sentence.folded) else ""


def _around(scan: Scan, id_: str, region: str) -> bool:
    """Whether a region holds the home side: 太和县人民医院 in the section of 枞阳县 says nothing of 枞阳县."""
    return scan.register.type(id_) not in _OUTSIDE or region == scan.home or _inside(scan, id_, region)


def _inside(scan: Scan, id_: str, place: str) -> bool:
    entity = scan.register.get(id_)
    code = entity.parent.removeprefix("region/") if entity else ""
    return bool(code) and scan.gazetteer.inside(code, place)
