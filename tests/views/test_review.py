"""What is uncertain comes out as a table, and decisions come back from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.claims.decisions import read_curation
from kg.errors import DataError
from kg.files import canonical_tsv, write_tsv
from kg.ids import reidentify
from kg.model import Claim, Entity, EntityType, Evidence, Extraction, Mention, Predicate, Report, Status
from kg.records import block
from kg.views.review import COLUMNS, decided, decisions, review, review_text
from kg.views.spelling import same_but_spelling, twins

REGION = Entity("region/330481", EntityType.REGION, "甲市", source="seed", mentions=(Mention(0, 2, "甲市"),))
NEW = Entity("org/330481-甲市中医院", EntityType.HOSPITAL, "甲市中医院", mentions=(Mention(10, 13, "中医院", "x"),))
TWIN = Entity("org/330481-甲中医院", EntityType.HOSPITAL, "甲中医院", mentions=(Mention(70, 74, "甲中医院"),))
SEEDED = Entity("org/zju", EntityType.ACADEMIC, "浙江大学", source="seed", mentions=(Mention(90, 94, "浙江大学"),))
EVIDENCE = Evidence(8, 30, "中医院与浙江大学签约。")


def claim(subject: Entity, object_: str, predicate: Predicate) -> Claim:
    return reidentify(Claim("", "a-1", subject.id, predicate, object_, Status.REALISED, EVIDENCE, "r"))


THIN = claim(NEW, SEEDED.id, Predicate.PARTNERS_WITH)  # 浙江大学 is mentioned elsewhere only
CLEAR = claim(NEW, "program/family-doctor", Predicate.IMPLEMENTS)
PLACE = claim(SEEDED, REGION.id, Predicate.LOCATED_IN)
FRAME = claim(REGION, "program/family-doctor", Predicate.IMPLEMENTS)
ONE = Extraction(
    Report("a-1", "a.txt", "", "1", jurisdiction=REGION.id), (REGION, NEW, TWIN, SEEDED), (THIN, CLEAR, PLACE, FRAME)
)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "claims.jsonl").write_text(block(ONE), "utf-8")
    problems = [
        {"where": "a.txt#char=3,5", "kind": "ambiguous", "what": "=cmd|' 鼓楼区", "todo": "name the city"},
        {"where": "b.pdf", "kind": "unreadable", "what": "no text", "todo": "recognise it"},
    ]
    write_tsv(tmp_path / "problems.tsv", ["where", "kind", "what", "todo"], problems)
    return tmp_path


def targets(output: Path, topic: str) -> list[str]:
    return [row["target"] for row in review(output) if row["topic"].startswith(topic)]


def test_what_was_left_open_is_listed_but_not_faults_of_files(output: Path) -> None:
    [row] = [row for row in review(output) if row["topic"].startswith("1")]
    assert row["where"] == "a.txt#char=3,5"


def test_thin_evidence_is_an_end_that_the_sentence_does_not_name(output: Path) -> None:
    """A programme's wording and the frame of the report are no gaps, a place is not proved by a sentence."""
    assert targets(output, "2") == [THIN.id]


def test_new_organisations_are_those_in_no_seed_table(output: Path) -> None:
    assert targets(output, "3") == sorted([NEW.id, TWIN.id])


def test_twins_come_with_the_identifier_to_merge_into(output: Path) -> None:
    [row] = [row for row in review(output) if row["topic"].startswith("4")]
    assert (row["target"], row["value"]) == (TWIN.id, NEW.id)


def test_what_was_decided_on_is_not_asked_again(output: Path) -> None:
    path = output / "curation.tsv"
    path.write_text(f"action\ttarget\tvalue\treason\twho\naccept\t{THIN.id}\t\tseen\tLi\n", "utf-8")
    assert THIN.id not in {row["target"] for row in review(output, decided(path))}
    assert decided(output / "none.tsv") == frozenset()


def test_the_same_build_gives_the_same_table(output: Path) -> None:
    turned = replace(ONE, entities=ONE.entities[::-1], claims=ONE.claims[::-1])
    before = review_text(review(output))
    (output / "claims.jsonl").write_text(block(turned), "utf-8")
    assert review_text(review(output)) == before


@pytest.mark.parametrize("comma", [False, True])
def test_a_filled_table_reads_back_as_decisions(output: Path, comma: bool) -> None:
    rows = review(output)
    merge = next(row for row in rows if row["topic"].startswith("4"))
    filled = [
        {**row, "action": "merge", "reason": "同一家,“确认”", "who": "Li"} if row is merge else row for row in rows
    ]
    path = output / "filled.csv"
    path.write_text(review_text(filled, comma=comma), "utf-8", newline="")
    [decision] = decisions(path)
    assert decision == {"action": "merge", "target": TWIN.id, "value": NEW.id, "reason": "同一家,“确认”", "who": "Li"}
    table = output / "curation.tsv"
    table.write_text(canonical_tsv(list(decision), [decision]), "utf-8")
    assert read_curation(table).rows[0].action == "merge"


def test_a_semicolon_table_of_a_european_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "filled.csv"
    path.write_text("action;target;value;reason;who;topic\r\nreject;claim/1;;;Li;2\r\n;claim/2;;;;2\r\n", "utf-8")
    assert [row["target"] for row in decisions(path)] == ["claim/1"]


def test_a_table_without_its_columns_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "filled.csv"
    path.write_text("action,target\nreject,claim/1\n", "utf-8")
    with pytest.raises(DataError, match="reason, value, who is missing"):
        decisions(path)


def test_no_cell_is_a_formula_and_the_guard_comes_off_again(tmp_path: Path) -> None:
    hostile = dict.fromkeys(COLUMNS, "") | {"action": "reject", "target": "claim/1", "what": "=1+1", "reason": "-x"}
    path = tmp_path / "t.csv"
    path.write_text(review_text([hostile], comma=True), "utf-8", newline="")
    assert ",'=1+1" in path.read_text("utf-8")
    assert decisions(path)[0]["reason"] == "-x"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("寿阳县人民医院", "寿阳人民医院", True),
        ("海宁市袁花镇中心卫生院", "袁花卫生院", True),
        ("海宁市第二人民医院", "海宁第2人民医院", True),
        ("海宁市第一人民医院", "海宁市第二人民医院", False),  # ordinals always count
        ("海宁市第一人民医院", "海宁市人民医院", False),
        ("海宁市人民医院", "嘉兴市人民医院", False),  # the place is all that tells them apart
        ("海宁市人民医院", "人民医院", False),
        ("海宁市藏医院", "嘉兴市藏医院", False),
        ("海宁市中医院", "海宁市中心医院", False),  # kinds always count
        ("海宁市中医院", "海宁市中西医结合医院", False),
        ("海宁市人民医院", "海宁市人民医院", False),  # one name is no pair
        ("浙江大学附属第一医院", "浙江大学附属第二医院", False),
    ],
)
def test_names_differ_in_spelling_only(one: str, other: str, same: bool) -> None:
    assert same_but_spelling(one, other, ["海宁市", "嘉兴市"]) is same


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        ("org/330481-寿阳县人民医院", "org/330481-寿阳人民医院", True),
        ("org/330400-寿阳县人民医院", "org/330481-寿阳人民医院", True),  # the prefecture holds the county
        ("org/330481-寿阳县人民医院", "org/330482-寿阳人民医院", False),  # two counties
        ("org/shouyang", "org/330481-寿阳人民医院", True),  # a seeded one may lie anywhere
        ("org/a-1-XX区-寿阳县人民医院", "org/a-1-2-XX区-寿阳人民医院", False),  # two masked places
    ],
)
def test_places_that_exclude_each_other_make_no_pair(one: str, other: str, pair: bool) -> None:
    assert bool(list(twins({one: "寿阳县人民医院", other: "寿阳人民医院"}, []))) is pair
