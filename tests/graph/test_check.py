"""Every rule can find something, finds its example, and nothing in a sound build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.files import package_path
from kg.graph.build import catalogue_quads, reference_quads, report_quads
from kg.graph.check import Rule, check, check_store, found_by, must_be_empty, validate
from kg.graph.gate import QUARANTINE
from kg.graph.provenance import provenance_quads
from kg.graph.store import Store, open_writer
from kg.graph.summary import summary_of
from kg.ids import reidentify
from kg.model import Claim, Entity, EntityType, Evidence, Extraction, Predicate, Report, Status

BROKEN = package_path("ontology") / "examples" / "broken-graphs"
TEXT = "甲医院与乙大学签约。"
REPORT = Report("a-1", "a.txt", TEXT, "0" * 64, year=2024, jurisdiction="region/330481")


def organisation(name: str, kind: EntityType) -> Entity:
    return Entity(f"org/330481-{name}", kind, name, parent="region/330481")


HOSPITAL, UNIVERSITY = organisation("甲医院", EntityType.HOSPITAL), organisation("乙大学", EntityType.ACADEMIC)
CLAIM = reidentify(
    Claim("", "a-1", HOSPITAL.id, Predicate.PARTNERS_WITH, UNIVERSITY.id, Status.REALISED,
          Evidence(0, 10, TEXT), "r", 2024, "agreement")
)  # fmt: skip
SOUND = Extraction(REPORT, (HOSPITAL, UNIVERSITY), (CLAIM,))


def filled(store: Store, folder: Path, lines: list[str]) -> None:
    path = folder / "graph.nq"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    store.fill([path])


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store as a build leaves it: the real reference graph, one report, the provenance."""
    folder = tmp_path_factory.mktemp("sound")
    lines = [*reference_quads(), *catalogue_quads([SOUND]), *report_quads(SOUND), *provenance_quads({"a-1": "0" * 64})]
    lines += summary_of(lines)
    with open_writer(folder / "store") as store:
        filled(store, folder, lines)
        yield store


@pytest.mark.parametrize("rule", must_be_empty(), ids=lambda r: r.name)
def test_a_rule_finds_nothing_in_a_sound_build(sound: Store, rule: Rule) -> None:
    assert found_by(rule, sound) == []


@pytest.mark.parametrize("rule", must_be_empty(), ids=lambda r: r.name)
def test_a_rule_finds_its_broken_example(tmp_path: Path, rule: Rule) -> None:
    from rdflib import Dataset

    quads = Dataset()
    quads.parse(BROKEN / f"{rule.name}.trig")
    with open_writer(tmp_path / "store") as store:
        filled(store, tmp_path, [line for line in quads.serialize(format="nquads").splitlines() if line])
        problems = found_by(rule, store)
    assert problems
    assert {p.kind for p in problems} == {rule.name}
    assert all(p.where.startswith("https://") and p.todo for p in problems)


def test_rules_say_what_and_what_to_do_in_both_languages() -> None:
    assert len(must_be_empty()) >= 12
    for rule in must_be_empty():
        for words in (rule.what, rule.todo):
            english, separator, chinese = words.partition(" · ")
            assert separator, rule.name
            assert english.isascii(), rule.name
            assert not chinese.isascii(), rule.name
    assert {p.stem for p in BROKEN.glob("*.trig")} == {rule.name for rule in must_be_empty()}


def test_the_finds_of_one_rule_are_cut_at_a_hundred(tmp_path: Path) -> None:
    [rule] = [r for r in must_be_empty() if r.name == "no-preferred-label"]
    line = "<https://w3id.org/hgkg/org/{}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    line += "<https://w3id.org/hgkg/ontology#Hospital> <https://w3id.org/hgkg/report/a> ."
    with open_writer(tmp_path / "store") as store:
        filled(store, tmp_path, [line.format(n) for n in range(150)])
        problems = found_by(rule, store)
    assert len(problems) == 101
    assert problems[-1].what.startswith("more than 100")


def test_shapes_are_checked_with_what_the_reference_says_of_the_ends() -> None:
    lines = report_quads(SOUND)
    assert validate("g", lines, {}) == []
    dangling = [line for line in lines if UNIVERSITY.id not in line.split(" ", 1)[0]]
    assert [p.kind for p in validate("g", dangling, {})] == ["shape"]
    about = [line for line in lines if UNIVERSITY.id in line.split(" ", 1)[0]]
    assert validate("g", dangling, {about[0].split(" ", 1)[0]: about}) == []


def test_a_build_is_checked_whole_but_for_the_quarantine(tmp_path: Path) -> None:
    bad = reidentify(replace(CLAIM, rule="", evidence=Evidence(0, 9, TEXT)))
    broken = replace(SOUND, claims=(CLAIM, bad))
    held = [line.replace("/report/a-1> .", "/x> .").replace("https://w3id.org/hgkg/x", QUARANTINE)
            for line in report_quads(broken)]  # fmt: skip
    regions = [line for line in reference_quads() if line.startswith("<https://w3id.org/hgkg/region/330481>")]
    with open_writer(tmp_path / "store") as store:
        filled(store, tmp_path, [*regions, *catalogue_quads([broken]), *report_quads(broken), *held])
        store.publish()
        kinds = {p.kind for p in check_store(store)}
    assert {"shape", "evidence-length"} <= kinds
    told: list[tuple[int, int]] = []
    problems = check(tmp_path, lambda done, total: told.append((done, total)))
    assert {p.kind for p in problems} == kinds
    assert told[-1] == (3, 3)  # reference, catalogue, report; not the quarantine
    assert all("evidence" in p.where or p.where.startswith("https://w3id.org/hgkg/") for p in problems)
