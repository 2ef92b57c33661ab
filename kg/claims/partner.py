"""Sentences -> partnerships: who signs, builds, is managed or supported with whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.claims.register import BODIES, Linked
from kg.claims.scan import Scan
from kg.claims.stated import Match, Stated, before, is_example, is_home, marks, matches, subject
from kg.claims.status import clause_status
from kg.model import EntityType, Mention, Predicate, Role

__all__ = ["aid_sections", "partnerships", "plates"]

_AID = re.compile("对口|帮扶|援助|支援|包联|组团|协作|援派")
_LEAGUE = re.compile(
    "(?:联盟|医联体|医共体|共同体|联合体)$"
)  # joined, no partner by itself; a group (医疗集团) can sign
_OF_ITS_OWN = {"jointAction", "counterpartSupport"}  # a region's with a hospital of its own
_TREATING = {EntityType.HOSPITAL, EntityType.PRIMARY_CARE}
_PAIR = 2
_JOINT_BODIES = re.compile(r"消防|工会|妇女联合会|残疾人联合会|红十字会|医疗保障局")


def partnerships(scan: Scan) -> Iterator[Stated]:
    """Every partnership of a report, once a sentence; the first rule that finds a pair names its kind."""
    seen: set[tuple[int, frozenset[str]]] = set()
    told: set[tuple[int, str]] = set()  # partners of a sentence whose home side it names
    found = _untangled(matches(scan, "partnersWith", {Role.REVIEW, Role.PLAN, Role.PROBLEMS}))
    for match in sorted(found, key=lambda m: (m.sentence.sentence.start, _unsaid(m))):
        homes, partners = _sides(match)
        if _unsaid(match):
            partners = [b for b in partners if (match.sentence.sentence.start, b.id) not in told]
        for a, b in _paired(match, homes, partners):
            other = _behind(match, a, b)
            key = match.sentence.sentence.start, frozenset((a.id, other))
            if other and a.id != other and key not in seen and _may_partner(match, a, other):
                seen.add(key)
                if not _unsaid(match) and scan.owners.get(a.id) != other:
                    told |= {(key[0], a.id), (key[0], b.id)}
                yield Stated(
                    match.sentence, a.id, Predicate.PARTNERS_WITH, other, match.status, match.rule.id,
                    _kind(match), marks(a, b),
                )  # fmt: skip


def _unsaid(match: Match) -> bool:
    """Whether a rule leaves it to the sentence who the home side is."""
    return match.rule.only not in {"pair", "pairs", "both", "all"} and not match.slot("A")


def _untangled(found: Iterable[Match]) -> Iterator[Match]:
    """Without what reads across 甲与乙、丙与丁: there 乙 and 丙 merely stand side by side."""
    sentence, paired = -1, (0, 0)
    for match in found:
        if match.sentence.sentence.start != sentence:
            sentence, paired = match.sentence.sentence.start, (0, 0)
        if match.rule.only == "pairs":
            paired = match.found.span("P")
        across = match.found.start() < paired[1] and paired[0] < match.found.end()
        if match.rule.only != "pairs" and (across or (paired[1] and match.rule.only in {"both", "all"})):
            continue
        yield match


def aid_sections(scan: Scan) -> Iterator[Stated]:
    """A section headed by a place elsewhere that tells of support: the two places are partners in it."""
    seen: set[str] = set()
    for s in scan.sentences:
        place = next(iter(s.frame.outside), "")
        if not place or not scan.home or place in seen or s.sentence.role not in {Role.REVIEW, Role.PLAN}:
            continue
        if _AID.search(s.folded) and scan.register.get(f"region/{place}") and not is_example(s):
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
        orgs = [m for m in before if m.type is not EntityType.REGION][-_PAIR:]
        home, elsewhere = _two_sides(match, orgs)
        return (home, elsewhere) if home and elsewhere else (orgs[:1], orgs[1:])
    if match.rule.only == "pairs":
        parties = match.slot("P")
        return parties[::2], parties[1::2]
    if match.rule.only in {"both", "all", "parties"}:
        return _parties(match)
    partners = match.slot("B")
    if homes := match.slot("A"):
        return homes, partners
    if outsider := _outsider(match, partners):
        return partners, [outsider]  # 甲医院来旗，同旗人民医院签署…: the one named before is the partner
    return subject(match), partners


def _parties(match: Match) -> tuple[Sequence[Linked], Sequence[Linked]]:
    """Those whom 双方 or 三家 means: the institutions named before, those here and those from elsewhere."""
    scan, s = match.scan, match.sentence
    if match.rule.only == "parties":
        parties = match.slot("A") + match.slot("B")
        bodies, others = [m for m in parties if m.type in BODIES], [m for m in parties if m.type not in BODIES]
        return (bodies, others) if bodies and others else _two_sides(match, parties)
    spoken = [m for m in match.encoded.within(0, match.found.start()) if _is_party(scan, m)]
    if match.rule.only == "both" and len({m.id for m in spoken}) < _PAIR:
        earlier = next(iter(before(scan, s)), None)
        spoken = [*(m for m in earlier.mentions if _is_party(scan, m)), *spoken] if earlier else spoken
    parties = list({m.id: m for m in spoken}.values())
    if match.rule.only == "both":
        parties = parties[-_PAIR:]
    elif len(parties) < _PAIR + 1:
        return [], []
    return _two_sides(match, parties)


def _is_party(scan: Scan, m: Linked) -> bool:
    """Whether 双方 can mean an institution: no region, no league."""
    return m.type is not EntityType.REGION and _leader(scan, m.id) == m.id


def _two_sides(match: Match, parties: Sequence[Linked]) -> tuple[list[Linked], list[Linked]]:
    """Those of the jurisdiction and those from elsewhere."""
    home = [m for m in parties if is_home(match.scan, m.id, match.sentence)]
    elsewhere = [m for m in parties if not is_home(match.scan, m.id, match.sentence)]
    return home, elsewhere


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


def _paired(match: Match, homes: Sequence[Linked], partners: Sequence[Linked]) -> list[tuple[Linked, Linked]]:
    """Every home side with every partner; one by one where the text says 分别 of equally long lists."""
    text = match.encoded.text[match.found.start() : match.found.end() + 12]
    alike = len(homes) == len(partners) > 1
    if alike and (match.rule.only == "pairs" or re.search("与.*、.*与|分别|依次|各自|续签", text)):
        return list(zip(homes, partners, strict=True))
    return [(a, b) for a in homes for b in partners]


def _behind(match: Match, a: Linked, b: Linked) -> str:
    """The partner meant: behind a plate or branch stands the institution it belongs to. Empty if it can't be one."""
    scan, only = match.scan, match.rule.only
    if only == "outside" and is_home(scan, b.id, match.sentence):
        return ""
    if only not in {"plate", "plate-outside"}:
        return _leader(scan, b.id)
    owner = _leader(scan, scan.owners.get(b.id, b.id if b.type is EntityType.ACADEMIC else ""))
    if only == "plate-outside":
        return "" if is_home(scan, owner, match.sentence) else owner
    owner = owner or _university(match, b)
    return "" if owner == a.id else owner


def _leader(scan: Scan, id_: str) -> str:
    """An institution; for a league (省人民医院专科联盟) the one whose it is, empty if that is open."""
    while id_ and (entity := scan.register.get(id_)) and _LEAGUE.search(entity.label):
        id_ = scan.owners.get(id_, "")
    return id_


def _university(match: Match, plate: Linked) -> str:
    """The university on the plate of a hospital at home (昆明医科大学附属曲靖医院)."""
    scan, written = match.scan, match.scan.report.text[plate.start : plate.end]
    university = scan.parents.get(plate.id)
    if not university or "附属" not in written or not is_home(scan, plate.id, match.sentence):
        return ""
    scan.register.add(university)
    scan.register.mention(university.id, Mention(plate.start, plate.end, written, f"{written} → {university.label}"))
    return university.id


def _may_partner(match: Match, a: Linked, other: str) -> bool:
    """Whether two ends can be partners: different, both known, and not two offices of one place issuing a paper."""
    scan = match.scan
    if a.id == other or not a.id.removeprefix("region/") or _leader(scan, a.id) != a.id:
        return False
    kinds = {a.type, scan.register.type(other)}
    aid = match.rule.kind in {"counterpartSupport", "experts"}
    if scan.register.type(other) is EntityType.REGION or kinds == {EntityType.REGION}:
        return aid and not _nested(scan, a.id, other)
    if kinds <= BODIES | {EntityType.REGION} and _nested(scan, _place(scan, a.id), _place(scan, other)):
        labels = "".join(e.label for e in (scan.register.get(a.id), scan.register.get(other)) if e)
        return bool(_JOINT_BODIES.search(labels))
    hospital = a.type is EntityType.REGION and scan.register.type(other) in _TREATING
    own = hospital and scan.gazetteer.inside(_code(_place(scan, other)), _code(a.id))
    return not own or match.rule.kind in _OF_ITS_OWN


def _place(scan: Scan, id_: str) -> str:
    entity = scan.register.get(id_)
    return id_ if id_.startswith("region/") or not entity else entity.parent


def _code(id_: str) -> str:
    return id_.removeprefix("region/")


def _nested(scan: Scan, one: str, two: str) -> bool:
    a, b = _code(one), _code(two)
    return scan.gazetteer.inside(a, b) or scan.gazetteer.inside(b, a)
