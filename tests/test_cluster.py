"""A real dask scheduler and workers as processes of their own on loopback; one is killed in the middle."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg.errors import KgError, UsageError
from kg.model import Extraction, Report
from kg.pipeline import Options, build, build_to
from tests.line import ENGINE, SLOW, write_reports
from tests.test_pipeline import contents

pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
pytestmark = pytest.mark.cluster
ROOT = Path(__file__).parent.parent


@dataclass
class Cluster:
    address: str
    workers: list[subprocess.Popen[str]]


def start(folder: Path, name: str, *arguments: str) -> subprocess.Popen[str]:
    """A process whose output goes to a file."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    with (folder / f"{name}.log").open("w") as log:
        command = [sys.executable, "-m", *arguments]
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, text=True, env=environment, cwd=folder)


def wait_for(log: Path, pattern: str) -> str:
    """The first match in a growing log."""
    for _ in range(600):
        found = re.search(pattern, log.read_text() if log.exists() else "")
        if found:
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"{pattern} never came: {log.read_text()}")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    arguments = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    scheduler = start(tmp_path, "scheduler", *arguments)
    address = wait_for(tmp_path / "scheduler.log", r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)")
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    workers = [start(tmp_path, f"worker-{n}", "distributed.cli.dask_worker", address, *options) for n in range(2)]
    for n in range(2):
        wait_for(tmp_path / f"worker-{n}.log", r"(Registered to)")
    yield Cluster(address, workers)
    for process in [*workers, scheduler]:
        process.kill()
        process.wait()


@pytest.fixture
def local(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    reports = write_reports(tmp_path / "reports", 60)
    (reports / "empty.txt").write_bytes(b"")
    build([str(reports)], tmp_path / "local", Options(workers=1, engine=ENGINE))
    return reports, contents(tmp_path / "local")


def test_a_cluster_leaves_the_bytes_of_this_machine(
    cluster: Cluster, local: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    reports, expected = local
    done = build([str(reports)], tmp_path / "far", Options(scheduler=cluster.address, engine=ENGINE))
    assert (done.reports, done.left_out) == (60, 1)
    assert contents(tmp_path / "far") == expected


def test_reports_may_lie_at_a_url(cluster: Cluster, local: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    reports, expected = local
    build([reports.as_uri()], tmp_path / "far", Options(scheduler=cluster.address, engine=ENGINE))
    assert contents(tmp_path / "far") == expected


def test_workers_may_share_no_folder(cluster: Cluster, local: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    """Input and output by URL: the parts come back through the output's URL, which is left clean."""
    reports, expected = local
    url = (tmp_path / "far").as_uri()
    build_to([reports.as_uri()], url, Options(scheduler=cluster.address, engine=ENGINE))
    assert contents(tmp_path / "far") == expected


def test_a_worker_killed_in_the_middle_changes_nothing(
    cluster: Cluster, local: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports, expected = local
    output = tmp_path / "far"
    monkeypatch.setattr("kg.cluster.BATCH", 8)
    killed: list[int] = []

    def kill_one() -> None:
        """As soon as the first parts are there, while both workers are at work."""
        while not list((output / ".work").glob("*.json")):
            time.sleep(0.01)
        cluster.workers[0].send_signal(signal.SIGKILL)
        killed.append(len(list((output / ".work").glob("*.json"))))

    thread = threading.Thread(target=kill_one)
    thread.start()
    build([str(reports)], output, Options(scheduler=cluster.address, engine=SLOW))
    thread.join()
    assert cluster.workers[0].wait(10) == -signal.SIGKILL
    assert killed[0] < len(list((output / "parts").glob("??.json")))
    assert contents(output) == expected


def test_no_scheduler_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = write_reports(tmp_path / "reports", 1)
    monkeypatch.setattr("kg.cluster.CONNECT", "1s")
    with pytest.raises(UsageError, match="no dask scheduler"):
        build([str(reports)], tmp_path / "far", Options(scheduler="tcp://127.0.0.1:9", engine=ENGINE))


def test_a_worker_process_that_dies_is_told(tmp_path: Path) -> None:
    """The local pool: what is done stays, the message says how to go on."""
    reports = write_reports(tmp_path / "reports", 40)
    with pytest.raises(KgError, match="go on"):
        build([str(reports)], tmp_path / "out", Options(workers=2, engine=replace(ENGINE, extract=_die)))
    build([str(reports)], tmp_path / "out", Options(workers=2, engine=ENGINE))
    build([str(reports)], tmp_path / "new", Options(workers=2, engine=ENGINE))
    assert contents(tmp_path / "out") == contents(tmp_path / "new")


def _die(report: Report) -> Extraction:
    os.kill(os.getpid(), signal.SIGKILL)
    return ENGINE.extract(report)
