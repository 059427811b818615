"""A file as a person uploads it."""

from tests.connectors.desk import ANSWERS, csv_of

SETTINGS = ANSWERS.to_json()
CONTENT = [csv_of(("Desk", "2026-05-11", 4), ("Desk", "2026-05-11", "x"))]
