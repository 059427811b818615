"""Every figure of the Overview of the example company, worked out again from the parts its feeds brought."""

from datetime import timedelta

import pytest
from django.utils import timezone

from connectors.models import SyncRun
from connectors.pipelines import sync
from cxhub.demo.build import build
from insights.models import Source
from orgs.scope import scope
from tests.days import local_today
from tests.insights.truth.looking import told, untruths


@pytest.fixture
def larch(db):
    """Its administrator, with everything fetched that waited for the worker."""
    now = timezone.now()
    opened = build(slug="larch", email="ada@larch.test", person_name="Ada", zone="Europe/Berlin", now=now)
    with scope(opened.workspace.pk):
        for pk in SyncRun.objects.unfinished().values_list("pk", flat=True):
            sync.run(workspace_id=opened.workspace.pk, run_id=pk, now=now)
        # The company is asked each minute; on a slow machine this test takes longer than its numbers stay fresh.
        Source.objects.filter(interval_minutes__lt=60).update(interval_minutes=60)
    return opened.administrator


def test_every_figure_of_the_overview_and_of_each_journey(larch, sign_in):
    now = timezone.now()
    client, today, found = sign_in(larch), local_today(), []
    for asked in (None, ("month", today), ("week", today - timedelta(days=14)), ("year", today - timedelta(days=365))):
        found += untruths(client, larch, now, asked)
    assert not found, told(found)
