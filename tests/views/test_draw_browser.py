"""The network page in Debian's Chromium: no request, no complaint, no script from a report, drawn at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.model import EntityType
from kg.views.draw import draw
from kg.views.facts import gather
from kg.views.page import write
from tests.views import synth

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium")
SIZE = synth.Size(jurisdictions=6, programmes=8, partners=5, orgs=2, sentences=10)
HOSTILE = '"><img src=x onerror="document.title=1"><script>document.title=2</script>'

if CHROMIUM is None:
    pytest.skip("Debian's chromium is not installed", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def open_page(browser: Any, file: Path, width: int = 1280) -> tuple[Any, list[str], list[str]]:
    """The page after its first drawing, what it asked for, what the console said."""
    shown = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    said: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda message: said.append(message.text))
    shown.on("pageerror", lambda error: said.append(str(error)))
    shown.goto(file.as_uri())
    shown.wait_for_selector("html[data-drawn=yes]")
    return shown, asked, said


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of which every text tries to run something."""
    first = synth.extractions(SIZE)[0]
    spoilt = replace(
        first,
        report=replace(first.report, title=HOSTILE),
        entities=tuple(replace(e, label=HOSTILE) if e.type is EntityType.HOSPITAL else e for e in first.entities),
        claims=tuple(replace(c, evidence=replace(c.evidence, quote=HOSTILE)) for c in first.claims),
    )
    facts = gather([spoilt], regions=synth.regions(SIZE), concepts=synth.concepts(SIZE))
    file = tmp_path_factory.mktemp("page") / "网络.html"
    write(file, draw(facts, title="题"))
    return file


@pytest.mark.parametrize("width", [1280, 400])
def test_the_page_asks_for_nothing_and_nothing_complains(browser: Any, hostile: Path, width: int) -> None:
    _, asked, said = open_page(browser, hostile, width)
    assert asked == [hostile.as_uri()]
    assert said == []


def test_the_sentence_is_shown_as_text_and_runs_nothing(browser: Any, hostile: Path) -> None:
    shown, _, _ = open_page(browser, hostile)
    shown.fill("#find", HOSTILE)
    shown.keyboard.press("Enter")
    shown.wait_for_selector("#proofs blockquote")
    assert shown.inner_text("#proofs blockquote >> nth=0") == HOSTILE
    assert shown.query_selector("#proofs img") is None
    assert shown.title() == "题"


def test_a_thousand_nodes_are_drawn(browser: Any, tmp_path: Path) -> None:
    """Physics is off, so that the first drawing is the last; how fast it is stands in bench."""
    file = tmp_path / "large.html"
    write(file, draw(synth.facts(synth.of_nodes(1000), texts=False)))
    shown, _, said = open_page(browser, file)
    assert said == []
    assert "1" in shown.get_attribute("#net canvas", "aria-label")
