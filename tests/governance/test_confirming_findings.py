"""Findings are confirmed as touchpoints are: once for every map, by who keeps them, but not what changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Confirmation
from governance.queries import cycle
from journeys.models import Finding
from journeys.services import finding_placements, findings


@pytest.fixture
def drawn(keeping, world):
    """A map of Max with a pain that Lea owns and a need that nobody does."""
    made = keeping.map(owner=world.max, placed=[keeping.touchpoint("Desk")])
    pain(world, made, "It takes long", owner=world.lea)
    pain(world, made, "Nobody's", kind="need")
    return made


def pain(world, drawn, name, *, kind="pain", owner=None):
    with world.inside():
        found = findings.create(kind=kind, values={"name": name, "owner": owner or ""}, by=world.ada)
        finding_placements.place(step=drawn.stages.get().steps.get(), finding=found, by=world.ada)
        return Finding.objects.get(pk=found.pk)


def progress(keeping, world, review):
    told = {"cadence_days": 90, "today": keeping.today, "zone": world.acme.tzinfo}
    with world.inside():
        return {each.name: (each.confirmed, len(each.records)) for each in cycle.contributors(review, **told)}


def test_a_review_looks_at_them_and_one_word_counts_on_every_map(keeping, world, drawn):
    one = keeping.start(drawn, timezone.now())
    assert progress(keeping, world, one) == {"Service": (0, 1), "Lea": (0, 1), "Max": (0, 1)}
    with world.inside():
        found = Finding.objects.get(name="It takes long")
    other = keeping.map("Other", owner=world.max, placed=[keeping.touchpoint("Shop")])
    with world.inside():
        finding_placements.place(step=other.stages.get().steps.get(), finding=found, by=world.ada)
    two = keeping.start(other, timezone.now())
    page = keeping.get(f"maps/{drawn.pk}/review/", world.lea).content.decode()
    assert f"/w/acme/findings/{found.pk}/confirmations/" in page
    answer = keeping.post(f"findings/{found.pk}/confirmations/", world.lea, version=found.version)
    assert answer.status_code == 302
    assert progress(keeping, world, one)["Lea"] == progress(keeping, world, two)["Lea"] == (1, 1)
    with world.inside():
        findings.edit(finding=found, version=found.version, changes={"source": "A study"}, by=world.max)
    assert progress(keeping, world, one)["Lea"] == (0, 1)
    text = keeping.get(f"findings/{found.pk}/", world.vi).content.decode()
    assert "confirmed that it is still right" in text


def test_who_owns_them_confirms_all_in_one_list_except_what_changed(keeping, world, drawn):
    changed = pain(world, drawn, "Changed", owner=world.lea)
    keeping.post("reviews/confirmations/", world.lea, finding=f"{changed.pk}-{changed.version}")
    with world.inside():
        Finding.objects.filter(pk=changed.pk).update(version=changed.version + 1)
        other = Finding.objects.get(name="Nobody's")
        mine = Finding.objects.get(name="It takes long")
    text = keeping.get("reviews/confirmations/", world.lea).content.decode()
    assert text.count("checked>") == 2  # the touchpoint of Service, and one pain
    assert "Nobody&#x27;s" not in text
    given = [f"{each.pk}-{each.version}" for each in (mine, changed, other)]
    keeping.post("reviews/confirmations/", world.lea, finding=given)
    with world.inside():
        told = Confirmation.objects.exclude(finding=None).values_list("finding__name", flat=True)
        assert sorted(told) == ["Changed", "It takes long"]


def test_what_nobody_keeps_is_confirmed_by_the_one_it_counts_on_while_the_review_runs(keeping, world):
    """Con may edit neither maps nor findings, but owns this map: what nobody keeps counts on him."""
    drawn = keeping.map(owner=world.con, placed=[keeping.touchpoint("Stray", owned=False)])
    need = pain(world, drawn, "Nobody's", kind="need")
    one = f"findings/{need.pk}/confirmations/"
    assert keeping.post(one, world.con, version=need.version).status_code == 403
    review = keeping.start(drawn, timezone.now())
    page = keeping.get(f"maps/{drawn.pk}/review/", world.con).content.decode()
    assert f"/w/acme/{one}" in page
    assert f"/w/acme/reviews/confirmations/?next=/w/acme/maps/{drawn.pk}/review/" in page
    assert "?next=/w/acme/maps" not in keeping.get(f"maps/{drawn.pk}/review/", world.lea).content.decode()
    together = keeping.get("reviews/confirmations/", world.con).content.decode()
    assert "Stray" in together
    assert "Nobody&#x27;s" in together
    assert keeping.post(one, world.con, version=need.version).status_code == 302
    assert progress(keeping, world, review)[str(world.con)] == (1, 2)
    keeping.close(review, timezone.now())
    assert keeping.post(one, world.con, version=need.version).status_code == 403


def test_only_those_who_keep_one_confirm_it(keeping, world, drawn):
    with world.inside():
        found = Finding.objects.get(name="It takes long")
    page = f"findings/{found.pk}/confirmations/"
    for member in (world.vi, world.eli, world.con):
        assert keeping.post(page, member, version=found.version).status_code == 403
    assert keeping.post(page, world.ann, version=found.version).status_code == 404
    keeping.post(page, world.lea, version="x")
    keeping.post("reviews/confirmations/", world.max, finding=f"{found.pk}-{found.version}")  # not his own
    with world.inside():
        assert not Confirmation.objects.exists()


def test_queries_do_not_grow_per_finding(keeping, world, drawn):
    keeping.start(drawn, timezone.now())

    def asked():
        pages = (f"maps/{drawn.pk}/review/", "reviews/confirmations/")
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                keeping.get(page, world.lea)
        return len(queries)

    asked()
    few = asked()
    for number in range(5):
        pain(world, drawn, f"Pain {number}", owner=world.lea)
    assert asked() == few
