"""docs/permissions.md says what orgs/permissions.py does: the same roles, the same rights, a cell each."""

from orgs.permissions import GRANTS, ONLY_OWN_DEPARTMENT, Permission
from orgs.roles import DEPARTMENT_ROLES, Role
from tests.architecture.sources import ROOT

YES, OWN, NO = "yes", "own departments", "–"


def cell(role, permission):
    if permission not in GRANTS[role]:
        return NO
    return OWN if (role, permission) in ONLY_OWN_DEPARTMENT else YES


def expected():
    head = ["Permission", *(str(role.label) for role in Role)]
    rows = [[f"`{permission}`", *(cell(role, permission) for role in Role)] for permission in Permission]
    return [head, ["---"] * len(head), *rows]


def table():
    """The first table of the document."""
    lines = (ROOT / "docs" / "permissions.md").read_text().splitlines()
    return [[text.strip() for text in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def test_the_document_and_the_code_grant_the_same():
    assert table() == expected(), "\n".join("| " + " | ".join(row) + " |" for row in expected())


def test_each_permission_is_explained():
    text = (ROOT / "docs" / "permissions.md").read_text()
    for permission in Permission:
        assert f"- `{permission}`: " in text, permission


def test_every_role_has_a_line_and_reads_at_least():
    assert set(GRANTS) == set(Role)
    assert all(Permission.WORKSPACE_READ in granted for granted in GRANTS.values())


def test_only_roles_of_departments_are_bound_to_them():
    assert {role for role, _ in ONLY_OWN_DEPARTMENT} <= DEPARTMENT_ROLES
