"""What checks found long ago is let go, but for what the state of an expectation, and since when it fails, stand on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.models import Expectation, ExpectationCheck
from governance.pipelines import tidying
from governance.services import checking, expectations, posting

URL = "https://example.com/"


@pytest.fixture
def now():
    return timezone.now()


def found(expected, made, now, *outcomes):
    """Let its checks have found these: an outcome, so many days ago."""
    with expected.world.inside():
        for outcome, days in outcomes:
            fresh, at = Expectation.objects.get(pk=made.pk), now - timedelta(days=days)
            checking.note(expectation=fresh, occasion=f"{days}", outcome=outcome, at=at, words=f"{days} days ago")


def left(expected, made):
    return [words.split()[0] for _outcome, words in expected.kept(made)]


def test_the_newest_and_the_one_that_began_a_failure_stay(expected, world, now, monkeypatch):
    monkeypatch.setattr("orgs.pipelines.tidying.AT_ONCE", 2)
    failing, passed, still = (expected.page(URL) for _each in range(3))
    found(
        expected, failing, now, ("pass", 200), ("fail", 120), ("fail", 110), ("unknown", 95), ("fail", 91), ("fail", 1)
    )
    found(expected, passed, now, ("fail", 130), ("pass", 120), ("pass", 91), ("pass", 89), ("pass", 2))
    found(expected, still, now, ("pass", 300), ("pass", 299), ("fail", 298), ("unknown", 297))
    before = [(expected.standing_of(each), expected.fresh(each).failing_since) for each in (failing, passed, still)]
    assert tidying.tidy(now) == 4 + 3 + 2
    assert tidying.tidy(now) == 0
    assert (left(expected, failing), left(expected, passed), left(expected, still)) == (
        ["120", "1"],
        ["89", "2"],
        ["298", "297"],
    )
    after = [(expected.standing_of(each), expected.fresh(each).failing_since) for each in (failing, passed, still)]
    assert after == before
    assert after[0][1] == now - timedelta(days=120)
    inbox = expected.get("inbox/", world.lea).content.decode()
    assert "120 days ago" in inbox  # what it was told of


def test_results_are_kept_for_longer_than_a_run_may_be_sent_again(expected, world, now):
    made = expected.posted()
    found(expected, made, now, ("pass", 401), ("pass", 399))
    with world.inside():
        told = {"outcome": "fail", "at": now - timedelta(days=366), "by": None, "now": now}
        posting.post(expectation=made, run="r", detail="366 days ago", **told)
        found(expected, made, now, ("pass", 1))
        assert tidying.tidy(now + timedelta(days=30)) == 2  # those of 431 and 429 days
        _check, is_new = posting.post(expectation=made, run="r", detail="366 days ago", **told)
    assert (is_new, left(expected, made)) == (False, ["366", "1"])


def test_earlier_terms_go_and_other_companies_keep_theirs(expected, world, now):
    made = expected.page(URL)
    found(expected, made, now, ("fail", 100), ("fail", 80))
    with world.inside():
        values = {"url": URL, "status": 200, "limit_ms": 100, "every_minutes": 15}
        expectations.change(expectation=made, terms=1, sentence="Faster", by=world.max, now=now, **values)
    with world.inside_umbra():
        theirs = ExpectationCheck.objects.get()
    assert tidying.tidy(now) == 1
    assert left(expected, made) == ["80"]
    assert tidying.tidy(now + timedelta(days=500)) == 1  # theirs is the newest of its terms
    assert left(expected, made) == []
    with world.inside_umbra():
        assert ExpectationCheck.objects.get() == theirs
