"""KPIs and readings over the API: the figures, status, trust and age of the pages, for keys with the scope alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from insights.models import Kpi, Reading, Restatement, Source
from tests.api.conftest import Program
from tests.planting import DAY


@pytest.fixture
def kpi(world):
    return world.fill_acme()["kpi"]


def test_a_kpi_says_what_its_page_says(world, program, kpi):
    told = program(world.ivo, ["kpis:read"]).get(f"kpis/{kpi.pk}/?per=day&at={DAY}").json()
    with world.inside():
        reading = Reading.objects.get(kpi=kpi, grain="day", starts_on=DAY)
    assert told["value"] == pytest.approx((40 - 10) / 50 * 100)
    assert (told["low"], told["high"]) == (reading.low, reading.high)
    assert (told["answered"], told["asked"], told["response_rate"]) == (50, 60, pytest.approx(50 / 60))
    assert (told["target"], told["status"], told["trust"]) == (20, "on_target", "disputed")
    assert told["period"] == {"grain": "day", "starts_on": str(DAY), "ends_on": str(DAY), "is_fallback": False}
    assert told["subject"]["type"] == "touchpoint"
    assert told["freshness"]["state"] == "historical"


@pytest.mark.parametrize("is_official", [True, False])
def test_a_kpi_and_its_readings_tell_whether_it_is_the_official_one(world, program, kpi, is_official):
    with world.inside():
        Kpi.objects.filter(pk=kpi.pk).update(is_official=is_official)
    asking = program(world.ivo)
    assert asking.get(f"kpis/{kpi.pk}/").json()["is_official"] is is_official
    rows = asking.get(f"kpis/{kpi.pk}/readings/?grain=day").json()["results"]
    assert {row["is_official"] for row in rows} == {is_official}


def test_kpis_are_asked_for_by_what_they_tell_of_their_channel(world, program, kpi):
    with world.inside():
        counted = Kpi.objects.filter(measure="count").first()
        Kpi.objects.update(tells="")
        Kpi.objects.filter(pk=counted.pk).update(tells="use")
    asking = program(world.ivo)
    assert [(each["id"], each["tells"]) for each in asking.get("kpis/?tells=use").json()["results"]] == [
        (counted.pk, "use")
    ]
    assert asking.get(f"kpis/{kpi.pk}/").json()["tells"] == ""
    assert asking.get("kpis/?tells=cost").json()["results"] == []
    assert asking.get("kpis/?tells=luck").status_code == 400


def test_no_answers_are_null_and_never_zero(world, program, kpi):
    with world.inside():
        empty = Kpi.objects.filter(measure="count").first()
    told = program(world.ivo).get(f"kpis/{empty.pk}/").json()
    assert (told["value"], told["answered"], told["status"]) == (None, None, "no_data")


def test_a_stale_number_says_so_with_the_reason(world, program, kpi):
    with world.inside():
        now = timezone.now()
        Source.objects.filter(pk=kpi.source_id).update(
            interval_minutes=60,
            refreshed_at=now - timedelta(hours=5),
            trouble="The source refused the key",
            trouble_at=now - timedelta(hours=4),
        )
    age = program(world.ivo).get(f"kpis/{kpi.pk}/").json()["freshness"]
    assert age["state"] == "stale"
    assert age["reason"].startswith("The source refused the key on ")


def test_the_list_takes_as_many_queries_for_many_as_for_few(world, program, kpi, django_assert_max_num_queries):
    asking = program(world.ivo)
    asking.get("kpis/")
    with django_assert_max_num_queries(25) as few:
        before = len(asking.get("kpis/").json()["results"])
    with world.inside():
        for measure in ("mean", "ratio", "total", "ces", "csat_mean", "csat_top2"):
            Kpi.objects.create(measure=measure, direction="higher", source=kpi.source, touchpoint=kpi.touchpoint)
    with django_assert_max_num_queries(len(few)):
        assert len(asking.get("kpis/").json()["results"]) == before + 6


def test_lists_are_paged_and_narrowed(world, program, kpi):
    asking = program(world.ivo)
    first = asking.get("kpis/?limit=1").json()
    assert len(first["results"]) == 1
    assert first["next"]
    of_touchpoint = asking.get(f"kpis/?touchpoint={kpi.touchpoint_id}").json()["results"]
    assert {row["subject"]["id"] for row in of_touchpoint} == {kpi.touchpoint_id}


def test_readings_come_oldest_first_with_their_restatements(world, program, kpi):
    asking = program(world.ivo, ["readings:read"])
    with world.inside():
        wanted = list(Reading.objects.filter(kpi=kpi, grain="day", segment="").order_by("starts_on"))
        Restatement.objects.filter(kpi=kpi).update(old_value=1, new_value=2, reason="Corrected")
    rows = asking.get(f"kpis/{kpi.pk}/readings/?grain=day").json()["results"]
    assert [(row["starts_on"], row["value"]) for row in rows] == [(str(r.starts_on), r.value) for r in wanted]
    assert [one["reason"] for one in rows[0]["restated"]] == ["Corrected"]
    assert asking.get(f"kpis/{kpi.pk}/readings/?grain=day&until=2000-01-01").json()["results"] == []


@pytest.mark.parametrize("query", ["grain=hour", "from=yesterday", "until=2026-02-30"])
def test_a_bad_question_is_explained(query, world, program, kpi):
    answer = program(world.ivo).get(f"kpis/{kpi.pk}/readings/?{query}")
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"], told["status"]) == (400, "application/problem+json", 400)
    assert told["errors"][0]["pointer"] == "/" + query.split("=")[0]
    assert told["detail"]


def test_a_key_without_the_scope_is_refused(world, program, kpi):
    answer = program(world.ivo, ["readings:read"]).get("kpis/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert "scope" in answer.json()["detail"]


def test_a_foreign_kpi_answers_like_a_missing_one(world, program):
    asking = program(world.ada)
    foreign, missing = (asking.get(f"kpis/{pk}/") for pk in (world.umbra_rows["kpi"].pk, 999_999_999))
    assert (foreign.status_code, foreign.content) == (404, missing.content)


@pytest.mark.parametrize(
    "token", ["", "nonsense", "cxk_1-short", "cxk_x-" + "a" * 43, "cxk_999999999999999999-" + "a" * 43]
)
def test_without_a_usable_key_nothing_is_said(token, world):
    answer = Program(world.acme.slug, token).get("kpis/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_key_opens_its_own_workspace_alone(world, program):
    asking = program(world.ada)
    asking.base = f"/w/{world.umbra.slug}/api/v1/"
    assert asking.get("kpis/").status_code == 401
    asking.base = "/w/no-such-place/api/v1/"
    assert asking.get("kpis/").status_code == 401


def test_a_key_opens_no_page(world, program):
    asking = program(world.ada)
    asking.base = f"/w/{world.acme.slug}/"
    assert asking.get("touchpoints/").status_code == 302


def test_a_key_dies_with_its_end_its_revocation_and_its_maker(world, program):
    now = timezone.now()
    assert program(world.ivo, days=1, now=now - timedelta(days=2)).get("kpis/").status_code == 401
    asking = program(world.ivo)
    assert asking.get("kpis/").status_code == 200
    with world.inside():
        world.ivo.left_at = now
        world.ivo.save()
    assert asking.get("kpis/").status_code == 401


def test_a_session_of_a_person_works_too(world, sign_in, kpi):
    assert sign_in(world.vi).get(f"/w/acme/api/v1/kpis/{kpi.pk}/").status_code == 200
    assert sign_in(world.ann).get(f"/w/acme/api/v1/kpis/{kpi.pk}/").status_code == 404
