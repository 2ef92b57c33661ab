"""A report as the rules see it: sentences with their linked mentions and frames.

Two passes: the first links names; the second finds again, by the aliases
learnt (declared ones: 以下简称…; derived ones: 六院, 二附院) and by words that
point back (该院, 后者).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.claims.find import Found, found_in, signs, town_index
from kg.claims.frame import Frame, leading_place, region_codes
from kg.claims.home import jurisdiction
from kg.claims.lexicon import Index, Lexicon
from kg.claims.link import Linker, region_entity
from kg.claims.lists import expand
from kg.claims.names import Token, word_begins
from kg.claims.places import Gazetteer, relative_words
from kg.claims.register import Linked, Register
from kg.model import Entity, EntityType, Mention, Problem, Report, Role, Sentence
from kg.text.clean import fold
from kg.text.split import sentences

__all__ = ["Scan", "Scanned", "scan"]

_RUN_ON = re.compile("第[一二三四五六七八九十]{1,3}[、和及](?:附属)?第")  # read one by one by lists.py
_ITEM = re.compile(r"[△▲◆■●▪◇□★☆►▶▷◎※]\s*(?P<place>[㐀-鿿]{2,9}?[市县区州旗盟])[\s：:]")
_HOSPITALS = {EntityType.HOSPITAL, EntityType.PRIMARY_CARE, EntityType.ORGANIZATION, EntityType.ALLIANCE}
_DECLARED = re.compile(
    r"[(](?:以下|下文|下)?(?:统?简?称为?|即|原名?|又称|又名|亦即|现名|加挂|挂)[:：]?[“\"]?([^()“”\"]{2,24})[”\"]?[)]"
)
_POINTER = re.compile(
    r"(?:该|本|此)(?P<kind>院|校|中心|集团|区|县|市|州|旗|镇|乡|局|委|医院|学院|大学|联盟|单位|公司)|(?:全|我)(?P<all>区|县|市|州|旗|盟)|(?P<order>后者|前者)|我(?P<own>局|委|院)"
)
_UNITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Scanned:
    """A sentence, its folded text, its mentions in order, its frame, and the part it stands in.

    ``part`` is the sentence's role; a heading's is that of the prose below it.
    """

    sentence: Sentence
    folded: str
    mentions: tuple[Linked, ...]
    frame: Frame
    part: Role


@dataclass(frozen=True, slots=True)
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
    focus: dict[tuple[str, ...], str]  # headings -> the institution the innermost one begins with


def scan(report: Report, lexicon: Lexicon) -> Scan:
    """Read a report: sentences, frames, mentions, entities."""
    folded = fold(report.text)
    parts = sentences(report)
    seen = signs(folded, lexicon)
    bare = found_in(seen)
    home = jurisdiction(folded, parts, bare, report.key, lexicon)
    found = found_in(seen, town_index(lexicon, [home, *_section_codes(parts, home, lexicon)]))
    found = _with_lists(folded, found, lexicon)
    linker = Linker(report, folded, lexicon, Register(), _full_seeds(found), _named(found, lexicon))
    if home:
        linker.register.add(region_entity(home, lexicon))
    frames = _frames(parts, home, linker)
    by_sentence = _spread(parts, found)
    first = [_linked(linker, fs, frame) for fs, frame in zip(by_sentence, frames, strict=True)]
    first = _one_plate(folded, first, linker)
    issuer = _issuer(parts, first, linker.register, home)
    aliases = _aliases(folded, first, linker, lexicon)
    scanned = _second(parts, folded, first, frames, linker, aliases, issuer)
    return Scan(
        report,
        home,
        issuer,
        tuple(scanned),
        linker.register,
        tuple(linker.problems),
        lexicon.gazetteer,
        dict(linker.owners),
        tuple(linker.plates),
        _universities(linker),
        _focus(parts, first),
    )


def _section_codes(parts: Sequence[Sentence], home: str, lexicon: Lexicon) -> list[str]:
    """Counties and cities that headings name outright, for their townships."""
    tokens = (leading_place(fold(h), lexicon) for h in dict.fromkeys(h for s in parts for h in s.headings))
    codes = (
        lexicon.gazetteer.nearest(region_codes(t, lexicon), home) for t in tokens if t and t.kind in {"region", "short"}
    )
    return sorted({c for c in codes if c})


def _one_plate(folded: str, linked: Sequence[list[Linked]], linker: Linker) -> list[list[Linked]]:
    """A hospital in brackets right after another name is the same one: 区健康管理中心(区康复医院)."""
    same: dict[str, str] = {}
    for xs in linked:
        for one, two in zip(xs, xs[1:], strict=False):
            between = folded[one.end : two.start]
            bodies = {one.type, two.type} <= {EntityType.HOSPITAL, EntityType.ORGANIZATION, EntityType.PRIMARY_CARE}
            if between in {"(", "(即", "(又称", "(原", "(加挂"} and folded[two.end : two.end + 1] == ")" and bodies:
                same[two.id] = same.get(one.id, one.id)
                linker.register.merge(same[two.id], two.id)
    return [
        [replace(x, id=same[x.id], type=linker.register.type(same[x.id])) if x.id in same else x for x in xs]
        for xs in linked
    ]


def _focus(parts: Sequence[Sentence], linked: Sequence[Sequence[Linked]]) -> dict[tuple[str, ...], str]:
    """Headings that begin with an institution, and with which (（一）州人民医院)."""
    out: dict[tuple[str, ...], str] = {}
    for s, xs in zip(parts, linked, strict=True):
        if s.role is Role.HEADING and xs and xs[0].type in _FOCUS and xs[0].start - s.start <= 5:
            path = (*s.headings, s.text)
            out[path] = xs[0].id
    return out


_FOCUS = {EntityType.HOSPITAL, EntityType.PRIMARY_CARE}


def _with_lists(folded: str, found: list[Found], lexicon: Lexicon) -> list[Found]:
    extra = expand(folded, found, lexicon)
    taken = {f.start for f in extra}
    found = [
        f
        for f in found
        if not (f.name and any(sign in f.name.rest[:12] for sign in "、和及") and _RUN_ON.search(f.name.rest))
    ]
    return sorted([*extra, *(f for f in found if f.name or f.start not in taken)], key=lambda f: (f.start, f.end))


def _universities(linker: Linker) -> dict[str, Entity]:
    """The universities of the seeded hospitals that a report names."""
    seeds = linker.lexicon.seeds
    return {
        id_: Entity(f"org/{key}", seeds[key].type, seeds[key].name, parent=f"region/{seeds[key].region}", source="seed")
        for id_, key in linker.parents.items()
    }


def _full_seeds(found: Sequence[Found]) -> frozenset[str]:
    """Keys of seeded organisations that the report names beyond doubt."""
    return frozenset(
        f.token.values[0] for f in found if f.token and f.token.kind == "seed" and len(f.token.values) == 1
    )


def _named(found: Sequence[Found], lexicon: Lexicon) -> frozenset[str]:
    """Regions named beyond doubt, those named in full counting for those above them too."""
    codes: set[str] = set()
    for f in found:
        tokens = (f.token,) if f.token else f.name.regions if f.name else ()
        for token in tokens:
            if token and token.kind == "region":
                known = region_codes(token, lexicon)
                codes.update(lexicon.gazetteer.lineage(known[0]) if len(known) == 1 else ())
            elif token and token.kind == "short":
                known = region_codes(token, lexicon)
                if len(known) == 1 and lexicon.gazetteer.place(known[0]).level == "prefecture":
                    codes.add(known[0])
    return frozenset(codes)


def _frames(parts: Sequence[Sentence], home: str, linker: Linker) -> list[Frame]:
    """The frame of each sentence, from the headings above it."""
    cache: dict[tuple[str, ...], Frame] = {}
    masks: list[str] = []
    lead: str = ""
    last: tuple[str, ...] = ()
    out: list[Frame] = []
    for s in parts:
        if s.role is Role.TITLE:
            home = _next_mask(s, home, masks, linker)
        if s.headings and s.headings != last and not (lead and any(lead in h for h in s.headings)):
            lead = ""
        lead, last = _lead(s.text) or lead, s.headings or last
        key = (home, *s.headings, lead)
        if key not in cache:
            cache[key] = _frame([*s.headings, lead] if lead else s.headings, home, linker)
        out.append(cache[key])
    return out


def _lead(text: str) -> str:
    """The place that opens a bulletin's item: △赤峰市 2024年…"""
    match = _ITEM.match(text)
    return match["place"] if match else ""


def _next_mask(s: Sentence, home: str, masks: list[str], linker: Linker) -> str:
    """A second report in one file that bears the same mask speaks of another district."""
    if not home or home in linker.lexicon.gazetteer.places:
        return home
    name = home.rsplit("-", 1)[-1]
    if name not in s.text or s.text in masks:
        return home
    masks.append(s.text)
    if len(masks) > 1:
        linker.register.add(region_entity(f"{linker.file_name_key}-{len(masks)}-{name}", linker.lexicon))
    return f"{linker.file_name_key}{'' if len(masks) == 1 else '-' + str(len(masks))}-{name}"


def _frame(headings: Sequence[str], home: str, linker: Linker) -> Frame:
    gazetteer = linker.lexicon.gazetteer
    places: list[str] = []
    outside: list[str] = []
    for heading in headings:
        token = leading_place(fold(heading), linker.lexicon)
        code = _heading_code(token, Frame(home, tuple(places)), linker) if token else ""
        if code and code != home and not gazetteer.inside(home, code):
            (places if not home or gazetteer.inside(code, home) else outside).insert(0, code)
    return Frame(home, tuple(places), tuple(outside))


def _heading_code(token: Token, frame: Frame, linker: Linker) -> str:
    if token.kind == "mask":
        return linker.mask(token, frame)
    gazetteer = linker.lexicon.gazetteer
    code = gazetteer.nearest(region_codes(token, linker.lexicon), frame.place)
    known = not frame.home or gazetteer.inside(code, frame.home) or token.kind == "region"
    return code if known else ""


def _parts(parts: Sequence[Sentence]) -> list[Role]:
    """The role of each sentence, a heading's being that of the first prose below it."""
    out: list[Role] = []
    below = Role.REVIEW
    for s in reversed(parts):
        if s.role in {Role.REVIEW, Role.PLAN, Role.PROBLEMS}:
            below = s.role
        out.append(below if s.role is Role.HEADING else s.role)
    return out[::-1]


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


def _linked(linker: Linker, found: Sequence[Found], frame: Frame) -> list[Linked]:
    linked = (linker.link(f, frame, found) for f in found)
    return [x for x in linked if x]


def _issuer(parts: Sequence[Sentence], linked: Sequence[Sequence[Linked]], register: Register, home: str) -> str:
    """The authority that publishes: named in title, signature or issuer line, and of the jurisdiction."""
    bodies = {EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY}
    for role in (Role.TITLE, Role.SIGNATURE, Role.RESIDUE):
        for s, xs in zip(parts, linked, strict=True):
            for x in xs if s.role is role else ():
                entity = register.get(x.id)
                if x.type in bodies and entity and (not home or entity.parent == f"region/{home}"):
                    return x.id
    own = Counter(
        x.id for xs in linked for x in xs if x.type is EntityType.HEALTH_AUTHORITY and _lies_in(x.id, register, home)
    )
    ranked = sorted(own, key=lambda i: (-own[i], i))
    return ranked[0] if ranked else ""  # nobody signs: the jurisdiction's own health authority, where it is named


def _lies_in(id_: str, register: Register, home: str) -> bool:
    entity = register.get(id_)
    return bool(entity and home and entity.parent == f"region/{home}")


def _aliases(
    folded: str, linked: Sequence[Sequence[Linked]], linker: Linker, lexicon: Lexicon
) -> dict[str, str]:  # fmt: skip
    """Wording -> organisation; a wording that two organisations could claim is dropped."""
    claims: dict[str, set[str]] = {}
    for xs in linked:
        for x in xs:
            if x.type is EntityType.REGION:
                continue
            entity = linker.register.get(x.id)
            names = set(_derived(entity)) if entity else set()
            if declared := _DECLARED.match(folded, x.end):
                names.add(declared.group(1))
            for name in names:
                claims.setdefault(name, set()).add(x.id)
    return {name: next(iter(ids)) for name, ids in claims.items() if len(ids) == 1}


def _derived(entity: Entity) -> list[str]:
    """Short names that a full name gives by itself: 第六人民医院 -> 六院, 第二附属医院 -> 二附院."""
    label = entity.label
    if entity.type is EntityType.ALLIANCE:
        place = re.match(r"[㐀-鿿]{2,9}?[省市县区州旗](?=第)", label)
        short = [label[place.end() :]] if place else []
        return [*short, *(w for w in ("集团", "总院", "总医院") if label.endswith(w))]
    if entity.type is not EntityType.HOSPITAL:
        return []
    if label.endswith("总医院"):
        return ["总医院"]
    if m := re.search(r"第([一二三四五六七八九十]{1,3})人民医院\Z", label):
        return [f"{m.group(1)}院"]
    if m := re.search(r"(.*?)(?:附属第([一二三四五六七八九十])|第([一二三四五六七八九十])附属)(?:人民)?医院\Z", label):
        n, owner = m.group(2) or m.group(3), m.group(1)
        forms = [f"{n}附院", f"附{n}院", f"附属{n}院"]
        return [*forms, *(owner + f for f in forms), *(a + f for a in _short_owner(entity, owner) for f in forms)]
    if m := re.search(r"[大学院]附属([㐀-鿿]{2,4}医院)\Z", label):
        return [m.group(1)]
    return []


def _short_owner(entity: Entity, owner: str) -> list[str]:
    """The owner as it was written (江西医专 in 江西医专第一附属医院)."""
    return [a.split("第")[0].split("附")[0] for a in entity.aliases if "附" in a and not a.startswith(owner)]


def _second(
    parts: Sequence[Sentence],
    folded: str,
    first: Sequence[list[Linked]],
    frames: Sequence[Frame],
    linker: Linker,
    aliases: dict[str, str],
    issuer: str,
) -> list[Scanned]:
    """Sentences with aliases and pointers linked too."""
    index = Index({name: [("alias", id_)] for name, id_ in aliases.items()})
    previous: list[Linked] = []
    out: list[Scanned] = []
    focus = _focus(parts, first)
    for s, xs, frame, part in zip(parts, first, frames, _parts(parts), strict=True):
        text = folded[s.start : s.end]
        taken = {i for x in xs for i in range(x.start, x.end)}
        more = [Linked(s.start + h.start, s.start + h.end, h.senses[0][1], linker.register.type(h.senses[0][1]))
                for h in index.find(text) if word_begins(text, h.start, linker.lexicon) and s.start + h.start not in taken and s.start + h.end - 1 not in taken]  # fmt: skip
        mentions = sorted([*xs, *more], key=lambda x: (x.start, -x.end))
        led = next((focus[s.headings[:i]] for i in range(len(s.headings), 0, -1) if s.headings[:i] in focus), "")
        mentions = _pointers(text, s.start, mentions, previous, frame, linker, (issuer, led))
        for x in mentions:
            if x not in xs:
                entity = linker.register.get(x.id)
                written = folded[x.start : x.end]
                label = entity.label if entity else ""
                linker.register.mention(x.id, Mention(x.start, x.end, written, f"{written} → {label}"))
        out.append(Scanned(s, text, tuple(mentions), frame, part))
        previous = [*previous, *mentions][-12:]
    return out


def _pointers(
    text: str,
    offset: int,
    mentions: list[Linked],
    previous: Sequence[Linked],
    frame: Frame,
    linker: Linker,
    own: tuple[str, str],
) -> list[Linked]:
    """该院, 该校, 该区, 后者, 我局 as mentions of what they point to."""
    out = list(mentions)
    for m in _POINTER.finditer(text):
        at = offset + m.start()
        before = [*previous, *(x for x in out if x.end <= _heard(text, m) + offset)]
        target = _pointed(m, before, frame, linker, own)
        if target and not any(x.start < offset + m.end() and at < x.end for x in out):
            out.append(Linked(at, offset + m.end(), target, linker.register.type(target)))
    return sorted(out, key=lambda x: (x.start, -x.end))


def _heard(text: str, m: re.Match[str]) -> int:
    """Up to where a pointer looks back: after 与, 由 … not to the subject of its own clause."""
    if m["order"] or text[m.start() - 1 : m.start()] in {"与", "同", "和", "由", "对", "到", "在", "跟"}:
        return max(text.rfind(sign, 0, m.start()) for sign in "，。；：") + 1
    return m.start()


def _last_pair(before: Sequence[Linked], folded: str) -> list[str]:
    """The last two organisations named side by side (甲集团、乙集团), else the last two named."""
    orgs = sorted((x for x in before if x.type is not EntityType.REGION), key=lambda x: x.start)
    runs: list[list[Linked]] = []
    for x in orgs:
        if (
            runs
            and runs[-1][-1].end <= x.start
            and folded[runs[-1][-1].end : x.start].strip("“”") in {"", "、", "和", "与", "及"}
        ):
            runs[-1].append(x)
        else:
            runs.append([x])
    two = [run for run in runs if len(run) == 2]
    if two:
        return [x.id for x in two[-1]]
    last = list(dict.fromkeys(x.id for x in reversed(orgs)))[:2]
    return last[::-1] if len(last) == 2 else []


def _pointed(m: re.Match[str], before: Sequence[Linked], frame: Frame, linker: Linker, own: tuple[str, str]) -> str:
    """The entity a pointer means, empty if there is none of its kind before it."""
    if m["own"]:
        return own[0] if m["own"] in "局委" else ""
    if m["order"]:
        pair = _last_pair(before, linker.folded)
        return pair[m["order"] == "后者"] if pair else ""
    kind = m["kind"] or m["all"]
    if kind in "区县市州旗盟镇乡":
        return _pointed_region(kind, before, frame, linker)
    types = _POINTED.get(kind, _HOSPITALS)
    if own[1] and linker.register.type(own[1]) in types:
        return own[1]  # in the section of 州人民医院, 该院 is that hospital
    return next((x.id for x in reversed(before) if x.type in types), "")


def _pointed_region(kind: str, before: Sequence[Linked], frame: Frame, linker: Linker) -> str:
    """该区, 全县: the frame's region of that kind, else the one last spoken of (or whose organisation was)."""
    code = frame.region_for(kind, linker.lexicon)
    for x in reversed(before) if not code else ():
        entity = linker.register.get(x.id)
        above = x.id if x.type is EntityType.REGION else entity.parent if entity else ""
        if above and _suits(above, kind, linker):
            code = above.removeprefix("region/")
            break
    if not code:
        return ""
    linker.register.add(region_entity(code, linker.lexicon))
    return f"region/{code}"


_POINTED = {
    "院": {EntityType.HOSPITAL, EntityType.PRIMARY_CARE},
    "医院": {EntityType.HOSPITAL},
    "校": {EntityType.ACADEMIC},
    "学院": {EntityType.ACADEMIC},
    "大学": {EntityType.ACADEMIC},
    "集团": {EntityType.ALLIANCE},
    "联盟": {EntityType.ALLIANCE},
    "局": {EntityType.HEALTH_AUTHORITY, EntityType.GOVERNMENT_BODY},
    "委": {EntityType.HEALTH_AUTHORITY},
}


def _suits(id_: str, kind: str, linker: Linker) -> bool:
    return kind in relative_words(linker.lexicon.gazetteer.place(id_.removeprefix("region/")))
