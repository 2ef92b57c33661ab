"""Elided lists: names that share one ending, or one region.

“寿阳、平遥、介休等人民医院” names three hospitals; “广州市第一人民医院、第十二人民医院”
names two of Guangzhou. The ending (or region) is given to each member; a count
in the text (等4家) that is smaller than the members found refuses the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.claims.counted import ending_first, of_a_city
from kg.claims.find import Found
from kg.claims.lexicon import Head, Hit, Lexicon
from kg.claims.ordinals import by_ordinals
from kg.claims.patterns import near, pattern
from kg.claims.signs import Signs
from kg.claims.tokens import Ending, Name, Token
from kg.model import EntityType

__all__ = ["expand"]

_SEPARATOR = re.compile(r"[、和与及]\Z|以及\Z")
_MEMBER = re.compile(r"[㐀-鿿]{2,4}\Z")
_FIRST_MEMBER = re.compile(r"[㐀-鿿]{2,9}\Z")
_ENUMERATION = re.compile(r"(?:[㐀-鿿]{2,12}、)+[㐀-鿿]{2,5}\Z")
_HAN = re.compile("[㐀-鿿]")
_NUMERALS = {n: i for i, n in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_PLACES = {"region", "short", "town", "mask"}
_UNIT = Head("卫生院", EntityType.PRIMARY_CARE, "卫生院", "public")


@dataclass(frozen=True, slots=True)
class _Listing:
    """What lists are read in: the folded text, the places in it by where they end, the lexicon."""

    text: str
    places: Mapping[int, Token]
    lexicon: Lexicon


def expand(seen: Signs, found: Sequence[Found]) -> list[Found]:
    """The members of elided lists, as names of their own."""
    text, lexicon = seen.text, seen.lexicon
    places = {f.token.end: f.token for f in found if f.token and f.token.kind in _PLACES}
    listing = _Listing(text, places, lexicon)
    out = [*_sharing(listing, found, seen.heads), *by_ordinals(text, found), *ending_first(text, lexicon)]
    out += of_a_city(text, lexicon)
    spans = {(f.start, f.end) for f in found if f.name}
    return [f for f in {(o.start, o.end): o for o in reversed(out)}.values() if (f.start, f.end) not in spans]


def _sharing(listing: _Listing, found: Sequence[Found], heads: Sequence[Hit]) -> Iterator[Found]:
    """Members that share the ending of the last one, or an ending that stands after them all."""
    lexicon = listing.lexicon
    for f in found:
        if f.name and f.name.regions and f.name.head.public:
            yield from _same_ending(listing, f.name)
    named = {f.name.end for f in found if f.name}
    for hit in heads:
        head = lexicon.heads[hit.senses[0][1]]
        if head.public and hit.end not in named:
            yield from _headless(listing, Ending(head, hit.start, hit.end))
    for match in near(pattern("lists", "units"), pattern("lists", "unit_ends"), listing.text, 12):
        yield from _headless(listing, Ending(_UNIT, match.start(), match.end()))


def _same_ending(listing: _Listing, name: Name) -> list[Found]:
    """榆次、平遥、昔阳县中医院: the members before the one that bears the ending."""
    if name.rest not in {name.head.full, name.head.wording}:
        return []
    return [_member(listing.text, m, name.head, name.rest) for m in _members(listing, name.start, strict=True)]


def _headless(listing: _Listing, ending: Ending) -> list[Found]:
    """寿阳、平遥、介休等人民医院: no member bears the ending itself."""
    text, head = listing.text, ending.head
    tail = pattern("lists", "tail", after=r"\Z").search(text[max(0, ending.start - 12) : ending.start])
    words, count = (tail.group(), tail["count"] or "") if tail else ("", "")
    if (not words and head is not _UNIT) or (head.wording == "医院" and (not tail or "地" in words)):
        return []
    at = ending.start - len(words)
    emergency = head.wording.startswith("急救")  # 甲、乙、丙3个急救点
    primary = head.type is EntityType.PRIMARY_CARE or emergency
    if primary and count and (exact := _exactly(text, at, count)):
        known = emergency or any(sign in words for sign in "县市区旗")  # 左贡、芒康两县卫生服务中心
        members = [listing.places.get(m.end, m) if known else m for m in exact]
        return [_member(text, m, head, head.full) for m in members]
    last = _last(listing, at)
    members = [last, *_members(listing, last.start, strict=not primary)] if last else []
    sure = bool(count and primary) or any(m.kind in _PLACES for m in members)
    if len(members) < 2 or not sure or (count and _number(count) < len(members)):
        return []
    return [_member(text, m, head, head.full) for m in members]


def _exactly(text: str, at: int, count: str) -> list[Token]:
    """The bare members of a list that are as many as the text counts (光明、古城子、建设等3家)."""
    run = _ENUMERATION.search(text[max(0, at - 90) : at])
    words = run.group().split("、") if run else []
    first = _unled(words[0]) if words else ""
    if len(words) != _number(count) or not 2 <= len(first) <= 5:
        return []
    out: list[Token] = []
    for word in (first, *words[1:])[::-1]:
        out.append(Token(at - len(word), at, "bare", (word,)))
        at -= len(word) + 1
    return out


def _last(listing: _Listing, at: int) -> Token | None:
    """The last member of a list that ends at ``at``: a place, or a bare name after 、."""
    if at in listing.places:
        return listing.places[at]
    match = _MEMBER.search(listing.text, max(0, at - 4), at)
    while match:
        if _SEPARATOR.search(listing.text, max(0, match.start() - 2), match.start()):
            return _bare(listing, match.start(), at)
        match = _MEMBER.search(listing.text, match.start() + 1, at)
    return None


def _members(listing: _Listing, start: int, *, strict: bool) -> list[Token]:
    """The members to the left of ``start``, joined by 、 or 和; strict lists hold known places only."""
    text = listing.text
    out: list[Token] = []
    while separator := _SEPARATOR.search(text, max(0, start - 2), start):
        token = listing.places.get(separator.start())
        if token and token.kind == "short" and not strict and _HAN.match(text[token.start - 1]):
            token = None  # 福莱山 is not 莱山
        if token is None and not strict:
            token = _first_bare(listing, separator.start())
        if token is None:
            break
        out.append(token)
        start = token.start
    return out


def _first_bare(listing: _Listing, at: int) -> Token | None:
    """A bare member that ends at ``at``, freed of what leads the list (辖区蟠龙、黄金岭)."""
    run = _FIRST_MEMBER.search(listing.text[max(0, at - 9) : at])
    word = _unled(run.group()) if run else ""
    return _bare(listing, at - len(word), at) if 2 <= len(word) <= 4 else None


def _unled(word: str) -> str:
    return pattern("lists", "leads", "^.*", "(?=[㐀-鿿]{2})").sub("", word)


def _bare(listing: _Listing, start: int, end: int) -> Token | None:
    word = listing.text[start:end]
    if listing.lexicon.generic.search(word) or not listing.lexicon.boundaries.isdisjoint(word):
        return None
    return Token(start, end, "bare", (word,))


def _member(text: str, token: Token, head: Head, rest: str) -> Found:
    """One member with the ending of the list."""
    word = text[token.start : token.end]
    if token.kind == "bare":
        return Found(token.start, token.end, name=Name(token.start, token.end, head, word + rest, stem=word))
    return Found(token.start, token.end, name=Name(token.start, token.end, head, rest, (token,)))


def _number(count: str) -> int:
    return int(count) if count.isdigit() else _NUMERALS.get(count, 99)
