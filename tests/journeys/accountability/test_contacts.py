"""How a department is reached: who says it, what is refused, and what two people who do so at once are told."""

import re

import pytest

from orgs.models import AuditEntry, Contact
from tests.world import CANARY

SAID = {
    "phone": "+49 30 1234-56",
    "email": "service@acme.test",
    "elsewhere": "Teams, Service desk",
    **{f"day_{number}": "8-12, 13-17" for number in range(5)},
    "day_5": "",
    "day_6": "",
    "hours_note": "Not on public holidays",
    "zone": "",
    "reply_within": "4",
    "reply_unit": "hours",
}


def was(page):
    return re.search(r'name="was" value="([0-9a-f]+)"', page.content.decode())[1]


@pytest.fixture
def path(world):
    return f"contacts/{world.service.pk}/"


def test_a_lead_says_it_and_everybody_reads_it(desk, world, path):
    seen = was(desk.get(path, world.lea))
    assert desk.post(path, world.lea, **SAID, was=seen).status_code == 302
    desk.owned("Hotline")
    page = desk.get("contacts/", world.vi).content.decode()
    for words in ('href="tel:+49301234', "+49 30 1234-56", "mailto:service@acme.test", "Teams, Service desk", "Lea"):
        assert words in page, words
    assert "Mon–Fri 08:00–12:00, 13:00–17:00" in page
    assert "Replies within 4 hours" in page
    with world.inside():
        entry = AuditEntry.objects.get(action="department.contact")
        assert (entry.actor, entry.subject_id) == (world.lea, world.service.pk)
        assert (entry.before["phone"], entry.after["phone"]) == ("", "+49 30 1234-56")
        assert "day_5" not in entry.after
    assert "Lea changed: Phone" in desk.get(path, world.ada).content.decode()


def test_only_leads_of_it_and_administrators_may(desk, world, path):
    other = desk.department("Sales")
    for member in (world.max, world.eli, world.vi, world.con):
        assert desk.get(path, member).status_code == 403
        assert desk.post(path, member, **SAID, was="x").status_code == 403
    assert desk.get(f"contacts/{other.pk}/", world.lea).status_code == 403
    assert desk.get(f"contacts/{other.pk}/", world.ada).status_code == 200
    assert f"contacts/{world.service.pk}/" not in desk.get("contacts/", world.vi).content.decode()
    with world.inside_umbra():
        foreign = Contact.objects.get().department_id
    assert desk.get(f"contacts/{foreign}/", world.ada).status_code == 404
    assert CANARY not in desk.get("contacts/", world.ada).content.decode()


def test_what_two_say_at_once_shows_both(desk, world, path):
    seen = was(desk.get(path, world.lea))
    desk.post(path, world.ada, **SAID, was=seen)
    answer = desk.post(path, world.lea, **{**SAID, "phone": "110"}, was=seen)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "+49 30 1234-56" in text
    assert "110" in text
    with world.inside():
        assert Contact.objects.get().phone == "+49 30 1234-56"
    assert desk.post(path, world.lea, **{**SAID, "phone": "110"}, was=was(answer)).status_code == 302
    with world.inside():
        assert Contact.objects.get().phone == "110"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day_0": "in the morning"}, "Write times such as 08:00-12:00"),
        ({"day_0": "22-6"}, "ends before it begins"),
        ({"day_0": "8-26"}, "There is no such time"),
        ({"day_0": "8-12, 9-10"}, "These times overlap"),
        ({"email": "service"}, "Enter a valid email address"),
        ({"zone": "Berlin"}, "There is no such time zone"),
        ({"reply_unit": ""}, "Say whether these are minutes, hours or days"),
        ({"reply_within": ""}, "Say how many"),
        ({"reply_within": "0"}, "greater than or equal to 1"),
        ({"phone": "1" * 61}, "at most 60 characters"),
    ],
)
def test_bad_input_is_explained_and_nothing_kept(desk, world, path, wrong, words):
    answer = desk.post(path, world.lea, **{**SAID, **wrong}, was=was(desk.get(path, world.lea)))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with world.inside():
        assert not Contact.objects.exists()
