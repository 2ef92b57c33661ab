"""Organisations: names that cannot be confused, places and parents that exist."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

import pytest

from kg.files import package_path, read_tsv
from kg.model import EntityType

Row = dict[str, str]

ORGANISATION_TYPES = {
    EntityType.HEALTH_AUTHORITY,
    EntityType.GOVERNMENT_BODY,
    EntityType.HOSPITAL,
    EntityType.PRIMARY_CARE,
    EntityType.PUBLIC_HEALTH,
    EntityType.ACADEMIC,
    EntityType.ALLIANCE,
    EntityType.ORGANIZATION,
}


@cache
def organisations() -> dict[str, Row]:
    return {row["key"]: row for row in read_tsv(package_path("seeds") / "organisations.tsv")}


@cache
def regions() -> dict[str, Row]:
    return {row["code"]: row for row in read_tsv(package_path("seeds") / "regions.tsv")}


def firm_names(row: Row) -> list[str]:
    """The names that mean this organisation anywhere in the country."""
    return [row["name"], *filter(None, row["short_names"].split("|"))]


def contextual_names(row: Row) -> list[str]:
    return list(filter(None, row["contextual_names"].split("|")))


def test_keys_are_unique_readable_slugs() -> None:
    rows = read_tsv(package_path("seeds") / "organisations.tsv")
    assert [k for k, n in Counter(row["key"] for row in rows).items() if n > 1] == []
    assert [row["key"] for row in rows if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["key"])] == []


def test_at_least_450() -> None:
    assert len(organisations()) >= 450


def test_types_are_types_of_organisations() -> None:
    assert {row["type"] for row in organisations().values()} <= {t.value for t in ORGANISATION_TYPES}


def test_regions_exist_and_are_no_townships() -> None:
    levels = {row["key"]: regions()[row["region"]]["level"] for row in organisations().values()}
    assert set(levels.values()) <= {"province", "prefecture", "county"}


def test_every_province_is_covered() -> None:
    """Each of the 31 has hospitals, a university and a centre for disease control."""
    kinds = defaultdict(set)
    for row in organisations().values():
        kinds[row["region"][:2]].add(row["type"])
    provinces = {code[:2] for code, row in regions().items() if row["level"] == "province" and code < "700000"}
    wanted = {"Hospital", "AcademicInstitution", "PublicHealthInstitution"}
    assert {p: wanted - kinds[p] for p in provinces if not wanted <= kinds[p]} == {}


def test_parents_exist_and_form_no_cycle() -> None:
    rows = organisations()
    for start in rows:
        path = [start]
        while (above := rows[path[-1]]["parent_org"]) and above not in path:
            path.append(above)
        assert not above, f"{start} is its own parent: {path}"


def test_firm_names_mean_one_organisation() -> None:
    meant = defaultdict(set)
    for row in organisations().values():
        for name in firm_names(row):
            meant[name].add(row["key"])
    assert {name: keys for name, keys in meant.items() if len(keys) > 1} == {}


def test_contextual_names_are_nobodys_firm_name() -> None:
    firm = {name for row in organisations().values() for name in firm_names(row)}
    assert [(r["key"], n) for r in organisations().values() for n in contextual_names(r) if n in firm] == []


def test_firm_names_are_no_names_of_regions_or_programmes() -> None:
    taken = {n for r in regions().values() for n in [r["name"], *r["short_names"].split("|")]}
    for row in read_tsv(package_path("seeds") / "programs.tsv"):
        taken |= {row["prefLabel_zh"], *row["altLabels_zh"].split("|")}
    assert [(r["key"], n) for r in organisations().values() for n in firm_names(r) if n in taken] == []


# Names that exist in many places: they must never stand alone as the name of one organisation.
EVERYWHERE = (
    "人民医院 中心医院 第一医院 中医院 中山医院 协和医院 同济医院 附一院 一附院 省人民医院 省中医院 肿瘤医院 儿童医院"
)


@pytest.mark.parametrize("name", EVERYWHERE.split())
def test_names_of_many_are_contextual_only(name: str) -> None:
    assert [row["key"] for row in organisations().values() if name in firm_names(row)] == []


def test_names_have_two_characters_and_no_name_stands_twice_in_a_row() -> None:
    for row in organisations().values():
        every = firm_names(row) + contextual_names(row)
        assert min(map(len, every)) >= 2, row["key"]
        assert len(set(every)) == len(every), row["key"]


# short name, full name
KNOWN = [
    ("华西医院", "四川大学华西医院"),
    ("浙大一院", "浙江大学医学院附属第一医院"),
    ("湘雅二医院", "中南大学湘雅二医院"),
    ("天坛医院", "首都医科大学附属北京天坛医院"),
    ("上海九院", "上海交通大学医学院附属第九人民医院"),
    ("上海六院", "上海交通大学医学院附属第六人民医院"),
    ("瑞金医院", "上海交通大学医学院附属瑞金医院"),
    ("中山一院", "中山大学附属第一医院"),
    ("齐鲁医院", "山东大学齐鲁医院"),
    ("武汉协和医院", "华中科技大学同济医学院附属协和医院"),
    ("北京协和医院", "中国医学科学院北京协和医院"),
    ("重医附一院", "重庆医科大学附属第一医院"),
    ("安徽省立医院", "中国科学技术大学附属第一医院"),
    ("中国疾控中心", "中国疾病预防控制中心"),
]


@pytest.mark.parametrize(("short", "full"), KNOWN)
def test_well_known_short_names(short: str, full: str) -> None:
    assert [row["name"] for row in organisations().values() if short in firm_names(row)] == [full]
