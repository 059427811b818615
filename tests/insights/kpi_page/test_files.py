"""The chart as SVG and PNG: what it says, who gets it, and that no name can do more than be read."""

import struct
import zlib
from datetime import date
from xml.etree import ElementTree

import pytest

from cxhub.web.png import png_of
from insights.models import Kpi
from journeys.models import Touchpoint
from tests.insights.numbers import answers, new_kpi, told

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [
    "Satisfaction 🛫🧳",
    "رضا العملاء عن الحجز",
    "x" * 200,
    '<script>alert("1")</script>&amp; "quoted" \'too\'',
    "../../etc/passwd\r\nX-Evil: 1",
    "\u202etxt.exe \x07 bell",
    "検索 " * 50,
]


def get(client, kpi, kind, query="?per=month&at=2018-05-07"):
    return client.get(f"/w/acme/kpis/{kpi.pk}/chart.{kind}{query}")


def texts(answer):
    root = ElementTree.fromstring(answer.content)
    return " ".join("".join(each.itertext()) for each in root.iter(f"{SVG}text"))


def dark_pixels(png):
    """Count the nearly black pixels of a PNG of ours (8 bit RGBA), without a library for images."""
    width, height = struct.unpack(">II", png[16:24])
    data, at = b"", 8
    while at < len(png):
        [length] = struct.unpack(">I", png[at : at + 4])
        data += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    raw, stride, before, dark = zlib.decompress(data), 4 * width, bytearray(4 * width), 0
    for row in range(height):
        start = row * (stride + 1)
        line = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), before)
        dark += sum(1 for x in range(0, stride, 4) if max(line[x : x + 3]) < 90)
        before = line
    return dark


def _unfiltered(kind, line, above):
    for x in range(len(line)):
        left, up = line[x - 4] if x >= 4 else 0, above[x]
        corner = above[x - 4] if x >= 4 else 0
        nearest = min((left, up, corner), key=lambda each: abs(left + up - corner - each))
        line[x] = (line[x] + [0, left, up, (left + up) // 2, nearest][kind]) & 255
    return line


def test_the_svg_says_what_it_is_of_and_where_the_numbers_come_from(world, kpi, sign_in):
    answer = get(sign_in(world.vi), kpi, "svg", "?per=year&at=2018-05-07")
    said = texts(answer)
    for words in (
        "Check-in",
        "2017 to 2018, by year · unit: score of 5",
        "From Survey",
        "Data through 7 May 2018",
        "Acme",
    ):
        assert words in said
    for words in ("Owner: Con", "Unconfirmed", "95 % interval", "On target", "Off target", "Target 4.00"):
        assert words in said
    assert answer["Content-Type"] == "image/svg+xml"
    assert "http" not in answer.content.decode().replace("http://www.w3.org/2000/svg", "")
    assert "style" not in answer.content.decode()


def test_the_svg_has_a_mark_for_each_value_and_a_band_for_each_target(world, kpi, sign_in):
    root = ElementTree.fromstring(get(sign_in(world.vi), kpi, "svg", "?per=year&at=2018-05-07").content)
    dots = [each for each in root.iter(f"{SVG}circle") if each.get("r") == "4.5"]
    assert len(dots) == 2
    zones = [each for each in root.iter(f"{SVG}rect") if each.get("data-zone")]
    assert [each.get("data-zone") for each in zones] == ["off_target", "on_target"] * 2
    first, second = zones[0], zones[2]
    assert float(first.get("x")) + float(first.get("width")) == pytest.approx(float(second.get("x")), abs=0.1)
    assert all("%" not in value for each in (*zones, *dots) for value in each.attrib.values())


def test_both_are_saved_under_name_and_period_and_never_opened(world, kpi, sign_in):
    for kind in ("svg", "png"):
        answer = get(sign_in(world.vi), kpi, kind, "?per=year&at=2018-05-07")
        disposition = answer["Content-Disposition"]
        assert disposition.startswith("attachment; ")
        assert f"Check-in-2017-to-2018.{kind}" in disposition
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_does_more_than_be_read(world, kpi, sign_in, name):
    with world.inside():
        Kpi.objects.filter(pk=kpi.pk).update(name=name.replace("\0", ""))
        Touchpoint.objects.filter(pk=kpi.touchpoint_id).update(name=name)
    svg, png = get(sign_in(world.vi), kpi, "svg"), get(sign_in(world.vi), kpi, "png")
    root = ElementTree.fromstring(svg.content)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        *("svg", "title", "desc", "rect", "text", "line", "path", "circle", "defs", "pattern"),
    }
    assert png.content.startswith(b"\x89PNG")
    for answer in (svg, png):
        file_name = answer["Content-Disposition"]
        assert len(file_name) < 900
        assert not any(each in file_name for each in ("/", "\r", "\n", "\u202e", "<", ".."))
    lines = [each for each in root.iter(f"{SVG}text") if each.get("font-size") == "24"]
    assert 1 <= len(lines) <= 4


def test_the_png_is_the_svg_with_its_text_drawn(world, kpi, sign_in):
    client = sign_in(world.vi)
    png = get(client, kpi, "png").content
    svg = get(client, kpi, "svg").content.decode()
    width = float(ElementTree.fromstring(svg).get("width"))
    assert struct.unpack(">I", png[16:20])[0] == 2 * width
    assert png == png_of(svg)
    assert dark_pixels(png_of(svg, zoom=0.5)) > dark_pixels(png_of(_mute(svg), zoom=0.5)) + 300


def _mute(svg):
    """The same picture without its words."""
    return "\n".join(line for line in svg.splitlines() if not line.startswith("<text"))


@pytest.mark.parametrize("word", ["Zufriedenheit", "رضا العملاء", "שביעות רצון", "Ευχαρίστηση", "Довольство"])
def test_the_font_that_comes_along_draws_the_word(word):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><path fill="#fff" d="M0 0h300v40H0Z"/>{}</svg>'
    )
    written = svg.format(f'<text x="10" y="28" font-size="20">{word}</text>')
    assert dark_pixels(png_of(written)) > dark_pixels(png_of(svg.format(""))) + 200


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_an_outsider_gets_no_file(world, kpi, sign_in, kind):
    path = f"/w/acme/kpis/{kpi.pk}/{'readings.csv' if kind == 'csv' else f'chart.{kind}'}"
    assert sign_in(world.ann).get(path).status_code == 404
    assert sign_in(world.vi).get(path).status_code == 200


def test_a_number_without_readings_gives_a_picture_that_says_so(world, sign_in):
    with world.inside():
        empty = new_kpi(world, "csat_top2")
    assert "No values in these periods." in texts(get(sign_in(world.vi), empty, "svg"))
    assert get(sign_in(world.vi), empty, "png").content.startswith(b"\x89PNG")


def test_a_range_in_the_address_is_the_range_of_the_file(world, kpi, sign_in):
    said = texts(get(sign_in(world.vi), kpi, "svg", "?per=month&at=2018-05-07&span=13"))
    assert "May 2017 to May 2018, by month" in said


def test_four_hundred_days_are_a_line_and_no_circle_each(world, kpi, sign_in):
    with world.inside():
        told(kpi, {date.fromordinal(date(2017, 4, 1).toordinal() + n): answers(*[3 + n % 3] * 30) for n in range(400)})
    answer = get(sign_in(world.vi), kpi, "svg", "?per=day&at=2018-05-05&span=400")
    assert answer.content.count(b'r="4.5"') == 1
    assert len(answer.content) < 60_000
