"""Pictures of every view of the explorer, for docs/explorer.md.

    python -m tools.pictures output/index.html

Needs Debian's Chromium and playwright. Writes ``docs/pictures/NAME-WIDTH.png``
at 1280 and 400 pixels, light; the matrix in dark too.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
WIDTHS = (1280, 400)
HEIGHT = 860

# name of the picture -> address
VIEWS = {
    "matrix": "v=matrix&sel=cell|program/medical-alliance|region/320900",
    "network": "v=network&sel=node|region/320900&open=region/320900",
    "partners": "v=partners",
    "evidence": "v=evidence",
    "compare": "v=compare&a=region/320900&b=region/330000",
    "years": "v=years",
    "rates": "v=rates",
    "together": "v=together",
    "coverage": "v=coverage",
    "region": "v=page&id=region/320900",
    "programme": "v=page&id=program/county-medical-community",
    "organisation": "v=page&id=org/320900-盐城市第三人民医院",
}


def main(page: Path) -> None:
    """Take all pictures of one page."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, address, width, scheme in _wanted():
            _take(browser, f"{page.resolve().as_uri()}#{address}", FOLDER / f"{name}-{width}.png", width, scheme)
        browser.close()


def _wanted() -> Iterator[tuple[str, str, int, str]]:
    for name, address in VIEWS.items():
        for width in WIDTHS:
            yield name, address, width, "light"
    yield "matrix-dark", VIEWS["matrix"], WIDTHS[0], "dark"


def _take(browser: Any, address: str, target: Path, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale="zh-CN", color_scheme=scheme)
    shown = context.new_page()
    shown.goto(address)
    shown.wait_for_selector("html[data-drawn]")
    shown.wait_for_timeout(300)
    shown.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
