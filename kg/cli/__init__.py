"""The command ``kg``: each command parses, calls one function and prints.

Commands are imported when they are called, so that ``kg --help`` is quick.
Results go to standard output, everything else to standard error; exit code 0
means fine, 1 problems found, 2 wrong use.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import IO, Any

import click

from kg import __version__
from kg.errors import KgError

__all__ = ["COMMANDS", "LazyGroup", "kg", "main"]

# name of the command: (module, function, one line of help)
COMMANDS = {
    "build": ("kg.cli.build", "build", "Reports to claims, graph, store and pages. 从报告到图谱，一步完成"),
    "extract": ("kg.cli.build", "extract", "Reports to claims, nothing else. 只抽取，不建图"),
    "load": ("kg.cli.build", "load", "Claims to graph and store. 把 claims.jsonl 载入图谱"),
    "check": ("kg.cli.check", "check", "Shapes and must-be-empty queries. 用 SHACL 与规则检查图谱"),
    "verify": ("kg.cli.check", "verify", "Every quote cut out of its report again. 逐条核对证据原文"),
    "score": ("kg.cli.check", "score", "Claims against gold graphs, gains and losses. 与标准答案比对"),
    "query": ("kg.cli.ask", "query", "A question in SPARQL, or a shipped one by name. 查询"),
    "explain": ("kg.cli.ask", "explain", "Why an edge is there. 一条关系的来历与证据"),
    "resolve": ("kg.cli.ask", "resolve", "What a name means in a region. 名称指的是谁"),
    "recur": ("kg.cli.ask", "recur", "Programmes and partners that recur. 项目与合作的重现与扩散"),
    "export": ("kg.cli.out", "export", "Other formats: Turtle, CSV, GraphML, Neo4j, … 导出"),
    "site": ("kg.cli.out", "site", "The explorer: one page with all views. 生成浏览页面"),
    "draw": ("kg.cli.out", "draw", "One network page. 画网络图"),
    "serve": ("kg.cli.out", "serve", "The store behind a SPARQL server. 启动 SPARQL 服务"),
    "dump": ("kg.cli.keep", "dump", "The store as one N-Quads file. 备份图谱"),
    "restore": ("kg.cli.keep", "restore", "A store from a dump. 从备份恢复"),
    "review": ("kg.cli.keep", "review", "The expert's work list and decisions. 专家审阅与更正"),
    "split": ("kg.cli.rules", "split", "The sentences of a report, and why they were cut. 断句及其理由"),
    "rule": ("kg.cli.rules", "rule", "Try the rules on a sentence. 用一句话试规则"),
}


class LazyGroup(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the command's module; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table of commands, from COMMANDS alone."""
        with formatter.section("Commands 命令"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kg")
def kg() -> None:
    """Programmes and partnerships of county and city health authorities, with the sentence that proves each edge.

    县市卫生健康部门工作报告 → 可核对的知识图谱：谁在推行什么、谁与谁合作、原文在哪里。

    \b
    Example 示例:
      kg build reports -o output
      kg query partners-of who=复旦大学附属中山医院 --store output
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; errors of ours become one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        _unbreakable(stream)
    try:
        code: Any = kg.main(args=arguments, prog_name="kg", standalone_mode=False)
    except click.exceptions.Abort:
        code = _say("interrupted; the same command goes on where it stopped / 已中断，再次运行即可继续", 130)
    except click.ClickException as fault:
        fault.show()
        code = fault.exit_code
    except KgError as fault:
        code = _say(str(fault), 2)
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _say(message: str, code: int) -> int:
    click.echo(f"kg: {message}", err=True)
    return code


def _unbreakable(stream: IO[str]) -> None:
    """A console that cannot show a character (GBK on Windows) shows a substitute instead of failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        encoding = None if stream.isatty() else "utf-8"
        reconfigure(encoding=encoding, errors="replace")
