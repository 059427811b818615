"""Opens a workspace from the command line, with its first administrator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from orgs.models import User
from orgs.services import workspaces


class Command(BaseCommand):
    help = "Open a workspace and make its first administrator. The password is random and printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default="My company")
        parser.add_argument("--slug", default="", help="short name in the address; made from the name by default")
        parser.add_argument("--email", default="", help="the administrator's address to sign in with")
        parser.add_argument("--person", default="", help="the administrator's name")
        parser.add_argument("--zone", default="UTC", help="an IANA time zone, such as Europe/Berlin")
        parser.add_argument("--first", action="store_true", help="do nothing when anybody has an account already")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] and User.objects.exists():
            return
        email = options["email"] or ("admin@localhost.localdomain" if options["first"] else "")
        try:
            validate_email(email)
            opened = workspaces.open_workspace(
                name=options["name"],
                slug=options["slug"],
                email=email,
                person_name=options["person"] or "Administrator",
                zone=options["zone"],
            )
        except ValidationError:
            raise CommandError("Give the administrator's address: --email name@company.com") from None
        except (workspaces.BadName, workspaces.SlugIsTaken, workspaces.UnknownZone) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"Workspace  {opened.workspace.name} (/w/{opened.workspace.slug}/)")
        self.stdout.write(f"Sign in    {opened.administrator.user.email}")
        if opened.password:
            self.stdout.write(f"Password   {opened.password}   (shown once; change it under “Forgot password?”)")
        else:
            self.stdout.write("Password   unchanged: this person already has an account")
