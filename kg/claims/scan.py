"""A report as the rules see it: sentences with their linked mentions and frames.

Two passes: the first links names; the second finds again, by the aliases
learnt (``aliases.py``) and by words that point back (``pointers.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kg.claims.aliases import learnt
from kg.claims.find import Found, found_in
from kg.claims.frame import Frame, leading_places, region_codes
from kg.claims.home import issuer, jurisdiction
from kg.claims.lexicon import Hit, Index, Lexicon
from kg.claims.link import link
from kg.claims.lists import expand
from kg.claims.notebook import Around, Notebook, seed_entity
from kg.claims.ordinals import runs_on
from kg.claims.places import Gazetteer
from kg.claims.pointers import Before, pointed, points_back
from kg.claims.register import Linked, Register
from kg.claims.sections import focus, frames, part_roles, section_codes
from kg.claims.segment import word_begins
from kg.claims.signs import Signs, signs, town_index
from kg.model import Entity, EntityType, Mention, Problem, Report, Role, Sentence
from kg.text.clean import fold
from kg.text.split import sentences

__all__ = ["Scan", "Scanned", "scan"]

_SAME_PLATE = re.compile(r"\((?:(?:以下|下)?(?:简称|称)“?|即|又称|又名|亦称|原名?|加挂)?")
_INSTITUTIONS = {EntityType.HOSPITAL, EntityType.ORGANIZATION, EntityType.PRIMARY_CARE}
_LOOK_BACK = 12  # mentions of earlier sentences that a pointer may mean


class Scanned(NamedTuple):
    """A sentence, its folded text, its mentions in order, its frame, and the part it stands in.

    ``part`` is the sentence's role; a heading's is that of the prose below it.
    ``focus`` is the institution with which the nearest heading begins
    (（一）州人民医院), empty if none.
    """

    sentence: Sentence
    folded: str
    mentions: tuple[Linked, ...]
    frame: Frame
    part: Role
    focus: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """All sentences of a report with the entities found."""

    report: Report
    home: str
    issuer: str
    sentences: tuple[Scanned, ...]
    register: Register
    problems: tuple[Problem, ...]
    gazetteer: Gazetteer
    owners: dict[str, str]
    plates: tuple[tuple[str, str, int], ...]
    parents: dict[str, Entity]  # affiliated hospital -> its university, where the seeds know it
    wordings: tuple[Hit, ...]  # of programmes, in the folded text

    def sentence_at(self, offset: int) -> Scanned | None:
        """The last sentence that begins at or before an offset of the report."""
        number = bisect_right(self.sentences, offset, key=lambda s: s.sentence.start)
        return self.sentences[number - 1] if number else None


def scan(report: Report, lexicon: Lexicon) -> Scan:
    """Read a report: sentences, frames, mentions, entities."""
    folded, parts = fold(report.text), sentences(report)
    seen, leads = signs(folded, lexicon), leading_places(parts, lexicon)
    home = jurisdiction(parts, seen, leads, report.key)
    towns = town_index(lexicon, [home, *section_codes(leads, home, lexicon)])
    found = _with_lists(seen, found_in(seen, towns))
    book = Notebook(report, folded, lexicon, _full_seeds(found), _named(found, lexicon))
    if home:
        book.know_region(home)
    around = frames(parts, home, leads, book)
    linked = _linked(parts, found, around, book)
    signed = issuer(parts, linked, book.register, home)
    sentences_ = _second(parts, linked, around, signed, book)
    return Scan(
        report, home, signed, sentences_, book.register, tuple(book.problems), lexicon.gazetteer,
        dict(book.owners), tuple(book.plates), _universities(book), seen.wordings,
    )  # fmt: skip


def _with_lists(seen: Signs, found: list[Found]) -> list[Found]:
    """What was found, with the members of lists as names of their own."""
    extra = expand(seen, found)
    taken = {f.start for f in extra}
    kept = (f for f in found if (not runs_on(f.name) if f.name else f.start not in taken))
    return sorted([*extra, *kept], key=lambda f: (f.start, f.end))


def _full_seeds(found: Sequence[Found]) -> frozenset[str]:
    """Keys of seeded organisations that the report names beyond doubt."""
    seeds = (f.token for f in found if f.token and f.token.kind == "seed")
    return frozenset(token.values[0] for token in seeds if len(token.values) == 1)


def _named(found: Sequence[Found], lexicon: Lexicon) -> frozenset[str]:
    """Regions named beyond doubt, those named in full counting for those above them too."""
    gazetteer = lexicon.gazetteer
    codes: set[str] = set()
    for f in found:
        for token in (f.token,) if f.token else f.name.regions if f.name else ():
            known = region_codes(token, lexicon) if token.kind in {"region", "short"} else ()
            if len(known) == 1 and token.kind == "region":
                codes.update(gazetteer.lineage(known[0]))
            elif len(known) == 1 and gazetteer.place(known[0]).level == "prefecture":
                codes.add(known[0])
    return frozenset(codes)


def _linked(
    parts: Sequence[Sentence], found: Sequence[Found], around: Sequence[Frame], book: Notebook
) -> list[list[Linked]]:
    """The first pass: names, sentence by sentence."""
    out: list[list[Linked]] = []
    for here, frame in zip(_spread(parts, found), around, strict=True):
        linked = (link(book, f, Around(frame, here)) for f in here)
        out.append([x for x in linked if x])
    return _one_plate(out, book)


def _spread(parts: Sequence[Sentence], found: Sequence[Found]) -> list[list[Found]]:
    """What was found, by sentence."""
    out: list[list[Found]] = [[] for _ in parts]
    i = 0
    for f in found:
        while i < len(parts) and parts[i].end <= f.start:
            i += 1
        if i < len(parts) and parts[i].start <= f.start:
            out[i].append(f)
    return out


def _one_plate(linked: list[list[Linked]], book: Notebook) -> list[list[Linked]]:
    """A hospital in brackets right after another name is the same one: 区健康管理中心(区康复医院)."""
    same: dict[str, str] = {}
    for one, two in (pair for xs in linked for pair in pairwise(xs)):
        between, after = book.written(one.end, two.start), book.written(two.end, two.end + 1)
        if _SAME_PLATE.fullmatch(between) and after == ")" and {one.type, two.type} <= _INSTITUTIONS:
            same[two.id] = same.get(one.id, one.id)
            book.register.merge(same[two.id], two.id)
    if not same:
        return linked
    return [
        [x._replace(id=same[x.id], type=book.register.type(same[x.id])) if x.id in same else x for x in xs]
        for xs in linked
    ]


def _second(
    parts: Sequence[Sentence], linked: Sequence[list[Linked]], around: Sequence[Frame], issuer_: str, book: Notebook
) -> tuple[Scanned, ...]:
    """The second pass: aliases and pointers too."""
    index = Index({name: [("alias", id_)] for name, id_ in learnt(linked, book).items()})
    previous: list[Linked] = []
    out: list[Scanned] = []
    texts = [book.written(s.start, s.end) for s in parts]
    aliased = index.find_in_each(texts)
    read = zip(parts, texts, aliased, linked, around, part_roles(parts), focus(parts, linked), strict=True)
    for s, text, hits, xs, frame, part, led in read:
        more = _by_alias(s, hits, xs, book) if hits else []
        mentions = sorted([*xs, *more], key=_place) if more or len(xs) > 1 else xs
        if points_back(text):
            pointers = pointed(text, s.start, mentions, Before(previous[-_LOOK_BACK:], frame, issuer_, led), book)
            more, mentions = [*more, *pointers], sorted([*mentions, *pointers], key=_place)
        for x in sorted(more, key=_place) if more else ():
            _note(x, book)
        out.append(Scanned(s, text, tuple(mentions), frame, part, led))
        previous += mentions
    return tuple(out)


def _place(x: Linked) -> tuple[int, int]:
    return x.start, -x.end


def _by_alias(s: Sentence, hits: Sequence[Hit], linked: Sequence[Linked], book: Notebook) -> list[Linked]:
    """Mentions by a learnt alias, where nothing else is linked."""
    text = book.written(s.start, s.end)
    out: list[Linked] = []
    for hit in hits:
        start, end, id_ = s.start + hit.start, s.start + hit.end, hit.senses[0][1]
        taken = any(x.start <= start < x.end or x.start < end <= x.end for x in linked)
        if not taken and word_begins(text, hit.start, book.lexicon):
            out.append(Linked(start, end, id_, book.register.type(id_)))
    return out


def _note(x: Linked, book: Notebook) -> None:
    """A mention by alias or pointer, with what it stands for."""
    entity, written = book.register.get(x.id), book.written(x.start, x.end)
    label = entity.label if entity else ""
    book.register.mention(x.id, Mention(x.start, x.end, written, f"{written} → {label}"))


def _universities(book: Notebook) -> dict[str, Entity]:
    """The universities of the seeded hospitals that a report names."""
    return {id_: seed_entity(book.lexicon.seeds[key]) for id_, key in book.parents.items()}
