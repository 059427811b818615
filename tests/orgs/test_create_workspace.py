"""`manage.py create_workspace`: the first real administrator, with a random password that is shown once."""

import re

import pytest
from django.core.management import CommandError, call_command

from journeys.models import LifecyclePhase
from orgs.models import AuditEntry, Member, User, Workspace
from orgs.roles import Role
from orgs.scope import scope

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    call_command("create_workspace", *arguments)
    return capsys.readouterr().out


def password_in(printed):
    return re.search(r"^Password   (\S+)", printed, re.M)[1]


def administrator(slug, email):
    """The member and the workspace, found as the door finds them."""
    user = User.objects.get(email=email)
    with scope(None, user_id=user.pk):
        return Member.across_workspaces.select_related("workspace").get(user=user, workspace__slug=slug)


def test_opens_a_workspace_whose_administrator_can_sign_in(capsys, client):
    printed = run(capsys, "--name", "Nordwind AG", "--email", "Ada@Nordwind.example", "--zone", "Europe/Berlin")
    assert "/w/nordwind-ag/" in printed
    answer = client.post(
        "/accounts/sign-in/", {"login": "ada@nordwind.example", "password": password_in(printed)}, follow=True
    )
    assert answer.redirect_chain[-1][0] == "/w/nordwind-ag/"
    assert "Nordwind AG" in answer.content.decode()


def test_begins_with_phases_the_role_and_audit_entries(capsys):
    run(capsys, "--name", "Nordwind", "--email", "ada@nordwind.example")
    member = administrator("nordwind", "ada@nordwind.example")
    with scope(member.workspace_id):
        assert [held.role for held in member.roles.all()] == [Role.ADMINISTRATOR]
        assert LifecyclePhase.objects.count() == 7
        assert {"workspace.open", "member.add", "phase.create"} <= set(
            AuditEntry.objects.values_list("action", flat=True)
        )


def test_the_password_is_random_and_kept_nowhere_readable(capsys):
    first = password_in(run(capsys, "--slug", "one", "--email", "one@nordwind.example"))
    second = password_in(run(capsys, "--slug", "two", "--email", "two@nordwind.example"))
    assert first != second
    assert len(first) >= 16
    assert first not in User.objects.get(email="one@nordwind.example").password


def test_a_person_who_has_an_account_keeps_the_password(capsys):
    first = password_in(run(capsys, "--slug", "one", "--email", "ada@nordwind.example"))
    assert "unchanged" in run(capsys, "--slug", "two", "--email", "ada@nordwind.example")
    assert User.objects.get().check_password(first)
    assert administrator("two", "ada@nordwind.example").workspace.name == "My company"


def test_the_first_start_opens_one_and_later_starts_none(capsys):
    assert "admin@localhost.localdomain" in run(capsys, "--first")
    assert run(capsys, "--first") == ""
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Give the administrator's address: --email name@company.com"),
        (["--email", "not an address"], "Give the administrator's address"),
        (["--email", "ada@x.example", "--zone", "Mars/Olympus"], "Mars/Olympus is not a time zone"),
        (["--email", "ada@x.example", "--slug", "taken"], "Another workspace is called taken"),
        (["--email", "ada@x.example", "--slug", "two words"], "two words cannot stand in an address"),
        (["--email", "ada@x.example", "--slug", "a/b"], "a/b cannot stand in an address"),
        (["--email", "ada@x.example", "--slug", "s" * 61], "cannot stand in an address"),
        (["--email", "ada@x.example", "--name", "N" * 201], "The name is longer than 200 characters"),
        (["--email", "ada@x.example", "--name", " "], "Give the workspace a name"),
    ],
)
def test_bad_input_is_explained_and_leaves_nothing(capsys, arguments, sentence):
    run(capsys, "--slug", "taken", "--email", "first@x.example")
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("create_workspace", *arguments)
    assert User.objects.count() == 1
    assert not Workspace.objects.exists()  # no scope is left open either
