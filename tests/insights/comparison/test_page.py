"""The page that compares journeys: what it shows, to whom, as CSV, and with how many questions to the database."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.insights.comparison import company
from tests.insights.comparison.company import AT
from tests.world import CANARY

PATH = "/w/acme/journeys/compare/"


@pytest.fixture
def read(world, sign_in):
    return lambda query="", member=None: sign_in(member or world.vi).get(f"{PATH}?{query}").content.decode()


@pytest.fixture
def small(world):
    """Service is off target in Buy, Sales is fine in Use, and Web has too little measured."""
    with world.inside():
        bad = company.touchpoint(world, "Hotline", "off", department="Service", channel="Phone")
        good = company.touchpoint(world, "Shop", "on", department="Sales", channel="Web")
        blank = [company.touchpoint(world, f"Page {n}", channel="Web") for n in range(3)]
        sam = company.found(company.Persona, "Sam", world)
        company.draw(world, "I buy", [(2, [bad]), (4, [good, *blank])], personas=[sam], dimension="business")


def csv_rows(client, query):
    reply = client.get(f"/w/acme/journeys/compare.csv?{query}")
    return list(csv.DictReader(io.StringIO(reply.content.decode())))


def test_it_says_status_worst_kpi_gap_coverage_and_why(small, read):
    page = read(f"by=department&{AT}")
    for said in ("Off target", "Satisfaction, mean score · Hotline", "2.00 of 5 · 2.45 worse", "1 of 1 measured"):
        assert said in page
    page = read(f"by=channel&{AT}")
    assert "Not enough measured" in page
    assert "1 of 4 measured" in page
    assert "Less than a third of the touchpoints" in page


def test_it_is_reached_from_the_list_of_journeys(world, sign_in):
    assert f'href="{PATH}"' in sign_in(world.vi).get("/w/acme/journeys/").content.decode()


def test_the_csv_says_every_cell_as_word_and_numbers(world, small, sign_in):
    rows = csv_rows(sign_in(world.vi), f"by=department&{AT}")
    found = {(row["Department"], row["Phase"]): row for row in rows}
    one = found["Service", "Buy"]
    assert (one["Status"], one["Measured"], one["Touchpoints"], one["Period"]) == ("Off target", "1", "1", "2018")
    assert (one["Worst KPI"], float(one["Gap"])) == ("Satisfaction, mean score · Hotline", -2.45)
    assert found["All departments", "Use"]["Status"] == "Not enough measured"
    assert ("Sales", "Buy") not in found
    by_journey = csv_rows(sign_in(world.vi), f"by=persona&columns=journey&{AT}")
    assert {(row["Persona"], row["Journey"]) for row in by_journey} == {
        (persona, journey) for persona in ("All personas", "Sam") for journey in ("All journeys", "I buy")
    }


def test_the_csv_follows_the_filters(world, small, sign_in):
    rows = csv_rows(sign_in(world.vi), f"by=department&channel=none&{AT}")
    assert rows == []
    assert csv_rows(sign_in(world.vi), f"by=department&persona=none&{AT}") == []


def test_another_period_has_other_cells(small, read):
    assert 'data-health="unmeasured"' in read("by=department&per=year&at=2017-05-05")
    assert 'data-health="off_target"' not in read("by=department&per=year&at=2017-05-05")


def test_nothing_yet_and_nothing_found_say_different_things(world, read, sign_in):
    assert "Nothing to compare yet" in read()
    with world.inside():
        company.draw(world, "One", [(2, [company.touchpoint(world, "Shop", "on")])])
    assert "No touchpoint matches" in read("persona=123456")
    assert "Nothing to compare yet" not in read()


@pytest.mark.parametrize(
    "query", ["by=x", "columns=x", "sort=x", "persona=x", f"channel={10**30}", "at=never&per=never", "dimension=%00"]
)
def test_what_nobody_knows_counts_as_not_given(small, world, sign_in, query):
    assert sign_in(world.vi).get(f"{PATH}?{query}").status_code == 200


def test_everybody_reads_it_and_an_outsider_sees_nothing(small, world, read, sign_in):
    for member in (world.vi, world.eli, world.con):
        assert "Hotline" in read(AT, member)
    assert CANARY not in read(f"by=persona&{AT}")
    assert sign_in(world.ann).get(PATH).status_code == 404


def test_names_of_groups_are_shown_as_text(world, read):
    with world.inside():
        company.found(company.Persona, "<b>Sam</b> 🙂", world)
        company.draw(world, "One", [(2, [company.touchpoint(world, "Shop", "on")])])
    page = read("by=persona")
    assert "<bdi>&lt;b&gt;Sam&lt;/b&gt; 🙂</bdi>" in page


def test_it_asks_as_much_for_fifty_journeys_as_for_three(world, read):
    def asked(query):
        read(query)
        with CaptureQueriesContext(connection) as seen:
            read(query)
        return sum(each["sql"].startswith(("SELECT", "(SELECT")) for each in seen)

    queries = [f"by=department&{AT}", f"by=persona&columns=journey&dimension=none&channel=none&{AT}"]
    with world.inside():
        company.build(world, size=4, journeys=3)
    few = [asked(query) for query in queries]
    with world.inside():
        held = [company.touchpoint(world, f"More {n}", "on", department=f"D{n}", channel=f"C{n}") for n in range(12)]
        for number in range(47):
            sam = company.found(company.Persona, f"P{number}", world)
            company.draw(world, f"J {number}", [(number % 7, held[number % 12 :][:3])], personas=[sam])
    assert [asked(query) for query in queries] == few
    assert max(few) <= 15
