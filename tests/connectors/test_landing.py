"""What a file makes: everything it names, once, offered and not accepted, with every reading."""

from datetime import date

import pytest

from connectors.models import FilePart, RejectedRow
from insights.models import Kpi, Reading, ReadingPart
from journeys.models import Channel, LifecyclePhase, Map, Touchpoint
from orgs.models import AuditEntry, Department
from tests.connectors.desk import ANSWERS, VALUES, bring, csv_of, daily_counts

HEADER = ("touchpoint", "date", "score", "channel", "team", "stage")
ROWS = [
    ("Check-in", "2026-05-11", 4, "desk", "Service", "1 Arrive"),
    ("Check-in", "2026-05-11", 5, "desk", "Service", "1 Arrive"),
    ("Lounge", "2026-05-12", 0, "desk", "Hosts", "2 Wait"),
    ("Lounge", "2026-05-12", 3, "desk", "Hosts", "2 Wait"),
]
FILE = csv_of(*ROWS, header=HEADER)


@pytest.fixture
def full(world):
    with world.inside():
        phase = LifecyclePhase.objects.get(position=4)
    return ANSWERS.changed(
        channel_column="channel",
        department_column="team",
        stage_column="stage",
        map_title="A trip",
        phase_id=phase.pk,
        measures=("csat_mean", "csat_top2"),
    )


@pytest.fixture
def landed(world, full):
    run = bring(world, FILE, full)
    with world.inside():
        yield run


def everything():
    models = (Reading, ReadingPart, FilePart, Touchpoint, Kpi, Map)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_the_run_says_how_it_went(landed):
    assert (landed.state, landed.rows_read, landed.rows_used, landed.rows_rejected) == ("done", 4, 3, 1)
    assert landed.message == "4 rows read: 3 used, 0 without an answer, 1 rejected."
    made = {"touchpoints": 2, "channels": 1, "departments": 1, "offers": 2, "kpis": 4, "maps": 1, "stages": 2}
    assert made.items() <= landed.made.items()


def test_touchpoints_have_their_channel_and_are_offered_to_their_department_not_accepted(world, landed):
    desk, lounge = Touchpoint.objects.order_by("name")
    assert (desk.name, desk.channel.name, desk.accountable_department) == ("Check-in", "desk", world.service)
    assert desk.accountability == lounge.accountability == "offered"
    assert not desk.is_owned
    assert set(Department.objects.values_list("name", flat=True)) == {"Service", "Hosts"}


def test_each_touchpoint_has_one_kpi_per_measure_from_the_feeds_source(landed):
    kpis = Kpi.objects.all()
    assert {(kpi.touchpoint.name, kpi.measure) for kpi in kpis} == {
        (name, measure) for name in ("Check-in", "Lounge") for measure in ("csat_mean", "csat_top2")
    }
    assert {(kpi.source_id, kpi.scale_low, kpi.scale_high, kpi.grain) for kpi in kpis} == {
        (landed.feed.source_id, 1, 5, "day")
    }


def test_readings_are_there_for_every_period(landed):
    found = Reading.objects.filter(kpi__measure="csat_mean", kpi__touchpoint__name="Check-in")
    assert {(row.grain, row.value, row.answered, row.asked) for row in found} == {
        (grain, 4.5, 2, None) for grain in ("day", "week", "month", "quarter", "year")
    }


def test_the_map_places_each_touchpoint_in_its_stage(landed):
    drawn = Map.objects.get()
    assert (drawn.title, drawn.pk) == ("A trip", landed.made["map_id"])
    places = {stage.name: [step.name for step in stage.steps.all()] for stage in drawn.stages.all()}
    assert places == {"1 Arrive": ["Check-in"], "2 Wait": ["Lounge"]}


def test_the_source_knows_its_clocks_and_its_run(landed):
    source = landed.feed.source
    assert (source.data_through, source.run_path, source.trouble) == (date(2026, 5, 12), f"runs/{landed.pk}/", "")
    assert source.refreshed_at is not None


def test_the_rejected_row_keeps_its_number_reason_and_value(landed):
    row = RejectedRow.objects.get()
    assert (row.row_number, row.reason, row.value) == (4, "The score lies outside 1 to 5", "0")


def test_what_was_made_is_written_down_as_the_persons_work_by_the_run(world, landed):
    entry = AuditEntry.objects.get(action="feed.refresh")
    assert (entry.actor, entry.origin, entry.after["rows_used"]) == (world.ivo, f"Sync run {landed.pk}", 3)
    assert AuditEntry.objects.get(action="touchpoint.create", subject_label="Lounge").origin == f"Sync run {landed.pk}"


def test_the_same_file_again_changes_nothing(world, full, landed):
    before = everything()
    again = bring(world, FILE, full, name="Again")
    assert again.state == "unchanged"
    assert f"(run {landed.pk})" in again.message
    assert everything() == before


def test_the_same_content_under_another_name_in_another_feed_of_the_company_changes_nothing(world, full, landed):
    assert bring(world, FILE, full, name="Copy of the survey").state == "unchanged"


def test_another_reading_of_the_same_file_in_its_feed_takes_its_place(world, full, landed):
    wider = full.changed(scale_low=1, scale_high=5, out_of_range="no_answer")
    assert bring(world, FILE, wider, feed=landed.feed).state == "done"
    assert daily_counts(world) == {("Check-in", "2026-05-11"): {"4": 1, "5": 1}, ("Lounge", "2026-05-12"): {"3": 1}}


def test_a_further_file_adds_its_days_and_replaces_those_it_says_again(world, full, landed):
    more = csv_of(
        ("Lounge", "2026-05-12", 1, "desk", "", ""), ("Lounge", "2026-05-13", 2, "desk", "", ""), header=HEADER
    )
    bring(world, more, full, feed=landed.feed)
    assert daily_counts(world) == {
        ("Check-in", "2026-05-11"): {"4": 1, "5": 1},
        ("Lounge", "2026-05-12"): {"1": 1},
        ("Lounge", "2026-05-13"): {"2": 1},
    }


def test_after_a_correction_the_first_file_can_be_given_again(world, full, landed):
    bring(world, csv_of(("Lounge", "2026-05-12", 1, "desk", "", ""), header=HEADER), full, feed=landed.feed)
    assert bring(world, FILE, full, feed=landed.feed).state == "done"
    assert daily_counts(world)["Lounge", "2026-05-12"] == {"3": 1}
    assert FilePart.objects.count() == 1


def test_a_file_may_replace_the_whole_feed(world, full, landed):
    bring(world, csv_of(ROWS[0], header=HEADER), full.changed(replaces="feed"), feed=landed.feed)
    assert daily_counts(world) == {("Check-in", "2026-05-11"): {"4": 1}}
    assert Reading.objects.filter(kpi__touchpoint__name="Lounge").count() == 0


def test_another_feed_stands_beside_the_first_and_is_never_mixed_with_it(world, landed):
    bring(world, csv_of(("Check-in", "2026-05-11", 1)), name="Phone survey")
    values = Reading.objects.filter(kpi__measure="csat_mean", kpi__touchpoint__name="Check-in", grain="day")
    assert sorted(values.values_list("value", flat=True)) == [1.0, 4.5]
    assert Touchpoint.objects.count() == 2
    assert Channel.objects.count() == 1


def test_ready_values_land_in_their_periods_and_add_up_where_they_can(world):
    data = csv_of(
        ("Call", "2018-10", "1,200"),
        ("Call", "2018-11", "800"),
        header=("touchpoint", "month", "value"),
    )
    run = bring(world, data, VALUES)
    with world.inside():
        values = Reading.objects.filter(kpi__measure="total").values_list("grain", "starts_on", "value")
        assert set(values) == {
            ("month", date(2018, 10, 1), 1200.0),
            ("month", date(2018, 11, 1), 800.0),
            ("quarter", date(2018, 10, 1), 2000.0),
            ("year", date(2018, 1, 1), 2000.0),
        }
        assert run.feed.source.data_through == date(2018, 11, 30)


def test_another_company_sees_nothing_of_it(world, landed):
    with world.inside_umbra():
        assert not Reading.objects.filter(kpi__touchpoint__name="Lounge").exists()
        assert not Touchpoint.objects.filter(name="Lounge").exists()
        assert not RejectedRow.objects.filter(row_number=4).exists()
