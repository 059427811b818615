"""Search tells nobody what the person may not read: another company, private comments, addresses, others' actions."""

import pytest
from django.utils import timezone

from orgs.models import MemberRole
from orgs.services import comments
from tests.world import CANARY

SEARCH = "/w/acme/search/"
HX = {"HX-Request": "true"}
EVERYBODY = ["ada", "eli", "lea", "max", "ivo", "con", "vi"]
NEW = {
    "ada": {"New touchpoint", "New finding", "New journey", "New connection", "Upload a file", "Invite people"},
    "eli": set(),
    "lea": {"New touchpoint"},
    "max": {"New touchpoint", "New finding", "New journey"},
    "ivo": {"New connection", "Upload a file"},
    "con": set(),
    "vi": set(),
}


def said(client, words, headers=None, **more):
    answer = client.get(SEARCH, {"q": words, **more}, headers=headers or {})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_finds_a_word_of_another_company(world, sign_in, who):
    world.fill_acme()
    client = sign_in(getattr(world, who))
    theirs = ",".join(
        f"{kind}-{world.umbra_rows[kind].pk}" for kind in ("touchpoint", "map", "finding", "kpi", "member")
    )
    theirs = theirs.replace("member-", "person-")
    for headers in ({}, HX):
        for words in ("umbra", "secrets", "canary-of"):
            assert CANARY not in said(client, words, headers)
        assert CANARY not in said(client, "", headers, recent=theirs)


def test_an_outsider_and_somebody_without_a_role_get_nothing(world, sign_in, client):
    world.fill_acme()
    assert client.get(SEARCH)["Location"].startswith("/accounts/sign-in/")
    assert sign_in(world.ann).get(f"{SEARCH}?q=canary").status_code == 404
    with world.inside():
        MemberRole.objects.filter(member=world.con).delete()
    assert sign_in(world.con).get(f"{SEARCH}?q=canary").status_code == 403


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_comment_to_the_owner_only_is_never_found(world, sign_in, who):
    rows = world.fill_acme()
    with world.inside():
        told = {"text": "Zanzibar is the reason", "is_private": True, "by": world.con, "now": timezone.now()}
        comments.write(about=rows["map"], **told)
    assert "Zanzibar is the reason" not in said(sign_in(getattr(world, who)), "zanzibar")


@pytest.mark.parametrize("who", EVERYBODY)
def test_addresses_are_for_those_who_manage_people(world, sign_in, who):
    client = sign_in(getattr(world, who))
    by_address, by_name = said(client, "lea@acme"), said(client, "lea")
    assert ("Department lead" in by_name) is True
    assert ("lea@acme.test" in by_name.replace(f"{who}@acme.test", "")) is (who == "ada")
    assert ("found-person" in by_address) is (who == "ada")


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_what_one_may_begin_is_offered_and_it_opens(world, sign_in, who):
    client = sign_in(getattr(world, who))
    groups = {group.key: group for group in client.get(SEARCH).context["groups"]}
    offered = {choice.text: choice.url for choice in groups["actions"].choices} if "actions" in groups else {}
    assert set(offered) - {"Ask for an update"} == NEW[who]
    assert ("Ask for an update" in offered) is (who in {"ada", "eli", "max"})
    for group in ("actions", "pages"):
        for choice in groups[group].choices if group in groups else ():
            assert client.get(choice.url).status_code == 200, choice.text


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_that_is_found_opens(world, sign_in, who):
    client = sign_in(getattr(world, who))
    found = [group for letter in "aeiou" for group in client.get(SEARCH, {"q": letter}).context["groups"]]
    for url in {choice.url for group in found if group.key == "pages" for choice in group.choices}:
        assert client.get(url).status_code == 200, url


def test_on_the_page_of_a_record_the_action_is_about_it(world, sign_in):
    rows = world.fill_acme()
    client = sign_in(world.max)
    for page, then in (("touchpoints", "update-requests"), ("maps", "update-requests"), ("maps", "outline")):
        pk = rows["touchpoint" if page == "touchpoints" else "map"].pk
        here = {"HX-Current-URL": f"http://testserver/w/acme/{page}/{pk}/?per=month"}
        answer = client.get(SEARCH, {"q": ""}, headers=here)
        urls = [choice.url for group in answer.context["groups"] for choice in group.choices]
        assert f"/w/acme/{page}/{pk}/{then}/" in urls
    elsewhere = {"HX-Current-URL": f"http://testserver/w/umbra/maps/{world.umbra_rows['map'].pk}/"}
    assert "/w/umbra/" not in client.get(SEARCH, {"q": ""}, headers=elsewhere).content.decode()


def test_recent_records_are_worded_as_they_are_now_and_in_order(world, sign_in):
    rows = world.fill_acme()
    touchpoint, drawn = rows["touchpoint"], rows["map"]
    with world.inside():
        type(touchpoint).objects.filter(pk=touchpoint.pk).update(name="Another name")
    recent = f"map-{drawn.pk},touchpoint-{touchpoint.pk},map-{drawn.pk},touchpoint-999999,dragon-1,touchpoint-x"
    groups = sign_in(world.vi).get(SEARCH, {"recent": recent}).context["groups"]
    assert groups[0].key == "recent"
    assert [choice.text for choice in groups[0].choices] == [drawn.title, "Another name"]


HOSTILE = ["%", "_", "\\", "'", '"', "\0", "a\0b", "';--", "x" * 10_000, "a " * 5_000, "🚀", "שלום", "\u0301", "  "]
HOSTILE += ["<script>alert(1)</script>", "t:", "k: %", "\u202eabc", "％", "(((", "*:*", "{{7*7}}", "\ud7ff", "İ"]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_break_nothing(world, sign_in, words):
    client = sign_in(world.vi)
    for headers in ({}, HX):
        for more in ({}, {"kind": "touchpoint", "page": "x"}, {"kind": "dragon"}):
            text = said(client, words, headers, **more)
            assert "<script>alert" not in text


@pytest.mark.parametrize("words", ["%", "_", "\\", "\u0301x\u0301%"])
def test_signs_of_patterns_are_letters_like_others(world, sign_in, words):
    world.fill_acme()
    text = said(sign_in(world.vi), words)
    assert "found-touchpoint" not in text
    assert "Nothing is called" in text


def test_nothing_found_says_where_was_looked(world, sign_in):
    text = said(sign_in(world.vi), "zzz<b>")
    assert "Nothing is called “zzz&lt;b&gt;”" in text
    assert "Looked in: Journeys, Touchpoints, Findings, KPIs, People" in text
    assert "Nothing is called “zzz”." in said(sign_in(world.vi), "zzz", HX)
