"""Names are found whatever their letter case and blanks, and made once even when several ask at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from journeys.models import Channel, Map, Stage, Touchpoint
from journeys.services import channels, touchpoints
from orgs.models import AuditEntry, Department
from orgs.services import departments
from tests.world import lay_out

SIDE_BY_SIDE = 6
SCRIPTS = ["Straße", "ÉCLAIR", "İstanbul", "Kapı", "kelvin \u212a", "ΣΊΣΥΦΟΣ", "ǅ", "ﬁle", "المطار", "🛫 Abflug"]
MAKERS = {
    "touchpoint": (Touchpoint, lambda by: touchpoints.find_or_create("Check-in", by=by)),
    "channel": (Channel, lambda by: channels.find_or_create("Phone", by=by)),
    "department": (Department, lambda by: departments.find_or_create("Sales", by=by)),
    "map": (Map, lambda by: lay_out("Trip", [], by)),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", MAKERS)
def test_side_by_side_one_is_made(committed_world, what):
    model, make = MAKERS[what]
    start = Barrier(SIDE_BY_SIDE)

    def make_in_a_transaction(_):
        try:
            start.wait(timeout=20)
            with committed_world.inside():
                made = make(committed_world.ada)
                return (made[0] if isinstance(made, tuple) else made).pk
        finally:
            connection.close()

    with committed_world.inside():
        before = model.objects.count()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        made = set(pool.map(make_in_a_transaction, range(SIDE_BY_SIDE)))
    with committed_world.inside():
        assert len(made) == 1
        assert model.objects.count() == before + 1
        assert AuditEntry.objects.filter(subject_type=what, subject_id__in=made, action__endswith="create").count() == (
            what != "map"
        )
        if what == "map":
            assert Stage.objects.count() == 1


@pytest.mark.parametrize("spelling", ["check-in", "  CHECK-IN ", "Check-In", "Check-in\t"])
def test_a_spelling_finds_the_same(inside, spelling):
    first, is_new = touchpoints.find_or_create("Check-in", by=inside.ada)
    assert is_new
    assert touchpoints.find_or_create(spelling, by=inside.ada) == (first, False)


@pytest.mark.parametrize("name", SCRIPTS)
def test_names_of_every_script_are_made_and_found(inside, name):
    for spelling in (name, name.upper(), name.lower(), name.swapcase()):
        found, _ = channels.find_or_create(spelling, by=inside.ada)
        assert channels.find_or_create(spelling, by=inside.ada) == (found, False)


def test_a_name_that_the_index_tells_apart_is_another_record(inside):
    dotless, _ = channels.find_or_create("Kap\u0131", by=inside.ada)
    dotted, is_new = channels.find_or_create("KAPI", by=inside.ada)
    assert is_new
    assert dotted != dotless


def test_a_channel_tells_touchpoints_of_one_name_apart(inside):
    phone, _ = channels.find_or_create("Phone", by=inside.ada)
    web, _ = channels.find_or_create("Web", by=inside.ada)
    by_phone, _ = touchpoints.find_or_create("Help", channel=phone, by=inside.ada)
    by_web, is_new = touchpoints.find_or_create("Help", channel=web, by=inside.ada)
    assert is_new
    assert touchpoints.find_or_create("help", by=inside.ada) == (by_phone, False)
    assert touchpoints.find_or_create("HELP", channel=web, by=inside.ada) == (by_web, False)


def test_an_offer_is_made_once_and_accepted_by_nobody_else(inside):
    touchpoint, _ = touchpoints.find_or_create("Check-in", by=inside.ada)
    sales, _ = departments.find_or_create("Sales", by=inside.ada)
    assert touchpoints.offer(touchpoint, inside.service, by=inside.ivo, now=timezone.now())
    assert not touchpoints.offer(touchpoint, sales, by=inside.ivo, now=timezone.now())
    touchpoint.refresh_from_db()
    assert (touchpoint.accountable_department, touchpoint.accountability) == (inside.service, "offered")
    assert not touchpoint.is_owned
    assert list(Touchpoint.objects.unowned()) == [touchpoint]


def test_an_outsiders_names_are_not_found(inside):
    with inside.inside_umbra():
        theirs, _ = channels.find_or_create("Phone", by=inside.ann)
    ours, is_new = channels.find_or_create("Phone", by=inside.ada)
    assert is_new
    assert ours.workspace_id != theirs.workspace_id
