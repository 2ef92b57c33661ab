"""The programme scheme: one concept a wording, one sentence a definition, a forest without cycles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

import pytest

from kg.files import package_path, read_tsv

Row = dict[str, str]


@cache
def programs() -> dict[str, Row]:
    return {row["id"]: row for row in read_tsv(package_path("seeds") / "programs.tsv")}


def wordings(row: Row) -> list[str]:
    return [row["prefLabel_zh"], *filter(None, row["altLabels_zh"].split("|"))]


def test_ids_are_unique_slugs() -> None:
    rows = read_tsv(package_path("seeds") / "programs.tsv")
    assert [i for i, n in Counter(row["id"] for row in rows).items() if n > 1] == []
    assert [row["id"] for row in rows if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", row["id"])] == []


def test_119_concepts() -> None:
    """The ids are fixed; one more or fewer breaks identifiers that others have stored."""
    assert len(programs()) == 119


def test_broader_concepts_exist_and_form_no_cycle() -> None:
    rows = programs()
    for start in rows:
        path = [start]
        while (above := rows[path[-1]]["broader"]) and above not in path:
            path.append(above)
        assert not above, f"{start} is broader than itself: {path}"


def test_a_wording_belongs_to_one_concept() -> None:
    meant = defaultdict(list)
    for row in programs().values():
        for wording in wordings(row):
            meant[wording].append(row["id"])
    assert {wording: ids for wording, ids in meant.items() if len(ids) > 1} == {}


def test_wordings_have_two_characters_and_no_spaces() -> None:
    every = [wording for row in programs().values() for wording in wordings(row)]
    assert [wording for wording in every if len(wording) < 2 or wording != wording.strip()] == []


@pytest.mark.parametrize("column", ["prefLabel_zh", "prefLabel_en", "definition_zh", "definition_en"])
def test_labels_and_definitions_are_complete_and_different(column: str) -> None:
    values = Counter(row[column] for row in programs().values())
    assert "" not in values
    assert [value for value, n in values.items() if n > 1] == []


def test_a_definition_is_one_sentence() -> None:
    for row in programs().values():
        assert row["definition_zh"].endswith("。"), row["id"]
        assert row["definition_zh"].count("。") == 1, row["id"]
        assert row["definition_en"].endswith("."), row["id"]
        assert ". " not in row["definition_en"], row["id"]


# wording, concept: ways of writing from several provinces
MEANT = [
    ("紧密型县域医疗卫生共同体", "county-medical-community"),
    ("县级医疗集团", "county-medical-community"),  # Shanxi
    ("健共体", "county-medical-community"),  # Anhui, Guangdong
    ("医疗集团", "city-medical-group"),
    ("创三甲", "hospital-accreditation"),
    ("二甲复审", "hospital-accreditation"),
    ("优质服务基层行", "quality-primary-service"),
    ("两癌筛查", "cancer-screening"),
    ("家医签约", "family-doctor"),
    ("国卫复审", "sanitary-city"),
    ("艾梅乙", "hiv"),
    ("包虫病", "endemic-disease"),
]


@pytest.mark.parametrize(("wording", "concept"), MEANT)
def test_wording_means_concept(wording: str, concept: str) -> None:
    assert [row["id"] for row in programs().values() if wording in wordings(row)] == [concept]


# Words that stand in every report and show nothing of a programme.
TOO_GENERAL = (
    "建设项目 重点工程 医疗质量 医疗安全 人才 120 救护车 老龄化 一卡通服务 贫困人口 计划生育 公开招聘 放管服 患者 医院"
)


@pytest.mark.parametrize("word", TOO_GENERAL.split())
def test_general_words_are_no_wordings(word: str) -> None:
    assert [row["id"] for row in programs().values() if word in wordings(row)] == []
