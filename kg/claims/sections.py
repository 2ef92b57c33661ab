"""What headings tell of the sentences below them: their frame, their part, the institution they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.claims.frame import Frame, Leads, leading_place, region_codes
from kg.claims.lexicon import Lexicon
from kg.claims.link_regions import unlisted_code
from kg.claims.notebook import Notebook
from kg.claims.register import Linked
from kg.claims.status import tells_plan
from kg.claims.tokens import Token
from kg.model import EntityType, Role, Sentence
from kg.text.clean import fold

__all__ = ["focus", "frames", "part_roles", "section_codes"]

_ITEM = re.compile(r"[△▲◆■●▪◇□★☆►▶▷◎※]\s*(?P<place>[㐀-鿿]{2,9}?[市县区州旗盟])(?:[(（][㐀-鿿]{2,9}[)）])?[\s：:，,。]")
_NUMBER = re.compile(r"[\s(（【\[第一二三四五六七八九十\d①-⑳)）】\]、.．:：]*")
_FOCUS = {EntityType.HOSPITAL, EntityType.PRIMARY_CARE}
_PROSE = {Role.REVIEW, Role.PLAN, Role.PROBLEMS}


def section_codes(leads: Leads, home: str, lexicon: Lexicon) -> list[str]:
    """Counties and cities that headings name outright, for their townships."""
    named = (token for token in leads.values() if token and token.kind in {"region", "short"})
    codes = {lexicon.gazetteer.nearest(region_codes(token, lexicon), home) for token in named}
    return sorted(code for code in codes if code)


def part_roles(parts: Sequence[Sentence]) -> list[Role]:
    """The role of each sentence, a heading's being that of the first prose below it.

    A review that tells what a plan says is a plan there: 方案提出，…；…。
    """
    out: list[Role] = []
    below = Role.REVIEW
    for s in reversed(parts):
        below = s.role if s.role in _PROSE else below
        out.append(below if s.role is Role.HEADING else s.role)
    return _told_plans(parts, out[::-1])


def _told_plans(parts: Sequence[Sentence], roles: list[Role]) -> list[Role]:
    told = False
    for i, s in enumerate(parts):
        told = tells_plan(s.text) or (told and parts[i - 1].text.endswith(("；", ";")))
        if told and roles[i] is Role.REVIEW:
            roles[i] = Role.PLAN
    return roles


def focus(parts: Sequence[Sentence], linked: Sequence[Sequence[Linked]]) -> list[str]:
    """The institution with which the nearest heading of each sentence begins (（一）州人民医院), empty if none."""
    led = {
        (*s.headings, s.text): xs[0].id
        for s, xs in zip(parts, linked, strict=True)
        if s.role is Role.HEADING and xs and xs[0].type in _FOCUS and _NUMBER.fullmatch(s.text[: xs[0].start - s.start])
    }
    return [_nearest(s.headings, led) if led else "" for s in parts]


def _nearest(headings: tuple[str, ...], led: dict[tuple[str, ...], str]) -> str:
    return next((led[path] for i in range(len(headings), 0, -1) if (path := headings[:i]) in led), "")


class _Section(NamedTuple):
    """The headings above a sentence, the place that opens a bulletin's item among them, and whose report it is."""

    home: str
    headings: tuple[str, ...]


def frames(parts: Sequence[Sentence], home: str, leads: Leads, book: Notebook) -> list[Frame]:
    """The frame of each sentence, from the headings above it."""
    known: dict[_Section, Frame] = {}
    out: list[Frame] = []
    for section in _sections(parts, home, book):
        if section not in known:
            known[section] = _frame(section, leads, book)
        out.append(known[section])
    return out


def _sections(parts: Sequence[Sentence], home: str, book: Notebook) -> Iterator[_Section]:
    masks: list[str] = []
    lead = ""
    last: tuple[str, ...] = ()
    for s in parts:
        if s.role is Role.TITLE:
            home = _next_mask(s, home, masks, book)
        if s.headings and s.headings != last and not (lead and any(lead in h for h in s.headings)):
            lead = ""
        lead, last = _item(s.text) or lead, s.headings or last
        own = (s.text,) if s.role is Role.HEADING else ()
        yield _Section(home, (*s.headings, *own, lead) if lead else (*s.headings, *own))


def _item(text: str) -> str:
    """The place that opens a bulletin's item: △赤峰市 2024年…"""
    match = _ITEM.match(text)
    return match["place"] if match else ""


def _next_mask(s: Sentence, home: str, masks: list[str], book: Notebook) -> str:
    """A second report in one file that bears the same mask speaks of another district."""
    name = home.rsplit("-", 1)[-1]
    if not home or home in book.lexicon.gazetteer.places or name not in s.text or s.text in masks:
        return home
    masks.append(s.text)
    if len(masks) == 1:
        return f"{book.masked_prefix}-{name}"
    code = f"{book.masked_prefix}-{len(masks)}-{name}"
    book.know_region(code)
    return code


def _frame(section: _Section, leads: Leads, book: Notebook) -> Frame:
    gazetteer, home = book.lexicon.gazetteer, section.home
    places: list[str] = []
    outside: list[str] = []
    for heading in section.headings:
        token = leads[heading] if heading in leads else leading_place(fold(heading), book.lexicon)
        code = _heading_code(token, Frame(home, tuple(places)), book) if token else ""
        if code and code != home and not gazetteer.inside(home, code):
            (places if not home or gazetteer.inside(code, home) else outside).insert(0, code)
    return Frame(home, tuple(places), tuple(outside))


def _heading_code(token: Token, frame: Frame, book: Notebook) -> str:
    if token.kind == "mask":
        return unlisted_code(book, token, frame)
    gazetteer = book.lexicon.gazetteer
    code = gazetteer.nearest(region_codes(token, book.lexicon), frame.place)
    known = not frame.home or gazetteer.inside(code, frame.home) or token.kind == "region"
    return code if known or _beyond_doubt(token, code, book) else ""


def _beyond_doubt(token: Token, code: str, book: Notebook) -> bool:
    """Whether a short name elsewhere can mean but one place: 参考案例（六盘水）."""
    long = len(token.values[0]) > 2
    return bool(code) and long and len(region_codes(token, book.lexicon)) == 1
