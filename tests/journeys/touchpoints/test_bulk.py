"""One field of many touchpoints: looked at first, changed as one, undone as one."""

import re

import pytest

from journeys.models import BulkEdit, Touchpoint
from journeys.services import batches
from tests.journeys.touchpoints.conftest import NOW

URL = "/w/acme/touchpoints/bulk/"


def fingerprint(text):
    return re.search(r'name="fingerprint" value="(\w+)"', text)[1]


def values(world):
    with world.inside():
        return dict(Touchpoint.objects.values_list("name", "design_status"))


def test_all_that_match_are_changed_and_put_back(make, world, sign_in):
    for name in ("Alpha hotline", "Beta hotline", "Counter"):
        make(name)
    client = sign_in(world.max)
    asked = {"all": "yes", "query": "q=hotline", "field": "design_status", "value": "live"}
    text = client.get(URL, asked).content.decode()
    assert "2 touchpoints change" in text
    answer = client.post(URL, {**asked, "fingerprint": fingerprint(text)}, follow=True)
    assert "2 touchpoints are changed." in answer.content.decode()
    assert values(world) == {"Alpha hotline": "live", "Beta hotline": "live", "Counter": ""}
    with world.inside():
        batch = BulkEdit.objects.get()
    undo = f"{URL}{batch.pk}/undo/"
    assert undo in answer.content.decode()
    assert "2 touchpoints are as before." in client.post(undo, follow=True).content.decode()
    assert set(values(world).values()) == {""}
    assert "undone already" in client.post(undo, follow=True).content.decode()


def test_a_lead_changes_the_own_ones_and_is_told_which_stay(make, world, sign_in):
    own, other = make("Own", department=world.service), make("Other")
    client = sign_in(world.lea)
    asked = {"id": [own.pk, other.pk], "field": "place", "value": "on"}
    text = client.get(URL, asked).content.decode()
    assert "1 touchpoint changes" in text
    assert "only what your department is accountable for" in text
    client.post(URL, {**asked, "fingerprint": fingerprint(text)})
    with world.inside():
        assert dict(Touchpoint.objects.values_list("name", "place")) == {"Own": "on", "Other": ""}


def test_it_is_refused_when_one_changed_since_the_preview(make, edit, world, sign_in):
    row, client = make(), sign_in(world.max)
    asked = {"id": row.pk, "field": "place", "value": "on"}
    seen = fingerprint(client.get(URL, asked).content.decode())
    edit(row, place="off")
    answer = client.post(URL, {**asked, "fingerprint": seen})
    assert answer.status_code == 409
    assert "Look again" in answer.content.decode()


def test_an_undo_leaves_what_was_changed_since(make, edit, world):
    first, _second = make("A"), make("B")
    with world.inside():
        rows = Touchpoint.objects.all()
        known = {"field": "place", "raw": "on", "by": world.ada, "now": NOW}
        seen = batches.preview(rows, **known).fingerprint
        batch = batches.apply(rows, fingerprint=seen, **known)
    edit(first, place="off")
    with world.inside():
        done = batches.undo(batch=batch, by=world.ada, now=NOW)
        assert (done.back, done.kept) == (1, [first])
        assert dict(Touchpoint.objects.values_list("name", "place")) == {"A": "off", "B": ""}


def test_a_channel_that_would_make_two_of_one_name_is_refused(make, world):
    make("Hotline", "Phone")
    make("Hotline", "Web")
    with world.inside():
        web = Touchpoint.objects.get(channel__name="Web").channel
        looked = batches.preview(Touchpoint.objects.all(), field="channel", raw=str(web.pk), by=world.ada, now=NOW)
    assert [row.problem for row in looked.refused] == ["Another touchpoint of this name is in that channel."]


@pytest.mark.parametrize(
    ("field", "value", "said"), [("place", "moon", "Choose one of"), ("name", "x", "Choose what to change")]
)
def test_bad_input_is_explained(make, world, sign_in, field, value, said):
    answer = sign_in(world.max).post(URL, {"id": make().pk, "field": field, "value": value})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
