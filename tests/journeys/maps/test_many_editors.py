"""Whatever several editors do to one map, in whichever order: it is what a naive copy of it says, and nothing is lost.

EDIT_RUNS says how many runs: a few in the tests, two thousand with `make fuzz`.
"""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys.maps.editing import Editing

RUNS = int(os.environ.get("EDIT_RUNS", "20"))
STEPS = 14


def test_a_map_is_what_its_editors_made_of_it(world):
    Editing.world = world
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],  # a failing run reads well as it is
            derandomize=RUNS <= 100,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
