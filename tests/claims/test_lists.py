"""Elided lists: who is named, what the list is refused for, and counts as a check."""

from __future__ import annotations

import pytest

from kg.claims.find import find
from kg.claims.lexicon import Index, load
from kg.claims.lists import expand
from kg.claims.signs import signs
from kg.model import EntityType
from kg.text.clean import fold
from tests.claims.reading import names, read, report

HOSPITALS = [
    ("大庆市", "大庆市第一、第三人民医院扩建。", {"大庆市第一人民医院", "大庆市第三人民医院"}),
    ("大庆市", "市第一、第三人民医院扩建。", {"大庆市第一人民医院", "大庆市第三人民医院"}),
    ("大庆市", "肇州、肇源、林甸等人民医院扩建。", {"肇州县人民医院", "肇源县人民医院", "林甸县人民医院"}),
    ("南阳市", "内乡、淅川、邓州等人民医院扩建。", {"内乡县人民医院", "淅川县人民医院", "邓州市人民医院"}),
    ("大庆市", "肇州、肇源两县人民医院扩建。", {"肇州县人民医院", "肇源县人民医院"}),
    ("大庆市", "肇州、肇源、林甸县中医院扩建。", {"肇州县中医院", "肇源县中医院", "林甸县中医院"}),
    ("大庆市", "肇州县、肇源县、林甸县人民医院扩建。", {"肇州县人民医院", "肇源县人民医院", "林甸县人民医院"}),
    ("大庆市", "肇州县和肇源县人民医院扩建。", {"肇州县人民医院", "肇源县人民医院"}),
    ("大庆市", "肇州、肇源等2家人民医院扩建。", {"肇州县人民医院", "肇源县人民医院"}),
    ("大庆市", "大庆市第一人民医院、第三人民医院扩建。", {"大庆市第一人民医院", "大庆市第三人民医院"}),
    ("大庆市", "大庆市第二医院、第四医院扩建。", {"大庆市第二医院", "大庆市第四医院"}),
    ("阿坝藏族羌族自治州", "理县、茂县、松潘三县人民医院扩建。", {"理县人民医院", "茂县人民医院", "松潘县人民医院"}),
    ("阿坝藏族羌族自治州", "马尔康市、理县人民医院扩建。", {"马尔康市人民医院", "理县人民医院"}),
    ("大庆市", "市人民医院、中医医院、妇幼保健院扩建。", {"大庆市人民医院", "大庆市中医院", "大庆市妇幼保健院"}),
    ("大庆市", "与南昌大学附属第一医院、附属第二医院签约。", {"南昌大学第一附属医院", "南昌大学第二附属医院"}),
    ("大庆市", "与南昌大学一附院、二附院签约。", {"南昌大学第一附属医院", "南昌大学第二附属医院"}),
    ("大庆市", "与昆明医科大学附属第一、附属第二医院签约。", {"昆明医科大学第一附属医院", "昆明医科大学第二附属医院"}),
    ("玉溪市", "通海、华宁、易门三县妇幼保健院扩建。", {"通海县妇幼保健院", "华宁县妇幼保健院", "易门县妇幼保健院"}),
]


@pytest.mark.parametrize(("place", "sentence", "hospitals"), HOSPITALS, ids=[h[1] for h in HOSPITALS])
def test_members_get_the_ending_they_share(place: str, sentence: str, hospitals: set[str]) -> None:
    assert names(read(report(place, sentence)), EntityType.HOSPITAL) == hospitals


BARE = [
    ("青枫、柳溪、杏林、竹坪等4家卫生院通过评估。", {"青枫", "柳溪", "杏林", "竹坪"}),
    ("青枫、柳溪等10家卫生院通过评估。", {"青枫", "柳溪"}),
    ("青枫、柳溪、杏林3个社区卫生服务中心通过评估。", {"青枫", "柳溪", "杏林"}),
    ("青枫、柳溪、杏林等2家卫生院通过评估。", set()),
    ("社区卫生服务中心3家，分别为青枫、柳溪、杏林。", {"青枫", "柳溪", "杏林"}),
    ("社区卫生服务站1家，柳溪桥站。", {"柳溪桥站"}),
    ("卫生院1家，投入使用。", set()),
    ("实施社区卫生服务中心提升行动，青枫、柳溪、杏林3家完成改造。", {"青枫", "柳溪", "杏林"}),
    ("实施社区卫生服务中心提升行动，青枫、柳溪、杏林4家完成改造。", set()),
    ("实施社区卫生服务中心提升行动，内科、外科、儿科3个科室完成改造。", set()),
    ("社区卫生服务中心4家，分别为青枫、柳溪、杏林。", set()),
    ("内科、外科、儿科等3个科室通过评估。", set()),
]


@pytest.mark.parametrize(("sentence", "members"), BARE, ids=[b[0] for b in BARE])
def test_bare_names_need_a_count_that_holds_them(sentence: str, members: set[str]) -> None:
    found = read(report("江山市", sentence))
    assert {e.mentions[0].text for e in found.entities if e.type is EntityType.PRIMARY_CARE} == members


def test_members_that_are_townships_lie_in_them() -> None:
    found = read(report("江山市", "贺村、长台、石门等4家卫生院通过评估。"))
    clinics = {e.label: e.parent for e in found.entities if e.type is EntityType.PRIMARY_CARE}
    assert {label.removesuffix("卫生院") for label in clinics} == {"贺村镇", "长台镇", "石门镇"}
    assert {parent.removeprefix("region/")[:6] for parent in clinics.values()} == {"330881"}
    assert len(set(clinics.values())) == 3


STRICT = ["青枫、柳溪等中医院扩建。", "青枫、柳溪等人民医院扩建。", "青枫、柳溪两县人民医院扩建。"]


@pytest.mark.parametrize("sentence", STRICT)
def test_hospitals_are_listed_by_places_that_exist(sentence: str) -> None:
    assert names(read(report("江山市", sentence)), EntityType.HOSPITAL) == set()


def test_two_hospitals_of_one_university_are_two() -> None:
    sentence = "与南昌大学第一附属医院、南昌大学第二附属医院签订协议。"
    found = names(read(report("鹰潭市", sentence)), EntityType.HOSPITAL)
    assert found == {"南昌大学第一附属医院", "南昌大学第二附属医院"}


NO_LISTS = [
    "召开培训会、推进会等人民医院座谈。",
    "肇州县完成任务，林甸县人民医院扩建。",
    "高血压、糖尿病等慢病管理规范。",
]


@pytest.mark.parametrize("sentence", NO_LISTS)
def test_what_is_no_list_adds_nobody(sentence: str) -> None:
    assert names(read(report("大庆市", sentence)), EntityType.HOSPITAL) <= {"林甸县人民医院"}


def test_members_are_mentions_of_their_own_words() -> None:
    text, lexicon = fold("肇州、肇源、林甸等人民医院扩建"), load()
    members = sorted(expand(signs(text, lexicon), find(text, lexicon, Index({}))), key=lambda f: f.start)
    assert [text[m.start : m.end] for m in members] == ["肇州", "肇源", "林甸"]
    assert [m.name.rest for m in members if m.name] == ["人民医院"] * 3


def test_a_street_that_only_a_list_shows_is_no_region_of_its_own() -> None:
    found = read(report("江山市", "社区卫生服务中心2家，分别为双塔、虎山。", "双塔街道社区卫生服务中心扩建。"))
    centres = [e for e in found.entities if e.type is EntityType.PRIMARY_CARE]
    assert {e.label for e in centres} == {"双塔街道社区卫生服务中心", "虎山街道社区卫生服务中心"}
    assert len(centres) == 2
    assert "虎山街道" not in names(found, EntityType.REGION)
