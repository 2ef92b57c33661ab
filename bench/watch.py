"""Run a command and watch it: wall time, processor time and peak memory of it and all its children."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

__all__ = ["Watched", "kg", "watch"]


@dataclass(frozen=True, slots=True)
class Watched:
    """Seconds of wall time, mean share of all processors in use, peak of summed memory in bytes, exit code."""

    seconds: float
    busy: float
    memory: int
    code: int


def kg(*arguments: str) -> list[str]:
    """The command line of ``kg`` with the interpreter of this run."""
    return [sys.executable, "-m", "kg", *arguments]


def watch(command: Sequence[str], every: float = 0.05) -> Watched:
    """Run a command to its end; memory is proportional set size where the system knows it, else resident."""
    start = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peaks: list[int] = [0]
    thread = threading.Thread(target=_sample, args=(process, peaks, every))
    thread.start()
    before = psutil.cpu_times()
    _, errors = process.communicate()
    seconds = time.perf_counter() - start
    thread.join()
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}: {errors.decode(errors='replace')}")
    return Watched(seconds, _busy(before, seconds), peaks[0], process.returncode)


def _busy(before: object, seconds: float) -> float:
    """Share of the machine in use since ``before``, other processes included."""
    now = psutil.cpu_times()
    used = sum(getattr(now, kind) - getattr(before, kind) for kind in ("user", "system"))
    return float(used / (seconds * (psutil.cpu_count() or 1)))


def _sample(process: psutil.Process, peaks: list[int], every: float) -> None:
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        with contextlib.suppress(psutil.NoSuchProcess):
            family = [process, *process.children(recursive=True)]
            peaks[0] = max(peaks[0], sum(map(_memory, family)))
        time.sleep(every)


def _memory(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", 0) or full.rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
