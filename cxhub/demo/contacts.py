"""What customers of Larch Home Energy ask for in their own words, and how departments are reached."""

from cxhub.demo.people import BILLING, CONTACT, DIGITAL, FIELD, SALES, Cast
from journeys.models import Map, Step
from journeys.services import finding_placements, findings
from orgs.models import Contact
from orgs.services import contacts, stale

NEEDS = (
    ("help", "I call", "My heating is cold and I need somebody today", "Warmth first, reasons later.", 10, 5),
    ("help", "I report it in the app", "I want to see that you know about my fault", "", 8, 4),
    ("help", "A fitter comes", "I want to know when the fitter comes", "To the hour, not to the day.", 9, 4),
    ("help", "I complain", "I want somebody to say sorry and put it right", "", 8, 3),
    ("bill", "I call", "My bill is wrong", "It is higher than the month before, and I changed nothing.", 9, 5),
    ("bill", "I pay it", "I want to pay later or in parts", "", 6, 6),
    ("moving", "I say that I move", "I am moving house", "Electricity in both homes, no day without.", 7, 6),
    ("moving", "I sign in again", "I cannot sign in", "", 7, 7),
)
OFFICE = {f"day_{number}": "08:00-17:00" for number in range(5)} | {"day_5": "", "day_6": ""}
NOTHING = dict.fromkeys(("phone", "email", "elsewhere", "hours_note", "zone"), "") | OFFICE
CONTACTS = {
    CONTACT: {
        "phone": "+49 30 23125 010",
        "email": "help@larch.example",
        **{f"day_{number}": "07:00-21:00" for number in range(6)},
        "day_6": "09:00-17:00",
        "reply_within": 15,
        "reply_unit": "minutes",
    },
    BILLING: {
        "phone": "+49 30 23125 020",
        **{f"day_{number}": "09:00-12:00, 13:00-16:30" for number in range(5)},
        "hours_note": "Closed on the last working day of a month",
        "reply_within": 1,
        "reply_unit": "working",
    },
    FIELD: {"phone": "+49 30 23125 030", "elsewhere": "Radio, channel 4", "reply_within": 2, "reply_unit": "hours"},
    SALES: {"email": "sales@larch.example", "reply_within": 1, "reply_unit": "working"},
    DIGITAL: {"elsewhere": "Teams, Digital service desk", "reply_within": 4, "reply_unit": "hours"},
}  # Marketing has not said yet


def need(cast: Cast, drawn: dict[str, Map]) -> None:
    """Write down what customers need, at the steps where they say it."""
    for key, step, name, said, importance, satisfaction in NEEDS:
        told = {"name": name, "description": said, "importance": importance, "satisfaction": satisfaction}
        made = findings.create(kind="need", values=told, by=cast["jo"])
        finding_placements.place(step=Step.objects.get(stage__map=drawn[key], name=step), finding=made, by=cast["jo"])


def reach(cast: Cast) -> None:
    """Let leads say how their departments are reached; one has not."""
    for name, said in CONTACTS.items():
        department = cast.departments[name]
        was = stale.seen(contacts.values_of(Contact(department=department)))
        contacts.put(department=department, was=was, by=cast.lead(name), **{**NOTHING, **said})
