"""A touchpoint is made by a form that hints at duplicates, archived with what that means, and restored."""

import pytest

from journeys.models import Touchpoint
from journeys.queries import touchpoints as queries

NEW = "/w/acme/touchpoints/new/"


def test_it_is_made_and_offered(world, sign_in):
    data = {"name": " Call  us ", "department": world.service.pk, "promise": "Now"}
    answer = sign_in(world.lea).post(NEW, data)
    with world.inside():
        made = Touchpoint.objects.get()
    assert (made.name, made.promise, made.accountability, made.is_owned) == ("Call us", "Now", "offered", False)
    assert answer["Location"] == f"/w/acme/touchpoints/{made.pk}/"


@pytest.mark.parametrize(
    ("name", "said"), [("", "cannot be empty"), ("hotline", "of this name"), ("x" * 201, "at most 200")]
)
def test_a_bad_name_is_explained_and_nothing_typed_is_lost(make, sign_in, world, name, said):
    make("Hotline", "")
    answer = sign_in(world.max).post(NEW, {"name": name, "promise": "Typed words"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Typed words" in text
    assert said in text or "required" in text


def test_names_alike_are_hinted_while_typing(make, sign_in, world):
    make("Réservation par téléphone")
    text = sign_in(world.max).get("/w/acme/touchpoints/alike/?name=reservation telephone").content.decode()
    assert "Réservation par téléphone" in text
    assert "<html" not in text
    with world.inside():
        assert queries.alike("of a") == []


def test_archived_it_leaves_the_list_and_restored_it_is_back(make, sign_in, world):
    hotline, client = make("Hotline"), sign_in(world.max)
    url = f"/w/acme/touchpoints/{hotline.pk}/"
    assert "No map uses it." in client.get(f"{url}archive/").content.decode()
    assert client.post(f"{url}archive/", {"version": 9}).status_code == 409
    assert client.post(f"{url}archive/", {"version": 1}).status_code == 302
    assert "Hotline" in client.get("/w/acme/touchpoints/?archived=yes").content.decode()
    assert f'href="{url}"' not in client.get("/w/acme/touchpoints/").content.decode()
    other = make("Hotline")
    assert client.post(f"{url}restoration/").status_code == 409
    client.post(f"/w/acme/touchpoints/{other.pk}/archive/", {"version": 1})
    assert client.post(f"{url}restoration/").status_code == 302
    with world.inside():
        assert Touchpoint.objects.current().get() == hotline


@pytest.mark.parametrize("query", ["q=TELEFONO", "q=teléfono", "moment=yes", "design=live", "map=none", "steward=none"])
def test_the_list_is_narrowed_by_its_address(make, sign_in, world, query):
    make("Teléfono", is_moment_of_truth="yes", design_status="live")
    make("Counter", steward=world.lea)
    text = sign_in(world.vi).get(f"/w/acme/touchpoints/?{query}").content.decode()
    assert "Teléfono" in text
    assert ("Counter</a>" in text) == (query == "map=none")
