"""The list as CSV and back: taken out and in nothing changes; every change is shown before it is written."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.exports import touchpoints_csv
from journeys.models import Channel, System, Touchpoint, TouchpointImport
from journeys.pipelines import touchpoint_import
from journeys.services import touchpoints
from tests.journeys.touchpoints.conftest import NOW

NEW = "/w/acme/touchpoints/import/"
# Any text that PostgreSQL keeps: no NUL, no lone surrogate.
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
AWKWARD = st.sampled_from(["=1+1", "'=1", "''-x", "-a;b", '"q";"', "a,b\nc\r\nd", "\u202eشكرا", "😀", " x ", "Ä"])


def taken_out(world):
    request = SimpleNamespace(workspace=world.acme, user=world.ada.user, GET={}, member=world.ada)
    return "".join(touchpoints_csv.lines(request, Touchpoint.objects.order_by("pk")))


def planned(world, text):
    return touchpoint_import.plan(TouchpointImport(text=text), by=world.ada, now=NOW)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    name=(WORDS | AWKWARD).filter(lambda text: " ".join(text.split())),
    promise=WORDS | AWKWARD,
    channel=(WORDS | AWKWARD).map(lambda text: " ".join(text.split())).filter(bool),
    systems=st.lists(
        (WORDS | AWKWARD).map(lambda text: " ".join(text.split())).filter(bool), max_size=3, unique_by=str.lower
    ),
    importance=st.sampled_from(["", "1", "5"]),
    status=st.sampled_from(["", *Touchpoint.DesignStatus.values]),
)
def test_out_and_in_again_changes_nothing(inside, name, promise, channel, systems, importance, status):
    Touchpoint.objects.all().delete()
    System.objects.all().delete()
    where, _ = Channel.objects.get_or_create(name=channel)
    made = [System.objects.create(name=each) for each in {s.casefold(): s for s in systems}.values()]
    values = {"name": name, "promise": promise, "channel": where, "systems": made, "steward": inside.lea}
    values |= {"importance_to_customer": importance, "design_status": status, "is_moment_of_truth": "yes"}
    touchpoints.create(values=values, by=inside.ada, now=NOW)
    plan = planned(inside, taken_out(inside))
    assert [(row.kind, row.problem) for row in plan.rows] == [("same", "")]


@pytest.mark.parametrize(
    ("row", "kind", "said"),
    [
        ("99999,Hotline,", "problem", "no touchpoint with the ID"),
        (",,", "problem", "cannot be empty"),
        (",Other,Fax", "problem", "no “Fax” here"),
        (",Hotline,Phone", "same", ""),
        (",hotline,phone", "update", ""),
        (",Other,Phone", "create", ""),
    ],
)
def test_a_row_is_told_what_it_does(make, world, row, kind, said):
    make("Hotline", "Phone")
    with world.inside():
        (planned_row,) = planned(world, f"ID,Touchpoint,Channel\n{row if row != ',,' else ',,Phone'}\n").rows
    assert planned_row.kind == kind
    assert said in planned_row.problem


def test_rows_that_stand_twice_are_left_out(make, world):
    make("Hotline", "Phone")
    with world.inside():
        plan = planned(world, "Touchpoint,Channel,Promise\nHotline,Phone,A\nHotline,Phone,B\nNew,,\nnew,,\n")
    assert plan.counts["problem"] == 4


def test_a_column_left_out_stays_and_an_empty_cell_empties(make, world):
    made = make("Hotline", "", promise="Now", description="A person")
    with world.inside():
        (row,) = planned(world, f"ID;Promise\n{made.pk};\n").rows
    assert [(change.field.key, change.after) for change in row.changes] == [("promise", "")]


class TestTheWizard:
    def upload(self, client, text):
        return client.post(NEW, {"file": SimpleUploadedFile("list.csv", text.encode())})

    def test_nothing_is_written_before_it_is_accepted(self, make, world, sign_in):
        make("Hotline", "Phone")
        client = sign_in(world.max)
        sent = self.upload(client, "Touchpoint,Channel,Promise,NPS\nHotline,Phone,'=now,3\nNew,Phone,,\n")
        page = client.get(sent["Location"]).content.decode()
        assert "Columns that are not read: <bdi>NPS</bdi>" in page
        with world.inside():
            assert Touchpoint.objects.count() == 1
        seen = re.search(r'name="fingerprint" value="(\w+)"', page)[1]
        said = client.post(sent["Location"], {"fingerprint": seen}, follow=True).content.decode()
        assert "1 touchpoint made, 1 changed." in said
        with world.inside():
            assert dict(Touchpoint.objects.values_list("name", "promise")) == {"Hotline": "=now", "New": ""}
            assert TouchpointImport.objects.get().text == ""

    def test_it_is_refused_when_something_changed_since(self, make, edit, world, sign_in):
        hotline, client = make("Hotline", "Phone"), sign_in(world.max)
        sent = self.upload(client, "Touchpoint,Channel,Promise\nHotline,Phone,Mine\n")
        seen = re.search(r'name="fingerprint" value="(\w+)"', client.get(sent["Location"]).content.decode())[1]
        edit(hotline, promise="Theirs")
        assert client.post(sent["Location"], {"fingerprint": seen}).status_code == 409
        with world.inside():
            assert Touchpoint.objects.get().promise == "Theirs"

    def test_a_lead_changes_only_the_own_ones(self, make, world, sign_in):
        make("Own", "Phone", department=world.service)
        make("Other", "Phone")
        sent = self.upload(sign_in(world.lea), "Touchpoint,Channel,Promise\nOwn,Phone,Mine\nOther,Phone,Mine\n")
        page = sign_in(world.lea).get(sent["Location"]).content.decode()
        assert page.count("only what your department is accountable for") == 1
        assert sign_in(world.max).get(sent["Location"]).status_code == 403

    @pytest.mark.parametrize(
        ("text", "said"),
        [("Colour\nred\n", "no column"), ("ID,ID\n1,2\n", "stands twice"), ("\0", "no text"), ("", "empty")],
    )
    def test_a_file_that_cannot_be_read_says_why(self, world, sign_in, text, said):
        answer = self.upload(sign_in(world.max), text)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
