"""Whatever people do to a map, its reviews and its endorsements, in whichever order: what was signed is what is said.

EDIT_RUNS says how many runs: a few in the tests, two thousand with `make fuzz`.
"""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.governance.endorsing import Endorsing

RUNS = int(os.environ.get("EDIT_RUNS", "8"))
STEPS = 16


def test_a_map_is_endorsed_as_it_was_signed(world):
    Endorsing.world = world
    run_state_machine_as_test(
        Endorsing,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            derandomize=RUNS <= 100,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
