"""Reads what the query string asks for as text a database can be asked with."""

from django.http import HttpRequest

LONGEST = 200


def asked(request: HttpRequest, name: str) -> str:
    """Return a parameter trimmed and cut; NUL goes, since PostgreSQL refuses any text that holds one."""
    return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST]
