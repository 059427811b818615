"""Joining by a link: new people, people with an account, and everybody whom the link is not for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from orgs.models import AuditEntry, Invitation, Member, User
from orgs.roles import Role
from orgs.services import departments, invitations, members
from tests.orgs.people.inviting import GOOD, bound, link
from tests.world import ACME_CANARY, CANARY, PASSWORD

NEW = {"name": "Nora Neu", "password": GOOD}


def member_of(world, email):
    with world.inside():
        return Member.objects.current().filter(user__email=email).first()


def test_somebody_new_chooses_name_and_password_and_is_in(world, client, settings):
    invitation, path = bound(world, "nora@new.test", settings, role=Role.CONTRIBUTOR, department=world.service)
    page = client.get(path).content.decode()
    assert "nora@new.test" in page
    assert "Ada Admin invites you as Contributor" in page
    assert client.post(path, NEW)["Location"] == "/w/acme/"
    nora = member_of(world, "nora@new.test")
    with world.inside():
        assert members.roles_of(nora) == ["Contributor (Service)"]
        entries = dict(AuditEntry.objects.filter(actor=nora).values_list("action", "subject_id"))
    assert entries == {"member.add": nora.pk, "invitation.use": invitation.pk}
    assert client.get("/w/acme/touchpoints/").status_code == 200
    assert client.get(path).status_code == 404


def test_an_account_joins_with_one_click_and_opens_the_place(world, sign_in):
    place = f"touchpoints/{world.fill_acme()['touchpoint'].pk}/"
    _, path = link(world, place=place, note="Lea asks you about Phone hotline")
    client = sign_in(world.ann)
    page = client.get(path).content.decode()
    assert "Lea asks you about Phone hotline" in page
    assert ACME_CANARY not in page
    assert client.post(path)["Location"] == f"/w/acme/{place}"
    assert client.get(f"/w/acme/{place}").status_code == 200


def test_the_sign_in_page_leads_back_to_the_invitation(world, client):
    _, path = link(world)
    assert f"/accounts/sign-in/?next={path}" in client.get(path).content.decode()


def test_a_link_for_one_works_once_and_one_for_many_for_many(world, client, settings, sign_in):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    _, once = link(world)
    _, often = link(world, most_uses=None)
    assert client.post(once, NEW | {"email": "one@new.test"}).status_code == 302
    client.logout()
    assert client.post(once, NEW | {"email": "two@new.test"}).status_code == 404
    assert not User.objects.filter(email="two@new.test").exists()
    for number in range(3):
        client.logout()
        assert client.post(often, NEW | {"email": f"n{number}@new.test"}).status_code == 302
    with world.inside():
        assert Invitation.objects.get(most_uses=None).uses == 3


def test_a_member_who_uses_a_link_again_uses_nothing_up(world, sign_in):
    invitation, path = link(world)
    assert sign_in(world.vi).post(path)["Location"] == "/w/acme/"
    with world.inside():
        invitation.refresh_from_db()
        assert invitation.uses == 0
        assert members.roles_of(world.vi) == ["Viewer"]


def test_an_invitation_of_one_address_is_for_that_account_alone(world, settings, sign_in):
    _, path = bound(world, "nora@new.test", settings)
    answer = sign_in(world.ann).post(path)
    assert answer.status_code == 422
    assert "another address" in answer.content.decode()
    assert member_of(world, world.ann.user.email) is None


@pytest.mark.parametrize("kind", ["unknown", "foreign", "expired", "revoked", "no token", "huge", "zero"])
def test_a_link_that_opens_nothing_says_the_same_whatever_the_reason(world, client, kind):
    invitation, path = link(world, ago=timedelta(days=15) if kind == "expired" else timedelta(0))
    token = path.split("/")[2]
    secret = token.partition("-")[2]
    if kind == "revoked":
        with world.inside():
            invitations.revoke(invitation=invitation, by=world.ada, now=timezone.now())
    path = {
        "unknown": f"/join/{world.acme.pk}-{'x' * 43}/",
        "foreign": f"/join/{world.umbra.pk}-{secret}/",
        "no token": "/join/nothing/",
        "huge": f"/join/{'9' * 40}-{secret}/",
        "zero": f"/join/999999999-{secret}/",
    }.get(kind, path)
    plain = client.get("/join/1-nobody/")
    for answer in (client.get(path), client.post(path, NEW | {"email": "x@y.test"})):
        assert answer.status_code == 404
        assert "does not work" in answer.content.decode()
        assert len(answer.content) == len(plain.content)
        assert "Acme" not in answer.content.decode()
        assert CANARY not in answer.content.decode()
    assert not User.objects.filter(email="x@y.test").exists()


@pytest.mark.parametrize("password", ["qx7-vb", "password123", "nora@new.test"])
def test_a_weak_password_is_explained_and_the_name_kept(world, client, settings, password):
    _, path = bound(world, "nora@new.test", settings)
    answer = client.post(path, {"name": "Nora Neu", "password": password})
    assert answer.status_code == 422
    assert 'value="Nora Neu"' in answer.content.decode()
    assert password not in answer.content.decode().replace("nora@new.test", "")
    assert not User.objects.filter(email="nora@new.test").exists()


def test_an_address_with_an_account_needs_its_own_password(world, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    _, path = link(world, most_uses=None)
    wrong = client.post(path, NEW | {"email": "ann@umbra.test"})
    assert wrong.status_code == 422
    assert CANARY not in wrong.content.decode()
    world.ann.user.refresh_from_db()
    assert world.ann.user.check_password(PASSWORD)
    assert client.post(path, NEW | {"email": "ann@umbra.test", "password": PASSWORD}).status_code == 302
    assert member_of(world, "ann@umbra.test")


def test_with_mail_a_visitor_of_an_open_link_gets_a_letter_and_learns_nothing(world, client):
    shared, path = link(world, most_uses=None, role=Role.EXECUTIVE)
    answers = [client.post(path, {"email": email}) for email in ("new@new.test", "ann@umbra.test", "vi@acme.test")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({len(answer.content) for answer in answers}) == 1
    with world.inside():
        letters = Invitation.objects.filter(through=shared).order_by("email").values_list("email", "role")
        assert list(letters) == [("ann@umbra.test", "executive"), ("new@new.test", "executive")]


def test_a_link_that_is_withdrawn_takes_its_letters_along(world, client):
    shared, path = link(world, most_uses=1)
    client.post(path, {"email": "new@new.test"})
    with world.inside():
        letter = Invitation.objects.get(through=shared)
        invitations.revoke(invitation=shared, by=world.ada, now=timezone.now())
        token = invitations.tokens.new(world.acme.pk)
        letter.token_hash = invitations.tokens.hashed(token)
        letter.save()
    assert client.get(f"/join/{token}/").status_code == 404


def test_a_stranger_with_a_link_cannot_withdraw_what_somebody_else_sent(world, client, settings):
    earlier, _ = bound(world, "boss@new.test", settings, role=Role.ADMINISTRATOR)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    _, path = link(world, most_uses=None)
    client.post(path, {"email": "boss@new.test"})
    with world.inside():
        earlier.refresh_from_db()
    assert earlier.revoked_at is None


def test_too_many_tries_from_one_place_are_stopped(world, client):
    codes = [client.get("/join/1-nobody/").status_code for _ in range(22)]
    assert codes[:20] == [404] * 20
    assert codes[20:] == [429, 429]


def test_an_archived_department_does_not_stop_who_is_invited_to_it(world, client, settings):
    _, path = bound(world, "nora@new.test", settings, role=Role.CONTRIBUTOR, department=world.service)
    with world.inside():
        departments.archive(department=world.service, by=world.ada, now=timezone.now())
    assert client.post(path, NEW).status_code == 302


def test_the_name_that_the_inviter_gave_is_filled_in(world, client, settings):
    _, path = bound(world, "nora@new.test", settings, name="Nora Neu")
    assert client.get(path).context["form"]["name"].value() == "Nora Neu"
    assert client.post(path, NEW | {"name": "Nora Alt"}).status_code == 302
    assert member_of(world, "nora@new.test").user.name == "Nora Alt"
