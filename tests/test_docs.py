"""Documentation that cannot lie: what the READMEs run is run, what exists is described."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kg.cli import COMMANDS, kg
from kg.graph.store import Store, open_reader
from kg.pipeline import Options, build
from kg.publish import PROBLEMS, RUN, STORE

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh-CN.md"]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)


def blocks(name: str, language: str) -> list[str]:
    """The lines of a README's code blocks in one language."""
    text = (ROOT / name).read_text("utf-8")
    return [line for kind, body in BLOCK.findall(text) for line in body.splitlines() if kind == language and line]


def commands(group: click.Group = kg, above: str = "") -> list[tuple[str, click.Command]]:
    """All commands with those below groups, by full name."""
    context = click.Context(group)
    found: list[tuple[str, click.Command]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found.append((f"{above}{name}", command))
        if isinstance(command, click.Group):
            found += commands(command, f"{name} ")
    return found


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_table_of_the_readme(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert re.findall(r"^\| `kg (\w+)` \|", text, re.M) == list(COMMANDS)


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda v: v if isinstance(v, str) else "")
def test_every_command_has_help_in_two_languages_and_an_example_that_parses(name: str, command: click.Command) -> None:
    text = command.help or ""
    assert re.search(r"[\u4e00-\u9fff]{4}", text), "no Chinese"
    examples = [line.strip() for line in text.splitlines() if line.strip().startswith(f"kg {name}")]
    assert examples, "no example"
    for example in examples:
        for part in re.split(r" [|>] ", example):
            if part.startswith("kg "):
                parse(shlex.split(part)[1:])


def parse(words: list[str]) -> None:
    """Fail unless the command line has only known commands and options."""
    command: click.Command = kg
    while isinstance(command, click.Group):
        context = click.Context(command)
        found = command.get_command(context, words[0])
        assert found is not None, words[0]
        command, words = found, words[1:]
    options = {o for p in command.params for o in [*p.opts, *p.secondary_opts] if o.startswith("-")}
    assert {w.split("=")[0] for w in words if re.match(r"--?[a-z]", w)} <= options


@pytest.mark.parametrize("name", ["build", "extract", "load"])
def test_every_option_of_the_line_is_explained(name: str) -> None:
    command = dict(commands())[name]
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_both_readmes_say_the_same() -> None:
    """Same commands, same tables, same links, in the same order."""
    shapes = []
    for name in READMES:
        text = (ROOT / name).read_text("utf-8")
        run = [line.split("#")[0].rstrip() for line in [*blocks(name, "sh"), *blocks(name, "bat")]]
        marks = re.findall(r"^\| (`[^|]*`)", text, re.M)
        links = sorted(set(re.findall(r"\]\(([a-z][^)]*)\)", text)))
        shapes.append((run, [re.findall(r"`[^`]*`", m) for m in marks], links, text.count("\n## ")))
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", READMES)
def test_links_and_paths_of_the_readme_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
    for path in re.findall(r"`((?:kg|seeds|ontology|docs|bench)/[\w/.*-]*)`", text):
        assert list(ROOT.glob(path.rstrip("/"))), path


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    output = tmp_path_factory.mktemp("docs") / "output"
    build([str(ROOT / "seeds" / "reports")], output, Options(workers=1))
    with open_reader(output) as store:
        yield store


QUERIES = [body for kind, body in BLOCK.findall((ROOT / "docs" / "sparql.md").read_text("utf-8")) if kind == "sparql"]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_documentation_is_answered_and_no_row_comes_twice(asked: Store, query: str) -> None:
    rows = list(asked.query(query).rows)
    assert rows
    if "?sentence" not in query and "?metric" not in query:
        assert len(rows) == len(set(rows))


def test_make_knows_what_the_readme_asks_of_it() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert {line.split()[1] for line in blocks("README.md", "sh") if line.startswith("make")} <= set(targets)


def test_what_the_readme_runs_runs(tmp_path: Path) -> None:
    """Every kg line of the README, in its order, in a fresh folder."""
    shutil.copytree(ROOT / "seeds" / "reports", tmp_path / "seeds" / "reports")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for line in blocks("README.md", "sh"):
        words = shlex.split(line, comments=True)
        if words[0] != "kg":
            continue
        command = [sys.executable, "-m", "kg", *words[1:]]
        done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, check=False)
        assert done.returncode == 0, f"{line}\n{done.stderr.decode()}"
    left = {f.name for f in (tmp_path / "output").iterdir() if not f.name.startswith(".")}
    named = set(re.findall(r"`([\w.]+)/?`", (ROOT / "README.md").read_text("utf-8").split("## Ask")[0]))
    assert left <= named
    assert {PROBLEMS, RUN, STORE} <= left
