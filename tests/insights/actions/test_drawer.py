"""What one may do about a row of a page, in its drawer: offered as the rights are, done in its place, said in words."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from insights.models import Dispute, UpdateRequest
from insights.services import updates
from journeys.models import Offer
from orgs.models import Comment
from tests.days import local_today
from tests.insights.overview.company import BAD, GOOD, journey, kpi, touchpoint
from tests.world import CANARY

URL = "/w/acme/overview/"
IN_DRAWER = {"HX-Request": "true", "HX-Target": "drawer-body"}
SOON = (local_today() + timedelta(days=7)).isoformat()


@pytest.fixture
def told(world):
    """A call off target that Con owns and Service answers for, and a visit that nobody does."""
    with world.inside():
        call, visit = touchpoint(world, "Confirmation call"), touchpoint(world, "First visit", owned=False)
        broken = kpi(world, call, [GOOD, BAD], owner=world.con)
        drawn = journey("I move in", {3: [call], 4: [visit]}, sponsor=world.eli, owner=world.max)
    return {"kpi": broken, "touchpoint": visit, "map": drawn}


def drawer(client, about, pk):
    answer = client.get(f"/w/acme/{about}s/{pk}/actions/?next={URL}", headers=IN_DRAWER)
    assert answer.status_code == 200
    assert len(answer.content) <= 5_000
    return answer.content.decode()


def offered(page):
    return re.findall(r"</svg><span>([^<]+)", page)


def post(client, path, data):
    answer = client.post(path, data, headers=IN_DRAWER)
    said = json.loads(answer["HX-Trigger"])["acted"]["said"] if answer.status_code == 204 else ""
    return answer.status_code, said


def test_each_is_offered_what_each_may_do_about_a_number(told, sign_in, world):
    pk = told["kpi"].pk
    opens = ["Open the number", "Open the touchpoint"]
    ask, hand_over = "Ask for an update", "Hand over to another department"
    assert offered(drawer(sign_in(world.eli), "kpi", pk)) == [ask, hand_over, "Comment", "Dispute the number", *opens]
    assert offered(drawer(sign_in(world.vi), "kpi", pk)) == opens
    assert offered(drawer(sign_in(world.con), "kpi", pk)) == [
        "Say how it stands",
        "Comment",
        "Dispute the number",
        *opens,
    ]
    keeps = [ask, hand_over, "Change the owner of the number", "Comment", "Dispute the number", *opens]
    assert offered(drawer(sign_in(world.max), "kpi", pk)) == keeps


def test_nobodys_touchpoint_can_be_offered_by_an_executive_and_claimed_by_a_lead(told, sign_in, world):
    pk = told["touchpoint"].pk
    assert "Offer it to a department" in offered(drawer(sign_in(world.eli), "touchpoint", pk))
    page = drawer(sign_in(world.lea), "touchpoint", pk)
    assert "Claim for Service" in page
    status, said = post(sign_in(world.lea), f"/w/acme/touchpoints/{pk}/claim/", {"department": world.service.pk})
    assert (status, said) == (204, "Service answers for “First visit” now.")


def test_asking_offering_commenting_and_disputing_are_done_in_the_drawer_and_say_so(told, sign_in, world):
    client, pk = sign_in(world.eli), told["kpi"].pk
    status, said = post(client, f"/w/acme/kpis/{pk}/update-requests/", {"due_on": SOON, "note": ""})
    assert (status, said[:15]) == (204, "Asked Con, due ")
    offers = f"/w/acme/touchpoints/{told['touchpoint'].pk}/offers/"
    assert post(client, offers, {"department": world.service.pk}) == (204, "Offered to Service")
    assert post(client, f"/w/acme/kpis/{pk}/comments/", {"text": "Why?"}) == (204, "You commented")
    assert post(client, f"/w/acme/kpis/{pk}/disputes/", {"reason": "It counts twice"})[0] == 204
    with world.inside():
        found = (UpdateRequest, Offer, Comment, Dispute)
        assert [model.objects.count() for model in found] == [1, 1, 1, 1]
    page = drawer(client, "kpi", pk)
    assert "You asked, due " in page
    assert "Read the dispute" in page
    assert "See the offer" in drawer(client, "touchpoint", told["touchpoint"].pk)


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("kpis/{kpi}/update-requests/", {"due_on": "2020-01-01"}, "Give a day from today on"),
        ("kpis/{kpi}/disputes/", {"reason": ""}, "This field is required"),
        ("kpis/{kpi}/comments/", {"text": ""}, "Write something first."),
        ("touchpoints/{touchpoint}/offers/", {"department": ""}, "This field is required"),
    ],
)
def test_bad_input_is_explained_in_the_drawer_alone(told, sign_in, world, path, data, words):
    path = "/w/acme/" + path.format(**{name: record.pk for name, record in told.items()})
    answer = sign_in(world.eli).post(path, data, headers=IN_DRAWER)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "<html" not in page
    assert 'id="drawer-title"' in page


def test_without_scripts_the_same_are_pages_that_come_back(told, sign_in, world):
    client, pk = sign_in(world.eli), told["kpi"].pk
    page = client.get(f"/w/acme/kpis/{pk}/actions/?next={URL}%3Fper%3Dmonth").content.decode()
    assert "<html" in page
    ask = re.search(r'href="([^"]+update-requests/[^"]+)"', page)[1].replace("&amp;", "&")
    assert client.post(ask, {"due_on": SOON})["Location"] == f"{URL}?per=month"
    dispute = re.search(r'href="([^"]+disputes/[^"]+)"', page)[1]
    assert client.post(dispute, {"reason": "Twice"})["Location"] == f"{URL}?per=month"


def test_after_acting_the_page_gets_the_panels_that_follow_anew(told, sign_in, world):
    client = sign_in(world.eli)
    post(client, f"/w/acme/kpis/{told['kpi'].pk}/update-requests/", {"due_on": SOON})
    anew = client.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in anew
    assert "could not be worked out" not in anew
    places = re.findall(r'hx-swap-oob="innerHTML:#overview-([a-z-]+)"', anew)
    assert places == ["summary", "risks", "nobody-acting", "ownership", "trust", "changes"]
    assert anew.count("Asked Con, due ") == 2
    assert "1 of 1 off target have nobody acting" in anew
    with world.inside():
        words = {"sentence": "We hire two people.", "cause": "people", "recovery_on": None}
        updates.write(about=told["kpi"], by=world.con, now=timezone.now(), **words)
    anew = client.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "Somebody acts on everything that is off target." in anew


def test_ownership_gaps_open_their_touchpoints_in_the_drawer(told, sign_in, world):
    page = sign_in(world.eli).get("/w/acme/unowned/?why=never", headers=IN_DRAWER).content.decode()
    assert "1 touchpoint without an owner" in re.sub(r"\s+", " ", page)
    assert f'hx-get="/w/acme/touchpoints/{told["touchpoint"].pk}/offers/"' in page
    assert "hx-get" not in sign_in(world.vi).get("/w/acme/unowned/?why=never", headers=IN_DRAWER).content.decode()


def test_who_only_reads_is_offered_nothing_on_any_page(told, sign_in, world):
    for path in (URL, f"/w/acme/journeys/{told['map'].journey_id}/health/", "/w/acme/off-target/"):
        assert "data-drawer" in sign_in(world.eli).get(path).content.decode(), path
        assert "data-drawer" not in sign_in(world.vi).get(path).content.decode(), path


def test_an_outsider_finds_no_drawer(told, sign_in, world):
    for about, record in told.items():
        path = f"/w/acme/{about}s/{record.pk}/actions/"
        assert sign_in(world.ann).get(path, headers=IN_DRAWER).status_code == 404
        assert CANARY not in sign_in(world.eli).get(path).content.decode()
