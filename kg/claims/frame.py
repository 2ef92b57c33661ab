"""The frame of a report: whose it is, and the place each section speaks of.

Title, issuer line, signature and headings set the jurisdiction; 我市, 县医院,
市疾控中心 are then read inside it. A heading that begins with a place (（二）大丰区,
【衡南县】, 第一部分 枞阳县) sets the place of its section.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.claims.find import Found, find
from kg.claims.lexicon import Index, Lexicon
from kg.claims.names import Token
from kg.claims.places import relative_words
from kg.model import EntityType, Role, Sentence

__all__ = ["Frame", "jurisdiction", "leading_place", "region_codes"]

_NUMBERING = re.compile(
    r"^[\s【\[=—-]*(?:第[一二三四五六七八九十\d]+(?:部分|篇|章|节)|[(]?[一二三四五六七八九十\d]+[)]?[、.．:：\s]*|[①-⑳])?[\s、.．:：]*"
)
_AFTER_PLACE = re.compile(r"[】\]:：。(（\s—,，、-]|\d{4}年|$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The report's region and the section's places, innermost first (codes).

    ``outside`` are places a heading names that do not lie in the report's
    region (the county that is supported, the city that supports).
    """

    home: str
    places: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The region spoken of: the section's, else the report's."""
        return self.places[0] if self.places else self.home

    def region_for(self, word: str, lexicon: Lexicon) -> str:
        """The code that 市, 县 … means here: the nearest of that kind going upwards, or empty."""
        gazetteer = lexicon.gazetteer
        for start in (*self.outside, *self.places, self.home):
            for code in gazetteer.lineage(start):
                if word in relative_words(gazetteer.place(code)):
                    return code
        return ""


def region_codes(token: Token, lexicon: Lexicon) -> tuple[str, ...]:
    """The codes a region token may stand for."""
    table = lexicon.gazetteer.by_short if token.kind == "short" else lexicon.gazetteer.by_name
    if token.kind == "town":
        return token.values
    return tuple(code for name in token.values for code in table.get(name, ()))


def jurisdiction(text: str, sentences: Sequence[Sentence], found: Sequence[Found], lexicon: Lexicon) -> tuple[str, str]:
    """The region the report is about and how it was found; empty when nothing tells.

    Looked for in the title, in the signature, in the page's issuer line, in the
    headings, and at last among all regions named.
    """
    votes = _votes(found, lexicon)
    for role, how in ((Role.TITLE, "title"), (Role.SIGNATURE, "signature"), (Role.RESIDUE, "issuer line")):
        spans = [(s.start, s.end) for s in sentences if s.role is role]
        here = [f for f in found if any(a <= f.start < b for a, b in spans)]
        if code := _of_authority(here, votes, lexicon) or _of_regions(text, here, votes, lexicon, role):
            return code, how
    headings = [leading_place(h, lexicon) for h in dict.fromkeys(h for s in sentences for h in s.headings)]
    codes = [_elect(region_codes(t, lexicon), votes, lexicon) for t in headings if t and t.kind != "mask"]
    if code := lexicon.gazetteer.common([c for c in codes if c]):
        return code, "headings"
    return "", ""


def _of_authority(found: Iterable[Found], votes: Counter[str], lexicon: Lexicon) -> str:
    """The region in the name of the issuing authority (番禺区卫生健康局)."""
    for f in found:
        if f.name and f.name.regions and f.name.head.type in {EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY}:
            return _chained(f.name.regions, votes, lexicon)
    return ""


def _of_regions(
    text: str, found: Sequence[Found], votes: Counter[str], lexicon: Lexicon, role: Role
) -> str:  # fmt: skip
    """The first region named, or what holds all that are listed together (枞阳县、青阳县)."""
    if role is Role.RESIDUE:
        return ""
    regions = [f for f in found if (f.token and f.token.kind in {"region", "short"}) or (f.name and f.name.regions)]
    codes, last = [], -1
    for f in regions:
        token = f.token or (f.name.regions[-1] if f.name else None)
        if not token or (last >= 0 and text[last : f.start] not in {"、", "和", "与", "及"}):
            break
        codes.append(_elect(region_codes(token, lexicon), votes, lexicon))
        last = f.end
    return lexicon.gazetteer.common([c for c in codes if c])


def _chained(regions: Sequence[Token], votes: Counter[str], lexicon: Lexicon) -> str:
    """The innermost of 江苏省 盐城市 大丰区, narrowed by those before it."""
    near = ""
    for token in regions:
        codes = region_codes(token, lexicon)
        inside = [c for c in codes if near and lexicon.gazetteer.inside(c, near)]
        near = _elect(inside or codes, votes, lexicon)
    return near


def _elect(codes: Sequence[str], votes: Counter[str], lexicon: Lexicon) -> str:
    """Of regions that share a name, the one whose surroundings the report names most; empty on a tie."""
    if len(codes) < 2:
        return codes[0] if codes else ""
    ranked = sorted(((_support(c, votes, lexicon), c) for c in codes), reverse=True)
    return ranked[0][1] if ranked[0][0] > ranked[1][0] else ""


def _support(code: str, votes: Counter[str], lexicon: Lexicon) -> int:
    """Mentions of the region's own surroundings; those of the nearer region above count more."""
    above = lexicon.gazetteer.lineage(code)[1:]
    return sum(votes[c] * weight for c, weight in zip(above, (1000, 1), strict=False))


def _votes(found: Iterable[Found], lexicon: Lexicon) -> Counter[str]:
    """How often each region, or one inside it, is named beyond doubt."""
    votes: Counter[str] = Counter()
    for f in found:
        tokens = (f.token,) if f.token else f.name.regions if f.name else ()
        for token in tokens:
            if token and token.kind in {"region", "short"}:
                codes = region_codes(token, lexicon)
                if len(codes) == 1 and not set(token.values) & lexicon.everyday:
                    votes.update(lexicon.gazetteer.lineage(codes[0]))
    return votes


def leading_place(heading: str, lexicon: Lexicon) -> Token | None:
    """The region a heading begins with, or is in brackets at its end; None for other headings."""
    body = _NUMBERING.match(heading)
    at = body.end() if body else 0
    found = find(heading, lexicon, Index({}))
    for f in found:
        token = f.token
        if token and token.kind in {"region", "short", "mask"} and _leads(heading, token, at):
            return token
        if f.name and f.name.regions and f.start <= at + 1:
            return f.name.regions[-1]
    return None


def _leads(heading: str, token: Token, at: int) -> bool:
    if token.start <= at + 1:
        return bool(_AFTER_PLACE.match(heading, token.end)) or len(token.values[0]) > 2
    return heading[token.start - 1] in "(（" and heading[token.end : token.end + 1] in {")", "）", "("}
