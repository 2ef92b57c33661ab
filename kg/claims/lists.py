"""Elided lists: names that share one ending, or one region.

“寿阳、平遥、介休等人民医院” names three hospitals; “广州市第一人民医院、第十二人民医院”
names two of Guangzhou. The ending (or region) is given to each member; a count
in the text (等4家) that is smaller than the members found refuses the list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.claims.find import Found
from kg.claims.lexicon import Head, Lexicon
from kg.claims.names import Name, Token
from kg.model import EntityType

__all__ = ["expand"]

_TAIL = re.compile(
    r"(?:等|各)?(?:这)?(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})?(?:多|余)?(?:家|所|个|间)?(?:县|市|区|旗|镇|乡|街道|地|县市|县市区)?(?:级)?(?:的|基层|公立|乡镇|镇|中心|[㐀-鿿]{2}毗邻)?\Z"
)
_UNITS = re.compile(r"(?:家|所|个|间)(?:基层)?(?:医疗卫生|医疗)?(?:单位|机构)|(?:家|所|个)?(?:乡镇)?卫生院")
_CITY_LIST = re.compile(
    r"(?P<members>(?<![㐀-鿿])(?:[㐀-鿿]{2,5}、)+[㐀-鿿]{2,5}|(?<=[与同和])(?:[㐀-鿿]{2,5}、)+[㐀-鿿]{2,5})等\d*(?:多|余)?家(?P<city>[㐀-鿿]{2,3})(?:三甲|三级|知名)?(?:医院|名院|医疗机构)"
)
_ENDING_FIRST = re.compile(
    r"(?P<head>社区卫生服务中心|社区卫生服务站|中心卫生院|乡镇卫生院|卫生院)(?P<count>\d{1,2})(?:家|所|个)[，：]?(?:分别)?(?:为|是|有|：|即)?(?P<members>(?:[㐀-鿿]{2,8}、)+[㐀-鿿]{2,8})"
)
_SEPARATOR = re.compile(r"[、和与及]\Z|以及\Z")
_MEMBER = re.compile(r"[㐀-鿿]{2,4}\Z")
_LEADS = re.compile(
    r"^.*(?:辖区|下辖|整合|联合|吸纳|其中|包括|分别是|分别为|推动|支持|组织|选取|选择|依托|整合|完成|的|与|对|和|在|由|将|把|为|是|有)(?=[㐀-鿿]{2})"
)
_RUN = re.compile(r"(?:(?:附属)?第[一二三四五六七八九十]{1,3}[、和及])+(?:附属)?第[一二三四五六七八九十]{1,3}")
_NUMERALS = {n: i for i, n in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_PLACES = {"region", "short", "town", "mask"}
_ORDINALS = re.compile(r"(?:附属)?第[一二三四五六七八九十]{1,3}\Z")


def expand(text: str, found: Sequence[Found], lexicon: Lexicon) -> list[Found]:
    """The members of elided lists, as names of their own."""
    tokens = {f.token.end: f.token for f in found if f.token and f.token.kind in _PLACES}
    out: list[Found] = []
    for f in found:
        if f.name and f.name.regions and f.name.head.public:
            out += _same_ending(text, f.name, f.name.start, f.name.regions[-1], tokens, lexicon)
    named = {f.name.end for f in found if f.name}
    for hit in lexicon.head_index.find(text):
        head = lexicon.heads[hit.senses[0][1]]
        if head.public and hit.end not in named:
            out += _headless(text, head, hit.start, hit.end, tokens, lexicon)
    for match in _UNITS.finditer(text):
        out += _headless(text, _PRIMARY, match.start(), match.end(), tokens, lexicon)
    out += _split_ordinals(found)
    out += _counted_lists(text, lexicon)
    out += _ordinals(text, found)
    out += _of_a_city(text, lexicon)
    spans = {(f.start, f.end) for f in found if f.name}
    return [f for f in {(o.start, o.end): o for o in reversed(out)}.values() if (f.start, f.end) not in spans]


_PRIMARY = Head("卫生院", EntityType.PRIMARY_CARE, "卫生院", "public")


def _split_ordinals(found: Sequence[Found]) -> list[Found]:
    """大庆市第一、第三人民医院 and 某大学附属第一、附属第二医院: one name an ordinal."""
    out: list[Found] = []
    for f in found:
        name = f.name
        run = _RUN.match(name.rest) if name else None
        if name is None or run is None:
            continue
        lead = "附属" if run.group().startswith("附属") else ""
        for i, ordinal in enumerate(re.findall("第[一二三四五六七八九十]{1,3}", run.group())):
            rest = lead + ordinal + name.rest[run.end() :]
            out.append(Found(name.start + i, name.end, name=replace(name, rest=rest)))
    return out


def _counted_lists(text: str, lexicon: Lexicon) -> list[Found]:
    """社区卫生服务中心6家，为八一路、日新、…: the ending first, then as many names as it counts."""
    out: list[Found] = []
    for match in _ENDING_FIRST.finditer(text):
        words = match["members"].split("、")
        head = lexicon.heads[match["head"]]
        if int(match["count"]) != len(words) or any(lexicon.head_index.hits(w) for w in words):
            continue
        at = match.start("members")
        for word in words:
            name = Name(at, at + len(word), head, word + head.full, stem=word)
            out.append(Found(at, at + len(word), name=name))
            at += len(word) + 1
    return out


def _of_a_city(text: str, lexicon: Lexicon) -> list[Found]:
    """天坛、朝阳、安贞等8家北京医院: well-known hospitals of a city by their bare names."""
    out: list[Found] = []
    for match in _CITY_LIST.finditer(text):
        city = next((c for c in (match["city"], match["city"][-2:]) if c in lexicon.gazetteer.by_short), "")
        if not city:
            continue
        place = Token(match.end("city") - len(city), match.end("city"), "short", (city,))
        out.append(Found(place.start, place.end, token=place))  # 8家北京医院 names the city, not 北京医院
        at = match.start("members")
        for word in match["members"].split("、"):
            keys = _known(word, city, lexicon)
            if len(keys) == 1:
                out.append(Found(at, at + len(word), token=Token(at, at + len(word), "seed", keys)))
            at += len(word) + 1
    return out


def _known(word: str, city: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The keys of a hospital of a city by its bare name."""
    codes = lexicon.gazetteer.by_short.get(city) or lexicon.gazetteer.by_name.get(city) or ()
    keys = {
        k for form in (word, word + "医院", city + word, city + word + "医院") for k in lexicon.called.get(form, ())
    }
    return tuple(k for k in sorted(keys) if any(lexicon.gazetteer.inside(lexicon.seeds[k].region, c) for c in codes))


def _same_ending(
    text: str, name: Name, start: int, region: Token, tokens: Mapping[int, Token], lexicon: Lexicon
) -> list[Found]:
    """榆次、平遥、昔阳县中医院: the members before the one that bears the ending."""
    if name.rest != name.head.full and name.rest != name.head.wording:
        return []
    members = _members(text, start, tokens, lexicon, strict=True)
    return [_member(text, m, name.head, name.rest) for m in members]


def _headless(
    text: str, head: Head, start: int, end: int, tokens: Mapping[int, Token], lexicon: Lexicon
) -> list[Found]:
    """寿阳、平遥、介休等人民医院: no member bears the ending itself."""
    window = text[max(0, start - 12) : start]
    tail = _TAIL.search(window)
    at = start - len(tail.group()) if tail else start
    if at == start and head is not _PRIMARY:
        return []
    if head.type is EntityType.PRIMARY_CARE and tail and tail["count"] and (exact := _exactly(text, at, tail["count"])):
        return [_member(text, m, head, head.full) for m in exact]
    members = _last(text, at, tokens, lexicon)
    if members is None:
        return []
    found = [members, *_members(text, members.start, tokens, lexicon, strict=head.type is not EntityType.PRIMARY_CARE)]
    counted = bool(tail and tail["count"] and head.type is EntityType.PRIMARY_CARE)
    if head.wording == "医院" and (not tail or "地" in tail.group()):
        return []
    if len(found) < 2 or not (counted or any(t.kind in _PLACES for t in found)):
        return []
    if tail and tail["count"] and _number(tail["count"]) < len(found):
        return []
    full = head.full if head.wording != "医院" else "人民医院"
    return [_member(text, m, head, full) for m in found]


def _exactly(text: str, at: int, count: str) -> list[Token]:
    """The bare members of a list that are as many as the text counts (光明、古城子、建设等3家)."""
    run = re.search(r"(?:[㐀-鿿]{2,12}、)+[㐀-鿿]{2,5}\Z", text[max(0, at - 90) : at])
    words = run.group().split("、") if run else []
    if len(words) != _number(count) or not words:
        return []
    first = _LEADS.sub("", words[0])
    if not 2 <= len(first) <= 5:
        return []
    out: list[Token] = []
    for word in (first, *words[1:])[::-1]:
        out.append(Token(at - len(word), at, "bare", (word,)))
        at -= len(word) + 1
    return out


def _last(text: str, at: int, tokens: Mapping[int, Token], lexicon: Lexicon) -> Token | None:
    """The last member of a list that ends at ``at``: a place, or a bare name after 、."""
    if at in tokens:
        return tokens[at]
    match = _MEMBER.search(text, max(0, at - 4), at)
    while match:
        if _SEPARATOR.search(text, max(0, match.start() - 2), match.start()):
            return _bare(match.start(), at, text, lexicon)
        match = _MEMBER.search(text, match.start() + 1, at)
    return None


def _members(text: str, start: int, tokens: Mapping[int, Token], lexicon: Lexicon, *, strict: bool) -> list[Token]:
    """The members to the left of ``start``, joined by 、 or 和; strict lists hold known places only."""
    out: list[Token] = []
    while separator := _SEPARATOR.search(text, max(0, start - 2), start):
        at = separator.start()
        token = tokens.get(at)
        if token and token.kind == "short" and not strict and re.match(r"[㐀-鿿]", text[token.start - 1]):
            token = None  # 福莱山 is not 莱山
        if token is None and not strict:
            token = _first_bare(text, at, lexicon)
        if token is None:
            break
        out.append(token)
        start = token.start
    return out


def _first_bare(text: str, at: int, lexicon: Lexicon) -> Token | None:
    """A bare member that ends at ``at``, freed of what leads the list (辖区蟠龙、黄金岭)."""
    run = re.search(r"[㐀-鿿]{2,9}\Z", text[max(0, at - 9) : at])
    word = _LEADS.sub("", run.group()) if run else ""
    return _bare(at - len(word), at, text, lexicon) if 2 <= len(word) <= 4 else None


def _bare(start: int, end: int, text: str, lexicon: Lexicon) -> Token | None:
    word = text[start:end]
    if lexicon.generic.search(word) or any(c in lexicon.boundaries for c in word):
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


def _ordinals(text: str, found: Sequence[Found]) -> list[Found]:
    """市第一、第二人民医院 and 附属第一、附属第五医院: ordinals that share region and ending."""
    out: list[Found] = []
    for f in found:
        name = f.name
        ordinal = re.match(r"(?:附属)?第[一二三四五六七八九十]{1,3}", name.rest) if name else None
        if not name or not ordinal:
            continue
        at = text.find(ordinal.group(), name.start, name.end)
        start = at if at > name.start else name.start
        before = re.search(r"((?:附属)?第[一二三四五六七八九十]{1,3})[、和及]\Z", text[max(0, start - 9) : start])
        if before:
            rest = name.rest.replace(ordinal.group(), before.group(1), 1)
            begin = start - len(before.group())
            out.append(Found(begin, start - 1, name=replace(name, start=begin, end=start - 1, rest=rest)))
    return out
