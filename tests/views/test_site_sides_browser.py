"""Comparison, rates, programmes together and coverage in Debian's Chromium: their figures are those of the measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg.claims.decisions import read_curation
from kg.ids import observation_id
from kg.model import Evidence, Observation, Status
from kg.views.alike import alike, portfolios, together
from kg.views.facts import Facts
from kg.views.page import write
from kg.views.site import site
from tests.views import synth
from tests.views.test_site_browser import CHROMIUM, Shown, open_page, playwright

pytestmark = pytest.mark.browser
SIZE = synth.Size(jurisdictions=12, programmes=16, partners=6, orgs=2, sentences=16)

# Words around a value, the value, what the page shows, and which way it is bounded.
BOUNDS = [
    ("签约率达到", "85%", "。", "85%", ""),
    ("签约率达到", "85%", "以上。", "85%以上", "up"),
    ("签约率", "85%", "及以上。", "85%以上", "up"),
    ("签约率不低于", "85%", "。", "不低于85%", "up"),
    ("签约率不超过", "85%", "。", "不超过85%", "down"),
    ("死亡率控制在", "5‰", "以内。", "控制在5‰以内", "down"),
    ("死亡率低于", "5‰", "。", "低于5‰", "down"),
    ("签约率约", "85%", "。", "约85%", ""),
    ("签约率", "85%", "左右。", "85%左右", ""),
    ("签约率≥", "85%", "。", "≥85%", "up"),
    ("签约率保持在", "70%", "-75%。", "70%-75%", "up"),
    ("签约率保持在70-", "75%", "。", "70-75%", "down"),
    ("标准从", "40元", "到50元。", "40元", ""),
    ("标准从40元到", "50元", "。", "50元", ""),
    ("补助由2020年的", "40元", "至50元。", "40元", ""),
    ("𠮷县签约率", "85%", "以上。", "85%以上", "up"),  # a sign beyond 16 bits before the value
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def bounded(facts: Facts) -> list[Observation]:
    """An observation for each case, each with a sentence of its own behind the end of the report."""
    report, place = facts.reports[0], facts.reports[0].jurisdiction
    made = []
    for n, (before, value, after, _, _) in enumerate(BOUNDS):
        start = len(report.text) + 100 * n
        mark = (start + len(before), start + len(before) + len(value))
        said = Evidence(start, start + len(before + value + after), before + value + after, (mark,))
        key = observation_id(report.key, start, said.end, place, f"指标{n}", value, Status.REALISED)
        metric = ("指标甲", "指标甲", Decimal(n + 1), value, "%" if n else "‰")
        made.append(Observation(key, report.key, place, *metric, Status.REALISED, said, "rate-1", 2024))
    return made


@pytest.fixture(scope="module")
def facts() -> Facts:
    made = synth.facts(SIZE)
    return replace(made, observations=(*made.observations, *bounded(made)))


@pytest.fixture(scope="module")
def file(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "page.html"
    write(file, site(facts))
    return file


@pytest.fixture
def at(browser: Any, file: Path) -> Iterator[Any]:
    """Opens the page at an address; nothing may complain."""
    pages: list[Shown] = []

    def go(state: str, width: int = 1280) -> Shown:
        pages.append(open_page(browser, file, state, width))
        return pages[-1]

    yield go
    for shown in pages:
        assert shown.said == []
        shown.page.close()


PAIRS = """() => {
  const rows = Array.from(KG.spreads()), found = [];
  rows.forEach(([a, one], k) => rows.slice(k + 1).forEach(function ([b, two]) {
    const like = KG.alike(one, two);
    if (like.shared.length) found.push([[KG.id(a), KG.id(b)].sort(), like.shared.length, like.jaccard]);
  }));
  return found;
}"""
NEAREST = """() => {
  const portfolios = KG.portfolios(), found = [];
  portfolios.forEach((_, n) => KG.nearest(n, portfolios).forEach((row) => KG.id(n) < KG.id(row.n) && found.push(
    [KG.id(n), KG.id(row.n), row.jaccard, row.cosine, row.shared.map(KG.id).sort(), row.onlyA, row.onlyB])));
  return found;
}"""


def test_pairs_of_programmes_are_those_of_the_measure(at: Any, facts: Facts) -> None:
    shown = at("#v=together&top=50")
    wanted = {(r.a, r.b): (r.both, r.jaccard) for r in together(facts)}
    found = {(a, b): (n, jaccard) for (a, b), n, jaccard in shown.has(PAIRS)}
    assert found == {key: (n, pytest.approx(jaccard, abs=1e-4)) for key, (n, jaccard) in wanted.items()}
    cells = shown.has(
        "Array.from(document.querySelectorAll('.together td[data-sel]')).map((td) => [td.dataset.sel, td.textContent])"
    )
    assert len(cells) > 200
    for sel, text in cells:
        a, b = sorted(sel.split("|")[1:])
        assert int(text) == wanted[a, b][0]


def test_likeness_of_places_is_that_of_the_measure(at: Any, facts: Facts) -> None:
    found = at("#v=compare").has(NEAREST)
    wanted = {(r.a, r.b): r for r in alike(facts)}
    assert len(found) == len(wanted) > 50
    for a, b, jaccard, cosine, shared, only_a, only_b in found:
        row = wanted[a, b]
        assert (round(jaccard, 4), round(cosine, 4)) == pytest.approx((row.jaccard, row.cosine), abs=1e-4)
        assert (tuple(shared), only_a, only_b) == (row.shared, len(row.only_a), len(row.only_b))


def test_the_three_columns_of_a_comparison(at: Any, facts: Facts) -> None:
    row = alike(facts)[0]
    shown = at(f"#v=compare&a={row.a}&b={row.b}")
    found = shown.has(
        """Array.from(document.querySelectorAll('.sides')[0].tBodies[0].rows).map((tr) => Array.from(tr.cells).slice(1)
        .map((td) => Array.from(td.querySelectorAll('li > a')).map((a) => a.textContent)))"""
    )
    columns = [sorted(name for line in found for name in line[k]) for k in range(3)]
    assert columns == [sorted(map(facts.label, keys)) for keys in (row.only_a, row.shared, row.only_b)]
    assert f"Jaccard {row.jaccard:.2f}" in shown.text(".like")
    shown.page.click("button.proof")
    assert shown.page.is_visible("#panel blockquote")


def test_nothing_is_said_of_a_place_without_a_report(at: Any, facts: Facts) -> None:
    """A province: no report of its own was read, though its counties' were."""
    unread = next(k for k, e in facts.entities.items() if e.level == "province")
    shown = at(f"#v=compare&a={min(facts.covered)}&b={unread}")
    assert "没有读到" in shown.text(".warning")
    assert shown.page.query_selector(".overlap") is None
    assert "没有报告" in shown.text(".sides thead")


def test_places_are_found_by_a_part_of_their_name(at: Any, facts: Facts) -> None:
    place = min(facts.covered)
    shown = at("#v=compare")
    shown.page.fill("#compare-a", facts.label(place))
    shown.page.press("#compare-a", "Tab")
    assert shown.has("KG.state.a") == place
    shown.page.fill("#compare-b", "县")
    shown.page.press("#compare-b", "Tab")
    several = shown.page.query_selector_all(".candidates button")
    assert len(several) > 1, "one of several is not chosen for the reader"
    several[0].click()
    assert shown.has("KG.state.b") in facts.covered
    shown.page.click('[data-focus="swap"]')
    assert shown.has("KG.state.b") == place


def test_each_place_stands_in_one_combination(at: Any, facts: Facts) -> None:
    shown = at("#v=together")
    spread: dict[str, int] = defaultdict(int)
    for programmes in portfolios(facts).values():
        for programme in programmes:
            spread[programme] += 1
    widest = set(sorted(spread, key=lambda p: (-spread[p], p))[:6])
    wanted: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for place, programmes in portfolios(facts).items():
        wanted[tuple(sorted(map(facts.label, widest & programmes)))].add(facts.label(place))
    wanted.pop((), None)
    rows = shown.has(
        """Array.from(document.querySelectorAll('.view-together .rows tbody tr')).map((tr) => [tr.cells[0].textContent,
        Array.from(tr.cells[3].querySelectorAll('a')).map((a) => a.textContent), Number(tr.cells[2].textContent)])"""
    )
    assert {tuple(sorted(what.split(" + "))): set(places) for what, places, _ in rows} == wanted
    assert all(len(places) == count for _, places, count in rows)
    assert len(shown.page.query_selector_all(".combo")) == len(rows)


def test_a_combination_that_is_chosen_names_its_places(at: Any) -> None:
    shown = at("#v=together")
    shown.page.dispatch_event(".combo", "click")
    named = shown.has("document.querySelectorAll('.view-together .card a').length")
    assert named == int(shown.text(".view-together .rows tbody tr td:nth-child(3)"))
    shown.page.click("details.sets summary")
    shown.page.click("details.sets input:checked")
    assert len(shown.has("KG.state.set").split(",")) == 5
    assert shown.page.is_visible("details.sets .boxes"), "the list stays open while one chooses"


def test_pairs_are_walked_and_opened_by_keys(at: Any) -> None:
    shown = at("#v=together")
    assert len(shown.page.query_selector_all('.together td[tabindex="0"]')) == 1
    shown.page.focus('.together td[tabindex="0"]')
    for key in ("ArrowDown", "ArrowDown", "End", "Home", "Enter"):
        shown.page.keyboard.press(key)
    assert shown.has("KG.state.sel").startswith("both|")
    assert shown.page.is_visible("#panel blockquote")


@pytest.mark.parametrize("n", range(len(BOUNDS)), ids=["".join(case[:3]) for case in BOUNDS])
def test_a_value_is_shown_with_its_bound(at: Any, facts: Facts, n: int) -> None:
    key = facts.observations[len(facts.observations) - len(BOUNDS) + n].id.rpartition("/")[2]
    assert at("#v=rates").has(f"KG.bounded(KG.rateOf('{key}'))") == {"text": BOUNDS[n][3], "way": BOUNDS[n][4]}


def test_units_have_drawings_of_their_own(at: Any) -> None:
    shown = at(f"#v=rates&metric={quote('指标甲')}")
    points = shown.has(
        "Array.from(document.querySelectorAll('svg.figure')).map((s) => s.querySelectorAll('.point').length)"
    )
    assert sorted(points) == [1, len(BOUNDS) - 1]
    assert "不可相互比较" in shown.text("#view")
    rows = shown.has("document.querySelectorAll('.rate .rows tbody tr').length")
    assert rows == len(BOUNDS), "the tables say what the drawings say"


def test_rates_name_their_denominator_and_follow_the_filter(at: Any, facts: Facts) -> None:
    metric = synth.METRICS[0][0]
    own = [o for o in facts.observations if o.metric == metric]
    assert f"{len(facts.covered)} 个已读地区中有 {len({o.subject for o in own})} 个" in at(
        f"#v=rates&metric={quote(metric)}"
    ).text(".rate")
    shown = at(f"#v=rates&metric={quote(metric)}&year=2023")
    wanted = [o for o in own if facts.year(o) == 2023]
    assert 0 < len(wanted) < len(own)
    assert len(shown.page.query_selector_all(".point")) == len(wanted)
    shown.page.dispatch_event(".point", "click")
    assert shown.has("KG.state.sel").startswith("rate|")
    assert len(shown.page.query_selector_all(".point.chosen")) == 1


def test_the_csv_of_rates_holds_all_until_one_is_chosen(at: Any, facts: Facts) -> None:
    metric = synth.METRICS[0][0]
    rows = "KG.views.get('rates').csv().length - 1"
    assert at("#v=rates").has(rows) == len(facts.observations)
    assert at(f"#v=rates&metric={quote(metric)}").has(rows) == sum(o.metric == metric for o in facts.observations)


def test_coverage_counts_reports_and_a_tile_filters(at: Any, facts: Facts) -> None:
    shown = at("#v=coverage")
    tiles = dict(
        shown.has(
            "Array.from(document.querySelectorAll('button.tile.read')).map((b) => [b.dataset.focus.slice(4), "
            "Number(b.children[1].textContent)])"
        )
    )
    wanted: dict[str, int] = defaultdict(int)
    for report in facts.reports:
        wanted[facts.province(report.jurisdiction)] += 1
    assert tiles == {key: n for key, n in wanted.items() if key in tiles}
    assert len(tiles) >= 4
    assert shown.has("document.querySelectorAll('.tile').length") == 34
    province = min(tiles)
    shown.page.click(f'[data-focus="tile{province}"]')
    assert shown.has("KG.state.province") == province
    shown.page.click('[data-focus="partreports"]')
    assert len(shown.page.query_selector_all(".rows tbody tr")) == wanted[province]


def test_corrections_become_the_table_the_next_build_takes(at: Any, facts: Facts, tmp_path: Path) -> None:
    claim = next(c for c in facts.claims if c.status is Status.REALISED)
    rate = facts.observations[0]
    shown = at(f"#v=coverage&part=corrections&sel=claims|{claim.id.rpartition('/')[2]}")
    assert "还没有标记更正" in shown.text("#view")
    shown.page.click("#panel details summary")
    shown.page.select_option("#panel .flag select", "planned")
    assert len(shown.page.query_selector_all("#view .rows tbody tr")) == 1, "it shows at once"
    shown.has(f"KG.go({{ sel: 'rate|{rate.id.rpartition('/')[2]}' }})")
    shown.page.click("#panel details summary")
    shown.page.select_option("#panel .flag select", "reject")
    assert shown.text('[data-focus="partcorrections"]').split()[-1] == "2"
    with shown.page.expect_download() as waiting:
        shown.page.click("#view .buttons button")
    table = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(table)
    assert table.name == "curation.tsv"
    taken = read_curation(table)
    assert taken.problems == ()
    assert {(r.action, r.target, r.value) for r in taken.rows} == {
        ("accept", claim.id, "planned"),
        ("reject", rate.id, ""),
    }
    shown.page.click("#view .buttons button:last-child")
    assert "还没有标记更正" in shown.text("#view")


@pytest.mark.parametrize("part", ["", "reports", "problems", "corrections"])
def test_parts_of_coverage_fit_a_phone(at: Any, part: str) -> None:
    shown = at(f"#v=coverage&part={part}", 400)
    assert shown.has("document.documentElement.scrollWidth") <= 400


def test_views_fit_a_phone(at: Any, facts: Facts) -> None:
    a, b = sorted(facts.covered)[:2]
    for state in ("#v=compare", f"#v=compare&a={a}", f"#v=compare&a={a}&b={b}", "#v=rates", "#v=together"):
        assert at(state, 400).has("document.documentElement.scrollWidth") <= 400, state
