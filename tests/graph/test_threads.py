"""Results in order, errors in order, and never far ahead."""

import threading
from collections.abc import Iterator

import pytest

from kg.graph.threads import in_order


def test_the_first_error_in_order_is_the_one_that_is_seen() -> None:
    second_failed = threading.Event()

    def work(number: int) -> int:
        if number == 1:
            assert second_failed.wait(10)  # fails after 2 has failed, and is still the one that is told
            raise ValueError(number)
        if number == 2:
            second_failed.set()
            raise ValueError(number)
        return number

    seen = []
    with pytest.raises(ValueError, match="1"):
        for found in in_order(work, range(9), 2):
            seen.append(found)
    assert seen == [0]


def test_items_are_taken_as_results_are(threads: int = 3) -> None:
    """A source of ten thousand graphs is not read into memory."""
    taken = 0

    def source() -> Iterator[int]:
        nonlocal taken
        while taken < 99:
            taken += 1
            yield taken

    for done, _ in enumerate(in_order(abs, source(), threads), 1):
        assert taken <= done + 2 * threads
    assert done == 99
