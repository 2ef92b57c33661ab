"""kg query, kg explain, kg resolve, kg recur."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options as o
from kg.errors import UsageError

__all__ = ["explain", "query", "recur", "resolve"]


@click.command()
@click.argument("question", metavar="QUERY", required=False)
@click.argument("values", metavar="[NAME=VALUE]...", nargs=-1)
@o.store
@click.option(
    "--timeout", type=float, default=30, show_default=True, help="Seconds until the query is stopped. 时限（秒）"
)
@click.option("--rows", type=int, default=100_000, show_default=True, help="Rows an answer may have. 行数上限")
@click.option("--format", "form", default="table", show_default=True, help="table, csv, tsv, json or nt. 输出格式")
@click.option("--wide", is_flag=True, help="Do not cut the cells of a table. 不截断单元格")
@click.option("--allow", multiple=True, metavar="URL", help="An address SERVICE and FROM may reach. 允许访问的地址")
@click.option("--list", "listing", is_flag=True, help="Name the shipped questions. 列出内置问题")
def query(  # noqa: PLR0913, PLR0917 - one parameter an option
    question: str | None,
    values: tuple[str, ...],
    store: str,
    timeout: float,
    rows: int,
    form: str,
    wide: bool,
    allow: tuple[str, ...],
    listing: bool,
) -> None:
    """Ask the graph: QUERY is SPARQL text, @file.rq, or the name of a shipped question.

    查询图谱：SPARQL 语句、文件，或内置问题的名称；参数写作 名称=值。

    \b
    Examples 示例:
      kg query --list
      kg query partners-of who=复旦大学附属中山医院
      kg query "SELECT (COUNT(*) AS ?claims) { ?c a hg:Claim }" --format csv
    """
    from kg.views import named
    from kg.views.limits import Limits
    from kg.views.query import run
    from kg.views.tables import render

    if listing or not question:
        for q in named.questions():
            click.echo(f"{' '.join([q.name, *(f'[{p.name}=…]' for p in q.parameters)])}\n    {q.title}")
        return
    found = run(store, question, _pairs(values), Limits(seconds=timeout, rows=rows), frozenset(allow))
    click.echo(render(found, form, 0 if wide else 60), nl=False)


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    wrong = [v for v in values if "=" not in v]
    if wrong:
        raise UsageError(f"{wrong[0]!r}: write a parameter as NAME=VALUE; put SPARQL text in quotation marks")
    return dict(v.split("=", 1) for v in values)


@click.command()
@click.argument("name", metavar="ID")
@click.option("--store", "output", default=o.OUTPUT, show_default=True, help="Output folder or claims file. 输出文件夹")
def explain(name: str, output: str) -> None:
    """Why an edge is there: its sentence, rule and the steps by which names were understood.

    解释一条断言、指标或一个机构的来历：原句、规则、名称的解析过程。

    \b
    Examples 示例:
      kg explain claim/9c2e4f0a1b3d5e77
      kg explain region/330481 --store output
    """
    from kg.views.explain import explain as told

    click.echo(told(Path(output), name))


@click.command()
@click.argument("name")
@click.option("--in", "region", default="", metavar="REGION", help="Whose report the name stands in. 所在地区")
def resolve(name: str, region: str) -> None:
    """What NAME means in a report of REGION, and by which steps; exit code 1 where the program abstains.

    某名称在某地报告中指的是谁，以及解析步骤；无法确定时不猜测，退出码为 1。

    \b
    Examples 示例:
      kg resolve 市二院 --in 海宁市
      kg resolve 华西医院
    """
    from kg.tryout import meanings

    found = meanings(name, region)
    for entity, how in found:
        click.echo(f"{entity.id}  {entity.label}  {entity.type.value}\n    {how}")
    if not found:
        click.echo(f"{name}: not resolved{' in ' + region if region else ''} / 无法确定", err=True)
        o.problems_found(1)


@click.command()
@click.argument("measure", default="programmes")
@click.option("--store", "output", default=o.OUTPUT, show_default=True, help="Output folder. 输出文件夹")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def recur(measure: str, output: str, form: str) -> None:
    """Programmes and partners that recur across jurisdictions and years.

    项目与合作在各地、各年的重现。MEASURE: coverage, matrix, programmes (by default), diffusion, partners,
    alike, together, hubs.

    \b
    Examples 示例:
      kg recur
      kg recur partners --format csv > partners.csv
    """
    from kg.cli.facts import facts_of, written
    from kg.views.measures import table

    click.echo(written(table(measure, facts_of(Path(output))), form), nl=False)
