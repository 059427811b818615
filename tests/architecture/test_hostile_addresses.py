"""No address, however strange, makes a page fail: what cannot be read counts as not given, or as not found."""

import pytest

from tests.architecture.access_table import TABLE
from tests.architecture.asking import address, ask, clients, is_of_workspace

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


@pytest.mark.parametrize("name", READABLE)
def test_a_strange_parameter_never_breaks_a_page(name, filled):
    world, rows = filled
    about = TABLE[name].about
    path, ada = address(name, rows[about].pk if about else None), clients(world)["ada"]
    for place, strange in enumerate(STRANGE):
        together = "&".join(f"{parameter}={strange}" for parameter in PARAMETERS)
        grain = ("day", "month", "year")[(place + READABLE.index(name)) % 3]  # each page meets each, and each text all
        for query in (together, f"per={grain}&at={strange}"):
            answer = ask(ada, "get", f"{path}?{query}")
            assert answer.status_code == 200, query[:90]
            assert "<script>alert" not in answer.words


@pytest.mark.parametrize("path", ["/w/%00/", "/w/%ED%A0%80/", "/w/a%00b/touchpoints/", "/w//", "/w/acme/%00", "/%00"])
def test_a_strange_path_is_not_found(path, world):
    for person, client in clients(world).items():
        assert ask(client, "get", path).status_code == 404, person


def test_a_number_too_large_for_the_database_is_not_found(world):
    ada = clients(world)["ada"]
    for name in READABLE:
        if TABLE[name].about:
            assert ask(ada, "get", address(name, 10**30)).status_code == 404, name
