"""Sentences -> leaders and members of identifiable alliances; an unnamed one is called after its leader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.claims.register import BODIES, Linked
from kg.claims.scan import Scan
from kg.claims.stated import Match, Stated, marks, matches, subject
from kg.claims.status import clause_status
from kg.ids import org_id
from kg.model import Entity, EntityType, Mention, Predicate, Role, Status

__all__ = ["alliances", "branches", "of_leaders"]

_CORE = re.compile(
    r"医疗健康共同体|医疗卫生共同体|医疗共同体|(?:区域)?医疗联合体|专科联合体|医共体|医联体|医疗集团|[㐀-鿿]{2,4}联盟"
)
_QUANTITY = re.compile(r"[“”\d]|紧密型|两大|个")


def alliances(scan: Scan) -> Iterator[Stated]:
    """Every ``leads`` and ``memberOf`` a report states."""
    led: dict[str, str] = {}  # leader -> alliance, for 前者 and 后者 that mean the leader's alliance
    for match in matches(scan, "alliances", {Role.REVIEW, Role.PLAN, Role.PROBLEMS, Role.HEADING}):
        for stated in _READERS[match.rule.only](match, led):
            if stated.predicate is Predicate.LEADS:
                led[stated.subject] = stated.object
            yield stated


def branches(scan: Scan) -> Iterator[Stated]:
    """A branch of a hospital group is its member (鼓楼医院集团 + 高淳分院)."""
    for branch, owner in sorted(scan.owners.items()):
        group, entity = scan.register.get(owner), scan.register.get(branch)
        if not group or not entity or group.type is not EntityType.ALLIANCE or entity.type is not EntityType.HOSPITAL:
            continue
        s = scan.sentence_at(scan.register.first_mention(branch))
        if s:
            yield Stated(s, branch, Predicate.MEMBER_OF, owner, Status.REALISED, "branch-of-group")


def of_leaders(scan: Scan) -> Iterator[Stated]:
    """An alliance that bears a home hospital's name (县人民医院医共体) is led by it."""
    for alliance, owner in sorted(scan.owners.items()):
        group, leader = scan.register.get(alliance), scan.register.get(owner)
        if not group or not leader or group.type is not EntityType.ALLIANCE or leader.type is not EntityType.HOSPITAL:
            continue
        s = scan.sentence_at(scan.register.first_mention(alliance))
        if s and s.sentence.role in {Role.REVIEW, Role.PLAN}:
            status = clause_status(s.folded, s.part, scan.report.year)
            yield Stated(s, owner, Predicate.LEADS, alliance, status, "alliance-of-its-leader")


def _leads(match: Match, _: dict[str, str]) -> Iterator[Stated]:
    """A named alliance and who leads it."""
    for target in match.slot("L")[:1]:
        for leader in match.slot("H"):
            if leader.id != target.id and not _another(match):
                yield _said(match, leader, Predicate.LEADS, target.id)


def _another(match: Match) -> bool:
    """Whether a further hospital stands between leader and alliance: …各牵头一个，前者叫…"""
    first, second = sorted((match.found.span("H"), match.found.span("L")))
    return any(m.type is EntityType.HOSPITAL for m in match.encoded.within(first[1], second[0]))


def _leads_bare(match: Match, _: dict[str, str]) -> Iterator[Stated]:
    """An alliance without a name of its own."""
    for leader in match.slot("H"):
        yield _said(match, leader, Predicate.LEADS, _named_after(match, leader))


def _leads_with(match: Match, _: dict[str, str]) -> Iterator[Stated]:
    """A hospital that forms a community with primary-care institutions leads it; they are its members."""
    (leader,), members = match.slot("H"), match.slot("M")
    if leader.type is EntityType.HOSPITAL and all(m.type is EntityType.PRIMARY_CARE for m in members):
        name = _named_after(match, leader)
        yield _said(match, leader, Predicate.LEADS, name)
        for member in members:
            yield _said(match, member, Predicate.MEMBER_OF, name)


def _members(match: Match, led: dict[str, str]) -> Iterator[Stated]:
    """Who joins an alliance, named itself or by the hospital that leads it."""
    for target in match.slot("L")[:1]:
        alliance = target.id if target.type is EntityType.ALLIANCE else led.get(target.id, "")
        for member in match.slot("M") or subject(match):
            if alliance and member.id not in {alliance, target.id} and member.type not in BODIES:
                yield _said(match, member, Predicate.MEMBER_OF, alliance)


_READERS = {"leads": _leads, "leads-bare": _leads_bare, "leads-with": _leads_with, "members": _members}


def _said(match: Match, who: Linked, predicate: Predicate, alliance: str) -> Stated:
    return Stated(match.sentence, who.id, predicate, alliance, match.status, match.rule.id, marks=marks(who))


def _named_after(match: Match, leader: Linked) -> str:
    """The alliance that bears its leader's name, new or named elsewhere in the report (六院盐城医联体)."""
    scan, words = match.scan, match.found["N"]
    own = [a for a, o in sorted(scan.owners.items()) if o == leader.id and scan.register.type(a) is EntityType.ALLIANCE]
    if len(own) == 1:
        return own[0]
    entity = scan.register.get(leader.id)
    core = _CORE.findall(_QUANTITY.sub("", words))
    label = (entity.label if entity else "") + (core[-1] if core else words)
    parent = entity.parent if entity else ""
    start, end = match.span("N")
    id_ = org_id(parent or "cn", label)
    scan.register.add(Entity(id_, EntityType.ALLIANCE, label, parent=parent))
    scan.register.mention(id_, Mention(start, end, scan.report.text[start:end], f"{words} → {label}"))
    return id_
