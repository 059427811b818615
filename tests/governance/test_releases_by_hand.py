"""Who keeps a touchpoint notes by hand what went live there, and corrects and removes what anybody noted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from governance.models import Release
from governance.services import releases as service
from journeys.models import Touchpoint
from journeys.services import touchpoints
from orgs.models import AuditEntry

BEFORE_SUMMER, IN_SUMMER = "2026-03-28T14:30", "2026-03-29T14:30"  # where Acme is, clocks went forward between
TOLD = {"name": "2.4", "released_at": BEFORE_SUMMER, "text": "Shorter menu", "link": "https://ci.example/2.4"}


def note(expected, member, **told):
    return expected.post(f"touchpoints/{expected.visit.pk}/releases/new/", member, **{**TOLD, **told})


def only(world):
    with world.inside():
        return Release.objects.get()


def entries(world):
    with world.inside():
        found = AuditEntry.objects.filter(action__endswith="_release").order_by("pk")
        return [(each.action.split(".")[1], str(each.actor), each.before, each.after) for each in found]


def test_its_lead_notes_it_and_the_chart_of_its_number_says_so(expected, world):
    kpi = expected.kpi()
    month = expected.read(kpi, [4.0] * 50)
    when = f"{month.starts_on}T14:30"
    assert b"Noted." in note(expected, world.lea, released_at=when).content
    made = only(world)
    told = datetime.fromisoformat(when).replace(tzinfo=world.acme.tzinfo)
    assert (made.released_at, made.by_id, made.origin) == (told, world.lea.pk, "")
    page = expected.get(f"touchpoints/{expected.visit.pk}/", world.lea).content.decode()
    for words in (
        "Shorter menu",
        'href="https://ci.example/2.4"',
        "14:30",
        "Lea noted the release 2.4",
        "Note a release",
    ):
        assert words in page
    chart = f"kpis/{kpi.pk}/?per=month&at={month.starts_on}"
    assert "Release 2.4 of Visit went live" in expected.get(chart, world.vi).content.decode()
    assert note(expected, world.lea, released_at=when).status_code == 200  # the same again
    gone = expected.post(f"releases/{made.pk}/removal/", world.lea, version=1).content.decode()
    assert "Removed." in gone
    assert "went live" not in expected.get(chart, world.vi).content.decode()
    assert [(action, who) for action, who, _before, _after in entries(world)] == [
        ("note_release", "Lea"),
        ("remove_release", "Lea"),
    ]
    assert entries(world)[1][2]["text"] == "Shorter menu"
    assert "Lea removed the release 2.4" in expected.get(f"touchpoints/{expected.visit.pk}/", world.vi).content.decode()


def test_what_ci_noted_is_corrected_and_the_minute_that_nobody_touched_stays(expected, world):
    moment = datetime(2026, 3, 28, 13, 30, 12, 345, tzinfo=UTC)
    with world.inside():
        made, _new = service.note(
            touchpoint=expected.visit, name="2.4", by=world.ivo, now=timezone.now(), released_at=moment, origin="CI"
        )
    page = expected.get(f"releases/{made.pk}/", world.max).content.decode()
    assert f'value="{BEFORE_SUMMER}"' in page
    assert b"Saved." in expected.post(f"releases/{made.pk}/", world.max, **TOLD, version=1).content
    assert (only(world).released_at, only(world).text, only(world).version) == (moment, "Shorter menu", 2)
    answer = expected.post(f"releases/{made.pk}/", world.max, **{**TOLD, "released_at": IN_SUMMER}, version=2)
    assert b"Saved." in answer.content
    assert only(world).released_at == datetime(2026, 3, 29, 12, 30, tzinfo=UTC)
    action, who, before, after = entries(world)[-1]
    assert (action, who) == ("correct_release", "Max")
    assert (before["released_at"], after["released_at"]) == (moment.isoformat(), "2026-03-29T12:30:00+00:00")
    assert expected.post(f"releases/{made.pk}/", world.max, **{**TOLD, "released_at": IN_SUMMER}, version=3).status_code
    assert (len(entries(world)), only(world).version) == (3, 3)  # nothing was changed
    assert (
        "Max corrected the release 2.4" in expected.get(f"touchpoints/{expected.visit.pk}/", world.vi).content.decode()
    )


def test_others_only_read(expected, world):
    note(expected, world.lea)
    made = only(world)
    for member, status in ((world.vi, 403), (expected.sol, 403), (world.ivo, 403), (world.ann, 404)):
        assert note(expected, member, name="2.5").status_code == status
        assert expected.post(f"releases/{made.pk}/", member, **TOLD, version=1).status_code == status
        assert expected.post(f"releases/{made.pk}/removal/", member, version=1).status_code == status
    for path in ("", "releases/"):
        page = expected.get(f"touchpoints/{expected.visit.pk}/{path}", world.vi).content.decode()
        assert ("2.4" in page, "Note a release" in page, ">Correct " in page) == (True, False, False)
    assert (only(world).version, len(entries(world))) == (1, 1)


def test_what_cannot_be_is_explained(expected, world):
    note(expected, world.lea)
    made = only(world)
    ahead = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    for told, words in (
        ({"released_at": ahead, "name": "3"}, "lies ahead"),
        ({"released_at": "2026-03-29T02:30", "name": "3"}, "couldn’t be interpreted"),  # left out that night
        ({"released_at": "yesterday", "name": "3"}, "valid date/time"),
        ({"text": "Something else"}, "another name"),
        ({"name": " "}, "This field is required"),
        ({"name": "3", "link": "javascript:alert(1)"}, "valid URL"),
    ):
        answer = note(expected, world.lea, **told)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), (told, words)
    note(expected, world.lea, name="2.5")
    for told, words in (
        ({"name": "2.5", "version": 1}, "another name"),
        ({"text": "x", "version": 7}, "after you opened this page"),
        ({"text": "x", "version": ""}, "after you opened this page"),
    ):
        answer = expected.post(f"releases/{made.pk}/", world.lea, **{**TOLD, **told})
        assert (answer.status_code, words in answer.content.decode()) == (422, True), (told, words)
    assert "after you opened" in expected.post(f"releases/{made.pk}/removal/", world.lea, version="x").content.decode()
    with world.inside():
        visit = Touchpoint.objects.get(pk=expected.visit.pk)
        touchpoints.archive(touchpoint=visit, version=visit.version, by=world.max, now=timezone.now())
    assert "Restore it" in expected.post(f"releases/{made.pk}/removal/", world.max, version=1).content.decode()
    with world.inside():
        assert sorted(Release.objects.values_list("name", "text")) == [("2.4", "Shorter menu"), ("2.5", "Shorter menu")]


def test_the_same_note_names_each_version_once_in_any_hands(expected, world):
    with world.inside():
        now = timezone.now()
        first, is_new = service.note(touchpoint=expected.visit, name="2.4", by=world.lea, now=now)
        again, is_new_again = service.note(touchpoint=expected.visit, name=" 2.4 ", by=world.ivo, now=now, origin="CI")
        assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
        service.remove(release=first, version=1, by=world.max)
        with pytest.raises(service.WasChanged):
            service.remove(release=first, version=1, by=world.max)


def test_what_ci_sends_again_after_a_correction_changes_nothing(expected, world):
    now, moment = timezone.now(), datetime(2026, 3, 28, 13, 30, tzinfo=UTC)
    sent = {"touchpoint": expected.visit, "name": "2.4", "text": "Shorter menu", "by": world.ivo, "released_at": moment}
    with world.inside():
        made, _new = service.note(now=now, origin="CI", **sent)
        told = {"released_at": moment, "link": "", "by": world.max, "now": now}
        service.correct(release=made, version=1, name="2.4", text="Menu", **told)
        service.correct(release=made, version=2, name="Spring menu", text="A menu of three", **told)
        for again in (sent, {**sent, "released_at": None}):
            found, is_new = service.note(now=now, origin="CI", **again)
            assert (found.pk, found.name, found.text, is_new) == (made.pk, "Spring menu", "A menu of three", False)
        with pytest.raises(service.IsAnother):
            service.note(now=now, **{**sent, "name": "Spring menu"})
        other, is_new = service.note(now=now, **{**sent, "text": "Another 2.4"})
        assert (other.pk != made.pk, is_new) == (True, True)
        assert Release.objects.count() == 2


def test_a_corrected_text_still_stands_for_what_was_sent(expected, world):
    now, sent = timezone.now(), {"touchpoint": expected.visit, "name": "2.4", "text": "Shorter menu", "by": world.ivo}
    with world.inside():
        made, _new = service.note(now=now, **sent)
        told = {"released_at": made.released_at, "link": "", "by": world.max, "now": now}
        service.correct(release=made, version=1, name="2.4", text="Menu", **told)
        for text in ("Shorter menu", "Menu"):
            assert service.note(now=now, **{**sent, "text": text})[0].text == "Menu"
        with pytest.raises(service.IsAnother):
            service.note(now=now, **{**sent, "text": "Longer menu"})
