"""Builds the example company from the command line, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from cxhub.demo.build import NAME, build
from orgs.models import User
from orgs.services import workspaces


class Command(BaseCommand):
    help = "Build the example company, marked as example data. Its administrator's password is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", default="larch", help="short name in the address")
        parser.add_argument("--email", default="", help="the administrator's address to sign in with")
        parser.add_argument("--person", default="Administrator", help="the administrator's name")
        parser.add_argument("--zone", default="Europe/Berlin", help="an IANA time zone")
        parser.add_argument("--first", action="store_true", help="do nothing when anybody has an account already")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] and User.objects.exists():
            return
        email = options["email"] or ("admin@localhost.localdomain" if options["first"] else "")
        if not email:
            raise CommandError("Give the administrator's address: --email name@company.com")
        if _is_taken(options["slug"]):
            self.stdout.write(f"{NAME} is there already (/w/{options['slug']}/). Nothing was changed.")
            return
        try:
            opened = build(
                slug=options["slug"],
                email=email,
                person_name=options["person"],
                zone=options["zone"],
                now=timezone.now(),
            )
        except (workspaces.BadName, workspaces.SlugIsTaken, workspaces.UnknownZone) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"Workspace  {opened.workspace.name}, example data (/w/{opened.workspace.slug}/)")
        self.stdout.write(f"Sign in    {opened.administrator.user.email}")
        if opened.password:
            self.stdout.write(f"Password   {opened.password}   (shown once; change it under “Forgot password?”)")


def _is_taken(slug: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select orgs_slug_is_taken(%s)", [slug])
        return bool(cursor.fetchone()[0])
