"""Every figure of the measures is asked of the store again, in SPARQL, and must agree."""

from __future__ import annotations

from collections import defaultdict
from math import sqrt

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import UsageError
from kg.files import package_path
from kg.graph.build import catalogue_quads, report_quads
from kg.graph.iris import identifier
from kg.model import Claim, Entity, EntityType, Evidence, Extraction, Predicate, Report, Status
from kg.views import alike, hubs, measures, partners, recur
from kg.views.facts import Facts, gather
from tests.views import synth

QUERIES = package_path("data") / "queries" / "recur"
SIZE = synth.Size(jurisdictions=13, programmes=17, partners=9, orgs=3, sentences=14)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return synth.facts(SIZE)


@pytest.fixture(scope="module")
def store() -> Store:
    """The graph of the made-up reports, the regions around them included."""
    blocks = synth.extractions(SIZE)
    places = [Entity(r.id, r.type, r.label, r.aliases, r.parent, r.level) for r in synth.regions(SIZE).values()]
    reference = Extraction(Report("reference", "", "", "0"), tuple(places))
    lines = [*report_quads(reference), *catalogue_quads(blocks)]
    for block in blocks:
        lines += report_quads(block)
    filled = Store()
    filled.load("\n".join(lines).encode(), format=RdfFormat.N_QUADS)
    return filled


def ask(store: Store, name: str) -> list[dict[str, str]]:
    """Rows of a shipped query: identifiers as in the claims file, everything else as text."""
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    answer = store.query(text, use_default_graph_as_union=True)
    names = [v.value for v in answer.variables]  # type: ignore[union-attr]
    return [{n: _value(row[n]) for n in names} for row in answer]  # type: ignore[union-attr]


def _value(term: object) -> str:
    if isinstance(term, NamedNode):
        return term.value.rpartition("#")[2] if "#" in term.value else identifier(term.value)
    return "" if term is None else str(term.value)  # type: ignore[attr-defined]


def test_coverage_is_what_the_store_says(facts: Facts, store: Store) -> None:
    (row,) = ask(store, "coverage")
    assert row == {k: str(v) for k, v in zip(*_columns("coverage", facts), strict=True)}


def _columns(name: str, facts: Facts) -> tuple[tuple[str, ...], tuple[object, ...]]:
    table = measures.table(name, facts)
    return table.columns, table.rows[0]


def test_every_cell_of_the_matrix(facts: Facts, store: Store) -> None:
    asked = {
        (r["programme"], r["region"]): (int(r["realised"]), int(r["planned"]), int(r["stopped"]))
        for r in ask(store, "matrix")
    }
    covered = {r["region"] for r in ask(store, "covered")}
    assert covered == facts.covered
    for cell in recur.cells(facts):
        counts = asked.pop((cell.programme, cell.jurisdiction), (0, 0, 0))
        assert (cell.realised, cell.planned, cell.stopped) == counts
        assert cell.mark is recur.mark_of(*counts, read=cell.jurisdiction in covered)
    assert not asked, "the store knows cells the matrix lacks"


PROGRAMME_FIGURES = (
    "jurisdictions", "realised", "planned", "uncovered", "organisations", "reports", "years_realised", "years_planned",
)  # fmt: skip


def test_spread_of_every_programme(facts: Facts, store: Store) -> None:
    asked = {r["programme"]: r for r in ask(store, "programmes")}
    ours = recur.programmes(facts)
    assert {p.programme for p in ours} == set(asked)
    for row in ours:
        theirs = asked[row.programme]
        assert {f: str(getattr(row, f)) for f in PROGRAMME_FIGURES} == {f: theirs[f] for f in PROGRAMME_FIGURES}
        assert str(row.first_year or "none") == theirs["first_year"]
        assert (row.of_jurisdictions, row.of_reports) == (len(facts.covered), len(facts.reports))


def test_levels_and_provinces_of_every_programme(facts: Facts, store: Store) -> None:
    levels: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    provinces: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for r in ask(store, "programmes-spread"):
        levels[r["programme"]][r["level"].lower()] += int(r["jurisdictions"])
        provinces[r["programme"]][r["province"]] += int(r["jurisdictions"])
    for row in recur.programmes(facts):
        assert dict(row.by_level) == levels[row.programme]
        assert dict(row.by_province) == provinces[row.programme]


def test_diffusion_year_by_year(facts: Facts, store: Store) -> None:
    regions: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for r in ask(store, "diffusion"):
        regions[r["programme"]][int(r["year"])].add(r["region"])
    read = {int(r["year"]): (int(r["jurisdictions"]), int(r["reports"])) for r in ask(store, "read-by-year")}
    steps = recur.diffusion(facts)
    assert {(s.programme, s.year) for s in steps} == {(p, y) for p, years in regions.items() for y in years}
    for step in steps:
        years = regions[step.programme]
        before = {j for y, js in years.items() if y < step.year for j in js}
        assert step.jurisdictions == len(years[step.year])
        assert step.new == len(years[step.year] - before)
        assert step.so_far == len(years[step.year] | before)
        assert (step.of_jurisdictions, step.of_reports) == read[step.year]


PARTNER_FIGURES = ("jurisdictions", "provinces", "counterparts", "reports", "realised", "planned")


def test_reach_of_every_partner(facts: Facts, store: Store) -> None:
    asked = {r["institution"]: r for r in ask(store, "partners")}
    kinds: dict[str, dict[str, int]] = defaultdict(dict)
    for r in ask(store, "partners-kinds"):
        kinds[r["institution"]][r["kind"]] = int(r["claims"])
    ours = partners.partners(facts)
    assert [p.institution for p in ours] == list(asked)
    for row in ours:
        theirs = asked[row.institution]
        assert {f: str(getattr(row, f)) for f in PARTNER_FIGURES} == {f: theirs[f] for f in PARTNER_FIGURES}
        assert dict(row.kinds) == kinds[row.institution]


def test_jurisdictions_alike(facts: Facts, store: Store) -> None:
    have: dict[str, set[str]] = defaultdict(set)
    for r in ask(store, "portfolios"):
        have[r["region"]].add(r["programme"])
    asked = {(r["a"], r["b"]): int(r["shared"]) for r in ask(store, "alike")}
    ours = alike.alike(facts)
    assert {(row.a, row.b) for row in ours} == set(asked)
    for row in ours:
        a, b, n = len(have[row.a]), len(have[row.b]), asked[row.a, row.b]
        assert len(row.shared) == n
        assert row.jaccard == round(n / (a + b - n), 4)
        assert row.cosine == round(n / sqrt(a * b), 4)
        assert set(row.only_a) == have[row.a] - have[row.b]
        assert set(row.only_b) == have[row.b] - have[row.a]


def test_programmes_together(facts: Facts, store: Store) -> None:
    asked = {(r["a"], r["b"]): int(r["both"]) for r in ask(store, "together")}
    assert {tuple(sorted((t.a, t.b))): t.both for t in alike.together(facts)} == {
        tuple(sorted(pair)): n for pair, n in asked.items()
    }


def test_projections_carry_the_ties_as_weights(facts: Facts, store: Store) -> None:
    graph = alike.project(facts, "jurisdictions")
    assert set(graph) == facts.covered
    for r in ask(store, "alike"):
        assert graph[r["a"]][r["b"]]["weight"] == int(r["shared"])
    programmes = alike.project(facts, "programmes")
    assert programmes.number_of_edges() == len(ask(store, "together"))


def test_hubs_follow_from_the_edges_of_the_store(facts: Facts, store: Store) -> None:
    joined = {tuple(sorted((r["a"], r["b"]))): int(r["weight"]) for r in ask(store, "edges")}
    assert joined == hubs.edges(facts)
    ours = hubs.hubs(facts)
    assert hubs.measure(facts, joined) == ours  # type: ignore[arg-type]
    degrees = {r["node"]: (int(r["degree"]), int(r["weight"])) for r in ask(store, "hubs")}
    assert {h.id: (h.degree, h.weight) for h in ours} == degrees
    assert sum(h.pagerank for h in ours) == pytest.approx(1, abs=1e-3)


def test_a_bridge_has_the_highest_betweenness() -> None:
    joined = {("a1", "a2"): 1, ("a1", "b"): 1, ("a2", "b"): 1, ("b", "c1"): 1, ("b", "c2"): 1, ("c1", "c2"): 1}
    rows = {h.id: h for h in hubs.measure(gather([], regions={}, concepts={}), joined)}
    assert rows["b"].betweenness == max(h.betweenness for h in rows.values()) > 0.5
    assert rows["a1"].community == rows["a2"].community != rows["c1"].community


def test_order_of_reports_does_not_matter(facts: Facts) -> None:
    turned = gather(reversed(synth.extractions(SIZE)), regions=synth.regions(SIZE), concepts=synth.concepts(SIZE))
    for name in measures.MEASURES:
        assert measures.table(name, turned) == measures.table(name, facts), name


def _said(report: str, subject: str, status: Status, n: int) -> Claim:
    evidence = Evidence(n, n + 1, "。")
    return Claim(f"claim/{report}{n}", report, subject, Predicate.IMPLEMENTS, "program/p000", status, evidence, "r")


def small() -> Facts:
    """One county with a report that says nothing of p000, one that stopped it, one only named by the city."""
    places = {
        f"region/{code}": Entity(f"region/{code}", EntityType.REGION, name, (), parent, level)
        for code, name, parent, level in (
            ("330000", "甲省", "", "province"),
            ("330400", "乙市", "region/330000", "prefecture"),
            ("330481", "丙市", "region/330400", "county"),
            ("330482", "丁市", "region/330400", "county"),
            ("330483", "戊市", "region/330400", "county"),
        )
    }
    city = Report("city", "c.txt", "", "0", jurisdiction="region/330400", year=2024)
    county = Report("county", "d.txt", "", "0", jurisdiction="region/330481", year=2023)
    other = Report("other", "o.txt", "", "0", jurisdiction="region/330483", year=2024)
    blocks = [
        Extraction(city, (), (_said("city", "region/330482", Status.REALISED, 1),)),
        Extraction(county, (), (_said("county", "region/330481", Status.STOPPED, 1),)),
        Extraction(other),
    ]
    return gather(blocks, regions=places, concepts={})


def test_not_mentioned_is_not_the_same_as_not_read() -> None:
    marks = {c.jurisdiction[7:]: c.mark.value for c in recur.cells(small())}
    assert marks == {
        "330400": "realised",  # its own report says that a county inside runs it
        "330481": "stopped",
        "330482": "realised",  # named by the city's report, none of its own
        "330483": "silent",
    }
    (row,) = recur.programmes(small())
    assert (row.jurisdictions, row.of_jurisdictions, row.uncovered) == (1, 3, 1)


@pytest.mark.parametrize(
    ("counts", "read", "mark"),
    [
        ((1, 0, 0), True, "realised"),
        ((0, 1, 0), True, "planned"),
        ((1, 1, 0), True, "both"),
        ((0, 0, 1), True, "stopped"),
        ((1, 0, 1), True, "realised"),  # stopped in one year, run in another: counts show the rest
        ((0, 0, 0), True, "silent"),
        ((0, 0, 0), False, "unread"),
    ],
)
def test_mark(counts: tuple[int, int, int], read: bool, mark: str) -> None:
    assert recur.mark_of(*counts, read=read).value == mark


def test_unknown_measure_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="programmes"):
        measures.table("sprawl", small())


def test_every_query_says_what_it_answers_in_both_languages() -> None:
    files = sorted(QUERIES.glob("*.rq"))
    assert files
    for path in files:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# "), path.name
        assert " · " in first, path.name
