"""A new workspace says on Home what to begin with, to those who may do it; each step goes once it is done."""

import pytest

from journeys.services import touchpoints
from tests.world import lay_out

FIRST = "Write down the first touchpoint"
STEPS = {
    "ada": ["Upload answers or results", FIRST, "Draw the first journey"],
    "max": [FIRST, "Draw the first journey"],
    "lea": [FIRST],
    "ivo": ["Upload answers or results"],
    "eli": [],
    "con": [],
    "vi": [],
}


def begun(client):
    lists = client.get("/w/acme/").context["lists"]
    return [row for shown in lists if shown["key"] == "begin" for row in shown["rows"]]


@pytest.mark.parametrize("who", list(STEPS))
def test_each_role_sees_the_steps_it_may_take(world, sign_in, who):
    client = sign_in(getattr(world, who))
    rows = begun(client)
    assert [row.text for row in rows] == STEPS[who]  # departments and colleagues are there already
    assert {client.get(row.url).status_code for row in rows} <= {200}


def test_a_step_that_is_done_is_gone(world, sign_in):
    with world.inside():
        drawn, _ = touchpoints.find_or_create("Phone hotline", by=world.ada)
    assert [row.text for row in begun(sign_in(world.max))] == ["Draw the first journey"]
    with world.inside():
        lay_out("A trip", [drawn], world.max)
    assert begun(sign_in(world.max)) == []


def test_what_another_company_has_done_counts_for_nothing(world, sign_in):
    with world.inside_umbra():
        assert touchpoints.same_named("Touchpoint canary-of-umbra", None) is not None
    assert FIRST in [row.text for row in begun(sign_in(world.max))]


def test_an_outsider_sees_nothing(world, sign_in):
    assert sign_in(world.ann).get("/w/acme/").status_code == 404
