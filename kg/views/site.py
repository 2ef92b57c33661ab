"""``kg site``: the explorer, one page with every claim, its sentence and the views on them.

The page is data, one style sheet and one script, all of ``data/page/site``.
Its data block is described in ``kg.views.site_data``.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from kg.errors import DataError, UsageError
from kg.files import package_path, read_yaml
from kg.views import page
from kg.views.facts import Facts
from kg.views.site_data import data

__all__ = ["STATEMENTS", "carried", "fits", "scripts", "site", "words"]

# What all views build on, in the order it runs; every other script is a view or
# a part of one and uses what others define only when it draws; the frame around
# all views comes last.
FIRST = ("data", "state", "elements", "flags", "panel", "export")
LAST = "shell"

TITLE = "卫生健康项目与合作"

# Bytes of a page up to which it carries full texts: what most mail servers let through.
PAGE = 8_000_000

# Claims and observations one page may hold: 60,000 are some 10 MB, which an
# office computer opens in three seconds (bench/results.md).
STATEMENTS = 60_000


def fits(statements: int) -> bool:
    """Whether so many claims and observations go into one page."""
    return statements <= STATEMENTS


def site(facts: Facts, *, title: str = "") -> str:
    """The explorer of these facts as one page.

    Raises UsageError when there is nothing to show, or too much for one page.
    """
    statements = len(facts.claims) + len(facts.observations)
    if not statements:
        raise UsageError("no claims, so there is nothing to show; read some reports first, or narrow less")
    if not fits(statements):
        raise UsageError(
            f"{statements} claims and observations; one page holds {STATEMENTS}. Narrow it: --within region/330000, "
            "--programme program/family-doctor, --years 2022-2024 / 内容太多，请按地区、项目或年份缩小范围"
        )
    heading = title or TITLE
    style, script = page.asset("site/site.css"), page.asset(*(f"site/{name}.js" for name in scripts()))
    render = partial(page.render, "site/site.html", title=heading, style=style, script=script)
    room = PAGE - len(render(data={}).encode())
    return render(data=data(facts, title=heading, words=words(), room=room))


def carried(file: Path) -> dict[str, str]:
    """The full texts a page carries, by report key; none if it is no page of ours or not there.

    Nothing vouches for them: a text is a report's only if its SHA-256 is.
    """
    try:
        block = file.read_text(encoding="utf-8").partition('id="data">')[2].partition("</script>")[0]
        return {str(report["key"]): str(report["text"]) for report in json.loads(block)["reports"] if "text" in report}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


def _folder() -> Path:
    return package_path("data") / "page" / "site"


def scripts() -> list[str]:
    """The scripts of the page by name, in the order they run: a new view is a new file."""
    views = {file.stem for file in _folder().glob("*.js")} - {*FIRST, LAST}
    return [*FIRST, *sorted(views), LAST]


def words() -> dict[str, dict[str, str]]:
    """The texts of the interface by language and key."""
    path = _folder() / "words.yaml"
    table = read_yaml(path)
    for key, entry in table.items():
        if set(entry) != {"zh", "en"}:
            raise DataError(f"{path}: {key} has {sorted(entry)}; zh and en are expected")
    return {language: {key: table[key][language] for key in sorted(table)} for language in ("zh", "en")}
