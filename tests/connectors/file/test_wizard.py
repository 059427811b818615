"""The pages of an upload: figures before they are written, names that match nothing, the next file, control totals."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from connectors.models import Feed, SyncRun
from insights.models import Kpi, Reading
from journeys.models import Touchpoint
from journeys.services import channels, touchpoints
from orgs.models import AuditEntry
from tests.connectors.desk import bring, csv_of, keep, work

HEADER = ("touchpoint", "channel", "date", "score")
ROWS = [
    ("Chek-in desk", "desk", "2026-05-11", 4),
    ("Lounge", "desk", "2026-05-12", 5),
    ("Lounge", "desk", "2026-05-13", 2),
]
FILE = csv_of(*ROWS, header=HEADER)
TOTALS = csv_of(("2026-05", 4), header=("month", "total"))


@pytest.fixture
def ivo(world, sign_in):
    return sign_in(world.ivo)


@pytest.fixture
def desk(world):
    """A touchpoint that the file calls by a wrong name."""
    with world.inside():
        channel, _new = channels.find_or_create("Desk", by=world.ada)
        return touchpoints.find_or_create("Check-in desk", channel=channel, by=world.ada)[0]


def address(world, file):
    return reverse("upload", args=[world.acme.slug, file.pk])


def said(page, **more):
    """What the form on a page would post."""
    values = page.context["form"].initial
    return {key: value for key, value in values.items() if value not in (None, False)} | more


def ran(world, answer):
    assert answer.status_code == 302, re.findall(r"field-error.*|<li>.*", answer.content.decode())
    with world.inside():
        run = SyncRun.objects.get(pk=int(answer.url.rstrip("/").rpartition("/")[2]))
    return work(world, run)


def counts(world):
    with world.inside():
        return [model.objects.count() for model in (Touchpoint, Kpi, Reading, Feed, SyncRun, AuditEntry)]


def test_the_figures_are_shown_before_anything_is_written(world, ivo):
    file = keep(world, FILE)
    before = counts(world)
    page = ivo.get(address(world, file))
    text = page.content.decode()
    shown = [
        (one.touchpoint, one.period, one.value, one.sample)
        for one in page.context["rehearsal"].figures
        if one.touchpoint == "Lounge"
    ]
    assert shown == [("Lounge", "May 2026", "3.50 of 5", "2"), ("Lounge", "May 2026", "50.0 %", "2")]
    assert "Worked out from all 3 rows." in text
    assert "Nothing is written yet." in text
    assert ivo.post(address(world, file), said(page, preview="1")).status_code == 200
    assert counts(world) == before


def test_what_is_shown_is_what_lands(world, ivo):
    file = keep(world, FILE)
    page = ivo.get(address(world, file))
    ran(world, ivo.post(address(world, file), said(page)))
    with world.inside():
        landed = {
            (row.kpi.touchpoint.name, row.kpi.measure): (row.value, row.answered)
            for row in Reading.objects.filter(grain="month").select_related("kpi__touchpoint")
        }
    assert landed["Lounge", "csat_mean"] == (3.5, 2)
    assert len(landed) == page.context["rehearsal"].kpis == 4


def test_only_the_first_rows_of_a_long_file_are_worked_out_and_it_is_said(world, ivo, monkeypatch):
    monkeypatch.setattr("connectors.pipelines.rehearsal.MOST_ROWS", 2)
    page = ivo.get(address(world, keep(world, FILE)))
    assert "Worked out from the first 2 rows; the run reads them all." in page.content.decode()


def test_a_first_file_asks_nothing_about_names(world, ivo):
    assert "Names that match no touchpoint" not in ivo.get(address(world, keep(world, FILE))).content.decode()


def test_a_name_that_matches_nothing_is_matched_by_choice(world, ivo, desk):
    file = keep(world, FILE)
    page = ivo.get(address(world, file))
    names = page.context["names"]
    assert [one["name"] for one in names] == ["Chek-in desk", "Lounge"]
    [(value, label, is_chosen)] = names[0]["close"]
    assert (label, is_chosen) == ("Check-in desk (Desk)", False)
    again = ivo.post(address(world, file), said(page, same_as=[value, ""], preview="1"))
    assert again.context["names"][0]["close"][0][2], "the choice stays when the page is looked at again"
    run = ran(world, ivo.post(address(world, file), said(page, same_as=[value, ""])))
    assert run.state == "done"
    with world.inside():
        assert set(Touchpoint.objects.values_list("name", flat=True)) == {"Check-in desk", "Lounge"}
        assert set(desk.kpis.values_list("measure", flat=True)) == {"csat_mean", "csat_top2"}


def test_a_match_is_kept_for_the_next_file_of_the_feed(world, ivo, desk):
    match = json.dumps(["chek-IN desk", "DESK", desk.pk])
    file = keep(world, FILE)
    first = ran(
        world,
        ivo.post(address(world, file), said(ivo.get(address(world, file)), same_as=[match])),
    )
    later = keep(world, csv_of(("Chek-in desk", "desk", "2026-06-11", 4), header=HEADER))
    page = ivo.get(address(world, later))
    assert page.context["feed"].pk == first.feed_id
    second = ran(
        world,
        ivo.post(address(world, later), said(page, same_as=[names["close"][0][0] for names in page.context["names"]])),
    )
    assert second.feed_id == first.feed_id
    with world.inside():
        assert not Touchpoint.objects.filter(name__istartswith="chek").exists()


@pytest.mark.parametrize("value", ['["Chek-in desk", "desk", 999999]', "umbra"])
def test_a_match_with_what_is_not_there_fails_in_a_sentence(world, ivo, desk, value):
    if value == "umbra":
        value = f'["Chek-in desk", "desk", {world.umbra_rows["touchpoint"].pk}]'
    file = keep(world, FILE)
    run = ran(world, ivo.post(address(world, file), said(ivo.get(address(world, file)), same_as=[value])))
    assert (run.state, "is gone" in run.message) == ("failed", True)


def test_nonsense_for_a_match_is_refused(world, ivo):
    file = keep(world, FILE)
    answer = ivo.post(address(world, file), said(ivo.get(address(world, file)), same_as=['{"a": 1}']))
    assert answer.status_code == 422


def test_the_next_file_of_a_feed_is_recognised_by_its_columns(world, ivo):
    file = keep(world, FILE)
    first = ran(world, ivo.post(address(world, file), said(ivo.get(address(world, file)), measures=["csat_mean"])))
    later = keep(world, csv_of(("Lounge", "desk", "2026-06-11", 4), header=HEADER))
    page = ivo.get(address(world, later))
    assert (page.context["feed"].pk, page.context["form"].initial["measures"]) == (first.feed_id, ["csat_mean"])
    assert "are filled in, and the file goes to that feed" in page.content.decode()
    assert ran(world, ivo.post(address(world, later), said(page))).feed_id == first.feed_id
    fresh = ivo.get(address(world, later) + "?feed=new")
    assert (fresh.context["feed"], fresh.context["form"].initial["measures"]) == (None, ["csat_mean", "csat_top2"])


def test_any_feeds_settings_can_be_chosen(world, ivo):
    file = keep(world, FILE)
    first = ran(world, ivo.post(address(world, file), said(ivo.get(address(world, file)))))
    other = keep(world, csv_of(("Lounge", "2026-06-11", 4), header=("Ort", "Tag", "Note")))
    page = ivo.get(address(world, other))
    assert page.context["feed"] is None
    page = ivo.get(address(world, other) + f"?feed={first.feed_id}")
    assert page.context["feed"].pk == first.feed_id
    assert {problem.field for problem in page.context["preview"].problems} >= {"touchpoint_column", "score_column"}
    umbra = ivo.get(address(world, other) + f"?feed={world.umbra_rows['feed'].pk}")
    assert (umbra.status_code, umbra.context["feed"]) == (200, None)


def test_control_totals_come_from_a_second_file_and_are_shown(world, ivo):
    file, totals = keep(world, FILE), SimpleUploadedFile("totals.csv", TOTALS)
    page = ivo.post(address(world, file), said(ivo.get(address(world, file)), totals_file=totals, preview="1"))
    assert page.status_code == 200
    assert "2026-05 4</textarea>" in page.content.decode()
    assert "Taken from the columns “month” and “total”" in page.content.decode()


def test_the_columns_of_the_second_file_can_be_chosen(world, ivo):
    file = keep(world, FILE)
    totals = SimpleUploadedFile("totals.csv", b"month,total,other\n2026-05,4,7\n")
    chosen = {"totals_file": totals, "totals_figures": "Other", "preview": "1"}
    page = ivo.post(address(world, file), said(ivo.get(address(world, file)), **chosen))
    assert "2026-05 7</textarea>" in page.content.decode()
    assert "Taken from the columns “month” and “other”" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "name", "says"),
    [("totals_figures", "sum", "It has: month, total."), ("totals_periods", "total", "holds no periods")],
)
def test_a_column_that_cannot_be_taken_is_explained(field, name, says, world, ivo):
    file, totals = keep(world, FILE), SimpleUploadedFile("totals.csv", b"month,total\n2026-05,4\n")
    answer = ivo.post(address(world, file), said(ivo.get(address(world, file)), totals_file=totals, **{field: name}))
    assert answer.status_code == 422
    assert says in str(answer.context["form"].errors["totals_file"])


def test_each_of_many_names_can_be_matched(world, ivo):
    """As many as a file may name: none of them is created without having been shown."""
    rows = [(f"Place {n:03}", "desk", "2026-05-11", 4) for n in range(900)]
    with world.inside():
        known, _ = touchpoints.find_or_create("The very last place", by=world.ada)
    file = keep(world, csv_of(*rows, header=HEADER))
    page = ivo.get(address(world, file))
    assert len(page.context["names"]) == 900
    match = [""] * 899 + [json.dumps(["Place 899", "desk", known.pk])]
    run = ran(world, ivo.post(address(world, file), said(page, same_as=match)))
    assert run.state == "done"
    with world.inside():
        assert not Touchpoint.objects.filter(name="Place 899").exists()


def test_control_totals_that_differ_are_a_warning_on_the_run(world, ivo):
    file = keep(world, FILE)
    answer = ivo.post(address(world, file), said(ivo.get(address(world, file)), totals="2026-05 4", total="3"))
    run = ran(world, answer)
    assert run.state == "done"
    text = ivo.get(answer.url).content.decode()
    assert "Control totals that differ" in text
    assert "May 2026: the rows add up to 3, 1 less than the control total of 4." in text
    assert "1 other agrees." in text


@pytest.mark.parametrize(
    ("typed", "says"),
    [("2026-05", "Line 1 needs"), ("whenever 4", "is no period"), ("2026-05 4\n2026-05 5", "two control totals")],
)
def test_control_totals_that_cannot_be_read_are_refused_beside_the_field(world, ivo, typed, says):
    file = keep(world, FILE)
    answer = ivo.post(address(world, file), said(ivo.get(address(world, file)), totals=typed))
    assert answer.status_code == 422
    assert says in str(answer.context["form"].errors["totals"])


def test_a_file_that_holds_no_totals_is_refused_beside_the_field(world, ivo):
    file, totals = keep(world, FILE), SimpleUploadedFile("totals.csv", b"a,b\nx,y\n")
    answer = ivo.post(address(world, file), said(ivo.get(address(world, file)), totals_file=totals))
    assert answer.status_code == 422
    assert "needs a column of periods" in str(answer.context["form"].errors["totals_file"])


def test_a_wrong_encoding_is_said_and_nothing_typed_is_lost(world, ivo):
    file = keep(world, FILE)
    answer = ivo.post(address(world, file), said(ivo.get(address(world, file)), encoding="utf-16", feed_name="Mine"))
    assert answer.status_code == 422
    assert "not written in utf-16. Choose another encoding." in answer.content.decode()
    assert answer.context["form"]["feed_name"].value() == "Mine"


def test_what_keeps_figures_from_being_made_is_said_at_once(world, ivo):
    rows = [(f"Comment {n}", "desk", "2026-05-11", 4) for n in range(1100)]
    page = ivo.get(address(world, keep(world, csv_of(*rows, header=HEADER))))
    assert page.status_code == 200
    assert "More than 1000 touchpoints are named. Is it the right column?" in page.content.decode()


def test_who_only_views_gets_nowhere(world, sign_in):
    bring(world, FILE.replace(b"channel,", b"kanal,"), name="Other")
    assert sign_in(world.vi).get(address(world, keep(world, FILE))).status_code == 403
