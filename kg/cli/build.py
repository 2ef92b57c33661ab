"""kg build, kg extract, kg load."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.cli import options as o

if TYPE_CHECKING:
    from kg.publish import Built

__all__ = ["build", "extract", "load"]

_FLAT = click.option(
    "--flat/--no-flat", default=None,
    help="Join the parts into claims.jsonl, graph.nq, graph.trig, graph.ttl and index.html; "
    "by default up to 500 reports. 是否生成合并文件",
)  # fmt: skip


@click.command()
@o.reports
@o.output
@o.workers
@_FLAT
@click.option("--curation", default=o.CURATION, show_default=True, help="The experts' decisions, if there. 更正表")
def build(  # noqa: PLR0913, PLR0917 - one parameter an option
    reports: tuple[str, ...], output: str, workers: int, scheduler: str, flat: bool | None, curation: str
) -> None:
    """Build the graph of REPORTS (files, folders, URLs, - for standard input), or bring it up to date.

    从报告文件或文件夹建立图谱；再次运行只读取有变化的报告。

    Only what changed since the last build is read again. Exit code 1 means
    that some reports are not in the graph or some statements are in
    quarantine; problems.tsv in the output folder says which and why.

    \b
    Examples 示例:
      kg build seeds/reports -o output
      kg build reports/2023 reports/2024 -o output --workers 4
      kg build s3://bucket/reports -o /mnt/kg/output --scheduler tcp://head:8786
    """
    from kg import pipeline

    table = Path(curation) if Path(curation).exists() else None
    given = pipeline.Options(workers, scheduler, flat=flat, curation=table, progress=o.bar("reports"))
    with ExitStack() as stack:
        files = _with_stdin(reports, stack)
        far = "://" in output
        built = pipeline.build_to(files, output, given) if far else pipeline.build(files, Path(output), given)
    _tell(built, Path(output))


@click.command()
@o.reports
@click.option(
    "-o", "--output", default="-", show_default=True, help="Where the claims go; - is standard output. 输出文件"
)
@click.option("--problems", default="", help="Where the problems go; by default standard error. 问题清单")
@o.workers
def extract(reports: tuple[str, ...], output: str, problems: str, workers: int, scheduler: str) -> None:
    """REPORTS to claims, nothing else.

    只抽取：每行一条记录（报告、实体、断言、指标），附原文证据。

    \b
    Examples 示例:
      kg extract seeds/reports -o claims.jsonl
      kg extract report.txt | head -3
      cat report.txt | kg extract -
    """
    from kg import pipeline

    given = pipeline.Options(workers, scheduler, progress=o.bar("reports"))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="kg-")))
        claims = folder / "claims.jsonl" if output == "-" else Path(output)
        table = Path(problems) if problems else folder / "problems.tsv"
        left_out = pipeline.extract(_with_stdin(reports, stack), claims, table, given)
        if output == "-":
            _copy(claims, sys.stdout.buffer)
        if not problems:
            _copy(table, sys.stderr.buffer)
    o.problems_found(left_out)


@click.command()
@click.argument("claims", type=click.Path(exists=True, allow_dash=True))
@o.output
@_FLAT
def load(claims: str, output: str, flat: bool | None) -> None:
    """CLAIMS (a claims.jsonl, ours or another extractor's) to graph and store.

    把 claims.jsonl 载入图谱；可来自其他抽取程序。

    \b
    Examples 示例:
      kg load claims.jsonl -o output
      kg extract reports | kg load - -o output
    """
    from kg import pipeline

    with ExitStack() as stack:
        path = _saved(stack, "claims.jsonl") if claims == "-" else Path(claims)
        built = pipeline.load(path, Path(output), pipeline.Options(flat=flat))
    _tell(built, Path(output))


def _with_stdin(reports: Sequence[str], stack: ExitStack) -> list[str]:
    """The reports, with - replaced by a file that holds standard input."""
    return [str(_saved(stack, "stdin.txt")) if r == "-" else r for r in reports]


def _saved(stack: ExitStack, name: str) -> Path:
    path = Path(stack.enter_context(TemporaryDirectory(prefix="kg-"))) / name
    path.write_bytes(sys.stdin.buffer.read())
    return path


def _copy(source: Path, target: BinaryIO) -> None:
    with source.open("rb") as file:
        shutil.copyfileobj(file, target)
    target.flush()


def _tell(built: Built, output: Path) -> None:
    """What was made and where to open it; exit code 1 if something had to stay out."""
    c, state = built.counts, "built" if built.fresh else "nothing new"
    click.echo(
        f"{output}: {state}; {built.reports} reports, {c.claims} claims, "
        f"{c.observations} observations, {c.quads} quads\n"
        f"  problems  {built.problems:>7}  {output / 'problems.tsv'}\n"
        f"  ask       kg query --store {output} --list"
    )
    if not built.flat:
        click.echo(f"  parts     {output / 'parts'}; for single files: kg export, or kg build --flat")
    if (output / "index.html").is_file():
        click.echo(f"  open      {(output / 'index.html').resolve().as_uri()}")
    elif c.claims + c.observations:
        click.echo(
            f"  pages     kg site --store {output} --within REGION (a region's identifier or name), one a region"
        )
    if built.left_out or c.held:
        click.echo(
            f"{built.left_out} files are not in the graph, {c.held} quads are in quarantine; problems.tsv says why",
            err=True,
        )
    o.problems_found(built.left_out + c.held)
