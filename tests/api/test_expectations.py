"""Programs read what is expected, what was found of it, and what went live: what the pages say, a page at a time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Expectation
from governance.services import checking, expectations, releases
from tests.governance.expecting import Expecting

READ = ["expectations:read"]


@pytest.fixture
def expected(world, sign_in):
    return Expecting(world, sign_in)


def find(expected, made, outcome, name, hours=0, **more):
    with expected.world.inside():
        at = timezone.now() - timedelta(hours=hours)
        fresh = Expectation.objects.get(pk=made.pk)
        return checking.note(expectation=fresh, occasion=name, outcome=outcome, at=at, words=f"Found {name}", **more)


def test_each_says_what_is_checked_and_how_it_stands(expected, world, program):
    kpi = expected.kpi()
    posted, page, number = (
        expected.posted(),
        expected.page("https://example.com/"),
        expected.number(kpi, "at_most", 2.5),
    )
    ended = expected.posted()
    with world.inside():
        expectations.end(expectation=ended, by=world.max, now=timezone.now())
    found = find(expected, posted, "fail", "run 1", hours=2, link="https://ci.example/1")
    rows = {each["id"]: each for each in program(world.vi, READ).get("expectations/").json()["results"]}
    assert list(rows) == [posted.pk, page.pk, number.pk]
    told = rows[posted.pk]
    assert told["failing_since"] == told["at"]
    assert told | {"at": "", "failing_since": ""} == {
        "id": posted.pk,
        "touchpoint": expected.visit.pk,
        "sentence": "Its tests pass",
        "kind": "posted",
        "terms": {
            "kpi": None,
            "comparison": "",
            "value": None,
            "url": "",
            "status": None,
            "limit_ms": None,
            "every_minutes": 60,
            "lasts_days": 7,
        },
        "state": "fail",
        "detail": "Found run 1",
        "at": "",
        "value": None,
        "link": "https://ci.example/1",
        "failing_since": "",
    }
    assert told["at"] == found.at.astimezone().isoformat().replace("+00:00", "Z")
    assert (rows[page.pk]["state"], rows[page.pk]["detail"], rows[page.pk]["at"]) == (
        "unknown",
        "Not checked yet.",
        None,
    )
    assert (rows[page.pk]["terms"]["url"], rows[page.pk]["terms"]["status"]) == ("https://example.com/", 200)
    terms = rows[number.pk]["terms"]
    assert (terms["kpi"], terms["comparison"], terms["value"]) == (kpi.pk, "at_most", 2.5)

    for query, pks in (("kind=page", [page.pk]), (f"touchpoint={expected.order.pk}", []), ("limit=1", [posted.pk])):
        answer = program(world.vi, READ).get(f"expectations/?{query}").json()
        assert [each["id"] for each in answer["results"]] == pks
    for query in ("state=fail", "kind=nonsense", "touchpoint=x"):
        assert program(world.vi, READ).get(f"expectations/?{query}").status_code == 400


def test_results_and_releases_come_newest_first_a_page_at_a_time(expected, world, program):
    made = expected.page("https://example.com/")
    find(expected, made, "pass", "1", value=120.0)
    with world.inside():
        now = timezone.now()
        told = {"url": "https://example.com/", "status": 200, "limit_ms": 100, "every_minutes": 15}
        expectations.change(expectation=made, terms=1, sentence="Faster", by=world.max, now=now, **told)
    find(expected, made, "fail", "2", value=310.0)
    asking = program(world.vi, ["expectations:read", "releases:read"])
    first = asking.get(f"expectations/{made.pk}/results/?limit=1").json()
    second = asking.client.get(first["next"]).json()
    rows = first["results"] + second["results"]
    assert [(each["outcome"], each["detail"], each["value"], each["is_of_earlier_terms"]) for each in rows] == [
        ("fail", "Found 2", 310.0, False),
        ("pass", "Found 1", 120.0, True),
    ]
    assert second["next"] is None

    with world.inside():
        for name in ("1.0", "2.0"):
            releases.note(touchpoint=expected.visit, name=name, text=f"Of {name}", by=world.lea, now=timezone.now())
    rows = asking.get(f"touchpoints/{expected.visit.pk}/releases/").json()["results"]
    assert [(each["name"], each["text"]) for each in rows] == [("2.0", "Of 2.0"), ("1.0", "Of 1.0")]
    assert asking.get(f"touchpoints/{expected.order.pk}/releases/").json()["results"] == []


def test_one_is_given_as_the_list_gives_it(expected, world, program):
    made, ended = expected.posted(), expected.posted()
    find(expected, made, "fail", "run 1")
    with world.inside():
        expectations.end(expectation=ended, by=world.max, now=timezone.now())
    asking = program(world.vi, READ)
    listed = asking.get("expectations/").json()["results"]
    one = asking.get(f"expectations/{made.pk}/")
    assert (one.status_code, [one.json()]) == (200, listed)
    assert asking.get(f"expectations/{ended.pk}/").status_code == 404
    assert program(world.vi, ["kpis:read"]).get(f"expectations/{made.pk}/").status_code == 403


def test_it_asks_as_often_for_many_as_for_few(expected, world, program):
    made = expected.posted()
    asking = program(world.vi, ["expectations:read", "releases:read"])
    paths = ("expectations/", f"expectations/{made.pk}/results/", f"touchpoints/{expected.visit.pk}/releases/")

    def queries():
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                assert asking.get(path).json()["results"]
            found.append(len(asked))
        return found

    def grow(count):
        for _each in range(count):
            other, name = expected.posted(), f"{timezone.now():%f}"
            find(expected, other, "fail", name)
            find(expected, made, "fail", name)
            with world.inside():
                releases.note(touchpoint=expected.visit, name=name, by=world.lea, now=timezone.now())

    grow(1)
    queries()  # the key's last use is noted once a minute
    few = queries()
    grow(9)
    assert queries() == few
    assert max(few) <= 14
