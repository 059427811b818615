"""Records are confirmed to be right still: once for every map, all of a department at once, but not what changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.models import Confirmation
from governance.queries import confirmations, cycle
from governance.services import confirmations as service
from journeys.models import Touchpoint


@pytest.fixture
def desk(keeping):
    return keeping.touchpoint("Desk")


def change(world, touchpoint):
    with world.inside():
        Touchpoint.objects.filter(pk=touchpoint.pk).update(version=touchpoint.version + 1)


def seen(touchpoint):
    return f"{touchpoint.pk}-{touchpoint.version}"


def test_one_word_counts_on_every_map_within_the_cadence(keeping, world, desk):
    maps = [keeping.map(title, placed=[desk]) for title in ("One", "Two")]
    begun = [keeping.start(drawn, timezone.now()) for drawn in maps]
    assert keeping.post(f"touchpoints/{desk.pk}/confirmations/", world.lea, version=desk.version).status_code == 302

    def progress(review, days=0, cadence=90):
        told = {"cadence_days": cadence, "today": keeping.today + timedelta(days=days), "zone": world.acme.tzinfo}
        [whose] = cycle.contributors(review, **told)
        return whose.name, whose.confirmed, len(whose.records)

    with world.inside():
        assert [progress(review) for review in begun] == [("Service", 1, 1)] * 2
        assert progress(begun[0], days=30, cadence=30) == ("Service", 1, 1)
        assert progress(begun[0], days=31, cadence=30) == ("Service", 0, 1)
    change(world, desk)
    with world.inside():
        assert progress(begun[1]) == ("Service", 0, 1)


def test_a_lead_confirms_all_in_one_list_except_what_changed(keeping, world, desk):
    other, changed = keeping.touchpoint("Other"), keeping.touchpoint("Zone")
    nobodys = keeping.touchpoint("Nobody's", owned=False)
    with world.inside():
        service.confirm(seen={changed.pk: changed.version}, by=world.lea, now=timezone.now())
    change(world, changed)
    text = keeping.get("reviews/confirmations/", world.lea).content.decode()
    assert text.count("checked>") == 2
    assert "Changed since it was confirmed" in text
    assert "Nobody" not in text.split("<fieldset", 1)[1].split("</fieldset>")[0]
    keeping.post("reviews/confirmations/", world.lea, record=[seen(desk), seen(other), seen(changed), seen(nobodys)])
    with world.inside():
        assert sorted(each.touchpoint.name for each in Confirmation.objects.all()) == ["Desk", "Other", "Zone"]
        told = {"today": keeping.today, "zone": world.acme.tzinfo}
        assert [each.record.name for each in confirmations.to_confirm(world.lea, **told)] == ["Zone"]
    assert "left out" in keeping.get("reviews/confirmations/", world.lea).content.decode()


def test_only_those_who_keep_a_record_confirm_it(keeping, world, desk):
    page = f"touchpoints/{desk.pk}/confirmations/"
    for member in (world.vi, world.eli, world.con):
        assert keeping.post(page, member, version=desk.version).status_code == 403
    assert keeping.post(page, world.ann, version=desk.version).status_code == 404
    keeping.post("reviews/confirmations/", world.max, record=[seen(desk)])  # leads nothing
    with world.inside():
        assert not Confirmation.objects.exists()
    assert "You lead no department" in keeping.get("reviews/confirmations/", world.max).content.decode()


def test_nonsense_confirms_nothing(keeping, world, desk):
    keeping.post(f"touchpoints/{desk.pk}/confirmations/", world.lea, version="x")
    keeping.post("reviews/confirmations/", world.lea, record=["", "x-y", f"{desk.pk}-", "99999999999-1"])
    with world.inside():
        assert not Confirmation.objects.exists()


def test_who_gave_a_record_away_while_a_review_runs_is_not_offered_to_confirm_it(keeping, world, desk):
    drawn = keeping.map(owner=world.max, placed=[desk])
    keeping.start(drawn, timezone.now())
    button = f"/w/acme/touchpoints/{desk.pk}/confirmations/"
    assert button in keeping.get(f"maps/{drawn.pk}/review/", world.lea).content.decode()
    with world.inside():
        other = type(world.service).objects.create(name="Another department")
        Touchpoint.objects.filter(pk=desk.pk).update(accountable_department=other)
    assert button not in keeping.get(f"maps/{drawn.pk}/review/", world.lea).content.decode()
    assert keeping.post(f"touchpoints/{desk.pk}/confirmations/", world.lea, version=desk.version).status_code == 403
