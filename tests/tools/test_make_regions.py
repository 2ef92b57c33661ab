"""From the tables of the package to the divisions, on a country of a few rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.make_regions import Division, facts_from_package, facts_from_table, named

TABLES: dict[str, list[dict[str, str]]] = {
    "provinces": [{"code": "11", "name": "北京市"}, {"code": "44", "name": "广东省"}, {"code": "42", "name": "湖北省"}],
    "cities": [
        {"code": "1101", "name": "市辖区", "provinceCode": "11"},
        {"code": "4401", "name": "广州市", "provinceCode": "44"},
        {"code": "4419", "name": "东莞市", "provinceCode": "44"},
        {"code": "4290", "name": "省直辖县级行政区划", "provinceCode": "42"},
    ],
    "areas": [
        {"code": "110101", "name": "东城区", "cityCode": "1101", "provinceCode": "11"},
        {"code": "440113", "name": "番禺区", "cityCode": "4401", "provinceCode": "44"},
        {"code": "440171", "name": "广州经济开发区", "cityCode": "4401", "provinceCode": "44"},
        {"code": "441900", "name": "东莞市", "cityCode": "4419", "provinceCode": "44"},
        {"code": "429004", "name": "仙桃市", "cityCode": "4290", "provinceCode": "42"},
    ],
    "streets": [
        {"code": "440113001", "name": "市桥街道", "areaCode": "440113", "cityCode": "4401", "provinceCode": "44"},
        {"code": "440113100", "name": "东莞镇", "areaCode": "440113", "cityCode": "4401", "provinceCode": "44"},
        {"code": "440113101", "name": "石楼镇", "areaCode": "440113", "cityCode": "4401", "provinceCode": "44"},
        {"code": "440113102", "name": "石楼乡", "areaCode": "440113", "cityCode": "4401", "provinceCode": "44"},
        {"code": "440113400", "name": "珠江农场", "areaCode": "440113", "cityCode": "4401", "provinceCode": "44"},
        {
            "code": "440113198",
            "name": "番禺区直辖村级区划",
            "areaCode": "440113",
            "cityCode": "4401",
            "provinceCode": "44",
        },
        {"code": "441900003", "name": "建设街道", "areaCode": "441900", "cityCode": "4419", "provinceCode": "44"},
    ],
}
PARENTS = {
    "110101": "110000",  # not in 市辖区
    "429004": "420000",  # not in 省直辖县级行政区划
    "441900": "440000",  # the prefecture only, not the county of the same name
    "441900003": "441900",
    "440113001": "440113",
}
SHORT = {
    "440113": ("番禺",),
    "440113001": ("市桥",),
    "440113100": (),  # 东莞 is a prefecture
    "440113101": (),  # 石楼 is two townships
    "440113102": (),
    "441900003": (),  # 建设 is an ordinary word
    "440113-大学城": ("广州大学城",),
    "440171": ("广州经开区", "广州开发区", "广开"),
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "dist").mkdir()
    for name, rows in TABLES.items():
        (tmp_path / "dist" / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    return tmp_path


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    tables = {
        "zones": "parent\tname\tshort_names\tnote\n440113\t大学城\t广州大学城\t\n",
        "nicknames": "code\tname\tshort_names\n440171\t广州经济开发区\t广开\n",
        "ordinary-words": "word\n建设\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
    return tmp_path


def test_parents_are_real(package: Path) -> None:
    divisions = {d.code: d for d in facts_from_package(package)}
    assert {code: divisions[code].parent for code in PARENTS} == PARENTS


def test_what_is_left_out_and_added(package: Path) -> None:
    divisions = {d.code: d for d in facts_from_package(package)}
    assert not {"110100", "429000", "440113198"} & divisions.keys()
    assert divisions["441900"].level == "prefecture"
    assert divisions["440171"].level == "zone"
    assert divisions["440113400"].note == "unit like a township"
    assert divisions["810000"] == Division("810000", "香港特别行政区", "province", "", note="GB/T 2260")


def test_short_names(package: Path, sources: Path) -> None:
    divisions = {d.code: d.short_names for d in named(facts_from_package(package), sources)}
    assert {code: divisions[code] for code in SHORT} == SHORT


def test_the_order_is_that_of_codes(package: Path, sources: Path) -> None:
    codes = [d.code for d in named(facts_from_package(package), sources)]
    assert codes == sorted(codes)


def test_the_table_of_the_project_is_what_the_tool_makes_of_it() -> None:
    """Nobody edits the derived table where the next run would undo it."""
    from kg.files import package_path, read_tsv

    seeds = package_path("seeds")
    made = named(facts_from_table(seeds / "regions.tsv"), seeds / "sources")
    stands = [(row["code"], row["name"], row["short_names"]) for row in read_tsv(seeds / "regions.tsv")]
    assert [(d.code, d.name, "|".join(d.short_names)) for d in made] == stands, "run: python -m tools.make_regions"
