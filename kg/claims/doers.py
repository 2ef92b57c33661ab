"""Who does what a clause says: those it names, those the clauses before lend it, those named after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.claims.programmes import Programme
from kg.claims.register import Linked
from kg.claims.scan import Scan, Scanned
from kg.claims.stated import is_home
from kg.model import EntityType
from kg.text.split import clauses

__all__ = ["DOERS", "Clause", "doers_of_each", "in_clauses"]

DOERS = {
    EntityType.REGION, EntityType.HOSPITAL, EntityType.PRIMARY_CARE, EntityType.PUBLIC_HEALTH,
    EntityType.ORGANIZATION, EntityType.ALLIANCE,
}  # fmt: skip
_TAKES_ON = "牵头|承担|承建|承接|承办|承揽|负责|实施|建设|主导|领衔|运营|组建|打造|开展"
_OBJECT = re.compile(r"(?:与|同|和|对|向|跟|邀请了?|比|由)\Z")
_WITH = {"与", "同", "和", "跟"}  # an institution of the place takes part: 三所卫生院与市医院结成医共体
_BY = re.compile(rf"[^，。；]{{0,30}}?(?:{_TAKES_ON})")  # 由市二院牵头; 由市二院、市中医院分别建设
_MADE = re.compile(r"(?:共建|建立|成立|设立|组建|加挂|增挂|挂牌|引进|挂上|揭牌|建设|建成|新建)了?“?\Z")
_STUDIO = re.compile("(?:工作室|工作站|分站)$")  # set up by others: no doer
_EXCEPT = re.compile("以外|之外|除外")
_TAKES_PART = re.compile(
    r"(?:[及和][^，。；]{0,8})?(?:等[^，。；]{0,8})?(?:均|都|也|一[并同起]|随后|先后|相继)?(?:共同|联合)?"
    r"(?:组建|发起|参与|参加|加入|入盟|承接|承建|承担)(?:了|其中|建设|的(?:即|便|就)?是其中之一)?[，；。]?\Z"
)
_EACH = re.compile("分别|依次")
_ITEM = r"(?:[(]?[一二三四五六七八九十\d]{1,3}[)）.、：]?是?|[①-⑳]|其中，?|同时，?|[-—]+)?"
_LEAD = re.compile(rf"{_ITEM}该?“?")
# a subject behind such a verb is lent on only while nothing has been said of it: 支持甲县医院补短板，争创三级
_PUT = re.compile(
    rf"{_ITEM}(?:继续|持续|积极|大力|全力|重点)?"
    r"(?:支持|推动|指导|帮助|协助|鼓励|助力|督促|引导|由|在|以|依托)了?"
)
_HELPED = re.compile(r".*(?:支援|帮扶|援助|托管|帮助|指导|支持|到|赴|进驻|入驻|落户|走进|派驻)")
_ACTING = re.compile("承接|承建|承办|牵头|为(?:依托|龙头|试点|主体)")
_REST = re.compile(r"(?:[㐀-鿿]{1,6}科[、和]?)*[，；。]?")
_TOPIC = re.compile(r"[^，。；\d]{0,6}[，：]?\Z|.*由.*(?:牵头|龙头|领衔)")
_AND_MORE = re.compile("以及|加上|还有|连同")
_COUNTED = re.compile(r"[^，。；]{0,12}[，：]?\Z")
_LISTING = re.compile(r"(?:其中|分别|依次)?(?:是|为|即|有|包括)?\Z")
_ABOUT = re.compile(r"(?:围绕|聚焦|针对)")
# what is said of everybody is nobody's own: 市二院扩建，全市推进签约; …，居民健康素养水平达到32%
_EVERYBODY = re.compile(
    r".{0,4}(?:全|我|各)[省市县区州旗盟乡镇](?![首第唯率最先])|其余|其他|另[有外]|.*(?:居民|县域)[^，。；]{0,8}(?:率|水平)"
)
_NAMES_AFTER = re.compile(
    r"(?!.*(?:推进|开展|落实)[：:])[^，。；]{0,14}?(?:是|为|有|：|:|包括|分别|完成|在|支持|指导|推动|确定|遴选|推荐|打造|由|落户)[^，。；]{0,8}\Z|[^，。；]{0,8}[(]\Z"
)


class Clause(NamedTuple):
    """A clause with its programmes and those it names as doers."""

    start: int
    end: int
    text: str
    programmes: tuple[Programme, ...]
    doers: tuple[Linked, ...]

    def between(self, start: int, end: int) -> str:
        """The words between two offsets of the report."""
        return self.text[max(0, start - self.start) : max(0, end - self.start)]


def in_clauses(scan: Scan, s: Scanned, found: Sequence[Programme]) -> list[Clause]:
    """The clauses of a sentence, each with what it names."""
    text, offset = s.folded, s.sentence.start
    named = [m for m in s.mentions if _doer(scan, s, m)]
    return [
        Clause(
            start,
            end,
            text[start - offset : end - offset],
            tuple([p for p in found if start <= p.start < end]),
            tuple([m for m in named if start <= m.start < end]) if named else (),
        )
        for start, end in clauses(s.sentence, text)
    ]


def _doer(scan: Scan, s: Scanned, m: Linked) -> bool:
    """Whether a mention can be the one that runs a programme: inside the jurisdiction, and no mere partner."""
    if m.type not in DOERS or not is_home(scan, m.id, s):
        return False
    if m.type is EntityType.REGION and m.id.removeprefix("region/") in {scan.home, *s.frame.places}:
        return False
    at, after = m.start - s.sentence.start, m.end - s.sentence.start
    made = _MADE.search(s.folded, max(0, at - 5), at) or _EXCEPT.match(s.folded, after)
    if made or (m.type is EntityType.ORGANIZATION and _STUDIO.search(s.folded[at:after])):
        return False
    object_ = _OBJECT.search(s.folded, max(0, at - 3), at)
    if not object_ or object_[0] == "和":
        return True
    if object_[0] == "由":
        return bool(_BY.match(s.folded, after))
    return object_[0] in _WITH and m.type is not EntityType.REGION


def doers_of_each(parts: Sequence[Clause]) -> list[list[tuple[Programme, list[Linked]]]]:
    """For each clause its programmes, each with those the sentence names as doing it."""
    if not any(part.doers for part in parts):
        return [[(p, []) for p in part.programmes] for part in parts]
    carried: tuple[Linked, ...] = ()
    out = []
    for i, part in enumerate(parts):
        each = _one_by_one(part)
        out.append([(p, each.get(p) or _doers(parts, i, p, carried)) for p in part.programmes])
        carried = subjects(part) or (() if part.doers else carried)
    return out


def _doers(parts: Sequence[Clause], i: int, p: Programme, carried: Sequence[Linked]) -> list[Linked]:
    part = parts[i]
    own = [d for d in _nearest(part, p) if d.start < p.end and not (d.start <= p.start and p.end <= d.end)]
    if own and all(_beside(part, d) for d in own):
        own = [*carried, *own]
    lent = [] if part.doers or _EVERYBODY.match(part.text) else list(carried)
    named = own or _following(parts, i, p) or _after(parts, i, p) or lent
    return [*named, *_joining(parts, i)]


def _joining(parts: Sequence[Clause], i: int) -> list[Linked]:
    """Those of whom the next clause says nothing but that they take part: …，市三院、县人民医院参加."""
    next_ = parts[i + 1] if i + 1 < len(parts) else None
    if next_ is None or next_.programmes or not next_.doers or next_.doers[0].start > next_.start + 1:
        return []
    return list(next_.doers) if _TAKES_PART.match(next_.text, next_.doers[-1].end - next_.start) else []


def subjects(part: Clause) -> tuple[Linked, ...]:
    """The doers a clause begins with: they stay the subject of the clauses after it."""
    if not part.doers:
        return ()
    lead = part.between(part.start, part.doers[0].start).strip()
    if _LEAD.fullmatch(lead):
        return part.doers
    if part.programmes:
        return ()
    if _PUT.fullmatch(lead):
        return part.doers
    if _HELPED.fullmatch(lead) and _REST.fullmatch(part.text, part.doers[-1].end - part.start):
        return part.doers  # 八家医院支援市人民医院，建成重点专科6个
    return tuple(d for d in part.doers if _ACTING.match(part.text, d.end - part.start))


def _beside(part: Clause, d: Linked) -> bool:
    """Whether a doer is named as one side of a joint action (与泰达医院联手), the other being the subject."""
    return part.between(d.start - 1, d.start) in {"与", "同", "跟"}


def _one_by_one(part: Clause) -> dict[Programme, list[Linked]]:
    """As many programmes as doers, paired by 分别: 胸痛中心、卒中中心分别由甲、乙建设."""
    if len(part.doers) < 2 or len(part.programmes) != len(part.doers) or not _EACH.search(part.text):
        return {}
    first, last = part.programmes[0], part.programmes[-1]
    if part.doers[0].start > last.start or part.doers[-1].start < first.start:
        return {p: [d] for p, d in zip(part.programmes, part.doers, strict=True)}
    return {}


def _nearest(part: Clause, p: Programme) -> list[Linked]:
    """The doers of a programme's own member where a list gives each its own: 甲胸痛中心、乙卒中中心."""
    begin = part.start
    for d in part.doers:
        done = [q for q in part.programmes if q.end <= d.start]
        follows = any(q.start >= d.end and q.start - d.end <= 3 for q in part.programmes)
        listed = done and re.fullmatch(r"[^，。；]{0,6}?[、和及]", part.between(done[-1].end, d.start))
        if d.start < p.start and follows and listed:
            begin = d.start
    return [d for d in part.doers if d.start >= begin]


def _following(parts: Sequence[Clause], i: int, p: Programme) -> list[Linked]:
    """Those named after the programme in its own clause: 封顶的有：甲医院、乙医院; …创建，完成丙中心验收."""
    part = parts[i]
    later = [d for d in part.doers if d.start >= p.end and not _is_one(part, d, p)]
    between = part.between(p.end, later[0].start) if later else ""
    if not later or not _NAMES_AFTER.match(between):
        return []
    more = [d for d in parts[i + 1].doers if _AND_MORE.match(parts[i + 1].text)] if i + 1 < len(parts) else []
    return [*(d for d in later if not any(p.end < q.start < d.start for q in part.programmes)), *more]


def _is_one(part: Clause, d: Linked, p: Programme) -> bool:
    """Whether a body is an instance of the programme and no doer: 名中医工作室10个（“于林”工作室为其中之一）."""
    return p.id == "program/expert-studio" and part.between(d.start, d.end).endswith(("工作室", "工作站", "分站"))


def _after(parts: Sequence[Clause], i: int, p: Programme) -> list[Linked]:
    """A programme named first, as a topic: 电子病历应用水平，州人民医院评到四级、…"""
    if parts[i].doers or i + 1 >= len(parts):
        return []
    next_ = parts[i + 1]
    if next_.doers and _ABOUT.match(parts[i].text) and next_.doers[0].start <= next_.start + 3:
        return list(next_.doers)  # 围绕胸痛、卒中中心，该院与…签约
    if not _TOPIC.match(parts[i].text, p.end - parts[i].start) and not _counted(parts[i], next_, p):
        return []
    out: list[Linked] = []
    for part in parts[i + 1 :]:
        if part.programmes or not part.doers or part.doers[0].start > part.start + 3:
            break
        out += part.doers
    return out


def _counted(part: Clause, next_: Clause, p: Programme) -> bool:
    """Whether the next clause lists or picks out those counted: 建成胸痛中心3家，分别为甲、乙、丙; …，其中甲10名."""
    lead = next_.between(next_.start, next_.doers[0].start) if next_.doers else ""
    counted = lead.startswith("其中") or bool(_COUNTED.match(part.text, p.end - part.start))
    return counted and bool(lead) and bool(_LISTING.fullmatch(lead))
