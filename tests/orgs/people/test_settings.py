"""The settings of a workspace: name and calendar with figures that follow, and its lists."""

from datetime import date

import pytest

from insights.models import Reading, Restatement
from journeys.models import Channel, LifecyclePhase, System
from orgs.models import AuditEntry, Department, Workspace
from orgs.services import departments, stale, workspaces
from tests.world import CANARY

SETTINGS = "/w/acme/settings/"


def values(world, **changes):
    with world.inside():
        now = workspaces.values_of(Workspace.objects.get(pk=world.acme.pk))
    return now | {"was": stale.seen(now)} | changes


def test_name_and_zone_are_kept_and_audited(world, sign_in):
    data = values(world, name="Acme Travel", zone="Asia/Tokyo")
    assert sign_in(world.ada).post(SETTINGS, data).status_code == 302
    with world.inside():
        found = Workspace.objects.get(pk=world.acme.pk)
        entry = AuditEntry.objects.first()
    assert (found.name, found.zone) == ("Acme Travel", "Asia/Tokyo")
    assert entry.action == "workspace.describe"
    assert entry.before == {"name": "Acme", "zone": "Europe/Berlin"}
    assert entry.after == {"name": "Acme Travel", "zone": "Asia/Tokyo"}


def test_figures_follow_another_fiscal_year_and_week(world, sign_in):
    rows = world.fill_acme()

    def days(grain):
        found = Reading.objects.filter(kpi=rows["kpi"], grain=grain)
        return [(reading.starts_on, reading.value, reading.answered) for reading in found]

    with world.inside():
        [(_, value, answered)] = days("day")
        assert days("year") == [(date(2018, 1, 1), value, answered)]
        restated = Restatement.objects.count()
    data = values(world, fiscal_year_start=10, week_start=6)
    assert sign_in(world.ada).post(SETTINGS, data).status_code == 302
    with world.inside():
        assert days("year") == [(date(2017, 10, 1), value, answered)]
        assert days("quarter") == [(date(2018, 4, 1), value, answered)]
        assert days("week") == [(date(2018, 5, 6), value, answered)]
        assert days("day") == [(date(2018, 5, 7), value, answered)]
        assert Restatement.objects.count() == restated
    with world.inside_umbra():
        theirs = Reading.objects.filter(grain="year").values_list("starts_on", flat=True)
        assert set(theirs) == {date(2018, 1, 1)}


def test_a_change_made_on_an_old_page_shows_both(world, sign_in):
    old = values(world, name="Mine")
    sign_in(world.ada).post(SETTINGS, values(world, name="Theirs"))
    answer = sign_in(world.ada).post(SETTINGS, old)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'dir="auto">Theirs</td>' in text
    assert 'dir="auto">Mine</td>' in text
    assert 'value="Mine"' in text
    with world.inside():
        assert Workspace.objects.get(pk=world.acme.pk).name == "Theirs"
    assert sign_in(world.ada).post(SETTINGS, values(world, name="Mine")).status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"zone": "Mars/Base"}, "no such time zone"),
        ({"name": " "}, "required"),
        ({"name": "x" * 201}, "at most 200"),
        ({"week_start": "9"}, "valid choice"),
        ({"fiscal_year_start": "0"}, "valid choice"),
    ],
    ids=["zone", "no name", "long name", "week", "month"],
)
def test_what_cannot_be_is_explained(world, sign_in, change, said):
    answer = sign_in(world.ada).post(SETTINGS, values(world, **change))
    assert answer.status_code == 422
    assert said in answer.content.decode()


class TestDepartments:
    def test_are_added_once(self, world, sign_in):
        client = sign_in(world.ada)
        assert client.post(f"{SETTINGS}departments/", {"name": " Field  sales "}).status_code == 302
        assert client.post(f"{SETTINGS}departments/", {"name": "field SALES"}).status_code == 422
        with world.inside():
            assert Department.objects.filter(name="Field sales").count() == 1

    def test_are_renamed_but_not_to_a_name_that_is_taken(self, world, sign_in):
        with world.inside():
            departments.find_or_create("Sales", by=world.ada)
        path, was = f"{SETTINGS}departments/{world.service.pk}/", stale.seen({"name": "Service"})
        taken = sign_in(world.ada).post(path, {"name": "sales", "was": was})
        assert taken.status_code == 422
        assert "Another one is called" in taken.content.decode()
        assert sign_in(world.ada).post(path, {"name": "Care", "was": was}).status_code == 302
        assert sign_in(world.ada).post(path, {"name": "Late", "was": was}).status_code == 409

    def test_that_are_archived_leave_the_choices_and_can_come_back(self, world, sign_in):
        path, client = f"{SETTINGS}departments/{world.service.pk}/archiving/", sign_in(world.ada)
        offered = f'<option value="{world.service.pk}">'
        assert offered in client.get("/w/acme/invitations/").content.decode()
        client.post(path)
        assert offered not in client.get("/w/acme/invitations/").content.decode()
        assert "Archived" in client.get(f"{SETTINGS}departments/").content.decode()
        client.post(path)
        assert offered in client.get("/w/acme/invitations/").content.decode()


class TestTheLists:
    def test_phases_are_ordered_added_and_renamed(self, world, sign_in):
        client = sign_in(world.ada)

        def names():
            with world.inside():
                return list(LifecyclePhase.objects.values_list("name", flat=True))

        with world.inside():
            third = LifecyclePhase.objects.get(position=2)
        client.post(f"{SETTINGS}phases/{third.pk}/position/", {"move": "up"})
        client.post(f"{SETTINGS}phases/{third.pk}/position/", {"move": "up"})
        client.post(f"{SETTINGS}phases/{third.pk}/position/", {"move": "up"})
        client.post(f"{SETTINGS}phases/", {"name": "Leave"})
        client.post(f"{SETTINGS}phases/{third.pk}/", {"name": "Order", "was": stale.seen({"name": "Buy"})})
        assert names() == ["Order", "Discover", "Choose", "Start", "Use", "Get help", "Renew", "Leave"]
        with world.inside():
            assert AuditEntry.objects.filter(action="phase.move").count() == 2

    def test_a_channel_keeps_its_register_entry(self, world, sign_in):
        client = sign_in(world.ada)
        client.post(f"{SETTINGS}channels/", {"name": "Phone"})
        with world.inside():
            phone = Channel.objects.get(name="Phone")
        path = f"{SETTINGS}channels/{phone.pk}/"
        was = re_was(client.get(path).content.decode())
        data = {"name": "Hotline", "state": "retired", "since": "2026-05-01", "is_monitored": "on", "was": was}
        data |= {"kind": "identity", "owner": str(world.service.pk), "participation_target": "40"}
        for wrong in ({"since": "soon"}, {"kind": "fax"}, {"owner": "0"}, {"participation_target": "101"}):
            assert client.post(path, data | wrong).status_code == 422
        assert client.post(path, data).status_code == 302
        late = client.post(path, data | {"name": "Late"})
        assert late.status_code == 409
        assert "Late" in late.content.decode()
        with world.inside():
            phone.refresh_from_db()
            entry = AuditEntry.objects.first()
        assert (phone.name, phone.state, phone.since, phone.is_monitored) == (
            "Hotline",
            "retired",
            date(2026, 5, 1),
            True,
        )
        assert (phone.kind, phone.owner_id, phone.participation_target) == ("identity", world.service.pk, 40)
        assert entry.after["since"] == "2026-05-01"
        assert (entry.before["owner"], entry.after["owner"]) == ("", "Service")
        note = client.get(f"{SETTINGS}channels/").content.decode()
        assert "Sign-in (identity provider) · Retired" in note
        assert "monitored · Service" in note
        client.post(f"{SETTINGS}departments/{world.service.pk}/archiving/")
        assert "Service</option>" in client.get(path).content.decode()  # the owner stays a choice

    def test_systems_are_added_and_renamed(self, world, sign_in):
        client = sign_in(world.ada)
        client.post(f"{SETTINGS}systems/", {"name": "CRM"})
        with world.inside():
            crm = System.objects.get(name="CRM")
        client.post(f"{SETTINGS}systems/{crm.pk}/", {"name": "CRM 2", "was": stale.seen({"name": "CRM"})})
        with world.inside():
            assert list(System.objects.values_list("name", flat=True)) == ["CRM 2"]


def re_was(text):
    return text.split('name="was" value="')[1].split('"')[0]


def test_only_administrators_reach_them(world, sign_in):
    for page in ("", "departments/", "phases/", "channels/", "systems/"):
        assert sign_in(world.max).get(SETTINGS + page).status_code == 403
        assert sign_in(world.ann).get(SETTINGS + page).status_code == 404
        assert CANARY not in sign_in(world.ada).get(SETTINGS + page).content.decode()
