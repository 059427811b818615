"""The pages of files that come by themselves: choose, look, accept, see what was taken."""

import pytest
from django.urls import reverse

from connectors.models import Feed, Supply, SyncRun
from tests.connectors.file.test_wizard import said
from tests.outside import answer

FILE = ("Desk", "2026-05-11", 4)


def at(world, name, *args):
    return reverse(name, args=[world.acme.slug, *args])


@pytest.fixture
def ivo(world, sign_in):
    return sign_in(world.ivo)


def test_a_folder_is_chosen_looked_at_accepted_and_its_files_are_listed(world, ivo, room, work_off):
    room.put("in/may.csv", FILE, age_days=1)
    new = at(world, "folder_new")
    assert '<option value="in">in</option>' in ivo.get(new).content.decode()
    looked = ivo.post(new, {"folder": "in", "pattern": "*.csv"})
    page = ivo.get(looked.url)
    text = page.content.decode()
    assert "This is the newest file." in text
    assert "Look for new files" in text
    with world.inside():
        assert not Feed.objects.exists()
    accepted = ivo.post(looked.url, said(page, interval="15", feed_name="Drops"))
    with world.inside():
        feed = Feed.objects.get()
    assert accepted.url == at(world, "supply", feed.pk)
    assert feed.interval_minutes == 15
    work_off(feed)
    text = ivo.get(accepted.url).content.decode()
    assert "in/*.csv" in text
    assert "may.csv" in text
    assert "1 rows read: 1 used" in text


def test_an_address_is_looked_at_and_accepted(world, ivo, serve, work_off):
    server = serve(answer(b"touchpoint,date,score\r\nDesk,2026-05-11,4\r\n"))
    looked = ivo.post(at(world, "address_new"), {"url": f"{server.url}/may.csv", "sign_in": "none"})
    page = ivo.get(looked.url)
    accepted = ivo.post(looked.url, said(page, interval="1440"))
    with world.inside():
        feed = Feed.objects.get()
    work_off(feed)
    assert f"{server.url}/may.csv" in ivo.get(accepted.url).content.decode()


def test_how_they_are_read_can_be_changed(world, ivo, room, watch, work_off):
    room.put("may.csv", FILE, age_days=1)
    feed = watch()
    work_off(feed)
    looked = ivo.post(at(world, "supply_look", feed.pk))
    page = ivo.get(looked.url)
    assert "Look for new files" not in page.content.decode()
    assert ivo.post(looked.url, said(page, decimal_comma="on")).url == at(world, "supply", feed.pk)
    with world.inside():
        assert Feed.objects.get().mapping["decimal_comma"] is True
        assert SyncRun.objects.unfinished().fetching().count() == 1


def test_where_they_come_from_can_be_changed(world, ivo, room, watch, work_off):
    room.put("may.csv", FILE, age_days=1)
    room.put("in/june.csv", FILE, age_days=1)
    feed = watch()
    work_off(feed)
    settings = at(world, "supply_settings", feed.pk)
    assert 'value="*.csv"' in ivo.get(settings).content.decode()
    looked = ivo.post(settings, {"folder": "in", "pattern": "june*"})
    assert "june.csv" in ivo.get(looked.url).content.decode()
    with world.inside():
        assert Supply.objects.get().settings == {"folder": "in", "pattern": "june*"}


def test_a_kept_secret_is_never_shown(world, ivo, serve, fetching):
    feed = fetching(serve(answer(b"touchpoint,date,score\r\nDesk,2026-05-11,4\r\n")).url, "bearer", secret="hush-hush")
    text = ivo.get(at(world, "supply_settings", feed.pk)).content.decode()
    assert "A secret is kept." in text
    assert "hush-hush" not in text


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"folder": "../umbra", "pattern": "*"}, "This folder is not there. Choose one of those listed."),
        ({"folder": "", "pattern": "a/b"}, "leave out slashes"),
        ({"folder": "", "pattern": "*.xls"}, "No file fits “*.xls”."),
    ],
    ids=["outside", "slash", "nothing fits"],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(world, ivo, room, posted, sentence):
    room.put("may.csv", FILE, age_days=1)
    answer = ivo.post(at(world, "folder_new"), posted)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{posted["pattern"]}"' in answer.content.decode()


def test_a_missing_folder_is_said_before_anything_is_asked(world, ivo, import_root):
    (import_root / "acme").rmdir()
    answer = ivo.get(at(world, "folder_new"))
    assert answer.status_code == 422
    assert "The folder “acme” is not there. Ask the operator to make it." in answer.content.decode()


def test_every_file_can_be_taken_again(world, ivo, room, watch, work_off, read_files):
    room.put("may.csv", FILE, age_days=1)
    feed = watch()
    work_off(feed)
    assert ivo.post(at(world, "supply_again", feed.pk)).status_code == 302
    work_off(feed)
    assert read_files(feed) == [("may.csv", "done"), ("may.csv", "unchanged")]


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_is_searched_and_costs_the_same_however_long(
    world, ivo, room, watch, work_off, django_assert_max_num_queries, count
):
    for number in range(count):
        room.put(f"{number:02}.csv", ("Desk", "2026-05-11", number % 5 + 1), age_days=90 - number)
    feed = watch()
    work_off(feed)
    page = at(world, "supply", feed.pk)
    with django_assert_max_num_queries(19):
        ivo.get(page)
    found = ivo.get(page + "?q=00.c").content.decode()
    assert "00.csv" in found
    assert "59.csv" not in found
    assert "No file of this name was taken" in ivo.get(page + "?q=nowhere").content.decode()


def test_who_views_sees_the_files_and_no_buttons(world, room, watch, work_off, sign_in):
    room.put("may.csv", FILE, age_days=1)
    feed = watch()
    work_off(feed)
    text = sign_in(world.vi).get(at(world, "supply", feed.pk)).content.decode()
    assert "may.csv" in text
    assert "Look now" not in text
    assert sign_in(world.ann).get(at(world, "supply", feed.pk)).status_code == 404


def test_a_newest_file_that_is_no_table_leads_back_to_the_folder(world, ivo, room):
    room.put("may.csv", data=b"%PDF-1.7 nothing")
    looked = ivo.post(at(world, "folder_new"), {"folder": "", "pattern": "*.csv"})
    page = ivo.get(looked.url)
    assert page.status_code == 422
    assert "an old workbook, a document or an archive" in page.content.decode()
    assert at(world, "folder_new") in page.content.decode()
