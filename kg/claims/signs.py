"""What stands in a text before names are read: regions, seeded organisations, zones, masks, pointers, endings.

Looked up once a report, in one pass a kind; townships are added once the
report's region is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.claims.leaps import leaping
from kg.claims.lexicon import Hit, Index, Lexicon
from kg.claims.patterns import near
from kg.claims.segment import word_begins
from kg.claims.tokens import Token

__all__ = ["Signs", "names_a_place", "signs", "tokens_of", "town_index"]

_FEATURE = re.compile(
    "[山河江湖沟]镇|口岸|[农林牧渔茶盐]场|林业局|水库|水电站|机场|火车站|高铁|大桥|隧道|景区|国家公园|自然保护区"
)
_ORDINAL = "第?[一二三四五六七八九十]{1,3}"
_SHORT_HOSPITAL = re.compile(rf"(?P<affiliated>附属?{_ORDINAL}院|{_ORDINAL}附属?院)|(?P<plain>{_ORDINAL}院)")
_SHORT_SIGN = re.compile("[一二三四五六七八九十附属]院")
_ZONE = re.compile(
    r"(?:[㐀-鿿]{0,4}?)(?P<stem>[㐀-鿿]{2,3})?(?P<kind>经济技术开发区|经济开发区|高新技术产业开发区|高新技术开发区|经开区|高新区|开发区|综合保税区|保税区|工业园区|产业园区|循环化工园区|管理区|新区|风景区|旅游度假区|度假区|社区(?!卫生|医院|服务|建设|健康))"
)
_ZONE_SIGN = re.compile("[开新高发税园理景假社]区")
_MASK_SIGN = re.compile("[A-Zx×*某]")
_MASK = re.compile(r"(?<![A-Za-z])(?:[A-Z]|[Xx×]{1,4}|[*]{1,3}|某某?)(?:自治县|自治州|省|市|县|区|州|旗|镇|乡|街道)")
_POINTER = leaping(r"[该其](?=院[㐀-鿿]{0,6}(?:院区|分院|中心))院|该校(?=(?:第[一二三四五六七八九十])?(?:直属|附属))")
_PREFERRED = {
    kind: i for i, kind in enumerate(("seed", "mask", "zone", "pointer", "region", "town", "short", "contextual"))
}


def town_index(lexicon: Lexicon, regions: Iterable[str]) -> Index:
    """Names and short names of the townships below some regions (not provinces), for one report."""
    return _town_index(lexicon, tuple(regions))


@lru_cache(maxsize=64)
def _town_index(lexicon: Lexicon, regions: tuple[str, ...]) -> Index:
    senses: dict[str, list[tuple[str, str]]] = {}
    for code in regions:
        if lexicon.gazetteer.place(code).level in {"", "province"}:
            continue
        for town in lexicon.gazetteer.descendants(code):
            if town.level == "township":
                for wording in (town.name, *town.shorts):
                    if ("town", town.code) not in senses.setdefault(wording, []):
                        senses[wording].append(("town", town.code))
    return Index(senses)


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands in a folded text whatever townships are known: looked up once, read with and without them."""

    text: str
    lexicon: Lexicon
    wordings: tuple[Hit, ...]  # of programmes
    programmes: frozenset[int]  # offsets inside them
    tokens: tuple[Token, ...]
    heads: tuple[Hit, ...]
    short_hospitals: tuple[re.Match[str], ...]  # 六院, 附一院

    def within(self, spans: Sequence[tuple[int, int]]) -> Signs:
        """Only what stands in some stretches of the text."""

        def inside(at: int) -> bool:
            return any(start <= at < end for start, end in spans)

        tokens = tuple(t for t in self.tokens if inside(t.start))
        heads = tuple(h for h in self.heads if inside(h.start))
        return replace(
            self,
            tokens=tokens,
            heads=heads,
            short_hospitals=tuple(m for m in self.short_hospitals if inside(m.start())),
        )


def signs(text: str, lexicon: Lexicon) -> Signs:
    """Look up everything but townships in a folded text."""
    wordings = tuple(lexicon.programmes.find(text))
    programmes = frozenset([i for h in wordings for i in range(h.start, h.end)])
    tokens = [*_as_tokens(lexicon.names.find(text))]
    tokens += [Token(m.start(), m.end(), "mask", (m.group(),)) for m in near(_MASK, _MASK_SIGN, text, 8)]
    tokens = [t for t in tokens if not _inside_word(text, t, lexicon) and not _after_region(text, t, lexicon)]
    places = {t.end: t.values[0] for t in tokens if t.kind in {"region", "short"}}
    tokens = [t for t in tokens if t.kind != "contextual" or not _elsewhere(t, places.get(t.start, ""), lexicon)]
    tokens = [t for t in tokens if t.kind != "short" or t.start not in programmes]  # 三明医改 is no mention of 三明
    tokens += [Token(m.start(), m.end(), "pointer", (m.group(),)) for m in _POINTER.finditer(text)]
    tokens += _zones(text, tokens, lexicon)
    heads = tuple(lexicon.head_index.find(text))
    short = tuple(near(_SHORT_HOSPITAL, _SHORT_SIGN, text, 8))
    return Signs(text, lexicon, wordings, programmes, tuple(tokens), heads, short)


def names_a_place(text: str, lexicon: Lexicon) -> bool:
    """Whether a text can name a region at all: a quick look before it is read."""
    return lexicon.names.hits(text) or bool(_MASK.search(text) or _ZONE_SIGN.search(text))


def tokens_of(seen: Signs, towns: Index | None) -> list[Token]:
    """Regions, seeded organisations, masks and townships; of two that overlap the earlier and longer wins."""
    text, lexicon = seen.text, seen.lexicon
    hits = list(seen.tokens)
    if towns:
        hits += [t for t in _as_tokens(towns.find(text)) if not _inside_word(text, t, lexicon)]
    hits.sort(key=lambda t: (t.start, -t.end, _PREFERRED[t.kind]))
    kept: list[Token] = []
    for token in hits:
        if kept and token.start < kept[-1].end:
            continue
        adjoins = kept and token.start == kept[-1].end and {token.kind, kept[-1].kind} == {"seed"}
        kept.append(_place_in(text, token, lexicon) if adjoins else token)  # 宣武医院 + 内蒙古医院: a branch there
    return kept


def _place_in(text: str, token: Token, lexicon: Lexicon) -> Token:
    """The region a seeded name begins with, instead of the name; the name itself if it begins with none."""
    for end in range(token.end - 2, token.start + 1, -1):
        word = text[token.start : end]
        if word in lexicon.gazetteer.by_short:
            return Token(token.start, end, "short", (word,))
    return token


# Names that are verb and noun more often than places: 新建|区急救中心, 任|县医院副院长
_ONLY_AFTER = {"新建区": ("南昌", "南昌市"), "新建县": ("南昌", "南昌市"), "任县": ("邢台", "邢台市", "河北省")}


def _inside_word(text: str, token: Token, lexicon: Lexicon) -> bool:
    """Whether a short name is part of another word (规范县, 推广医疗, 市和县, 省妇幼|保健联盟)."""
    parted = text.endswith("妇幼", token.start, token.end) and text.startswith(("保健", "健康"), token.end)
    if parted or _names_a_feature(text, token):
        return True
    if (above := _ONLY_AFTER.get(token.values[0])) and not text[: token.start].endswith(above):
        return True
    if token.kind == "region" and text[token.end - 1] in "县市区" and text[token.end : token.end + 1] in {"域", "级"}:
        return True  # 建成县域医共体, 全州县级医院
    if text[token.start] == "和" and re.match(r"[㐀-鿿]", text[token.start - 1 : token.start]):
        return token.kind != "seed" and not _below(text, token, lexicon)  # 市和县, but 、和平区 and 天津市和平区 stand
    abbreviated = token.kind in {"seed", "contextual"} and token.end - token.start <= 3
    if not abbreviated and (token.end - token.start != 2 or token.kind not in {"region", "town"}):
        return False
    return not word_begins(text, token.start, lexicon, after_verb=abbreviated)


def _names_a_feature(text: str, token: Token) -> bool:
    """Whether a short name is that of a mountain, port or farm called so: 武陵山, 天保口岸, 友谊农场."""
    if token.kind == "short" and text[token.end : token.end + 1] == "山":
        return True
    bare = token.kind in {"short", "town"} and text[token.end - 1] not in "镇乡道"
    return bare and bool(_FEATURE.match(text, token.end))


def _below(text: str, token: Token, lexicon: Lexicon) -> bool:
    """Whether the region above a token's stands right before it: 天津市和平区."""
    gazetteer = lexicon.gazetteer
    codes = (*gazetteer.by_name.get(token.values[0], ()), *gazetteer.by_short.get(token.values[0], ()))
    above = (gazetteer.place(code) for c in codes for code in gazetteer.lineage(c)[1:])
    return any(text.endswith((place.name, *place.shorts), 0, token.start) for place in above)


def _after_region(text: str, token: Token, lexicon: Lexicon) -> bool:
    """Whether 六院 belongs to what stands before it (市六院, 绍兴六院)."""
    if token.kind != "contextual":
        return False
    before = text[token.start - 1 : token.start]
    if not _SHORT_HOSPITAL.fullmatch(text, token.start, token.end):  # 州友谊医院
        return bool(before) and before in "市县区州旗" and word_begins(text, token.start - 1, lexicon)
    return (bool(before) and before in "省市县区州旗盟") or not word_begins(text, token.start, lexicon)


def _elsewhere(token: Token, place: str, lexicon: Lexicon) -> bool:
    """Whether a hospital's short name follows a place where that hospital is not: 海宁 + 华侨医院."""
    gazetteer = lexicon.gazetteer
    codes = (*gazetteer.by_name.get(place, ()), *gazetteer.by_short.get(place, ())) if place else ()
    regions = [lexicon.seeds[key].region for key in token.values]
    return bool(codes) and not any(gazetteer.inside(region, code) for region in regions for code in codes)


def _zones(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Token]:
    """Functional zones by their names: 上虞 + 经济技术开发区, 天津 + 港保税区, 城南新区."""
    starts = {t.end: t.start for t in tokens if t.kind in {"region", "short", "mask"}}
    known = {t.end for t in tokens if t.kind in {"region", "short", "seed"}}
    for match in near(_ZONE, _ZONE_SIGN, text, 20):
        if match.end() in known:
            continue
        begin = next((starts[i] for i in range(match.start("kind"), match.start() - 1, -1) if i in starts), -1)
        if begin < 0 and match["stem"] and not any(c in lexicon.boundaries for c in match["stem"]):
            before = text[match.start("stem") - 1 : match.start("stem")]
            begin = match.start("stem") if word_begins(text, match.start("stem"), lexicon) and before != "级" else -1
        if match["kind"] == "社区" and begin not in starts.values():
            continue
        if begin >= 0 and not lexicon.generic.search(text[begin : match.start("kind")]):
            yield Token(begin, match.end(), "zone", (text[begin : match.end()],))


def _as_tokens(hits: Iterable[Hit]) -> Iterator[Token]:
    for hit in hits:
        yield Token(hit.start, hit.end, *_reading(hit.senses))


@cache
def _reading(senses: tuple[tuple[str, str], ...]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Kind, values and further seeds of a token by what its wording may stand for."""
    kinds = {kind for kind, _ in senses}
    kind = next(k for k in ("seed", "region", "town", "short", "contextual") if k in kinds)
    also = tuple(value for k, value in senses if k == "contextual") if kind != "contextual" else ()
    return kind, tuple(value for k, value in senses if k == kind), also
