"""Components on their own: what they show in each state, and that names are never markup."""

import pytest
from django.template.loader import render_to_string

from cxhub.web.marks import MARKS
from cxhub.web.samples import lists, numbers
from cxhub.web.samples.names import HOSTILE

ESCAPED = "&lt;b&gt;Bold&lt;/b&gt; &amp; &quot;quoted&quot; &#x27;name&#x27;"


TAGS = ("div", "span", "table", "thead", "tbody", "tr", "th", "td", "svg", "path", "bdi", "a", "label", "input")


def render(component, **context):
    return render_to_string(f"components/{component}.html", context)


@pytest.mark.parametrize("status", MARKS)
def test_a_chip_has_a_shape_and_a_word(status):
    chip = render("chip", status=status)
    assert "<svg" in chip
    assert str(MARKS[status].word) in chip


def test_a_chip_takes_another_word():
    assert "5.16 below" in render("chip", status="off_target", word="5.16 below")


@pytest.mark.parametrize("size", ["l", "m", "s"])
@pytest.mark.parametrize("tile", numbers.TILES, ids=lambda tile: tile["status"] + "-" + tile["freshness"])
def test_value_status_word_and_age_never_drop(tile, size):
    html = render("kpi_tile", tile=tile, size=size)
    for text in (tile["value_text"], tile["status_word"], tile["data_through_text"]):
        assert text in html


def test_a_tile_without_a_value_shows_a_dash_not_a_zero():
    html = render("kpi_tile", tile=numbers.TILES[-1])
    assert '<span class="kpi-value">–</span>' in html.replace("\n", "")


def test_a_stale_tile_says_its_age_and_mutes_the_last_status():
    stale = next(tile for tile in numbers.TILES if tile["freshness"] == "stale")
    html = render("kpi_tile", tile=stale)
    assert 'data-status="stale"' in html
    assert "12 days old" in html
    assert "data-muted" in html


def test_an_arrow_shows_direction_and_the_words_say_it():
    html = render("kpi_tile", tile=numbers.TILE | {"change_direction": "down", "change_text": "down 2 vs 2016"})
    assert "down 2 vs 2016" in html


def test_a_missing_owner_is_a_link_to_assign_one():
    html = render("owner", name="", url="/assign/")
    assert 'href="/assign/"' in html
    assert "No owner" in html


def test_a_sparkline_has_words_and_survives_no_values():
    assert "<title>NPS 2012 to 2018" in render("sparkline", spark=numbers.SPARK)
    assert "No values yet" in render("sparkline", spark={"values": [], "target": None})


def test_a_chart_has_a_table_twin_with_every_period():
    html = render("trend_chart", chart=numbers.charts()["chart"])
    assert html.count('<th scope="row">') == 7
    assert "37.2 to 42.5" in html
    assert "A gap is a period without answers." in html


def test_a_chart_without_points_says_so():
    assert "No values in these periods." in render("trend_chart", chart={"points": []})


def test_names_are_never_markup():
    rows = [[{"text": HOSTILE, "url": "#"}, {"text": HOSTILE, "sub": HOSTILE}]]
    pieces = [
        render("table", label=HOSTILE, headers=[], rows=rows),
        render("card", title=HOSTILE, text=HOSTILE),
        render("owner", name=HOSTILE),
        render("toast", text=HOSTILE),
        render("empty_state", title=HOSTILE, why=HOSTILE),
        render("page_header", title=HOSTILE, crumbs=[{"label": HOSTILE, "url": "#"}]),
        render("kpi_tile", tile=numbers.TILE | {"name": HOSTILE, "owner_text": HOSTILE}),
        render("filter_bar", filters={"search": HOSTILE, "chips": [{"label": HOSTILE, "url": "#"}]}),
    ]
    for piece in pieces:
        assert ESCAPED in piece
        assert "<b>" not in piece


def test_an_empty_table_says_so_across_all_columns():
    html = render("table", label="x", headers=[{"label": "A"}, {"label": "B"}], rows=[], empty_text="No runs yet.")
    assert 'colspan="2"' in html
    assert "No runs yet." in html


def test_the_sorted_header_says_its_direction():
    html = render("table_head", headers=[{"label": "Name", "url": "?sort=-name", "sort": "ascending"}])
    assert 'aria-sort="ascending"' in html


def test_an_unknown_total_is_a_progress_without_a_value():
    html = render("progress", label="Import", status="queued")
    assert "value=" not in html
    assert "max=" not in html
    assert 'max="144662"' in render("progress", label="Import", value=0, maximum=144_662)
    assert 'value="0"' in render("progress", label="Import", value=0, maximum=144_662)


def test_the_end_of_the_periods_is_no_link():
    html = render("period_control", period={"label": "2018", "previous_url": "?p=2017", "next_url": ""})
    assert 'rel="prev"' in html
    assert 'rel="next"' not in html


def test_a_map_is_a_table_with_a_stage_over_its_steps():
    html = render("journey_grid", grid=lists.grid(stages=3, steps=2, lanes=2))
    assert html.count('scope="colgroup" colspan="2"') == 3
    assert html.count('role="cell"') == 12
    assert html.count('type="radio"') == 3


def test_a_map_with_one_stage_has_no_stage_switch():
    assert "radio" not in render("journey_grid", grid=lists.grid(stages=1, steps=2, lanes=1))


def test_a_lane_with_too_few_cells_is_a_bug_and_fails():
    grid = lists.grid(stages=2, steps=2, lanes=1)
    grid["lanes"][0]["cells"].pop()
    with pytest.raises(ValueError, match="shorter"):
        render("journey_grid", grid=grid)


def test_the_biggest_map_stays_under_6000_nodes():
    html = render("journey_grid", grid=lists.grid(stages=8, steps=5, lanes=12))
    nodes = sum(html.count(f"<{tag}") for tag in TAGS)
    assert nodes < 6000
