"""Every figure of the heat table by department, of companies made up by chance, worked out again from the parts."""

from datetime import timedelta

import pytest
import time_machine

from tests.insights.truth import random_company
from tests.insights.truth.dom import read
from tests.insights.truth.looking import page
from tests.insights.truth.oracle import Company
from tests.insights.truth.words import STATUS, Words, name_of

URL = "/w/acme/journeys/compare/?by=department&sort=name"


def expected(company, words, ids, *, is_whole=False):
    """The words of a cell: health, worst number with its value and gap, trend of a whole row, how much is measured."""
    if not ids:
        return "– No touchpoint"
    found = company.health(ids)
    worst = found.worst
    named = f"{name_of(worst.kpi)} {words.value(worst)} · {words.gap(worst)} " if worst else ""
    trend = f"{words.trend(ids, found)} " if is_whole else ""
    return f"{STATUS[found.told]} {named}{trend}{found.measured} of {found.total} measured"


def shown(cell):
    for details in cell.all("p"):
        details.inside = []  # why it is so is in the tests of the rule
    return cell.spaced


@pytest.mark.parametrize(("seed", "grain", "days"), [(1, "quarter", 100), (3, "month", 40), (5, "year", 0)])
def test_every_cell(world, sign_in, seed, grain, days):
    with time_machine.travel(random_company.moment(seed), tick=False):
        with world.inside():
            now = random_company.make(world, seed)
        asked = grain, now.date() - timedelta(days=days)
        table = read(page(sign_in(world.eli), f"{URL}&per={grain}&at={asked[1]}")).one("table")
        with world.inside():
            company = Company(world.eli.pk, now, asked)
    words, (body,), (head,) = Words(company), table.all("tbody"), table.all("thead")
    phases = [each.text for each in head.all("th")[2:]]
    accepted = {pk for pk, each in company.touchpoints.items() if each.accountability == "accepted"}
    for row in body.all("tr"):
        name = row.one("th").text
        group = {
            pk
            for pk in company.ids()
            if name == "All departments"
            or (pk in accepted and company.touchpoints[pk].department == name)
            or (pk not in accepted and name == "Not accepted by anybody")
        }
        told = [expected(company, words, group, is_whole=True)]
        told += [expected(company, words, group & company.ids(phase_name=phase)) for phase in phases]
        assert [shown(each) for each in row.all("td")] == told, name
