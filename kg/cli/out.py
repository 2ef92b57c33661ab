"""kg export, kg site, kg draw, kg serve."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options as o

__all__ = ["draw", "export", "serve", "site"]


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
@click.argument("reports", nargs=-1)
@click.option("--store", "output", default=o.OUTPUT, show_default=True, help="Output folder or claims file. 输出文件夹")
@click.option(
    "-o",
    "--output",
    "target",
    default="",
    help="The page; by default index.html beside the claims, part.html for a part. 输出文件",
)
@click.option("--within", default="", metavar="REGION", help="Only reports of a region and all in it. 仅某地区及其下级")
@click.option("--programme", default="", metavar="ID-or-NAME", help="Only one programme, narrower ones too. 仅某项目")
@click.option("--years", default="", metavar="2022-2024", help="Only reports on these years. 仅这些年份")
@click.option("--title", default="", help="Heading of the page. 标题")
def site(  # noqa: PLR0913, PLR0917 - one parameter an option
    reports: tuple[str, ...], output: str, target: str, within: str, programme: str, years: str, title: str
) -> None:
    """The explorer: who runs what, who works with whom, where and since when, with the sentence behind each mark.

    生成一个可离线打开的浏览页面：项目矩阵、网络、合作机构、证据、比较、年份、指标，每一处都能看到原句。

    REPORTS (files, folders, URLs) are what the claims were extracted from; with
    them the page shows full texts, and links to those given by a web address.
    Without them it shows the texts that index.html beside the claims holds.

    \b
    Examples 示例:
      kg site seeds/reports --store output
      kg site --store output -o panyu.html --within 番禺区
      kg site --store output -o family-doctor.html --programme program/family-doctor --years 2022-2024
    """
    from kg.cli.facts import facts_of, with_originals
    from kg.views.narrow import narrow
    from kg.views.site import carried
    from kg.views.site import site as made

    folder = Path(output) if Path(output).is_dir() else Path(output).parent
    facts = facts_of(Path(output), within=within, years=years, texts=carried(folder / "index.html"))
    if reports:
        facts, strangers = with_originals(facts, reports)
        _tell(strangers)
    page = made(narrow(facts, within=within, programme=programme, years=years), title=title)
    o.write_page(target or str(folder / ("part.html" if within or programme or years else "index.html")), page)


def _tell(strangers: tuple[str, ...]) -> None:
    """One line on the files that are not what the claims of the page were extracted from."""
    if strangers:
        names = ", ".join(strangers[:3]) + (", …" if len(strangers) > 3 else "")
        click.echo(
            f"{len(strangers)} files are not shown: no claim of the page is from their texts ({names})", err=True
        )


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

    o.write_page(target, drawn(facts_of(Path(output)), what, title=title))


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
