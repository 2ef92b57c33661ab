"""Sentence -> rates: value, unit, the name of the quantity, whose it is, and of which year.

A value takes its name from the words before it. In order: members of a list
(A、B分别为x、y), a full name (家庭医生签约率达85%), a statement of change
(同比增长12%), a share (占90%), what follows (80%的医院建成…), and what an
earlier name lends (州医院为98.8%，县医院为92%). A value that finds no name is
left out. Rules are named in ``Rate.rule``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from kg.claims.elision import Clauses, Named
from kg.claims.metrics import is_name, phrase, split_predicate
from kg.claims.naming import names
from kg.claims.values import Value, own_base, values
from kg.model import Role, Sentence, Status
from kg.text.lexicon import any_of, expression, words
from kg.text.numbers import years

__all__ = ["Rate", "rates"]

_REACH = 400  # characters before a value that are looked at; longer sentences have lost their points
Place = tuple[int, int, str]

_BETWEEN = re.compile(r"(?:以上|以下|以内|左右|上下)?\s*(?:、|和|及|与|以及)\s*")
_POINTS = re.compile(r"[0-9.]+个百分点")
_RANGE = re.compile(r"(?:左右)?\s*(?:-|—|——|~|至|到)\s*")
_BOUND = re.compile(r"及?以上|及?以下|以内|左右|上下|\s+")
_QUOTED = re.compile(r"“[^”]*”|\([^()]*\)|《[^》]*》|【[^】]*】")
_MARK = re.compile(r"[，；：。(|]|(?<![统唯同单万第之])(?=[一二三四五六七八九]是)")
_AFTER = re.compile(r"[^，。；()]*(?:\([^()]*\)[^，。；()]*)*")
_OURS = re.compile(r"(?:全|我|本)[市县区州省旗盟院]|辖区")
_AUTHORITY = re.compile(r"(?:委|局|政府|委员会|办|办公室|联合会|部)$")  # 市卫健委推动…，签约率85%: the city's rate
_NO_SUBJECT = re.compile(rf"{_AUTHORITY.pattern}|^(?:全国|国家|中国)$")
_RISEN = re.compile("[升高增降低减大]至?[到至为]$")
_COMPARED = re.compile("(?:比|较|高于|低于)$")
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
    topic: str


def rates(  # noqa: PLR0913, PLR0917 - what is known of one sentence; a bundle would only rename it
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
    if sentence.role in (Role.RESIDUE, Role.TITLE, Role.SIGNATURE) or not (found := values(folded)):
        return []
    measurable = (place for place in places if not place[2].startswith("program/"))
    local = sorted((start - sentence.start, end - sentence.start, entity) for start, end, entity in measurable)
    scene = _Scene(sentence, folded, local, default, year, before[-1].subject if before else default)
    out: list[Rate] = []
    at = 0
    for group in _groups(folded, found):
        spans = _clauses(folded, max(at, group[0].start - _REACH), group[0].start)
        out += _group_rates(scene, spans, group, [*before, *out])
        bound = _BOUND.match(folded, group[-1].end)
        at = bound.end() if bound else group[-1].end
    return out


def _groups(folded: str, found: list[Value]) -> list[list[Value]]:
    """Values that follow one another directly belong together: 8.5/10万、5‰."""
    groups: list[list[Value]] = []
    for value in found:
        between = folded[groups[-1][-1].end : value.start] if groups else "?"
        listed = between == "，" and re.search("分别|依次", folded[max(0, value.start - 60) : value.start])
        if groups and (listed or _BETWEEN.fullmatch(between) or _RANGE.fullmatch(between)):
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


def _group_rates(scene: _Scene, spans: list[tuple[int, int]], group: list[Value], before: Sequence[Rate]) -> list[Rate]:
    folded = scene.folded
    if _UNLINKED.search(folded[slice(*spans[-1])]) and not any(end == spans[-1][1] for _, end, _ in scene.places):
        return []  # 比全国6010元低: the figure of a place that nobody linked
    texts = [_POINTS.sub("", _without_places(scene, span)) for span in spans]
    texts[-1] = _after_place(scene, spans[-1]) or texts[-1]
    last = before[-1] if before else None
    ranged = len(group) > 1 and bool(_RANGE.fullmatch(folded[group[0].end : group[1].start]))
    after = _AFTER.match(folded, group[-1].end)
    clauses = Clauses(
        own=texts[-1],
        earlier=texts[:-1],
        after=after[0] if after else "",
        last=last.metric_text if last else "",
        last_unit=last.unit if last else "",
        run=tuple(rate.metric_text for rate in before if rate.start >= scene.sentence.start),
    )
    owners = _owners(scene, spans, len(group))
    named = names(clauses, 1 if ranged or owners else len(group), group[0].unit)
    if owners and len(named) == 1:
        return [_rate(scene, spans, v, named[0], o) for v, o in zip(group, owners, strict=True)]
    if len(group) > 1 and not ranged and len(named) != len(group):
        return []
    pairs = zip(group, named, strict=True) if len(group) == len(named) > 1 else [(v, n) for n in named for v in group]
    subject = _subject(scene, spans)
    return [_rate(scene, spans, value, name, subject) for value, name in pairs]


def _owners(scene: _Scene, spans: list[tuple[int, int]], many: int) -> list[str]:
    """The places of 甲县、乙县签约率分别为85%、83%, where there are as many as values."""
    for start, end in reversed(spans):
        inside = [place for place in scene.places if start <= place[0] and place[1] <= end]
        gaps = [scene.folded[a[1] : b[0]] for a, b in itertools.pairwise(inside)]
        if many > 1 and len(inside) == many and all(gap in ("、", "和", "与", "及") for gap in gaps):
            return [entity for _, _, entity in inside]
    return []


def _without_places(scene: _Scene, span: tuple[int, int]) -> str:
    """A clause without the names of places and organisations in it."""
    parts, at = [], span[0]
    for start, end, _ in scene.places:
        if at <= start and end <= span[1]:
            parts.append(scene.folded[at:start])
            at = end
    return "".join([*parts, scene.folded[at : span[1]]])


def _after_place(scene: _Scene, span: tuple[int, int]) -> str:
    """What follows the last place in a clause, where that names the rate: …开发区孕产妇系统管理率为."""
    ends = [end for start, end, _ in scene.places if span[0] <= start and end <= span[1]]
    rest = scene.folded[ends[-1] : span[1]] if ends else ""
    return rest if is_name(phrase(split_predicate(rest)[0])) else ""


def _rate(scene: _Scene, spans: list[tuple[int, int]], value: Value, name: Named, subject: str) -> Rate:
    start = scene.sentence.start
    return Rate(
        start=start + value.start,
        end=start + value.end,
        metric_text=name.metric,
        value=value.number,
        value_text=scene.sentence.text[value.start : value.end],
        unit=own_base(name.metric, value.unit),
        status=_status(scene, spans, value, name.goal),
        year=_year(scene, spans[0][0], value.start),
        subject=subject,
        rule=f"rate-{name.rule}",
    )


def _year(scene: _Scene, start: int, end: int) -> int | None:
    """The year named last before a value, else the one the sentence opens with, else the report's."""
    near = _named_years(scene, start, end)
    if near:
        return near[-1]
    if _RISEN.search(scene.folded[start:end]):
        return scene.year  # 由2022年的38%上升到45%
    far = _named_years(scene, max(0, start - _REACH), start)
    return far[0] if far and not re.search("现[为已达]|目前|如今|当前|眼下", scene.folded[start:end]) else scene.year


def _named_years(scene: _Scene, start: int, end: int) -> list[int]:
    """Single years named in a stretch, but for those compared with: 比上年, 较2020年."""
    said = scene.folded[start:end]
    found = [s for s in years(said, scene.year) if s.first == s.last and said[max(s.start - 1, 0)] not in "比较"]
    return [s.first for s in found if not said.startswith(("同期", "相比"), s.end)]


def _status(scene: _Scene, spans: list[tuple[int, int]], value: Value, goal: bool) -> Status:
    """Planned in a plan and where a goal is named, save where a result is reported."""
    own = expression("headings", "not_plan").sub("", scene.folded[spans[-1][0] : value.start])
    said = _named_years(scene, max(0, value.start - _REACH), value.start)
    future = bool(said and scene.year and said[-1] > scene.year)
    if (
        goal
        or future
        or _cue("planned").search(own)
        or _cue("planned_far").search(scene.folded[max(0, value.start - _REACH) : value.start])
    ):
        return Status.PLANNED
    if scene.sentence.role is not Role.PLAN:
        return Status.REALISED
    past = bool(said and scene.year and said[-1] < scene.year) and not re.search("[到至]20[0-9]{2}年|至少|不低于", own)
    return Status.REALISED if past or _cue("realised").search(own) else Status.PLANNED


@cache
def _cue(key: str) -> re.Pattern[str]:
    return re.compile(any_of(words("metrics", key)))


def _subject(scene: _Scene, spans: list[tuple[int, int]]) -> str:
    """Whose rate it is: the place that opens the clause or an earlier one, else the jurisdiction."""
    start, end = spans[-1]
    own = [place for place in scene.places if start <= place[0] and place[1] <= end]
    own = [place for place in own if not _AUTHORITY.search(scene.folded[place[0] : place[1]])]
    for place in reversed(own):
        ahead = _COMPARED.split(scene.folded[start : place[0]])
        ends = not split_predicate(scene.folded[place[1] : end])[0] and not (len(ahead) > 1 and phrase(ahead[0]))
        if _opens(scene, start, place) or ends:
            return place[2]
    if _OURS.match(re.sub("^[0-9]+年", "", scene.folded[start:end].lstrip("，、 )"))):
        return scene.default
    for clause in reversed(_clauses(scene.folded, max(0, start - _REACH), start)):
        for place in scene.places:
            within = clause[0] <= place[0] and place[1] <= clause[1] and _opens(scene, clause[0], place)
            if within and not _NO_SUBJECT.search(scene.folded[place[0] : place[1]]):
                return place[2]
    return scene.topic


def _opens(scene: _Scene, start: int, place: Place) -> bool:
    """Whether nothing but times and turns stands between a clause's start and a place."""
    return phrase(scene.folded[start : place[0]] + "某") == "某"
