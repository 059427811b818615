"""The example people. Nobody has their password; the administrator is whoever opened the workspace."""

from typing import NamedTuple

from orgs.models import Department, Member
from orgs.roles import Role
from orgs.services import departments, examples, members

MARKETING, SALES, CONTACT = "Marketing", "Sales", "Contact Centre"
FIELD, BILLING, DIGITAL = "Field Installation", "Billing", "Digital & IT"
DEPARTMENTS = (MARKETING, SALES, CONTACT, FIELD, BILLING, DIGITAL)


class Person(NamedTuple):
    key: str
    name: str
    role: Role
    department: str = ""


PEOPLE = (
    Person("hanna", "Hanna Vogt", Role.EXECUTIVE),
    Person("piet", "Piet Janssen", Role.EXECUTIVE),
    Person("mara", "Mara Lind", Role.DEPARTMENT_LEAD, MARKETING),
    Person("silas", "Silas Okoye", Role.DEPARTMENT_LEAD, SALES),
    Person("carla", "Carla Moretti", Role.DEPARTMENT_LEAD, CONTACT),
    Person("finn", "Finn Aaltonen", Role.DEPARTMENT_LEAD, FIELD),
    Person("bea", "Bea Novak", Role.DEPARTMENT_LEAD, BILLING),
    Person("dev", "Dev Anand", Role.DEPARTMENT_LEAD, DIGITAL),
    Person("jo", "Jo Brandt", Role.MAP_EDITOR),
    Person("ines", "Ines Duarte", Role.INTEGRATOR),
    Person("tom", "Tom Reyes", Role.CONTRIBUTOR, CONTACT),
    Person("yuki", "Yuki Sato", Role.VIEWER),
    Person("lotte", "Lotte Brunner", Role.CONTRIBUTOR, MARKETING),
    Person("nico", "Nico Ferrer", Role.CONTRIBUTOR, MARKETING),
    Person("amira", "Amira Haddad", Role.CONTRIBUTOR, MARKETING),
    Person("emil", "Emil Strand", Role.CONTRIBUTOR, MARKETING),
    Person("rosa", "Rosa Klein", Role.CONTRIBUTOR, CONTACT),
    Person("pavel", "Pavel Dvorak", Role.CONTRIBUTOR, CONTACT),
    Person("ida", "Ida Holm", Role.CONTRIBUTOR, CONTACT),
    Person("sami", "Sami Aydin", Role.CONTRIBUTOR, CONTACT),
)
LEADS = {one.department: one.key for one in PEOPLE if one.role == Role.DEPARTMENT_LEAD}


class Cast:
    """The departments and people of the workspace in scope, by name and key."""

    def __init__(self, by: Member) -> None:
        self.by = by
        self.departments: dict[str, Department] = {
            name: departments.find_or_create(name, by=by)[0] for name in DEPARTMENTS
        }
        self._people = {one.key: self._join(one) for one in PEOPLE}

    def __getitem__(self, key: str) -> Member:
        return self._people[key]

    def lead(self, department: str) -> Member:
        """Return who leads a department."""
        return self[LEADS[department]]

    def _join(self, one: Person) -> Member:
        # Of this workspace alone: two examples side by side have people of their own.
        email = f"{one.key}.{self.by.workspace_id}@larch.example"
        user = examples.person(name=one.name, email=email)
        held = [(one.role, self.departments.get(one.department))]
        return members.add(user=user, roles=held, by=self.by)
