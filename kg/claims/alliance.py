"""Sentences -> leaders and members of identifiable alliances; an unnamed one is called after its leader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.claims.leaps import leaping
from kg.claims.register import BODIES, Linked
from kg.claims.scan import Scan
from kg.claims.slots import CLASSES
from kg.claims.stated import Match, Stated, alliance_spoken_of, before, marks, matches, subject
from kg.claims.status import clause_status
from kg.ids import org_id
from kg.model import Entity, EntityType, Mention, Predicate, Role, Status

__all__ = ["alliances", "branches", "of_leaders", "signings"]

_CORE = re.compile(
    r"医疗健康共同体|医疗卫生共同体|医疗共同体|(?:区域)?医疗联合体|专科联合体|医共体|医联体|医疗集团|[㐀-鿿]{2,4}联盟"
)
_FOUNDS = re.compile(
    f"[{CLASSES['region']}](?:拟|计划|将|正在|已|正|力争)*(?:组建|成立|建立|构建|打造|建设)[^，。；]{{0,6}}\\Z"
)
_EACH = re.compile("分别|依次|各自")
_GATHERED = re.compile(f"(?:整合|联合|吸纳|吸收|统筹|带动|携手|会同|与|同|将|把|辐射|覆盖|、)[{CLASSES['hospital']}]")
_COUNTS_MEMBERS = re.compile(
    r"(?:入盟|加盟|成员|加入|参加|参与|纳入|单位)[^，。；]{0,8}\d+(?:家|所|个)|\d+(?:家|所|个)[^，。；]{0,6}(?:成员|加盟|入盟|单位)"
)
_SIGNED_BY_EACH = leaping(
    "(?:双方逐|逐家|逐一|(?:与|同)(?:各|其|全部|所有|\\d+家)?(?:成员|加盟|入盟|医共体|医联体|联盟)?(?:成员)?单位)[^，。；]{0,10}?(?:签字|签约|签订|签署|签下)"
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


def signings(scan: Scan, united: Sequence[Stated]) -> Iterator[Stated]:
    """A leader that signs with each member of the alliance just told of (双方逐家签字) is their partner."""
    for s in scan.sentences:
        if "签" not in s.folded or s.sentence.role not in {Role.REVIEW, Role.PLAN}:
            continue
        if not _SIGNED_BY_EACH.search(s.folded):
            continue
        near = {t.sentence.start for t in before(scan, s)} | {s.sentence.start}
        told = [u for u in united if u.sentence.sentence.start in near]
        leaders = {u.subject for u in told if u.predicate is Predicate.LEADS}
        if len(leaders) != 1 or len({u.object for u in told}) != 1:
            continue
        (leader,) = leaders
        status = clause_status(s.folded, s.part, scan.report.year)
        for u in told:
            if u.predicate is Predicate.MEMBER_OF and u.subject != leader:
                yield Stated(s, leader, Predicate.PARTNERS_WITH, u.subject, status, "leader-signs", "agreement")


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
    """Named alliances and who leads them, one by one where there are as many leaders (分别由甲、乙牵头)."""
    targets, leaders = match.slot("L"), match.slot("H")
    pairs = [(a, b) for a in leaders for b in targets]
    if len(targets) == len(leaders):
        pairs = list(zip(leaders, targets, strict=True))
    for leader, target in pairs:
        if leader.id != target.id and not _another(match):
            yield _said(match, leader, Predicate.LEADS, target.id)


def _another(match: Match) -> bool:
    """Whether a further hospital stands between leader and alliance (…各牵头一个，前者叫…) that is no member."""
    first, second = sorted((match.found.span("H"), match.found.span("L")))
    between = match.encoded.within(first[1], second[0])
    gathered = _GATHERED.search(match.encoded.text, first[1], second[0])
    return any(m.type is EntityType.HOSPITAL for m in between) and not gathered


def _leads_bare(match: Match, _: dict[str, str]) -> Iterator[Stated]:
    """An alliance without a name of its own."""
    for leader in match.slot("H"):
        yield _said(match, leader, Predicate.LEADS, _named_after(match, leader))


def _leads_with(match: Match, _: dict[str, str]) -> Iterator[Stated]:
    """A hospital that forms a community with primary-care institutions leads it; they are its members."""
    (leader,), members = match.slot("H"), match.slot("M")
    if leader.type is EntityType.HOSPITAL and all(m.type is EntityType.PRIMARY_CARE for m in members):
        yield from _gathers(match, {})


def _gathers(match: Match, _: dict[str, str]) -> Iterator[Stated]:
    """A leader and the members it is told to gather, in an alliance without a name of its own."""
    for leader in match.slot("H")[:1]:
        members = [m for m in match.slot("M") if m.id != leader.id]
        name = _named_after(match, leader)
        yield _said(match, leader, Predicate.LEADS, name)
        for member in members:
            yield _said(match, member, Predicate.MEMBER_OF, name)


def _leads_topic(match: Match, _: dict[str, str]) -> Iterator[Stated]:
    """Who leads the alliance that is spoken of."""
    topic = alliance_spoken_of(match)
    for leader in match.slot("H")[:1] if topic else ():
        yield _said(match, leader, Predicate.LEADS, topic)


def _members_topic(match: Match, _: dict[str, str]) -> Iterator[Stated]:
    """Who is in the alliance that is spoken of."""
    topic = alliance_spoken_of(match)
    for member in match.slot("M") if topic else ():
        if member.id != topic and member.type not in BODIES:
            yield _said(match, member, Predicate.MEMBER_OF, topic)


def _members_counted(match: Match, led: dict[str, str]) -> Iterator[Stated]:
    """2)卫生院3家，为甲、乙、丙: members, where the lines before count the members of an alliance."""
    told = (match.encoded.text[: match.found.start()], *(s.folded for s in before(match.scan, match.sentence)))
    if any(map(_COUNTS_MEMBERS.search, told)):
        yield from _members_topic(match, led)


def _members(match: Match, led: dict[str, str]) -> Iterator[Stated]:
    """Who joins an alliance, named itself or by the hospital that leads it."""
    targets, members = match.slot("L"), match.slot("M") or subject(match)
    pairs = [(member, target) for target in targets for member in members]
    if len(targets) == len(members) > 1 and _EACH.search(match.encoded.text, *match.found.span()):
        pairs = list(zip(members, targets, strict=True))
    for member, target in pairs:
        alliance = target.id if target.type is EntityType.ALLIANCE else led.get(target.id, "")
        if alliance and member.id not in {alliance, target.id} and member.type not in BODIES:
            yield _said(match, member, Predicate.MEMBER_OF, alliance)


_READERS = {
    "leads": _leads,
    "leads-bare": _leads_bare,
    "leads-with": _leads_with,
    "gathers": _gathers,
    "leads-topic": _leads_topic,
    "members": _members,
    "members-topic": _members_topic,
    "members-counted": _members_counted,
}


def _said(match: Match, who: Linked, predicate: Predicate, alliance: str) -> Stated:
    return Stated(match.sentence, who.id, predicate, alliance, match.status, match.rule.id, marks=marks(who))


def _founder(match: Match, leader: str) -> str:
    """The region that sets the alliance up, where it lies below the leader's own (``leader``: region/…)."""
    ahead = _FOUNDS.search(match.encoded.text, 0, match.found.start("N"))
    founder = match.encoded.mentions[ahead.start()].id.removeprefix("region/") if ahead else ""
    above = leader.removeprefix("region/")
    return founder if founder and founder != above and match.scan.gazetteer.inside(founder, above) else ""


def _named_after(match: Match, leader: Linked) -> str:
    """The alliance that bears its leader's name, new or named elsewhere in the report (六院盐城医联体)."""
    scan, words = match.scan, match.found["N"]
    own = [a for a, o in sorted(scan.owners.items()) if o == leader.id and scan.register.type(a) is EntityType.ALLIANCE]
    if len(own) == 1:
        return own[0]
    entity = scan.register.get(leader.id)
    core = _CORE.findall(_QUANTITY.sub("", words))
    leads = entity.label if entity else ""
    parent = entity.parent if entity else ""
    if "城市" in words and (below := _founder(match, parent)):
        # a city's group that its prefecture's hospital leads
        leads, parent = scan.gazetteer.place(below).name + "城市", f"region/{below}"
    elif scan.report.text[leader.start : leader.end].endswith("中医医院"):
        leads = leads.removesuffix("中医院").removesuffix("中医医院") + "中医医院"  # as the report calls it
    label = leads + (core[-1] if core else words)
    start, end = match.span("N")
    id_ = org_id(parent or "cn", label)
    scan.register.add(Entity(id_, EntityType.ALLIANCE, label, parent=parent))
    scan.register.mention(id_, Mention(start, end, scan.report.text[start:end], f"{words} → {label}"))
    return id_
