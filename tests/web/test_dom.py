"""One id for a record's fragment in Python and templates."""

from django.template import Context, Template

from cxhub.web.dom import dom_id
from orgs.models import Department


def test_the_id_names_the_record_and_its_part():
    department = Department(pk=7)
    assert dom_id(department) == "department-7"
    assert dom_id(department, "owner") == "department-7-owner"
    assert Template("{{ d|dom_id }} {{ d|dom_id:'owner' }}").render(Context({"d": department})) == (
        "department-7 department-7-owner"
    )
