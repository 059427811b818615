"""The page of a KPI: what it says first, the way back, what each person may do there, and what a stranger gets."""

import pytest

from insights.models import Kpi
from tests.world import CANARY, lay_out


def test_says_value_status_target_definition_owner_source_and_age(kpi, page):
    text = page(kpi)
    for words in ("4.60", "of 5", "On target", "Target 4.00", "100 of 200 answered (50 %)", "Con", "From Survey"):
        assert words in text
    assert "Historical, data through 7 May 2018" in text
    assert "Unconfirmed" in text
    assert CANARY not in text


@pytest.mark.parametrize(
    ("per", "label"),
    [("day", "7 May 2018"), ("week", "Week of 7 May 2018"), ("month", "May 2018"), ("quarter", "Q2 2018")],
)
def test_looks_at_the_period_of_the_address_and_takes_it_back_along(kpi, page, per, label):
    query = f"?per={per}&at=2018-05-07"
    text = page(kpi, query)
    assert f'<span class="kpi-period">{label}</span>' in text
    assert f'href="/w/acme/touchpoints/{kpi.touchpoint_id}/{query.replace("&", "&amp;")}"' in text


def test_begins_with_the_reporting_period(world, kpi, page):
    with world.inside():
        Kpi.objects.filter(pk=kpi.pk).update(reporting_period="month")
    assert '<span class="kpi-period">May 2018</span>' in page(kpi)


def test_a_kpi_of_a_stage_leads_back_to_its_map(world, kpi, page):
    with world.inside():
        drawn = lay_out("A trip", [kpi.touchpoint], world.ada)
        of_stage = Kpi.objects.create(measure="count", direction="lower", source=kpi.source, stage=drawn.stages.get())
        of_all = Kpi.objects.create(measure="count", direction="lower", source=kpi.source)
    assert f'href="/w/acme/maps/{drawn.pk}/"' in page(of_stage)
    assert "No data" in page(of_all)


def test_list_card_and_map_lead_to_it(world, kpi, sign_in):
    with world.inside():
        drawn = lay_out("A trip", [kpi.touchpoint], world.ada)
    client, link = sign_in(world.vi), f'href="/w/acme/kpis/{kpi.pk}/?per=month&amp;at=2018-05-07"'
    for path in (f"touchpoints/{kpi.touchpoint_id}/", "touchpoints/", f"maps/{drawn.pk}/"):
        assert link in client.get(f"/w/acme/{path}?per=month&at=2018-05-07").content.decode(), path


def test_a_viewer_reads_and_is_offered_nothing_else(world, kpi, page):
    text = page(kpi)
    for way in ("target/", "owner/", "certification/", "disputes/", "update-requests/"):
        assert f"kpis/{kpi.pk}/{way}" not in text
    assert f"kpis/{kpi.pk}/target/" in page(kpi, member=world.max)
    assert f"kpis/{kpi.pk}/certification/" in page(kpi, member=world.con)


def test_an_outsider_finds_no_such_page(world, kpi, sign_in):
    assert sign_in(world.ann).get(f"/w/acme/kpis/{kpi.pk}/").status_code == 404
    assert sign_in(world.ann).get(f"/w/umbra/kpis/{kpi.pk}/").status_code == 404
