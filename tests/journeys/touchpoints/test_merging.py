"""A duplicate is merged into the one that stays: maps, KPIs, systems and history follow, links lead there."""

import pytest

from insights.models import Kpi
from journeys.models import System, Touchpoint, TouchpointPlacement
from journeys.services import merging, touchpoints
from tests.journeys.touchpoints.conftest import NOW
from tests.planting import measured
from tests.world import lay_out


@pytest.fixture
def merge(world):
    def _merge(stays, goes, versions=None, **kept):
        with world.inside():
            rows = {row.pk: row.version for row in Touchpoint.objects.filter(pk__in=[stays.pk, goes.pk])}
            seen = versions or (rows[stays.pk], rows[goes.pk])
            return merging.merge(stays=stays, goes=goes, versions=seen, kept=kept, by=world.ada, now=NOW)

    return _merge


def test_maps_systems_kpis_and_links_follow(make, edit, merge, world, sign_in):
    stays, goes = make("Hotline"), make("Call us")
    with world.inside():
        crm, phone = System.objects.create(name="CRM"), System.objects.create(name="PBX")
        lay_out("Both", [stays, goes], world.ada)
        lay_out("One", [goes], world.ada)
        measured(stays, by=world.ada, source_name="Web survey")
        measured(goes, by=world.ada, source_name="Phone survey")
    edit(stays, systems=[crm.pk])
    edit(goes, systems=[phone.pk], promise="We answer")
    merge(stays, goes, systems="both", promise="goes")
    with world.inside():
        kept = Touchpoint.objects.get(pk=stays.pk)
        assert kept.promise == "We answer"
        assert {link.system.name for link in kept.system_links.all()} == {"CRM", "PBX"}
        assert set(TouchpointPlacement.objects.values_list("touchpoint", flat=True)) == {stays.pk}
        assert sorted(kept.kpis.values_list("measure", "source__name")) == [
            ("nps", "Phone survey"),
            ("nps", "Web survey"),
        ]
        gone = Touchpoint.objects.get(pk=goes.pk)
        assert (gone.merged_into_id, gone.archived_at) == (stays.pk, NOW)
        assert touchpoints.find_or_create("call us", by=world.ada) == (kept, False)
    answer = sign_in(world.vi).get(f"/w/acme/touchpoints/{goes.pk}/")
    assert answer["Location"] == f"/w/acme/touchpoints/{stays.pk}/"


def test_two_kpis_of_one_source_both_stay_and_are_told_apart(make, merge, world):
    stays, goes = make("Hotline"), make("Call us")
    with world.inside():
        first = measured(stays, by=world.ada)
        second = measured(goes, by=world.ada)
        Kpi.objects.filter(pk=second.pk).update(source=first.source)
    merge(stays, goes)
    with world.inside():
        assert sorted(stays.kpis.values_list("source__name", flat=True)) == ["Survey", "Survey (Call us)"]


def test_a_merge_of_a_merge_leads_straight_to_the_last(make, merge, world):
    first, second, third = make("A"), make("B"), make("C")
    merge(second, first)
    merge(third, second)
    with world.inside():
        assert Touchpoint.objects.get(pk=first.pk).merged_into_id == third.pk


def test_the_name_of_the_one_that_goes_can_be_kept(make, merge, world):
    stays, goes = make("Hotline"), make("Call us")
    assert merge(stays, goes, name="goes").name == "Call us"


def test_it_is_refused_when_one_changed_meanwhile(make, edit, merge, world):
    stays, goes = make("Hotline"), make("Call us")
    edit(goes, promise="Fresh words")
    with pytest.raises(merging.ChangedMeanwhile):
        merge(stays, goes, versions=(1, 1))
    with world.inside():
        assert Touchpoint.objects.current().filter(pk=goes.pk).exists()


def test_neither_itself_nor_one_out_of_use_can_be_merged(make, merge):
    stays, goes = make("Hotline"), make("Call us")
    with pytest.raises(merging.CannotMerge):
        merge(stays, stays)
    merge(stays, goes)
    with pytest.raises(merging.CannotMerge):
        merge(stays, goes)


def test_the_pages_lead_from_choosing_to_merging(make, world, sign_in):
    stays, goes = make("Hotline for bookings", promise="A"), make("Booking hotline", promise="B")
    client, url = sign_in(world.max), f"/w/acme/touchpoints/{stays.pk}/merge/"
    assert "Booking hotline" in client.get(url).content.decode()
    text = client.get(f"{url}?other={goes.pk}").content.decode()
    assert "keep-promise" in text
    data = {"other": goes.pk, "stays_version": 1, "goes_version": 1, "keep-promise": "goes"}
    assert client.post(url, {**data, "goes_version": 7}).status_code == 409
    assert client.post(url, data).status_code == 302
    with world.inside():
        assert Touchpoint.objects.get(pk=stays.pk).promise == "B"


def test_a_lead_merges_only_what_the_own_department_answers_for(make, world, sign_in):
    own, other = make("Hotline", department=world.service), make("Call us")
    answer = sign_in(world.lea).get(f"/w/acme/touchpoints/{own.pk}/merge/?other={other.pk}")
    assert answer.status_code == 403
