"""Sentence -> programme mentions: concepts by wording or pattern, and local programmes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from kg.claims.leaps import leaping
from kg.claims.lexicon import Hit, Lexicon
from kg.claims.literals import Sieve
from kg.claims.scan import Scan, Scanned
from kg.files import package_path, read_yaml
from kg.ids import local_program_id, name_key
from kg.model import Entity, EntityType, Mention

__all__ = ["Pattern", "Programme", "patterns", "programmes", "programmes_of_each"]

_LOCAL = re.compile(
    r"(?P<lead>[㐀-鿿]{0,14}?)“(?P<name>[^“”，。；]{2,14})”(?P<tail>[㐀-鿿]{0,8}?(?:工程|计划|行动|项目|管家|服务圈|义诊|品牌|基地|试点|改革))?"
)
_HEALTHY = re.compile(r"健康([㐀-鿿]{2,4}?|[XxＸ某*×]{1,3})(?=建设|行动|”|战略|2030|[，。、])")
_AGAINST = re.compile(r"(?:打击|整治|治理|防范|纠治)\Z")
_MASKS = frozenset("XxＸ某*×")
_NO_BODIES = {EntityType.REGION, EntityType.ALLIANCE}
_STUDIOS = ("工作室", "工作站", "分站")  # institutions that are instances of a programme


class Programme(NamedTuple):
    """A programme found in a sentence: offsets in the report, identifier, and the rule that found it."""

    start: int
    end: int
    id: str
    rule: str


@dataclass(frozen=True)
class Pattern:
    """A way of naming a concept that is no fixed wording; ``veto``, if any, takes it back."""

    id: str
    concepts: tuple[str, ...]
    expression: str
    veto: str
    fires: tuple[str, ...]
    silent: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression compiled, when it is first tried."""
        return leaping(self.expression)

    @cached_property
    def unless(self) -> re.Pattern[str] | None:
        """The same of the veto."""
        return leaping(self.veto) if self.veto else None


@cache
def _file() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(package_path("data") / "rules" / "implements.yaml")
    return data


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns of ``rules/implements.yaml``."""
    rows = _file()["patterns"]
    return tuple(
        Pattern(
            r["id"],
            tuple(r["concepts"]),
            r["pattern"],
            r.get("unless", ""),
            tuple(r["fires"]),
            tuple(r["silent"]),
        )
        for r in rows
    )


@cache
def _not_meant() -> re.Pattern[str]:
    """What may follow a wording so that it means something else (医改办, 互认率 …)."""
    return re.compile("|".join(_file()["not_followed_by"]))


@cache
def _vague() -> frozenset[str]:
    """Wordings that are too everyday to mean the concept alone."""
    return frozenset(_file()["vague"])


@cache
def _sieve() -> Sieve:
    return Sieve([p.expression for p in patterns()])


def programmes(s: Scanned, scan: Scan, lexicon: Lexicon) -> list[Programme]:
    """The programmes a sentence names, most specific ones only, in text order."""
    return _read(s, scan, lexicon, list(lexicon.programmes.find(s.folded)), _sieve().candidates(s.folded))


def programmes_of_each(
    sentences: Sequence[Scanned], scan: Scan, lexicon: Lexicon
) -> Iterator[tuple[Scanned, list[Programme]]]:
    """The sentences that name programmes, each with them; patterns are sifted in one pass over all sentences."""
    texts = [s.folded for s in sentences]
    looked = zip(_wordings(sentences, scan.wordings, lexicon), _sieve().sorted_out(texts), strict=True)
    for s, (hits, candidates) in zip(sentences, looked, strict=True):
        if found := _read(s, scan, lexicon, hits, candidates):
            yield s, found


def _wordings(sentences: Sequence[Scanned], known: Sequence[Hit], lexicon: Lexicon) -> Iterator[list[Hit]]:
    """The wordings in each sentence, out of the report's; looked for anew where one runs over a sentence's edge."""
    i = 0
    for s in sentences:
        start, end = s.sentence.start, s.sentence.end
        while i < len(known) and known[i].end <= start:
            i += 1
        till = i
        while till < len(known) and known[till].start < end:
            till += 1
        hits = known[i:till]
        if hits and (hits[0].start < start or hits[-1].end > end):
            yield list(lexicon.programmes.find(s.folded))
        else:
            yield [Hit(h.start - start, h.end - start, h.senses) for h in hits]


def _read(s: Scanned, scan: Scan, lexicon: Lexicon, hits: Sequence[Hit], candidates: Sequence[int]) -> list[Programme]:
    """The programmes of a sentence, from the wordings in it and the patterns worth trying."""
    found = []
    if hits or candidates:
        bodies = _bodies(s)
        found = [*_worded(s, bodies, hits), *_patterned(s, bodies, candidates)]
    if "健康" in s.folded:
        found += _healthy(s, scan)
    if len(found) > 1:
        found = _specific(found, lexicon)
    if "“" in s.folded:
        found += _local(s, scan, lexicon)
    return sorted(found, key=lambda p: (p.start, p.end, p.id)) if len(found) > 1 else found


def _bodies(s: Scanned) -> list[tuple[int, int]]:
    """The spans of institutions' names: a concept inside one (江山市健康教育所) is no programme."""
    offset = s.sentence.start
    return [
        (m.start - offset, m.end - offset)
        for m in s.mentions
        if m.type not in _NO_BODIES and not s.folded[: m.end - offset].endswith(_STUDIOS)
    ]


def _covered(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _worded(s: Scanned, bodies: list[tuple[int, int]], hits: Sequence[Hit]) -> Iterator[Programme]:
    """Concepts by a fixed wording."""
    offset = s.sentence.start
    for hit in hits:
        vague = s.folded[hit.start : hit.end] in _vague()
        if not vague and not _covered(bodies, hit.start) and not _not_meant().match(s.folded, hit.end):
            for _, id_ in hit.senses:
                yield Programme(offset + hit.start, offset + hit.end, f"program/{id_}", "concept-wording")


def _patterned(s: Scanned, bodies: list[tuple[int, int]], candidates: Sequence[int]) -> Iterator[Programme]:
    """Concepts by a pattern."""
    offset = s.sentence.start
    for p in map(patterns().__getitem__, candidates):
        for m in p.pattern.finditer(s.folded):
            inside = _covered(bodies, m.start()) and _covered(bodies, m.end() - 1)
            if not inside and not (p.unless and p.unless.search(s.folded, *_clause(s.folded, m.start(), m.end()))):
                for concept in p.concepts:
                    yield Programme(offset + m.start(), offset + m.end(), f"program/{concept}", p.id)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around a match begins and ends."""
    stops = [i for sign in "，；。" if (i := text.find(sign, end)) >= 0]
    return max(text.rfind(sign, 0, start) for sign in "，；。") + 1, min(stops, default=len(text))


def _healthy(s: Scanned, scan: Scan) -> list[Programme]:
    """健康盐城, 健康北碚: the Healthy China action under the name of a place of the frame."""
    matches = list(_HEALTHY.finditer(s.folded))
    if not matches:
        return []
    codes = {c for start in (*s.frame.places, scan.home) for c in scan.gazetteer.lineage(start)}
    names = {n for c in codes for n in scan.gazetteer.place(c).shorts}
    offset = s.sentence.start
    return [
        Programme(offset + m.start(), offset + m.end(), "program/healthy-china", "healthy-place")
        for m in matches
        if m[1] in names or m[1][0] in _MASKS
    ]


def _specific(found: list[Programme], lexicon: Lexicon) -> list[Programme]:
    """Without the concepts that another one at the same place makes more precise."""
    out: dict[tuple[int, str], Programme] = {}
    for p in found:
        finer = any(
            q is not p and q.start < p.end and p.start < q.end and _above(p.id, q.id, lexicon) for q in found
        )  # fmt: skip
        if not finer:
            out.setdefault((p.start, p.id), p)
    return list(out.values())


def _above(broad: str, fine: str, lexicon: Lexicon) -> bool:
    at = lexicon.broader.get(fine.removeprefix("program/"), "")
    while at:
        if f"program/{at}" == broad:
            return True
        at = lexicon.broader.get(at, "")
    return False


@cache
def _slogans() -> re.Pattern[str]:
    return re.compile("|".join(_file()["slogans"]))


def _local(s: Scanned, scan: Scan, lexicon: Lexicon) -> list[Programme]:
    """Programmes with a name of their own: quoted, and called a project, plan, campaign …"""
    out = []
    place = s.frame.place or scan.home
    for m in _LOCAL.finditer(s.folded):
        name, tail = m["name"], m["tail"] or ""
        if any(h.end - h.start > 0.75 * len(name) for h in lexicon.programmes.find(name)):
            continue  # a concept in quotation marks
        if _AGAINST.search(m["lead"]) or _slogans().search(s.folded[max(0, m.start("name") - 12) : m.end() + 4]):
            continue
        if not tail and not re.search(r"(?:工程|计划|行动|项目|管家|服务圈|基地)\Z", name):
            continue
        label = f"“{name}”{tail}" if tail in {"工程", "行动"} and len(name) <= 4 else name
        id_ = local_program_id(place or "cn", name)
        span = s.sentence.start + m.start("name") - 1, s.sentence.start + m.end()
        scan.register.add(Entity(id_, EntityType.LOCAL_PROGRAM, label, parent=f"region/{place}" if place else ""))
        scan.register.mention(
            id_, Mention(*span, s.folded[span[0] - s.sentence.start : span[1] - s.sentence.start], name_key(name))
        )
        out.append(Programme(*span, id_, "local-programme"))
    return out
