"""Sentences with their mentions as single signs: places lead back to the text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.claims.register import Linked
from kg.claims.slots import CLASSES, encode
from kg.model import EntityType

HOSPITAL, SCHOOL, REGION = EntityType.HOSPITAL, EntityType.ACADEMIC, EntityType.REGION


def _at(text: str, word: str, kind: EntityType, offset: int = 0) -> Linked:
    start = text.index(word) + offset
    return Linked(start, start + len(word), f"org/{word}", kind)


def test_each_mention_is_one_sign_of_its_type() -> None:
    text = "市二院与甲大学签约"
    encoded = encode(text, 0, [_at(text, "市二院", HOSPITAL), _at(text, "甲大学", SCHOOL)])
    assert re.fullmatch(f"[{CLASSES['hospital']}]与[{CLASSES['academic']}]签约", encoded.text)
    assert [m.id for m in encoded.within(0, 1)] == ["org/市二院"]
    assert [m.id for m in encoded.within(0, len(encoded.text))] == ["org/市二院", "org/甲大学"]
    assert encoded.within(1, 2) == []


def test_offsets_lead_back_to_the_report() -> None:
    text = "由市二院牵头"
    encoded = encode(text, 100, [_at(text, "市二院", HOSPITAL, 100)])
    assert [encoded.origin(i) for i in range(5)] == [100, 101, 104, 105, 106]


def test_of_nested_mentions_the_outer_one_stands() -> None:
    text = "南昌大学附属眼科医院扩建"
    outer, inner = _at(text, "南昌大学附属眼科医院", HOSPITAL), _at(text, "南昌大学", SCHOOL)
    encoded = encode(text, 0, [outer, inner])
    assert list(encoded.mentions.values()) == [outer]
    assert encoded.text.endswith("扩建")
    assert len(encoded.text) == 3


def test_a_bracket_right_after_a_name_belongs_to_it() -> None:
    text = "南方医院(南方医科大学)派专家"
    encoded = encode(text, 0, [_at(text, "南方医院", HOSPITAL), _at(text, "南方医科大学", SCHOOL)])
    assert len(encoded.mentions) == 1
    assert encoded.text[1:] == "派专家"
    assert encoded.origin(1) == text.index("派")


def test_an_open_or_distant_bracket_stays_text() -> None:
    for text in ("南方医院(派专家", "南方医院派专家(3名)"):
        assert encode(text, 0, [_at(text, "南方医院", HOSPITAL)]).text[1:] == text[4:]


def test_classes_hold_their_members() -> None:
    assert set(CLASSES["hospital"]) < set(CLASSES["org"]) < set(CLASSES["party"]) < set(CLASSES["any"])
    assert set(CLASSES["any"]) - set(CLASSES["party"]) == set(CLASSES["region"])
    assert set(CLASSES["party"]) - set(CLASSES["org"]) == set(CLASSES["alliance"])


@given(
    st.text("甲乙丙医院大学()，。、与签约", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 6), st.sampled_from(list(EntityType))), max_size=5),
    st.integers(0, 1000),
)
def test_every_sign_and_character_comes_from_its_place(
    text: str, spans: list[tuple[int, int, EntityType]], offset: int
) -> None:
    mentions = [
        Linked(offset + a, offset + min(a + n, len(text)), f"org/{a}", kind)
        for a, n, kind in sorted(spans, key=lambda s: (s[0], -s[1]))
        if a < len(text)
    ]
    encoded = encode(text, offset, mentions)
    places = [encoded.origin(i) for i in range(len(encoded.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == offset + len(text)
    for i, char in enumerate(encoded.text):
        if i in encoded.mentions:
            assert places[i] == encoded.mentions[i].start
        else:
            assert char == text[places[i] - offset]
