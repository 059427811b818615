"""The triggers of governance, a line for each."""

from governance.triggers import expectations, numbers, owners, sponsors, systems

TRIGGERS = [
    numbers.TRIGGER,
    systems.TRIGGER,
    owners.TRIGGER,
    expectations.TRIGGER,
    sponsors.TRIGGER,
]
