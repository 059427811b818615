"""Who decides about the reviews of a map is one rule: whoever the queue offers it to may do it, and nobody else."""

from datetime import timedelta

import pytest

from governance.models import Reviewer
from governance.services import turns

PAGES = ("review-plan", "reviewers", "review-delegation", "review-postponement", "review-skip", "sharing")
CAST = ("ada", "max", "eli", "lea", "con", "ivo", "vi")
EDITORS = {"ada", "max"}


@pytest.fixture
def drawn(keeping, world):
    """A map that Eli sponsors and nobody owns."""
    return keeping.map(sponsor=world.eli)


def offered(keeping, world, drawn):
    """To whom the queue offers to change the day."""
    link = f"/w/acme/maps/{drawn.pk}/review-plan/"
    return {who for who in CAST if link in keeping.get("reviews/", getattr(world, who)).content.decode()}


def let_in(keeping, world, drawn, page):
    found = {who: keeping.get(f"maps/{drawn.pk}/{page}/", getattr(world, who)).status_code for who in CAST}
    assert set(found.values()) <= {200, 403}
    return {who for who, status in found.items() if status == 200}


def check(keeping, world, drawn, expected):
    assert offered(keeping, world, drawn) == expected
    assert {page: let_in(keeping, world, drawn, page) for page in PAGES} == dict.fromkeys(PAGES, expected)


def test_editors_and_who_stands_for_the_map(keeping, world, drawn):
    check(keeping, world, drawn, EDITORS | {"eli"})
    check(keeping, world, keeping.map("Owned", owner=world.con), EDITORS | {"con"})


def test_who_was_named_keeps_it_while_somebody_else_has_the_next_one(keeping, world, drawn):
    with world.inside():
        Reviewer.objects.create(map=drawn, member=world.con)
        Reviewer.objects.create(map=drawn, department=world.service)
        told = {"note": "He knows it", "workspace": world.acme, "by": world.max}
        turns.delegate(drawn=drawn, to=world.ivo, **told)
    check(keeping, world, drawn, EDITORS | {"eli", "con", "lea", "ivo"})


def test_whoever_aligns_moves_only_what_that_person_may_plan(keeping, world, drawn):
    others = keeping.map("Another", owner=world.max)
    before, on = keeping.due(others), keeping.today + timedelta(days=9)
    assert keeping.post("reviews/alignment/", world.eli, on=on).status_code == 302
    assert keeping.due(drawn)[1] == on
    assert keeping.due(others) == before


def test_outsiders_see_nothing(keeping, world, drawn):
    for page in (*(f"maps/{drawn.pk}/{each}/" for each in PAGES), "reviews/"):
        assert keeping.get(page, world.ann).status_code == 404
