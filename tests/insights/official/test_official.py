"""Two sources of one number stand side by side; by decision one is official, and it counts wherever one number does."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from insights.models import HeadlineKpi, Kpi
from insights.queries import health
from insights.services import kpis, trust
from journeys.services import channels, merging, touchpoints
from orgs.models import AuditEntry
from tests.insights.numbers import answers, new_kpi, told
from tests.world import lay_out

MAY = date(2018, 5, 7)
WHY = {"reason": "It asks everybody."}


@pytest.fixture
def pair(world):
    """Marketing's 5.00 and, made later, the contact centre's 3.00; the target of both is 4."""
    with world.inside():
        made = []
        for score in (5, 3):
            kpi = new_kpi(world)
            told(kpi, {MAY: answers(*[score] * 40, *[score - 1] * 2)})
            kpis.set_target(kpi=kpi, value=4, valid_from=date(2018, 1, 1), by=world.ada)
            made.append(kpi)
        return made


def choose(world, kpi, by=None, **more):
    with world.inside():
        kpis.make_official(kpi=kpi, by=by or world.ada, now=timezone.now(), **(WHY | more))


def test_both_stand_side_by_side_and_nobody_has_decided(world, pair, sign_in):
    text = sign_in(world.eli).get(f"/w/acme/kpis/{pair[0].pk}/").content.decode()
    assert "2 sources of this number" in text
    assert "Nobody has decided yet" in text
    for kpi, value in zip(pair, ("4.95", "2.95"), strict=True):
        card = text.split(f'id="source-{kpi.pk}"')[1].split("</article>")[0]
        assert value in card
        assert f"/w/acme/kpis/{kpi.pk}/official/" in text
    assert ">3.95" not in text  # their average


def test_the_executive_decides_with_a_reason_and_everybody_reads_it(world, pair, sign_in):
    first, later = pair
    answer = sign_in(world.eli).post(f"/w/acme/kpis/{later.pk}/official/", WHY)
    assert (answer.status_code, answer["Location"]) == (302, f"/w/acme/kpis/{later.pk}/")
    text = sign_in(world.vi).get(f"/w/acme/kpis/{first.pk}/").content.decode()
    assert "Survey counts, as Eli decided on" in text
    assert WHY["reason"] in text
    assert "/official/" not in text
    assert text.count('data-status="unofficial"') == 2  # the card above, and the one among the sources
    with world.inside():
        told_of = AuditEntry.objects.filter(action="kpi.make_official")
        assert {entry.subject_id for entry in told_of} == {first.pk, later.pk}
        assert {entry.after["reason"] for entry in told_of} == {WHY["reason"]}


def test_a_later_decision_takes_the_place_of_the_first(world, pair):
    choose(world, pair[0])
    choose(world, pair[1], reason="It is newer.")
    with world.inside():
        assert list(Kpi.objects.filter(is_official=True)) == [pair[1]]


def test_the_official_one_is_the_score_the_map_and_the_list(world, pair, sign_in):
    with world.inside():
        drawn = lay_out("A trip", [pair[0].touchpoint], world.ada)
    client = sign_in(world.vi)
    paths = [f"/w/acme/touchpoints/{pair[0].touchpoint_id}/", f"/w/acme/maps/{drawn.pk}/", "/w/acme/touchpoints/"]
    cuts = ["How it does", "</main>", "</main>"]

    def said():
        return [client.get(path).content.decode().split(cut)[0] for path, cut in zip(paths, cuts, strict=True)]

    assert ["4.95" in text for text in said()] == [True] * 3
    choose(world, pair[1])
    for text in said():
        assert "2.95" in text
        assert "4.95" not in text
        assert "Official" in text


def test_health_judges_the_official_one_alone(world, pair):
    place = pair[0].touchpoint_id

    def status():
        with world.inside():
            return health.of_touchpoints([place], workspace=world.acme, today=date(2019, 2, 1))[place].status

    assert status() == "off_target"
    choose(world, pair[0])
    assert status() == "on_target"
    choose(world, pair[1])
    assert status() == "off_target"


def test_the_database_holds_one_official_source_of_a_number(world, pair):
    choose(world, pair[0])
    with world.inside(), pytest.raises(IntegrityError), transaction.atomic():
        Kpi.objects.filter(pk=pair[1].pk).update(is_official=True)


def test_another_name_is_another_number(world, pair):
    choose(world, pair[0])
    with world.inside():
        kpis.define(kpi=pair[0], name="Order to visit", by=world.ada)
        assert not Kpi.objects.filter(is_official=True).exists()
        with pytest.raises(kpis.NothingToDecide):
            kpis.make_official(kpi=pair[1], by=world.ada, now=timezone.now(), **WHY)


def test_after_a_merge_it_is_to_be_decided_again(world, pair):
    with world.inside():
        channel = channels.find_or_create("Desk", by=world.ada)[0]
        twin = touchpoints.find_or_create("Check in", channel=channel, by=world.ada)[0]
        for each in pair:
            Kpi.objects.filter(pk=each.pk).update(touchpoint=twin)
        kept = new_kpi(world)
    choose(world, Kpi(pk=pair[0].pk, measure=pair[0].measure, touchpoint_id=twin.pk))
    with world.inside():
        versions = (kept.touchpoint.version, twin.version)
        both = {"stays": kept.touchpoint, "goes": twin, "versions": versions, "kept": {}}
        merging.merge(**both, by=world.ada, now=timezone.now())
        assert Kpi.objects.filter(touchpoint=kept.touchpoint).count() == 3
        assert not Kpi.objects.filter(is_official=True).exists()


@pytest.mark.parametrize("who", ["lea", "ivo", "con", "vi"])
def test_others_do_not_decide(world, pair, sign_in, who):
    assert sign_in(getattr(world, who)).post(f"/w/acme/kpis/{pair[0].pk}/official/", WHY).status_code == 403
    with world.inside():
        assert not Kpi.objects.filter(is_official=True).exists()


def test_an_outsider_finds_no_such_page(world, pair, sign_in):
    assert sign_in(world.ann).post(f"/w/acme/kpis/{pair[0].pk}/official/", WHY).status_code == 404


def test_without_a_reason_or_another_source_it_says_what_is_wrong(world, pair, sign_in):
    client = sign_in(world.max)
    answer = client.post(f"/w/acme/kpis/{pair[0].pk}/official/", {"reason": " "})
    assert (answer.status_code, "This field is required" in answer.content.decode()) == (422, True)
    with world.inside():
        alone = new_kpi(world, "csat_top2")
        trust.name_owner(kpi=alone, owner=world.con, by=world.ada)
    answer = client.post(f"/w/acme/kpis/{alone.pk}/official/", WHY)
    assert (answer.status_code, "one source only" in answer.content.decode()) == (422, True)


def test_the_official_number_takes_the_place_of_a_headline_and_says_so(world, pair, sign_in):
    first, later = pair
    with world.inside():
        HeadlineKpi.objects.create(kpi=first, member=None, position=0)
    client = sign_in(world.eli)
    before = client.get("/w/acme/overview/").content.decode()
    assert f'id="headline-{first.pk}"' in before
    assert "the official source" not in before
    choose(world, later)
    after = client.get("/w/acme/overview/").content.decode()
    assert f'id="headline-{first.pk}"' not in after
    tile = after.split(f'id="headline-{later.pk}"')[1].split("</article>")[0]
    assert f"From {later.source}, the official source: it replaces the number of {first.source}" in tile
    form = client.get("/w/acme/overview/headlines/").content.decode()
    assert f'value="{later.pk}" selected' in form


def test_a_number_that_was_chosen_itself_replaces_none(world, pair, sign_in):
    first, later = pair
    with world.inside():
        for position, kpi in enumerate(pair):
            HeadlineKpi.objects.create(kpi=kpi, member=world.eli, position=position)
    choose(world, later)
    page = sign_in(world.eli).get("/w/acme/overview/").content.decode()
    assert page.count('id="headline-') == 1
    assert "it replaces" not in page
    assert 'id="headline-' not in sign_in(world.vi).get("/w/acme/overview/").content.decode()
