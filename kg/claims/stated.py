"""What the rules find in a sentence, before it becomes a claim; and who is meant where it is left unsaid."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from kg.claims.literals import Sieve
from kg.claims.register import Linked
from kg.claims.rules import Rule, load_rules
from kg.claims.scan import Scan, Scanned
from kg.claims.slots import Encoded, encode
from kg.claims.status import clause_status, is_denied
from kg.model import EntityType, Predicate, Role, Status

__all__ = [
    "Match",
    "Stated",
    "alliance_spoken_of",
    "before",
    "is_example",
    "is_home",
    "marks",
    "matches",
    "regions_spoken_of",
    "subject",
]


_EXAMPLE = re.compile("案例|借鉴|参考|外地|先进经验|典型经验")


class Stated(NamedTuple):
    """A relation a sentence states; ``marks`` are the spans that carry it."""

    sentence: Scanned
    subject: str
    predicate: Predicate
    object: str
    status: Status
    rule: str
    kind: str = ""
    marks: tuple[tuple[int, int], ...] = ()


class Match(NamedTuple):
    """A rule that fired on a sentence."""

    scan: Scan
    sentence: Scanned
    encoded: Encoded
    rule: Rule
    found: re.Match[str]

    def slot(self, name: str) -> list[Linked]:
        """The mentions in a slot; none if the pattern has no such slot or left it empty."""
        if name not in self.rule.pattern.groupindex or not self.found[name]:
            return []
        return self.encoded.within(*self.found.span(name))

    def span(self, name: str) -> tuple[int, int]:
        """Offsets of a slot in the report."""
        start, end = self.found.span(name)
        return self.encoded.origin(start), self.encoded.origin(end)

    @property
    def clause(self) -> str:
        """The encoded text from the comma before the match to the comma after it."""
        text, end = self.encoded.text, self.found.end()
        begin = max(text.rfind(sign, 0, self.found.start() + 1) for sign in "，。；") + 1
        stops = [i for sign in "，。；" if (i := text.find(sign, end)) >= 0]
        return text[begin : min(stops, default=len(text))]

    @property
    def status(self) -> Status:
        """Realised or planned, from the clause and the part of the report."""
        return clause_status(self.clause, self.sentence.part, self.scan.report.year)


def matches(scan: Scan, relation: str, roles: set[Role]) -> Iterator[Match]:
    """Every firing of a relation's rules, sentence by sentence, in the order of the rules; denials left out."""
    for s, encoded, candidates in _spoken(scan):
        rules = candidates.get(relation)
        for rule in rules if rules and _tells(scan, s, roles) else ():
            for found in rule.pattern.finditer(encoded.text):
                match = Match(scan, s, encoded, rule, found)
                if not is_denied(match.clause):
                    yield match


@lru_cache(maxsize=1)
def _spoken(scan: Scan) -> list[tuple[Scanned, Encoded, dict[str, list[Rule]]]]:
    """The sentences with mentions, encoded, with the rules worth trying; remembered, for every relation asks."""
    rules, sieve = _sieve()
    spoken = [(s, encode(s.folded, s.sentence.start, s.mentions)) for s in scan.sentences if s.mentions]
    out = []
    for (s, encoded), numbers in zip(spoken, sieve.sorted_out([e.text for _, e in spoken]), strict=True):
        candidates: dict[str, list[Rule]] = {}
        said, kinds = len(encoded.mentions), encoded.kinds
        for relation, rule in map(rules.__getitem__, numbers):
            if rule.may_match(said, kinds):
                candidates.setdefault(relation, []).append(rule)
        out.append((s, encoded, candidates))
    return out


def _tells(scan: Scan, s: Scanned, roles: set[Role]) -> bool:
    """Whether a sentence states facts or plans: a problem is no fact, but what it says has been done is."""
    role = s.sentence.role
    problem = role is Role.PROBLEMS
    done = problem and clause_status(s.folded, Role.PLAN, scan.report.year) is Status.REALISED
    return role in roles and (done or not problem)


@cache
def _sieve() -> tuple[list[tuple[str, Rule]], Sieve]:
    """The rules of all relations, and which of them a sentence can fire."""
    rules = [(relation, rule) for relation in ("partnersWith", "alliances") for rule in load_rules(relation)]
    return rules, Sieve([rule.expression for _, rule in rules])


def subject(match: Match) -> list[Linked]:
    """The home side a sentence leaves unsaid: its own subject, its heading's institution, its place."""
    scan, s, at = match.scan, match.sentence, match.found.start()
    before = {i: m for i, m in match.encoded.mentions.items() if i < at and is_home(scan, m.id, s)}
    orgs = [i for i, m in before.items() if m.type is not EntityType.REGION]
    if orgs:
        return [before[i] for i in orgs if _joined(match.encoded, orgs[0], i)]
    start = match.encoded.origin(at)
    regions = [m for m in before.values() if m.type is EntityType.REGION]
    if not regions and (carried := _carried(scan, s)):
        return [Linked(start, start, carried.id, carried.type)]
    if s.focus:
        return [Linked(start, start, s.focus, scan.register.type(s.focus))]
    return regions[-1:] or [Linked(start, start, f"region/{s.frame.place}", EntityType.REGION)]


def _carried(scan: Scan, s: Scanned) -> Linked | None:
    """The hospital that opened the sentence before, where a semicolon lets it go on: 市医院与甲签约；与乙共建中心."""
    if _WHOLE_PLACE.match(s.folded):
        return None
    for last in _shortly_before(scan, s):
        if last.sentence.headings != s.sentence.headings or not last.folded.rstrip().endswith("；"):
            return None
        home = [m for m in last.mentions if m.type in _SUBJECTS and is_home(scan, m.id, last)]
        if home:
            opens = _NUMBERING.fullmatch(last.folded, 0, home[0].start - last.sentence.start)
            return home[0] if opens else None
    return None


def _joined(encoded: Encoded, first: int, other: int) -> bool:
    """Whether only list signs and other mentions stand between two mentions."""
    return all(i in encoded.mentions or encoded.text[i] in "、和及" for i in range(first, other))


def is_home(scan: Scan, id_: str, s: Scanned) -> bool:
    """Whether an entity lies in the report's jurisdiction; in a bulletin without issuer, in the section's place."""
    base = s.frame.home if scan.issuer or not s.frame.places else s.frame.places[-1]
    entity = scan.register.get(id_)
    region = id_ if id_.startswith("region/") else entity.parent if entity else ""
    code = region.removeprefix("region/")
    if code.startswith(scan.report.key) and scan.home.startswith(scan.report.key):
        return True  # masked townships of a masked county
    if id_ in scan.owners and scan.gazetteer.inside(base, code):
        return True  # a branch of the city's or province's name: 天坛医院安徽医院 in a district's report
    return bool(code) and (not base or scan.gazetteer.inside(code, base))


def is_example(s: Scanned) -> bool:
    """Whether a sentence stands in a section on how others do it: 参考案例（六盘水）."""
    return bool(s.frame.outside) and any(_EXAMPLE.search(h) for h in s.sentence.headings)


def regions_spoken_of(scan: Scan, s: Scanned) -> list[str]:
    """The jurisdiction and the section's places inside it; in a section on how others do it, those others."""
    if is_example(s):
        return [f"region/{c}" for c in s.frame.outside[:1]]
    codes = [c for c in s.frame.places if not scan.home or scan.gazetteer.inside(c, scan.home)]
    return [f"region/{c}" for c in dict.fromkeys((*codes, s.frame.home)) if c]


_LOOK_BACK = 6  # sentences
_SUBJECTS = {EntityType.HOSPITAL, EntityType.ALLIANCE}
# What is told of the place, not of a hospital; a new item; a subject that is no name (区属医疗机构)
_WHOLE_PLACE = re.compile(
    "[全各我本]|推进|加强|落实|深化|[一二三四五六七八九十]+是|[(]|[0-9]+[.、)]|[^，。]{0,8}(?:机构|单位|部门)"
)
_NUMBERING = re.compile(r"[\s()\d一二三四五六七八九十、.．是①-⑨]*(?:其中|同时)?，?")


def before(scan: Scan, here: Scanned) -> Iterator[Scanned]:
    """The sentences shortly before one under the same heading, and the heading; the nearest first."""
    for s in _shortly_before(scan, here):
        if s.sentence.role is not Role.HEADING and s.sentence.headings != here.sentence.headings:
            return
        yield s
        if s.sentence.role is Role.HEADING:
            return


def _shortly_before(scan: Scan, here: Scanned) -> Iterator[Scanned]:
    at = bisect_left(scan.sentences, here.sentence.start, key=lambda s: s.sentence.start)
    return reversed(scan.sentences[max(0, at - _LOOK_BACK) : at])


def alliance_spoken_of(match: Match) -> str:
    """The alliance named last before a match, in its sentence or shortly before; empty if that is open."""
    own = [m for m in match.encoded.within(0, match.found.start()) if m.type is EntityType.ALLIANCE]
    if own:
        return own[-1].id
    for s in before(match.scan, match.sentence):
        named = {m.id for m in s.mentions if m.type is EntityType.ALLIANCE}
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


def marks(*mentions: Linked) -> tuple[tuple[int, int], ...]:
    """The spans of mentions, for the evidence."""
    return tuple(sorted({(m.start, m.end) for m in mentions if m.end > m.start}))
