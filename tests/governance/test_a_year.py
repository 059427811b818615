"""A year of reviews of three companies in three zones: each reminder once and on its day, beside a naive clerk.

Twelve maps, sixty members, six changes of the clocks, outages, and a sweep that is killed at one statement after the
other. YEARS=20 lives through twenty of them.
"""

import os
import random
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection

from governance.models import Reminder, Reviewer
from governance.pipelines import reminders
from governance.services import plans, turns
from governance.services import reviews as reviewing
from journeys.models import Map
from orgs.models import Member, MemberRole, Notification, User
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import members, workspaces
from tests.governance.year import DAY, FIRST, LAST, Clerk, Drawn, decisions, moments
from tests.world import lay_out

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")  # the last one's clocks change by half an hour
YEARS = int(os.environ.get("YEARS", "1"))
OUTAGES = [
    (datetime(2026, 3, 29, 4, 30, tzinfo=UTC), datetime(2026, 3, 29, 6, 30, tzinfo=UTC)),  # two hours around seven
    (datetime(2026, 6, 10, 3, tzinfo=UTC), datetime(2026, 6, 14, 9, tzinfo=UTC)),  # four days
    (datetime(2026, 10, 25, 5, 30, tzinfo=UTC), datetime(2026, 10, 25, 7, 30, tzinfo=UTC)),
]


class Killed(BaseException):
    """As if the process had ended between two statements: nothing catches it."""


class Company:
    """A workspace with twenty members and four maps, and the clerk who looks on."""

    def __init__(self, zone, coin):
        name = zone.partition("/")[2].replace("_", "-").lower()
        told = {"name": name, "slug": name, "email": f"admin@{name}.test", "person_name": f"Admin {name}"}
        opened = workspaces.open_workspace(zone=zone, **told)
        self.workspace, self.admin = opened.workspace, opened.administrator
        self.clerk = Clerk(zone, [str(self.admin)])
        with scope(self.workspace.pk):
            users = [User(email=f"{name}{n}@{name}.test", name=f"{name} {n}") for n in range(19)]
            joined = Member.objects.bulk_create(Member(user=user) for user in User.objects.bulk_create(users))
            MemberRole.objects.bulk_create(MemberRole(member=each, role=Role.MAP_EDITOR) for each in joined)
            self.people = {str(each): each for each in [*joined, self.admin]}
            for number in range(4):
                self._draw(f"Map {number}", coin)

    def _draw(self, title, coin):
        owner, sponsor, *named = coin.sample(list(self.people), 4)
        drawn = lay_out(title, [], self.admin)
        Map.objects.filter(pk=drawn.pk).update(owner=self.people[owner], sponsor=self.people[sponsor])
        due, cadence = FIRST + timedelta(days=coin.randint(0, 60)), coin.choice([30, 60, 90])
        plans.plan(drawn=drawn, cadence_days=cadence, next_on=due, by=self.admin, today=FIRST - DAY)
        named = named if coin.random() < 0.6 else []
        Reviewer.objects.bulk_create(Reviewer(map=drawn, member=self.people[each]) for each in named)
        self.clerk.maps[title] = Drawn(title, owner, sponsor, cadence, due, FIRST - DAY, reviewers=named)

    def decide(self, seed, today, hour):
        """What people do on a day: through the services, and in the clerk's book."""
        now = datetime.combine(today, time(hour), tzinfo=self.clerk.zone)
        if not (decided := list(decisions(seed, self.clerk, today))):
            return
        with scope(self.workspace.pk):
            for verb, title, more in decided:
                getattr(self, verb)(Map.objects.get(title=title), more, today, now)

    def leave(self, drawn, person, today, now):
        if person not in self.clerk.gone and person != str(self.admin):
            members.remove(member=self.people[person], handed={}, by=self.admin, now=now)
            self.clerk.gone.add(person)

    def close(self, drawn, more, today, now):
        begun = reviewing.start(drawn=drawn, workspace=self.workspace, by=self.admin, now=now)
        reviewing.close(review=begun, workspace=self.workspace, note="", by=self.admin, now=now, is_calm=True)
        self.clerk.close(drawn.title, today)

    def delegate(self, drawn, number, today, now):
        person = list(self.people)[number]
        if person not in self.clerk.gone:
            turns.delegate(drawn=drawn, to=self.people[person], **self._said())
            self.clerk.maps[drawn.title].delegate = person

    def postpone(self, drawn, on, today, now):
        turns.postpone(drawn=drawn, on=on, today=today, **self._said())
        self.clerk.move(drawn.title, on, today, is_postponed=True)

    def skip(self, drawn, more, today, now):
        turns.skip(drawn=drawn, today=today, **self._said())
        self.clerk.close(drawn.title, today, skipped=True)

    def plan(self, drawn, on, today, now):
        cadence = self.clerk.maps[drawn.title].cadence
        plans.plan(drawn=drawn, cadence_days=cadence, next_on=on, by=self.admin, today=today)
        self.clerk.move(drawn.title, on, today, is_postponed=False)

    def given(self):
        """Who was told of which map, due on which day, how many days from it, of what kind, on which day."""
        with scope(self.workspace.pk):
            titles = dict(Map.objects.values_list("pk", "title"))
            days = {(one.map_id, f"review {one.due_on} {one.days:+d}"): one for one in Reminder.objects.all()}
            told = Notification.objects.filter(occasion__startswith="review ").select_related("member__user")
            return [self._line(each, days[each.thing_id, each.occasion], titles) for each in told.order_by("pk")]

    def _line(self, told, one, titles):
        wall = one.at.astimezone(self.clerk.zone).replace(tzinfo=None) - timedelta(hours=7)
        return str(told.member), titles[told.thing_id], one.due_on, one.days, told.kind, wall.date()

    def _said(self):
        return {"workspace": self.workspace, "by": self.admin, "note": "So be it"}


def sweep(now, kill_at):
    """Run the sweep and kill it at a statement, then run it as the next tick of beat does. Returns its statements."""
    asked = 0

    def count(execute, *given):
        nonlocal asked
        asked += 1
        if asked == kill_at:
            raise Killed
        return execute(*given)

    try:
        with connection.execute_wrapper(count):
            reminders.sweep(now)
    except Killed:
        reminders.sweep(now)
    return asked


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(YEARS))
def test_every_reminder_comes_once_and_on_its_day(seed):
    coin = random.Random(seed)
    companies = [Company(zone, coin) for zone in ZONES]
    today, due, killed, most = FIRST, 0, 0, 0
    while today <= LAST:
        hour = coin.choice([3, 12])
        for each in companies if hour == 3 else ():
            each.decide(seed, today, hour)
        for now in moments(coin, today, [each.clerk for each in companies], OUTAGES):
            written = sum(len(each.clerk.written) for each in companies)
            for each in companies:
                each.clerk.look(now)
            if sum(len(each.clerk.written) for each in companies) > written:
                due += 1  # three sweeps of four are killed, each at the next statement
                killed += bool(due % 4)
                most = max(most, sweep(now, kill_at=due % 4 and killed % (most + 1)))
            elif coin.random() < 0.02:
                reminders.sweep(now)
        for each in companies if hour == 12 else ():
            each.decide(seed, today, hour)
        today += DAY
    for each in companies:
        assert sorted(each.given()) == sorted(each.clerk.written)
    told = [line for each in companies for line in each.clerk.written]
    assert len(told) > 100, "a year without reminders shows nothing"
    assert {line[4] for line in told} >= {"review.due", "review.late"}
    assert {line[5].weekday() for line in told} == set(range(7)), "weekends are days like any other"
    late = [line for line in told if line[5] != line[2] + timedelta(days=line[3])]
    assert all(day.month == 6 for *_, day in late), "only the outage of four days puts anything off"
    assert killed > most > 20, "no statement of a sweep was left out"
