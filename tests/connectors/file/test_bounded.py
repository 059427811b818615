"""Files are read in a child that may use so much and no more; the parent survives, and says what happened."""

import json
import os
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from itertools import count, islice

import pytest

from connectors.base import SetupProblem
from connectors.registry import connector
from connectors.systems.file import bounded, wire
from cxhub.lib.bounded import asking
from tests.connectors.desk import ANSWERS, BERLIN, csv_of, in_pieces, read

MISBEHAVING = """
import json, os, sys, time
from cxhub.lib.bounded import serving
task = json.loads(sys.stdin.buffer.readline())
serving.limit(task["limits"])
END = json.dumps(dict(end=True))
{does}
"""
SMALL = bounded.Limits(memory_bytes=400 * 1024**2, cpu_seconds=1, wall_seconds=20, silent_seconds=15)
TASK = {"does": "records", "settings": ANSWERS.to_json(), "calendar": BERLIN.to_json()}


@pytest.fixture
def misbehave(monkeypatch):
    """Returns a function that lets a child do something else than read, under small limits."""

    def _misbehave(does, limits=SMALL, content=()):
        monkeypatch.setattr(bounded, "COMMAND", [sys.executable, "-c", MISBEHAVING.format(does=does)])
        return list(bounded.ask(TASK, content, limits))

    return _misbehave


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("while time.process_time() < 8: pass\nprint(END, flush=True)", "far longer"),
        ("x = bytearray(10**9)\nprint(END, flush=True)", "broke off"),
        ("os.abort()", "more memory"),
        ("os.kill(os.getpid(), 11)", "broke off"),
        ("os.kill(os.getpid(), 9)", "far longer"),
        ("print('{}', flush=True); os._exit(0)", "broke off"),
        ("while True: sys.stdout.write('x' * 10**6)", "broke off|far longer"),
    ],
)
def test_a_child_that_goes_astray_ends_in_a_sentence(misbehave, does, says):
    with pytest.raises(SetupProblem, match=says):
        misbehave(does)


def test_a_child_that_answers_for_ever_is_ended_by_the_clock(misbehave):
    limits = replace(SMALL, wall_seconds=1.5, cpu_seconds=20)
    with pytest.raises(SetupProblem, match="far longer"):
        misbehave("while True: print('{}', flush=True); time.sleep(0.01)", limits)


def test_a_silent_child_is_ended_before_a_lease_would_be(misbehave):
    with pytest.raises(SetupProblem, match="far longer"):
        misbehave("time.sleep(8); print(END, flush=True)", replace(SMALL, silent_seconds=1))


def test_it_may_write_no_file(misbehave, tmp_path):
    path = tmp_path / "x"
    with pytest.raises(SetupProblem):
        misbehave(f"os.write(os.open({str(path)!r}, os.O_CREAT | os.O_WRONLY), b'x'); print(END, flush=True)")
    assert not path.stat().st_size


def test_it_knows_no_secret(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://canary")
    monkeypatch.setattr(
        bounded, "COMMAND", ["/bin/sh", "-c", "env | grep -c -i -E 'canary|secret|keys|redis' >&2; env"]
    )
    seen = []
    monkeypatch.setattr(asking, "_understood", lambda line: seen.append(bytes(line)) or {})
    with pytest.raises(SetupProblem):
        list(bounded.ask(TASK, [], SMALL))
    names = {line.split(b"=")[0].decode() for line in seen}
    assert "PATH" in names
    assert not names & {"DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY", "ENCRYPTION_KEYS", "REDIS_URL"}


def test_a_bug_of_ours_is_told_by_its_place_and_never_by_the_files_words():
    with pytest.raises(asking.ChildFailed) as failed:
        list(bounded.ask({**TASK, "calendar": ["secret words", 0, 1]}, [csv_of()], SMALL))
    assert "child.py" in str(failed.value)
    assert "secret words" not in str(failed.value)


def test_what_the_child_says_is_what_reading_here_would_say():
    data = csv_of(*[(f"Desk {n % 7}", f"2026-05-{n % 28 + 1:02}", n % 7) for n in range(20_000)])
    assert list(connector("file").records(ANSWERS.to_json(), in_pieces(data, 999), BERLIN)) == read(data)


def test_an_endless_file_is_read_as_it_comes_and_its_child_ends_with_the_reader():
    def endless():
        yield b"touchpoint,date,score\n"
        for n in count():
            yield b"Desk %d,2026-05-11,4\n" % (n % 5) * 500

    with closing(connector("file").records(ANSWERS.to_json(), endless(), BERLIN)) as records:
        assert len(list(islice(records, 30_000))) == 30_000
    assert not children()


def test_a_reader_that_stops_with_an_error_leaves_no_child():
    def broken():
        yield csv_of(*[("Desk", "2026-05-11", 4)] * 5000)
        raise ConnectionError("the database went away")

    with pytest.raises(ConnectionError):
        list(connector("file").records(ANSWERS.to_json(), broken(), BERLIN))
    assert not children()


def test_a_preview_takes_no_more_of_a_large_file_than_it_needs():
    taken = []

    def large():
        yield b"touchpoint,date,score\n"
        for n in range(3000):
            taken.append(n)
            yield b"Desk,2026-05-11,4\n" * 1000

    [found] = bounded.ask({**TASK, "does": "glimpse", "settings": None, "rows": 20}, large(), bounded.LOOKING)
    assert len(found["rows"]) == 20
    assert len(taken) < 100


def test_batches_survive_the_way_through_json():
    records = read(csv_of(*[(f"Desk {n % 3}", "2026-05-11", n % 8) for n in range(5000)]))
    batches = [json.loads(json.dumps(batch)) for batch in wire.packed(records)]
    assert [record for batch in batches for record in wire.unpacked(batch)] == records
    assert len(batches) == 3


def children():
    """Processes of this one that run the reader."""
    time.sleep(0.2)
    listed = subprocess.run(
        ["ps", "-o", "args", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return [line for line in listed.stdout.splitlines() if "connectors.systems.file.child" in line]
