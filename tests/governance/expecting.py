"""A touchpoint of which something is expected: numbers of this month, a page on this machine, a test tool."""

from uuid import NAMESPACE_OID, uuid4, uuid5

import pytest
from django.utils import timezone

from cxhub.lib.periods import Grain, period_of
from governance.models import Expectation, ExpectationCheck
from governance.pipelines import expecting as pipeline
from governance.queries import expectations
from governance.services import expectations as service
from insights.measures.parts import SumParts
from insights.models import Kpi
from insights.pipelines import readings
from insights.services import kpis, sources
from orgs.models import Notification
from tests.days import local_today
from tests.governance.handing import Handing


class Expecting(Handing):
    """Of the visit, which Service answers for; Sales designed it, and Con keeps it."""

    def page(self, url, *, by=None, **more):
        given = {"status": 200, "limit_ms": 5000, "every_minutes": 15, **more}
        return self.expect("page", "The page answers", by=by, url=url, **given)

    def posted(self, **more):
        return self.expect("posted", "Its tests pass", **{"lasts_days": 7, **more})

    def number(self, kpi, comparison, value):
        return self.expect("number", "Visits are short", kpi=kpi, comparison=comparison, value=value)

    def expect(self, kind, sentence, *, by=None, **values):
        with self.world.inside():
            told = {"sentence": sentence, "by": by or self.world.max, "now": timezone.now(), **values}
            return service.expect(touchpoint=self.visit, kind=kind, **told)

    def kpi(self, *, interval_minutes=60, smallest_sample=1):
        """A mean in days, whose source is fetched each hour."""
        with self.world.inside():
            source = sources.create(f"Source {uuid4()}", interval_minutes=interval_minutes, by=self.world.ada)
            kpi, _ = kpis.find_or_create("mean", touchpoint=self.visit, source=source, scale=None, by=self.world.ada)
            told = {"grain": "month", "reporting_period": "month", "smallest_sample": smallest_sample, "unit": "days"}
            Kpi.objects.filter(pk=kpi.pk).update(**told)
            return Kpi.objects.get(pk=kpi.pk)

    def read(self, kpi, values, *, months_back=1, at=None):
        """Let its source bring these values for a month, in place of what it brought before."""
        month = period_of(local_today(), Grain.MONTH, week_start=0, fiscal_year_start=1)
        for _each in range(months_back):
            month = month.previous()
        when = at or timezone.now()
        with self.world.inside():
            entry = readings.Entry(kpi.pk, "month", month.starts_on, "", SumParts.of(values))
            readings.replace(uuid5(NAMESPACE_OID, f"{kpi.pk} {month.label}"), [entry], now=when)
            sources.refreshed(kpi.source, at=when, data_through=month.ends_on, run_path="")
        return month

    def check(self, made, now=None):
        """Do what the job of its page does; returns what the newest check found."""
        pk, when = self.world.acme.pk, now or timezone.now()
        pipeline.check_page(workspace_id=pk, expectation_id=made.pk, now=when)
        return self.standing_of(made, now=when)

    def standing_of(self, made, now=None):
        with self.world.inside():
            found = expectations.whole().get(pk=made.pk)
            return expectations.standing_of(found, now=now or timezone.now())

    def kept(self, made):
        """What its checks found, the first first."""
        with self.world.inside():
            found = ExpectationCheck.objects.filter(expectation=made).order_by("pk")
            return list(found.values_list("outcome", "words"))

    def fresh(self, made):
        with self.world.inside():
            return Expectation.objects.get(pk=made.pk)

    def only(self):
        with self.world.inside():
            return Expectation.objects.get()

    def end_all(self):
        with self.world.inside():
            for each in Expectation.objects.filter(ended_at=None):
                service.end(expectation=each, by=self.world.max, now=timezone.now())

    def told(self):
        """Who was told of failures, each as often as it was."""
        with self.world.inside():
            found = Notification.objects.filter(kind="expectation.failed").select_related("member__user")
            return sorted(str(one.member) for one in found)


@pytest.fixture
def expected(world, sign_in):
    return Expecting(world, sign_in)
