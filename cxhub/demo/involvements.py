"""What the departments of the example do at each touchpoint beside answering for it; at a few nobody does the work."""

from collections.abc import Mapping

from cxhub.demo.people import BILLING, CONTACT, DIGITAL, FIELD, MARKETING, SALES, Cast
from cxhub.demo.touchpoints import BY_DEPARTMENT
from journeys.models import Involvement, Touchpoint
from journeys.services import involvements

R, C, I = Involvement.Role.values  # noqa: E741  as a matrix calls them
BY_OWNER: Mapping[str, Mapping[str, str]] = {
    MARKETING: {MARKETING: R, SALES: C, CONTACT: I},
    SALES: {SALES: R, BILLING: C, FIELD: I},
    FIELD: {FIELD: R, SALES: C, CONTACT: I},
    BILLING: {BILLING: R, CONTACT: C},
    CONTACT: {CONTACT: R, FIELD: C, DIGITAL: I},
    DIGITAL: {DIGITAL: R, CONTACT: C, MARKETING: I},
}
WITHOUT_WORKERS = {"confirm", "chat", "reviews", "refer", "finance", "survey"}
"""Where everybody is asked or told, and nobody does it."""


def give(cast: Cast, spots: Mapping[str, Touchpoint]) -> None:
    """Let Jo say who does what, touchpoint by touchpoint of each department."""
    for owner, told in BY_OWNER.items():
        for spot in BY_DEPARTMENT[owner]:
            for department, role in told.items():
                if role == R and spot.key in WITHOUT_WORKERS:
                    continue
                where = {"touchpoint": spots[spot.key], "department": cast.departments[department]}
                involvements.put(**where, role=role, seen="", by=cast["jo"])
