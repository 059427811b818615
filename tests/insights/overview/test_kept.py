"""The Overview is kept while it is true: every kind of write, the clock and the reader make it anew."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from insights import registry
from insights.models import Kpi, Source
from insights.services import kpis, overview, requests, sources, trust, updates
from journeys.models import Journey, LifecyclePhase, Offer, Touchpoint
from journeys.services import accountability, merging
from orgs.models import Member
from orgs.queries import versions
from orgs.roles import Role
from orgs.services import departments, members, people, stale
from orgs.versions import counted_tables
from tests.insights.overview.company import BAD, GOOD, headline, journey, kpi, tell, touchpoint
from tests.world import CANARY

URL = "/w/acme/overview/"
# Their rows are no workspace's: a new name is counted by the service that writes it (orgs/services/people.py).
SHARED = {"orgs_user"}


@pytest.fixture
def frozen():
    """The clock stands: nothing but what a test does makes the page another one."""
    with time_machine.travel(datetime(2026, 5, 12, 9, 30, 20, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def told(frozen, world):
    """I move in: the call broke last month and is Service's; the visit is nobody's, and on target."""
    with world.inside():
        call = touchpoint(world, "Confirmation call", is_moment_of_truth=True)
        visit = touchpoint(world, "First visit", owned=False)
        broken = kpi(world, call, [GOOD, BAD], owner=world.con)
        fine = kpi(world, visit, [GOOD, GOOD])
        Source.objects.update(interval_minutes=60, refreshed_at=timezone.now())
        headline(broken)
        journey("I move in", {3: [call], 4: [visit]}, sponsor=world.eli, owner=world.max)
    return {"world": world, "call": call, "visit": visit, "broken": broken, "fine": fine}


def page(client, url=URL):
    """The page as it stands, but for the token against forgery, which is another one each time."""
    answer = client.get(url)
    assert answer.status_code == 200
    return re.sub(r"(csrfmiddlewaretoken\" value=|X-CSRFToken\": )\"[^\"]+", r"\1", answer.content.decode())


def worked_out(client, url=URL):
    cache.clear()
    return page(client, url)


def a_reading(told):
    tell(told["fine"], [BAD])


def a_reading_taken_away(told):
    told["broken"].readings.all().delete()


def a_merge(told):
    stays, goes = told["call"], told["visit"]
    merging.merge(stays=stays, goes=goes, versions=(1, 1), kept={}, by=told["world"].ada, now=timezone.now())


def an_accepted_offer(told):
    world = told["world"]
    accountability.offer(touchpoint=told["visit"], department=world.service, by=world.ada, now=timezone.now())
    accountability.accept(offer=Offer.objects.get(), by=world.lea, now=timezone.now())


def a_target(told):
    kpis.set_target(kpi=told["broken"], value=1.5, valid_from=date(2020, 1, 1), by=told["world"].ada)


def a_status_update(told):
    said = {"sentence": "We hire two people.", "cause": "people", "recovery_on": None}
    updates.write(about=told["broken"], by=told["world"].con, now=timezone.now(), **said)


def a_request(told, by=None):
    now = timezone.now()
    due = {"due_on": now.date() + timedelta(days=7), "today": now.date()}
    requests.ask(about=told["broken"], by=by or told["world"].eli, now=now, **due)


def a_dispute(told):
    trust.dispute(kpi=told["broken"], reason="No", by=told["world"].lea, now=timezone.now())


def another_owner(told):
    trust.name_owner(kpi=told["broken"], owner=told["world"].max, by=told["world"].ada)


def a_headline(told):
    overview.choose_headlines(kpis=[told["fine"]], whose=told["world"].eli, by=told["world"].eli)


def mark_as_seen(told):
    overview.mark_seen(by=told["world"].eli, now=timezone.now())


def a_failure(told):
    sources.failed(told["broken"].source, trouble="The key was refused.", run_path="", at=timezone.now())
    Source.objects.update(refreshed_at=timezone.now() - timedelta(days=3))


def a_role(told):
    world = told["world"]
    was = stale.seen({"roles": members.roles_of(world.eli)})
    members.change_roles(member=world.eli, roles=[(Role.VIEWER, None)], was=was, by=world.ada)


def a_name_of_a_person(told):
    user = told["world"].con.user
    people.describe(user=user, name="Conrad", language="", zone="UTC", has_shortcuts=True)


def a_name_of_a_department(told):
    service = told["world"].service
    Touchpoint.objects.filter(pk=told["visit"].pk).update(accountable_department=service, accountability="offered")
    was = stale.seen(departments.values_of(service))
    departments.rename(department=service, name="Care", was=was, by=told["world"].ada)


def a_name_of_a_phase(told):
    LifecyclePhase.objects.filter(position=3).update(name="Settling in")


def an_archived_journey(told):
    Journey.objects.update(archived_at=timezone.now())


def the_trust_of_a_number(told):
    Kpi.objects.filter(pk=told["fine"].pk).update(trust="disputed")


WRITES = [
    a_reading,
    a_reading_taken_away,
    a_merge,
    an_accepted_offer,
    a_target,
    a_status_update,
    a_request,
    a_dispute,
    another_owner,
    a_headline,
    mark_as_seen,
    a_failure,
    a_role,
    a_name_of_a_person,
    a_name_of_a_department,
    a_name_of_a_phase,
    an_archived_journey,
    the_trust_of_a_number,
]


@pytest.mark.parametrize("write", WRITES)
def test_the_next_view_after_a_write_is_right(told, sign_in, world, write):
    client = sign_in(world.eli)
    before = page(client)
    assert page(client) == before
    with world.inside():
        write(told)
    after = page(client)
    assert after != before
    assert after == worked_out(client)


def test_what_is_kept_is_shown_and_asks_less(told, sign_in, world, monkeypatch):
    client = sign_in(world.eli)
    first = page(client)
    monkeypatch.setattr("insights.views.overview.OVERVIEW", [])
    assert page(client) == first
    with world.inside():
        a_reading(told)
    assert "Confirmation call" not in page(client)


def test_it_is_made_anew_when_time_makes_a_number_stale(told, sign_in, world, frozen):
    client = sign_in(world.eli)
    assert "2 hours old" not in page(client)
    frozen.shift(timedelta(hours=2, seconds=-20))
    assert "2 hours old" not in page(client)
    frozen.shift(timedelta(seconds=60))
    assert "2 hours old" in page(client)
    assert "2 stale and 0 disputed of 2 KPIs" in page(client)


def test_the_frame_is_right_too(told, sign_in, world):
    client = sign_in(world.eli)
    assert "Marked as seen." not in page(client)
    client.post(f"{URL}seen/")
    assert "Marked as seen." in page(client)
    assert "Marked as seen." not in page(client)
    assert 'data-theme="dark"' not in page(client)
    people.choose_theme(user=world.eli.user, theme="dark")
    assert 'data-theme="dark"' in page(client)
    with world.inside():
        a_request({**told, "broken": owned_by(world.eli, told["broken"])}, by=world.ada)
    assert re.search(r'class="badge">1<', page(client))


def owned_by(member, found):
    trust.name_owner(kpi=found, owner=member, by=member)
    return found


def test_nobody_sees_what_another_member_saw(told, sign_in, world):
    mine = page(sign_in(world.eli))
    assert "My journeys" in mine
    theirs = page(sign_in(world.vi))
    assert "My journeys" not in theirs
    assert "update-requests/" not in theirs
    assert page(sign_in(world.eli)) == mine


def test_no_other_workspace_and_no_outsider_sees_it(told, sign_in, world):
    page(sign_in(world.eli))
    assert sign_in(world.ann).get(URL).status_code == 404
    theirs = page(sign_in(world.ann), "/w/umbra/overview/")
    assert "Confirmation call" not in theirs
    assert CANARY not in page(sign_in(world.eli))


def test_each_period_is_kept_by_itself(told, sign_in, world):
    client = sign_in(world.eli)
    urls = [f"{URL}?per=month&at=2026-0{month}-01" for month in (3, 4)]
    first = [page(client, url) for url in urls]
    assert "2.00" in first[1]
    assert first[0] != first[1]
    assert [page(client, url) for url in urls] == first


def test_a_form_of_a_kept_page_has_the_token_of_its_reader(told, world):
    for _ in range(2):
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.eli.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        html = client.get(URL).content.decode()
        token = re.search(r'overview/seen/.*?csrfmiddlewaretoken" value="([^"]+)"', html, re.S)[1]
        assert client.post(f"{URL}seen/", {"csrfmiddlewaretoken": token}).status_code == 302
        assert client.post(f"{URL}seen/", {"csrfmiddlewaretoken": "x" * 64}).status_code == 403


def test_another_release_works_it_out_anew(told, sign_in, world, monkeypatch):
    client = sign_in(world.eli)
    page(client)
    monkeypatch.setattr("insights.views.overview.OVERVIEW", [])
    monkeypatch.setattr("insights.panels.kept.release", lambda: "the next one")
    assert "Confirmation call" not in page(client)


def test_without_the_cache_it_is_worked_out_each_time(told, sign_in, world, caplog):
    client = sign_in(world.eli)
    usual = page(client)
    gone = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9"}}
    with override_settings(CACHES=gone):
        assert page(client) == usual
        with world.inside():
            a_reading(told)
        assert page(client) != usual
    assert "does not answer" in caplog.text


def test_a_page_with_a_panel_that_failed_is_not_kept(told, sign_in, world, monkeypatch):
    client = sign_in(world.eli)

    def broken(_request, _known):
        raise RuntimeError

    bad = registry.OverviewPanel("bad", "Bad panel", "insights/overview/risks.html", 5, broken)
    with monkeypatch.context() as patch:
        patch.setattr("insights.views.overview.OVERVIEW", [bad, *registry.OVERVIEW])
        assert "This part could not be worked out" in page(client)
    assert "This part could not be worked out" not in page(client)


def test_every_table_that_the_kept_part_shows_is_counted(told, sign_in, world):
    tables: set[str] = set()
    for member in world.cast.values():
        client = sign_in(member)
        worked, shown = asked(client), asked(client)
        tables |= set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(worked - shown)))
    assert {"insights_reading", "journeys_touchpoint"} <= tables
    assert tables - SHARED <= counted_tables()
    assert {"orgs_auditentry", "insights_overviewseen"} <= counted_tables()  # read with the version, each time


def asked(client):
    with CaptureQueriesContext(connection) as seen:
        client.get(URL)
    return {each["sql"] for each in seen}


def version(member):
    return Member.objects.annotate(version=versions.of_workspace()).get(pk=member.pk).version


def test_to_be_here_counts_nothing_and_a_rolled_back_number_never_returns(inside):
    first = version(inside.eli)
    Member.objects.filter(pk=inside.eli.pk).update(last_seen_at=timezone.now())
    assert version(inside.eli) == first
    with transaction.atomic():
        Journey.objects.create(name="Never")
        never = version(inside.eli)
        transaction.set_rollback(True)
    assert version(inside.eli) == first != never
    Journey.objects.create(name="Always")
    assert version(inside.eli) not in {first, never}


def test_one_workspace_counts_for_itself(world):
    with world.inside_umbra():
        theirs = version(world.ann)
    with world.inside():
        Journey.objects.create(name="Ours")
    with world.inside_umbra():
        assert version(world.ann) == theirs
