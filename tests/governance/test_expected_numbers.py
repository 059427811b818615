"""A number is held against what is expected of it; what is stale, missing or too close to tell never passes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.pipelines import expecting as pipeline
from governance.services.expectations import BadExpectation
from orgs.models import Notification


def judged(expected, kpi, comparison, value, now=None):
    made = expected.number(kpi, comparison, value)
    pipeline.sweep(now or timezone.now())
    return expected.standing_of(made, now=now)


# Fifty visits that took four days each have no spread; 2 and 6 days in turn have a mean of 4, give or take half a day.
SAME, SPREAD = [4.0] * 50, [2.0, 6.0] * 25


def test_it_is_judged_as_everywhere_against_the_expected_value(expected):
    cases = [
        (SAME, "at_most", 4, "pass"),
        (SAME, "at_most", 3.9, "fail"),
        (SAME, "at_least", 4, "pass"),
        (SAME, "at_least", 4.1, "fail"),
        (SPREAD, "at_most", 5, "pass"),
        (SPREAD, "at_most", 3, "fail"),
        (SPREAD, "at_most", 4.2, "unknown"),  # of the fifty, not of all customers
        (SPREAD, "at_most", 3.8, "unknown"),
    ]
    kpi = expected.kpi()
    for values in (SAME, SPREAD):
        month = expected.read(kpi, values)
        for told, comparison, value, state in cases:
            if told is values:
                standing = judged(expected, kpi, comparison, value)
                assert (standing.state, standing.value) == (state, 4), (comparison, value, standing)
                assert standing.words.startswith(f"{month.label}: 4.00 days.")
        expected.end_all()


def test_what_is_not_known_never_passes(expected):
    nothing, stale, few, old = (expected.kpi(smallest_sample=n) for n in (1, 1, 60, 1))
    expected.read(stale, SAME, at=timezone.now() - timedelta(hours=3))
    expected.read(few, SAME)
    month = expected.read(old, SAME, months_back=3)
    for kpi, words in (
        (nothing, "It has no number yet."),
        (stale, "The number is stale: 3 hours old."),
        (few, "Too few answers to tell."),
        (old, f"The newest number is of {month.label}."),
    ):
        standing = judged(expected, kpi, "at_most", 10)
        assert (standing.state, words in standing.words) == ("unknown", True), (words, standing)
    assert expected.told() == []


def test_the_period_before_counts_while_the_last_one_is_on_its_way(expected):
    kpi = expected.kpi()
    expected.read(kpi, SAME, months_back=2)
    assert judged(expected, kpi, "at_most", 10).state == "pass"


def test_only_what_is_new_is_noted(expected):
    kpi = expected.kpi(interval_minutes=100_000)
    month = expected.read(kpi, SAME)
    made, now = expected.number(kpi, "at_most", 5), timezone.now()
    for hours in range(4):
        pipeline.sweep(now + timedelta(hours=hours, minutes=1))
    assert expected.kept(made) == [("pass", f"{month.label}: 4.00 days.")]
    assert expected.standing_of(made, now=now + timedelta(hours=5)).state == "pass"
    expected.read(kpi, [6.0] * 50)
    pipeline.sweep(now + timedelta(hours=5))
    assert [outcome for outcome, _words in expected.kept(made)] == ["pass", "fail"]


def test_a_failure_is_told_once_until_it_passed_again(expected, world):
    kpi = expected.kpi(interval_minutes=100_000)
    made, now = expected.number(kpi, "at_most", 5), timezone.now()
    with world.inside():
        type(expected.visit).objects.filter(pk=expected.visit.pk).update(designed_by=expected.sales, steward=world.con)
    moments = iter(range(1, 99))

    def sweep(*values):
        expected.read(kpi, list(values) * 50)
        pipeline.sweep(now + timedelta(hours=next(moments)))
        return expected.told()

    assert sweep(6.0) == ["Con", "Lea", "Sol"]  # who keeps it, answers for it, designed it
    assert sweep(7.0) == ["Con", "Lea", "Sol"]
    assert sweep(1.0, 9.0) == ["Con", "Lea", "Sol"]  # too close to tell
    assert sweep(6.0) == ["Con", "Lea", "Sol"]
    assert sweep(4.0) == ["Con", "Lea", "Sol"]
    assert sweep(6.0) == ["Con", "Con", "Lea", "Lea", "Sol", "Sol"]
    inbox = expected.get("inbox/", expected.sol).content.decode()
    assert "Visit does not keep what is expected: Visits are short" in inbox
    assert "6.00 days." in inbox
    history = expected.get(f"touchpoints/{expected.visit.pk}/history/", world.vi).content.decode()
    assert "“Visits are short” failed:" in history
    assert "“Visits are short” is kept again:" in history
    assert expected.standing_of(made, now=now + timedelta(hours=7)).failing_since == now + timedelta(hours=6)


def test_who_may_edit_the_touchpoint_writes_it(expected, world):
    kpi, path = expected.kpi(), f"touchpoints/{expected.visit.pk}/expectations/?kind=number"
    month = expected.read(kpi, SAME)
    said = {"sentence": "  Visits \n take four days ", "kpi": kpi.pk, "comparison": "at_most", "value": "4"}
    for member in (world.vi, world.con, world.ivo, world.eli, expected.sol):
        assert expected.post(path, member, **said).status_code == 403
    assert expected.post(path, world.ann, **said).status_code == 404
    page = expected.post(path, world.lea, **said).content.decode()
    assert "Visits take four days" in page
    assert "Mean is at most 4.00 days" in page
    pipeline.sweep(timezone.now())
    assert f"{month.label}: 4.00 days." in expected.get(f"touchpoints/{expected.visit.pk}/", world.vi).content.decode()
    made = expected.only()
    assert expected.post(f"expectations/{made.pk}/ending/", world.vi).status_code == 403
    assert "Ended. Its history stays." in expected.post(f"expectations/{made.pk}/ending/", world.lea).content.decode()
    assert "This was ended meanwhile." in expected.post(f"expectations/{made.pk}/ending/", world.lea).content.decode()
    assert "Nothing is expected" in expected.get(f"touchpoints/{expected.visit.pk}/", world.vi).content.decode()
    assert expected.get(f"expectations/{made.pk}/", world.ann).status_code == 404


def test_bad_input_is_explained(expected, world):
    kpi, path = expected.kpi(), f"touchpoints/{expected.order.pk}/expectations/"
    for kind, said, words in (
        ("number", {"sentence": "x", "kpi": kpi.pk, "comparison": "at_most", "value": "4"}, "Select a valid choice"),
        ("number", {"sentence": "x", "comparison": "at_most", "value": "nan"}, "Enter a number"),
        ("page", {"sentence": "", "url": "https://example.com"}, "This field is required"),
        ("page", page("http://10.0.0.1/"), "inside a private network"),
        ("page", page("nonsense"), "Write the whole address"),
        ("page", {**page("https://example.com"), "status": 302}, "Redirects are followed"),
        ("page", {**page("https://example.com"), "limit_ms": 60_000}, "less than or equal to 15000"),
        ("posted", {"sentence": "x", "lasts_days": 0}, "greater than or equal to 1"),
    ):
        answer = expected.post(f"{path}?kind={kind}", world.max, **said)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), (kind, said)
    for _each in range(20):
        expected.posted()
    with pytest.raises(BadExpectation, match="at most 20"):
        expected.posted()
    with world.inside():
        assert not Notification.objects.filter(kind="expectation.failed").exists()


def page(url):
    return {"sentence": "x", "url": url, "status": 200, "limit_ms": 1000, "every_minutes": 60}
