"""The verdict of a run of faults, on evidence made up here: a sound run passes, each planted breach is seen."""

from datetime import date

import pytest

from faults.ledger import Ledger, values
from faults.verdict import Evidence, Resumed, Run, judge

DAY, NEXT = date(2026, 5, 12), date(2026, 5, 13)
OLD = {("Desk", DAY): (5, 4), ("Desk", NEXT): (1,)}
NEW = {("Desk", DAY): (5, 3), ("Desk", NEXT): (1,)}


@pytest.fixture
def sound():
    """A feed that was corrected once, read before and after, with one interruption."""
    ledger = Ledger()
    for cells in (OLD, NEW):
        ledger.add("feed", cells).is_whole = True
    return Evidence(
        ledger,
        seen=[line({}), line(shown(OLD)), line(shown(NEW))],
        readings={"feed": list(values(NEW).items())},
        runs=[Run(1, "feed", "done", 100.0), Run(2, "feed", "done", 165.0)],
        begun_at=100.0,
        entries=[("run.ask", 1), ("run.ask", 2), ("feed.refresh", 1), ("feed.refresh", 2)],
        resumed=[Resumed(2, 119.0, 60.0)],
        ready=[("Redis killed", 29.0)],
        searched=1000,
    )


def line(numbers, **news):
    return {"feed": "feed", "grain": "day", "values": numbers, "not_marked_stale": [], "at": 0.0, "looks": 3, **news}


def shown(cells):
    return {
        f"{name}|{measure}|{grain}|{day}": value
        for (name, measure, grain, day), value in values(cells, ("day",)).items()
    }


def broken(evidence):
    return [finding.invariant[0] for finding in judge(evidence) if finding.breaches]


def test_a_sound_run_has_no_breach(sound):
    assert broken(sound) == []


def test_numbers_of_two_refreshes_at_once_are_a_breach(sound):
    half = {**shown(NEW), f"Desk|csat_mean|day|{DAY}": 4.5}
    assert half.keys() == shown(OLD).keys()
    sound.seen.append(line(half))
    assert broken(sound) == ["3"]


def test_a_part_of_a_refresh_is_a_breach(sound):
    sound.seen.append(line({key: value for key, value in shown(NEW).items() if str(NEXT) not in key}))
    assert broken(sound) == ["3"]


def test_a_refresh_that_never_came_whole_may_not_be_shown(sound):
    sound.ledger.versions["feed"][0].is_whole = False
    assert broken(sound) == ["3"]


def test_a_reader_that_saw_nothing_proves_nothing(sound):
    sound.seen = [line({})]
    assert broken(sound) == ["3"]


def test_an_old_number_that_looks_fresh_is_a_breach(sound):
    sound.seen.append(line(shown(NEW), not_marked_stale=["Desk|csat_mean"]))
    assert broken(sound) == ["3"]


@pytest.mark.parametrize("change", ["twice", "other", "missing", "more", "none"])
def test_readings_must_be_there_once_and_equal_the_sum(sound, change):
    held = sound.readings["feed"]
    sound.readings["feed"] = {
        "twice": [*held, held[0]],
        "other": [(held[0][0], held[0][1] + 0.01), *held[1:]],
        "missing": held[1:],
        "more": [*held, (("Desk", "csat_mean", "day", date(2026, 5, 14)), 3.0)],
        "none": [],
    }[change]
    assert broken(sound) == ["4"]


def test_two_runs_for_one_due_moment_are_a_breach(sound):
    sound.runs.append(Run(3, "feed", "unchanged", 170.0))
    sound.entries.append(("run.ask", 3))
    assert broken(sound) == ["4"]


def test_a_clock_that_was_set_makes_a_feed_due_once_more(sound):
    sound.runs.append(Run(3, "feed", "unchanged", 170.0))
    sound.entries.append(("run.ask", 3))
    sound.moved = [168.0]
    assert broken(sound) == []


def test_a_dependency_that_comes_back_late_or_never_is_a_breach(sound):
    for took in (30.1, None):
        sound.ready = [("Redis killed", took)]
        assert broken(sound) == ["6"]


def test_a_feed_that_does_not_get_the_last_truth_is_a_breach(sound):
    sound.unsettled = ["feed"]
    assert broken(sound) == ["6"]


def test_a_run_that_waits_too_long_or_for_ever_is_a_breach(sound):
    sound.resumed = [Resumed(2, 121.0, 121.0)]
    sound.not_resumed = [1]
    assert broken(sound) == ["6"]
    assert len(judge(sound)[5].breaches) == 2


def test_a_leak_is_a_breach_and_so_is_a_search_of_nothing(sound):
    sound.leaks = ["worker.log, line 3"]
    assert broken(sound) == ["7"]
    sound.leaks, sound.searched = [], 0
    assert broken(sound) == ["7"]


@pytest.mark.parametrize("entry", [("run.ask", 1), ("feed.refresh", 2)])
def test_a_missing_or_second_audit_entry_is_a_breach(sound, entry):
    sound.entries.append(entry)
    assert broken(sound) == ["8"]
    sound.entries = [one for one in sound.entries if one != entry]
    assert broken(sound) == ["8"]


def test_the_naive_sums_are_what_a_person_gets_on_paper():
    found = values({("Desk", date(2026, 5, 31)): (5, 4), ("Desk", date(2026, 6, 1)): (1,)})
    assert found["Desk", "csat_mean", "month", date(2026, 5, 1)] == 4.5
    assert found["Desk", "csat_mean", "quarter", date(2026, 4, 1)] == pytest.approx(10 / 3)
    assert found["Desk", "csat_mean", "week", date(2026, 5, 25)] == 4.5
    assert found["Desk", "csat_top2", "year", date(2026, 1, 1)] == pytest.approx(200 / 3)
