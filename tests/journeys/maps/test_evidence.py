"""How well steps are supported: stated in the outline, kept through deletions, seen on the map."""

import json

import pytest
from django.db import IntegrityError, transaction

from journeys.models import Map, MapVersion, Step
from journeys.queries import maps
from journeys.services import copies, evidence, steps
from orgs.models import AuditEntry
from tests.journeys.maps.test_versions import restore


def state(desk, step, *, htmx=True, was=("", ""), **data):
    return desk.post("step_evidence", step, htmx=htmx, was=was[0], was_source=was[1], **data)


def stands(desk, step):
    with desk.world.inside():
        return Step.objects.values_list("evidence", "evidence_source").get(pk=step.pk)


def test_evidence_is_stated_with_its_source_and_told_in_the_audit(desk):
    step = desk.first_step("Buy")
    reply = state(desk, step, evidence="validated", source="  12 interviews,\n May ")
    assert reply.status_code == 200
    assert "Saved" in reply.content.decode()
    assert stands(desk, step) == ("validated", "12 interviews, May")
    with desk.world.inside():
        entry = AuditEntry.objects.get(action="step.evidence")
        assert (entry.actor_id, entry.before["evidence"], entry.after["evidence"]) == (
            desk.world.max.pk,
            "",
            "validated",
        )
        assert Map.objects.get(pk=desk.map.pk).structure_version == desk.version  # nobody else is disturbed
    was = ("validated", "12 interviews, May")
    assert state(desk, step, htmx=False, was=was, evidence="").status_code == 302
    assert stands(desk, step) == ("", "")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"evidence": "validated", "source": " "}, "Say what validated it"),
        ({"evidence": "gut feeling", "source": ""}, "Choose one of the kinds of evidence"),
        ({"evidence": "reasoned", "source": "x" * 301}, "at most 300"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, sent, words, htmx):
    step = desk.first_step("Buy")
    reply = state(desk, step, htmx=htmx, **sent)
    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert stands(desk, step) == ("", "")


def test_two_people_never_overwrite_each_other(desk):
    step = desk.first_step("Buy")
    state(desk, step, evidence="reasoned", source="From the calls of March")
    reply = state(desk, step, evidence="validated", source="A survey")
    assert reply.status_code == 409
    text = reply.content.decode()
    assert "Reasoned: From the calls of March" in text
    assert 'value="A survey"' in text
    was = ("reasoned", "From the calls of March")
    assert f'name="was" value="{was[0]}"' in text  # saving again replaces what was just read
    assert state(desk, step, was=was, evidence="validated", source="A survey").status_code == 200
    assert state(desk, step, was=was, evidence="validated", source="A survey").status_code == 200  # both say the same


def test_the_database_knows_no_validation_without_a_source(desk, world):
    step = desk.first_step("Buy")
    with world.inside(), pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=step.pk).update(evidence="validated")


def test_it_comes_back_with_a_deleted_step(desk):
    step = desk.add_step("Buy", "I compare")
    state(desk, step, evidence="reasoned", source="Calls")
    desk.post("step_deletion", step, version=desk.version)
    with desk.world.inside():
        entry = AuditEntry.objects.get(action="step.delete")
    desk.post("outline_undo", entry=entry.pk)
    assert stands(desk, desk.step("I compare")) == ("reasoned", "Calls")


def test_a_step_with_evidence_is_no_longer_the_default_one(desk):
    desk.post("stages", name="Renew")
    state(desk, desk.first_step("Renew"), evidence="assumption")
    desk.add_step("Renew", "I stay")
    assert dict(desk.shape())["Renew"] == ["New step", "I stay"]


def page(desk):
    return desk.client.get(desk.url("map")).content.decode()


def test_a_map_without_evidence_has_no_lane_for_it(desk):
    text = page(desk)
    assert "lane-evidence" not in text
    assert "data-assumed" not in text
    assert "Assumptions" not in text


def test_a_stage_of_assumptions_looks_pale_and_says_so(desk, world):
    more = desk.add_step("Buy", "I compare")
    state(desk, desk.first_step("Buy"), evidence="assumption")
    assert "data-assumed" not in page(desk)  # one of its two steps is not known to be
    state(desk, more, evidence="assumption", source="Workshop in May")
    text = page(desk)
    assert text.count("Assumptions</span>") == 1
    assert "lane-evidence" in text
    assert "Workshop in May" in text
    lanes = text.count('<td role="cell"') // 4
    assert text.count("data-assumed") == 1 + 2 + 2 * lanes  # the stage, its steps, their cells
    state(desk, more, was=("assumption", "Workshop in May"), evidence="validated", source="Diaries")
    assert "data-assumed" not in page(desk)
    with world.inside():
        assert [stage.is_assumed for stage in maps.grid(desk.map).stages] == [False, False, False]


def test_the_map_asks_no_more_often_with_evidence(desk, django_assert_num_queries):
    with desk.world.inside():
        for step in Step.objects.filter(stage__map=desk.map).select_related("stage"):
            evidence.state(step=step, evidence="assumption", source="", by=desk.world.max)
        with django_assert_num_queries(2):
            assert all(stage.is_assumed for stage in maps.grid(desk.map).stages)


def test_a_viewer_reads_it_and_may_not_state_it(desk, world, sign_in):
    step = desk.first_step("Buy")
    state(desk, step, evidence="assumption")
    desk.client = sign_in(world.vi)
    assert "lane-evidence" in page(desk)
    assert state(desk, step, evidence="").status_code == 403
    assert stands(desk, step) == ("assumption", "")


def told(desk):
    """What the JSON of the map says of each step's evidence."""
    found = json.loads(desk.client.get(f"/w/acme/maps/{desk.map.pk}.json").content)
    steps = [step for stage in found["stages"] for step in stage["steps"]]
    return {step["name"]: [step.get(key) for key in ("evidence", "evidence_source")] for step in steps}


def test_the_json_says_it_where_somebody_did(desk):
    step = desk.add_step("Buy", "I compare")
    before = desk.client.get(f"/w/acme/maps/{desk.map.pk}.json").content
    assert b"evidence" not in before  # what was published before keeps its name
    state(desk, step, evidence="validated", source="Diaries")
    assert told(desk) == {"First": [None, None], "I compare": ["validated", "Diaries"]}
    state(desk, step, was=("validated", "Diaries"), evidence="assumption")
    assert told(desk)["I compare"] == ["assumption", None]


def test_a_version_brings_it_back_and_takes_it_away(desk):
    step = desk.add_step("Buy", "I compare")
    publish = f"/w/acme/maps/{desk.map.pk}/versions/"
    desk.client.post(publish, {"note": "Nobody said"})
    state(desk, step, evidence="validated", source="Diaries")
    desk.client.post(publish, {"note": "Said"})
    with desk.world.inside():
        said, unsaid = MapVersion.objects.filter(map=desk.map)
    for version, expected in ((unsaid, ("", "")), (said, ("validated", "Diaries"))):
        restore(desk, version)
        assert stands(desk, step) == expected


def test_copies_are_supported_as_well(desk):
    step = desk.add_step("Buy", "I compare")
    state(desk, step, evidence="reasoned", source="Calls")
    with desk.world.inside():
        step.refresh_from_db()
        made = steps.copy(step=step, by=desk.world.max)
        copied = copies.of_stage(stage=desk.stage("Buy"), by=desk.world.max)
        rows = {each.name: (each.evidence, each.evidence_source) for each in copied.steps.all()}
    assert stands(desk, made) == ("reasoned", "Calls")
    assert set(rows.values()) == {("", ""), ("reasoned", "Calls")}
    assert rows["I compare"] == ("reasoned", "Calls")


def test_the_overview_of_a_map_is_pale_where_all_is_assumed(desk):
    text = desk.client.get(desk.url("map") + "?detail=1").content.decode()
    assert "data-assumed" not in text
    state(desk, desk.first_step("Buy"), evidence="assumption")
    text = desk.client.get(desk.url("map") + "?detail=1").content.decode()
    lanes = text.count('<td role="cell"') // 3
    assert text.count("data-assumed") == 2 + lanes  # the stage, its one column, the cells of that
    assert "lane-evidence" not in text  # counts of evidence would say nothing
