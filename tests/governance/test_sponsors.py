"""Every published map has a sponsor, and who keeps it hears when that sponsor goes quiet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.pipelines import quiet_sponsors
from governance.queries import sponsors
from journeys.models import Map, MapVersion
from journeys.services import versions
from orgs.models import AuditEntry, Member, Notification
from tests.world import CANARY

NOW = timezone.now()


def ago(days):
    return NOW - timedelta(days=days)


def published(keeping, title="Move in", *, sponsor, owner=None, days=1):
    """A map whose first version is so many days old, and on which nobody did anything since."""
    drawn = keeping.map(title, owner=owner or keeping.world.max, sponsor=sponsor)
    with keeping.world.inside():
        drawn.refresh_from_db()
        versions.publish(drawn=drawn, note="", is_major=True, by=keeping.world.max, now=ago(days), sponsor=None)
        return drawn


def seen(world, member, days):
    with world.inside():
        Member.objects.filter(pk=member.pk).update(last_seen_at=ago(days), joined_at=ago(400))


def signal(world, drawn):
    with world.inside():
        [one] = sponsors.of(list(sponsors.published().filter(pk=drawn.pk)), now=NOW)
        return one.signal, list(one.why)


def acted(world, member, drawn, days):
    with world.inside():
        told = {"subject_type": "map", "subject_id": drawn.pk, "subject_label": "", "action": "map.close_review"}
        entry = AuditEntry.objects.create(actor=member, **told)
    with connection.cursor() as cursor, world.inside():
        cursor.execute("select 1")
    return entry


def asked(world, member, days, done=False):
    """Something that the member is to do, asked so many days ago."""
    with world.inside():
        told = {"kind": "offer.made", "thing_type": "offer", "thing_id": days, "occasion": "x"}
        made = Notification.objects.create(member=member, done_at=NOW if done else None, **told)
        Notification.objects.filter(pk=made.pk).update(created_at=ago(days))


class TestPublishing:
    def test_a_map_without_a_sponsor_is_not_published(self, keeping, world):
        drawn = keeping.map(owner=world.max)
        answer = keeping.post(f"maps/{drawn.pk}/versions/", world.max, note="Ready")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Name who sponsors this map." in page
        assert 'value="Ready"' in page
        with world.inside():
            assert not MapVersion.objects.filter(map=drawn).exists()

    def test_who_publishes_can_name_one_at_once(self, keeping, world):
        drawn = keeping.map(owner=world.max)
        assert "Executive sponsor" in keeping.get(f"maps/{drawn.pk}/versions/", world.max).content.decode()
        answer = keeping.post(f"maps/{drawn.pk}/versions/", world.max, note="Ready", sponsor=world.eli.pk)
        assert answer.status_code == 302
        with world.inside():
            assert Map.objects.get(pk=drawn.pk).sponsor_id == world.eli.pk
            assert MapVersion.objects.get(map=drawn).document["sponsor"] == "Eli"
        assert "version-sponsor" not in keeping.get(f"maps/{drawn.pk}/versions/", world.max).content.decode()

    def test_a_sponsor_who_left_and_one_of_another_company_are_none(self, keeping, world):
        drawn = keeping.map(owner=world.max, sponsor=world.eli)
        with world.inside():
            Member.objects.filter(pk=world.eli.pk).update(left_at=NOW)
        for nobody in ("", world.eli.pk, world.ann.pk, "x", "9" * 30):
            answer = keeping.post(f"maps/{drawn.pk}/versions/", world.max, sponsor=nobody)
            assert answer.status_code == 422, nobody


class TestSignal:
    def test_who_was_here_and_decided_follows_the_map(self, keeping, world):
        seen(world, world.eli, 29)
        drawn = published(keeping, sponsor=world.eli, days=90)
        asked(world, world.eli, 13)
        asked(world, world.eli, 300, done=True)
        assert signal(world, drawn) == ("active", [])

    def test_who_was_not_here_has_gone_quiet(self, keeping, world):
        seen(world, world.eli, 30)
        assert signal(world, published(keeping, sponsor=world.eli)) == ("quiet", ["Not here for 30 days."])

    def test_who_decided_nothing_for_a_cadence_has_gone_quiet(self, keeping, world):
        seen(world, world.eli, 0)
        drawn = published(keeping, sponsor=world.eli, days=91)
        assert signal(world, drawn) == ("quiet", ["Decided nothing on it for 91 days."])
        keeping.plan(drawn, keeping.today, 120)
        assert signal(world, drawn) == ("active", [])
        keeping.plan(drawn, keeping.today, 90)
        acted(world, world.max, drawn, 0)
        assert signal(world, drawn)[0] == "quiet"  # what somebody else did is no decision of the sponsor
        acted(world, world.eli, drawn, 0)
        assert signal(world, drawn) == ("active", [])

    def test_who_lets_requests_wait_has_gone_quiet(self, keeping, world):
        seen(world, world.eli, 0)
        drawn = published(keeping, sponsor=world.eli)
        asked(world, world.eli, 14)
        asked(world, world.eli, 3)
        assert signal(world, drawn) == ("quiet", ["2 requests wait, the oldest for 14 days."])

    def test_who_left_is_nobody(self, keeping, world):
        drawn = published(keeping, sponsor=world.eli)
        with world.inside():
            Member.objects.filter(pk=world.eli.pk).update(left_at=NOW)
        assert signal(world, drawn) == ("nobody", ["Eli left the workspace."])


class TestWarning:
    def told(self, world, now=NOW):
        quiet_sponsors.sweep(now)
        with world.inside():
            found = Notification.objects.filter(kind="sponsorship.quiet").select_related("member__user")
            return sorted((str(one.member), one.thing_id) for one in found)

    def test_the_owner_hears_of_it_once_a_month(self, keeping, world):
        seen(world, world.eli, 40)
        drawn = published(keeping, sponsor=world.eli)
        published(keeping, "Followed", sponsor=world.lea)
        seen(world, world.lea, 1)
        assert self.told(world) == [("Max", drawn.pk)]
        assert self.told(world) == [("Max", drawn.pk)]
        assert len(self.told(world, NOW + timedelta(days=31))) > 1

    @pytest.mark.parametrize("owner", ["none", "sponsor", "left"])
    def test_administrators_hear_of_it_where_no_owner_would(self, owner, keeping, world):
        seen(world, world.eli, 40)
        drawn = published(keeping, sponsor=world.eli, owner=world.eli if owner == "sponsor" else None)
        with world.inside():
            if owner == "none":
                Map.objects.filter(pk=drawn.pk).update(owner=None)
            if owner == "left":
                Member.objects.filter(pk=world.max.pk).update(left_at=NOW)
        assert self.told(world) == [("Ada Admin", drawn.pk)]

    def test_it_says_which_map_and_why(self, keeping, world):
        seen(world, world.eli, 40)
        published(keeping, "Möbel & Co", sponsor=world.eli)
        quiet_sponsors.sweep(NOW)
        page = keeping.get("inbox/", world.max).content.decode()
        assert "The sponsor of Möbel &amp; Co has gone quiet" in page
        assert "Not here for 40 days." in page


class TestPage:
    def test_what_nobody_sponsors_comes_first_then_what_withers(self, keeping, world):
        seen(world, world.eli, 40)
        seen(world, world.lea, 1)
        for title, sponsor in (("A", world.lea), ("B", world.eli), ("C", world.con)):
            published(keeping, title, sponsor=sponsor)
        keeping.map("Never published", owner=world.max)
        with world.inside():
            Map.objects.filter(title="C").update(sponsor=None)
        page = keeping.get("governance/", world.vi).content.decode()
        assert page.index(">C</a>") < page.index(">B</a>") < page.index(">A</a>")
        assert "Never published" not in page
        assert "name one" not in page  # Vi may not
        assert CANARY not in page
        quiet = keeping.get("governance/?signal=quiet", world.vi).content.decode()
        assert (">B</a>" in quiet, ">A</a>" in quiet) == (True, False)
        assert ">A</a>" in keeping.get("governance/?q=lea", world.vi).content.decode()
        lines = keeping.get("governance.csv?signal=nobody", world.vi).content.decode().splitlines()
        assert lines[1:] == ["C,Max,,No sponsor,Nobody answers for it."]
        assert keeping.get("governance/", world.ann).status_code == 404

    def test_exact_days_are_for_those_who_keep_the_map(self, keeping, world):
        seen(world, world.eli, 40)
        drawn = published(keeping, sponsor=world.eli)
        for member, sees in ((world.max, True), (world.eli, True), (world.vi, False)):
            page = keeping.get(f"maps/{drawn.pk}/sponsor/", member).content.decode()
            assert ("Last here:" in page) is sees, member

    def test_an_empty_page_says_why(self, keeping, world):
        assert "Once a map is published" in keeping.get("governance/", world.vi).content.decode()
        assert "Take a filter away" in keeping.get("governance/?q=zzz", world.vi).content.decode()

    def test_queries_do_not_grow_with_the_maps(self, keeping, world):
        def count():
            keeping.get("governance/", world.max)
            with CaptureQueriesContext(connection) as asked_for:
                keeping.get("governance/", world.max)
            return len(asked_for)

        published(keeping, "One", sponsor=world.eli)
        before = count()
        for n in range(6):
            published(keeping, f"More {n}", sponsor=[world.eli, world.lea, world.con][n % 3])
        assert count() == before
