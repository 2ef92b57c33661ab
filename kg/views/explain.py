"""Why an edge is there, and why a name means what it means: ``kg explain ID``.

For a claim or observation: its sentence with the words marked, the rule, how
each end was understood, and where else the same is stated. For an entity: its
names, where it is mentioned and what is stated of it. All is read from the
claims of a build; the graph adds nothing to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.files import package_path, read_tsv
from kg.views.blocks import Block, blocks

__all__ = ["explain", "marked"]

Row = dict[str, Any]
Home = tuple[Block, Row]
_STATUS = {"realised": "已实现 realised", "planned": "计划 planned", "stopped": "已停止 stopped"}
_BASE = "https://w3id.org/hgkg/"
_HASH = re.compile(r"[0-9a-f]{16}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_IDENTIFIER = re.compile(r"(claim|observation|org|region|program|local-program)/.+")


def explain(output: Path, name: str) -> str:
    """What is known of a claim, observation or entity, as text for people.

    ``output`` is a build's folder or a claims file; ``name`` an identifier,
    its IRI, the hash of a claim or observation, or an entity's name. Raises
    UsageError when nothing has that name, or more than one thing.
    """
    wanted = _identifier(output, name.removeprefix(_BASE).strip())
    homes = [(block, row) for block in blocks(output, wanted) if (row := block.find(wanted))]
    if homes and homes[0][1]["record"] != "entity":
        return _text(_finding(output, *homes[0]))
    if homes or wanted in _programs():
        return _text(_entity(wanted, homes, list(blocks(output, wanted))))
    raise UsageError(f"{name}: nothing of that name in {output}; copy an identifier from claims.jsonl or a query")


def _text(lines: Iterable[str]) -> str:
    """The lines for a terminal: a report cannot send it control or direction codes."""
    return "".join(_CONTROL.sub("\ufffd", line) + "\n" for line in lines)


def _identifier(output: Path, name: str) -> str:
    """The identifier that a hash or a name stands for; identifiers stay what they are."""
    if _IDENTIFIER.fullmatch(name):
        return name
    found = {row["id"] for block in blocks(output, name) for row in block.rows if _is_called(row, name)}
    found |= {key for key, label in _programs().items() if label == name}
    if len(found) > 1:
        raise UsageError(f"{name}: means {', '.join(sorted(found))}; give one of these")
    return str(found.pop()) if found else name


def _is_called(row: Row, name: str) -> bool:
    if _HASH.fullmatch(name):
        return bool(row["id"].endswith("/" + name))
    return row["record"] == "entity" and (row["label"] == name or name in row["aliases"])


@cache
def _programs() -> dict[str, str]:
    """Preferred names of the programme concepts by identifier."""
    return {"program/" + r["id"]: r["prefLabel_zh"] for r in read_tsv(package_path("seeds") / "programs.tsv")}


def _finding(output: Path, block: Block, row: Row) -> Iterator[str]:
    evidence = row["evidence"]
    yield f"{row['id']}  {_said(row)}"
    yield f"  {_statement(block, row)}"
    yield f"证据 Evidence  {_place(block, row)}"
    yield f"  {marked(evidence['quote'], evidence['start'], evidence['marks'])}"
    yield f"规则 Rule  {row['rule']}"
    yield "两端 Ends"
    for end in _ends(row):
        yield from _end(block, end, evidence)
    yield "其他出处 Also stated"
    yield from _others(output, row)


def _said(row: Row) -> str:
    year = f", {row['year']}" if row["year"] else ""
    return _STATUS[row["status"]] + year


def _ends(row: Row) -> list[str]:
    return [row["subject"], row["object"]] if row["record"] == "claim" else [row["subject"]]


def _statement(block: Block, row: Row) -> str:
    subject = _named(block, row["subject"])
    if row["record"] == "observation":
        return f"{subject}  {row['metricText']} = {row['valueText']} ({row['value']} {row['unit']})"
    kind = f" ({row['kind']})" if row["kind"] else ""
    return f"{subject}  --{row['predicate']}{kind}-->  {_named(block, row['object'])}"


def _named(block: Block, name: str) -> str:
    entity = block.entity(name)
    label = entity["label"] if entity else _programs().get(name, "")
    return f"{label} [{name}]" if label else f"[{name}]"


def _place(block: Block, row: Row) -> str:
    evidence, report = row["evidence"], block.report
    return f"{report['fileName']}#char={evidence['start']},{evidence['end']}  {report['title']}"


def marked(quote: str, start: int, marks: Iterable[tuple[int, int]]) -> str:
    """A quote with the marked stretches in 【】; offsets are the report's, ``start`` is the quote's own.

    >>> marked("甲院与乙校签约", 100, [(100, 102), (103, 105)])
    '【甲院】与【乙校】签约'
    """
    cuts = sorted((a - start, b - start) for a, b in marks)
    parts, done = [], 0
    for a, b in cuts:
        if done <= a < b <= len(quote):
            parts += [quote[done:a], "【", quote[a:b], "】"]
            done = b
    return "".join(parts) + quote[done:]


def _end(block: Block, name: str, evidence: Row) -> Iterator[str]:
    """How an end was understood: from its mentions in the sentence, or from the ones elsewhere."""
    yield f"  {_named(block, name)}"
    entity = block.entity(name)
    mentions = entity["mentions"] if entity else []
    inside = [m for m in mentions if evidence["start"] <= m[0] and m[1] <= evidence["end"]]
    for start, end, text, how in inside or mentions[:3]:
        where = "" if inside else "不在本句 outside the sentence, "
        yield f"    {text} ({where}{start},{end}): {how or '原名 its own name'}"
    if not mentions:
        told = "由报告辖区或项目用语得出 from the report's jurisdiction or a programme's wording"
        yield f"    {told}"


def _others(output: Path, row: Row) -> Iterator[str]:
    """The same triple, or the same metric of the same subject, wherever else it stands."""
    claim = row["record"] == "claim"
    other_key = row["object"] if claim else row["metric"]
    others = [
        (block, other)
        for block in blocks(output, row["subject"], other_key)
        for other in block.of(row["record"])
        if other["id"] != row["id"] and _same(row, other)
    ]
    if not others:
        yield "  无 nowhere"
    for block, other in others:
        value = "" if claim else f"  {other['valueText']}"
        yield f"  {other['id']}  {_said(other)}{value}  {_place(block, other)}"


def _same(row: Row, other: Row) -> bool:
    if row["record"] == "observation":
        return bool(row["subject"] == other["subject"] and row["metric"] == other["metric"])
    if row["predicate"] != other["predicate"]:
        return False
    ends, others = _ends(row), _ends(other)
    return ends == others or (row["predicate"] == "partnersWith" and ends == others[::-1])


def _entity(name: str, homes: list[Home], around: list[Block]) -> Iterator[str]:
    rows = [row for _, row in homes]
    labels = sorted({row["label"] for row in rows} | ({_programs()[name]} if name in _programs() else set()))
    yield f"{' / '.join(labels)} [{name}]  {', '.join(sorted({row['type'] for row in rows}) or ['Program'])}"
    aliases = sorted({alias for row in rows for alias in row["aliases"]})
    if aliases:
        yield f"  别名 Also called  {'、'.join(aliases)}"
    parents = sorted({row["parent"] for row in rows} - {""})
    if parents:
        yield f"  位于 In  {', '.join(_named(homes[0][0], p) for p in parents)}"
    yield "提及 Mentioned"
    yield from (_mention(block, m) for block, row in homes for m in row["mentions"])
    yield "陈述 Stated"
    for block in around:
        for row in sorted((*block.of("claim"), *block.of("observation")), key=_order):
            if name in _ends(row):
                yield f"  {row['id']}  {_said(row)}  {_statement(block, row)}  {_place(block, row)}"


def _order(row: Row) -> tuple[str, ...]:
    """Claims by what they state, then observations by what was measured."""
    stated = (row["predicate"], row["subject"], row["object"]) if row["record"] == "claim" else (row["metric"],)
    return (row["record"], *stated, row["id"])


def _mention(block: Block, mention: list[Any]) -> str:
    start, end, text, how = mention
    return f"  {block.report['fileName']}#char={start},{end}  {text}: {how or '原名 its own name'}"
