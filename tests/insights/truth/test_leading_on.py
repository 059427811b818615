"""Every count of the Overview leads to a list of as many rows, in the period the page is looked at."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.insights.truth import random_company
from tests.insights.truth.dom import read
from tests.insights.truth.looking import page

COUNTED = re.compile(r"(?:All )?(\d+)(?: of \d+)? (?:off target|touchpoints)")


@pytest.mark.parametrize("asked", [None, ("month", 40)])
def test_every_count_leads_to_as_many_rows(world, sign_in, asked):
    with time_machine.travel(random_company.moment(1), tick=False):
        with world.inside():
            now = random_company.make(world, 1)
        client = sign_in(world.eli)
        query = f"?per={asked[0]}&at={now.date() - timedelta(days=asked[1])}" if asked else ""
        shown = read(page(client, f"/w/acme/overview/{query}"))
        links = {
            each.attrs["href"]: each.text for each in shown.one("main").all("a") if COUNTED.fullmatch(_counted(each))
        }
        assert len(links) == 3  # all off target, those with nobody acting, all without an owner
        for url, words in links.items():
            assert len(_rows(client, url)) == int(COUNTED.match(words)[1]), url
        gaps = [each for each in shown.all("li") if "oldest" in each.text]
        assert len(gaps) > 2
        for gap in gaps:
            assert len(_rows(client, gap.all("a")[0].attrs["href"])) == int(gap.all("b")[-1].text), gap.text


def _counted(link):
    return link.text.removesuffix(" have nobody acting").removesuffix(" have no owner")


def _rows(client, url):
    return [row for body in read(page(client, url)).all("tbody") for row in body.all("tr")]
