"""Memory does not grow with the file: six times the rows take the same, from upload to tally."""

import tracemalloc
from datetime import date, timedelta

import pytest

from connectors.pipelines import contents
from connectors.pipelines.tallies import Answers
from connectors.registry import connector
from tests.connectors.desk import ANSWERS, BERLIN, keep

COMMENT = "and something else that the traveller said " * 3
FEW, MANY = 20_000, 120_000  # 4 and 24 chunks of the stored file
DAYS = [(date(2026, 1, 1) + timedelta(days=n)).isoformat() for n in range(50)]


def lines(count):
    yield b"touchpoint,date,score,comment\n"
    for n in range(count):
        yield f"Desk {n % 20},{DAYS[n % 50]}T10:00:00,{n % 5 + 1},{COMMENT}{n}\n".encode()


def peak_of(world, count):
    """Return how much memory reading a stored file of so many rows takes at most, in bytes."""
    file = keep(world, b"".join(lines(count)))
    tracemalloc.start()
    tally = Answers(connector("file").plan(ANSWERS.to_json()))
    pieces = contents.pieces(file, lambda total: None)
    read = 0
    for record in connector("file").records(ANSWERS.to_json(), pieces, BERLIN):
        read += tally.add(record) is None
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == count
    return peak


@pytest.mark.django_db
def test_six_times_the_rows_take_the_same_memory(world):
    peak_of(world, 100)  # imports and caches
    assert peak_of(world, MANY) < 1.5 * peak_of(world, FEW)
