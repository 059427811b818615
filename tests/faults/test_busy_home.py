"""A folder that another run uses is left as it is."""

import os

import pytest

from cxhub.local import locks
from cxhub.local.problems import Problem
from faults.stack import Stack


def test_what_another_run_uses_is_not_removed(tmp_path):
    kept = tmp_path / "postgres" / "data"
    kept.mkdir(parents=True)
    lock = locks.take(tmp_path / "run.lock", "in use")
    try:
        with pytest.raises(Problem, match="Another run uses"):
            Stack(tmp_path)
    finally:
        os.close(lock)
    assert kept.exists()
