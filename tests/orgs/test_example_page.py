"""The page of an example workspace: everybody sees that it is made up, an administrator removes it."""

import re

import pytest
from django.urls import reverse

from orgs.models import Workspace
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import members, workspaces

PAGE, REMOVAL, OWN = "/w/larch/example/", "/w/larch/example/removal/", "/w/larch/example/own/"
REMOVE = "Remove the example for good"


@pytest.fixture
def example(committed_world):
    opened = workspaces.open_workspace(
        name="Larch", email=committed_world.ada.user.email, person_name="Ada", is_example=True
    )
    with scope(opened.workspace.pk):
        members.add(user=committed_world.vi.user, roles=[(Role.VIEWER, None)], by=opened.administrator)
    return opened


def is_there(opened):
    with scope(opened.workspace.pk):
        return Workspace.objects.exists()


def test_every_page_says_that_it_is_made_up_and_real_ones_do_not(example, committed_world, sign_in):
    client = sign_in(committed_world.vi)
    assert "Nothing here is real." in client.get("/w/larch/").content.decode()
    assert PAGE in client.get("/w/larch/").content.decode()
    home = reverse("workspace_home", args=[committed_world.acme.slug])
    assert "Nothing here is real." not in client.get(home).content.decode()


def test_an_administrator_removes_it_and_lands_in_a_workspace_that_is_left(example, committed_world, sign_in):
    client = sign_in(committed_world.ada)
    assert "Remove the example" in client.get(PAGE).content.decode()
    text = client.get(REMOVAL).content.decode()
    assert REMOVE in text
    assert re.search(r"Memberships of real people, whose accounts stay</th>\s*<td class=\"number\">2</td>", text)
    assert is_there(example)
    answer = client.post(REMOVAL, follow=True)
    assert "Larch is removed" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("workspace_home", args=[committed_world.acme.slug])
    assert not is_there(example)
    assert client.get(PAGE).status_code == 404


def test_a_viewer_reads_the_page_and_removes_nothing(example, committed_world, sign_in):
    client = sign_in(committed_world.vi)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert REMOVE not in page.content.decode()
    assert "Make a link" not in page.content.decode()
    for path in (REMOVAL, OWN):
        assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)
    assert is_there(example)


def test_an_outsider_sees_nothing(example, committed_world, sign_in):
    client = sign_in(committed_world.ann)
    for path in (PAGE, REMOVAL, OWN):
        assert client.get(path).status_code == 404
    assert client.post(REMOVAL).status_code == 404
    assert is_there(example)


def test_a_real_workspace_has_no_such_page(committed_world, sign_in):
    page = reverse("example_removal", args=[committed_world.acme.slug])
    assert sign_in(committed_world.ada).post(page).status_code == 404
    with committed_world.inside():
        assert Workspace.objects.exists()


def test_an_administrator_opens_a_workspace_of_their_own(example, committed_world, sign_in):
    client = sign_in(committed_world.ada)
    assert 'value="UTC"' in client.get(OWN).content.decode()
    answer = client.post(OWN, {"name": "Ours", "slug": "", "zone": "Europe/Berlin"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/w/ours/"
    assert "Nothing here is real." not in answer.content.decode()
    assert client.get("/w/ours/settings/").status_code == 200
    assert sign_in(committed_world.vi).get("/w/ours/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": " ", "zone": "UTC"}, "This field is required"),
        ({"name": "Ours", "zone": "Mars/Base"}, "There is no such time zone"),
        ({"name": "Ours", "slug": "larch", "zone": "UTC"}, "Another workspace is called larch"),
    ],
)
def test_what_cannot_be_opened_is_explained(example, committed_world, sign_in, sent, words):
    answer = sign_in(committed_world.ada).post(OWN, sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
