"""What a steward keeps is handed over when the steward leaves."""

import pytest
from django.utils import timezone

from journeys.models import Touchpoint
from orgs.services import members


@pytest.mark.parametrize("name", ["max", None], ids=["to-max", "to-nobody"])
def test_a_record_goes_to_who_takes_over(desk, world, name):
    made = desk.make()
    to = world.cast[name] if name else None
    with world.inside():
        Touchpoint.objects.filter(pk=made.pk).update(steward=world.ivo)
        members.remove(member=world.ivo, handed={"stewardships": to}, by=world.ada, now=timezone.now())
    assert desk.again(made).steward_id == (to.pk if to else None)
    assert desk.actions(made)[-1] == ("touchpoint.edit", "Ada Admin")
