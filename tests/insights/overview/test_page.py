"""The Overview: what an executive reads, who may do what there, and how often it asks the database."""

import gzip
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from insights import registry
from insights.services import trust, updates
from tests.days import local_today
from tests.insights.overview.company import BAD, GOOD, company, headline, journey, kpi, last_month, touchpoint
from tests.world import CANARY

URL = "/w/acme/overview/"
SOON = (local_today() + timedelta(days=7)).isoformat()


@pytest.fixture
def told(world):
    """I move in: the moment of truth broke last month; Service answers for it, Con owns the number."""
    with world.inside():
        call = touchpoint(world, "Confirmation call", is_moment_of_truth=True)
        visit = touchpoint(world, "First visit", owned=False)
        broken = kpi(world, call, [GOOD, BAD], owner=world.con)
        kpi(world, visit, [GOOD, GOOD])
        drawn = journey("I move in", {3: [call], 4: [visit]}, sponsor=world.eli, owner=world.max)
    return drawn, broken


def text(client, query=""):
    answer = client.get(f"{URL}{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_the_sentence_names_the_worst_change_its_number_its_owner_and_that_nobody_acts(told, sign_in, world):
    page = plain(text(sign_in(world.eli)))
    month = last_month().label
    assert "1 of 1 journey is off target." in page
    assert (
        f"Satisfaction, mean score · Confirmation call went from 5.00 to 2.00 of 5 in {month}, "
        "2.45 worse than its target. Con answers for it; nobody acts." in page
    )


def test_the_sentence_quotes_who_acts(told, sign_in, world):
    with world.inside():
        said = {"sentence": "We hire two people.", "cause": "people", "recovery_on": None}
        updates.write(about=told[1], by=world.con, now=timezone.now(), **said)
    page = plain(text(sign_in(world.eli)))
    assert "Con answers for it and says (today): We hire two people." in page
    assert "Somebody acts on everything that is off target." in page
    assert "Con wrote about Satisfaction, mean score · Confirmation call: We hire two people." in page


def test_what_needs_the_executive_can_be_done_there_and_comes_back(told, sign_in, world):
    client = sign_in(world.eli)
    page = text(client, "?per=month&at=" + last_month().starts_on.isoformat())
    asked = re.search(rf'href="(/w/acme/kpis/{told[1].pk}/update-requests/\?next=[^"]+)"', page)[1].replace(
        "&amp;", "&"
    )
    answer = client.post(asked, {"due_on": SOON, "note": ""})
    assert (answer.status_code, answer["Location"].startswith(f"{URL}?per=month&at=")) == (302, True)
    page = text(client)
    assert "Asked Con, due " in page
    assert f"/kpis/{told[1].pk}/update-requests/" not in page
    assert "First visit" in page
    assert "/offers/?next=" in page


def test_a_way_back_never_leads_out_of_the_product(told, sign_in, world):
    answer = sign_in(world.eli).post(
        f"/w/acme/kpis/{told[1].pk}/update-requests/?next=//evil.example/", {"due_on": SOON, "note": ""}
    )
    assert "evil" not in answer["Location"]


def test_a_viewer_reads_the_same_numbers_and_is_offered_no_action(told, sign_in, world):
    page = text(sign_in(world.vi))
    assert "2.45 worse" in page
    assert "update-requests/" not in page
    assert "/offers/" not in page
    assert "Nothing needs you now." in page
    assert "My journeys" not in page


def test_an_outsider_sees_nothing(told, sign_in, world):
    assert sign_in(world.ann).get(URL).status_code == 404
    assert CANARY not in text(sign_in(world.vi))


def test_my_journeys_come_first_and_the_portfolio_names_the_worst_of_each_phase(told, sign_in, world):
    page = text(sign_in(world.eli))
    assert page.index("My journeys") < page.index("Headline numbers") < page.index("Journeys by phase")
    row = plain(page[page.index('class="table table--pinned portfolio"') :])
    assert "Off target 2.45 worse Satisfaction, mean score 1 of 1 measured" in row
    assert "On target 0.55 better" in row


def test_every_figure_keeps_the_period_it_was_asked_for(told, sign_in, world):
    asked = f"per=month&amp;at={last_month().starts_on.isoformat()}"
    page = text(sign_in(world.eli), f"?{asked.replace('&amp;', '&')}")
    assert f"/w/acme/journeys/{told[0].journey_id}/health/?{asked}#phase-" in page
    before = text(sign_in(world.eli), f"?per=month&at={last_month().previous().starts_on.isoformat()}")
    assert "0 of 1 journey is off target." in plain(before)
    assert text(sign_in(world.eli), "?per=nonsense&at=x")
    assert text(sign_in(world.eli), "?per=month&at=9999-99-99")


def test_a_running_period_says_that_it_is_provisional(told, sign_in, world):
    page = plain(text(sign_in(world.eli), f"?per=year&at={last_month().starts_on.isoformat()}"))
    year_is_over = last_month().starts_on.year < local_today().year
    assert ("Provisional: off target" in page) is not year_is_over


def test_headlines_are_three_for_everybody_and_two_for_oneself(told, sign_in, world):
    _drawn, broken = told
    page = sign_in(world.eli).get("/w/acme/overview/headlines/").content.decode()
    assert page.count("For everybody, number") == 3
    done = sign_in(world.eli).post("/w/acme/overview/headlines/", {"of_all_0": broken.pk})
    assert done.status_code == 302
    assert f'id="headline-{broken.pk}"' in text(sign_in(world.vi))
    client = sign_in(world.vi)
    assert "Room for 2 numbers of your own" in text(client)
    with world.inside():
        other = kpi(world, touchpoint(world, "Chat"), [GOOD])
    client.post("/w/acme/overview/headlines/", {"of_me_0": other.pk})
    assert "Room for one number of your own" in text(client)
    assert "For everybody" not in client.get("/w/acme/overview/headlines/").content.decode()
    client.post("/w/acme/overview/headlines/", {"of_all_0": "", "of_me_0": ""})
    assert f'id="headline-{broken.pk}"' in text(client)
    twice = sign_in(world.eli).post("/w/acme/overview/headlines/", {"of_all_0": broken.pk, "of_me_0": broken.pk})
    assert twice.status_code == 422
    assert "chosen twice" in twice.content.decode()


def test_what_changed_since_one_marked_it_as_seen(told, sign_in, world):
    client = sign_in(world.eli)
    with world.inside():
        trust.dispute(kpi=told[1], reason="No", by=world.lea, now=timezone.now())
    assert "Lea disputes Satisfaction, mean score · Confirmation call" in text(client)
    assert "0 stale and 1 disputed of 2 KPIs" in text(client)
    assert client.post(f"{URL}seen/").status_code == 302
    page = text(client)
    assert "Since you marked it as seen" in page
    assert "Nothing changed." in page
    assert "Lea disputes" in text(sign_in(world.ada))


def test_a_panel_that_fails_says_so_and_the_rest_stands(told, sign_in, world, monkeypatch):
    def broken(_request, _known):
        with connection.cursor() as cursor:
            cursor.execute("select nonsense")

    bad = registry.OverviewPanel("bad", "Bad panel", "insights/overview/risks.html", 5, broken)
    monkeypatch.setattr("insights.views.overview.OVERVIEW", [bad, *registry.OVERVIEW])
    page = text(sign_in(world.eli))
    assert "Bad panel" in page
    assert "This part could not be worked out" in page
    assert "2.45 worse" in page


def test_nothing_yet_says_what_to_do(sign_in, world):
    assert "Nothing to look over yet" in text(sign_in(world.eli))


def test_journeys_without_a_judged_number_are_not_said_to_be_on_target(sign_in, world):
    with world.inside():
        for title in ("I move in", "I move out"):
            journey(title, {3: [touchpoint(world, f"{title}: call", owned=False)]}, sponsor=world.eli, owner=world.max)
    page = plain(text(sign_in(world.eli)))
    assert "None of 2 journeys can be judged. No number can be judged in this period" in page
    assert "Nobody answers for it, less than a day" in page


def test_the_journeys_page_explains_every_health(told, sign_in, world):
    whole = text_of(sign_in(world.eli), f"/w/acme/journeys/{told[0].journey_id}/health/")
    assert re.search(r'class="stage-kpi" href="/w/acme/kpis/\d+/\?from=stage-\d+"', whole)  # for the way back
    page = plain(whole)
    for words in (
        "The moment of truth “Confirmation call” is off target.",
        "2 of 2 measured",
        "Its worst outcome KPI decides.",
        "2.00 of 5",
    ):
        assert words in page
    assert sign_in(world.ann).get(f"/w/acme/journeys/{told[0].journey_id}/health/").status_code == 404


def text_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_stands_first_for_executives_alone(told, sign_in, world):
    def first(member):
        page = text(sign_in(member))
        return re.search(r'class="nav-link[^"]*" href="([^"]+)"', page)[1]

    assert first(world.eli) == URL
    assert first(world.max) == "/w/acme/"
    assert URL in sign_in(world.eli).get("/w/acme/").content.decode()


class Nodes(HTMLParser):
    count = 0

    def handle_starttag(self, tag, attrs):
        self.count += 1


def asked_of_the_database(client):
    client.get(URL)
    with CaptureQueriesContext(connection) as seen:
        client.get(URL)
    own = [each["sql"] for each in seen if not re.match("SAVEPOINT|RELEASE|ROLLBACK|select set_config", each["sql"])]
    return len(own)


def test_it_asks_the_database_twelve_times_whatever_the_size_and_stays_within_its_budgets(sign_in, world):
    client = sign_in(world.eli)
    with world.inside():
        company(world, 2)
    few = asked_of_the_database(client)
    with world.inside():
        drawn = company(world, 10)
        for position, found in enumerate(drawn[0].stages.all()[:3]):
            first = found.steps.get().placements.get().touchpoint.kpis.first()
            if first:
                headline(first, position=position)
    assert asked_of_the_database(client) == few <= 12
    nodes = Nodes()
    nodes.feed(text(client))
    assert nodes.count <= 1500
    with world.inside():
        company(world, 38)
    assert asked_of_the_database(client) == few
    assert len(gzip.compress(client.get(URL).content)) <= 30_000
