"""kg export, kg draw, kg serve."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options as o

__all__ = ["draw", "export", "serve"]


@click.command()
@click.option(
    "--format", "form", required=True, help="turtle, trig, nq, jsonld, csv, graphml, gexf, neo4j, turtle-reports"
)
@click.option("--report", default="", help="Only the graph of one report, by its key. 只导出一份报告")
@click.option("-o", "--output", default="export", show_default=True, help="File, or folder to write into. 输出位置")
@o.store
def export(form: str, report: str, output: str, store: str) -> None:
    """The graph in other people's formats.

    把图谱导出为其他软件使用的格式：Turtle、TriG、N-Quads、JSON-LD、CSV、GraphML、GEXF、Neo4j。

    \b
    Examples 示例:
      kg export --format csv -o tables
      kg export --format gexf -o graph.gexf
      kg export --format neo4j -o neo4j
    """
    from kg.views.export import export as made

    found = made(store, form, Path(output), report)
    for path in found.files:
        click.echo(str(path))
    if found.note:
        click.echo(found.note, err=True)


@click.command()
@click.argument("what", default="")
@click.option("--store", "output", default=o.OUTPUT, show_default=True, help="Output folder. 输出文件夹")
@click.option("-o", "--output", "target", default="network.html", show_default=True, help="The page. 输出文件")
@click.option("--title", default="", help="Heading of the page. 标题")
def draw(what: str, output: str, target: str, title: str) -> None:
    """One network as one HTML page that needs no network: all, WHAT = partnerships, or around an identifier.

    画网络图：全部、仅合作关系（partnerships），或某个地区、机构、项目的邻域；点击连线显示原文证据。

    \b
    Examples 示例:
      kg draw
      kg draw partnerships -o partners.html
      kg draw region/330481
    """
    from kg.cli.facts import facts_of
    from kg.views.draw import draw as drawn

    o.write_text(target, drawn(facts_of(Path(output)), what, title=title))
    if target != "-":
        click.echo(Path(target).resolve().as_uri(), err=True)


@click.command()
@click.option("--store", "output", default=o.OUTPUT, show_default=True, help="Output folder or store. 图谱所在")
@click.option(
    "--bind", default="127.0.0.1:7878", show_default=True, metavar="HOST:PORT", help="Where to listen. 监听地址"
)
@click.option("--timeout", default=30, show_default=True, help="Seconds a query may take. 时限（秒）")
def serve(output: str, bind: str, timeout: int) -> None:
    """Hand the store to a SPARQL 1.1 server, read-only, until Ctrl-C.

    把图谱交给 SPARQL 服务（只读），自带查询页面；按 Ctrl-C 结束。

    \b
    Examples 示例:
      kg serve
      kg serve --store output --bind 127.0.0.1:8080
    """
    from kg.views.serve import serve as served

    served(Path(output), bind, lambda line: click.echo(line, err=True), timeout)
