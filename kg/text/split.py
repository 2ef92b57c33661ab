"""Report -> Sentences under their headings, each with its role; sentence -> clauses.

Every non-blank character of the report is in exactly one sentence, but for the
bars between table cells. A sentence ends at 。！？；, at a bar or at the line's end,
never inside quotes, brackets or 《》.
Page furniture, salutations and file numbers are RESIDUE, closing issuer and
date lines SIGNATURE. A heading that runs into its paragraph (（一）改革方面。一是…)
is a HEADING sentence of its own and heads the sentences after it; one that
ends with a colon (1.签约：…) stays part of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.model import Report, Role, Sentence
from kg.text.clean import fold
from kg.text.cut import Kind, Line
from kg.text.head import kinds_of, year_of
from kg.text.lines import laid_out
from kg.text.roles import base_role, opens_plan, role_of, weak_plan

__all__ = ["clauses", "sentences"]

# Closed quotes and brackets are swallowed whole; an opening without its end is a plain character.
# Both expressions begin with one class of characters, so that the search leaps from one to the next.
_QUOTED = r"(?<=“)[^”\n]{0,200}”|(?<=《)[^》\n]{0,120}》|(?<=\()[^()\n]{0,200}\)"
_SENTENCE_END = re.compile(rf"[“《(。！？；\s](?:{_QUOTED}|(?<=[。！？；])[。！？；]*[”’)》]*|(?<=\s)\|\s)")
_CLAUSE_END = re.compile(rf"[“《(，。！？；](?:{_QUOTED}|(?<=[，。！？；])[，。！？；]*[”’)》]*)")
_CLAUSE_OR_MEMBER = re.compile(
    rf"{_CLAUSE_END.pattern}|(?<![统唯同单万第之其])(?=[一二三四五六七八九十]是(?!否))"
)  # not 统一是
_FINAL = ("。”", "！”", "？”")
_GOES_ON = "的之等为是和与，；。、)"  # “…第一。”的理念 is one sentence
_PLAIN = {Kind.RESIDUE: Role.RESIDUE, Kind.TITLE: Role.TITLE, Kind.SIGNATURE: Role.SIGNATURE}


@dataclass(frozen=True, slots=True)
class _Part:
    """An open heading: its depth, its words, the role below it."""

    level: int
    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader stands: open headings, role in force, year reported on."""

    base: Role
    year: int | None
    role: Role
    parts: tuple[_Part, ...] = ()


def sentences(report: Report) -> list[Sentence]:
    """All sentences of a report in order, with exact offsets.

    >>> r = Report("a", "a.txt", "某局工作打算\\n一、签约\\n做好签约；提升能力。", "")
    >>> [(s.text, s.role.value) for s in sentences(r)]
    [('某局工作打算', 'title'), ('一、签约', 'heading'), ('做好签约；', 'review'), ('提升能力。', 'review')]
    """
    folded, lines = laid_out(report.text)
    base = base_role(report.kinds)
    place = _Place(base, report.year, base)
    out: list[Sentence] = []
    for i, line in enumerate(lines):
        before = place
        place = _entered(place, report.text, folded, lines, i)
        spans = _cut(folded, line.start, line.end, line.head if not line.inline else line.start)
        roles = _roles(folded, line, spans, place)
        headings = tuple(part.text for part in place.parts)
        for (start, end), role in zip(spans, roles, strict=True):
            above = headings[:-1] if role is Role.HEADING else headings
            out.append(Sentence(start, end, report.text[start:end], role, above))
        if line.kind is Kind.PROSE and roles[-1] is Role.PLAN and _turns(folded, spans, place):
            place = replace(place, role=Role.PLAN)
        elif line.inline and line.level >= 4:
            place = before  # 4.签约：185万人。 heads its own line only
    return out


def _entered(place: _Place, text: str, folded: str, lines: Sequence[Line], i: int) -> _Place:
    """The place after a line's heading or title has been read."""
    line = lines[i]
    if line.kind is Kind.TITLE and place.parts:
        title = folded[line.start : line.end]  # the next report of a collection
        base = base_role(kinds_of(title))
        return _Place(base, year_of(title) or place.year, base)
    if line.level < 0:
        return place
    parts = tuple(part for part in place.parts if part.level < line.level)
    above = parts[-1].role if parts else place.base
    closed = place.parts[len(parts) :]
    if closed and closed[0].level == line.level >= 2 and closed[0].role is Role.PLAN:
        above = Role.PLAN  # after 三、重点任务 also 四、组织保障
    head = folded[line.start : line.head]
    role = role_of(head, place.year) or (
        Role.PLAN if weak_plan(head) and not _plainer(folded, lines, i, place) else above
    )
    part = _Part(line.level, text[line.start : line.head], role)
    return replace(place, role=role, parts=(*parts, part))


def _plainer(folded: str, lines: Sequence[Line], i: int, place: _Place) -> bool:
    """Whether a plainer plan follows at the same depth or further out."""
    later = (lines[j] for j in range(i + 1, len(lines)) if 0 <= lines[j].level <= lines[i].level)
    return any(role_of(folded[x.start : x.head], place.year) is Role.PLAN for x in later)


def _cut(folded: str, start: int, end: int, head: int) -> list[tuple[int, int]]:
    """The sentences of a line; the heading up to ``head`` is one."""
    spans = []
    if head > start:
        spans.append((start, head))
        start = head
    for match in _SENTENCE_END.finditer(folded, start, end):
        at, stop = match.span()
        if folded[at] in "“《(" and not (folded.endswith(_FINAL, at, stop) and folded[stop : stop + 1] not in _GOES_ON):
            continue
        _add(spans, folded, start, at if "|" in match[0] else stop)
        start = stop
    _add(spans, folded, start, end)
    return spans


def _add(spans: list[tuple[int, int]], folded: str, start: int, end: int) -> None:
    """Add a stretch without the blanks around it, unless nothing is left."""
    while start < end and folded[start].isspace():
        start += 1
    while start < end and folded[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _roles(folded: str, line: Line, spans: Sequence[tuple[int, int]], place: _Place) -> list[Role]:
    if line.kind in _PLAIN:
        return [_PLAIN[line.kind]] * len(spans)
    roles, role = [], place.role
    for start, end in spans:
        if end == line.head and not line.inline:
            roles.append(Role.HEADING)
            continue
        if role is not Role.PLAN and opens_plan(folded[start:end], place.year):
            role = Role.PLAN
        roles.append(role)
    return roles


def _turns(folded: str, spans: Sequence[tuple[int, int]], place: _Place) -> bool:
    """Whether a whole paragraph turns to the future, and with it what follows until a heading."""
    return place.role is not Role.PLAN and opens_plan(folded[slice(*spans[0])], place.year)


def clauses(sentence: Sentence, folded: str = "") -> list[tuple[int, int]]:
    """The clauses of a sentence as offsets of the report: cut after ，；。 and before 二是.

    ``folded`` is the sentence's folded text where the caller has it.

    >>> clauses(Sentence(10, 25, "一是建成3家，覆盖全县二是签约", Role.REVIEW))
    [(10, 17), (17, 21), (21, 25)]
    """
    folded = folded or fold(sentence.text)
    start, out = 0, []
    for match in (_CLAUSE_OR_MEMBER if "是" in folded else _CLAUSE_END).finditer(folded):
        if match[0][:1] not in ("“", "《", "(") and match.end() > start:
            out.append((sentence.start + start, sentence.start + match.end()))
            start = match.end()
    if start < len(folded):
        out.append((sentence.start + start, sentence.end))
    return out
