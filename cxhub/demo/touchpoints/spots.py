"""What is said of a touchpoint of the example company."""

from typing import NamedTuple


class Spot(NamedTuple):
    key: str
    name: str
    channel: str
    customer: int
    """Importance to the customer, 1 to 5."""
    company: int
    promise: str
    meets: str
    system: str = ""
    is_moment: bool = False
    department: str = ""
    """Set by the list of all."""
