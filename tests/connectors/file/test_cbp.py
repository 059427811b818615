"""What US Customs published of its contact centre: monthly volumes, and totals of which three are copied and wrong.

Through the wizard and a real worker; the totals are checked, never believed.
"""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from connectors.models import SyncRun
from insights.models import Reading
from tests import worker

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "us_cx_kpis"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not DATA.exists(), reason="the data are not beside this checkout"),
]


def test_three_months_are_flagged(committed_world, sign_in):
    world, expected = committed_world, json.loads((DATA / "expected.json").read_text())
    ivo = sign_in(world.ivo)
    with worker.running(), (DATA / "cbp_contact_volumes.csv").open("rb") as file:
        upload = ivo.post(reverse("upload_new", args=[world.acme.slug]), {"file": file}).url
        page = ivo.get(upload)
        values = {key: value for key, value in page.context["form"].initial.items() if value not in (None, False)}
        with (DATA / "cbp_claimed_totals.csv").open("rb") as totals:
            answer = ivo.post(upload, {**values, "ready_measure": "total", "totals_file": totals})
        assert answer.status_code == 302, answer.context["form"].errors
        pk = int(answer.url.rstrip("/").rpartition("/")[2])
        worker.wait_until(lambda: held(world, pk).is_finished)
    run = held(world, pk)
    assert (run.state, run.rows_read, run.rows_rejected) == ("done", expected["rows"], 0)
    assert run.checks["agreed"] == expected["months"] - 3
    assert [sentence[:8] for sentence in run.checks["differences"]] == ["Apr 2019", "May 2019", "Jun 2019"]
    assert "the rows add up to 43,144, 6,396 more than the control total of 36,748" in run.checks["differences"][0]
    text = ivo.get(answer.url).content.decode()
    assert "Control totals that differ" in text
    assert "6 others agree." in text
    with world.inside():
        rows = Reading.objects.filter(kpi__measure="total", grain="month", segment="")
        assert round(sum(row.value for row in rows)) == expected["total"], "the figures are what the rows say"


def held(world, pk):
    with world.inside():
        return SyncRun.objects.get(pk=pk)
