"""The lexicon: three indexes, what may stand in each, and the search they promise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims import lexicon as module
from kg.claims.lexicon import Index, load
from kg.errors import DataError
from kg.files import package_path
from kg.model import EntityType


def test_it_is_built_once() -> None:
    assert load() is load()


def test_a_bare_ending_is_never_a_name() -> None:
    for wording in ("人民医院", "中医院", "疾控中心", "第一医院", "县人民医院"):
        assert [h for h in load().names.find(wording) if h.end - h.start == len(wording)] == [], wording


@pytest.mark.parametrize(
    ("wording", "kind"),
    [("鼓楼区", "region"), ("凤阳", "short"), ("浙江大学", "seed"), ("四川大学华西医院", "seed"), ("黑龙江", "short")],
)
def test_names_of_regions_and_known_organisations(wording: str, kind: str) -> None:
    (hit,) = load().names.find(wording)
    assert (hit.start, hit.end) == (0, len(wording))
    assert kind in {k for k, _ in hit.senses}


HEADS = [
    ("人民医院", EntityType.HOSPITAL, "人民医院", True),
    ("医院", EntityType.HOSPITAL, "人民医院", True),
    ("妇幼", EntityType.HOSPITAL, "妇幼保健院", True),
    ("分院", EntityType.HOSPITAL, "分院", False),
    ("卫生院", EntityType.PRIMARY_CARE, "卫生院", True),
    ("疾控中心", EntityType.PUBLIC_HEALTH, "疾病预防控制中心", True),
    ("卫健委", EntityType.HEALTH_AUTHORITY, "卫生健康委员会", True),
    ("残联", EntityType.GOVERNMENT_BODY, "残疾人联合会", True),
    ("大学", EntityType.ACADEMIC, "大学", False),
    ("医疗集团", EntityType.ALLIANCE, "医疗集团", False),
]


@pytest.mark.parametrize(("wording", "kind", "full", "public"), HEADS)
def test_endings(wording: str, kind: EntityType, full: str, public: bool) -> None:
    head = load().heads[wording]
    assert (head.type, head.full, head.public) == (kind, full, public)


def test_every_completed_ending_is_an_ending_of_the_same_type() -> None:
    heads = load().heads
    other = {h.wording: h.full for h in heads.values() if h.full in heads and heads[h.full].type is not h.type}
    assert other == {}


def test_a_wording_means_one_concept() -> None:
    lexicon = load()
    for label in lexicon.programme_labels.values():
        (hit,) = [h for h in lexicon.programmes.find(label) if h.end - h.start == len(label)]
        assert len(hit.senses) == 1, label


def test_programmes_form_a_hierarchy_without_circles() -> None:
    broader = load().broader
    for start in broader:
        seen, at = {start}, broader[start]
        while at:
            assert at in broader, f"{start}: {at} is no concept"
            assert at not in seen, f"{start}: a circle"
            seen.add(at)
            at = broader[at]


def test_known_organisations_lie_in_known_regions() -> None:
    lexicon = load()
    assert [s.key for s in lexicon.seeds.values() if s.region and s.region not in lexicon.gazetteer.places] == []
    assert [s.key for s in lexicon.seeds.values() if s.parent and s.parent not in lexicon.seeds] == []


WORDS = st.lists(st.text("甲乙丙", min_size=1, max_size=4), min_size=1, max_size=6, unique=True)


def _by_hand(words: list[str], text: str) -> list[tuple[int, int]]:
    """Leftmost, then longest, never overlapping."""
    out, at = [], 0
    while at < len(text):
        lengths = [len(w) for w in words if text.startswith(w, at)]
        if lengths:
            out.append((at, at + max(lengths)))
        at += max(lengths, default=1)
    return out


@given(WORDS, st.text("甲乙丙丁", max_size=20))
def test_the_leftmost_longest_wording_is_found(words: list[str], text: str) -> None:
    index = Index({w: [("word", w)] for w in words})
    hits = list(index.find(text))
    assert [(h.start, h.end) for h in hits] == _by_hand(words, text)
    assert all(h.senses == (("word", text[h.start : h.end]),) for h in hits)
    assert index.hits(text) == bool(hits)


def test_an_empty_index_finds_nothing() -> None:
    assert not Index({}).hits("甲乙")
    assert list(Index({}).find("甲\x00乙")) == []
    assert list(Index({}).find("凤阳县人民医院")) == []


BROKEN = [
    ("seeds", "organisations.tsv", "key\tname\na\n", r"organisations\.tsv:2"),
    ("seeds", "programs.tsv", "id\tprefLabel_zh\nx\n", r"programs\.tsv:2"),
    ("data", "lexicon/organisations.yaml", "types: [\n", r"organisations\.yaml:\d+"),
]


@pytest.mark.parametrize(("folder", "name", "content", "where"), BROKEN, ids=[b[1] for b in BROKEN])
def test_broken_data_is_named_by_file_and_line(  # noqa: PLR0917 - a table's columns and two fixtures
    folder: str, name: str, content: str, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("seeds", "data"):
        shutil.copytree(package_path(part), tmp_path / part, ignore=shutil.ignore_patterns("reports", "page", "*.py"))
    (tmp_path / folder / name).write_text(content, encoding="utf-8")
    monkeypatch.setattr(module, "package_path", lambda part: tmp_path / part)
    with pytest.raises(DataError, match=where):
        load.__wrapped__()
