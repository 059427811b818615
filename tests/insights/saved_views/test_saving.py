"""Saved views of the Overview, the comparison, the list of journeys and the health of a journey."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cxhub.lib.periods import Grain, period_of
from orgs.models import SavedView
from orgs.scope import scope
from tests.days import local_today
from tests.insights.overview.company import GOOD, company, journey, kpi, touchpoint

VIEWS = "/w/acme/views/"


@pytest.fixture
def drawn(world):
    with world.inside():
        placed = touchpoint(world, "Call")
        kpi(world, placed, [GOOD])
        journey("I wait", {3: [placed]})
        return journey("I move in", {3: [placed]})


@pytest.fixture
def pages(drawn):
    """Where each list is, by its key."""
    return {
        "overview": "/w/acme/overview/",
        "comparison": "/w/acme/journeys/compare/",
        "journeys": "/w/acme/journeys/",
        "journey_health": f"/w/acme/journeys/{drawn.journey_id}/health/",
    }


@pytest.fixture
def read(sign_in):
    def _read(member, url):
        page = sign_in(member).get(url)
        assert page.status_code == 200
        return page.content.decode()

    return _read


@pytest.fixture
def save(sign_in, read):
    """Look at a page, and save what it offers to save."""

    def _save(member, url, **data):
        [offered] = [line for line in read(member, url).split('href="') if "Save this view" in line]
        asked = parse_qs(urlsplit(offered.split('"')[0].replace("&amp;", "&")).query)
        given = {"list": asked["list"][0], "query": asked["query"][0], "name": "Mine", **data}
        return sign_in(member).post(VIEWS, given)

    return _save


LISTS = ["overview", "comparison", "journeys", "journey_health"]


@pytest.mark.parametrize("key", LISTS)
def test_what_is_looked_at_is_saved_and_opens_as_it_was(pages, save, read, world, key):
    saved = save(world.vi, f"{pages[key]}?per=year&at=2018-05-05")
    assert saved.status_code == 302
    where = urlsplit(saved["Location"])
    assert where.path == pages[key]
    with world.inside():
        view = SavedView.objects.get(list_key=key)
    assert {**parse_qs(where.query)} == {"per": ["year"], "at": ["2018-05-05"], "view": [str(view.pk)]}
    page = read(world.vi, saved["Location"])
    assert f'view={view.pk}" aria-current="page"><bdi>Mine</bdi>' in page
    assert "2018" in page
    assert "Save this view" not in page


@pytest.mark.parametrize("key", LISTS)
def test_nothing_is_offered_to_save_where_nothing_was_chosen(pages, read, world, key):
    page = read(world.vi, pages[key])
    assert "Save this view" not in page
    shown = re.sub(r"<nav [^>]*\bhidden>.*?</nav>", "", page.partition("<main")[2], flags=re.DOTALL)
    assert "Saved views" not in shown


@pytest.mark.parametrize("key", LISTS)
def test_a_shared_view_is_everybodys_in_the_workspace_a_personal_one_is_not(pages, save, read, world, key):
    save(world.max, f"{pages[key]}?per=year&at=2018-05-05", name="Of all", is_shared="on")
    save(world.max, f"{pages[key]}?per=year&at=2017-05-05", name="Of Max")
    page = read(world.vi, pages[key])
    assert "<bdi>Of all</bdi>" in page
    assert "<bdi>Of Max</bdi>" not in page
    with scope(world.umbra.pk):
        assert not SavedView.objects.filter(name="Of all").exists()


def test_a_view_that_was_changed_says_so_and_leads_back(pages, save, read, world):
    opened = save(world.vi, f"{pages['comparison']}?by=persona")["Location"]
    page = read(world.vi, f"{opened}&sort=name")
    assert "Edited" in page
    assert f'href="{opened.replace("&", "&amp;")}">Reset' in page
    assert "Save this view" in page
    assert "Edited" not in read(world.vi, opened)


def test_the_latest_period_is_kept_as_the_latest(pages, save, world):
    """Saved in May, opened in June: the month before June."""
    month = period_of(local_today(), Grain.MONTH).previous()
    save(world.vi, f"{pages['overview']}?per=month&at={month.starts_on.isoformat()}")
    with world.inside():
        assert SavedView.objects.get().query == "per=month"


def test_the_overview_opens_with_the_default_view_unless_something_is_asked_for(pages, save, sign_in, world):
    save(world.vi, f"{pages['overview']}?per=year&at=2018-05-05", is_default="on")
    with world.inside():
        view = SavedView.objects.get()
    client = sign_in(world.vi)
    assert client.get(pages["overview"])["Location"] == f"{pages['overview']}?at=2018-05-05&per=year&view={view.pk}"
    assert client.get(f"{pages['overview']}?view=none").status_code == 200
    assert sign_in(world.eli).get(pages["overview"]).status_code == 200


def test_the_latest_period_is_one_click_away_from_a_default_view(pages, save, sign_in, world):
    """Also where the view's own number is not in the address: an address that asks for nothing opens the view."""
    save(world.vi, f"{pages['overview']}?per=year&at=2018-05-05", is_default="on")
    client = sign_in(world.vi)
    page = client.get(f"{pages['overview']}?per=year&at=2017-01-01").content.decode()
    [latest] = [line.split('"')[0] for line in page.split('href="') if line.split(">")[1].startswith("Latest<")]
    assert client.get(f"{pages['overview']}{latest}").status_code == 200


def test_a_journey_offers_its_own_views_and_none_opens_by_itself(pages, save, read, sign_in, world, drawn):
    save(world.vi, f"{pages['journey_health']}?per=year&at=2018-05-05", is_default="on")
    with world.inside():
        view = SavedView.objects.get()
        other = drawn.journey.__class__.objects.get(name="I wait")
    assert (view.is_default, view.query) == (False, f"at=2018-05-05&journey={drawn.journey_id}&per=year")
    assert "<bdi>Mine</bdi>" in read(world.vi, pages["journey_health"])
    assert "<bdi>Mine</bdi>" not in read(world.vi, f"/w/acme/journeys/{other.pk}/health/")
    form = sign_in(world.vi).get(f"{VIEWS}?list=journey_health&query=journey%3D{other.pk}").content.decode()
    assert "Open the list with it" not in form


@pytest.mark.parametrize("query", ["", "journey=x", "journey=-1", "journey=1&journey=2", "journey=9" + "9" * 30])
def test_a_view_of_no_journey_is_explained(sign_in, world, query):
    answer = sign_in(world.vi).post(VIEWS, {"list": "journey_health", "query": query, "name": "Mine"})
    assert answer.status_code == 422
    assert "Open the list first" in answer.content.decode()


def test_the_overview_shows_a_new_view_though_it_was_kept(pages, save, read, world):
    read(world.eli, pages["overview"])
    save(world.max, f"{pages['overview']}?per=year&at=2018-05-05", name="Of all", is_shared="on")
    assert "Of all" in read(world.eli, pages["overview"])


def test_the_overview_asks_as_often_with_ten_views_as_with_none(pages, sign_in, world):
    with world.inside():
        company(world, 2)
    client = sign_in(world.eli)
    client.get(pages["overview"])

    def asked(query):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{pages['overview']}{query}").status_code == 200
        return sum(each["sql"].startswith(("SELECT", "\nselect (select coalesce")) for each in seen)

    before = asked("?x=1")
    with world.inside():
        for number in range(10):
            SavedView.objects.create(owner=world.eli, list_key="overview", name=f"View {number}", query="per=year")
    assert asked("?x=2") == before <= 12


def test_an_outsider_sees_nothing(pages, sign_in, world):
    for url in pages.values():
        assert sign_in(world.ann).get(url).status_code == 404
