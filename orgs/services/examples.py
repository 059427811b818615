"""People of an example workspace who exist on paper alone, and removing such a workspace with all that it holds."""

from django.db import connection, transaction

from cxhub.lib import mail
from orgs.models import Member, User, Workspace
from orgs.queries import memberships
from orgs.scope import scope, workspace_id


class NotAnExample(Exception):
    """Only a workspace that is marked as example data can be removed."""


def person(*, name: str, email: str) -> User:
    """Make a person nobody can sign in as: without a password, at an address that reaches nobody."""
    if mail.reaches(email):
        raise ValueError(f"{email} could be somebody's.")
    known = User.objects.filter(email=email).first()
    return known or User.objects.create_user(email, None, name=name)


@transaction.atomic
def remove(*, workspace: Workspace) -> None:
    """Remove the example workspace in scope with every row of it, and its example people who are nowhere else.

    Its audit entries go with it, so nothing is left to write one in. Raises NotAnExample.
    """
    if workspace.pk != workspace_id():
        raise NotAnExample
    people = Member.objects.filter(user__email__endswith=mail.NOBODY).values_list("user_id", flat=True)
    made_up = list(people)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # what is promised until now holds, before the rows go
        cursor.execute("set constraints all deferred")
        cursor.execute("select orgs_remove_example()")
        if not cursor.fetchone()[0]:
            raise NotAnExample
    for user_id in made_up:
        with scope(None, user_id=user_id):
            is_elsewhere = memberships.ever(user_id).exists()
        if not is_elsewhere:
            _forget(user_id)


def _forget(user_id: int) -> None:
    """Delete an account without Django's collector, which would ask tables of workspaces and has none in scope."""
    with connection.cursor() as cursor:
        cursor.execute("delete from account_emailaddress where user_id = %s", [user_id])
        cursor.execute("delete from orgs_user where id = %s", [user_id])
