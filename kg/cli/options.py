"""Options that several commands share, each named once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = [
    "CURATION",
    "OUTPUT",
    "bar",
    "output",
    "problems_found",
    "reports",
    "store",
    "workers",
    "write_page",
    "write_text",
]

OUTPUT = "output"
CURATION = "curation.tsv"
Command = TypeVar("Command", bound=Callable[..., Any])


def reports(command: Command) -> Command:
    """REPORTS: files, folders, URLs, or - for standard input."""
    return click.argument("reports", nargs=-1, required=True)(command)


def output(command: Command) -> Command:
    """-o: the output folder."""
    return click.option(
        "-o", "--output", default=OUTPUT, show_default=True, help="Output folder (or a URL of fsspec). 输出文件夹"
    )(command)


def store(command: Command) -> Command:
    """--store: an output folder, a store, or the address of a SPARQL server."""
    return click.option(
        "--store", default=OUTPUT, show_default=True, metavar="PATH-or-URL",
        help="Output folder, store folder, or address of a SPARQL 1.1 server. 图谱所在",
    )(command)  # fmt: skip


def workers(command: Command) -> Command:
    """--workers and --scheduler: where the work is done."""
    command = click.option(
        "--workers", type=click.IntRange(min=0), default=0, help="Worker processes; 0: one a processor. 进程数"
    )(command)
    return click.option(
        "--scheduler", metavar="tcp://HOST:PORT", default="", help="A dask.distributed scheduler. 集群地址"
    )(command)


def bar(title: str, unit: str = "report") -> Callable[[int, int], None]:
    """A progress bar on standard error with rate and time left; silent where no one looks."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # its thread must not run when workers are forked
    line = tqdm(desc=title, unit=unit, leave=False, file=sys.stderr)

    def show(done: int, total: int) -> None:
        line.total = total
        line.update(done - line.n)
        if done == total:
            line.close()

    return show


def problems_found(count: int) -> None:
    """End with exit code 1 if there are any."""
    if count:
        click.get_current_context().exit(1)


def write_text(target: str, text: str) -> None:
    """To a file whole, or to standard output for -."""
    if target == "-":
        click.echo(text, nl=False)
        return
    from kg.files import atomic

    with atomic(Path(target)) as out:
        out.write(text)


def write_page(target: str, page: str) -> None:
    """As ``write_text``, and say on standard error what to open."""
    write_text(target, page)
    if target != "-":
        click.echo(Path(target).resolve().as_uri(), err=True)
