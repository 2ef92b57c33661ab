"""Sentence -> rates: value, unit, the name of the quantity, whose it is, and of which year.

A value takes its name from the words before it. In order: members of a list
(A、B分别为x、y), a full name (家庭医生签约率达85%), a statement of change
(同比增长12%), a share (占90%), what follows (80%的医院建成…), and what an
earlier name lends (州医院为98.8%，县医院为92%). A value that finds no name is
left out. Rules are named in ``Rate.rule``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple

from kg.claims.elision import Clauses, Named
from kg.claims.members import items
from kg.claims.metrics import split_predicate
from kg.claims.naming import names
from kg.claims.scene import (
    REACH,
    Place,
    Scene,
    Spans,
    after_place,
    clause_spans,
    owners,
    status,
    subject,
    value_year,
    without_places,
)
from kg.claims.values import Value, own_base, values
from kg.model import Role, Sentence, Status
from kg.text.numbers import years

__all__ = ["Rate", "rates"]

_MANY = 12  # no list of a readable sentence has more values
_BETWEEN = re.compile(r"(?:以上|以下|以内|左右|上下)?\s*(?:、|和|及|与|以及)\s*")
_POINTS = re.compile(r"[0-9.]+个百分点")
_RANGE = re.compile(r"(?:左右)?\s*(?:-|—|——|~|至|到)\s*")
_BOUND = re.compile(r"及?以上|及?以下|以内|左右|上下|\s+")
_AFTER = re.compile(r"[^，。；()]*(?:\([^()]*\)[^，。；()]*)*")
_UNLINKED = re.compile(r"(?:全国|国家|世界|全省|全区|全市|全州)(?:平均|均值|同期)?(?:水平|标准)?的?$")


class Rate(NamedTuple):
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


def rates(  # noqa: PLR0913, PLR0917 - what is known of one sentence; a bundle would only rename it
    sentence: Sentence,
    folded: str,
    places: Sequence[Place],
    default: str,
    year: int | None,
    before: Sequence[Rate] = (),
    abroad: Collection[str] = (),
) -> list[Rate]:
    """All rates of a sentence, in order.

    ``folded`` is the sentence's folded text; ``places`` are spans (start, end,
    entity id; offsets of the report) of the regions and organisations linked
    in it; ``default`` is the jurisdiction's id, ``year`` the year reported on.
    ``before`` are the rates of the sentence before where that one ended with
    ；: 死亡率为3/10万；新生儿0.9‰ lends its name and its subject. ``abroad`` are
    the ids of places outside the jurisdiction: they help, and are not measured.

    >>> s = Sentence(100, 117, "婴儿、产妇死亡率分别为2‰和8‰。", Role.REVIEW)
    >>> [(r.metric_text, str(r.value), r.value_text, r.unit) for r in rates(s, s.text, [], "region/1", 2024)]
    [('婴儿死亡率', '2', '2‰', '‰'), ('产妇死亡率', '8', '8‰', '‰')]
    """
    if sentence.role in (Role.RESIDUE, Role.TITLE, Role.SIGNATURE) or not (found := values(folded)):
        return []
    measurable = (place for place in places if not place[2].startswith(("program/", "local-program/")))
    local = sorted((start - sentence.start, end - sentence.start, entity) for start, end, entity in measurable)
    topic = before[-1].subject if before else default
    scene = Scene(sentence, folded, local, default, year, topic, abroad)
    out: list[Rate] = []
    at = 0
    for group in _groups(folded, found):
        spans = clause_spans(folded, max(at, group[0].start - REACH), group[0].start)
        out += _group_rates(scene, spans, group, [*before, *out[-_MANY:]])
        bound = _BOUND.match(folded, group[-1].end)
        at = bound.end() if bound else group[-1].end
    return [_dated_as(rate, before[-1]) for rate in out] if before and not years(folded, year) else out


def _dated_as(rate: Rate, last: Rate) -> Rate:
    """A target after a semicolon is for the year of the one before: 到2022年素养水平达26%；死亡率控制在5‰以下."""
    return rate._replace(year=last.year) if rate.status is last.status is Status.PLANNED else rate


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


def _group_rates(scene: Scene, spans: Spans, group: list[Value], before: Sequence[Rate]) -> list[Rate]:
    folded = scene.folded
    if len(group) > _MANY:
        return []
    if _UNLINKED.search(folded[slice(*spans[-1])]) and not any(end == spans[-1][1] for _, end, _ in scene.places):
        return []  # 比全国6010元低: the figure of a place that nobody linked
    texts = [_POINTS.sub("", without_places(scene, span)) for span in spans]
    texts[-1] = after_place(scene, spans[-1]) or texts[-1]
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
    many = len(group)
    listed = many > 1 and len(items(split_predicate(texts[-1])[0], many)) == many
    each = owners(scene, spans[-1:] if listed else spans, many)
    named = names(clauses, 1 if ranged or each else len(group), group[0].unit)
    if each and len(named) == 1:
        return [_rate(scene, spans, v, named[0], o) for v, o in zip(group, each, strict=True)]
    if len(group) > 1 and not ranged and len(named) != len(group):
        return []
    pairs = zip(group, named, strict=True) if len(group) == len(named) > 1 else [(v, n) for n in named for v in group]
    return [_rate(scene, spans, value, name, subject(scene, spans, name.metric)) for value, name in pairs]


def _rate(scene: Scene, spans: Spans, value: Value, name: Named, whose: str) -> Rate:
    start = scene.sentence.start
    return Rate(
        start=start + value.start,
        end=start + value.end,
        metric_text=name.metric,
        value=value.number,
        value_text=scene.sentence.text[value.start : value.end],
        unit=own_base(name.metric, value.unit),
        status=status(scene, spans, value.start, name.goal),
        year=value_year(scene, spans[0][0], value.start),
        subject=whose,
        rule=f"rate-{name.rule}",
    )
