"""kg check, kg verify, kg score."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options as o

__all__ = ["verify"]


@click.command()
@click.argument("reports", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--claims", default="", help="claims.jsonl or graph.nq; by default those of --store. 断言或图谱文件")
@click.option("--store", "output", default=o.OUTPUT, show_default=True, help="Output folder. 输出文件夹")
def verify(reports: tuple[Path, ...], claims: str, output: str) -> None:
    """Cut every quote out of REPORTS again and compare; stops at the first that does not hold.

    按偏移量从报告原文重新截取每一条证据并比对。

    \b
    Examples 示例:
      kg verify seeds/reports
      kg verify reports --claims other/claims.jsonl
    """
    from kg.verify import verify as verified
    from kg.views.blocks import claim_files

    quotes = done = 0
    for source in [Path(claims)] if claims else claim_files(Path(output)):
        found = verified(source, reports)
        quotes, done = quotes + found.quotes, done + found.reports
        for p in found.problems:
            click.echo(f"{p.where}: {p.kind}: {p.what}; {p.todo}")
        if found.problems:
            break
    click.echo(f"{quotes} quotes in {done} reports hold", err=True)
    o.problems_found(len(found.problems))
