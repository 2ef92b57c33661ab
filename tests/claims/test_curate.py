"""Decisions are replayed on every build, in order, and never fail in silence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims.curate import curate, unapplied
from kg.claims.decisions import Curation, Row, decide, read_curation
from kg.errors import DataError
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

TABLE = Path("curation.tsv")
FIRST = Entity(
    "org/330481-甲院", EntityType.HOSPITAL, "甲院", ("甲",), "region/330481", mentions=(Mention(0, 1, "甲"),)
)
SECOND = Entity(
    "org/330481-甲医院", EntityType.HOSPITAL, "甲医院", (), "region/330481", mentions=(Mention(9, 12, "甲医院"),)
)
OTHER = Entity("org/330481-乙大学", EntityType.ACADEMIC, "乙大学", (), "region/330481")
SEEDED = Entity("org/zju", EntityType.ACADEMIC, "浙江大学", source="seed", parent="region/330100")
EVIDENCE = Evidence(0, 8, "甲与乙大学合作。")


def stated(subject: Entity, object_: Entity, predicate: Predicate = Predicate.PARTNERS_WITH) -> Claim:
    return reidentify(Claim("", "a-1", subject.id, predicate, object_.id, Status.REALISED, EVIDENCE, "r1", 2024))


CLAIM = stated(FIRST, OTHER)
TWIN = stated(SECOND, OTHER)
RATE = reidentify(
    Observation("", "a-1", FIRST.id, "m", "m", Decimal("5"), "5%", "%", Status.PLANNED, EVIDENCE, "o1", 2024)
)
REPORT = Report("a-1", "a.txt", "", "0" * 64, issuer=FIRST.id, jurisdiction="region/330481")
BASE = Extraction(REPORT, (OTHER, SECOND, FIRST), (CLAIM, TWIN), (RATE,))


def replay(*rows: tuple[str, str, str], on: Extraction = BASE) -> tuple[Extraction, list[str]]:
    curation = table(*rows)
    curated = curate(on, curation)
    return curated.extraction, [p.what for p in unapplied(curation, curated.applied)]


def table(*rows: tuple[str, str, str]) -> Curation:
    lines = [Row(n, *cells) for n, cells in enumerate(rows, 2)]
    return decide(TABLE, lines, {SEEDED.id: SEEDED})


def names(x: Extraction) -> set[str]:
    return {e.id for e in x.entities}


def test_an_empty_table_changes_nothing() -> None:
    assert replay() == (BASE, [])


def test_accept_confirms_and_can_settle_the_status() -> None:
    assert replay(("accept", CLAIM.id, "")) == (BASE, [])
    changed, _ = replay(("accept", CLAIM.id, "planned"))
    assert {c.status for c in changed.claims} == {Status.PLANNED, Status.REALISED}
    assert all(reidentify(c) == c for c in changed.claims)


def test_reject_takes_out_a_claim_or_an_entity_with_all_that_rests_on_it() -> None:
    assert replay(("reject", CLAIM.id, ""))[0].claims == (TWIN,)
    changed, _ = replay(("reject", FIRST.id, ""))
    assert changed.claims == (TWIN,)
    assert changed.observations == ()
    assert changed.report.issuer == ""
    assert names(changed) == {SECOND.id, OTHER.id}


def test_rename_keeps_the_identifier_and_the_old_name() -> None:
    changed, _ = replay(("rename", FIRST.id, "甲医院总院"))
    [entity] = [e for e in changed.entities if e.id == FIRST.id]
    assert (entity.label, entity.aliases) == ("甲医院总院", ("甲", "甲院"))
    assert changed.claims == BASE.claims


def test_retype_and_add_alias() -> None:
    changed, _ = replay(("retype", OTHER.id, "Hospital"), ("add-alias", OTHER.id, "乙大"))
    [entity] = [e for e in changed.entities if e.id == OTHER.id]
    assert (entity.type, entity.aliases) == (EntityType.HOSPITAL, ("乙大",))


def test_merge_makes_one_entity_with_all_names_mentions_and_claims() -> None:
    changed, idle = replay(("merge", FIRST.id, SECOND.id))
    assert idle == []
    [entity] = [e for e in changed.entities if e.id == SECOND.id]
    assert (entity.label, entity.aliases) == ("甲医院", ("甲", "甲院"))
    assert entity.mentions == (*FIRST.mentions, *SECOND.mentions)
    assert changed.claims == (TWIN,)  # both claims became the same one
    assert changed.observations[0].subject == SECOND.id
    assert reidentify(changed.observations[0]) == changed.observations[0]
    assert changed.report.issuer == SECOND.id


def test_a_merged_entity_lies_where_the_other_one_is_known_to_lie() -> None:
    def placed(region: str) -> Claim:
        return reidentify(replace(CLAIM, subject=OTHER.id, predicate=Predicate.LOCATED_IN, object=region, kind=""))

    both = replace(BASE, claims=(placed("region/330481"), placed("region/330100")))
    changed, _ = replay(("merge", OTHER.id, SEEDED.id), on=both)
    assert [(c.subject, c.object) for c in changed.claims] == [(SEEDED.id, "region/330100")]


def test_a_merge_never_joins_a_thing_to_itself() -> None:
    both = replace(BASE, claims=(stated(FIRST, SECOND),))
    assert replay(("merge", FIRST.id, SECOND.id), on=both)[0].claims == ()


def test_merging_into_what_this_report_does_not_name() -> None:
    """A seeded entity comes with its seeded class; a derived one keeps the class of what was merged."""
    seeded, _ = replay(("merge", OTHER.id, SEEDED.id))
    assert [(e.type, e.source) for e in seeded.entities if e.id == SEEDED.id] == [(EntityType.ACADEMIC, "seed")]
    derived, _ = replay(("merge", FIRST.id, "org/330481-甲人民医院"))
    [entity] = [e for e in derived.entities if e.id == "org/330481-甲人民医院"]
    assert (entity.label, entity.type, entity.parent) == ("甲人民医院", EntityType.HOSPITAL, "region/330481")


@pytest.mark.parametrize("which", ["", FIRST.id])
def test_a_split_restores_the_identifiers_from_before_the_merge(which: str) -> None:
    assert replay(("merge", FIRST.id, SECOND.id), ("split", SECOND.id, which)) == (BASE, [])


def test_a_split_of_another_merge_leaves_this_one() -> None:
    merged, _ = replay(("merge", FIRST.id, SECOND.id))
    kept, idle = replay(("merge", FIRST.id, SECOND.id), ("split", SECOND.id, OTHER.id))
    assert kept == merged
    assert ["nothing was merged into it above this line" in what for what in idle] == [True]


def test_rows_run_in_order() -> None:
    """After a merge the claim has another identifier, and that one can be rejected."""
    merged, _ = replay(("merge", FIRST.id, SECOND.id))
    changed, idle = replay(("merge", FIRST.id, SECOND.id), ("reject", merged.claims[0].id, ""))
    assert (changed.claims, idle) == ((), [])


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("reject", "claim/0000000000000000", ""), "found in no report"),
        (("accept", "org/330481-无此院", ""), "found in no report"),
        (("merge", "org/330481-无此院", SECOND.id), "found in no report"),
        (("merge", FIRST.id, "org/unknown"), "not in the seed tables"),
        (("rename", SEEDED.id, "浙大"), "seed tables"),
        (("split", SECOND.id, ""), "nothing was merged"),
    ],
)
def test_a_row_without_effect_is_told(row: tuple[str, str, str], says: str) -> None:
    changed, [what] = replay(row)
    assert changed == BASE
    assert says in what


def test_a_row_counts_as_applied_when_one_report_has_it() -> None:
    curation = table(("reject", CLAIM.id, ""))
    empty = Extraction(Report("b-1", "b.txt", "", ""))
    applied = curate(empty, curation).applied | curate(BASE, curation).applied
    assert unapplied(curation, applied) == []


ROWS = st.sampled_from([
    ("accept", CLAIM.id, "planned"), ("reject", TWIN.id, ""), ("reject", OTHER.id, ""), ("rename", FIRST.id, "丙院"),
    ("merge", FIRST.id, SECOND.id), ("merge", SECOND.id, FIRST.id), ("merge", OTHER.id, SEEDED.id),
    ("split", SECOND.id, ""), ("retype", OTHER.id, "Hospital"), ("add-alias", OTHER.id, "乙"),
])  # fmt: skip


@given(st.lists(ROWS, max_size=6))
@settings(deadline=None)
def test_replay_is_stable_and_leaves_no_loose_ends(rows: list[tuple[str, str, str]]) -> None:
    changed, _ = replay(*rows)
    assert replay(*rows)[0] == changed
    known = names(changed)
    assert len(known) == len(changed.entities)
    for item in (*changed.claims, *changed.observations):
        assert reidentify(item) == item  # type: ignore[type-var]
    assert all({c.subject, c.object} <= known for c in changed.claims)
    assert all(c.subject != c.object for c in changed.claims)
    assert len({c.id for c in changed.claims}) == len(changed.claims)


GOOD = "# what we decided\n\naction\ttarget\tvalue\treason\twho\n# June\nreject\tclaim/0000000000000000\t\twrong\tLi\n"


def test_the_table_is_read_with_its_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "curation.tsv"
    path.write_text(GOOD, "utf-8")
    curation = read_curation(path)
    assert curation.rows == (Row(5, "reject", "claim/0000000000000000", ""),)
    assert unapplied(curation, [])[0].where == "curation.tsv:5"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("delete\tclaim/0\t\t\t", "action 'delete' is none of"),
        ("reject\t海宁市二院\t\t\t", "is no identifier"),
        ("rename\tclaim/00\tx\t\t", "is for entities"),
        ("retype\torg/330481-甲\tClinic\t\t", "'Clinic' is none of"),
        ("rename\torg/330481-甲\t\t\t", "needs a name"),
        ("merge\torg/330481-甲\torg/330481-甲\t\t", "another entity"),
        ("accept\torg/330481-甲\tplanned\t\t", "leave it empty"),
        ("accept\tclaim/00\tdone\t\t", "leave it empty"),
    ],
)
def test_a_row_that_cannot_be_understood_is_an_error_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    path = tmp_path / "curation.tsv"
    path.write_text(f"action\ttarget\tvalue\treason\twho\n{row}\n", "utf-8")
    with pytest.raises(DataError, match=r"curation\.tsv:2: ") as fault:
        read_curation(path)
    assert says in str(fault.value)
