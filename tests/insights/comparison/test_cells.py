"""Every cell of every heat table says what plain SQL and sums say, and leads to exactly the touchpoints it counts."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from insights.queries import comparison
from insights.queries.comparison import COLUMNS, Asked
from journeys.models import Touchpoint
from journeys.queries import touchpoints
from journeys.queries.groupings import GROUPINGS
from tests.insights.comparison import company, oracle
from tests.insights.comparison.company import AT, TODAY, YEAR

EVERY_TABLE = [(by, at) for by in GROUPINGS for at in COLUMNS]


@pytest.fixture
def built(inside):
    company.build(inside)
    return inside


def compared(world, **asked):
    return comparison.compare(Asked(**asked), workspace=world.acme, today=TODAY, period=YEAR)


def cells(table):
    """(group key, column key) to (status, measured, total) of every cell that has touchpoints, totals included."""
    found = {}
    for row in (table.every, *table.rows):
        for key, health in [("", row.total), *((cell.column.key, cell.health) for cell in row.cells)]:
            if health:
                found[row.group.key, key] = (health.status, health.verdict.measured, health.verdict.total)
    return found


def test_cells_say_what_plain_sums_say(built):
    for by, columns in EVERY_TABLE:
        expected = {place: cell[:3] for place, cell in oracle.table(built.acme.pk, by, columns).items()}
        assert cells(compared(built, by=by, columns=columns)) == expected, (by, columns)
        # Or the table would tell nothing apart; no map is about a market here.
        assert by == "market" or len({status for status, _, _ in expected.values()}) > 1


@pytest.mark.parametrize("seed", range(4))
def test_they_do_in_other_companies_too(inside, seed):
    company.build(inside, seed=seed, size=10, journeys=5)
    for by, columns in EVERY_TABLE:
        expected = {place: cell[:3] for place, cell in oracle.table(inside.acme.pk, by, columns).items()}
        assert cells(compared(inside, by=by, columns=columns)) == expected, (by, columns)


def test_each_cell_leads_to_exactly_the_touchpoints_it_counts(built, sign_in):
    client = sign_in(built.vi)
    for by, columns in EVERY_TABLE:
        page = client.get(f"/w/acme/journeys/compare/?by={by}&columns={columns}&{AT}").content.decode()
        expected = sorted(sorted(cell[3]) for cell in oracle.table(built.acme.pk, by, columns).values())
        with built.inside():
            assert sorted(sorted(listed(url)) for url in links(page)) == expected, (by, columns)


def links(page):
    return [unescape(url) for url in re.findall(r'class="heat-status" href="([^"]+)"', page)]


def listed(url):
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items() if name not in {"per", "at"}}
    return touchpoints.listed(touchpoints.Filters(**query)).values_list("pk", flat=True)


def test_the_list_of_touchpoints_shows_them_by_that_link(built, sign_in):
    client = sign_in(built.vi)
    page = client.get(f"/w/acme/journeys/compare/?by=department&{AT}").content.decode()
    url = links(page)[0]
    assert url.endswith(AT)
    text = client.get(url).content.decode()
    with built.inside():
        names = dict(Touchpoint.objects.values_list("pk", "name"))
        placed = oracle.table(built.acme.pk, "department", "phase")["", ""][3]
    assert {name for name in names.values() if f">{name}</a>" in text} == {names[pk] for pk in placed}


@pytest.mark.parametrize("narrowing", ["persona", "product", "dimension", "channel", "department"])
def test_a_narrowed_table_leads_there_too(built, sign_in, narrowing):
    by = "channel" if narrowing != "channel" else "department"
    with built.inside():
        table = compared(built, by=narrowing)
        key = next(row.group.key for row in table.rows if row.total)
    page = sign_in(built.vi).get(f"/w/acme/journeys/compare/?by={by}&{narrowing}={key}&{AT}").content.decode()
    with built.inside():
        narrowed = compared(built, by=by, **{narrowing: key})
        assert sorted(len(listed(url)) for url in links(page)) == sorted(
            total for _, _, total in cells(narrowed).values()
        )
        assert cells(narrowed)["", ""] == cells(table)[key, ""]


def test_a_touchpoint_on_several_maps_counts_once(inside):
    shared = company.touchpoint(inside, "Shared", "off", department="Service")
    kim = company.found(company.Persona, "Kim", inside)
    for title in ("One", "Two"):
        company.draw(inside, title, [(2, [shared]), (3, [shared])], personas=[kim])
    found = cells(compared(inside, by="persona"))
    assert {total for _, _, total in found.values()} == {1}


def test_a_department_that_has_not_accepted_answers_for_nothing(inside):
    offered = company.touchpoint(
        inside, "Offered", "on", accountable_department=inside.service, accountability="offered"
    )
    company.draw(inside, "One", [(2, [offered])])
    assert set(cells(compared(inside))) == {(group, at) for group in ("", "none") for at in ("", _phase(2))}


def _phase(position):
    return str(company.LifecyclePhase.objects.get(position=position).pk)


def test_rows_come_worst_first_or_by_name(inside):
    held = [
        company.touchpoint(inside, how or "none", how, department=name)
        for name, how in (("Alpha", "on"), ("Beta", ""), ("Gamma", "off"), ("Delta", "watch"))
    ]
    company.draw(inside, "One", [(2, held)])

    def names(**asked):
        return [row.group.name for row in compared(inside, **asked).rows]

    assert names() == ["Gamma", "Delta", "Alpha", "Beta", "Service"]
    assert names(sort="name") == ["Alpha", "Beta", "Delta", "Gamma", "Service"]


def test_the_cell_names_its_worst_kpi_and_the_gap(inside):
    company.draw(
        inside,
        "One",
        [(2, [company.touchpoint(inside, "Good", "on"), company.touchpoint(inside, "Bad", "off")])],
    )
    health = compared(inside).every.total
    assert (health.worst_name, health.worst_gap) == ("Satisfaction, mean score · Bad", "2.45 worse")
    assert health.coverage == "2 of 2 measured"
