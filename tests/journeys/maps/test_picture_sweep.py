"""Pictures that nothing shows any more go after a month; whatever a map, version, template or file leads to stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journeys.models import MapCell, Picture
from journeys.pipelines import picture_sweep
from journeys.services import cells, imports, pictures, templates, versions
from orgs.models import AuditEntry
from tests.journeys.maps.map_files import document_of, png, storyboard

NOW = timezone.now()
LATER = NOW + timedelta(days=31)


@pytest.fixture
def shown(desk, world):
    with world.inside():
        storyboard(desk, png(1))
        return MapCell.objects.exclude(text="").get()


def replace(world, cell, body=None):
    with world.inside():
        text = f"{pictures.keep(body).sha256}\nAnother" if body else ""
        held = MapCell.objects.select_related("lane", "step").get(pk=cell.pk)
        cells.write(lane=held.lane, step=held.step, text=text, version=held.version, by=world.max)


def there(world):
    with world.inside():
        return {bytes(row.data) for row in Picture.objects.all()}


def test_a_replaced_picture_goes_after_a_month_and_the_one_in_its_place_stays(world, shown):
    replace(world, shown, png(2))
    picture_sweep.sweep(NOW)
    assert there(world) == {png(1), png(2)}  # undo may want it back
    picture_sweep.sweep(LATER)
    assert picture_sweep.sweep(LATER) == 0
    assert there(world) == {png(2)}
    with world.inside():
        assert AuditEntry.objects.filter(action="picture.remove").count() == 1


@pytest.mark.parametrize("held_by", ["version", "template", "file"])
def test_what_a_version_template_or_open_file_shows_stays(held_by, desk, world, shown):
    with world.inside():
        if held_by == "version":
            versions.publish(drawn=desk.map, note="", is_major=True, by=world.max, now=NOW)
        elif held_by == "template":
            templates.keep(drawn=desk.map, name="Trip", with_texts=True, by=world.max, now=NOW)
        else:
            told = document_of(desk.map.pk)
            imports.keep_map(name="a.json", document=told, left_out=[], foreign=None, by=world.max)
    replace(world, shown)
    for day in (NOW, LATER):
        picture_sweep.sweep(day)
    assert there(world) == {png(1)}


def test_one_that_is_shown_again_begins_anew(world, shown):
    replace(world, shown)
    picture_sweep.sweep(NOW)
    replace(world, shown, png(1))
    replace(world, shown)
    picture_sweep.sweep(LATER)
    assert there(world) == {png(1)}
    picture_sweep.sweep(LATER + timedelta(days=31))
    assert there(world) == set()


def test_pictures_of_another_company_are_judged_by_its_own_maps(world, shown):
    with world.inside_umbra():
        pictures.keep(png(1))
        before = Picture.objects.count()
    picture_sweep.sweep(NOW)
    picture_sweep.sweep(LATER)
    assert there(world) == {png(1)}
    with world.inside_umbra():
        assert Picture.objects.count() < before
