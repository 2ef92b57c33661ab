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

from kg.claims.find import Found
from kg.claims.frame import leading_place, region_codes
from kg.claims.lexicon import Lexicon
from kg.claims.names import Token
from kg.claims.places import relative_words
from kg.claims.register import Linked, Register
from kg.model import EntityType, Role, Sentence
from kg.text.clean import fold

__all__ = ["issuer", "jurisdiction"]

_BODIES = {EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY}
_REGIONS = {"region", "short", "zone"}
_OWN = re.compile("[我全](市|县|区|州|旗|盟|省|地区|自治区|镇)")
_OPENING = 4  # sentences of prose in which a report says whose it is
_LINE = 45  # characters of a line that only names its issuer


def jurisdiction(
    folded: str, sentences: Sequence[Sentence], found: Sequence[Found], key: str, lexicon: Lexicon
) -> str:  # fmt: skip
    """The code of the report's region, empty when nothing tells; ``key`` makes the code of a masked one."""
    votes = _votes(found, lexicon)
    for here in _places_to_look(sentences, found):
        if mask := _mask(here):
            return f"{key}-{mask}"
        if code := _of_authority(here, votes, lexicon) or _of_regions(folded, here, votes, lexicon):
            return code
    codes = _of_headings(sentences, votes, lexicon)
    if len(codes) > 1:  # a bulletin of several places: what holds them all, or no single region
        return lexicon.gazetteer.common(codes)
    return _of_opening(folded, sentences, found, key, lexicon, votes)


def _places_to_look(sentences: Sequence[Sentence], found: Sequence[Found]) -> Iterator[list[Found]]:
    """What was found in title, signature, issuer lines, and short lines near the top."""
    yield _within(found, [s for s in sentences if s.role is Role.TITLE])
    yield _within(found, [s for s in sentences if s.role is Role.SIGNATURE])
    lines = [s for s in sentences if s.role is Role.RESIDUE]
    lines += [s for s in sentences[:10] if len(s.text) < _LINE and s.role is not Role.TITLE]
    yield [f for f in _within(found, lines) if f.name and f.name.head.type in _BODIES]


def _within(found: Sequence[Found], sentences: Sequence[Sentence]) -> list[Found]:
    return [f for f in found if any(s.start <= f.start < s.end for s in sentences)]


def _mask(found: Sequence[Found]) -> str:
    """The mask of the first name, if the region is masked."""
    for f in found[:1]:
        token = f.token or (f.name.regions[0] if f.name and f.name.regions else None)
        if token and token.kind == "mask":
            return token.values[0]
    return ""


def _of_authority(found: Iterable[Found], votes: Counter[str], lexicon: Lexicon) -> str:
    """The region in the name of the issuing authority (番禺区卫生健康局)."""
    for f in found:
        if f.name and f.name.regions and f.name.head.type in _BODIES:
            return _chained(f.name.regions, votes, lexicon)
    return ""


def _of_regions(folded: str, found: Sequence[Found], votes: Counter[str], lexicon: Lexicon) -> str:
    """The first region named: the innermost of a chain (抚顺市望花区), what holds all of a list (枞阳县、青阳县)."""
    codes: list[str] = []
    last = -1
    for f in found:
        token = (
            f.token
            if f.token and f.token.kind in _REGIONS
            else f.name.regions[-1]
            if f.name and f.name.regions
            else None
        )
        between = folded[last : f.start] if last >= 0 else ""
        if token is None or between not in {"", "、", "和", "与", "及"}:
            break
        known = _codes(token, lexicon)
        if codes and not between:
            inner = [c for c in known if lexicon.gazetteer.inside(c, codes[-1])]
            codes[-1] = _elect(inner, votes, lexicon) or codes[-1]
        else:
            codes.append(_elect(known, votes, lexicon))
        last = f.end
    return lexicon.gazetteer.common([c for c in codes if c])


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


def _chained(regions: Sequence[Token], votes: Counter[str], lexicon: Lexicon) -> str:
    """The innermost of 江苏省 盐城市 大丰区, narrowed by those before it."""
    near = ""
    for token in regions:
        codes = _codes(token, lexicon)
        inside = [c for c in codes if near and lexicon.gazetteer.inside(c, near)]
        near = _elect(inside or codes, votes, lexicon)
    return near


def _of_headings(sentences: Sequence[Sentence], votes: Counter[str], lexicon: Lexicon) -> list[str]:
    """The places that head sections of a bulletin."""
    headings = dict.fromkeys(h for s in sentences for h in s.headings)
    tokens = [t for t in (leading_place(fold(h), lexicon) for h in headings) if t and t.kind != "mask"]
    codes = [_elect(_codes(t, lexicon), votes, lexicon) for t in tokens]
    return list(dict.fromkeys(c for c in codes if c))


def _of_opening(
    folded: str, sentences: Sequence[Sentence], found: Sequence[Found], key: str, lexicon: Lexicon, votes: Counter[str]
) -> str:  # fmt: skip
    """The authority or mask that opens the prose, else the region the report calls its own."""
    prose = [s for s in sentences if s.role in {Role.REVIEW, Role.PLAN}][:_OPENING]
    here = _within(found, prose)
    masked = next((m for f in here if (m := _mask([f]))), "")
    return _of_authority(here, votes, lexicon) or _called_own(folded, votes, lexicon) or (masked and f"{key}-{masked}")


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
                if x.type in _BODIES and register.get(x.id) and (not home or lies_there(x.id)):
                    return x.id
    named = (x for xs in linked for x in xs if x.type is EntityType.HEALTH_AUTHORITY)
    own = Counter(x.id for x in named if lies_there(x.id))
    return min(own, key=lambda id_: (-own[id_], id_), default="")


def _called_own(folded: str, votes: Counter[str], lexicon: Lexicon) -> str:
    """The region named most often of the kind that 我市, 全县 … speak of; empty on a tie."""
    kinds = Counter(_OWN.findall(folded)).most_common(1)
    if not kinds:
        return ""
    gazetteer = lexicon.gazetteer
    own = {c: n for c, n in votes.items() if kinds[0][0] in relative_words(gazetteer.place(c))}
    ranked = sorted(own, key=lambda c: (-own[c], c))
    clear = ranked and own[ranked[0]] > 1 and (len(ranked) < 2 or own[ranked[0]] > own[ranked[1]])
    return ranked[0] if clear else ""


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
        for token in (f.token,) if f.token else f.name.regions if f.name else ():
            if token and token.kind in _REGIONS:
                codes = _codes(token, lexicon)
                if len(codes) == 1 and not set(token.values) & lexicon.everyday:
                    votes.update(lexicon.gazetteer.lineage(codes[0]))
    return votes
