"""The gallery shows every component and every state to signed-in people."""

import re
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from cxhub.web.marks import MARKS

ROOT = Path(settings.TEMPLATES[0]["DIRS"][0])
IN_THE_FRAME = {"app_header", "person_menu", "theme_switch", "signed_out", "brand", "entrance", "form", "grid_items"}
IN_THE_FRAME |= {"palette", "shortcuts", "drawer_head", "drawer_form", "drawer_foot"}  # one of each on a page


def test_strangers_are_sent_to_sign_in(client, db):
    assert client.get(reverse("gallery")).status_code == 302


def test_it_shows_every_state_in_both_themes(sign_in, world):
    html = sign_in(world.vi).get(reverse("gallery")).content.decode()
    assert 'data-theme="light"' in html
    assert 'data-theme="dark"' in html
    for status in MARKS:
        assert html.count(f'data-status="{status}"') >= 2
    assert "&lt;b&gt;Bold" in html
    assert "<b>Bold" not in html


def test_every_component_is_in_it():
    shown = set(re.findall(r"components/(\w+)\.html", (ROOT / "gallery_parts.html").read_text()))
    inner = {
        "breadcrumb",
        "field_notes",
        "filter_chips",
        "list_around",
        "options",
        "pagination",
        "table_head",
        "trend_table",
    } | IN_THE_FRAME
    assert {path.stem for path in (ROOT / "components").glob("*.html")} - inner - shown == set()


def test_no_id_is_used_twice(sign_in, world):
    html = sign_in(world.vi).get(reverse("gallery")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
