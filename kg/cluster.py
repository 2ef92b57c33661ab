"""The same jobs on a dask.distributed cluster (extra ``[cluster]``).

Reports are independent, so a task is a batch of parts of about 250 files: a
task costs the scheduler 1.7 ms whatever its size. Workers read the reports
and write the parts themselves; only counts travel. They write either into the
output folder, which then all workers and this machine must see, or to a URL
from which this machine collects the parts. A batch whose worker dies is given
to another one by the scheduler; doing a batch twice leaves the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.engine import Engine
from kg.errors import KgError, UsageError
from kg.exchange import fetch, send
from kg.parts import KINDS
from kg.pool import batches, work_batch
from kg.work import Done, Job

__all__ = ["run_on"]

BATCH = 250
CONNECT = "30s"


def run_on(jobs: list[Job], address: str, engine: Engine, exchange: str = "") -> Iterator[Done]:
    """Run jobs on the cluster at ``address`` (``tcp://host:8786``), yield each as it is done.

    ``exchange`` is a URL through which parts come back where no folder is
    shared. Raises UsageError when no scheduler answers or the extra is
    missing, and KgError when a batch was lost with several workers.
    """
    distributed = _library()
    tasks = [[_everywhere(job) for job in batch] for batch in batches(jobs, BATCH)]
    work = partial(_send_batch, exchange=exchange) if exchange else work_batch
    with _connect(distributed, address) as client:
        futures = client.map(partial(work, engine=engine), tasks, pure=False, retries=2)
        try:
            for _, results in distributed.as_completed(futures, loop=client.loop, with_results=True):
                for done in results:
                    if exchange:
                        fetch(exchange, [f"{done.part}.{kind}" for kind in (*KINDS, "json")], Path(jobs[0].into))
                    yield done
        except distributed.KilledWorker as fault:
            raise KgError(f"{address}: {fault}; run the same command again to go on") from None


def _library() -> Any:
    try:
        return import_module("distributed")
    except ImportError:
        raise UsageError("dask.distributed is missing; pip install 'kg[cluster]'") from None


def _connect(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as fault:
        raise UsageError(f"{address}: no dask scheduler answers ({fault}); start one or check the address") from None


def _everywhere(job: Job) -> Job:
    """The job with absolute folders, which mean the same on every machine that shares them."""
    old = str(Path(job.old).resolve()) if job.old else ""
    return replace(job, old=old, into=str(Path(job.into).resolve()))


def _send_batch(batch: list[Job], engine: Engine, exchange: str) -> list[Done]:
    """A batch on a machine that shares no folder: made here, sent to the URL."""
    with TemporaryDirectory(prefix="kg-") as folder:
        done = work_batch([replace(job, old="", into=folder) for job in batch], engine)
        send(Path(folder), exchange)
    return done
