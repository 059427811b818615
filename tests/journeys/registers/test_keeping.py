"""Administrators keep personas, products and markets; what maps are about can be archived, not removed."""

import pytest
from django.db import IntegrityError, connection, transaction

from journeys.models import MapPersona, Market, Persona, Product
from journeys.services import journeys, maps, registers
from orgs.models import AuditEntry
from orgs.services import stale
from tests.world import CANARY

KINDS = {"personas": Persona, "products": Product, "markets": Market}
every_kind = pytest.mark.parametrize("kind", KINDS)


def path(kind, *more):
    return f"/w/acme/settings/{kind}/" + "".join(f"{each}/" for each in more)


@pytest.fixture
def keep(world, sign_in):
    """Makes one of a kind, as Ada, and gives it back."""

    def _keep(kind, name="Sam"):
        with world.inside():
            return registers.find_or_create(KINDS[kind], name, by=world.ada)[0]

    return _keep


@pytest.fixture
def used(world, keep):
    """Makes one of a kind that a map is about."""

    def _used(kind):
        one = keep(kind)
        with world.inside():
            drawn = journeys.begin(name="A trip", scenario="", stage_names=[], owner=None, sponsor=None, by=world.max)
            maps.edit(drawn=drawn, version=1, by=world.max, **{kind: [one]})
        return one

    return _used


@every_kind
def test_one_is_added_once_and_on_record(world, sign_in, kind):
    client = sign_in(world.ada)
    assert client.post(path(kind), {"name": " Sam  Smith "}).status_code == 302
    again = client.post(path(kind), {"name": "sam SMITH"})
    assert again.status_code == 422
    assert "of this name already" in again.content.decode()
    with world.inside():
        assert [one.name for one in KINDS[kind].objects.all()] == ["Sam Smith"]
        assert AuditEntry.objects.first().action == f"{kind.removesuffix('s')}.create"
    assert CANARY not in client.get(path(kind)).content.decode()


@every_kind
def test_one_is_renamed_and_described_and_the_maps_follow(world, sign_in, used, kind):
    one, client = used(kind), sign_in(world.ada)
    was = stale.seen({"name": "Sam", "description": ""})
    news = {"name": "Samuel", "description": "Rents.", "was": was}
    assert client.post(path(kind, one.pk), news).status_code == 302
    assert client.post(path(kind, one.pk), news | {"name": "Late"}).status_code == 409
    with world.inside():
        entry = AuditEntry.objects.first()
    assert (entry.before, entry.after) == (
        {"name": "Sam", "description": ""},
        {"name": "Samuel", "description": "Rents."},
    )
    assert "Samuel" in client.get("/w/acme/journeys/").content.decode()


@every_kind
def test_a_name_that_is_taken_is_explained(world, sign_in, keep, kind):
    keep(kind)
    other = keep(kind, "Kim")
    was = stale.seen({"name": "Kim", "description": ""})
    reply = sign_in(world.ada).post(path(kind, other.pk), {"name": "SAM", "was": was})
    assert reply.status_code == 422
    assert "Another one is called" in reply.content.decode()


@every_kind
def test_one_that_maps_are_about_is_archived_and_not_removed(world, sign_in, used, kind):
    one, client = used(kind), sign_in(world.ada)
    assert "1 map" in client.get(path(kind)).content.decode()
    for reply in (client.get(path(kind, one.pk, "removal")), client.post(path(kind, one.pk, "removal"))):
        assert "1 map is about “Sam”, so it cannot be removed." in reply.content.decode()
    assert reply.status_code == 409
    client.post(path(kind, one.pk, "archiving"))
    assert "Archived" in client.get(path(kind)).content.decode()
    assert "Sam" in client.get("/w/acme/journeys/").content.decode()
    client.post(path(kind, one.pk, "archiving"))
    with world.inside():
        one.refresh_from_db()
        assert one.archived_at is None
        noun = kind.removesuffix("s")
        told = AuditEntry.objects.filter(subject_type=noun).values_list("action", flat=True)
        assert list(told) == [f"{noun}.restore", f"{noun}.archive", f"{noun}.create"]


@every_kind
def test_one_that_no_map_is_about_is_removed_after_a_question(world, sign_in, keep, kind):
    one, client = keep(kind), sign_in(world.ada)
    assert f'href="{path(kind, one.pk, "removal")}"' in client.get(path(kind)).content.decode()
    assert "No map is about it" in client.get(path(kind, one.pk, "removal")).content.decode()
    assert client.post(path(kind, one.pk, "removal")).status_code == 302
    with world.inside():
        assert not KINDS[kind].objects.exists()
        assert AuditEntry.objects.first().before == {"name": "Sam", "description": ""}


@every_kind
def test_only_administrators_keep_them(world, sign_in, keep, kind):
    one = keep(kind)
    for address in (path(kind), path(kind, one.pk), path(kind, one.pk, "removal")):
        assert sign_in(world.max).get(address).status_code == 403
        assert sign_in(world.ann).get(address).status_code == 404
    assert sign_in(world.max).post(path(kind, one.pk, "archiving")).status_code == 403
    theirs = world.umbra_rows[kind.removesuffix("s")]
    assert sign_in(world.ada).get(path(kind, theirs.pk)).status_code == 404


def test_a_map_cannot_be_about_a_persona_of_another_company(world):
    theirs = world.umbra_rows["persona"]
    with world.inside():
        drawn = journeys.begin(name="A trip", scenario="", stage_names=[], owner=None, sponsor=None, by=world.max)
        with pytest.raises(IntegrityError), transaction.atomic():
            _link(drawn, theirs)


def _link(drawn, persona):
    MapPersona.objects.create(map=drawn, persona_id=persona.pk)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
