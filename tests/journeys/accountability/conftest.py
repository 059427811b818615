"""Short ways to make touchpoints and offers in Acme, to read them again, and to ask pages as somebody."""

from datetime import UTC, datetime

import pytest

from journeys.models import Offer, Touchpoint
from journeys.services import accountability, touchpoints
from orgs.models import AuditEntry, Notification
from orgs.services import departments

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


class Desk:
    def __init__(self, world, sign_in):
        self.world, self._sign_in = world, sign_in

    def make(self, name="Hotline", **values):
        with self.world.inside():
            return touchpoints.create(values={"name": name, **values}, by=self.world.ada, now=NOW)

    def department(self, name):
        with self.world.inside():
            return departments.find_or_create(name, by=self.world.ada)[0]

    def offer(self, touchpoint, department=None, by=None, now=NOW, **more):
        with self.world.inside():
            to, who = department or self.world.service, by or self.world.max
            return accountability.offer(touchpoint=touchpoint, department=to, by=who, now=now, **more)

    def owned(self, name="Hotline", **values):
        made = self.make(name, **values)
        offer = self.offer(made)
        with self.world.inside():
            accountability.accept(offer=offer, by=self.world.lea, now=NOW)
        return self.again(made)

    def again(self, touchpoint):
        with self.world.inside():
            return Touchpoint.objects.select_related("accountable_department").get(pk=touchpoint.pk)

    def is_unowned(self, touchpoint):
        with self.world.inside():
            return Touchpoint.objects.unowned().filter(pk=touchpoint.pk).exists()

    def state(self, offer):
        with self.world.inside():
            return Offer.objects.get(pk=offer.pk).state

    def told(self, member, *kinds):
        with self.world.inside():
            found = Notification.objects.filter(member=member, kind__in=kinds)
            return [(each.kind, each.done_at is not None) for each in found.order_by("pk")]

    def actions(self, touchpoint):
        with self.world.inside():
            found = AuditEntry.objects.filter(subject_type="touchpoint", subject_id=touchpoint.pk)
            return [(each.action, str(each.actor)) for each in found.order_by("pk")]

    def get(self, path, member):
        return self._sign_in(member).get(f"/w/acme/{path}")

    def post(self, path, member, **data):
        return self._sign_in(member).post(f"/w/acme/{path}", data)


@pytest.fixture
def desk(world, sign_in):
    return Desk(world, sign_in)
