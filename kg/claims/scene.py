"""What a sentence says around a rate: whose it is, of which year, done or planned.

Offsets are within the folded sentence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from kg.claims.metrics import is_name, phrase, split_predicate
from kg.model import Role, Sentence, Status
from kg.text.lexicon import any_of, expression, words
from kg.text.numbers import years

__all__ = [
    "REACH",
    "Place",
    "Scene",
    "Spans",
    "after_place",
    "clause_spans",
    "owners",
    "status",
    "subject",
    "value_year",
    "without_places",
]

REACH = 400  # characters before a value that are looked at; longer sentences have lost their points
Place = tuple[int, int, str]
Spans = list[tuple[int, int]]

_QUOTED = re.compile(r"“[^”]*”|\([^()]*\)|《[^》]*》|【[^】]*】")
_MARK = re.compile(r"[，；：。(|]|(?<![统唯同单万第之])(?=[一二三四五六七八九]是)")
_YEAR_AHEAD = re.compile("^[0-9]+年")
_OURS = re.compile(r"(?:全|我|本)[市县区州省旗盟院]|辖区")
_EVERYWHERE = re.compile(r"(?:全|我|本)[市县区州省旗盟](?![首第唯率最先])|[0-9]+个(?:县|区|市|旗|乡|镇|街)")
_AUTHORITY = re.compile(r"(?:委|局|政府|委员会|办|办公室|联合会|部)$")  # 市卫健委推动…，签约率85%: the city's rate
_NO_SUBJECT = re.compile(rf"{_AUTHORITY.pattern}|^(?:全国|国家|中国)$")
_FROM = re.compile("[由从自]20[0-9]{2}年")
_RISEN = re.compile("[升高增降低减大]至?[到至为]$")
_COMPARED = re.compile("(?:比|较|高于|低于)$")
_BESIDE = re.compile("(?:与|同|跟|对|向|为)$")  # 与县妇联共建…: named beside or after a subject left unsaid


class Scene(NamedTuple):
    """A sentence with what is known about it.

    ``default`` is the jurisdiction, ``topic`` the subject the sentence before
    hands on, ``year`` the year reported on; ``abroad`` are the places that lie
    outside the jurisdiction.
    """

    sentence: Sentence
    folded: str
    places: list[Place]
    default: str
    year: int | None
    topic: str
    abroad: Collection[str] = ()


def clause_spans(folded: str, start: int, end: int) -> Spans:
    """The clauses before a value, the last one running up to it; an open bracket begins one."""
    masked = _QUOTED.sub(lambda m: "_" * len(m[0]), folded[start:end])
    spans, at = [], start
    for mark in _MARK.finditer(masked):
        spans.append((at, start + mark.start()))
        at = start + mark.end()
    return [*spans, (at, end)]


def without_places(scene: Scene, span: tuple[int, int]) -> str:
    """A clause without the names of places and organisations in it."""
    parts, at = [], span[0]
    for start, end, _ in scene.places:
        if at <= start and end <= span[1]:
            parts.append(scene.folded[at:start])
            at = end
    return "".join([*parts, scene.folded[at : span[1]]])


def after_place(scene: Scene, span: tuple[int, int]) -> str:
    """What follows the last place in a clause, where that names the rate: …开发区孕产妇系统管理率为."""
    ends = [end for start, end, _ in scene.places if span[0] <= start and end <= span[1]]
    rest = scene.folded[ends[-1] : span[1]] if ends else ""
    return rest if is_name(phrase(split_predicate(rest)[0])) else ""


def owners(scene: Scene, spans: Spans, many: int) -> list[str]:
    """The places of 甲县、乙县签约率分别为85%、83%, where there are as many as values."""
    for start, end in reversed(spans if many > 1 else ()):
        inside = _inside(scene, (start, end))
        gaps = [scene.folded[a[1] : b[0]] for a, b in itertools.pairwise(inside)]
        if len(inside) == many and all(gap in ("、", "和", "与", "及") for gap in gaps):
            return [entity for _, _, entity in inside]
    return []


def subject(scene: Scene, spans: Spans, metric: str = "") -> str:
    """Whose rate it is: the place that opens the clause or an earlier one, else the jurisdiction.

    What is measured of all who live in a place (``metric``: 每千人口托位数) is
    no institution's, unless its own clause says so.
    """
    start, end = spans[-1]
    own = [place for place in _inside(scene, spans[-1]) if not _AUTHORITY.search(scene.folded[place[0] : place[1]])]
    for place in reversed(own):
        ahead = _COMPARED.split(scene.folded[start : place[0]])
        ends = not split_predicate(scene.folded[place[1] : end])[0] and not (len(ahead) > 1 and phrase(ahead[0]))
        if _opens(scene, start, place) or ends:
            return place[2]
    if _OURS.match(_YEAR_AHEAD.sub("", scene.folded[start:end].lstrip("，、 )"))):
        return scene.default
    of_all = any(word in metric for word in words("metrics", "of_all"))
    for clause in reversed(clause_spans(scene.folded, max(0, start - REACH), start)):
        topic = _topic(scene, clause)
        if topic and not (of_all and topic.startswith("org/")):
            return topic
        if _EVERYWHERE.match(scene.folded, clause[0]):
            return scene.default  # 8个县市建成医共体，住院率92%
    return scene.topic


def _topic(scene: Scene, clause: tuple[int, int]) -> str:
    """The place a clause is about, for the rates after it: its first word, or whom a helper from elsewhere helps."""
    inside = _inside(scene, clause)
    first = next((place for place in inside if _opens(scene, clause[0], place)), None)
    if first and first[2] in scene.abroad:
        helped = [place for place in inside if place[2] not in scene.abroad]
        first = helped[-1] if helped else None
    return first[2] if first and not _NO_SUBJECT.search(scene.folded[first[0] : first[1]]) else ""


def _inside(scene: Scene, span: tuple[int, int]) -> list[Place]:
    return [place for place in scene.places if span[0] <= place[0] and place[1] <= span[1]]


def _opens(scene: Scene, start: int, place: Place) -> bool:
    """Whether nothing but times and turns stands between a clause's start and a place."""
    ahead = scene.folded[start : place[0]]
    return phrase(ahead + "某") == "某" and not _BESIDE.search(ahead)


def value_year(scene: Scene, start: int, end: int) -> int | None:
    """The year named last before a value, else the one the sentence opens with, else the report's."""
    near = _named_years(scene, start, end)
    if near:
        return near[-1]
    if _RISEN.search(scene.folded[start:end]) and _FROM.search(scene.folded, max(0, start - REACH), start):
        return scene.year  # 由2022年的38%上升到45%
    far = _named_years(scene, max(0, start - REACH), start)
    return far[0] if far and not re.search("现[为已达]|目前|如今|当前|眼下", scene.folded[start:end]) else scene.year


def _named_years(scene: Scene, start: int, end: int) -> list[int]:
    """Single years named in a stretch, but for those compared with: 比上年, 较2020年."""
    said = scene.folded[start:end]
    found = [s for s in years(said, scene.year) if s.first == s.last and said[max(s.start - 1, 0)] not in "比较"]
    return [s.first for s in found if not said.startswith(("同期", "相比"), s.end)]


def status(scene: Scene, spans: Spans, at: int, goal: bool) -> Status:
    """Planned in a plan and where a goal is named, save where a result is reported."""
    own = expression("headings", "not_plan").sub("", scene.folded[spans[-1][0] : at])
    said = _named_years(scene, max(0, at - REACH), at)
    future = bool(said and scene.year and said[-1] > scene.year)
    if (
        goal
        or future
        or _cue("planned").search(own)
        or _cue("planned_far").search(scene.folded[max(0, at - REACH) : at])
    ):
        return Status.PLANNED
    if scene.sentence.role is not Role.PLAN:
        return Status.REALISED
    past = bool(said and scene.year and said[-1] < scene.year) and not re.search("[到至]20[0-9]{2}年|至少|不低于", own)
    return Status.REALISED if past or _cue("realised").search(own) else Status.PLANNED


@cache
def _cue(key: str) -> re.Pattern[str]:
    return re.compile(any_of(words("metrics", key)))
