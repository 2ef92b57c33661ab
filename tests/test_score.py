"""Reading, comparing, showing and keeping scores."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.figures import Figure, Score, changes, faults, figures
from kg.gold import plain, read_gold, same_metric
from kg.score import compare, read_score, render, to_json, write_score
from kg.tally import Mark, Outcome
from tests.scored import ALLIANCE, CHEST, COUNTY, FAR, HOSPITAL, claim, extraction, gold, rate, seen, triple, write

GRAPH = gold(
    [
        triple("o1", "implements", "program:chest-pain-center"), triple("o1", "leads", "o3"),
        triple("o1", "partnersWith", "o2"),
    ],
    [rate("r1", "县域内就诊率", 91.5)],
)  # fmt: skip
BEFORE = extraction([claim(HOSPITAL, "leads", ALLIANCE, rule="lead"), claim(COUNTY, "leads", ALLIANCE, rule="guess")])
AFTER = extraction(
    [claim(HOSPITAL, "partnersWith", FAR, "planned", rule="sign"), claim(HOSPITAL, "implements", CHEST, rule="build")],
    [seen(COUNTY, "就诊率", "91.5")],
)


def test_figures_of_a_small_report(tmp_path: Path) -> None:
    found = figures(compare(*write(tmp_path, GRAPH, BEFORE)))
    assert found["leads"] == Figure(right=1, wrong=1, found=1, missed=0)
    assert found["triples"] == Figure(right=1, wrong=1, found=1, missed=2)
    assert (found["triples"].precision, found["triples"].recall) == (1 / 2, 1 / 3)
    assert found["triples"].f1 == pytest.approx(0.4)
    assert found["observations"].f1 == 0.0


def test_what_changed_between_two_runs(tmp_path: Path) -> None:
    before = compare(*write(tmp_path, GRAPH, BEFORE))
    after = compare(*write(tmp_path, GRAPH, AFTER))
    better, worse = changes(after, before)
    assert better == [
        "jiangbin.txt: implements missed: 江滨县人民医院 implements program/chest-pain-center",
        "jiangbin.txt: leads wrong: 江滨县 leads 江滨县医共体",
        "jiangbin.txt: observations missed: 江滨县 县域内就诊率 91.5%",
        "jiangbin.txt: partnersWith missed: 江滨县人民医院 partnersWith 华东医院",
    ]
    assert worse == [
        "jiangbin.txt: leads missed: 江滨县人民医院 leads 江滨县医共体",
        "jiangbin.txt: status wrong: 江滨县人民医院 partnersWith 华东医院 planned (realised)",
    ]
    assert changes(after, after) == ([], [])


def test_a_rule_that_only_got_another_name_changes_nothing(tmp_path: Path) -> None:
    renamed = extraction([claim(HOSPITAL, "leads", ALLIANCE), claim(COUNTY, "leads", ALLIANCE, rule="renamed")])
    before = compare(*write(tmp_path, GRAPH, BEFORE))
    assert changes(compare(*write(tmp_path, GRAPH, renamed)), before) == ([], [])


def test_text_shows_each_rule_and_each_report(tmp_path: Path) -> None:
    shown = render(compare(*write(tmp_path, GRAPH, BEFORE)))
    assert "guess                                      0      1   0.000" in shown
    assert "lead                                       1      0   1.000   1.000" in shown
    assert "jiangbin.txt" in shown
    assert "worse" not in shown


def test_text_shows_gains_and_losses(tmp_path: Path) -> None:
    before = compare(*write(tmp_path, GRAPH, BEFORE))
    shown = render(compare(*write(tmp_path, GRAPH, AFTER)), before)
    assert "better 改进: 4" in shown
    assert "worse 退步: 2" in shown


def test_json_has_the_same_counts(tmp_path: Path) -> None:
    found = json.loads(to_json(compare(*write(tmp_path, GRAPH, BEFORE))))
    assert found["parts"]["leads"] == {
        "precision": 0.5, "recall": 1.0, "f1": 0.6667, "right": 1, "wrong": 1, "found": 1, "missed": 0
    }  # fmt: skip
    assert found["rules"]["guess"]["claims"]["wrong"] == 1
    assert set(found["reports"]) == {"jiangbin.txt"}


def test_faults_name_the_rule(tmp_path: Path) -> None:
    score = compare(*write(tmp_path, GRAPH, BEFORE))
    assert "jiangbin.txt: leads wrong: 江滨县 leads 江滨县医共体  [guess]" in faults(score, "jiangbin.txt")
    assert faults(score, "other.txt") == []


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
marks = st.builds(Mark, texts, texts, texts, st.sampled_from(Outcome), st.lists(texts, max_size=2).map(tuple))


@given(st.lists(marks, max_size=5))
def test_a_kept_score_has_the_same_figures_and_faults(
    tmp_path_factory: pytest.TempPathFactory, found: list[Mark]
) -> None:
    path = tmp_path_factory.mktemp("kept") / "score.jsonl"
    score = Score(tuple(sorted(found)))
    write_score(path, score)
    kept = read_score(path)
    assert figures(kept) == figures(score)
    assert faults(kept) == faults(score)
    assert changes(score, kept) == ([], [])


def test_faulty_files_are_named(tmp_path: Path) -> None:
    claims, graphs, reports = write(tmp_path, GRAPH, BEFORE)
    (tmp_path / "kept.jsonl").write_text('{"doc": "a"}\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"kept\.jsonl:1"):
        read_score(tmp_path / "kept.jsonl")
    with pytest.raises(DataError, match="no gold file"):
        compare(claims, reports, reports)
    with pytest.raises(DataError, match=r"jiangbin\.txt: no such report"):
        compare(claims, graphs, graphs)
    (graphs / "jiangbin.json").write_text('{"doc": "jiangbin.txt"}', encoding="utf-8")
    with pytest.raises(DataError, match="field 'entities' is missing"):
        compare(claims, graphs, reports)
    (graphs / "jiangbin.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"jiangbin\.json"):
        read_gold(graphs / "jiangbin.json")


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("浙江省嘉兴市海宁市中医院", "海宁市中医院"),
        ("黄南州尖扎县藏医院", "尖扎县藏医院"),
        ("广西壮族自治区南宁市第一人民医院", "南宁市第一人民医院"),
        ("广东省人民医院", "广东省人民医院"),  # a province's own hospital keeps its province
        ("“e护康”（居家）", "e护康居家"),
        ("ＸＸ区医院", "XX区医院"),
    ],
)
def test_plain_names(name: str, want: str) -> None:
    assert plain(name) == want


@pytest.mark.parametrize(
    ("name", "accepted", "same"),
    [
        ("家庭医生签约率", ["重点人群家庭医生签约率"], True),
        ("重点人群签约率", ["重点人群家庭医生签约率"], True),  # most pairs of characters
        ("孕产妇死亡率", ["婴儿死亡率"], False),  # two of four
        ("建档率", ["签约率"], False),
        ("率", ["婚检"], False),
    ],
)
def test_names_of_quantities(name: str, accepted: list[str], same: bool) -> None:
    assert same_metric(name, accepted) is same
