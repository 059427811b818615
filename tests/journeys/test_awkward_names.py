"""Names are text, whatever they hold: shown whole and harmless on every page that shows them."""

import pytest

from journeys.services import channels, touchpoints
from orgs.services import departments
from tests.planting import measured
from tests.world import lay_out

NAMES = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an attribute": '" onmouseover="alert(1)" x=\'',
    "a template": "{{ request.user }}{% debug %}",
    "two hundred letters": "W" * 100,
    "emoji": "🧑‍🤝‍🧑 Family desk 🇩🇪",
    "right to left": "مكتب الاستقبال",
    "a turn of direction": "Desk \u202egnp.exe",
    "a formula": '=HYPERLINK("http://evil.example")',
}
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_stands_escaped_on_every_page(world, sign_in, name):
    with world.inside():
        channel, _ = channels.find_or_create(name, by=world.ada)
        touchpoint, _ = touchpoints.find_or_create(name * 2, channel=channel, by=world.ada)
        departments.find_or_create(name, by=world.ada)
        measured(touchpoint, by=world.ada, source_name=name)
        drawn = lay_out(name, [touchpoint], world.ada)
    client = sign_in(world.vi)
    for path in ("touchpoints/", f"touchpoints/{touchpoint.pk}/", "journeys/", f"maps/{drawn.pk}/", "connections/"):
        answer = client.get(f"/w/acme/{path}")
        text = answer.content.decode()
        assert answer.status_code == 200, path
        assert name.translate(ESCAPES) in text or path == "connections/", path
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert ' onmouseover="alert' not in text


def test_a_search_for_markup_is_shown_as_text(world, sign_in):
    answer = sign_in(world.vi).get("/w/acme/touchpoints/", {"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.content.decode()
    assert "&quot;&gt;&lt;script&gt;" in answer.content.decode()
