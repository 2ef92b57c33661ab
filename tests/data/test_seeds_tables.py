"""What holds for every seed table, the small tables, and the sample reports."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kg.files import package_path, read_tsv
from tools.canonical_seeds import ORDER, canonical

SEEDS = package_path("seeds")
TABLES = sorted(ORDER)


@cache
def regions() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in read_tsv(SEEDS / "regions.tsv")}


def test_every_table_is_known_to_the_tool() -> None:
    assert sorted(str(path.relative_to(SEEDS)) for path in SEEDS.rglob("*.tsv")) == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_canonical_form(table: str) -> None:
    path = SEEDS / table
    same = path.read_text(encoding="utf-8") == canonical(path, ORDER[table])
    assert same, f"{table} is not in its canonical form; run: python -m tools.canonical_seeds"


@pytest.mark.parametrize("table", TABLES)
def test_notes_name_a_source(table: str) -> None:
    """The first lines of each table say where it comes from."""
    first = (SEEDS / table).read_text(encoding="utf-8").split("\n")
    notes = " ".join(line for line in first if line.startswith("#"))
    assert re.search("[Ss]ource|by hand|written for|vocabulary", notes), notes


@pytest.mark.parametrize("table", TABLES)
def test_no_stray_characters(table: str) -> None:
    """No control, zero-width or no-break characters, which no reader of a table sees."""
    text = (SEEDS / table).read_text(encoding="utf-8")
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f\u00a0\u200b-\u200f\u2028\u2029\u3000\ufeff\ufffd]", text) == []


@pytest.mark.parametrize("table", TABLES)
def test_lists_hold_no_empty_or_repeated_names(table: str) -> None:
    for row in read_tsv(SEEDS / table):
        for column in ("short_names", "contextual_names", "altLabels_zh"):
            items = row.get(column, "").split("|")
            assert items == [""] or ("" not in items and len(set(items)) == len(items)), row


def test_the_readme_names_every_table_and_column() -> None:
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"`{table}`" in readme, table
        for column in read_tsv(SEEDS / table)[0]:
            assert f"`{column}`" in readme, f"{table}: {column}"


def test_former_divisions_became_present_ones() -> None:
    rows = read_tsv(SEEDS / "renamings.tsv")
    assert len(rows) >= 40
    for row in rows:
        assert row["new_code"] in regions(), row
        assert re.fullmatch(r"[1-6][0-9]{5}", row["old_code"]), row
        assert 1949 < int(row["year"]) < 2024, row
        assert row["old_code"][:2] == row["new_code"][:2], row


def test_former_names_are_no_longer_in_force_under_their_code() -> None:
    for row in read_tsv(SEEDS / "renamings.tsv"):
        present = regions().get(row["old_code"])
        assert present is None or present["name"] != row["old_name"], row


def test_a_former_division_stands_once() -> None:
    rows = Counter((row["old_name"], row["old_code"]) for row in read_tsv(SEEDS / "renamings.tsv"))
    assert [row for row, n in rows.items() if n > 1] == []


RENAMED = [
    ("襄樊市", "襄阳市", "2010"),
    ("思茅市", "普洱市", "2007"),
    ("莱芜市", "莱芜区", "2019"),
    ("江干区", "上城区", "2021"),
    ("三山区", "弋江区", "2020"),
    ("繁昌县", "繁昌区", "2020"),
]


@pytest.mark.parametrize(("old", "new", "year"), RENAMED)
def test_renaming(old: str, new: str, year: str) -> None:
    found = [row for row in read_tsv(SEEDS / "renamings.tsv") if row["old_name"] == old]
    assert [(regions()[row["new_code"]]["name"], row["year"]) for row in found] == [(new, year)]


def test_groupings_are_no_divisions() -> None:
    divisions = {
        name
        for row in regions().values()
        if row["level"] != "township"
        for name in [row["name"], *row["short_names"].split("|")]
    }
    rows = read_tsv(SEEDS / "groupings.tsv")
    names = [n for row in rows for n in [row["name"], *filter(None, row["short_names"].split("|"))]]
    assert [name for name in names if name in divisions] == []
    assert [name for name, n in Counter(names).items() if n > 1] == []
    assert {"长三角", "珠三角", "京津冀", "大湾区", "苏北", "皖南", "成渝"} <= set(names)


def test_abbreviations_are_single_characters_of_one_region() -> None:
    rows = read_tsv(SEEDS / "abbreviations.tsv")
    assert [row for row in rows if len(row["abbreviation"]) != 1 or row["code"] not in regions()] == []
    assert len({row["abbreviation"] for row in rows}) == len(rows)
    provinces = {code for code, row in regions().items() if row["level"] == "province"}
    assert provinces <= {row["code"] for row in rows}


REPORTS = sorted((SEEDS / "reports").glob("*"))


def test_at_least_twelve_sample_reports() -> None:
    assert len(REPORTS) >= 12


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_sample_report_says_place_and_year(path: Path) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*-20[0-9]{2}\.txt", path.name)
    assert len(path.read_text(encoding="utf-8")) > 500
