"""Looking one thing up in a claims file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.model import Entity, EntityType, Extraction, Report
from kg.records import block
from kg.views.blocks import blocks, claim_files


def extraction(key: str, *names: str) -> Extraction:
    entities = tuple(Entity(f"org/{n}", EntityType.HOSPITAL, n) for n in names)
    return Extraction(Report(key, f"{key}.txt", "", "0"), entities)


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    path.write_text(
        block(extraction("a", "甲", '乙"院')) + block(extraction("b", "乙")) + block(extraction("c")), "utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ((), ["a", "b", "c"]),
        (("org/乙",), ["a", "b"]),  # a name may begin another
        (('乙"院',), ["a"]),  # found as it stands in JSON
        (("org/甲", "Hospital"), ["a"]),
        (("org/甲", "org/乙"), []),  # both must stand in one line
    ],
)
def test_only_reports_that_hold_what_is_wanted(claims: Path, wanted: tuple[str, ...], keys: list[str]) -> None:
    assert [b.report["key"] for b in blocks(claims, *wanted)] == keys


def test_rows_are_found_by_kind_and_identifier(claims: Path) -> None:
    [found] = blocks(claims, "org/甲")
    assert {row["label"] for row in found.of("entity")} == {"甲", '乙"院'}
    assert found.entity("org/甲") == found.find("org/甲")
    assert found.find("org/丙") is None


def test_a_folder_has_one_file_or_parts(claims: Path, tmp_path: Path) -> None:
    assert claim_files(tmp_path) == [claims]
    parts = tmp_path / "parts"
    parts.mkdir()
    claims.rename(parts / "3f.jsonl")
    assert claim_files(tmp_path) == [parts / "3f.jsonl"]


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text('{"record":"report"\n', "utf-8")
    with pytest.raises(DataError, match="not JSON"):
        list(blocks(tmp_path))
