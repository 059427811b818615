"""An archived touchpoint stays archived when a file names it again."""

from django.utils import timezone

from journeys.models import Touchpoint
from journeys.services import channels, touchpoints


def test_a_new_touchpoint_takes_the_name_of_an_archived_one(inside):
    phone, _ = channels.find_or_create("Phone", by=inside.ada)
    old, _ = touchpoints.find_or_create("Call us", channel=phone, by=inside.ada)
    Touchpoint.objects.filter(pk=old.pk).update(archived_at=timezone.now())
    new, is_new = touchpoints.find_or_create("call us", channel=phone, by=inside.ada)
    assert is_new
    assert new.pk != old.pk
    assert Touchpoint.objects.current().get() == new
    assert touchpoints.find_or_create("CALL US", channel=phone, by=inside.ada) == (new, False)
