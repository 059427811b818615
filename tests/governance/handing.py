"""A second department with its lead, touchpoints of both, and maps that lead from one to the other."""

import pytest
from django.utils import timezone

from governance.queries import handoff_board
from governance.queries import handoffs as reads
from governance.services import handoffs
from journeys.models import Touchpoint
from journeys.services import accountability, touchpoints
from orgs.models import User
from orgs.roles import Role
from orgs.services import departments, members
from tests.days import local_today
from tests.world import _password, lay_out

TERMS = {"trigger": "The order is signed", "information": "Name, address, roof plan", "limit_minutes": 2 * 24 * 60}
SAID = {"trigger": "The order is signed", "information": "Name, address, roof plan", "amount": 2, "unit": "days"}


class Handing:
    """Sales, led by Sol, beside Service, led by Lea."""

    def __init__(self, world, sign_in):
        self.world, self._sign_in = world, sign_in
        with world.inside():
            self.sales, _ = departments.find_or_create("Sales", by=world.ada)
            user = _password(User.objects.create_user("sol@acme.test", name="Sol"))
            self.sol = members.add(user=user, roles=[(Role.DEPARTMENT_LEAD, self.sales)], by=world.ada)
        self.order = self.touchpoint("Order", self.sales, self.sol)
        self.visit = self.touchpoint("Visit", world.service, world.lea)

    def touchpoint(self, name, department=None, lead=None):
        """One that this department accepted, or nobody."""
        with self.world.inside():
            now = timezone.now()
            made = touchpoints.create(values={"name": name}, by=self.world.ada, now=now)
            if department:
                offer = accountability.offer(touchpoint=made, department=department, by=self.world.ada, now=now)
                accountability.accept(offer=offer, by=lead, now=now)
            return Touchpoint.objects.get(pk=made.pk)

    def draw(self, *placed, title="Move in"):
        """A map with a step a touchpoint; None is a step without any."""
        with self.world.inside():
            return lay_out(title, list(placed), self.world.ada)

    def propose(self, by=None, *, giver=None, taker=None, **more):
        with self.world.inside():
            ends = {"giver": giver or self.order, "taker": taker or self.visit}
            return handoffs.propose(**ends, by=by or self.sol, now=timezone.now(), **{**TERMS, **more})

    def agreed(self, **more):
        made = self.propose(**more)
        with self.world.inside():
            return handoffs.agree(handoff=made, terms=1, by=self.world.lea, now=timezone.now())

    def state(self, handoff):
        return self.standing(handoff).state

    def standing(self, handoff):
        with self.world.inside():
            found = reads.whole().get(pk=handoff.pk)
            return reads.stand([found], workspace=self.world.acme, today=local_today())[0]

    def board(self, **filters):
        """The state and both ends of each row, in order."""
        with self.world.inside():
            rows = handoff_board.board(workspace=self.world.acme, today=local_today())
            found = handoff_board.narrowed(rows, handoff_board.Filters(**filters))
            return [(row.state, row.giver.name, row.taker.name) for row in found]

    def get(self, path, member):
        return self._sign_in(member).get(f"/w/acme/{path}")

    def post(self, path, member, /, **data):
        return self._sign_in(member).post(f"/w/acme/{path}", data, follow=True)


@pytest.fixture
def handing(world, sign_in):
    return Handing(world, sign_in)
