"""Where measurements are kept: one table a run, appended to bench/results.md."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path

import psutil

__all__ = ["Row", "record"]

RESULTS = Path(__file__).with_name("results.md")

Row = tuple[str, str]


def record(what: str, note: str, rows: Iterable[Row]) -> str:
    """Append a table and return it; ``what`` names the run, ``note`` what else is to be known."""
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M")
    memory = psutil.virtual_memory().total / 1e9
    machine = f"{psutil.cpu_count()} processors, {memory:.0f} GB, Python {platform.python_version()}"
    head = f"\n## {when} UTC, commit {_commit()}, {what}\n\n{machine}. {note}\n\n| | |\n|---|---|\n"
    text = head + "".join(f"| {name} | {value} |\n" for name, value in rows)
    with RESULTS.open("a", encoding="utf-8", newline="\n") as out:
        out.write(text)
    return text


def _commit() -> str:
    """The commit measured; a star for changes that are not committed."""
    asked = subprocess.run(["git", "describe", "--always", "--dirty=*"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or "unknown"
