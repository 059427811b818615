"""Departments that were asked before offers were records: the migration makes an offer of each, with who made it."""

from importlib import import_module

from django.db import connection

from journeys.models import Offer, Touchpoint

migration = import_module("journeys.migrations.0006_earlier_offers")


def test_what_was_offered_or_declined_becomes_an_offer(desk, world):
    asked, refused, owned = desk.make("Asked"), desk.make("Refused"), desk.owned("Owned")
    desk.make("Never asked")
    desk.offer(asked, by=world.max)
    desk.post(f"offers/{desk.offer(refused, by=world.eli).pk}/refusal/", world.lea, reason="Not ours")
    with world.inside(), connection.cursor() as cursor:
        Offer.objects.all().delete()
        Touchpoint.objects.update(unowned_since=None)
        cursor.execute(migration.SINCE)
        cursor.execute(migration.OFFERS)
        found = {each.touchpoint.name: each for each in Offer.objects.select_related("touchpoint", "by__user")}
    told = {name: (each.state, str(each.by), each.reason, each.department_id) for name, each in found.items()}
    assert told == {
        "Asked": ("open", "Max", "", world.service.pk),
        "Refused": ("declined", "Eli", "Not ours", world.service.pk),
    }
    assert desk.again(owned).unowned_since is None
    assert desk.again(asked).unowned_since == desk.again(asked).created_at
    assert desk.post(f"offers/{found['Asked'].pk}/acceptance/", world.lea).status_code == 302
