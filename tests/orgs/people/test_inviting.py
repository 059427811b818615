"""Inviting: by letter or by a link shown once, withdrawn, sent again, from a list, and to a place in the workspace."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orgs.models import AuditEntry, Invitation
from orgs.pipelines import letters
from orgs.services import invitations, places
from tests.orgs.people.inviting import link

INVITE, LINK, LIST = "/w/acme/invitations/", "/w/acme/invitations/link/", "/w/acme/invitations/list/"
NORA = {"email": "Nora@New.test", "name": "Nora", "role": "viewer"}
PATHS = re.compile(r"http://testserver(/join/[^\s\"]+/)")


def send(world, invitation, after=timedelta(0)):
    letters.send(workspace_id=world.acme.pk, invitation_id=invitation.pk, now=timezone.now() + after)


def only(world, **filters):
    with world.inside():
        return Invitation.objects.get(**filters)


def test_a_letter_goes_out_with_a_link_that_nobody_else_sees(world, sign_in, client):
    answer = sign_in(world.ada).post(INVITE, NORA | {"note": "Lea asks you"}, follow=True)
    assert "on its way" in answer.content.decode()
    assert "/join/" not in answer.content.decode()
    invitation = only(world)
    assert (invitation.email, invitation.token_hash) == ("nora@new.test", "")
    send(world, invitation)
    send(world, invitation)
    [letter] = mail.outbox
    assert letter.to == ["nora@new.test"]
    assert "Lea asks you" in letter.body
    [path] = PATHS.findall(letter.body)
    assert path.split("/")[2] not in str(only(world).__dict__)
    client.logout()
    assert client.get(path).status_code == 200


def test_a_mail_server_that_is_away_is_tried_again(world, sign_in, monkeypatch):
    sign_in(world.ada).post(INVITE, NORA)

    def away(backend, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(locmem.EmailBackend, "send_messages", away)
        send(world, only(world))
    assert only(world).state_at(timezone.now()) == "waiting"
    send(world, only(world))
    assert len(mail.outbox) == 1
    assert only(world).state_at(timezone.now()) == "open"


def test_what_is_withdrawn_before_it_goes_out_does_not(world, sign_in):
    sign_in(world.ada).post(INVITE, NORA)
    sign_in(world.ada).post(f"{INVITE}{only(world).pk}/revocation/")
    send(world, only(world))
    assert mail.outbox == []


def test_without_mail_the_link_is_shown_once(world, sign_in, settings, client):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    text = sign_in(world.ada).post(INVITE, NORA).content.decode()
    [path] = PATHS.findall(text)
    assert "/join/" not in sign_in(world.ada).get(INVITE).content.decode()
    with world.inside():
        said = [str(entry.__dict__) for entry in AuditEntry.objects.all()]
    assert path.split("/")[2] not in " ".join(said)
    client.logout()
    assert client.get(path).status_code == 200


def test_a_new_link_stops_the_old_one(world, sign_in, client):
    invitation, old = link(world)
    text = sign_in(world.ada).post(f"{INVITE}{invitation.pk}/renewal/").content.decode()
    [new] = PATHS.findall(text)
    client.logout()
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


def test_withdrawing_stops_the_link(world, sign_in, client):
    invitation, path = link(world)
    sign_in(world.ada).post(f"{INVITE}{invitation.pk}/revocation/")
    client.logout()
    assert client.get(path).status_code == 404
    text = sign_in(world.ada).post(f"{INVITE}{invitation.pk}/renewal/", follow=True).content.decode()
    assert "used or withdrawn" in text


def test_inviting_an_address_again_withdraws_the_first_and_waits_a_minute(world, sign_in):
    sign_in(world.ada).post(INVITE, NORA)
    answer = sign_in(world.ada).post(INVITE, NORA)
    assert answer.status_code == 422
    assert "less than a minute old" in answer.content.decode()
    with world.inside():
        Invitation.objects.update(letter_wanted_at=timezone.now() - timedelta(minutes=2))
    assert sign_in(world.ada).post(INVITE, NORA).status_code == 302
    with world.inside():
        assert [bool(one.revoked_at) for one in Invitation.objects.order_by("pk")] == [True, False]


def test_letters_have_an_hourly_limit(world, sign_in, monkeypatch):
    monkeypatch.setattr(invitations, "LETTERS_AN_HOUR", 2)
    answers = [sign_in(world.ada).post(INVITE, NORA | {"email": f"n{number}@new.test"}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "Go on in an hour" in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": "nonsense"}, "valid email"),
        ({"email": "vi@acme.test"}, "is a member already"),
        ({"role": "king"}, "valid choice"),
        ({"role": "contributor"}, "Choose the department"),
        ({"place": "https://evil.example/"}, "no page of the workspace"),
        ({"name": "a\0b"}, "Null characters"),
    ],
    ids=["address", "member", "role", "department", "place", "nul"],
)
def test_what_cannot_be_invited_is_explained_and_kept(world, sign_in, change, said):
    answer = sign_in(world.ada).post(INVITE, NORA | {"note": "Words to keep"} | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Words to keep" in answer.content.decode()
    with world.inside():
        assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/w/other/touchpoints/",
        "//evil.example/",
        "/accounts/sign-in/",
        "../umbra/touchpoints/",
        "touchpoints/%2e%2e/",
        "javascript:alert(1)",
        "\\\\evil",
        "no/such/page/",
        "a\nb",
        "//touchpoints/",
    ],
    ids=range(10),
)
def test_a_place_is_a_page_of_this_workspace_or_refused(text):
    with pytest.raises(places.BadPlace):
        places.within(text, "acme")


@pytest.mark.parametrize(
    "text",
    ["touchpoints/?q=a", "/w/acme/touchpoints/?q=a", "https://cx.test/w/acme/touchpoints/?q=a"],
    ids=["relative", "path", "address"],
)
def test_a_place_is_taken_however_people_copy_it(text):
    assert places.within(text, "acme") == "touchpoints/?q=a"
    assert places.within("", "acme") == ""


class TestAList:
    GOOD = "email,name,role,department\nnora@new.test,Nora,Viewer,\nomar@new.test,عمر,contributor,service\n"
    BAD = (
        "nonsense,X,Viewer,\nvi@acme.test,Vi,Viewer,\nnora@new.test,Again,Viewer,\na@b.test,A,King,\nc@d.test,C,Contributor,\n"
        "e@f.test,E,Viewer,Nowhere\n"
    )

    def test_is_shown_row_by_row_before_anything_is_sent(self, world, sign_in):
        text = sign_in(world.ada).post(LIST, {"text": self.GOOD + self.BAD}).content.decode()
        assert "Ready: 2. To be put right: 6." in text
        for problem in (
            "no e-mail address",
            "a member already",
            "stands above already",
            "no such role",
            "needs a department",
            "no such department",
        ):
            assert problem in text
        with world.inside():
            assert not Invitation.objects.exists()

    def test_sends_its_good_rows_once_accepted(self, world, sign_in):
        answer = sign_in(world.ada).post(LIST, {"text": self.GOOD + self.BAD, "accept": "1"}, follow=True)
        assert "2 invitations are on their way" in answer.content.decode()
        with world.inside():
            found = Invitation.objects.order_by("email").values_list("email", "role", "department__name")
            assert list(found) == [("nora@new.test", "viewer", None), ("omar@new.test", "contributor", "Service")]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "Choose a file, or paste the list"),
            ("name\nNora\n", "must name the columns"),
            ("email,role\n" + "a@b.test,viewer\n" * 501, "at most 500 at once"),
        ],
        ids=["nothing", "columns", "long"],
    )
    def test_that_cannot_be_read_is_explained(self, world, sign_in, text, said):
        answer = sign_in(world.ada).post(LIST, {"text": text})
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_asks_as_many_queries_for_many_rows_as_for_few(self, world, sign_in):
        client = sign_in(world.ada)
        client.get(LIST)

        def queries(count):
            rows = "".join(f"n{number}@new.test,N,Viewer,\n" for number in range(count))
            with CaptureQueriesContext(connection) as seen:
                client.post(LIST, {"text": "email,name,role,department\n" + rows})
            return len(seen)

        assert queries(400) == queries(3) <= 15


def test_only_administrators_invite(world, sign_in):
    for path in (INVITE, LINK, LIST):
        assert sign_in(world.eli).get(path).status_code == 403
        assert sign_in(world.ann).post(path, NORA).status_code == 404
