"""The explorer in Debian's Chromium: every view, narrow and wide, light and dark, without WebGL, by keyboard."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from kg.files import package_path
from kg.model import Entity, EntityType
from kg.views import recur
from kg.views.alike import alike, together
from kg.views.facts import Facts
from kg.views.page import write
from kg.views.partners import partners
from kg.views.site import scripts, site
from tests.views import samples, synth

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium")
AXE = Path(os.environ.get("AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
SIZE = synth.Size(jurisdictions=8, programmes=10, partners=6, orgs=2, sentences=14)
HOSTILE = '"><img src=x onerror="window.ran=1"><script>window.ran=1</script> href \u2028\u202e javascript:window.ran=1'
FOLDER = package_path("data") / "page" / "site"
VIEWS = sorted(
    {v for n in scripts() for v in re.findall(r'KG\.view\("(\w+)"', (FOLDER / f"{n}.js").read_text("utf-8"))}
)
LISTED = [view for view in VIEWS if view != "page"]

if CHROMIUM is None:
    pytest.skip("Debian's chromium is not installed", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@dataclass
class Shown:
    """A page, what it asked for, and what the console, the policy and faults said."""

    page: Any
    asked: list[str]
    said: list[str]

    def text(self, selector: str) -> str:
        found: str = self.page.inner_text(selector)
        return found

    def has(self, code: str) -> Any:
        return self.page.evaluate(code)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-webgl", "--disable-3d-apis"]
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def facts() -> Facts:
    return synth.facts(SIZE)


@pytest.fixture(scope="module")
def file(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "浏览 页面.html"
    write(file, site(facts, title="示例图谱"))
    return file


@pytest.fixture(scope="module")
def hostile(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of which every text tries to run something."""
    spoilt = replace(
        facts,
        entities={k: replace(e, label=HOSTILE + e.label, aliases=(HOSTILE,)) for k, e in facts.entities.items()},
        concepts={k: replace(c, zh=HOSTILE + c.zh, en=HOSTILE + c.en) for k, c in facts.concepts.items()},
        reports=tuple(replace(r, title=HOSTILE, file_name=HOSTILE, published=HOSTILE) for r in facts.reports),
        claims=tuple(replace(c, rule=HOSTILE, evidence=replace(c.evidence, quote=HOSTILE)) for c in facts.claims),
        observations=tuple(replace(o, metric=HOSTILE, metric_text=HOSTILE, unit="<b>") for o in facts.observations),
        problems=tuple(replace(p, where=HOSTILE, kind=HOSTILE, what=HOSTILE, todo=HOSTILE) for p in facts.problems),
        sources=dict.fromkeys(facts.report, "javascript:window.ran=1"),
    )
    file = tmp_path_factory.mktemp("hostile") / "page.html"
    write(file, site(spoilt, title=HOSTILE))
    return file


def open_page(browser: Any, file: Path, state: str = "", width: int = 1280, scheme: str = "light") -> Shown:
    """The page at an address, after its first drawing."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="zh-CN")
    shown = Shown(page, [], [])
    page.on("request", lambda request: shown.asked.append(request.url))
    page.on("console", lambda message: shown.said.append(message.text))
    page.on("pageerror", lambda error: shown.said.append(str(error)))
    page.add_init_script(
        "window.blocked = []; addEventListener('securitypolicyviolation', (e) => blocked.push(e.violatedDirective))"
    )
    page.goto(file.as_uri() + state)
    page.wait_for_selector("html[data-drawn]")
    return shown


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Shown]:
    shown = open_page(browser, file)
    yield shown
    assert shown.said == []
    shown.page.close()


def items(facts: Facts) -> list[str]:
    """One thing of each kind that has a page of its own."""
    org = next(e.id for e in facts.entities.values() if e.id.startswith("org/"))
    local = next(e.id for e in facts.entities.values() if e.id.startswith("local-program/"))
    programme = next(c.object for c in facts.claims if c.object.startswith("program/"))
    return [min(facts.covered), org, local, programme, f"report/{facts.reports[0].key}", "region/none"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("view", LISTED)
def test_a_view_asks_for_nothing_and_nothing_complains(
    browser: Any, file: Path, view: str, width: int, scheme: str
) -> None:
    shown = open_page(browser, file, f"#v={view}", width, scheme)
    shown.page.wait_for_timeout(50)
    assert shown.has("document.documentElement.dataset.drawn") == view
    assert [url.partition("#")[0] for url in shown.asked] == [file.as_uri()]
    assert shown.said == []
    assert shown.has("window.blocked") == []
    assert shown.has("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert len(shown.text("#view").strip()) > 20
    shown.page.close()


def test_things_have_pages_that_ask_for_nothing(browser: Any, file: Path, facts: Facts) -> None:
    for key in items(facts):
        shown = open_page(browser, file, f"#v=page&id={quote(key)}", 400)
        assert ([u.partition("#")[0] for u in shown.asked], shown.said) == ([file.as_uri()], [])
        assert len(shown.text("#view").strip()) > 5
        assert shown.has("document.documentElement.scrollWidth") <= 400, key
        shown.page.close()


@pytest.mark.parametrize("view", LISTED)
def test_text_of_reports_runs_nothing_and_becomes_no_element(browser: Any, hostile: Path, view: str) -> None:
    shown = open_page(browser, hostile, f"#v={view}")
    page = shown.page
    for one in page.query_selector_all("#view [data-sel]")[:3]:
        one.dispatch_event("click")
    for one in page.query_selector_all("#view a, #view button, #view td, #view li")[:40]:
        one.hover(force=True, timeout=500) if one.is_visible() else None
    assert shown.has("window.ran") is None
    assert shown.has("document.querySelectorAll('img, script, iframe, object, a[href^=\"javascript\" i]').length") == 2
    assert ([u.partition("#")[0] for u in shown.asked], shown.said) == ([hostile.as_uri()], [])
    assert shown.has("window.blocked") == []
    page.close()


def test_hostile_things_have_harmless_pages(browser: Any, hostile: Path, facts: Facts) -> None:
    for key in items(facts):
        shown = open_page(browser, hostile, f"#v=page&id={quote(key)}")
        assert shown.has("window.ran") is None
        assert shown.has("document.querySelectorAll('#view img, #view script, [href^=\"javascript\" i]').length") == 0
        assert shown.said == []
        shown.page.close()


@pytest.mark.parametrize(
    "state",
    [
        "#v=<img src=x onerror=window.ran=1>",
        "#v=page&id=<b>",
        "#sel=cell|x|y",
        "#sel=claims|zz",
        "#%",
        "#q=%E4%",
        "#lang=xx&year=9",
    ],
)
def test_an_address_can_be_anything(browser: Any, file: Path, state: str) -> None:
    shown = open_page(browser, file, state)
    assert shown.has("window.ran") is None
    assert shown.said == []
    shown.page.close()


def test_keys_alone_lead_from_a_cell_to_its_sentences_and_back(opened: Shown, facts: Facts) -> None:
    page = opened.page
    for _ in range(60):
        page.keyboard.press("Tab")
        if opened.has("document.activeElement.matches('td[data-sel]')"):
            break
    page.keyboard.press("Control+Home")
    seen = []
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        seen.append(opened.has("document.activeElement.dataset.sel"))
        if opened.has("document.activeElement.querySelector('.n') !== null"):
            break
    sel = seen[-1]
    assert sel.startswith("cell|")
    page.keyboard.press("Enter")
    assert opened.has("document.activeElement.id") == "about"
    _, programme, region = sel.split("|")
    expected = {c.evidence.quote for c in facts.claims if c.object == programme and region in facts.jurisdictions(c)}
    assert {q.inner_text() for q in page.query_selector_all("#panel blockquote")} == expected
    assert page.query_selector("#panel blockquote mark") is not None
    page.keyboard.press("Escape")
    assert opened.has("document.activeElement.dataset.sel") == sel
    assert not page.is_visible("#panel")


def test_a_link_opens_what_its_sender_saw(browser: Any, file: Path, opened: Shown) -> None:
    page = opened.page
    page.evaluate("KG.go({ q: '项目00', status: 'realised', rowGroup: 'none' })")
    page.evaluate("document.querySelector('td.m-realised').click()")
    address, state, panel = page.url, opened.has("KG.state"), opened.text("#panel")
    again = open_page(browser, file, "#" + address.partition("#")[2])
    assert again.has("KG.state") == state
    assert again.text("#panel") == panel
    again.page.reload()
    again.page.wait_for_selector("html[data-drawn]")
    assert again.text("#panel") == panel
    again.page.close()


def test_the_back_button_goes_back(opened: Shown) -> None:
    page = opened.page
    page.evaluate("document.querySelector('td.m-realised').click()")
    page.evaluate("KG.go({ v: 'evidence', sel: '' })")
    page.go_back()
    assert opened.has("document.documentElement.dataset.drawn") == "matrix"
    assert page.is_visible("#panel blockquote >> nth=0")
    page.go_back()
    assert not page.is_visible("#panel")
    page.go_forward()
    assert page.is_visible("#panel blockquote >> nth=0")


@pytest.mark.parametrize("view", LISTED)
def test_a_view_is_taken_along_as_csv(browser: Any, file: Path, view: str) -> None:
    shown = open_page(browser, file, f"#v={view}")
    with shown.page.expect_download() as waiting:
        shown.page.click("#csv")
    name, content = waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()
    assert re.search(r"[\u4e00-\u9fff].*\.csv$", name), name
    assert content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    expected = shown.has(f"KG.views.get('{view}').csv()")
    assert [len(row) for row in rows] == [len(row) for row in expected]
    assert rows == [["" if cell is None else as_text(cell) for cell in row] for row in expected]
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1, "not a table"
    shown.page.close()


def as_text(cell: Any) -> str:
    """A cell as JavaScript writes it."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell)


def test_a_cell_that_is_a_formula_is_disarmed(opened: Shown) -> None:
    made = opened.has("""KG.csvText([["=1+1", "@x", "-3", " +1", "a\\nb", 'q"', -3, null]])""")
    assert made == '\ufeff\'=1+1,\'@x,\'-3,\' +1,"a\nb","q""",-3,\r\n'


@pytest.mark.parametrize("view", LISTED)
def test_a_view_is_taken_along_as_a_picture(browser: Any, file: Path, view: str) -> None:
    shown = open_page(browser, file, f"#v={view}")
    with shown.page.expect_download() as waiting:
        shown.page.click("#svg")
    assert waiting.value.suggested_filename.endswith(".svg")
    drawn = ElementTree.parse(waiting.value.path()).getroot()
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(list(drawn.iter())) > 5
    assert not [v for e in drawn.iter() for v in e.attrib.values() if "var(" in v], "a picture alone has no style sheet"
    with shown.page.expect_download() as waiting:
        shown.page.click("#png")
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
    assert shown.said == []
    shown.page.close()


@pytest.fixture(scope="module", params=["made up", "samples"])
def counted(
    request: pytest.FixtureRequest, browser: Any, facts: Facts, file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Shown, Facts]]:
    """A page and the facts it must agree with: made-up reports, and the samples."""
    if request.param == "samples":
        folder = tmp_path_factory.mktemp("samples")
        facts, file = samples.facts(folder), folder / "page.html"
        write(file, site(facts))
    shown = open_page(browser, file)
    yield shown, facts
    assert shown.said == []
    shown.page.close()


def test_cells_show_what_recur_counts(counted: tuple[Shown, Facts]) -> None:
    opened, facts = counted
    opened.has("KG.go({ v: 'matrix' })")
    rows = opened.has(
        "Array.from(KG.cells()).map(([p, row]) => Array.from(row).map(([r, c]) =>"
        " [KG.id(p), KG.id(r), c.realised, c.planned, c.stopped, KG.mark(p, r)])).flat()"
    )
    cells = {(c.programme, c.jurisdiction): c for c in recur.cells(facts)}
    expected = [
        [c.programme, c.jurisdiction, c.realised, c.planned, c.stopped, c.mark.value]
        for c in cells.values()
        if c.claims
    ]
    assert sorted(rows) == sorted(expected)
    shown = opened.has(
        "Array.from(document.querySelectorAll('td[data-sel]'))"
        ".map((td) => [td.dataset.sel, td.className, td.textContent])"
    )
    assert len(shown) == len(cells)
    for sel, mark, number in shown:
        cell = cells[tuple(sel.split("|")[1:])]
        assert (mark, number) == (f"m-{cell.mark.value}", str(cell.claims or ""))


def test_shares_shown_are_those_of_recur(counted: tuple[Shown, Facts]) -> None:
    opened, facts = counted
    opened.has("KG.go({ v: 'matrix' })")
    shown = opened.has(
        "Array.from(document.querySelectorAll('table.matrix tbody tr')).filter((tr) => tr.querySelector('.spread'))"
        ".map((tr) => [tr.querySelector('td[data-sel]').dataset.sel.split('|')[1],"
        " tr.querySelector('.spread').textContent])"
    )
    expected = {r.programme: f"{r.jurisdictions}/{r.of_jurisdictions}" for r in recur.programmes(facts)}
    assert dict(shown) == expected


def table(counted: tuple[Shown, Facts], view: str) -> list[list[Any]]:
    """The rows a view hands out, without its headings."""
    rows: list[list[Any]] = counted[0].has(f"KG.go({{ v: '{view}' }}) || KG.views.get('{view}').csv()")
    return rows[1:]


def test_pairs_of_programmes_are_those_of_together(counted: tuple[Shown, Facts]) -> None:
    rows = table(counted, "together")
    expected = [
        (
            frozenset([(r.label_a, r.jurisdictions_a), (r.label_b, r.jurisdictions_b)]),
            r.both,
            r.of_jurisdictions,
            f"{r.jaccard:.3f}",
        )
        for r in together(counted[1])
    ]
    shown = [(frozenset([(r[0], r[3]), (r[1], r[4])]), r[2], r[5], f"{r[6]:.3f}") for r in rows]
    assert Counter(shown) == Counter(expected)


def test_jurisdictions_alike_are_those_of_alike(counted: tuple[Shown, Facts]) -> None:
    rows = table(counted, "compare")
    expected = [
        (
            frozenset([(r.label_a, len(r.only_a)), (r.label_b, len(r.only_b))]),
            len(r.shared),
            f"{r.jaccard:.3f}",
            f"{r.cosine:.3f}",
        )
        for r in alike(counted[1])
    ]
    shown = [(frozenset([(r[0], r[3]), (r[1], r[4])]), r[2], f"{r[5]:.3f}", f"{r[6]:.3f}") for r in rows]
    assert Counter(shown) == Counter(expected)


def test_partners_reach_what_partners_counts(counted: tuple[Shown, Facts]) -> None:
    rows = [r for r in table(counted, "partners") if r[0].startswith("org/")]
    columns = "institution jurisdictions of_jurisdictions provinces counterparts reports realised planned"
    assert [(r[0], *r[4:11]) for r in rows] == list(map(attrgetter(*columns.split()), partners(counted[1])))


def test_years_are_those_of_diffusion(counted: tuple[Shown, Facts]) -> None:
    shown = [(r[0], r[2], r[3], r[4], r[5], r[6], r[7]) for r in table(counted, "years")]
    expected = [
        (s.programme, s.year, s.jurisdictions, s.of_jurisdictions, s.new, s.so_far, s.of_reports)
        for s in recur.diffusion(counted[1])
    ]
    assert sorted(shown) == sorted(expected)


def test_the_network_holds_every_claim(counted: tuple[Shown, Facts]) -> None:
    """Parallel relations stay apart, and what a region runs starts at each place it counts for."""
    opened, facts = counted
    opened.has("KG.go({ v: 'network', open: 'all', nolines: '', nokinds: '' })")
    shown = [(r[0], r[3], frozenset(r[7].split())) for r in table(counted, "network")]
    lines: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for c in facts.claims:
        subject = facts.entities[c.subject]
        unfolded = subject.type is not EntityType.REGION or is_satellite(subject, facts)
        for start in facts.jurisdictions(c) if c.object in facts.concepts and not unfolded else (c.subject,):
            ends = (start, c.object) if c.predicate.value != "partnersWith" else sorted((start, c.object))
            lines[ends[0], ends[1], c.predicate.value, c.status.value].add(c.id)
    expected = [(facts.label(a), facts.label(b), frozenset(ids)) for (a, b, *_), ids in lines.items()]
    assert Counter(shown) == Counter(expected)


def is_satellite(region: Entity, facts: Facts) -> bool:
    """Townships and zones without a report stand round their county, as organisations do."""
    return region.level in {"township", "zone"} and region.id not in facts.covered


def test_rates_are_all_there(counted: tuple[Shown, Facts]) -> None:
    opened, facts = counted
    for metric in sorted({o.metric for o in facts.observations}):
        opened.has(f"KG.go({{ v: 'rates', metric: '{metric}' }})")
        shown = [(r[0], r[1], r[2], r[4] or None, r[6], r[10]) for r in table(counted, "rates")]
        expected = [
            (o.metric, o.unit, facts.label(o.subject), facts.year(o), float(o.value), o.id)
            for o in facts.observations
            if o.metric == metric
        ]
        assert Counter(shown) == Counter(expected)


def test_coverage_counts_what_was_read(counted: tuple[Shown, Facts]) -> None:
    opened, facts = counted
    assert len(table(counted, "coverage")) == len(facts.reports)
    told = opened.text("#coverage")
    whole = recur.coverage(facts)
    assert [int(n) for n in re.findall(r"\d+", told)][:3] == [whole.reports, whole.jurisdictions, whole.provinces]


def test_a_filter_leaves_what_it_says(opened: Shown, facts: Facts) -> None:
    """Status, year, province and text, each counted again in Python."""
    wanted: list[tuple[str, Any]] = [
        ("{ status: 'planned' }", lambda c: c.status.value == "planned"),
        ("{ year: '2023' }", lambda c: facts.year(c) == 2023),
        (
            "{ province: 'region/120000' }",
            lambda c: any(facts.province(j) == "region/120000" for j in facts.jurisdictions(c)),
        ),
        ("{ kind: 'agreement' }", lambda c: c.predicate.value != "partnersWith" or c.kind == "agreement"),
        (
            "{ family: 'program/f1' }",
            lambda c: c.predicate.value != "implements" or family(facts, c.object) == "program/f1",
        ),
        ("{ q: '第12句' }", lambda c: "第12句" in c.evidence.quote),
    ]
    for patch, test in wanted:
        found = opened.has(f"KG.unfilter() || KG.go({patch}) || KG.claims().map((i) => KG.C.id[i])")
        assert found == [c.id.removeprefix("claim/") for c in facts.claims if test(c)], patch


def family(facts: Facts, key: str) -> str:
    return facts.concepts[key].family if key in facts.concepts else ""


def test_both_languages_draw_every_view(opened: Shown) -> None:
    opened.page.click("#language")
    assert opened.has("document.documentElement.lang") == "en"
    for view in LISTED:
        opened.has(f"KG.go({{ v: '{view}' }})")
        assert opened.has("document.documentElement.dataset.drawn") == view
        assert not re.search(r"undefined|NaN|\[object", opened.text("#view")), view
    opened.page.click("#language")
    assert opened.has("document.documentElement.lang") == "zh-CN"


def test_canvases_have_names(opened: Shown) -> None:
    for view in LISTED:
        opened.has(f"KG.go({{ v: '{view}' }})")
        names = opened.has("Array.from(document.querySelectorAll('canvas')).map((c) => c.getAttribute('aria-label'))")
        assert all(name and len(name) > 5 for name in names), view


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm install --no-save axe-core, or set AXE")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", [*LISTED, "page"])
def test_axe_finds_nothing_serious(browser: Any, file: Path, facts: Facts, view: str, scheme: str) -> None:
    states = [f"#v=page&id={quote(key)}" for key in items(facts)] if view == "page" else [f"#v={view}"]
    for state in states:
        shown = open_page(browser, file, state, 1280, scheme)
        if view == "matrix":
            shown.has("document.querySelector('td.m-realised').click()")
        shown.has(AXE.read_text("utf-8"))
        found = shown.has("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        grave = [
            (v["id"], [n["html"][:120] for n in v["nodes"][:3]])
            for v in found
            if v["impact"] in {"serious", "critical"}
        ]
        assert grave == [], f"{state} {grave}"
        shown.page.close()
