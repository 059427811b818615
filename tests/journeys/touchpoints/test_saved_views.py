"""Filters under a name: for oneself, for everybody, and as what the list opens with."""

import pytest

from orgs.models import AuditEntry, SavedView

VIEWS, LIST = "/w/acme/views/", "/w/acme/touchpoints/"


@pytest.fixture
def save(sign_in):
    def _save(member, name="Live ones", query="design=live&page=3", **more):
        return sign_in(member).post(VIEWS, {"list": "touchpoints", "query": query, "name": name, **more})

    return _save


def test_a_view_opens_the_list_with_its_filters_and_no_page(world, save):
    answer = save(world.vi)
    with world.inside():
        view = SavedView.objects.get()
        assert AuditEntry.objects.filter(action="saved_view.create", actor=world.vi).count() == 1
    assert answer["Location"] == f"{LIST}?design=live&view={view.pk}"


def test_a_personal_view_is_nobody_elses_and_a_shared_one_everybodys(world, save, sign_in):
    save(world.max, "Mine")
    save(world.max, "Ours", is_shared="on")
    text = sign_in(world.lea).get(LIST).content.decode()
    assert ("<bdi>Ours</bdi>" in text, "<bdi>Mine</bdi>" in text) == (True, False)
    with world.inside():
        mine, ours = SavedView.objects.get(name="Mine"), SavedView.objects.get(name="Ours")
    assert sign_in(world.lea).post(f"{VIEWS}{mine.pk}/", {"name": "x"}).status_code == 404
    assert sign_in(world.lea).post(f"{VIEWS}{ours.pk}/deletion/").status_code == 403
    assert sign_in(world.ada).post(f"{VIEWS}{ours.pk}/deletion/").status_code == 302


def test_a_viewer_cannot_share(world, save):
    save(world.vi, is_shared="on")
    with world.inside():
        assert SavedView.objects.get().is_shared is False


def test_the_default_opens_the_list_until_another_is_chosen(world, save, sign_in):
    save(world.vi, "First", is_default="on")
    save(world.vi, "Second", "design=built", is_default="on")
    client = sign_in(world.vi)
    assert client.get(LIST)["Location"].startswith(f"{LIST}?design=built&view=")
    assert client.get(f"{LIST}?view=none").status_code == 200
    assert sign_in(world.max).get(LIST).status_code == 200


@pytest.mark.parametrize(("data", "said"), [({"name": ""}, "required"), ({"name": "live ONES"}, "this name already")])
def test_a_bad_name_is_explained(world, save, data, said):
    save(world.vi)
    answer = save(world.vi, **data)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_filters_beyond_measure_are_refused(world, save):
    assert "more filters than a view keeps" in save(world.vi, query="q=" + "x" * 3000).content.decode()
