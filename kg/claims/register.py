"""The entities of one report, each once, with every name and mention of it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from kg.model import Entity, EntityType, Mention

__all__ = ["BODIES", "Linked", "Register"]

BODIES = {EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY}  # offices: they publish, and join no alliance


class Linked(NamedTuple):
    """A mention that is understood: offsets in the report and the entity meant."""

    start: int
    end: int
    id: str
    type: EntityType


class Register:
    """Collects entities while a report is read; complete ones come out of ``entities``."""

    def __init__(self) -> None:
        self._by_id: dict[str, Entity] = {}
        self._names: dict[str, dict[str, None]] = {}  # id -> other names, in the order they were met
        self._mentions: dict[str, dict[Mention, None]] = {}
        self._called: dict[str, dict[str, None]] = {}  # any name -> ids

    def add(self, entity: Entity) -> None:
        """Keep an entity; a second one of the same id adds its aliases."""
        id_ = entity.id
        if id_ not in self._by_id:
            self._by_id[id_] = entity
            self._names[id_], self._mentions[id_] = {}, dict.fromkeys(entity.mentions)
            self._called.setdefault(entity.label, {})[id_] = None
        for alias in entity.aliases:
            self.call(id_, alias)

    def call(self, id_: str, alias: str) -> None:
        """Note another name of a kept entity."""
        self._names[id_][alias] = None
        self._called.setdefault(alias, {})[id_] = None

    def mention(self, id_: str, mention: Mention) -> None:
        """Note where an entity is named; KeyError for an unknown one."""
        self._mentions[id_][mention] = None

    def get(self, id_: str) -> Entity | None:
        """The entity of an identifier as it was first kept."""
        return self._by_id.get(id_)

    def type(self, id_: str) -> EntityType:
        """The type of a kept entity; KeyError for an unknown one."""
        return self._by_id[id_].type

    def aliases(self, id_: str) -> tuple[str, ...]:
        """The other names of a kept entity, in the order they were met."""
        return tuple(self._names[id_])

    def first_mention(self, id_: str) -> int:
        """Where an entity is named first; -1 if nowhere."""
        return min((m.start for m in self._mentions[id_]), default=-1)

    def called(self, name: str) -> list[Entity]:
        """The entities that go by a name, as label or alias."""
        return [self._by_id[id_] for id_ in self._called.get(name, ()) if id_ in self._by_id]

    def labelled(self, label: str) -> Entity | None:
        """The organisation kept under a label."""
        organisations = (e for e in self.called(label) if e.type is not EntityType.REGION)
        return next((e for e in organisations if e.label == label), None)

    def merge(self, kept: str, other: str) -> None:
        """Two names of one organisation: the second's names and mentions go to the first."""
        if kept == other or kept not in self._by_id or other not in self._by_id:
            return
        one, two = self._by_id[kept], self._by_id.pop(other)
        if two.type is EntityType.HOSPITAL:
            self._by_id[kept] = replace(one, type=EntityType.HOSPITAL)
        for alias in (two.label, *self._names.pop(other)):
            self.call(kept, alias)
        self._mentions[kept] |= self._mentions.pop(other)

    def entities(self) -> tuple[Entity, ...]:
        """All entities by id with their names, and their mentions in text order."""
        return tuple([self._complete(e) for _, e in sorted(self._by_id.items())])

    def _complete(self, e: Entity) -> Entity:
        mentions = tuple(sorted(self._mentions[e.id], key=lambda m: (m.start, m.end)))
        aliases = tuple(sorted(self._names[e.id].keys() - {e.label, ""}))
        return Entity(e.id, e.type, e.label, aliases, e.parent, e.level, e.source, mentions)
