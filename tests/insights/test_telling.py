"""What a KPI tells of its channel: said in its definition, by its measure or its source, and never by its name."""

from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from insights.models import Kpi
from insights.services import kpis, sources
from insights.services.kpis import CannotTell
from journeys.services import touchpoints
from orgs.models import AuditEntry
from orgs.services import stale
from tests.insights.numbers import FIVE, new_kpi

NAMES = {  # measure and name: what the old rule found in it
    ("mean", "Cost per call"): "cost",
    ("total", "All COSTS of May"): "cost",
    ("mean", "Costume rental"): "",
    ("mean", "Order to visit"): "",
    ("ratio", "Cost share"): "",
    ("ratio", "Preferred over the web"): "preference",
    ("ratio", "Preferential treatment"): "",
    ("ratio", "Participation"): "participation",
    ("ratio", "Who participates"): "participation",
    ("count", "Preference"): "",
    ("csat_mean", "Cost per call"): "satisfaction",
    ("csat_top2", ""): "satisfaction",
    ("ces", ""): "effort",
    ("nps", "Preference"): "",
}


def kpi(world, slug, tells="", name="", at="Hotline"):
    source = sources.create(f"{slug} {name}", by=world.ada)
    source.tells = tells
    source.save()
    touchpoint = touchpoints.find_or_create(at, by=world.ada)[0]
    made = kpis.find_or_create(slug, touchpoint=touchpoint, source=source, scale=None, by=world.ada)[0]
    return kpis.define(kpi=made, name=name, by=world.ada)


def change(world, sign_in, kpi, by=None, **news):
    with world.inside():
        held = kpis.defined(Kpi.objects.get(pk=kpi.pk))
    counts = {"counts": "measure", "was": stale.seen(held)}
    sent = {name: value for name, value in held.items() if name != "is_outcome"} | counts | news
    return sign_in(by or world.max).post(reverse("kpi_definition", args=["acme", kpi.pk]), sent)


def test_the_migration_keeps_what_the_names_said_and_nothing_else(world):
    moved = import_module("insights.migrations.0015_what_kpis_tell")
    with world.inside():
        made = {kpi(world, slug, name=name).pk: tells for (slug, name), tells in NAMES.items()}
        Kpi.objects.update(tells="")
        with connection.cursor() as cursor:
            for statement in (moved.MEASURED, moved.NAMED):
                cursor.execute(statement)
        assert dict(Kpi.objects.values_list("pk", "tells")) == made


def test_a_new_kpi_tells_what_its_measure_means_or_else_what_its_source_brings(world):
    with world.inside():
        for slug, brought, tells in (
            ("csat_mean", "", "satisfaction"),
            ("csat_top2", "signal", "satisfaction"),
            ("ces", "cost", "effort"),
            ("nps", "", ""),
            ("count", "signal", "signal"),
            ("total", "use", "use"),
            ("ratio", "participation", "participation"),
            ("ratio", "cost", ""),  # a share is no cost
        ):
            assert kpi(world, slug, brought).tells == tells, (slug, brought)


def test_its_keeper_says_it_and_page_and_history_tell_it(world, sign_in):
    with world.inside():
        share = kpi(world, "ratio", name="Lieber hier")
    form = sign_in(world.max).get(reverse("kpi_definition", args=["acme", share.pk])).content.decode()
    offered = form.split('name="tells"')[1].split("</select>")[0]
    assert 'value="preference"' in offered
    assert 'value="cost"' not in offered
    assert change(world, sign_in, share, tells="preference").status_code == 302
    page = sign_in(world.vi).get(f"/w/acme/kpis/{share.pk}/").content.decode()
    assert "Of its channel it tells: preference." in page
    assert "what it tells of its channel from “Nothing that channels are compared by” to “Preference”" in page


@pytest.mark.parametrize("wrong", ["cost", "luck", "nul\0"])
def test_what_it_cannot_tell_is_explained_and_changes_nothing(world, sign_in, wrong):
    with world.inside():
        share = kpi(world, "ratio")
    refused = change(world, sign_in, share, tells=wrong, unit="h")
    assert refused.status_code == 422
    assert "Select a valid choice" in refused.content.decode()
    with world.inside():
        held = Kpi.objects.get(pk=share.pk)
        assert (held.tells, held.unit) == ("", "")
        with pytest.raises(CannotTell, match="cannot tell that"):
            kpis.define(kpi=held, tells="cost", by=world.ada)


def test_others_do_not_say_it(world, sign_in):
    with world.inside():
        share = kpi(world, "ratio")
    assert change(world, sign_in, share, world.vi, tells="preference").status_code == 403
    assert change(world, sign_in, share, world.ann, tells="preference").status_code == 404


def test_what_a_source_brings_is_told_by_its_kpis_that_say_nothing_of_their_own(world):
    with world.inside():
        score = new_kpi(world, scale=FIVE)
        source = score.source
        made = {}
        for slug, at in (("count", "Hotline"), ("total", "Shop"), ("ratio", "Desk"), ("mean", "Hotline")):
            touchpoint = touchpoints.find_or_create(at, by=world.ada)[0]
            made[slug] = kpis.find_or_create(slug, touchpoint=touchpoint, source=source, scale=None, by=world.ada)[0]
        kpis.define(kpi=made["mean"], tells="cost", by=world.ada)

        def told():
            return dict(Kpi.objects.filter(source=source).values_list("measure", "tells"))

        assert sources.tell(source=source, tells="use", by=world.ivo) == 2
        kept = {"csat_mean": "satisfaction", "mean": "cost"}
        assert told() == kept | {"count": "use", "total": "use", "ratio": ""}
        assert sources.tell(source=source, tells="signal", by=world.ivo) == 3
        assert told() == kept | {"count": "signal", "total": "signal", "ratio": "signal"}
        sources.tell(source=source, tells="", by=world.ivo)
        assert told() == kept | {"count": "", "total": "", "ratio": ""}
        entries = AuditEntry.objects.filter(action="source.tell").order_by("pk")
        assert [each.after["tells"] for each in entries] == ["use", "signal", ""]
