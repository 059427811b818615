"""Short ways to have maps that somebody keeps in Acme, and to ask pages as somebody."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from governance.queries import reviews
from governance.services import endorsements, plans
from governance.services import reviews as reviewing
from journeys.models import Map, Offer, Touchpoint
from journeys.queries import documents, maps
from journeys.services import accountability, touchpoints
from orgs.models import AuditEntry
from tests.days import local_today
from tests.governance.expecting import expected  # noqa: F401  a fixture
from tests.governance.handing import handing  # noqa: F401  a fixture
from tests.world import lay_out

MADE = datetime(2026, 1, 10, 23, 30, tzinfo=UTC)
"""The 11th of January in Berlin, where Acme is."""


class Keeping:
    def __init__(self, world, sign_in):
        self.world, self._sign_in = world, sign_in

    @property
    def today(self):
        """The day it is where Acme is."""
        return local_today()

    def map(self, title="Move in", *, owner=None, sponsor=None, made=MADE, placed=()):
        """A map that was made at a moment, kept by these."""
        with self.world.inside():
            drawn = lay_out(title, list(placed), self.world.ada)
            Map.objects.filter(pk=drawn.pk).update(created_at=made, owner=owner, sponsor=sponsor)
            return Map.objects.get(pk=drawn.pk)

    def plan(self, drawn, next_on, cadence_days=90, *, by=None, today=None):
        with self.world.inside():
            given = {"next_on": next_on, "cadence_days": cadence_days, "today": today or next_on}
            return plans.plan(drawn=drawn, by=by or self.world.max, **given)

    def due(self, drawn):
        """How often the map is reviewed and when next; None where it is not."""
        with self.world.inside():
            found = reviews.reviewed(self.world.acme.tzinfo).filter(pk=drawn.pk).first()
            return found and (found.cadence_days, found.due_on)

    def start(self, drawn, now, by=None):
        with self.world.inside():
            given = {"workspace": self.world.acme, "by": by or self.world.max, "now": now}
            return reviewing.start(drawn=drawn, **given)

    def close(self, review, now, *, steps=tuple(reviewing.ALL), by=None, **more):
        """Do the steps and close; returns the day of the next review."""
        who = by or self.world.max
        with self.world.inside():
            for step in steps:
                reviewing.mark(review=review, step=step, is_done=True, by=who, now=now)
            return reviewing.close(review=review, workspace=self.world.acme, note="", by=who, now=now, **more)

    def do(self, review, *steps, by=None):
        with self.world.inside():
            for step in steps:
                reviewing.mark(review=review, step=step, is_done=True, by=by or self.world.max, now=timezone.now())

    def sign(self, review, by=None, now=None):
        """Sign off the map as it is, as its sponsor."""
        with self.world.inside():
            drawn = maps.one().get(pk=review.map_id)
            given = {"by": by or drawn.sponsor, "now": now or timezone.now()}
            told = documents.sha256(documents.document(drawn))
            return endorsements.sign_off(review=review, seen=told, comment="", **given)

    def touchpoint(self, name, *, owned=True):
        """A touchpoint that Service answers for, or nobody."""
        with self.world.inside():
            made, _ = touchpoints.find_or_create(name, by=self.world.ada)
            if owned:
                touchpoints.offer(made, self.world.service, by=self.world.ada, now=MADE)
                accountability.accept(offer=Offer.objects.get(touchpoint=made), by=self.world.lea, now=MADE)
            return Touchpoint.objects.get(pk=made.pk)

    def actions(self, drawn):
        with self.world.inside():
            found = AuditEntry.objects.filter(subject_type="map", subject_id=drawn.pk, action__contains="review")
            return [(each.action, str(each.actor), each.before, each.after) for each in found.order_by("pk")]

    def get(self, path, member):
        return self._sign_in(member).get(f"/w/acme/{path}")

    def post(self, path, member, /, **data):
        return self._sign_in(member).post(f"/w/acme/{path}", data)


@pytest.fixture
def keeping(world, sign_in):
    return Keeping(world, sign_in)
