"""The data block of the explorer: facts as columns of numbers and strings.

Rows refer to nodes, reports, sentences and words by their number. Sentences
are sliced out of the report's text where the page carries it, and quoted
where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.model import Claim, Evidence, Observation, Report, Status
from kg.views.facts import Facts
from kg.views.layout import place
from kg.views.net import Net, Node, with_all
from kg.views.page import json_block
from kg.views.recur import coverage

__all__ = ["data", "size"]

Row = dict[str, Any]
Span = tuple[int, int, int]  # number of the report, start, end
Statement = Claim | Observation


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Where nodes, reports, sentences and words stand in their columns."""

    nodes: dict[str, int]
    reports: dict[str, int]
    spans: dict[Span, int]
    vocab: dict[str, dict[str, int]]

    def span(self, item: Statement) -> int:
        """The sentence of a statement."""
        return self.spans[self.reports[item.report], item.evidence.start, item.evidence.end]


def data(facts: Facts, *, title: str, words: Mapping[str, Mapping[str, str]], room: int) -> Row:
    """The data block: everything the page shows, the same for the same facts.

    ``words`` are the texts of the interface by language and key; ``room`` is
    the number of bytes the block may take: full texts of reports are carried
    as far as they fit into it, those first that cost least.
    """
    net = with_all(facts, _ends(facts))
    quotes = _quotes(facts)
    at = _Numbers(
        _numbers(n.id for n in net.nodes),
        _numbers(r.key for r in facts.reports),
        _numbers(quotes),
        _vocab(facts, net.nodes),
    )
    block: Row = {
        "format": 1,
        "title": title,
        "words": words,
        "coverage": asdict(coverage(facts)),
        "vocab": {name: list(column) for name, column in at.vocab.items()},
        "nodes": _nodes(facts, net, at),
        "reports": [_report(facts, report, at) for report in facts.reports],
        "sentences": _sentences(quotes, ()),
        "claims": _claims(facts, at),
        "observations": _observations(facts, at),
        "problems": [[p.where, p.kind, p.what, p.todo] for p in facts.problems],
    }  # fmt: skip
    return _with_texts(block, facts, quotes, room) if facts.texts else block


def size(value: Any) -> int:
    """Bytes a value takes in the data block.

    >>> size(["县", "<"])
    16
    """
    return len(json_block(value).encode())


def _numbers(keys: Iterable[Any]) -> dict[Any, int]:
    return {key: n for n, key in enumerate(keys)}


def _ends(facts: Facts) -> list[str]:
    """Everything that has an identifier, in order: what is described, and what statements and reports name."""
    named = {end for r in facts.reports for end in (r.issuer, r.jurisdiction)} | {c.object for c in facts.claims}
    return sorted({*facts.entities, *facts.concepts, *named, *(s.subject for s in _all(facts))} - {""})


def _all(facts: Facts) -> list[Statement]:
    return [*facts.claims, *facts.observations]


def _quotes(facts: Facts) -> dict[Span, str]:
    """Each sentence once, in the order of the reports."""
    number = _numbers(r.key for r in facts.reports)
    found: dict[Span, str] = {}
    for item in _all(facts):
        said = item.evidence
        found.setdefault((number[item.report], said.start, said.end), said.quote)
    return dict(sorted(found.items()))


def _vocab(facts: Facts, nodes: Collection[Node]) -> dict[str, dict[str, int]]:
    """The words of each column, sorted, with their numbers."""
    used: dict[str, Iterable[str]] = {
        "types": (n.type for n in nodes),
        "levels": (_level(facts, n.id) for n in nodes),
        "predicates": (c.predicate.value for c in facts.claims),
        "kinds": (c.kind for c in facts.claims),
        "rules": (s.rule for s in _all(facts)),
        "metrics": (o.metric for o in facts.observations),
        "units": (o.unit for o in facts.observations),
    }
    return {
        **{name: _numbers(sorted(set(words))) for name, words in used.items()},
        "statuses": _numbers(s.value for s in Status),
    }


def _level(facts: Facts, key: str) -> str:
    return facts.entities[key].level if key in facts.entities else ""


def _nodes(facts: Facts, net: Net, at: _Numbers) -> Row:
    nodes, spots = net.nodes, place(facts, net)
    english = {key: c.en for key, c in facts.concepts.items() if c.en not in {"", c.zh}}
    aliases = {node.id: _aliases(facts, node.id) for node in nodes}
    return {
        "id": list(at.nodes),
        "label": [n.label for n in nodes],
        "type": [at.vocab["types"][n.type] for n in nodes],
        "parent": [at.nodes.get(_parent(facts, n.id), -1) for n in nodes],
        "level": [at.vocab["levels"][_level(facts, n.id)] for n in nodes],
        "x": [spots[n.id][0] for n in nodes],
        "y": [spots[n.id][1] for n in nodes],
        "en": {str(at.nodes[key]): text for key, text in english.items()},
        "aliases": {str(at.nodes[key]): list(names) for key, names in aliases.items() if names},
    }


def _parent(facts: Facts, key: str) -> str:
    """The region around it; for a programme of the scheme the broader one."""
    return (
        facts.entities[key].parent
        if key in facts.entities
        else facts.concepts[key].broader
        if key in facts.concepts
        else ""
    )


def _aliases(facts: Facts, key: str) -> tuple[str, ...]:
    described = facts.entities.get(key) or facts.concepts.get(key)
    return described.aliases if described else ()


def _report(facts: Facts, report: Report, at: _Numbers) -> Row:
    return {
        "key": report.key,
        "file": report.file_name,
        "title": report.title,
        "issuer": at.nodes.get(report.issuer, -1),
        "place": at.nodes.get(report.jurisdiction, -1),
        "year": report.year,
        "half": report.half,
        "kinds": [kind.value for kind in report.kinds],
        "published": report.published,
        "source": _address(facts.sources.get(report.key, "")),
    }


def _address(source: str) -> str:
    """The address itself where a browser may be sent there, nothing otherwise.

    >>> _address("https://example.org/a.txt"), _address("javascript:alert(1)")
    ('https://example.org/a.txt', '')
    """
    return source if re.match(r"https?://", source, re.IGNORECASE) else ""


def _sentences(quotes: Mapping[Span, str], sliced: Collection[int]) -> Row:
    """The sentences; those of the reports in ``sliced`` are cut out of the text."""
    return {
        "report": [report for report, _, _ in quotes],
        "start": [start for _, start, _ in quotes],
        "end": [end for _, _, end in quotes],
        "quote": ["" if span[0] in sliced else quote for span, quote in quotes.items()],
    }


def _statements(facts: Facts, items: Sequence[Statement], at: _Numbers) -> Row:
    """The columns claims and observations share."""
    return {
        "id": [i.id.rpartition("/")[2] for i in items],
        "s": [at.nodes[i.subject] for i in items],
        "status": [at.vocab["statuses"][i.status.value] for i in items],
        "sentence": [at.span(i) for i in items],
        "year": [facts.year(i) or 0 for i in items],
        "rule": [at.vocab["rules"][i.rule] for i in items],
        "marks": [_marks(i.evidence) for i in items],
    }


def _marks(said: Evidence) -> list[int]:
    """Marked stretches, counted from the start of the sentence, as flat pairs."""
    return [offset - said.start for mark in said.marks for offset in mark]


def _claims(facts: Facts, at: _Numbers) -> Row:
    return {
        **_statements(facts, facts.claims, at),
        "p": [at.vocab["predicates"][c.predicate.value] for c in facts.claims],
        "o": [at.nodes[c.object] for c in facts.claims],
        "kind": [at.vocab["kinds"][c.kind] for c in facts.claims],
    }


def _observations(facts: Facts, at: _Numbers) -> Row:
    return {
        **_statements(facts, facts.observations, at),
        "metric": [at.vocab["metrics"][o.metric] for o in facts.observations],
        "name": [o.metric_text for o in facts.observations],
        "value": [f"{o.value:f}" for o in facts.observations],
        "text": [o.value_text for o in facts.observations],
        "unit": [at.vocab["units"][o.unit] for o in facts.observations],
    }


def _with_texts(block: Row, facts: Facts, quotes: Mapping[Span, str], room: int) -> Row:
    """The block with as many full texts as fit, and without the quotes these make superfluous."""
    texts = _fitting(facts, quotes, room - size(block))
    reports = [{**row, "text": texts[n]} if n in texts else row for n, row in enumerate(block["reports"])]
    return {**block, "reports": reports, "sentences": _sentences(quotes, texts)}


def _fitting(facts: Facts, quotes: Mapping[Span, str], room: int) -> dict[int, str]:
    """Texts by number of their report, the cheapest first until the room is used up."""
    own: dict[int, list[tuple[int, int, str]]] = {n: [] for n in range(len(facts.reports))}
    for (report, start, end), quote in quotes.items():
        own[report].append((start, end, quote))
    costs = sorted(
        (size({"text": text}) - sum(size(quote) - 2 for _, _, quote in own[n]), n)
        for n, report in enumerate(facts.reports)
        if (text := facts.texts.get(report.key)) and all(text[start:end] == quote for start, end, quote in own[n])
    )
    found: dict[int, str] = {}
    for cost, n in costs:
        room -= cost
        if room < 0:
            break
        found[n] = facts.texts[facts.reports[n].key]
    return found
