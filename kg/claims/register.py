"""The entities of one report, each once, with every name and mention of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.model import Entity, EntityType, Mention

__all__ = ["Linked", "Register"]


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention that is understood: offsets in the report and the entity meant."""

    start: int
    end: int
    id: str
    type: EntityType


@dataclass
class Register:
    """Collects entities while a report is read; frozen ones come out of `entities`."""

    _by_id: dict[str, Entity] = field(default_factory=dict)

    def add(self, entity: Entity) -> None:
        """Keep an entity; a second one of the same id adds its aliases."""
        known = self._by_id.get(entity.id)
        if known:
            aliases = tuple(dict.fromkeys((*known.aliases, *entity.aliases)))
            entity = replace(known, aliases=aliases)
        self._by_id[entity.id] = entity

    def mention(self, id_: str, mention: Mention) -> None:
        """Note where an entity is named."""
        known = self._by_id[id_]
        if mention not in known.mentions:
            self._by_id[id_] = replace(known, mentions=(*known.mentions, mention))

    def get(self, id_: str) -> Entity | None:
        """The entity of an identifier."""
        return self._by_id.get(id_)

    def all(self) -> list[Entity]:
        """Every entity kept so far."""
        return list(self._by_id.values())

    def labelled(self, label: str) -> Entity | None:
        """The organisation kept under a label."""
        return next((e for e in self._by_id.values() if e.label == label and e.type is not EntityType.REGION), None)

    def merge(self, kept: str, other: str) -> None:
        """Two names of one organisation: the second's names and mentions go to the first."""
        if kept == other or kept not in self._by_id or other not in self._by_id:
            return
        one, two = self._by_id[kept], self._by_id.pop(other)
        hospital = EntityType.HOSPITAL in {one.type, two.type}
        self._by_id[kept] = replace(
            one,
            type=EntityType.HOSPITAL if hospital else one.type,
            aliases=tuple(dict.fromkeys((*one.aliases, two.label, *two.aliases))),
            mentions=(*one.mentions, *two.mentions),
        )

    def type(self, id_: str) -> EntityType:
        """The type of a kept entity; KeyError for an unknown one."""
        return self._by_id[id_].type

    def entities(self) -> tuple[Entity, ...]:
        """All entities by id, mentions in text order."""
        return tuple(
            replace(e, mentions=tuple(sorted(e.mentions, key=lambda m: (m.start, m.end))), aliases=_names(e))
            for e in sorted(self._by_id.values(), key=lambda e: e.id)
        )


def _names(entity: Entity) -> tuple[str, ...]:
    """Other names it goes by, without the label itself."""
    return tuple(sorted(set(entity.aliases) - {entity.label, ""}))
