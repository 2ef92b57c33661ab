"""Sentences -> partnerships, leaders and members of alliances, by the rule files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.claims.register import Linked
from kg.claims.rules import Rule, load_rules
from kg.claims.scan import Scan, Scanned
from kg.claims.slots import Encoded, encode
from kg.claims.status import clause_status, is_denied
from kg.ids import org_id
from kg.model import Entity, EntityType, Mention, Predicate, Role, Status

__all__ = ["Stated", "alliances", "partnerships"]

_BODIES = {EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY}
_JOINT_BODIES = re.compile(r"消防|工会|妇女联合会|残疾人联合会|红十字会|学校|医疗保障局")
_CUE = re.compile(
    "签|协议|建|合作|协作|结|托管|支援|帮扶|援|挂|揭牌|牌|加盟|联|依托|引进|专家|附属|牵头|龙头|领衔|主体|加入|参加|参与|组建|发起|成员|纳入|包联|搭|领导"
)
_CORE = re.compile(
    r"医疗健康共同体|医疗卫生共同体|医疗共同体|医疗联合体|专科联合体|医共体|医联体|医疗集团|[㐀-鿿]{2,4}联盟"
)
_QUANTITY = re.compile(r"[“”\d]|紧密型|两大|个")


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation a sentence states, before it becomes a claim."""

    sentence: Scanned
    subject: str
    predicate: Predicate
    object: str
    status: Status
    rule: str
    kind: str = ""
    marks: tuple[tuple[int, int], ...] = ()


def partnerships(scan: Scan, owners: dict[str, str]) -> Iterator[Stated]:
    """Every partnership of a report; ``owners`` leads from a plate or branch to the institution behind it."""
    for s in _prose(scan):
        encoded = encode(s.folded, s.sentence.start, s.mentions)
        seen: set[frozenset[str]] = set()
        for rule in load_rules("partnersWith"):
            for match in rule.pattern.finditer(encoded.text):
                for stated in _partner(scan, s, encoded, rule, match, owners):
                    pair = frozenset((stated.subject, stated.object))
                    if pair not in seen:
                        seen.add(pair)
                        yield stated


def _prose(scan: Scan) -> Iterator[Scanned]:
    """Sentences that could state a relation between institutions."""
    for s in scan.sentences:
        if s.sentence.role in {Role.REVIEW, Role.PLAN} and _CUE.search(s.folded):
            if any(m.type is not EntityType.REGION for m in s.mentions) or "支援" in s.folded or "协议" in s.folded:
                yield s


def _partner(
    scan: Scan, s: Scanned, encoded: Encoded, rule: Rule, match: re.Match[str], owners: dict[str, str]
) -> Iterator[Stated]:  # fmt: skip
    clause = _clause(encoded.text, match.start(), match.end())
    if is_denied(clause):
        return
    status = clause_status(clause, s.sentence.role, scan.report.year)
    homes, partners = _sides(scan, s, encoded, rule, match)
    for a in homes:
        for b in partners:
            if rule.only == "outside" and is_home(scan, b.id, s):
                continue
            other = owners.get(b.id, b.id) if rule.only == "plate" else b.id
            if rule.only == "plate" and other == a.id:
                continue
            if _may_partner(scan, a, other, rule):
                yield Stated(s, a.id, Predicate.PARTNERS_WITH, other, status, rule.id, rule.kind, _marks(a, b))


def _sides(
    scan: Scan, s: Scanned, encoded: Encoded, rule: Rule, match: re.Match[str]
) -> tuple[list[Linked], list[Linked]]:  # fmt: skip
    if rule.only == "pair":
        orgs = [m for m in encoded.within(0, match.start()) if m.type is not EntityType.REGION]
        return orgs[-2:-1], orgs[-1:]
    partners = encoded.within(*match.span("B"))
    if "A" in rule.pattern.groupindex and match["A"]:
        homes = encoded.within(*match.span("A"))
        return homes, partners
    return [subject(scan, s, encoded.within(0, match.start()), match.start(), encoded)], partners


def subject(scan: Scan, s: Scanned, before: Sequence[Linked], at: int, encoded: Encoded) -> Linked:
    """The home side a sentence leaves unsaid: its own subject, its heading's institution, its place."""
    start = encoded.origin[at]
    orgs = [m for m in before if m.type is not EntityType.REGION and is_home(scan, m.id, s)]
    if orgs:
        return orgs[0]
    focus = heading_focus(scan, s)
    if focus:
        return Linked(start, start, focus, scan.register.type(focus))
    regions = [m for m in before if m.type is EntityType.REGION and is_home(scan, m.id, s)]
    if regions:
        return regions[-1]
    return Linked(start, start, f"region/{s.frame.place}", EntityType.REGION)


def heading_focus(scan: Scan, s: Scanned) -> str:
    """The institution with which the nearest heading begins (（一）州人民医院)."""
    if not s.sentence.headings:
        return ""
    last = s.sentence.headings[-1]
    for other in scan.sentences:
        if other.sentence.role is Role.HEADING and other.sentence.text.strip() == last.strip():
            first = next(iter(other.mentions), None)
            lead = first.start - other.sentence.start if first else 99
            if first and lead <= 5 and first.type in {EntityType.HOSPITAL, EntityType.PRIMARY_CARE}:
                return first.id
    return ""


def is_home(scan: Scan, id_: str, s: Scanned) -> bool:
    """Whether an entity lies in the report's jurisdiction; in a bulletin without issuer, in the section's place."""
    base = scan.home if scan.issuer or not s.frame.places else s.frame.places[-1]
    entity = scan.register.get(id_)
    region = id_ if id_.startswith("region/") else entity.parent if entity else ""
    code = region.removeprefix("region/")
    if not code:
        return False
    return not base or scan.gazetteer.inside(code, base)


def _may_partner(scan: Scan, a: Linked, other: str, rule: Rule) -> bool:
    """Whether two ends can be partners: different, both known, and not two offices issuing a paper."""
    if a.id == other or not a.id.removeprefix("region/"):
        return False
    kinds = {a.type, scan.register.type(other)}
    if kinds == {EntityType.REGION}:
        return rule.kind == "counterpartSupport" and not _nested(scan, a.id, other)
    if kinds <= _BODIES | {EntityType.REGION}:
        first, second = scan.register.get(a.id), scan.register.get(other)
        labels = (first.label if first else "") + (second.label if second else "")
        return bool(_JOINT_BODIES.search(labels)) or rule.kind == "counterpartSupport"
    if EntityType.REGION in kinds and scan.register.type(other) is EntityType.REGION:
        return rule.kind == "counterpartSupport"
    return True


def _nested(scan: Scan, one: str, two: str) -> bool:
    a, b = one.removeprefix("region/"), two.removeprefix("region/")
    return scan.gazetteer.inside(a, b) or scan.gazetteer.inside(b, a)


def _clause(text: str, start: int, end: int) -> str:
    """The encoded clause(s) a match spans, to the next comma."""
    begin = max(text.rfind(sign, 0, start + 1) for sign in "，。；") + 1
    stops = [i for sign in "，。；" if (i := text.find(sign, end)) >= 0]
    return text[begin : min(stops, default=len(text))]


def _marks(*mentions: Linked) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({(m.start, m.end) for m in mentions if m.end > m.start}))


# alliances


def alliances(scan: Scan) -> Iterator[Stated]:
    """Leaders and members of identifiable alliances; an unnamed one is called after its leader."""
    for s in scan.sentences:
        if s.sentence.role not in {Role.REVIEW, Role.PLAN, Role.HEADING} or not _CUE.search(s.folded):
            continue
        encoded = encode(s.folded, s.sentence.start, s.mentions)
        for rule in load_rules("alliances"):
            for match in rule.pattern.finditer(encoded.text):
                yield from _alliance(scan, s, encoded, rule, match)


def _alliance(scan: Scan, s: Scanned, encoded: Encoded, rule: Rule, match: re.Match[str]) -> Iterator[Stated]:
    clause = _clause(encoded.text, match.start(), match.end())
    if is_denied(clause):
        return
    role = Role.REVIEW if s.sentence.role is Role.HEADING else s.sentence.role
    status = clause_status(clause, role, scan.report.year)
    if rule.only == "leads-bare":
        for h in encoded.within(*match.span("H")):
            at = encoded.origin[match.start("N")], encoded.origin[match.end("N")]
            name = _owned(scan, h.id) or _named_after(scan, h, match["N"], at)
            yield Stated(s, h.id, Predicate.LEADS, name, status, rule.id, marks=_marks(h))
        return
    if rule.only == "leads-with":
        yield from _leads_with(scan, s, encoded, rule, match, status)
        return
    (target,) = encoded.within(*match.span("L"))[:1] or (None,)
    if target is None:
        return
    if rule.only == "leads":
        for h in encoded.within(*match.span("H")):
            yield Stated(s, h.id, Predicate.LEADS, target.id, status, rule.id, marks=_marks(h, target))
        return
    named = "M" in rule.pattern.groupindex
    members = (
        encoded.within(*match.span("M"))
        if named
        else [subject(scan, s, encoded.within(0, match.start()), match.start(), encoded)]
    )
    for m in members:
        if m.id != target.id and m.type not in _BODIES:
            yield Stated(s, m.id, Predicate.MEMBER_OF, target.id, status, rule.id, marks=_marks(m, target))


def _leads_with(
    scan: Scan, s: Scanned, encoded: Encoded, rule: Rule, match: re.Match[str], status: Status
) -> Iterator[Stated]:  # fmt: skip
    """A hospital that forms a community with primary-care institutions leads it; they are its members."""
    (leader,) = encoded.within(*match.span("H"))
    members = encoded.within(*match.span("M"))
    if leader.type is not EntityType.HOSPITAL or any(m.type is not EntityType.PRIMARY_CARE for m in members):
        return
    at = encoded.origin[match.start("N")], encoded.origin[match.end("N")]
    name = _owned(scan, leader.id) or _named_after(scan, leader, match["N"], at)
    yield Stated(s, leader.id, Predicate.LEADS, name, status, rule.id, marks=_marks(leader))
    for m in members:
        yield Stated(s, m.id, Predicate.MEMBER_OF, name, status, rule.id, marks=_marks(m))


def _owned(scan: Scan, leader: str) -> str:
    """The one alliance that bears its leader's name, if the report names it elsewhere (六院盐城医联体)."""
    own = [
        a
        for a, owner in sorted(scan.owners.items())
        if owner == leader and scan.register.type(a) is EntityType.ALLIANCE
    ]
    return own[0] if len(own) == 1 else ""


def _named_after(scan: Scan, leader: Linked, words: str, at: tuple[int, int]) -> str:
    """The entity of an alliance without a name: 衡南县人民医院 + 医联体."""
    entity = scan.register.get(leader.id)
    core = _CORE.findall(_QUANTITY.sub("", words))
    label = (entity.label if entity else "") + (core[-1] if core else words)
    parent = entity.parent if entity else ""
    id_ = org_id(parent or "cn", label)
    scan.register.add(Entity(id_, EntityType.ALLIANCE, label, parent=parent))
    scan.register.mention(id_, Mention(*at, scan.report.text[slice(*at)], f"{words} → {label}"))
    return id_
