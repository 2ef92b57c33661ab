"""The shape of the code: who imports whom, how large things are, and what may not occur."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
PAGES = sorted(f for f in (ROOT / "kg" / "data" / "page").rglob("*") if f.is_file())
PUBLISHED = sorted(
    f
    for folder in ("kg", "ontology", "seeds", "tests", "bench", "docs", "tools", ".ci")
    for f in (ROOT / folder).rglob("*")
    if f.is_file() and "__pycache__" not in f.parts and f.suffix not in {".png", ".gz"}
) + sorted(f for f in ROOT.iterdir() if f.is_file() and f.name != ".git")

# A room may import itself, those named here, and nothing else of kg.
NOUNS = {"model", "errors"}
GROUND = {*NOUNS, "files", "ids", "records"}
ALLOWED = {
    "model": set(),
    "errors": set(),
    "files": NOUNS,
    "ids": NOUNS,
    "records": {*NOUNS, "files"},
    "text": GROUND,
    "claims": {*GROUND, "text"},
    "graph": GROUND,
    "views": {*GROUND, "graph"},
}
ABOVE = {"cli", "__init__", "__main__"}  # what nothing below may import
LINE = {
    "clock", "cluster", "engine", "exchange", "given", "flat", "join", "lock", "parts", "pipeline", "pool", "publish",
    "settle", "sources", "sync", "work",
}  # fmt: skip


def room(path: Path) -> str:
    """The folder below kg, or the module's own name."""
    inside = path.relative_to(ROOT / "kg")
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported(path: Path) -> Iterator[str]:
    """Rooms a module imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{a.name}" for a in node.names] if node.module == "kg" else [node.module]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        for name in names:
            if name.startswith("kg."):
                yield name.split(".")[1]


def names(paths: list[Path]) -> list[str]:
    return [str(p.relative_to(ROOT)) for p in paths]


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_imports_point_one_way(path: Path) -> None:
    here = room(path)
    found = set(imported(path)) - {here, "__version__"}
    if here in ALLOWED:
        assert found <= ALLOWED[here], f"{here} may not import {sorted(found - ALLOWED[here])}"
    elif here not in ABOVE:
        assert not found & ABOVE


def test_only_the_line_and_the_commands_see_both_claims_and_graph() -> None:
    seeing = {room(p) for p in MODULES if {"claims", "graph"} <= set(imported(p))}
    assert seeing <= {*LINE, "cli", "tryout", "score"}


def test_only_the_store_knows_the_engine() -> None:
    using = [
        str(p.relative_to(ROOT))
        for p in MODULES
        if re.search(r"^\s*(import|from) pyoxigraph", p.read_text("utf-8"), re.M)
    ]
    assert using == ["kg/graph/store.py"]


@pytest.mark.parametrize(
    "path", [*MODULES, *sorted((ROOT / "bench").glob("*.py"))], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_module_fits_on_a_few_screens(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


def lengths() -> list[tuple[int, str]]:
    """Lines of every function, its docstring not counted."""
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                first = node.body[0]
                doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                length = (node.end_lineno or 0) - node.lineno + 1
                length -= (first.end_lineno or 0) - first.lineno + 1 if doc else 0
                found.append((length, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"))
    return sorted(found)


def test_functions_are_short() -> None:
    sizes = lengths()
    assert [f for f in sizes if f[0] > 40] == []
    assert statistics.median(n for n, _ in sizes) <= 8
    assert sizes[int(len(sizes) * 0.9)][0] <= 20


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_nothing_dangerous_or_silent(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"eval", "exec", "print", "__import__"}, node.lineno
        if isinstance(node, ast.Global):
            raise AssertionError(f"{path}:{node.lineno}: global state")
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{path}:{node.lineno}: bare except"
            caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
            assert not caught & {"Exception", "BaseException"}, f"{path}:{node.lineno}: broad except"


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_pages_set_text_only_as_text_and_fetch_nothing(path: Path) -> None:
    source = path.read_text("utf-8")
    for banned in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert banned not in source
    if path.suffix in {".html", ".js", ".css"}:
        outside = re.findall(r"""(?:src|href|url|fetch|import)\s*[=(]\s*["']?https?://[^"')\s]+""", source)
        assert outside == []


# Written in two halves, so that this file does not name them itself.
PRIVATE = ["/work" + "/", "shared" + "/reports", "../" + "shared", "/tmp" + "/pipeline", "TO" + "DO", "FIX" + "ME"]


@pytest.mark.parametrize("word", PRIVATE)
def test_nothing_speaks_of_the_workplace_or_is_left_undone(word: str) -> None:
    found = [str(f.relative_to(ROOT)) for f in PUBLISHED if word in f.read_text("utf-8", "replace")]
    assert found == []


def test_every_test_folder_repeats_the_tree() -> None:
    rooms = {p.name for p in (ROOT / "kg").iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    folders = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and not p.name.startswith("__")}
    assert rooms - {"cli"} <= folders
