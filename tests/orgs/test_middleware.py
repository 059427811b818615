"""The scope middleware: one transaction around an answer, kept when it succeeds, undone when it fails."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path

from cxhub.urls import urlpatterns as product
from orgs.models import Department
from orgs.scope import Scope, current

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS = {"ok": 200, "missing": 404, "conflict": 409, "refused": 422, "away": 503, "broken": 500}


def write(request, how):
    """Write, then answer one way or another."""
    Department.objects.create(name=f"Made by {how}")
    if how == "raises":
        raise ZeroDivisionError
    if how == "not_found":
        raise Http404
    return HttpResponse(status=ANSWERS[how])


@login_not_required  # A page of these tests that shows which scope strangers get.
def scopeless(request):
    return HttpResponse(f"{current().workspace_id} {current().user_id} {request.member is not None}")


urlpatterns = [*product, path("w/<slug:slug>/write/<how>/", write), path("w/<slug:slug>/open/", scopeless)]


@pytest.fixture
def ask(committed_world, settings):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    client.force_login(committed_world.ada.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get


def departments(world):
    with world.inside():
        return set(Department.objects.values_list("name", flat=True)) - {"Service"}


@pytest.mark.parametrize("how", ["ok", "missing", "not_found", "conflict", "refused"])
def test_keeps_what_an_answer_below_500_wrote(committed_world, ask, how):
    assert ask(f"/w/acme/write/{how}/").status_code == ANSWERS.get(how, 404)
    assert departments(committed_world) == {f"Made by {how}"}


@pytest.mark.parametrize("how", ["broken", "away", "raises"])
def test_undoes_what_an_answer_of_500_or_more_wrote(committed_world, ask, how):
    assert ask(f"/w/acme/write/{how}/").status_code >= 500
    assert departments(committed_world) == set()


def test_nothing_is_written_for_an_outsider(committed_world, ask):
    assert ask("/w/umbra/write/ok/").status_code == 404
    with committed_world.inside_umbra():
        assert Department.objects.count() == 1


def test_no_scope_outlives_the_answer(committed_world, ask):
    for how in ("ok", "raises"):
        ask(f"/w/acme/write/{how}/")
        assert current() == Scope()
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('app.workspace', true), current_setting('app.user', true)")
            assert cursor.fetchone() in {("", ""), (None, None)}


def test_a_page_open_to_strangers_gets_no_scope(committed_world, ask):
    assert Client().get("/w/acme/open/").content == b"None None False"
    assert ask("/w/acme/open/").content.startswith(f"{committed_world.acme.pk} ".encode())
