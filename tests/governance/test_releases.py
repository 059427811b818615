"""CI notes with a key what went live: on the touchpoint, in its history, and on the charts it bears on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from governance.models import Release
from insights.models import Kpi
from insights.services import sources
from journeys.models import Touchpoint
from journeys.queries import design_status
from journeys.services import merging, touchpoints
from orgs.models import AuditEntry
from tests.api.conftest import program  # noqa: F401  a fixture

TOLD = {"name": "2.4", "text": "Shorter menu", "link": "https://ci.example/2.4"}


@pytest.fixture
def ci(program, world):  # noqa: F811
    return program(world.ivo, ["releases:write"])


def note(ci, touchpoint, **body):
    return ci.send("POST", f"touchpoints/{touchpoint.pk}/releases/", body)


def test_it_stands_on_the_touchpoint_and_in_its_history(expected, world, ci):
    made = note(ci, expected.visit, **TOLD)
    assert (made.status_code, made.json()["name"]) == (201, "2.4")
    page = expected.get(f"touchpoints/{expected.visit.pk}/", world.vi).content.decode()
    for words in ("2.4", "Shorter menu", 'href="https://ci.example/2.4"', "Ivo, by API key “Program”"):
        assert words in page
    assert "Ivo noted the release 2.4" in page
    assert "Shorter menu" in expected.get(f"touchpoints/{expected.visit.pk}/releases/", world.vi).content.decode()
    assert expected.get(f"touchpoints/{expected.visit.pk}/releases/", world.ann).status_code == 404


def test_sent_again_it_is_the_same_and_another_of_its_name_is_refused(expected, world, ci):
    first, again = note(ci, expected.visit, **TOLD), note(ci, expected.visit, **TOLD)
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert note(ci, expected.visit, **{**TOLD, "text": "Something else"}).status_code == 409
    assert note(ci, expected.order, **TOLD).status_code == 201
    with world.inside():
        assert Release.objects.count() == 2
        assert AuditEntry.objects.filter(action="touchpoint.note_release").count() == 2


def test_what_cannot_be_is_explained(expected, world, ci, program):  # noqa: F811
    ahead = (timezone.now() + timedelta(hours=1)).isoformat()
    for body, words in (
        ({"name": "2.4", "released_at": ahead}, "lies ahead"),
        ({"name": "2.4", "released_at": "yesterday"}, "Write the moment as"),
        ({"name": "2.4", "link": "ftp://ci.example/"}, "valid URL"),
        ({"name": ""}, "blank"),
        ({"text": "x"}, "required"),
    ):
        answer = note(ci, expected.visit, **body)
        assert (answer.status_code, words in answer.content.decode()) == (400, True), (body, answer.content)
    assert note(program(world.lea, ["releases:write"]), expected.visit, **TOLD).status_code == 403
    assert note(program(world.ivo, ["results:write"]), expected.visit, **TOLD).status_code == 403
    with world.inside():
        visit = Touchpoint.objects.get(pk=expected.visit.pk)
        touchpoints.archive(touchpoint=visit, version=visit.version, by=world.max, now=timezone.now())
    assert note(ci, expected.visit, **TOLD).status_code == 409


def test_charts_of_its_numbers_its_stages_and_its_maps_say_when_it_went_live(expected, world, ci):
    drawn = expected.draw(expected.visit)
    kpi = expected.kpi()
    month = expected.read(kpi, [4.0] * 50)
    told = datetime.combine(month.starts_on, datetime.min.time(), tzinfo=UTC) + timedelta(days=9)
    before = told - timedelta(days=40)
    assert note(ci, expected.visit, **TOLD, released_at=told.isoformat()).status_code == 201
    assert note(ci, expected.order, name="9.9", released_at=told.isoformat()).status_code == 201
    sentence, other = "Release 2.4 of Visit went live", "Release 9.9 of Order went live"
    with world.inside():
        source = sources.create("Other", by=world.ada)
        how = {"measure": "mean", "direction": "lower", "grain": "month", "reporting_period": "month"}
        subjects = ({"map": drawn}, {"stage": drawn.stages.get()}, {"touchpoint": expected.order})
        others = [Kpi.objects.create(source=source, smallest_sample=1, **how, **subject) for subject in subjects]
    for each in others:
        expected.read(each, [4.0] * 50)
    ids = [kpi.pk, *(each.pk for each in others)]
    found = [expected.get(f"kpis/{pk}/?per=month&at={month.starts_on}", world.vi).content.decode() for pk in ids]
    assert [sentence in page for page in found] == [True, True, True, False]
    assert [other in page for page in found] == [False, False, False, True]
    early = expected.get(f"kpis/{kpi.pk}/?per=month&span=3&at={before.date()}", world.vi).content.decode()
    assert sentence not in early


def test_it_moves_along_where_touchpoints_are_merged(expected, world, ci):
    for name in ("1", "2"):
        note(ci, expected.visit, name=name)
    note(ci, expected.order, name="2")
    made = expected.posted()
    with world.inside():
        stays, goes = (Touchpoint.objects.get(pk=each.pk) for each in (expected.order, expected.visit))
        both = {"stays": stays, "goes": goes, "versions": (stays.version, goes.version)}
        merging.merge(**both, kept={}, by=world.max, now=timezone.now())
        assert sorted(Release.objects.filter(touchpoint=stays).values_list("name", flat=True)) == ["1", "2"]
    assert expected.fresh(made).touchpoint_id == expected.order.pk


def test_since_when_it_has_each_design_status_is_read_off_its_history(expected, world):
    def edit(status, since):
        with world.inside():
            visit = Touchpoint.objects.get(pk=expected.visit.pk)
            changes = {"design_status": status, "design_status_since": since}
            edited = touchpoints.edit(
                touchpoint=visit, version=visit.version, changes=changes, by=world.max, now=timezone.now()
            )
            return edited.entry

    def spells():
        with world.inside():
            found = design_status.spells(Touchpoint.objects.get(pk=expected.visit.pk), zone=UTC)
            return [(each.status, each.since) for each in found]

    assert spells() == []
    edit("designed", "2026-01-05")
    edit("built", "2026-02-01")
    edit("built", "2026-02-03")  # corrected
    known = [("designed", date(2026, 1, 5)), ("built", date(2026, 2, 3))]
    assert spells() == known
    wrong = edit("verified", "2026-04-01")
    with world.inside():
        touchpoints.undo(entry=wrong, by=world.max, now=timezone.now())
    assert spells() == known
    edit("live", "2026-05-12")
    page = expected.get(f"touchpoints/{expected.visit.pk}/", world.vi).content.decode()
    for words in ("since 5 Jan 2026", "since 3 Feb 2026", "since 12 May 2026"):
        assert words in page
    with world.inside():  # said before there was a history of it
        Touchpoint.objects.filter(pk=expected.order.pk).update(design_status="tested", design_status_since=None)
        found = design_status.spells(Touchpoint.objects.get(pk=expected.order.pk), zone=UTC)
        assert [(each.word, each.since) for each in found] == [("Tested", None)]
