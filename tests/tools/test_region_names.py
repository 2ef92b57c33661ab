"""How the names of divisions are shortened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.region_names import short_forms

# name, level, forms
CASES = [
    ("浙江省", "province", ["浙江"]),
    ("北京市", "province", ["北京"]),
    ("内蒙古自治区", "province", ["内蒙古"]),  # a people that is part of the place
    ("广西壮族自治区", "province", ["广西"]),
    ("新疆维吾尔自治区", "province", ["新疆"]),
    ("香港特别行政区", "province", ["香港"]),
    ("嘉兴市", "prefecture", ["嘉兴"]),
    ("喀什地区", "prefecture", ["喀什"]),
    ("兴安盟", "prefecture", ["兴安"]),
    ("黄南藏族自治州", "prefecture", ["黄南州", "黄南"]),
    ("黔东南苗族侗族自治州", "prefecture", ["黔东南州", "黔东南"]),  # several peoples
    ("伊犁哈萨克自治州", "prefecture", ["伊犁州", "伊犁"]),  # a people without 族
    ("海宁市", "county", ["海宁"]),
    ("榆次区", "county", ["榆次"]),
    ("沛县", "county", []),  # one character is left
    ("神农架林区", "county", ["神农架"]),
    ("敖汉旗", "county", ["敖汉"]),
    ("张家川回族自治县", "county", ["张家川县", "张家川"]),
    ("积石山保安族东乡族撒拉族自治县", "county", ["积石山县", "积石山"]),
    ("东乡族自治县", "county", ["东乡县", "东乡"]),  # nothing but the people
    ("隆林各族自治县", "county", ["隆林县", "隆林"]),
    ("斜桥镇", "township", ["斜桥"]),
    ("硖石街道", "township", ["硖石"]),
    ("下店回族乡", "township", ["下店乡", "下店"]),
    ("更章门巴民族乡", "township", ["更章乡", "更章"]),
    ("巴彦苏木", "township", ["巴彦"]),
    ("城镇", "township", []),
    ("长安农场", "township", []),  # a farm keeps its name
    ("嘉兴经济技术开发区", "zone", ["嘉兴经开区", "嘉兴经开"]),
    ("蚌埠市高新技术开发区", "zone", ["蚌埠高新区", "蚌埠高新"]),
    ("经济技术开发区", "zone", []),  # of which place?
    ("雄安新区", "zone", []),
    ("东族乡", "township", ["东族"]),  # 东族|乡, not 东|族乡: its own name is no short form of it
]


@pytest.mark.parametrize(("name", "level", "forms"), CASES)
def test_short_forms(name: str, level: str, forms: list[str]) -> None:
    assert short_forms(name, level) == forms


LEVELS = st.sampled_from(["province", "prefecture", "county", "township", "zone"])
NAMES = st.text(st.sampled_from("东乡回藏族蒙古自治州县市区旗镇街道民经济技术开发高新省盟"), min_size=1, max_size=14)


@given(NAMES, LEVELS)
def test_forms_are_shorter_and_have_two_characters(name: str, level: str) -> None:
    assert all(2 <= len(form) < len(name) for form in short_forms(name, level))
