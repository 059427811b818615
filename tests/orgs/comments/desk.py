"""A touchpoint that Lea's department owns, a KPI that Con owns, and comments on them."""

from datetime import UTC, datetime

from insights.services import trust
from journeys.models import Touchpoint
from journeys.services import touchpoints
from orgs.services import comments
from tests.insights.numbers import new_kpi

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
SECRET = "The third desk is not paid for"


def owned_touchpoint(world, name="Call us"):
    """A touchpoint that Service has accepted: Lea leads Service."""
    with world.inside():
        touchpoint, _ = touchpoints.find_or_create(name, by=world.ada)
        # Written down, not offered: nobody is told, so that tests see what comments tell alone.
        accepted = {"accountable_department": world.service, "accountability": "accepted"}
        Touchpoint.objects.filter(pk=touchpoint.pk).update(**accepted)
        return Touchpoint.objects.get(pk=touchpoint.pk)


def owned_kpi(world):
    with world.inside():
        kpi = new_kpi(world)
        trust.name_owner(kpi=kpi, owner=world.con, by=world.ada)
        kpi.refresh_from_db()
        return kpi


def say(world, record, by, text="Why is this so?", **more):
    with world.inside():
        return comments.write(about=record, text=text, by=by, now=NOW, **more)


def answer(world, comment, by, text="Because.", **more):
    with world.inside():
        return comments.reply(to=comment, text=text, by=by, now=NOW, **more)
