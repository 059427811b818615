"""One stylesheet and one script, inside a budget, gzipped: 12 KB of CSS, 35 KB of JavaScript."""

import re
from gzip import compress
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from cxhub.web import bundles

SOURCE = Path(settings.STATICFILES_DIRS[0])
HTMX = "django_htmx/htmx-2.min.js"


def text(path):
    return Path(finders.find(path)).read_text(encoding="utf-8")


def gzipped(*paths):
    return sum(len(compress(text(path).encode())) for path in paths)


def test_the_stylesheet_joins_every_component():
    css = text("css/app.css")
    for source in (SOURCE / "css" / "components").glob("*.css"):
        last_rule = bundles.squeezed(source.read_text().strip().splitlines()[-2]).strip().removesuffix("}")
        assert last_rule in css
    assert css.startswith("@layer tokens,base,components,utilities;")


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("a  b ,  c { margin : 0 ; inset: 0 auto; }", "a b,c{margin :0;inset:0 auto}"),
        ("p { inline-size: calc(100% - 2 * var(--s1)); }", "p{inline-size:calc(100% - 2 * var(--s1))}"),
        (
            "@media (640px < width <= 1024px) {\n  a > b { top: 0; }\n}",
            "@media (640px < width <= 1024px){a > b{top:0}}",
        ),
        (".a :is(b, c) + :target { color: red; }", ".a :is(b,c) + :target{color:red}"),
    ],
)
def test_only_blanks_without_a_meaning_are_squeezed_out(written, left):
    assert bundles.squeezed(written) == left + "\n"


def test_the_squeezed_styles_say_what_the_sources_say():
    """A blank inside a string or before a selector's colon means something: no source has the former."""
    for source in (SOURCE / "css").glob("**/*.css"):
        strings = re.findall(r'"[^"]*"', bundles.COMMENT.sub("", source.read_text()))
        assert all(text == bundles.squeezed(text).strip() for text in strings if text.strip('"'))


def test_comments_stay_in_the_sources():
    assert "/*" not in text("css/app.css")
    assert not [line for line in text("js/app.js").splitlines() if line.startswith("//")]


def test_the_script_joins_every_behaviour():
    joined = text("js/app.js")
    for source in (SOURCE / "js").glob("*.js"):
        lines = [line.strip() for line in bundles.COMMENT.sub("", source.read_text()).splitlines()]
        code = [line for line in lines if not line.startswith("//")]
        assert "\n".join(line for line in code if line) in joined


def test_css_stays_within_its_budget():
    assert gzipped("css/app.css") <= 12 * 1024
    assert gzipped("css/trend.css") <= 2 * 1024  # of pages with a trend chart
    assert gzipped("css/map.css") <= 3.6 * 1024  # of maps: whoever reads or edits one
    assert gzipped("css/flow.css") <= 1024
    assert gzipped("css/outline.css") <= 2 * 1024
    assert gzipped("css/overview.css") <= 2 * 1024  # loaded by the Overview and the pages it leads to


def test_javascript_stays_within_its_budget():
    assert gzipped("js/app.js", HTMX) <= 35 * 1024
    assert gzipped("js/grid.js") <= 6 * 1024  # of maps
    assert gzipped("js/map.js") <= 9 * 1024  # of those who edit one
    assert gzipped("js/app.js", HTMX, "js/grid.js") <= 35 * 1024  # all that readers of a map load


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
