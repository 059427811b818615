"""Staff guess what customers say: once, before the pulse closes, and nobody can tell whose guess it was."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cxhub.lib import lately
from insights.models import Guess, Pulse, PulseAnswer, ToldBelief
from insights.queries import pulses as queries
from insights.services import closing, pulses
from orgs.models import AuditEntry, Notification
from tests.insights.belief.company import ask, close, department, guess, measured, opened, staff


@pytest.fixture
def pulse(world):
    with world.inside():
        ask(world, measured(world), measured(world, "Boarding"))
        return opened()


def at_noon(day):
    return time_machine.travel(f"{day.isoformat()}T11:00:00+00:00", tick=False)


def test_a_guess_is_kept_without_its_guesser(world, pulse):
    with world.inside():
        guess(pulse, world.vi, 4.5, 3)
        assert sorted(Guess.objects.values_list("value", flat=True)) == [3, 4.5]
        answer = PulseAnswer.objects.get()
        assert (answer.member, answer.positions) == (world.vi, [0, 1])
        told = AuditEntry.objects.get(action="pulse.answer")
        assert (told.actor, told.before, told.after) == (world.vi, {}, {})
    kept = {each.name for each in Guess._meta.fields}
    assert kept == {"id", "workspace", "question", "value", "department", "had_seen"}


def test_rows_that_came_together_do_not_stay_together(world, pulse):
    """Each answer writes the department's guesses anew: keys, and the transaction that wrote them, are the newest."""
    with world.inside():
        guess(pulse, world.vi, 1, 1)
        before = set(Guess.objects.values_list("pk", flat=True))
        guess(pulse, world.max, 5, 5)
        after = Guess.objects.extra(select={"wrote": "xmin::text"})
        assert before.isdisjoint({each.pk for each in after})
        assert len({each.wrote for each in after}) == 1
        assert sorted(each.value for each in after) == [1, 1, 5, 5]


def test_a_question_or_the_whole_month_can_be_left_out(world, pulse):
    with world.inside():
        guess(pulse, world.vi, None, 3)
        guess(pulse, world.max)
        assert [(each.value, each.question.position) for each in Guess.objects.all()] == [(3, 1)]
        assert queries.waiting_for(world.max, pulse.opens_on) is None


def test_a_second_answer_is_refused(world, pulse):
    with world.inside():
        guess(pulse, world.vi, 4)
        with pytest.raises(pulses.HasAnswered):
            guess(pulse, world.vi, 1)
        assert [each.value for each in Guess.objects.all()] == [4]


@pytest.mark.parametrize("days", [-1, 12])
def test_before_it_opens_and_after_its_last_day_nothing_is_taken(world, pulse, days):
    day = pulse.opens_on + timedelta(days=days)
    with world.inside(), pytest.raises(pulses.PulseIsOver):
        pulses.answer(pulse=pulse, guesses={0: 4}, by=world.vi, now=timezone.now(), today=day)


def test_once_it_is_closed_nothing_is_taken_whatever_the_day(world, pulse):
    with world.inside():
        close(pulse)
        with pytest.raises(pulses.PulseIsOver):
            guess(pulse, world.vi, 4)


@pytest.mark.parametrize("guesses", [{0: 5.01}, {0: 0.9}, {7: 3}, {0: float("nan")}])
def test_a_guess_off_the_scale_is_refused(world, pulse, guesses):
    with world.inside(), pytest.raises(pulses.BadGuess):
        pulses.answer(pulse=pulse, guesses=guesses, by=world.vi, now=timezone.now(), today=pulse.opens_on)


def test_who_was_shown_the_number_within_30_days_is_flagged(world, pulse, sign_in):
    kpi = pulse.questions.model.objects
    with world.inside():
        asked = kpi.get(pulse=pulse, position=0).kpi
    sign_in(world.vi).get(f"/w/acme/kpis/{asked.pk}/")
    with world.inside():
        guess(pulse, world.vi, 4, 4)
        guess(pulse, world.max, 4, 4)
        found = sorted(Guess.objects.values_list("question__position", "had_seen"))
    assert found == [(0, False), (0, True), (1, False), (1, False)]


def test_what_was_shown_is_forgotten_after_30_days(world):
    now = timezone.now().timestamp()
    lately.show("kpi", world.vi.pk, [1, 2], now=now)
    lately.show("kpi", world.vi.pk, [2], now=now + 60)
    assert lately.seen("kpi", world.vi.pk, now=now + 29 * 86400) == {1, 2}
    assert lately.seen("kpi", world.vi.pk, now=now + 30 * 86400 + 30) == {2}
    assert lately.seen("kpi", world.max.pk, now=now) == set()


def test_nobody_is_told_with_a_department_of_fewer_than_five(world, pulse):
    with world.inside():
        legal = department(world, "Legal")
        few = staff(world, legal, 4)
        guess(pulse, few[0], 4)
        assert PulseAnswer.objects.get().department is None
        assert Guess.objects.get().department is None
        staff(world, legal, 1)
        guess(pulse, few[1], 4)
        assert PulseAnswer.objects.get(member=few[1]).department == legal


def test_nothing_closes_while_it_can_be_answered(world, pulse):
    with world.inside():
        for each in staff(world, None, 6):
            guess(pulse, each, 4)
        assert closing.close(pulse=pulse, workspace=world.acme, today=pulse.closes_on) is False
        assert (Pulse.objects.get(pk=pulse.pk).closed_on, ToldBelief.objects.count()) == (None, 0)


def test_closing_tells_groups_and_lets_the_guesses_go(world, pulse):
    with world.inside():
        sales, legal = department(world, "Sales"), department(world, "Legal")
        for each, value in zip(staff(world, sales, 6), (5, 5, 4, 4, 5, 4), strict=True):
            guess(pulse, each, value)
        for each in staff(world, legal, 5):
            guess(pulse, each, 3.5)
        assert Guess.objects.count() == 11
        over = close(pulse)
        assert not Guess.objects.exists()
        told = ToldBelief.objects.filter(question__pulse=over).order_by("department__name")
        figures = [(str(each.department), each.belief, each.guesses) for each in told]
        assert figures == [("Legal", 3.4, 5), ("Sales", 4.6, 5)]  # 3.5 and 4.5, each to the next 0.2
        question = over.questions.get(position=0)
        assert (question.score, question.score_grain) == (4.0, "month")


def test_who_answers_is_asked_no_more(world, pulse):
    with world.inside():
        open_ones = Notification.objects.filter(kind="pulse.opened", done_at=None)
        assert open_ones.filter(member=world.vi).count() == 1
        guess(pulse, world.vi, 4)
        assert not open_ones.filter(member=world.vi).exists()
        assert open_ones.filter(member=world.max).exists()
        close(pulse)
        assert not open_ones.exists()


def test_the_page_takes_guesses_and_reveals_the_scores_in_one_answer(world, pulse, sign_in):
    with at_noon(pulse.opens_on):
        client = sign_in(world.vi)
        asked = client.get("/w/acme/pulse/").content.decode()
        assert "Customers say" not in asked
        assert 'min="1.0"' in asked
        assert 'max="5.0"' in asked
        shown = client.post("/w/acme/pulse/", {"guess_0": "4.9", "guess_1": ""})
        words = shown.content.decode()
        assert shown.status_code == 200
        assert shown["Cache-Control"].count("no-store")
        assert "4.90" in words
        assert "4.00 of 5" in words
        assert "You thought 0.90 more" in words
        again = client.get("/w/acme/pulse/").content.decode()
        assert "4.90" not in again
        assert "4.00 of 5" in again
        client.post("/w/acme/pulse/", {"guess_0": "1"})
        assert "answered this pulse already" in client.get("/w/acme/pulse/").content.decode()
    with world.inside():
        assert [each.value for each in Guess.objects.all()] == [4.9]


def test_what_cannot_be_is_explained(world, pulse, sign_in):
    with at_noon(pulse.opens_on):
        client = sign_in(world.vi)
        empty = client.post("/w/acme/pulse/", {})
        assert empty.status_code == 422
        assert "Guess at least one number" in empty.content.decode()
        beyond = client.post("/w/acme/pulse/", {"guess_0": "9"})
        assert beyond.status_code == 422
        assert "less than or equal to 5" in beyond.content.decode()
        assert client.post("/w/acme/pulse/", {"skip": "1"}).status_code == 200
    with at_noon(pulse.closes_on + timedelta(days=1)):
        client.post("/w/acme/pulse/", {"guess_0": "4"})
        late = client.get("/w/acme/pulse/").content.decode()
        assert "Your guesses were not taken" in late
        assert "No pulse is open" in late


def test_home_says_that_the_pulse_waits_until_it_is_answered(world, pulse, sign_in):
    with at_noon(pulse.opens_on):
        client = sign_in(world.vi)
        assert "Guess what customers say" in client.get("/w/acme/").content.decode()
        client.post("/w/acme/pulse/", {"skip": "1"})
        assert "Guess what customers say" not in client.get("/w/acme/").content.decode()


def test_an_outsider_finds_nothing(world, pulse, sign_in):
    with at_noon(pulse.opens_on):
        assert sign_in(world.ann).post("/w/acme/pulse/", {"guess_0": "4"}).status_code == 404
    with world.inside():
        assert Pulse.objects.count() == 1
        assert not PulseAnswer.objects.exists()
