"""The triggers of governance, a line for each."""

from governance.triggers import numbers, owners, sponsors, systems

TRIGGERS = [
    numbers.TRIGGER,
    systems.TRIGGER,
    owners.TRIGGER,
    sponsors.TRIGGER,
]
