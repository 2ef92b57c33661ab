"""Gold graphs: what a careful reader draws from a report, and when two names are the same.

The form of a gold file is described in ``tests/gold/README.md``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.model import EntityType

__all__ = ["Gold", "GoldEntity", "GoldRate", "GoldTriple", "plain", "read_gold", "same_metric"]

# Names of types in gold files where they differ from the ontology's.
TYPES = {
    "PrimaryCare": EntityType.PRIMARY_CARE,
    "PublicHealth": EntityType.PUBLIC_HEALTH,
    "Academic": EntityType.ACADEMIC,
    "Alliance": EntityType.ALLIANCE,
}
_DRESS = re.compile(r"[\s“”\"'‘’「」《》〈〉()（）\-—·•・.,，、:：]")
_DIVISION = "市县区州盟旗"
# 浙江省 in 浙江省海宁市…, 广西壮族自治区 in 广西壮族自治区南宁市…
_PROVINCE = re.compile(rf"^(?:[^省]{{2,3}}省|.{{2,8}}自治区)(?=.*[{_DIVISION}])")
# 嘉兴市 in 嘉兴市海宁市…, 黄南州 in 黄南州尖扎县…
_PREFECTURE = re.compile(
    rf"^[^{_DIVISION}省]{{2,9}}?(?:市|自治州|州|地区|盟)(?=[^{_DIVISION}]{{1,9}}(?:自治县|县|区|市|旗))"
)
_SHARED_PAIRS = 0.6  # of the shorter name's pairs of characters, for two names of one quantity


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity; ``names`` are in plain form, ``label`` is the best of them as written."""

    id: str
    type: EntityType
    label: str
    names: frozenset[str]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldTriple:
    """A relation; any of the subjects and objects is right. ``open`` leaves its status unscored."""

    subjects: tuple[str, ...]
    predicate: str
    objects: tuple[str, ...]
    status: frozenset[str]
    open: bool
    optional: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class GoldRate:
    """A rate; ``metrics`` are accepted names of the quantity."""

    subjects: tuple[str, ...]
    metrics: tuple[str, ...]
    value: Decimal
    unit: str
    optional: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold graph of the report in file ``doc``."""

    doc: str
    entities: tuple[GoldEntity, ...]
    triples: tuple[GoldTriple, ...]
    rates: tuple[GoldRate, ...]


def read_gold(path: Path) -> Gold:
    """One gold file; DataError with the file's name when it has not the form."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return Gold(
            raw["doc"],
            tuple(map(_entity, raw["entities"])),
            tuple(map(_triple, raw["triples"])),
            tuple(map(_rate, raw.get("observations", []))),
        )
    except KeyError as fault:
        raise DataError(f"{path}: field {fault} is missing; see tests/gold/README.md") from None
    except (ValueError, TypeError, ArithmeticError) as fault:
        raise DataError(f"{path}: {fault}; see tests/gold/README.md") from None


def _entity(raw: dict[str, Any]) -> GoldEntity:
    kind = TYPES.get(raw["type"]) or EntityType(raw["type"])
    return GoldEntity(raw["id"], kind, raw["names"][0], frozenset(map(plain, raw["names"])), _optional(raw))


def _triple(raw: dict[str, Any]) -> GoldTriple:
    return GoldTriple(
        tuple(raw["s"]), raw["p"], tuple(raw["o"]), frozenset(raw.get("status", [])),
        bool(raw.get("status_open")), _optional(raw), raw.get("evidence", ""),
    )  # fmt: skip


def _rate(raw: dict[str, Any]) -> GoldRate:
    return GoldRate(
        tuple(raw["s"]), tuple(raw["metric"]), Decimal(raw["value"]), raw["unit"], _optional(raw), raw["evidence"]
    )


def _optional(raw: dict[str, Any]) -> bool:
    return bool(raw.get("optional"))


def plain(name: str) -> str:
    """The name without width, blanks, quotes and marks, and without the regions above its own.

    >>> plain("浙江省嘉兴市海宁市中医院"), plain("“e护康”项目")
    ('海宁市中医院', 'e护康项目')
    """
    bare = _DRESS.sub("", unicodedata.normalize("NFKC", name))
    return _PREFECTURE.sub("", _PROVINCE.sub("", bare))


def same_metric(name: str, accepted: Iterable[str]) -> bool:
    """Whether ``name`` means a quantity of which ``accepted`` are names.

    One holds the other, or they share most pairs of neighbouring characters.

    >>> same_metric("家庭医生签约率", ["重点人群家庭医生签约率"]), same_metric("婚检率", ["入住率"])
    (True, False)
    """
    mine = plain(name)
    return any(mine in other or other in mine or _alike(mine, other) for other in map(plain, accepted))


def _alike(one: str, other: str) -> bool:
    first, second = _pairs(one), _pairs(other)
    fewer = min(len(first), len(second))
    return fewer > 0 and len(first & second) / fewer >= _SHARED_PAIRS


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}
