"""Setting a target: editors and the lead of the accepted department may; the past keeps its own."""

from datetime import date

import pytest

from insights.models import Kpi, KpiTarget
from journeys.models import Touchpoint
from tests.insights.numbers import answers, new_kpi, told

GIVEN = {"value": "4.2", "valid_from": "2018-01-01"}


@pytest.fixture
def kpi(world):
    with world.inside():
        kpi = new_kpi(world)
        told(kpi, {date(2017, 5, 1): answers(4, 5)})
        return kpi


@pytest.fixture
def post(kpi, sign_in):
    def _post(member, **fields):
        return sign_in(member).post(f"/w/acme/kpis/{kpi.pk}/target/", {**GIVEN, **fields})

    return _post


def targets(world):
    with world.inside():
        return list(KpiTarget.objects.values_list("value", "valid_from"))


def owned(world, accountability):
    with world.inside():
        Touchpoint.objects.update(accountable_department=world.service, accountability=accountability)


def test_a_map_editor_sets_it_and_comes_back_to_the_kpi(world, kpi, post):
    answer = post(world.max)
    assert answer["Location"] == f"/w/acme/kpis/{kpi.pk}/"
    assert targets(world) == [(4.2, date(2018, 1, 1))]


def test_the_lead_of_the_department_that_accepted_sets_it(world, post):
    owned(world, "accepted")
    assert post(world.lea).status_code == 302
    assert targets(world) == [(4.2, date(2018, 1, 1))]


def test_the_lead_of_one_that_was_only_asked_does_not(world, post):
    owned(world, "offered")
    assert post(world.lea).status_code == 403
    assert targets(world) == []


def test_others_do_not(world, post):
    for member in (world.eli, world.ivo, world.con, world.vi):
        assert post(member).status_code == 403
    assert targets(world) == []


def test_an_outsider_finds_no_such_page(world, post):
    assert post(world.ann).status_code == 404
    assert targets(world) == []


def test_map_editors_set_the_target_of_a_kpi_of_the_workspace_and_leads_do_not(world, kpi, sign_in):
    with world.inside():
        whole = Kpi.objects.create(measure="count", direction="lower", source=kpi.source)
    owned(world, "accepted")
    assert sign_in(world.lea).post(f"/w/acme/kpis/{whole.pk}/target/", GIVEN).status_code == 403
    assert targets(world) == []
    assert sign_in(world.max).post(f"/w/acme/kpis/{whole.pk}/target/", GIVEN).status_code == 302
    assert targets(world) == [(4.2, date(2018, 1, 1))]


@pytest.mark.parametrize(
    "fields",
    [
        {"value": ""},
        {"value": "much"},
        {"value": "nan"},
        {"value": "inf"},
        {"value": "1e400"},
        {"value": "4\0"},
        {"valid_from": ""},
        {"valid_from": "2018-02-30"},
        {"valid_from": "0001-01-01"},
        {"valid_from": "9999-12-31"},
    ],
)
def test_bad_input_is_explained_beside_the_field(world, post, fields):
    answer = post(world.ada, **fields)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert targets(world) == []


def test_the_first_target_is_offered_from_the_first_reading_on(world, kpi, sign_in):
    text = sign_in(world.ada).get(f"/w/acme/kpis/{kpi.pk}/target/").content.decode()
    assert "2017-01-01" in text or "2017-05-01" in text
