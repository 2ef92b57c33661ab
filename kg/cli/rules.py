"""kg rule try, kg split."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["rule", "split"]


@click.group()
def rule() -> None:
    """Try the extraction rules.

    试用抽取规则。

    \b
    Example 示例:
      kg rule try "市二院与浙大一院签订合作协议，共建胸痛中心。" --in 海宁市
    """


@rule.command("try")
@click.argument("sentence")
@click.option("--in", "region", default="", metavar="REGION", help="Whose report the sentence stands in. 所在地区")
def try_(sentence: str, region: str) -> None:
    """What the rules make of SENTENCE: claims and rates with the rule that fired, and what was left open.

    用一句话试规则：得到哪些断言与指标，由哪条规则触发，哪些未能判定。

    \b
    Examples 示例:
      kg rule try "市二院与浙大一院签订合作协议。" --in 海宁市
      kg rule try "家庭医生签约率达到75.3%。" --in 余杭区
    """
    from kg.tryout import read_sentence

    found = read_sentence(sentence, region)
    names = {e.id: e.label for e in found.entities}
    for c in found.claims:
        ends = f"{names.get(c.subject, c.subject)} {c.predicate.value} {names.get(c.object, c.object)}"
        click.echo(f"{ends}  [{c.status.value}{' ' + c.kind if c.kind else ''}]  rule {c.rule}")
    for n in found.observations:
        click.echo(
            f"{names.get(n.subject, n.subject)} {n.metric_text} {n.value_text}  [{n.status.value}]  rule {n.rule}"
        )
    for p in found.problems:
        click.echo(f"{p.kind}: {p.what}; {p.todo}", err=True)
    if not found.claims and not found.observations:
        click.echo("no rule fires / 没有规则触发", err=True)


@click.command()
@click.argument("report", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--why", is_flag=True, help="Show role, headings and offsets of each sentence. 显示依据")
def split(report: Path, why: bool) -> None:
    """The sentences of REPORT, one a line.

    断句结果，每行一句；--why 显示位置、角色与所在标题。

    \b
    Examples 示例:
      kg split report.txt
      kg split report.txt --why
    """
    from kg.text.read import read_report
    from kg.text.split import sentences

    for s in sentences(read_report(report)):
        text = " ".join(s.text.split())
        place = f"{s.start}-{s.end}\t{s.role.value}\t{' > '.join(s.headings)}\t" if why else ""
        click.echo(place + text)
