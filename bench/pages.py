"""The explorer measured: ``python -m bench.pages``.

Made-up reports of 1,000, 3,000 and 10,000 nodes become claims files; ``kg site``
makes a page of each. A real browser without WebGL opens the network with
everything unfolded: time until it is drawn, and time a frame takes while it is
dragged. In the same run a default pyvis page (physics on) of the same 1,000
nodes is opened until it has settled. The page of as many statements as one may
hold is opened too.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.record import Row, record
from bench.watch import kg, watch
from kg.cli.facts import facts_of
from kg.records import block
from kg.views.net import whole
from kg.views.site import STATEMENTS
from tests.views import synth

SIZES = (1_000, 3_000, 10_000)
PATIENCE = 120.0  # seconds a pyvis page may take to settle
MOVES = 60
NETWORK = "#v=network&open=all"

# When the page is drawn: the view says so, and two frames later it has been painted.
DRAWN = """new MutationObserver(() => {
  if (!document.documentElement || !document.documentElement.dataset.drawn || window.first) return;
  window.first = performance.now();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.painted = performance.now();
    document.documentElement.dataset.painted = "yes";
  }));
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-drawn"] });"""

# Frames in which the canvas was drawn, and the time from each to the next.
FRAMES = """(() => {
  window.frames_ = []; let last = performance.now(), drew = false;
  const clear = CanvasRenderingContext2D.prototype.clearRect, fill = CanvasRenderingContext2D.prototype.fillRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...a) { drew = true; return clear.apply(this, a); };
  CanvasRenderingContext2D.prototype.fillRect = function (...a) { drew = true; return fill.apply(this, a); };
  const tick = (now) => { if (drew) frames_.push(now - last); last = now; drew = false; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
})()"""

SETTLED = """<script>
network.once("stabilizationIterationsDone", () => { document.title = "settled " + performance.now(); });
</script></body>"""


def main() -> None:
    """Measure and append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--note", default="", help="what else is to be known, such as other work on the machine")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        rows = list(measure(Path(folder)))
    sys.stdout.write(record("pages", given.note, rows))


def measure(folder: Path) -> Iterator[Row]:
    """All rows of one run."""
    sizes = {nodes: synth.of_nodes(nodes) for nodes in SIZES}
    largest = sizes[SIZES[-1]]
    reports = len(synth.extractions(largest))  # each has one more claim an organisation, and four more statements
    full = replace(largest, sentences=round(0.99 * STATEMENTS / reports) - largest.orgs - 4)
    for name, size in [*((str(n), s) for n, s in sizes.items()), ("full", full)]:
        yield from _made(folder / name, size)
    with _browser() as browser:
        ours = 0.0
        for nodes in SIZES:
            seconds, rows = _network(browser, folder / str(nodes) / "index.html", nodes)
            ours = ours or seconds
            yield from rows
        yield from _matrix(browser, folder / "full" / "index.html")
        yield from _pyvis(browser, folder / str(SIZES[0]), ours)


def _made(folder: Path, size: synth.Size) -> Iterator[Row]:
    """The command, from the claims file to the page."""
    folder.mkdir()
    with (folder / "claims.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(map(block, synth.extractions(size)))
    done = watch(kg("site", "--store", str(folder)))
    facts = facts_of(folder)
    statements = len(facts.claims) + len(facts.observations)
    bytes_ = (folder / "index.html").stat().st_size
    what = f"{len(whole(facts).nodes):,} nodes, {statements:,} statements, {len(facts.reports)} reports"
    yield f"kg site, {what}", f"{done.seconds:.1f} s, {bytes_ / 1e6:.2f} MB, peak memory {done.memory / 1e6:.0f} MB"


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-webgl", "--disable-3d-apis"]
    with sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        yield opened
        opened.close()


def _opened(browser: Any, file: Path, state: str) -> Any:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(PATIENCE * 1000)
    page.add_init_script(DRAWN)
    page.goto(file.as_uri() + state)
    page.wait_for_selector("html[data-painted]")
    return page


def _network(browser: Any, file: Path, nodes: int) -> tuple[float, list[Row]]:
    """First drawing with everything unfolded, median of three, and frames while the picture is dragged."""
    times = []
    for _ in range(3):
        page = _opened(browser, file, NETWORK)
        times.append(page.evaluate("painted") / 1000)
        frames = _dragged(page)
        page.close()
    first = statistics.median(times)
    folded = _opened(browser, file, "#v=network")
    aggregated = folded.evaluate("painted") / 1000
    folded.close()
    worst = sorted(frames)[int(0.95 * len(frames))]
    drag = f"median {statistics.median(frames):.0f} ms, 95th percentile {worst:.0f} ms, longest {max(frames):.0f} ms"
    return first, [
        (f"network of {nodes:,} nodes, first drawing, aggregated", f"{aggregated:.2f} s"),
        (f"network of {nodes:,} nodes, first drawing, all unfolded", f"{first:.2f} s"),
        (f"  frames while it is dragged and let go, {nodes:,} nodes", f"{drag} ({len(frames)} drawn)"),
    ]


def _dragged(page: Any) -> list[float]:
    """Milliseconds of each drawn frame while the mouse drags the picture about."""
    box = page.query_selector("#view canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    for n in range(MOVES):
        page.mouse.move(x + 4 * (n % 30), y + 3 * (n % 20))
    page.mouse.up()
    page.wait_for_timeout(600)  # the picture is drawn anew once the hand rests
    found: list[float] = page.evaluate("frames_")
    return found


def _matrix(browser: Any, file: Path) -> Iterator[Row]:
    """The largest page: its default view, and a filter."""
    page = _opened(browser, file, "")
    first = page.evaluate("painted") / 1000
    began = (
        "(() => { const start = performance.now(); KG.go({ status: 'planned' }); return performance.now() - start; })()"
    )
    taken = page.evaluate(began)
    page.close()
    yield "the fullest page, first drawing of the matrix; then a filter", f"{first:.2f} s; {taken:.0f} ms"


def _pyvis(browser: Any, folder: Path, ours: float) -> Iterator[Row]:
    """A default pyvis page of the same nodes and relations; requests it makes to other hosts fail at once."""
    file = folder / "pyvis.html"
    file.write_text(_default_page(folder).replace("</body>", SETTLED), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    page.goto(file.as_uri(), wait_until="commit")
    try:
        page.wait_for_function("document.title.startsWith('settled')", timeout=PATIENCE * 1000)
        seconds = float(page.title().split()[1]) / 1000
        yield "default pyvis page of 1,000 nodes, until settled", f"{seconds:.0f} s"
        yield "  pyvis : ours", f"{seconds / ours:.0f}"
    except Exception as fault:
        if "Timeout" not in type(fault).__name__:
            raise
        yield "default pyvis page of 1,000 nodes, until settled", f"not within {PATIENCE:.0f} s"
        yield "  pyvis : ours", f"more than {PATIENCE / ours:.0f}"


def _default_page(folder: Path) -> str:
    """As pyvis makes it: physics on, in-line, nothing else set."""
    from pyvis.network import Network

    net = whole(facts_of(folder))
    made = Network(directed=True, cdn_resources="in_line")
    for node in net.nodes:
        made.add_node(node.id, label=node.label)
    for relation in net.relations:
        made.add_edge(relation.subject, relation.object)
    page: str = made.generate_html()
    return page


if __name__ == "__main__":
    main()
