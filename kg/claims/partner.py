"""Sentences -> partnerships: who signs, builds, is managed or supported with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.claims.register import BODIES, Linked
from kg.claims.scan import Scan
from kg.claims.stated import Match, Stated, is_home, marks, matches, subject
from kg.claims.status import clause_status
from kg.model import EntityType, Mention, Predicate, Role

__all__ = ["aid_sections", "partnerships", "plates"]

_AID = re.compile("对口|帮扶|援助|支援|包联|组团|协作|援派")
_JOINT_BODIES = re.compile(r"消防|工会|妇女联合会|残疾人联合会|红十字会|医疗保障局")


def partnerships(scan: Scan) -> Iterator[Stated]:
    """Every partnership of a report, once a sentence; the first rule that finds a pair names its kind."""
    seen: set[tuple[int, frozenset[str]]] = set()
    for match in matches(scan, "partnersWith", {Role.REVIEW, Role.PLAN, Role.PROBLEMS}):
        homes, partners = _sides(match)
        context = match.encoded.text[match.found.start() : match.found.end() + 12]
        for a, b in _paired(homes, partners, context):
            other = _behind(match, a, b)
            key = match.sentence.sentence.start, frozenset((a.id, other))
            if other and a.id != other and key not in seen and _may_partner(match, a, other):
                seen.add(key)
                yield Stated(
                    match.sentence, a.id, Predicate.PARTNERS_WITH, other, match.status, match.rule.id,
                    _kind(match), marks(a, b),
                )  # fmt: skip


def aid_sections(scan: Scan) -> Iterator[Stated]:
    """A section headed by a place elsewhere that tells of support: the two places are partners in it."""
    seen: set[str] = set()
    for s in scan.sentences:
        place = next(iter(s.frame.outside), "")
        if not place or not scan.home or place in seen or s.sentence.role not in {Role.REVIEW, Role.PLAN}:
            continue
        if _AID.search(s.folded) and scan.register.get(f"region/{place}"):
            seen.add(place)
            status = clause_status(s.folded, s.part, scan.report.year)
            home, other = f"region/{scan.home}", f"region/{place}"
            yield Stated(s, home, Predicate.PARTNERS_WITH, other, status, "aid-section", "counterpartSupport")


def plates(scan: Scan) -> Iterator[Stated]:
    """A hospital that bears a university's plate (青岛大学附属泰安市中心医院) is affiliated with it."""
    for hospital, university, offset in scan.plates:
        s = scan.sentence_at(offset)
        if s and s.sentence.role in {Role.REVIEW, Role.PLAN}:
            status = clause_status(s.folded, s.part, scan.report.year)
            yield Stated(s, hospital, Predicate.PARTNERS_WITH, university, status, "plate-in-name", "affiliation")


def _sides(match: Match) -> tuple[Sequence[Linked], Sequence[Linked]]:
    """Home sides and partners of a match."""
    if match.rule.only == "pair":
        before = match.encoded.within(0, match.found.start())
        orgs = [m for m in before if m.type is not EntityType.REGION]
        return orgs[-2:-1], orgs[-1:]
    if match.rule.only == "pairs":
        parties = match.slot("P")
        return parties[::2], parties[1::2]
    partners = match.slot("B")
    if homes := match.slot("A"):
        return homes, partners
    if outsider := _outsider(match, partners):
        return partners, [outsider]  # 甲医院来旗，同旗人民医院签署…: the one named before is the partner
    return subject(match), partners


def _outsider(match: Match, partners: Sequence[Linked]) -> Linked | None:
    """The institution from elsewhere that the sentence names before a home institution it signs with."""
    scan, s = match.scan, match.sentence
    if not partners or not all(is_home(scan, p.id, s) for p in partners):
        return None
    before = [m for m in match.encoded.within(0, match.found.start()) if m.type is EntityType.HOSPITAL]
    return None if any(is_home(scan, m.id, s) for m in before) else next(reversed(before), None)


def _kind(match: Match) -> str:
    """The kind of partnership; whoever runs another by contract (托管) manages it, whatever the rule."""
    words = match.encoded.text[match.found.start() : match.found.end() + 8]
    return "management" if re.search("托管|委托管理|全面管理|运营", words) else match.rule.kind


def _paired(homes: Sequence[Linked], partners: Sequence[Linked], text: str) -> list[tuple[Linked, Linked]]:
    """Every home side with every partner; one by one where the text says 分别 of equally long lists."""
    if len(homes) == len(partners) > 1 and re.search("与.*、.*与|分别|依次|各自|续签", text):
        return list(zip(homes, partners, strict=True))
    return [(a, b) for a in homes for b in partners]


def _behind(match: Match, a: Linked, b: Linked) -> str:
    """The partner meant: behind a plate or branch stands the institution it belongs to. Empty if it can't be one."""
    if match.rule.only == "outside" and is_home(match.scan, b.id, match.sentence):
        return ""
    if match.rule.only != "plate":
        return b.id
    owner = match.scan.owners.get(b.id, b.id if b.type is EntityType.ACADEMIC else "")
    written = match.scan.report.text[b.start : b.end]
    if not owner and b.id in match.scan.parents and "附属" in written:
        university = match.scan.parents[b.id]
        match.scan.register.add(university)
        match.scan.register.mention(university.id, Mention(b.start, b.end, written, f"{written} → {university.label}"))
        owner = university.id
    return "" if owner == a.id else owner


def _may_partner(match: Match, a: Linked, other: str) -> bool:
    """Whether two ends can be partners: different, both known, and not two offices of one place issuing a paper."""
    scan = match.scan
    if a.id == other or not a.id.removeprefix("region/"):
        return False
    kinds = {a.type, scan.register.type(other)}
    aid = match.rule.kind == "counterpartSupport"
    if scan.register.type(other) is EntityType.REGION or kinds == {EntityType.REGION}:
        return aid and not _nested(scan, a.id, other)
    if kinds <= BODIES | {EntityType.REGION} and _nested(scan, _place(scan, a.id), _place(scan, other)):
        labels = "".join(e.label for e in (scan.register.get(a.id), scan.register.get(other)) if e)
        return bool(_JOINT_BODIES.search(labels))
    return True


def _place(scan: Scan, id_: str) -> str:
    entity = scan.register.get(id_)
    return id_ if id_.startswith("region/") or not entity else entity.parent


def _nested(scan: Scan, one: str, two: str) -> bool:
    a, b = one.removeprefix("region/"), two.removeprefix("region/")
    return scan.gazetteer.inside(a, b) or scan.gazetteer.inside(b, a)
