"""The gazetteer: what lies where, and which region a shared name means near another."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.claims.lexicon import load
from kg.claims.places import Gazetteer, Place, load_gazetteer, relative_words
from kg.errors import DataError

SMALL = Gazetteer(
    {
        p.code: p
        for p in (
            Place("1", "东省", ("东",), "province", ""),
            Place("11", "甲市", ("甲",), "prefecture", "1"),
            Place("111", "河口区", ("河口",), "county", "11"),
            Place("112", "山前县", ("山前",), "county", "11"),
            Place("12", "乙市", ("乙",), "prefecture", "1"),
            Place("121", "河口区", ("河口",), "county", "12"),
            Place("122", "乙县", ("乙",), "county", "12"),
            Place("2", "西省", ("西",), "province", ""),
            Place("21", "丙市", (), "prefecture", "2"),
            Place("211", "河口区", ("河口",), "county", "21"),
            Place("1111", "山前县", (), "township", "111"),
        )
    },
    (("旧城县", "112"),),
)

NEAREST = [
    ("inside the region itself", ("111", "121", "211"), "11", "111"),
    ("inside the region above", ("121", "211"), "112", "121"),
    ("two equally close", ("111", "121"), "1", ""),
    ("two equally close from outside", ("111", "121"), "21", ""),
    ("one of that name wherever it lies", ("211",), "112", "211"),
    ("nothing known near, several", ("111", "121", "211"), "", ""),
    ("the level above wins over its namesake", ("12", "122"), "", "12"),
    ("none at all", (), "11", ""),
    ("near a masked region nothing is nearer", ("111", "211"), "a-1-XX区", ""),
    ("near a zone its city counts", ("111", "121"), "11-开发区", "111"),
]


@pytest.mark.parametrize(("reason", "codes", "near", "wanted"), NEAREST, ids=[n[0] for n in NEAREST])
def test_the_nearest_one_or_none(reason: str, codes: tuple[str, ...], near: str, wanted: str) -> None:
    assert SMALL.nearest(codes, near) == wanted, reason


def test_lineage_runs_from_a_region_to_its_province() -> None:
    assert SMALL.lineage("111") == ["111", "11", "1"]
    assert SMALL.lineage("11-高新区") == ["11-高新区", "11", "1"]
    assert SMALL.lineage("a-1-XX区") == ["a-1-XX区"]
    assert SMALL.lineage("") == []


def test_inside_is_the_region_itself_or_what_lies_in_it() -> None:
    assert SMALL.inside("111", "111")
    assert SMALL.inside("111", "1")
    assert not SMALL.inside("1", "111")
    assert not SMALL.inside("211", "1")


def test_the_lowest_region_that_holds_all() -> None:
    assert SMALL.common(["111", "112"]) == "11"
    assert SMALL.common(["111", "121"]) == "1"
    assert SMALL.common(["111", "11"]) == "11"
    assert SMALL.common(["111", "211"]) == ""
    assert SMALL.common([]) == ""


def test_descendants_are_everything_below_in_order() -> None:
    assert [p.code for p in SMALL.descendants("11")] == ["111", "1111", "112"]
    assert list(SMALL.descendants("1111")) == []


def test_names_lead_to_codes_but_townships_need_their_county() -> None:
    assert SMALL.by_name["河口区"] == ("111", "121", "211")
    assert SMALL.by_name["山前县"] == ("112",), "a township of that name is only known below its county"
    assert SMALL.by_name["旧城县"] == ("112",), "a former name leads to what took its place"
    assert SMALL.by_short["乙"] == ("12", "122")


def test_regions_without_a_code() -> None:
    assert SMALL.place("11-高新区") == Place("11-高新区", "高新区", (), "zone", "11")
    assert SMALL.place("a-1-XX区") == Place("a-1-XX区", "XX区", (), "", "")


WORDS = [
    ("浙江省", "province", ("省",)),
    ("新疆维吾尔自治区", "province", ("自治区", "区")),
    ("延边朝鲜族自治州", "prefecture", ("州", "自治州")),
    ("塔城地区", "prefecture", ("地区",)),
    ("阿拉善盟", "prefecture", ("盟",)),
    ("长阳土家族自治县", "county", ("县", "自治县")),
    ("鄂伦春自治旗", "county", ("旗",)),
    ("扎赉特旗", "county", ("旗",)),
    ("神农架林区", "county", ("林区", "区")),
    ("滨海新区", "county", ("新区", "区")),
    ("榆树市", "county", ("市",)),
    ("临洮县", "county", ("县",)),
    ("江东镇", "township", ("镇",)),
    ("无名", "county", ()),
]


@pytest.mark.parametrize(("name", "level", "words"), WORDS)
def test_words_by_which_a_report_calls_its_region(name: str, level: str, words: tuple[str, ...]) -> None:
    assert relative_words(Place("1", name, (), level, "")) == words


def test_a_zone_goes_by_its_own_ending_and_the_usual_ones() -> None:
    words = relative_words(Place("1-x", "蚌埠经济开发区", (), "zone", "1"))
    assert {"区", "经济开发区", "开发区", "经开区"} <= set(words)
    assert "县" not in words


def test_the_seeded_regions_form_trees_under_provinces() -> None:
    gazetteer = load().gazetteer
    roots = {gazetteer.lineage(code)[-1] for code in gazetteer.places}
    assert {gazetteer.place(code).level for code in roots} == {"province"}
    assert all(new in gazetteer.places for _, new in gazetteer.former)


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    regions, former = tmp_path / "regions.tsv", tmp_path / "renamings.tsv"
    former.write_text("old_name\tnew_code\n", encoding="utf-8")
    regions.write_text("code\tname\tshort_names\tlevel\tparent\n1\t东省\t东\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"regions\.tsv:2"):
        load_gazetteer(regions, former)


def test_short_names_are_separated_by_bars(tmp_path: Path) -> None:
    regions, former = tmp_path / "regions.tsv", tmp_path / "renamings.tsv"
    former.write_text("old_name\tnew_code\n旧省\t1\n没了\t\n", encoding="utf-8")
    regions.write_text("code\tname\tshort_names\tlevel\tparent\n1\t东省\t东|东边\tprovince\t\n", encoding="utf-8")
    gazetteer = load_gazetteer(regions, former)
    assert gazetteer.place("1").shorts == ("东", "东边")
    assert gazetteer.former == (("旧省", "1"),), "a name whose successor is not known leads nowhere"
