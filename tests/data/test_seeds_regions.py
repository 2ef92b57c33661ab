"""The divisions of China: codes, levels, parents and short names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

import pytest

from kg.files import package_path, read_tsv

Row = dict[str, str]

# Rows of the source's tables (31, 342, 2978, 41352) less what the tool leaves out or adds:
# + 3 provinces of GB/T 2260; - 9 groupings such as 市辖区; - 4 counties that repeat their prefecture;
# - 16 placeholders; zones are the 128 units of the county table that are no counties.
ROWS = {"province": 31 + 3, "prefecture": 342 - 9, "county": 2978 - 4 - 128, "township": 41352 - 16}

MAY_LIE_IN = {
    "province": {""},
    "prefecture": {"province"},
    "county": {"province", "prefecture"},
    "township": {"prefecture", "county", "zone"},
    "zone": {"province", "prefecture", "county"},
}
CODE = {
    "province": r"[1-8][0-9]0000",
    "prefecture": r"[1-6][0-9]{3}00",
    "county": r"[1-6][0-9]{5}",
    "township": r"[1-6][0-9]{8}",
    "zone": r"[1-6][0-9]{5}(?:-\S+)?",
}


@cache
def regions() -> dict[str, Row]:
    return {row["code"]: row for row in read_tsv(package_path("seeds") / "regions.tsv")}


def names(row: Row) -> list[str]:
    return [row["name"], *filter(None, row["short_names"].split("|"))]


def test_codes_are_unique() -> None:
    codes = Counter(row["code"] for row in read_tsv(package_path("seeds") / "regions.tsv"))
    assert [code for code, n in codes.items() if n > 1] == []


def test_codes_have_the_form_of_their_level() -> None:
    assert [r for r in regions().values() if not re.fullmatch(CODE[r["level"]], r["code"])] == []


def test_as_many_rows_as_the_source_says() -> None:
    levels = Counter(row["level"] for row in regions().values() if row["code"].isdigit())
    assert levels == {**ROWS, "zone": 128}


def test_every_parent_exists_and_is_of_a_level_above() -> None:
    rows = regions()
    bad = [
        row
        for row in rows.values()
        if (rows[row["parent"]]["level"] if row["parent"] else "") not in MAY_LIE_IN[row["level"]]
    ]
    assert bad == []


def test_ancestors_end_at_a_province() -> None:
    rows = regions()
    for start in rows:
        path = [start]
        while (above := rows[path[-1]]["parent"]) and above not in path:
            path.append(above)
        assert not above, f"{start} is its own ancestor: {path}"
        assert rows[path[-1]]["level"] == "province"


def test_codes_begin_as_their_parents_do() -> None:
    """A code says where its division lies: 330481 in 330400, 3304 of 33."""
    length = {"province": 2, "prefecture": 4, "county": 6, "zone": 6}
    rows = regions()
    for row in rows.values():
        if row["parent"]:
            shared = length[rows[row["parent"]]["level"]]
            assert row["code"][:shared] == row["parent"][:shared], row


def test_short_names_are_unique_among_siblings() -> None:
    """A short name means one child of a parent, and never the parent or what lies above it."""
    rows = regions()
    children: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        children[row["parent"]].append(row)
    clashes = []
    for siblings in children.values():
        meant = Counter(name for row in siblings for name in set(names(row)))
        clashes += [(row["code"], n) for row in siblings for n in names(row)[1:] if meant[n] > 1]
    assert clashes == []


def test_short_names_never_mean_an_ancestor() -> None:
    rows = regions()
    for row in rows.values():
        above = row["parent"]
        while above:
            assert not set(names(row)[1:]) & set(names(rows[above])), (row, above)
            above = rows[above]["parent"]


def test_short_names_have_two_characters_at_least() -> None:
    assert [row for row in regions().values() if any(len(name) < 2 for name in names(row))] == []


def test_units_like_townships_have_no_short_names() -> None:
    assert [r for r in regions().values() if r["note"] == "unit like a township" and r["short_names"]] == []


def test_no_pseudo_divisions() -> None:
    """市辖区, 县 and 省直辖县级行政区划 only group in the source."""
    pseudo = re.compile("^(?:市辖区|县)$|直辖县级|直辖村级|乡级单位$")
    assert [row for row in regions().values() if pseudo.search(row["name"])] == []


# code, name, parent: each line is a place where a table of divisions is easily wrong
FACTS = [
    ("330481", "海宁市", "330400"),  # the plain case
    ("330481001", "硖石街道", "330481"),
    ("110101", "东城区", "110000"),  # a municipality has no prefectures
    ("500229", "城口县", "500000"),  # nor do its counties lie in "县"
    ("429004", "仙桃市", "420000"),  # administered by the province
    ("419001", "济源市", "410000"),
    ("469021", "定安县", "460000"),
    ("659001", "石河子市", "650000"),
    ("441900003", "东城街道", "441900"),  # a prefecture without counties
    ("442000001", "石岐街道", "442000"),
    ("460400100", "那大镇", "460400"),
    ("620201101", "峪泉镇", "620200"),
    ("340209", "弋江区", "340200"),  # a code changed in 2020
    ("330113", "临平区", "330100"),  # founded in 2021
    ("370116", "莱芜区", "370100"),
    ("320576", "苏州工业园区", "320500"),  # a zone with a statistical code
    ("130000-雄安新区", "雄安新区", "130000"),
    ("330400-嘉兴经济技术开发区", "嘉兴经济技术开发区", "330400"),
    ("810000", "香港特别行政区", ""),
]


@pytest.mark.parametrize(("code", "name", "parent"), FACTS)
def test_fact(code: str, name: str, parent: str) -> None:
    assert (regions()[code]["name"], regions()[code]["parent"]) == (name, parent)


def test_prefectures_without_counties_have_none() -> None:
    lie_in = {row["parent"] for row in regions().values() if row["level"] == "county"}
    childless = {c for c, row in regions().items() if row["level"] == "prefecture" and c not in lie_in}
    assert childless == {"441900", "442000", "460300", "460400", "620200"}


SHORT = [
    ("330481", "海宁"),
    ("140702", "榆次"),
    ("632300", "黄南州|黄南"),
    ("622900", "临夏州|临夏"),
    ("623000", "甘南州|甘南"),
    ("422800", "恩施州|恩施|恩施自治州"),
    ("150000", "内蒙古|内蒙"),  # 蒙古 is not cut off as a people
    ("632322", "尖扎"),
    ("620525", "张家川县|张家川"),
    ("622926", "东乡县|东乡"),  # here the people is the name
    ("320322", ""),  # 沛县: one character is no name
    ("422801", ""),  # 恩施市: 恩施 means the prefecture
    ("450329", ""),  # 资源县: 资源 is an ordinary word
    ("630223", "互助县|互助"),  # an ordinary word kept by hand for lists of counties
    ("632500", "海南州"),  # 海南 means the province
    ("150521", "科尔沁左翼中|科左中旗"),
    ("330400-嘉兴经济技术开发区", "嘉兴经开区|嘉兴经开|嘉兴经开区（国际商务区）"),
    ("130271", "唐山芦台经开区|唐山芦台开发区|河北唐山芦台经济开发区|芦台经济开发区|芦台经开区"),  # named without 河北
]


@pytest.mark.parametrize(("code", "short_names"), SHORT)
def test_short_names(code: str, short_names: str) -> None:
    assert regions()[code]["short_names"] == short_names


NEW_AREAS = (
    "浦东新区 滨海新区 两江新区 舟山群岛新区 兰州新区 南沙新区 西咸新区 贵安新区 西海岸新区 金普新区 天府新区 湘江新区 "
    "江北新区 福州新区 滇中新区 哈尔滨新区 长春新区 赣江新区 雄安新区"
)


def test_the_nineteen_national_new_areas() -> None:
    known = {row["name"] for row in regions().values() if row["level"] in ("county", "zone")}
    assert [name for name in NEW_AREAS.split() if name not in known] == []


def test_zones_kept_by_hand_stand_in_the_table() -> None:
    zones = read_tsv(package_path("seeds") / "sources" / "zones.tsv")
    rows = regions()
    for zone in zones:
        row = rows[f"{zone['parent']}-{zone['name']}"]
        assert (row["level"], row["note"]) == ("zone", zone["note"])
        assert set(filter(None, zone["short_names"].split("|"))) <= set(names(row))


def test_nicknames_belong_to_the_division_they_name() -> None:
    for row in read_tsv(package_path("seeds") / "sources" / "nicknames.tsv"):
        assert regions()[row["code"]]["name"] == row["name"]
        assert set(row["short_names"].split("|")) <= set(names(regions()[row["code"]]))


def test_ordinary_words_are_no_derived_short_names() -> None:
    """A word may only come back by hand, as a nickname or as the short name of a zone."""
    words = {row["word"] for row in read_tsv(package_path("seeds") / "sources" / "ordinary-words.tsv")}
    by_hand = {
        (row["name"], name)
        for table in ("nicknames", "zones")
        for row in read_tsv(package_path("seeds") / "sources" / f"{table}.tsv")
        for name in row["short_names"].split("|")
    }
    back = [(r["name"], n) for r in regions().values() for n in names(r)[1:] if n in words]
    assert [pair for pair in back if pair not in by_hand] == []
