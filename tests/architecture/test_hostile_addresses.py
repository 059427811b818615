"""No address, however strange, makes a page fail: what cannot be read counts as not given, or as not found."""

from itertools import product

import pytest

from tests.architecture.access_table import TABLE
from tests.architecture.asking import address, ask, client_of, clients, is_of_workspace, together

GRAINS = ("day", "month", "year")
PARAMETERS = ["q", "channel", "department", "owner", "sort", "page", "per", "at"]
STRANGE = [
    "",
    "%00",
    "%ED%A0%80",  # a lone surrogate
    "%FF%FE",
    "-1",
    "0",
    "%C2%B2",  # a superscript two: a digit to Python, not a number
    "%D9%A3",  # an Arabic three
    "9" * 40,
    "1900-01-01",
    "1905-06-07",
    "2199-12-31",
    "0001-01-01",
    "9999-12-31",
    "2018-02-30",
    "week",
    "quarter",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%25",
    "'%22--",
    "x" * 3000,
]
# Pages that an administrator reads. The API says what it cannot read instead (tests/api).
READABLE = [
    name
    for name in TABLE
    if is_of_workspace(name) and TABLE[name].shows and "ada" in TABLE[name].get.may and not name.startswith("api_")
]


@together(READABLE)
def test_a_strange_parameter_never_breaks_a_page(names, filled):
    """Each parameter meets half of the texts on a page, and the others on its neighbours: all read addresses alike."""
    world, rows = filled
    ada = client_of(world.ada)
    for name, turn in product(names, range((len(STRANGE) + 1) // 2)):
        about, place = TABLE[name].about, READABLE.index(name)
        path = address(name, rows[about].pk if about else None)
        asked = {each: STRANGE[(2 * turn + place + 5 * n) % len(STRANGE)] for n, each in enumerate(PARAMETERS)}
        if turn % 3:  # a grain that there is, so that the day beside it is read
            asked["per"] = GRAINS[(turn + place) % len(GRAINS)]
        query = "&".join(f"{parameter}={strange}" for parameter, strange in asked.items())
        answer = ask(ada, "get", f"{path}?{query}")
        assert answer.status_code == 200, (name, query[:200])
        assert "<script>alert" not in answer.words, name


@pytest.mark.parametrize("path", ["/w/%00/", "/w/%ED%A0%80/", "/w/a%00b/touchpoints/", "/w//", "/w/acme/%00", "/%00"])
def test_a_strange_path_is_not_found(path, world):
    for person, client in clients(world).items():
        assert ask(client, "get", path).status_code == 404, person


def test_a_number_too_large_for_the_database_is_not_found(world):
    ada = client_of(world.ada)
    for name in READABLE:
        if TABLE[name].about:
            assert ask(ada, "get", address(name, 10**30)).status_code == 404, name
