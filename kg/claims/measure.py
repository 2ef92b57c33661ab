"""Sentence -> rates: value, unit, the name of the quantity, whose it is, and of which year.

A value takes its name from the words before it. In order: members of a list
(A、B分别为x、y), a full name (家庭医生签约率达85%), a statement of change
(同比增长12%), a share (占90%), what follows (80%的医院建成…), and what an
earlier name lends (州医院为98.8%，县医院为92%). A value that finds no name is
left out. Rules are named in ``Rate.rule``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from kg.claims.metrics import phrase
from kg.claims.naming import Clauses, Named, names
from kg.claims.values import Value, values
from kg.model import Role, Sentence, Status
from kg.text.lexicon import any_of, words
from kg.text.numbers import years

__all__ = ["Rate", "rates"]

Place = tuple[int, int, str]

_BETWEEN = re.compile(r"(?:以上|以下|以内|左右|上下)?\s*(?:、|和|及|与|以及|，)\s*")
_RANGE = re.compile(r"(?:左右)?\s*(?:-|—|——|~|至|到)\s*")
_BOUND = re.compile(r"及?以上|及?以下|以内|左右|上下|\s+")
_QUOTED = re.compile(r"“[^”]*”|\([^()]*\)|《[^》]*》|【[^】]*】")
_MARK = re.compile(r"[，；：。(|]|(?<![统唯同单万第之])(?=[一二三四五六七八九]是)")
_UNLINKED = re.compile(r"(?:全国|国家|世界|全省|全区|全市|全州)(?:平均|均值|同期)?(?:水平|标准)?的?$")


@dataclass(frozen=True, slots=True)
class Rate:
    """One value of a rate: ``start`` and ``end`` are offsets of the value in the report."""

    start: int
    end: int
    metric_text: str
    value: Decimal
    value_text: str
    unit: str
    status: Status
    year: int | None
    subject: str
    rule: str


class _Scene(NamedTuple):
    """A sentence with what is known about it; places in the sentence's own offsets."""

    sentence: Sentence
    folded: str
    places: list[Place]
    default: str
    year: int | None


def rates(
    sentence: Sentence,
    folded: str,
    places: Sequence[Place],
    default: str,
    year: int | None,
    before: Sequence[Rate] = (),
) -> list[Rate]:
    """All rates of a sentence, in order.

    ``folded`` is the sentence's folded text; ``places`` are spans (start, end,
    entity id; offsets of the report) of the regions and organisations linked
    in it; ``default`` is the jurisdiction's id, ``year`` the year reported on.
    ``before`` are the rates of the sentence before where that one ended with
    ；: 死亡率为3/10万；新生儿0.9‰ lends its name and its subject.

    >>> s = Sentence(100, 117, "婴儿、产妇死亡率分别为2‰和8‰。", Role.REVIEW)
    >>> [(r.metric_text, str(r.value), r.value_text, r.unit) for r in rates(s, s.text, [], "region/1", 2024)]
    [('婴儿死亡率', '2', '2‰', '‰'), ('产妇死亡率', '8', '8‰', '‰')]
    """
    if sentence.role in (Role.RESIDUE, Role.TITLE, Role.SIGNATURE):
        return []
    local = sorted((start - sentence.start, end - sentence.start, entity) for start, end, entity in places)
    scene = _Scene(sentence, folded, local, default, year)
    out: list[Rate] = []
    at = 0
    for group in _groups(folded, values(folded)):
        spans = _clauses(folded, at, group[0].start)
        out += _group_rates(scene, spans, group, [*before, *out], first=not out)
        bound = _BOUND.match(folded, group[-1].end)
        at = bound.end() if bound else group[-1].end
    return out


def _groups(folded: str, found: list[Value]) -> list[list[Value]]:
    """Values that follow one another directly belong together: 8.5/10万、5‰."""
    groups: list[list[Value]] = []
    for value in found:
        between = folded[groups[-1][-1].end : value.start] if groups else "?"
        if groups and (_BETWEEN.fullmatch(between) or _RANGE.fullmatch(between)):
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _clauses(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses before a value, the last one running up to it; an open bracket begins one."""
    masked = _QUOTED.sub(lambda m: "_" * len(m[0]), folded[start:end])
    spans, at = [], start
    for mark in _MARK.finditer(masked):
        spans.append((at, start + mark.start()))
        at = start + mark.end()
    return [*spans, (at, end)]


def _group_rates(
    scene: _Scene, spans: list[tuple[int, int]], group: list[Value], before: Sequence[Rate], first: bool
) -> list[Rate]:
    folded = scene.folded
    if _UNLINKED.search(folded[slice(*spans[-1])]) and not any(end == spans[-1][1] for _, end, _ in scene.places):
        return []  # 比全国6010元低: the figure of a place that nobody linked
    texts = [_without_places(scene, span) for span in spans]
    last = before[-1] if before else None
    ranged = len(group) > 1 and bool(_RANGE.fullmatch(folded[group[0].end : group[1].start]))
    after = re.split("[，。；)]", folded[group[-1].end :], maxsplit=1)[0]
    clauses = Clauses(texts[-1], texts[:-1], after, last.metric_text if last else "", last.unit if last else "")
    named = names(clauses, 1 if ranged else len(group), group[0].unit)
    if len(group) > 1 and not ranged and len(named) != len(group):
        return []
    pairs = zip(group, named, strict=True) if len(group) == len(named) > 1 else [(v, n) for n in named for v in group]
    subject = _subject(scene, spans, before)
    return [_rate(scene, spans, value, name, subject, first) for value, name in pairs]


def _without_places(scene: _Scene, span: tuple[int, int]) -> str:
    """A clause without the names of places and organisations in it."""
    parts, at = [], span[0]
    for start, end, _ in scene.places:
        if at <= start and end <= span[1]:
            parts.append(scene.folded[at:start])
            at = end
    return "".join([*parts, scene.folded[at : span[1]]])


def _rate(scene: _Scene, spans: list[tuple[int, int]], value: Value, name: Named, subject: str, first: bool) -> Rate:
    start = scene.sentence.start
    seg = scene.folded[spans[0][0] : value.start]
    said = [span.first for span in years(seg, scene.year) if span.first == span.last]
    said = said or [s.first for s in years(scene.folded[: value.start], scene.year)[:1] if s.first == s.last]
    return Rate(
        start=start + value.start,
        end=start + value.end,
        metric_text=name.metric,
        value=value.number,
        value_text=scene.sentence.text[value.start : value.end],
        unit=value.unit,
        status=_status(scene, seg, value, name.goal),
        year=said[-1] if said else scene.year,
        subject=subject,
        rule=f"rate-{name.rule}",
    )


def _status(scene: _Scene, seg: str, value: Value, goal: bool) -> Status:
    """Planned in a plan and where a goal is named, save where a result is reported."""
    planned, realised = _cue("planned"), _cue("realised")
    said = [s.first for s in years(scene.folded[: value.start], None)]
    future = bool(said and scene.year and said[-1] > scene.year)
    if goal or planned.search(seg) or future:
        return Status.PLANNED
    if scene.sentence.role is not Role.PLAN:
        return Status.REALISED
    past = bool(said and scene.year and said[-1] <= scene.year) and not re.search("[到至要将]", seg[-6:])
    return Status.REALISED if past or realised.search(seg) else Status.PLANNED


@cache
def _cue(key: str) -> re.Pattern[str]:
    return re.compile(any_of(words("metrics", key)))


def _subject(scene: _Scene, spans: list[tuple[int, int]], before: Sequence[Rate]) -> str:
    """Whose rate it is: the place that opens the clause or an earlier one, else the jurisdiction."""
    start, end = spans[-1]
    inside = [place for place in scene.places if start <= place[0] and place[1] <= end]
    for place in reversed(inside):
        if _opens(scene, start, place) or not re.search("[与同对由向从给受和、]$", scene.folded[start : place[0]]):
            return place[2]
    if re.match(r"(?:全|我|本)[市县区州省旗盟]", phrase(scene.folded[start:end])[:2]):
        return scene.default
    for earlier in reversed(_clauses(scene.folded, 0, start)):
        for place in scene.places:
            if earlier[0] <= place[0] and place[1] <= earlier[1] and _opens(scene, earlier[0], place):
                return place[2]
    same = before and before[-1].start < scene.sentence.start
    return before[-1].subject if same else scene.default


def _opens(scene: _Scene, start: int, place: Place) -> bool:
    """Whether nothing but times and turns stands between a clause's start and a place."""
    return phrase(scene.folded[start : place[0]] + "某") == "某"
