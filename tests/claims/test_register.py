"""The entities of one report: each once, with all its names and mentions."""

from __future__ import annotations

import pytest

from kg.claims.register import Register
from kg.model import Entity, EntityType, Mention

HOSPITAL = Entity("org/1-甲医院", EntityType.HOSPITAL, "甲医院", parent="region/1")


def test_an_entity_is_kept_once_with_all_its_aliases() -> None:
    register = Register()
    register.add(HOSPITAL)
    register.add(Entity(HOSPITAL.id, EntityType.HOSPITAL, "甲医院", aliases=("甲院", "一院")))
    register.add(Entity(HOSPITAL.id, EntityType.HOSPITAL, "甲医院", aliases=("一院", "甲医院")))
    (entity,) = register.entities()
    assert entity.aliases == ("一院", "甲院"), "sorted, without the label itself"
    assert entity.parent == "region/1", "what was known stays"


def test_mentions_are_kept_once_in_text_order() -> None:
    register = Register()
    register.add(HOSPITAL)
    for start in (30, 10, 30):
        register.mention(HOSPITAL.id, Mention(start, start + 3, "甲医院"))
    assert [m.start for m in register.entities()[0].mentions] == [10, 30]


def test_a_mention_of_nothing_known_is_refused() -> None:
    with pytest.raises(KeyError):
        Register().mention("org/none", Mention(0, 1, "甲"))


def test_look_ups() -> None:
    register = Register()
    register.add(HOSPITAL)
    register.add(Entity("region/1", EntityType.REGION, "甲县"))
    assert register.get(HOSPITAL.id) == HOSPITAL
    assert register.get("org/none") is None
    assert register.labelled("甲医院") == HOSPITAL
    assert register.labelled("甲县") is None, "a region is no organisation"
    assert register.type("region/1") is EntityType.REGION
    with pytest.raises(KeyError):
        register.type("org/none")


def test_two_names_of_one_organisation_become_one() -> None:
    register = Register()
    register.add(Entity("org/a", EntityType.ORGANIZATION, "甲健康管理中心"))
    register.add(Entity("org/b", EntityType.HOSPITAL, "甲康复医院", aliases=("康复院",)))
    register.mention("org/a", Mention(0, 7, "甲健康管理中心"))
    register.mention("org/b", Mention(8, 13, "甲康复医院"))
    register.merge("org/a", "org/b")
    (entity,) = register.entities()
    assert (entity.id, entity.label, entity.type) == ("org/a", "甲健康管理中心", EntityType.HOSPITAL)
    assert entity.aliases == ("康复院", "甲康复医院")
    assert len(entity.mentions) == 2


@pytest.mark.parametrize(("kept", "other"), [("org/a", "org/a"), ("org/a", "org/none"), ("org/none", "org/a")])
def test_there_must_be_two_to_merge(kept: str, other: str) -> None:
    register = Register()
    register.add(Entity("org/a", EntityType.HOSPITAL, "甲医院"))
    register.merge(kept, other)
    assert [e.id for e in register.entities()] == ["org/a"]


def test_entities_come_in_order_of_their_identifiers() -> None:
    register = Register()
    for id_ in ("org/c", "org/a", "org/b"):
        register.add(Entity(id_, EntityType.HOSPITAL, id_))
    assert [e.id for e in register.entities()] == ["org/a", "org/b", "org/c"]
