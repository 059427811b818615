"""Short ways to make touchpoints and to change them as somebody."""

from datetime import UTC, datetime

import pytest

from journeys.models import Touchpoint
from journeys.services import channels, touchpoints
from orgs.models import AuditEntry

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def make(world):
    """Returns a function that makes a touchpoint in Acme; `accepted` departments answer for it."""

    def _make(name="Hotline", channel="Phone", department=None, **values):
        with world.inside():
            where = channels.find_or_create(channel, by=world.ada)[0] if channel else None
            made = touchpoints.create(values={"name": name, "channel": where, **values}, by=world.ada, now=NOW)
            if department:
                accepted = {"accountable_department": department, "accountability": "accepted"}
                Touchpoint.objects.filter(pk=made.pk).update(**accepted)
                made.refresh_from_db()
            return made

    return _make


@pytest.fixture
def edit(world):
    """Returns a function that edits as somebody, from a version (today's unless given)."""

    def _edit(touchpoint, by=None, version=None, **changes):
        with world.inside():
            seen = version or Touchpoint.objects.get(pk=touchpoint.pk).version
            return touchpoints.edit(touchpoint=touchpoint, version=seen, changes=changes, by=by or world.ada, now=NOW)

    return _edit


@pytest.fixture
def entries(world):
    def _entries(touchpoint):
        with world.inside():
            found = AuditEntry.objects.filter(subject_type="touchpoint", subject_id=touchpoint.pk)
            return list(found.select_related("actor__user").order_by("pk"))

    return _entries
