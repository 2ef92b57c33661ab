"""kg check, kg verify, kg score."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options as o

__all__ = ["check", "score", "verify"]


@click.command()
@click.option("--store", "output", default=o.OUTPUT, show_default=True, help="Output folder or store. 图谱所在")
def check(output: str) -> None:
    """Judge the graph by the ontology's shapes (SHACL) and its must-be-empty queries.

    用 SHACL 形状与“结果必须为空”的查询检查图谱；发现问题时退出码为 1。

    \b
    Examples 示例:
      kg check
      kg check --store other-output
    """
    from kg.graph.check import check as checked

    found = checked(Path(output), o.bar("graphs", "graph"))
    for p in found:
        click.echo(f"{p.where}: {p.kind}: {p.what}; {p.todo}")
    click.echo(f"{output}: {len(found)} violations", err=True)
    o.problems_found(len(found))


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


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("reports", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--claims", default="", help="A claims.jsonl; by default that of --store. 断言文件")
@click.option("--store", "output", default=o.OUTPUT, show_default=True, help="Output folder. 输出文件夹")
@click.option(
    "--against", type=click.Path(exists=True, path_type=Path), help="An earlier run, for gains and losses. 对比"
)
@click.option("--save", type=click.Path(path_type=Path), help="Keep this run for a later --against. 保存本次结果")
@click.option("--json", "as_json", is_flag=True, help="JSON for machines. 输出 JSON")
def score(  # noqa: PLR0913, PLR0917 - one parameter an option
    gold: Path, reports: Path, claims: str, output: str, against: Path | None, save: Path | None, as_json: bool
) -> None:
    """Claims against a folder of GOLD files and the REPORTS they annotate.

    与人工标注比对，分关系、分规则给出准确率与召回率，并列出得失。

    \b
    Examples 示例:
      kg score gold reports
      kg score gold reports --save before.jsonl
      kg score gold reports --against before.jsonl
    """
    from kg import score as made

    found = made.compare(Path(claims or Path(output) / "claims.jsonl"), gold, reports)
    before = made.read_score(against) if against else None
    click.echo(made.to_json(found) if as_json else made.render(found, before), nl=False)
    if save:
        made.write_score(save, found)
