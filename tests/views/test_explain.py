"""An analyst can see why each edge is there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import DataError, UsageError
from kg.ids import reidentify
from kg.model import (
    Claim,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Mention,
    Observation,
    Predicate,
    Report,
    Status,
)
from kg.records import block
from kg.views.explain import explain, marked

QUOTE = "市二院与乙大学签约。"
HOSPITAL = Entity(
    "org/330481-甲二院", EntityType.HOSPITAL, "甲市第二人民医院", ("市二院",), "region/330481",
    mentions=(Mention(50, 53, "市二院", "short name; jurisdiction 甲市"), Mention(7, 10, "二院", "elsewhere")),
)  # fmt: skip
UNIVERSITY = Entity("org/330481-乙大学", EntityType.ACADEMIC, "乙大学", mentions=(Mention(54, 57, "乙大学"),))
EVIDENCE = Evidence(50, 60, QUOTE, ((50, 53), (54, 57)))
CLAIM = reidentify(
    Claim("", "a-1", HOSPITAL.id, Predicate.PARTNERS_WITH, UNIVERSITY.id, Status.REALISED, EVIDENCE, "sign.1", 2024,
          "agreement")
)  # fmt: skip
RATE = reidentify(
    Observation("", "a-1", HOSPITAL.id, "满意率", "满意率", Decimal("95"), "95%", "%", Status.PLANNED, EVIDENCE, "rate",
                2025)
)  # fmt: skip
ONE = Extraction(Report("a-1", "a.txt", "", "1", "甲市总结"), (HOSPITAL, UNIVERSITY), (CLAIM,), (RATE,))
TURNED = reidentify(replace(CLAIM, report="b-1", subject=UNIVERSITY.id, object=HOSPITAL.id, status=Status.PLANNED))
TWO = Extraction(Report("b-1", "b.txt", "", "2", "乙大学简报"), (HOSPITAL, UNIVERSITY), (TURNED,))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "claims.jsonl").write_text(block(ONE) + block(TWO), "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", [CLAIM.id, "https://w3id.org/hgkg/" + CLAIM.id, CLAIM.id.removeprefix("claim/")])
def test_a_claim_is_explained_by_identifier_iri_or_hash(output: Path, name: str) -> None:
    text = explain(output, name)
    assert "【市二院】与【乙大学】签约。" in text
    assert "sign.1" in text
    assert "a.txt#char=50,60" in text
    assert "short name; jurisdiction 甲市" in text
    assert "elsewhere" not in text  # that mention is not the one in this sentence
    assert "--partnersWith (agreement)-->" in text
    assert f"{TURNED.id}  计划 planned" in text  # the other report states it the other way round


def test_an_observation_is_explained_and_stands_alone(output: Path) -> None:
    text = explain(output, RATE.id)
    assert "满意率 = 95%" in text
    assert "无 nowhere" in text


@pytest.mark.parametrize("name", [HOSPITAL.id, "甲市第二人民医院", "市二院"])
def test_an_entity_is_explained_by_identifier_or_name(output: Path, name: str) -> None:
    text = explain(output, name)
    assert text.startswith(f"甲市第二人民医院 [{HOSPITAL.id}]  Hospital")
    assert "a.txt#char=50,53  市二院" in text
    assert CLAIM.id in text
    assert TURNED.id in text
    assert RATE.id in text


def test_the_parts_of_a_large_build_are_read_where_there_is_no_flat_file(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "3f.jsonl").write_text(block(ONE), "utf-8")
    (tmp_path / "parts" / "4a.jsonl").write_text(block(TWO), "utf-8")
    assert TURNED.id in explain(tmp_path, CLAIM.id)


def test_an_ambiguous_name_is_answered_with_the_candidates(tmp_path: Path) -> None:
    twin = replace(HOSPITAL, id="org/330482-甲二院")
    (tmp_path / "claims.jsonl").write_text(block(replace(ONE, entities=(HOSPITAL, twin))), "utf-8")
    with pytest.raises(UsageError, match=f"{HOSPITAL.id}, {twin.id}"):
        explain(tmp_path, "市二院")


def test_an_unknown_name_is_an_error_that_says_what_to_do(output: Path) -> None:
    with pytest.raises(UsageError, match="nothing of that name"):
        explain(output, "claim/ffffffffffffffff")


def test_a_folder_without_claims_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no claims here"):
        explain(tmp_path, CLAIM.id)


def test_a_report_cannot_steer_the_terminal(tmp_path: Path) -> None:
    hostile = replace(CLAIM, evidence=replace(EVIDENCE, quote="\x1b[31m红\u202e字", marks=()))
    (tmp_path / "claims.jsonl").write_text(block(replace(ONE, claims=(hostile,))), "utf-8")
    text = explain(tmp_path, CLAIM.id)
    assert not set("\x1b\u202e") & set(text)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "甲乙丙"),
        ([(10, 11)], "【甲】乙丙"),
        ([(12, 13), (10, 11)], "【甲】乙【丙】"),  # any order
        ([(10, 12), (11, 13)], "【甲乙】丙"),  # an overlapping mark is passed over
        ([(0, 3), (12, 99)], "甲乙丙"),  # marks outside the quote
    ],
)
def test_marks(marks: list[tuple[int, int]], expected: str) -> None:
    assert marked("甲乙丙", 10, marks) == expected
