"""What higher apps plug into this one, filled in their apps.py. Imports nothing of its app."""

from collections.abc import Callable, Collection

# Each gets KPI ids and returns those about which somebody acts besides a status update, such as by a commitment.
ACTS: list[Callable[[Collection[int]], set[int]]] = []
