"""Rule files: patterns over encoded sentences, each with its own examples.

One YAML file per relation. A rule has an id, a pattern whose slots are kinds
of mention, and two lists of examples, *fires* and *stays silent*, in which a
mention is written ``[市二院|Hospital]``. A rule without both lists is refused.
Patterns may use the file's own ``words`` and the classes of ``slots.py`` in
braces; ``{A=orgs}`` names a slot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from kg.claims.leaps import leaping
from kg.claims.slots import CLASSES, kinds
from kg.errors import DataError
from kg.files import package_path, read_yaml

__all__ = ["Rule", "load_rules"]

_BRACES = re.compile(r"\{(?:(?P<slot>[A-Z])=)?(?P<name>[a-z_]+)\}")
_OPTIONAL = re.compile(r"\((?:\?(?:[:=!]|<[=!]))?[^()]*\)[?*]\??|\(\?<?!(?:[^()]|\([^()]*\))*\)")
_EITHER = re.compile(r"\((?:\?:)?[^()]*\|[^()]*\)")  # of alternatives none is a must
# The members after the first, and how a list ends: 等12家医院, 两家医院, 3个社区卫生服务中心
_JOINED = (
    r"(?:(?:、|和|及|以及)(?:其)?%s)*(?:等[^，。；]{0,10}?|(?:[两三四五六七八九十]|[0-9]+)[家所个][^，。；]{0,10}?)?"
)


@dataclass(frozen=True)
class Rule:
    """One way of stating a relation; ``place`` is the file it stands in."""

    id: str
    expression: str
    place: Path
    kind: str
    only: str
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    mentions: int = 0  # how many the pattern cannot do without
    kinds: tuple[int, ...] = ()  # and their kinds, each as bits (slots.kinds)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression compiled, when it is first tried: one report can fire a few of the rules, and all cost 0.1 s.

        Raises DataError for an expression that is none.
        """
        try:
            return leaping(self.expression)
        except re.error as fault:
            raise DataError(f"{self.place}: rule {self.id!r}: {fault}; mend its pattern") from None

    def may_match(self, mentions: int, kinds: int) -> bool:
        """Whether a sentence with so many mentions of these kinds can match: a look cheaper than the pattern."""
        if mentions < self.mentions:
            return False
        for kind in self.kinds:  # noqa: SIM110 - every rule worth trying passes here, and all() takes twice as long
            if not kinds & kind:
                return False
        return True


@cache
def load_rules(relation: str) -> tuple[Rule, ...]:
    """The rules of a relation in the order they are tried; DataError names the faulty rule."""
    path = package_path("data") / "rules" / f"{relation}.yaml"
    data = read_yaml(path)
    words = {k: v if isinstance(v, str) else "|".join(map(str, v)) for k, v in data.get("words", {}).items()}
    return tuple(_rule(path, row, words) for row in data["rules"])


def _rule(path: Path, row: dict[str, Any], words: dict[str, str]) -> Rule:
    for field in ("id", "pattern", "fires", "silent"):
        if not row.get(field):
            raise DataError(f"{path}: rule {row.get('id', '?')!r} has no {field}; every rule needs one")
    try:
        expression = _expand(row["pattern"], words)
    except KeyError as fault:
        raise DataError(f"{path}: rule {row['id']!r}: {fault}; mend its pattern") from None
    needs = _needs(row["pattern"])
    return Rule(
        row["id"], expression, path, row.get("kind", ""), row.get("only", ""),
        tuple(row["fires"]), tuple(row["silent"]), len(needs), tuple(sorted({kinds(need) for need in needs})),
    )  # fmt: skip


def _needs(pattern: str) -> list[str]:
    """The classes of the mentions a pattern cannot do without, those in optional groups left out."""
    must = _EITHER.sub("", _OPTIONAL.sub("", pattern))
    names = (m["name"] for m in _BRACES.finditer(must) if must[m.end() : m.end() + 1] not in {"?", "*"})
    known = (name if name in CLASSES else name.removesuffix("s") for name in names)
    return [CLASSES[name] for name in known if name in CLASSES]


def _expand(pattern: str, words: dict[str, str]) -> str:
    """Braces become classes, lists of a class (plural names) or the file's words."""

    def put(match: re.Match[str]) -> str:
        name = match["name"]
        if name in CLASSES:
            body = f"[{CLASSES[name]}]"
        elif name.removesuffix("s") in CLASSES:
            one = f"[{CLASSES[name.removesuffix('s')]}]"
            body = one + _JOINED % one
        else:
            body = f"(?:{_expand(words[name], words)})"
        return f"(?P<{match['slot']}>{body})" if match["slot"] else body

    return _BRACES.sub(put, pattern)
