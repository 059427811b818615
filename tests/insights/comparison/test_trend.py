"""Each row of the heat table says how it stands against the period before: arrow, word, and a status in the file."""

import csv
import io
import re

import pytest

from journeys.models import MapPersona, Persona
from tests.insights.overview.company import BAD, GOOD, journey, kpi, last_month, touchpoint

QUERY = f"?by=persona&per=month&at={last_month().starts_on.isoformat()}"


@pytest.fixture
def rows(world, sign_in):
    """Three personas: one whose journey broke last month, one as before, one without a month before."""
    with world.inside():
        for name, months in {"Ann Lee": [GOOD, BAD], "Bo": [GOOD, GOOD], "Cy": [GOOD]}.items():
            placed = touchpoint(world, f"For {name}")
            kpi(world, placed, months)
            drawn = journey(f"I am {name}", {3: [placed]})
            MapPersona.objects.create(map=drawn, persona=Persona.objects.create(name=name))
    page = sign_in(world.vi).get(f"/w/acme/journeys/compare/{QUERY}").content.decode()
    found = re.findall(r'<th scope="row"><bdi>([^<]+)</bdi></th>\s*(<td.*?</td>)', page, re.DOTALL)
    return dict(found)


def words(cell):
    return " ".join(re.sub(r"<[^>]+>", " ", cell).split())


@pytest.mark.parametrize(("name", "word", "arrows"), [("Ann Lee", "Worse", 2), ("Bo", "As before", 2)])
def test_a_row_says_its_trend_with_an_arrow(rows, name, word, arrows):
    assert f"{word} 1 of 1 measured" in words(rows[name])
    assert rows[name].count("<svg") == arrows  # the status, and the arrow


def test_what_cannot_be_compared_says_so_and_has_no_arrow(rows):
    assert "Not comparable 1 of 1 measured" in words(rows["Cy"])
    assert rows["Cy"].count("<svg") == 1


def test_the_file_has_the_status_before(rows, sign_in, world):
    text = sign_in(world.vi).get(f"/w/acme/journeys/compare.csv{QUERY}").content.decode().lstrip("\ufeff")
    found = {(row["Persona"], row["Phase"]): row["Status before"] for row in csv.DictReader(io.StringIO(text))}
    assert found["Ann Lee", "All phases"] == "On target"
    assert {before for (_name, phase), before in found.items() if phase != "All phases"} == {""}
