"""The data block holds what the facts hold: decoded again, it gives the same claims, sentences and figures."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict, replace
from typing import Any

import pytest

from kg.model import Evidence, Predicate, Status
from kg.views import recur
from kg.views.facts import Facts, gather
from kg.views.page import json_block
from kg.views.site_data import data, size
from tests.views import samples, synth

SIZE = synth.Size(jurisdictions=6, programmes=8, partners=5, orgs=2, sentences=10)
ROOM = 8_000_000
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><!--",
    'x" onmouseover="alert(1)',
    '<a href="javascript:alert(1)">href</a>',
    "a\u2028b\u2029c",
    "\u202egnp.exe\u200f",
    "\x00",
    "长" * 100_000,
]


def block(facts: Facts, room: int = ROOM) -> dict[str, Any]:
    """The data block as a page reads it."""
    found: dict[str, Any] = json.loads(json_block(data(facts, title="题", words={}, room=room)))
    return found


@pytest.fixture(scope="module")
def made_up() -> Facts:
    return synth.facts(SIZE)


@pytest.fixture(scope="module")
def from_reports(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return samples.facts(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module", params=["made_up", "from_reports"])
def facts(request: pytest.FixtureRequest) -> Facts:
    found: Facts = request.getfixturevalue(request.param)
    return found


def quote(found: dict[str, Any], sentence: int) -> str:
    """A sentence as the page shows it."""
    rows = found["sentences"]
    report = found["reports"][rows["report"][sentence]]
    sliced: str = report.get("text", "")[rows["start"][sentence] : rows["end"][sentence]]
    return sliced if "text" in report else rows["quote"][sentence]


def decoded(found: dict[str, Any], table: str, *own: str) -> list[tuple[Any, ...]]:
    """Rows of a table with their numbers turned back into words."""
    rows, vocab, nodes = found[table], found["vocab"], found["nodes"]["id"]
    return [
        (
            rows["id"][n],
            found["reports"][found["sentences"]["report"][rows["sentence"][n]]]["key"],
            nodes[rows["s"][n]],
            vocab["statuses"][rows["status"][n]],
            vocab["rules"][rows["rule"][n]],
            rows["year"][n],
            quote(found, rows["sentence"][n]),
            *(rows[name][n] for name in own),
        )
        for n in range(len(rows["id"]))
    ]


@pytest.mark.parametrize("room", [ROOM, 0], ids=["with texts", "with quotes"])
def test_claims_come_back_as_they_were(facts: Facts, room: int) -> None:
    found = block(facts, room)
    rows, nodes, vocab = found["claims"], found["nodes"]["id"], found["vocab"]
    ends = [
        (vocab["predicates"][p], nodes[o], vocab["kinds"][k])
        for p, o, k in zip(rows["p"], rows["o"], rows["kind"], strict=True)
    ]
    assert [(*row, *end) for row, end in zip(decoded(found, "claims"), ends, strict=True)] == [
        (
            c.id.removeprefix("claim/"), c.report, c.subject, c.status.value, c.rule, facts.year(c) or 0,
            c.evidence.quote, c.predicate.value, c.object, c.kind,
        )
        for c in facts.claims
    ]  # fmt: skip


@pytest.mark.parametrize("room", [ROOM, 0], ids=["with texts", "with quotes"])
def test_observations_come_back_as_they_were(facts: Facts, room: int) -> None:
    found = block(facts, room)
    rows, vocab = found["observations"], found["vocab"]
    kinds = [(vocab["metrics"][m], vocab["units"][u]) for m, u in zip(rows["metric"], rows["unit"], strict=True)]
    said = decoded(found, "observations", "name", "value", "text")
    assert [(*row, *kind) for row, kind in zip(said, kinds, strict=True)] == [
        (
            o.id.removeprefix("observation/"), o.report, o.subject, o.status.value, o.rule, facts.year(o) or 0,
            o.evidence.quote, o.metric_text, str(o.value), o.value_text, o.metric, o.unit,
        )
        for o in facts.observations
    ]  # fmt: skip


def test_marks_lie_where_they_lay(facts: Facts) -> None:
    found = block(facts)
    for n, claim in enumerate(facts.claims):
        flat = found["claims"]["marks"][n]
        shown = quote(found, found["claims"]["sentence"][n])
        text = facts.texts[claim.report]
        assert [shown[a:b] for a, b in zip(flat[::2], flat[1::2], strict=True)] == [
            text[a:b] for a, b in claim.evidence.marks
        ]


def test_the_matrix_counts_as_recur_does(facts: Facts) -> None:
    """Jurisdiction of the report, and the subject if it is a region: as the page counts, from columns alone."""
    found = block(facts)
    rows, nodes, types = found["claims"], found["nodes"], found["vocab"]["types"]
    counts: Counter[tuple[str, str, str]] = Counter()
    for n, p in enumerate(rows["p"]):
        if found["vocab"]["predicates"][p] == "implements":
            home = found["reports"][found["sentences"]["report"][rows["sentence"][n]]]["place"]
            places = {home, rows["s"][n] if types[nodes["type"][rows["s"][n]]] == "Region" else -1} - {-1}
            counts.update(
                (nodes["id"][rows["o"][n]], nodes["id"][r], found["vocab"]["statuses"][rows["status"][n]])
                for r in places
            )
    expected = {(c.programme, c.jurisdiction, s.value): getattr(c, s.value) for c in recur.cells(facts) for s in Status}
    assert counts == {key: n for key, n in expected.items() if n}
    assert found["coverage"] == asdict(recur.coverage(facts))


def test_every_node_has_a_name_a_place_and_its_surroundings(facts: Facts) -> None:
    nodes = block(facts)["nodes"]
    assert nodes["id"] == sorted({*facts.entities, *facts.concepts})
    assert {len(column) for name, column in nodes.items() if isinstance(column, list)} == {len(nodes["id"])}
    assert nodes["label"] == [facts.label(key) for key in nodes["id"]]
    for key, parent in zip(nodes["id"], nodes["parent"], strict=True):
        around = facts.entities[key].parent if key in facts.entities else facts.concepts[key].broader
        assert (nodes["id"][parent] if parent >= 0 else "") == around
    spots = list(zip(nodes["x"], nodes["y"], strict=True))
    assert len(set(spots)) > 0.95 * len(spots), "nodes stand on each other"


def test_a_province_is_found_by_climbing_as_the_facts_do(facts: Facts) -> None:
    found = block(facts)
    nodes, levels = found["nodes"], found["vocab"]["levels"]
    for n, key in enumerate(nodes["id"]):
        if key not in facts.concepts:
            at = n
            while at >= 0 and levels[nodes["level"][at]] != "province":
                at = nodes["parent"][at]
            assert (nodes["id"][at] if at >= 0 else "") == facts.province(key)


def test_each_sentence_stands_there_once_and_in_order(facts: Facts) -> None:
    rows = block(facts)["sentences"]
    spans = list(zip(rows["report"], rows["start"], rows["end"], strict=True))
    assert spans == sorted(set(spans))


def test_full_texts_are_carried_until_the_room_is_used_up(made_up: Facts) -> None:
    whole, none = block(made_up), block(made_up, 0)
    assert [r.get("text") for r in whole["reports"]] == [made_up.texts[r["key"]] for r in whole["reports"]]
    assert not any(whole["sentences"]["quote"])
    assert all(none["sentences"]["quote"])
    for room in range(size(none), size(whole), 5000):
        some = data(made_up, title="题", words={}, room=room)
        assert size(some) <= room
        for n, report in enumerate(some["sentences"]["report"]):
            assert bool(some["sentences"]["quote"][n]) != ("text" in some["reports"][report])


def test_a_text_that_does_not_say_what_is_quoted_is_left_out(made_up: Facts) -> None:
    """Another extractor's claims may be misquoted; the page shows what they say, not what stands at those offsets."""
    claim = made_up.claims[0]
    wrong = replace(claim, evidence=replace(claim.evidence, quote="另一句。"))
    found = block(replace(made_up, claims=(wrong, *made_up.claims[1:])))
    assert quote(found, found["claims"]["sentence"][0]) == "另一句。"
    assert sum("text" not in r for r in found["reports"]) == 1


def test_offsets_count_code_points_beyond_16_bits_too() -> None:
    first = synth.extractions(SIZE)[0]
    text = "𠮷田🏥\r\n" + "某县与𠮷院合作。" + "\U0001f600后文"
    said = Evidence(5, 13, text[5:13], ((8, 10),))

    report = replace(first.report, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    one = replace(first, report=report, claims=(replace(first.claims[0], evidence=said),), observations=())
    shown = gather([one], regions=synth.regions(SIZE), concepts=synth.concepts(SIZE), texts={report.key: text})
    found = block(shown)
    assert "text" in found["reports"][0]
    assert quote(found, 0) == "某县与𠮷院合作。"
    assert found["claims"]["marks"] == [[3, 5]]


def test_ends_that_nothing_describes_are_nodes_too(made_up: Facts) -> None:
    claim = replace(made_up.claims[0], predicate=Predicate.PARTNERS_WITH, object="org/unheard-of")
    found = block(replace(made_up, claims=(claim,), observations=()))
    n = found["nodes"]["id"].index("org/unheard-of")
    assert (found["nodes"]["label"][n], found["vocab"]["types"][found["nodes"]["type"][n]]) == (
        "org/unheard-of",
        "Organization",
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://EXAMPLE.ORG/", "HTTP://EXAMPLE.ORG/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("/etc/passwd", ""),
        ("file:///c:/x.txt", ""),
        ("http//x", ""),
        (" https://example.org", ""),
    ],
)
def test_only_web_addresses_lead_anywhere(made_up: Facts, given: str, shown: str) -> None:
    key = made_up.reports[0].key
    assert block(replace(made_up, sources={key: given}))["reports"][0]["source"] == shown


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_carried_as_text(made_up: Facts, text: str) -> None:
    entities = {k: replace(e, label=text) for k, e in made_up.entities.items()}
    first = replace(made_up.reports[0], title=text, file_name=text, published=text)
    shown = replace(made_up, entities=entities, reports=(first, *made_up.reports[1:]))
    raw = json_block(data(shown, title=text, words={}, room=0))
    found = json.loads(raw)
    assert not set("<>&\u2028\u2029") & set(raw)
    assert found["title"] == text
    assert set(found["nodes"]["label"]) == {text, *(c.zh for c in made_up.concepts.values())}
    assert found["reports"][0]["title"] == text


def test_lone_surrogates_keep_offsets_true(made_up: Facts) -> None:
    claim = made_up.claims[0]
    said = replace(claim.evidence, quote="\ud800" * len(claim.evidence.quote))
    found = block(replace(made_up, claims=(replace(claim, evidence=said),), observations=(), texts={}))
    assert found["sentences"]["quote"] == ["?" * len(said.quote)]


def test_a_schema_of_columns(made_up: Facts) -> None:
    found = block(made_up)
    assert list(found) == [
        "format", "title", "words", "coverage", "vocab", "nodes", "reports", "sentences", "claims", "observations",
        "problems",
    ]  # fmt: skip
    assert found["vocab"]["statuses"] == ["realised", "planned", "stopped"]
    for table in ("sentences", "claims", "observations"):
        assert len({len(column) for column in found[table].values()}) == 1
    assert found["problems"] == [["a.txt#char=3,9", "ambiguous", "两处同名", "在对照表中选一个"]]
