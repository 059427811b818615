"""Who does, is asked and is told at the touchpoints of Larch Home Energy; two have nobody who does the work."""

from cxhub.demo.people import BILLING, CONTACT, DIGITAL, FIELD, MARKETING, SALES, Cast
from cxhub.demo.touchpoints import SPOTS
from journeys.models import Touchpoint
from journeys.services import involvements

NOBODY_DOES = {"confirm", "finance"}  # its team moved; Sales sells the plan and cannot change it
BESIDE = {
    MARKETING: {SALES: "C", DIGITAL: "I"},
    SALES: {MARKETING: "C", FIELD: "I"},
    CONTACT: {BILLING: "C", DIGITAL: "I"},
    FIELD: {SALES: "C", CONTACT: "I"},
    BILLING: {DIGITAL: "C", CONTACT: "I"},
    DIGITAL: {CONTACT: "C", MARKETING: "I"},
}


def tell(cast: Cast, spots: dict[str, Touchpoint]) -> None:
    """Give each department its roles."""
    for one in SPOTS:
        roles = dict(BESIDE[one.department])
        if one.key not in NOBODY_DOES:
            roles[one.department] = "R"
        for name, role in roles.items():
            told = {"touchpoint": spots[one.key], "department": cast.departments[name], "role": role}
            involvements.put(**told, seen="", by=cast["jo"])
