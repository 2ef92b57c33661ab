"""Jobs in worker processes on this machine.

Workers are forked after the index is built where the system can fork (Linux:
0.01 s a worker), and spawned elsewhere. A task is several parts together,
about 64 files, for handing over a task costs a millisecond.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from kg.engine import Engine
from kg.errors import KgError
from kg.work import Done, Job, run

__all__ = ["batches", "processors", "run_jobs", "work_batch"]

BATCH = 64
_SMALL_THINGS = 200_000  # made since the last look, before cycles are looked for; Python looks after 700
METHOD = "fork" if sys.platform.startswith("linux") else "spawn"


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batches(jobs: Iterable[Job], size: int = BATCH) -> Iterator[list[Job]]:
    """Jobs together until they hold ``size`` files or more."""
    batch: list[Job] = []
    files = 0
    for job in jobs:
        batch.append(job)
        files += job.weight
        if files >= size:
            yield batch
            batch, files = [], 0
    if batch:
        yield batch


def work_batch(batch: list[Job], engine: Engine) -> list[Done]:
    """All jobs of one task, in the process this is called in."""
    return [run(job, engine) for job in batch]


def run_jobs(jobs: list[Job], engine: Engine, workers: int = 0) -> Iterator[Done]:
    """Run jobs, yield each as it is done; ``workers`` 0 means one a processor.

    Raises KgError when a worker process dies. On Ctrl-C the batches under
    way are finished, so that the next build goes on from them.
    """
    files = sum(job.weight for job in jobs)
    workers = min(workers or processors(), files // 4, len(jobs))
    if workers <= 1:
        for job in jobs:
            yield run(job, engine)
        return
    engine.warm()
    size = min(BATCH, max(1, files // (workers * 4)))
    yield from _in_processes(list(batches(jobs, size)), engine, workers)


def _in_processes(tasks: list[list[Job]], engine: Engine, workers: int) -> Iterator[Done]:
    """Feed tasks to a pool, never more than four a worker ahead."""
    context = multiprocessing.get_context(METHOD)
    waiting = iter(tasks)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(engine,)) as pool:
        pending = {pool.submit(work_batch, task, engine) for task in islice(waiting, workers * 4)}
        try:
            while pending:
                finished = next(as_completed(pending))
                pending.discard(finished)
                pending.update(pool.submit(work_batch, task, engine) for task in islice(waiting, 1))
                yield from _result(finished)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _start(engine: Engine) -> None:
    """In a new worker: Ctrl-C is the parent's affair, and the index is loaded once.

    Looking for cycles in the index, and among the many small things a report
    becomes, takes a twelfth of a worker's time and finds next to nothing.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    engine.warm()
    gc.freeze()
    gc.set_threshold(_SMALL_THINGS)


def _result(finished: Future[list[Done]]) -> list[Done]:
    try:
        return finished.result()
    except BrokenProcessPool:
        raise KgError(
            "a worker process was killed (out of memory?); run the same command again to go on, with fewer --workers"
        ) from None
