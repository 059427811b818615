"""Reads a list of people to invite. Nothing is written: each row comes back as it would be invited, or with why not."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from orgs.models import Department, Member
from orgs.roles import DEPARTMENT_ROLES, Role

MOST_ROWS = 500
COLUMNS = ("email", "name", "role", "department")


class BadList(ValueError):
    """The list as a whole cannot be read."""


@dataclass(frozen=True)
class Row:
    number: int
    email: str
    name: str
    role: Role | None
    department: Department | None
    role_text: str
    department_text: str
    problem: str = ""


def read(text: str) -> list[Row]:
    """Return a row per line after the first, which names the columns. Raises BadList."""
    lines = _lines(text)
    header = [name.strip().lower() for name in next(lines, [])]
    if "email" not in header or "role" not in header:
        raise BadList(_("The first line must name the columns: email, name, role, department."))
    known = _Known()
    rows = [
        known.row(number, _cells(header, line)) for number, line in enumerate(lines, 2) if any(map(str.strip, line))
    ]
    if len(rows) > MOST_ROWS:
        raise BadList(
            _("The list has %(n)d people. Send at most %(most)d at once.") % {"n": len(rows), "most": MOST_ROWS}
        )
    return rows


def _lines(text: str) -> Iterator[list[str]]:
    clean = text.replace("\0", "").lstrip("\ufeff")
    first = clean.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(clean), delimiter=delimiter, strict=False)
    except csv.Error:
        raise BadList(_("The list cannot be read as CSV. Check its quotation marks.")) from None


def _cells(header: list[str], line: list[str]) -> dict[str, str]:
    found = dict(zip(header, (" ".join(cell.split()) for cell in line), strict=False))
    return {name: found.get(name, "") for name in COLUMNS}


class _Known:
    """What rows are checked against, asked for once: roles, departments, members, and the rows before."""

    def __init__(self) -> None:
        self.roles = {str(name).casefold(): role for role in Role for name in (role.label, role.value)}
        self.departments = {one.name.casefold(): one for one in Department.objects.filter(archived_at=None)}
        self.taken = dict.fromkeys(
            Member.objects.current().values_list("user__email", flat=True), _("This person is a member already.")
        )

    def row(self, number: int, cells: dict[str, str]) -> Row:
        email, role = cells["email"].lower(), self.roles.get(cells["role"].casefold())
        department = self.departments.get(cells["department"].casefold())
        problem = self._problem(email, cells, role, department)
        self.taken.setdefault(email, _("This address stands above already."))
        held = department if role in DEPARTMENT_ROLES else None
        return Row(number, email, cells["name"], role, held, cells["role"], cells["department"], problem)

    def _problem(self, email: str, cells: dict[str, str], role: Role | None, department: Department | None) -> str:
        try:
            validate_email(email)
        except ValidationError:
            return str(_("This is no e-mail address."))
        if email in self.taken:
            return str(self.taken[email])
        if len(cells["name"]) > 200:
            return str(_("The name is longer than 200 letters."))
        if role is None:
            names = ", ".join(str(one.label) for one in Role)
            return str(_("There is no such role. The roles are: %(names)s.") % {"names": names})
        if cells["department"] and department is None:
            return str(_("There is no such department. Add it in the settings, or correct the name."))
        if role in DEPARTMENT_ROLES and department is None:
            return str(_("This role needs a department."))
        return ""
