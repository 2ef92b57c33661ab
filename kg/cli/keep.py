"""kg dump, kg restore, kg review."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options as o
from kg.files import atomic, read_tsv, write_tsv

if TYPE_CHECKING:
    from kg.graph.remote import Remote
    from kg.graph.store import Store

__all__ = ["dump", "restore", "review"]


@click.command()
@click.option("--store", "store", default=o.OUTPUT, show_default=True, help="Output folder or store. 图谱所在")
@click.option(
    "-o", "--output", default="-", show_default=True, help="Where the dump goes; - is standard output. 输出文件"
)
def dump(store: str, output: str) -> None:
    """The store as sorted N-Quads, the form to keep and to move.

    把图谱导出为排序的 N-Quads，便于备份与迁移。

    \b
    Examples 示例:
      kg dump -o backup.nq
      kg dump | gzip > backup.nq.gz
    """
    with _opened(store) as reader:
        if output == "-":
            sys.stdout.buffer.writelines(f"{line}\n".encode() for line in reader.lines())
            return
        with atomic(Path(output)) as file:
            file.writelines(f"{line}\n" for line in reader.lines())


def _opened(store: str) -> Store | Remote:
    """A store in a folder, or on a server."""
    from kg.graph.remote import Remote
    from kg.graph.store import open_reader

    return Remote(store) if store.startswith(("http://", "https://")) else open_reader(Path(store))


@click.command()
@click.argument("dumped", metavar="DUMP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", default="restored", show_default=True, help="Folder of the new store. 新图谱文件夹")
@click.option("--server", metavar="URL", default="", help="A SPARQL server to fill instead of a folder. 目标服务器")
def restore(dumped: Path, output: str, server: str) -> None:
    """A new store from a DUMP, or a server made to hold exactly what the DUMP holds.

    从备份文件恢复图谱（目标文件夹必须不存在），或使 SPARQL 服务器的内容与备份完全一致。

    \b
    Examples 示例:
      kg restore backup.nq -o restored
      kg restore backup.nq --server http://127.0.0.1:7878
    """
    from kg.graph.remote import Remote
    from kg.graph.store import restore as made

    if not server:
        made(dumped, Path(output))
    else:
        with Remote(server) as target, dumped.open(encoding="utf-8", newline="\n") as lines:
            target.upload((line.rstrip("\n") for line in lines), prune=True)
    click.echo(f"{server or output}: restored from {dumped}", err=True)


@click.command()
@click.option("--store", "output", default=o.OUTPUT, show_default=True, help="Output folder. 输出文件夹")
@click.option("-o", "--output", "target", default="-", show_default=True, help="Where the table goes. 输出文件")
@click.option("--csv", "comma", is_flag=True, help="CSV that spreadsheets open, instead of TSV. 输出电子表格可用的 CSV")
@click.option("--read", "filled", type=click.Path(exists=True, path_type=Path), help="A table filled in. 已填写的表")
@click.option("--curation", default=o.CURATION, show_default=True, help="The table of decisions so far. 更正表")
def review(output: str, target: str, comma: bool, filled: Path | None, curation: str) -> None:
    """What an expert should look at, as a table to fill in; --read turns it into decisions.

    导出待专家判断的条目；填写 action 列后用 --read 读回，追加到更正表。

    \b
    Examples 示例:
      kg review --csv -o review.csv
      kg review --read review.csv
      kg build reports -o output --curation curation.tsv
    """
    from kg.views import review as made

    if filled is None:
        text = made.review_text(made.review(Path(output), made.decided(Path(curation))), comma=comma)
        o.write_text(target, text)
        return
    rows = _with_earlier(Path(curation), made.decisions(filled))
    write_tsv(Path(curation), made.DECISION, rows)
    click.echo(f"{curation}: {len(rows)} decisions; build again to replay them", err=True)


def _with_earlier(curation: Path, new: list[dict[str, str]]) -> list[dict[str, str]]:
    """Earlier decisions, then those new ones that are not among them."""
    earlier = read_tsv(curation) if curation.exists() else []
    return earlier + [row for row in new if row not in earlier]
