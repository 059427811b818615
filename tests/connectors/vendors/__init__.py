"""How the vendor of each kind speaks, one file a kind. The contract asks a file that fetches for:

- SECRETS: what is kept, by field; settings(url); posted(url): the form of its set-up page, filled in
- reply(request, rows): the answer to any request over these rows, with the vendor's paging and its first day
- circle(request, rows): a page that leads back to itself; renamed(request, rows): the score under another name

A file of a kind that reads what people give it has SETTINGS and CONTENT.
"""

from importlib import import_module
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Row(NamedTuple):
    """A day and the score, written as the vendor writes it: 4, "4", NaN, null."""

    day: str
    score: str = "4"


def vendor(kind):
    return import_module(f"tests.connectors.vendors.{kind}")


def asked(request):
    """Return the parameters of a request, each once."""
    query = urlsplit(request.split()[1]).query
    return {name: values[-1] for name, values in parse_qs(query).items()}
