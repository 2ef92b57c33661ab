"""Whose report it is: the jurisdiction, from the surest sign to the weakest.

Tried in order, each accepted only if it names one region: title, signature,
the page's issuer line, a line of an authority's own near the top, headings
that are places, the opening sentences, and at last the region that is named
most among those the report calls 我市, 全县 …. A masked region (XX区) is taken
where the title or the opening bears the mask and nothing else speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.claims.find import Found, found_in
from kg.claims.frame import Leads, region_codes
from kg.claims.lexicon import Lexicon
from kg.claims.places import relative_words
from kg.claims.register import BODIES, Linked, Register
from kg.claims.signs import Signs
from kg.claims.tokens import Token
from kg.model import EntityType, Role, Sentence

__all__ = ["issuer", "jurisdiction"]

_REGIONS = {"region", "short", "zone"}
_JOINS = {"", "、", "和", "与", "及"}
_OWN = re.compile("[我全](市|县|区|州|旗|盟|省|地区|自治区|镇)")
_OPENING = 4  # sentences of prose in which a report says whose it is
_LINE = 45  # characters of a line that only names its issuer


@dataclass(frozen=True)
class _Unplaced:
    """A report before its region is known; what only doubtful cases ask for is found when it is asked for."""

    sentences: Sequence[Sentence]
    seen: Signs
    leads: Leads

    @property
    def lexicon(self) -> Lexicon:
        return self.seen.lexicon

    @cached_property
    def votes(self) -> Counter[str]:
        """How often each region, or one inside it, is named beyond doubt."""
        votes: Counter[str] = Counter()
        for f in found_in(self.seen):
            for token in (f.token,) if f.token else f.name.regions if f.name else ():
                codes = _codes(token, self.lexicon) if token.kind in _REGIONS else ()
                if len(codes) == 1 and self.lexicon.everyday.isdisjoint(token.values):
                    votes.update(self.lexicon.gazetteer.lineage(codes[0]))
        return votes

    def within(self, sentences: Sequence[Sentence]) -> list[Found]:
        """What some of the sentences name."""
        return found_in(self.seen.within([(s.start, s.end) for s in sentences])) if sentences else []

    def elect(self, codes: Sequence[str]) -> str:
        """Of regions that share a name, the one whose surroundings the report names most; empty on a tie."""
        if len(codes) < 2:
            return codes[0] if codes else ""
        ranked = sorted(((self._support(c), c) for c in codes), reverse=True)
        return ranked[0][1] if ranked[0][0] > ranked[1][0] else ""

    def _support(self, code: str) -> int:
        """Mentions of the region's own surroundings; those of the nearer region above count more."""
        above = self.lexicon.gazetteer.lineage(code)[1:]
        return sum(self.votes[c] * weight for c, weight in zip(above, (1000, 1), strict=False))


def jurisdiction(sentences: Sequence[Sentence], seen: Signs, leads: Leads, key: str) -> str:
    """The code of the report's region, empty when nothing tells; ``key`` makes the code of a masked one.

    ``seen`` are the signs of the folded text, ``leads`` the places that headings begin with.
    """
    report = _Unplaced(sentences, seen, leads)
    for here in _places_to_look(report):
        if mask := _mask(here):
            return f"{key}-{mask}"
        if code := _of_authority(here, report) or _of_regions(here, report):
            return code
    codes = _of_headings(report)
    if len(codes) > 1:  # a bulletin of several places: what holds them all, or no single region
        return report.lexicon.gazetteer.common(codes)
    return _of_opening(report, key)


def _places_to_look(report: _Unplaced) -> Iterator[list[Found]]:
    """What was found in title, signature, issuer lines, and short lines near the top."""
    sentences = report.sentences
    yield report.within([s for s in sentences if s.role is Role.TITLE])
    yield report.within([s for s in sentences if s.role is Role.SIGNATURE])
    short = (s for s in sentences[:10] if len(s.text) < _LINE and s.role is not Role.TITLE)
    lines = dict.fromkeys([*(s for s in sentences if s.role is Role.RESIDUE), *short])
    yield [f for f in report.within(list(lines)) if f.name and f.name.head.type in BODIES]


def _mask(found: Sequence[Found]) -> str:
    """The mask of the first name, if the region is masked."""
    for f in found[:1]:
        token = f.token or (f.name.regions[0] if f.name and f.name.regions else None)
        if token and token.kind == "mask":
            return token.values[0]
    return ""


def _of_authority(found: Iterable[Found], report: _Unplaced) -> str:
    """The region in the name of the issuing authority (番禺区卫生健康局)."""
    for f in found:
        if f.name and f.name.regions and f.name.head.type in BODIES:
            return _chained(f.name.regions, report)
    return ""


def _of_regions(found: Sequence[Found], report: _Unplaced) -> str:
    """The first region named: the innermost of a chain (抚顺市望花区), what holds all of a list (枞阳县、青阳县)."""
    gazetteer = report.lexicon.gazetteer
    codes: list[str] = []
    last = -1
    for f in found:
        token = _region_token(f)
        between = report.seen.text[last : f.start] if last >= 0 else ""
        if token is None or between not in _JOINS:
            break
        known = _codes(token, report.lexicon)
        if codes and not between:
            codes[-1] = report.elect([c for c in known if gazetteer.inside(c, codes[-1])]) or codes[-1]
        else:
            codes.append(report.elect(known))
        last = f.end
    return gazetteer.common([c for c in codes if c])


def _region_token(f: Found) -> Token | None:
    if f.token and f.token.kind in _REGIONS:
        return f.token
    return f.name.regions[-1] if f.name and f.name.regions else None


def _codes(token: Token, lexicon: Lexicon) -> tuple[str, ...]:
    """The codes a token may stand for; an unknown zone lies in the region its name begins with."""
    codes = region_codes(token, lexicon)
    if codes or token.kind != "zone":
        return codes
    name = token.values[0]
    for end in range(len(name), 1, -1):
        above = lexicon.gazetteer.by_name.get(name[:end]) or lexicon.gazetteer.by_short.get(name[:end]) or ()
        if len(above) == 1:
            return (f"{above[0]}-{name}",)
    return ()


def _chained(regions: Sequence[Token], report: _Unplaced) -> str:
    """The innermost of 江苏省 盐城市 大丰区, narrowed by those before it."""
    near = ""
    for token in regions:
        codes = _codes(token, report.lexicon)
        inside = [c for c in codes if near and report.lexicon.gazetteer.inside(c, near)]
        near = report.elect(inside or codes)
    return near


def _of_headings(report: _Unplaced) -> list[str]:
    """The places that head sections of a bulletin."""
    tokens = [token for token in report.leads.values() if token and token.kind != "mask"]
    codes = [report.elect(_codes(token, report.lexicon)) for token in tokens]
    return list(dict.fromkeys(c for c in codes if c))


def _of_opening(report: _Unplaced, key: str) -> str:
    """The authority or mask that opens the prose, else the region the report calls its own."""
    prose = [s for s in report.sentences if s.role in {Role.REVIEW, Role.PLAN}][:_OPENING]
    here = report.within(prose)
    masked = next((m for f in here if (m := _mask([f]))), "")
    return _of_authority(here, report) or _called_own(report) or (masked and f"{key}-{masked}")


def _called_own(report: _Unplaced) -> str:
    """The region named most often of the kind that 我市, 全县 … speak of; empty on a tie."""
    kinds = Counter(_OWN.findall(report.seen.text)).most_common(1)
    if not kinds:
        return ""
    gazetteer = report.lexicon.gazetteer
    own = {c: n for c, n in report.votes.items() if kinds[0][0] in relative_words(gazetteer.place(c))}
    ranked = sorted(own, key=lambda c: (-own[c], c))
    clear = ranked and own[ranked[0]] > 1 and (len(ranked) < 2 or own[ranked[0]] > own[ranked[1]])
    return ranked[0] if clear else ""


def issuer(parts: Sequence[Sentence], linked: Sequence[Sequence[Linked]], register: Register, home: str) -> str:
    """The authority that publishes: named in title, signature or issuer line, and of the jurisdiction.

    Where nobody signs, it is the jurisdiction's own health authority, if one is named.
    """

    def lies_there(id_: str) -> bool:
        entity = register.get(id_)
        return bool(entity and home and entity.parent == f"region/{home}")

    for role in (Role.TITLE, Role.SIGNATURE, Role.RESIDUE):
        for s, xs in zip(parts, linked, strict=True):
            for x in xs if s.role is role else ():
                if x.type in BODIES and register.get(x.id) and (not home or lies_there(x.id)):
                    return x.id
    named = (x for xs in linked for x in xs if x.type is EntityType.HEALTH_AUTHORITY)
    own = Counter(x.id for x in named if lies_there(x.id))
    return min(own, key=lambda id_: (-own[id_], id_), default="")
