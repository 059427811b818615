"""What search finds, and in which order: the best match first, whatever its kind; the same as each kind's own list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import urlencode

from journeys.models import Finding, Map, Touchpoint
from journeys.services import findings, touchpoints
from orgs.models import User
from tests.world import lay_out

HX = {"HX-Request": "true"}


@pytest.fixture
def search(world, sign_in):
    """Returns a function that asks as somebody and gives the groups found, by key."""

    def _search(words, who="vi", **more):
        answer = sign_in(getattr(world, who)).get("/w/acme/search/", {"q": words, **more})
        assert answer.status_code == 200
        return {group.key: group for group in answer.context["groups"]}

    return _search


def texts(group):
    return [choice.text for choice in group.choices]


def named(world, *names):
    with world.inside():
        for name in names:
            touchpoints.find_or_create(name, by=world.ada)


def test_the_very_name_then_beginnings_then_words_then_parts(world, search):
    named(world, "Prebilling", "Online billing", "Billing desk", "Billing", "Bill of the desk")
    found = texts(search("billing")["touchpoint"])
    assert found == ["Billing", "Billing desk", "Online billing", "Prebilling"]


@pytest.mark.parametrize("typed", ["cafe muller", "CAFÉ MÜLLER", "muller café", "Müll caf", "cafe  muller "])
def test_accents_capitals_and_order_of_words_make_no_difference(world, search, typed):
    named(world, "Café Müller", "Cafeteria")
    assert texts(search(typed)["touchpoint"]) == ["Café Müller"]


def test_a_hyphen_parts_words(world, search):
    named(world, "Check-in", "Fast check-in lane")
    assert texts(search("in")["touchpoint"])[0] == "Check-in"
    assert texts(search("check in")["touchpoint"]) == ["Check-in", "Fast check-in lane"]


def test_the_promise_is_searched_too_and_comes_last(world, search):
    named(world, "Lounge", "Desk")
    with world.inside():
        Touchpoint.objects.filter(name="Desk").update(promise="As calm as in the lounge")
    assert texts(search("lounge")["touchpoint"]) == ["Lounge", "Desk"]


def test_a_map_is_found_by_title_journey_and_owner(world, search):
    with world.inside():
        drawn = lay_out("I get my heat pump", [], world.max)
        Map.objects.filter(pk=drawn.pk).update(owner=world.max)
    for words in ("heat pump", "HEAT", "max"):
        assert "I get my heat pump" in texts(search(words)["map"]), words


def test_a_finding_is_found_by_its_words_and_says_its_kind(world, search):
    with world.inside():
        told = {"name": "Long queue", "description": "At the counter", "evidence": "reasoned", "owner": world.max}
        findings.create(kind="pain", values=told, by=world.ada)
        findings.create(kind="need", values={"name": "Be served"}, by=world.ada)
    [found] = search("n: counter")["finding"].choices
    assert (found.text, found.detail) == ("Long queue", "Pain · Reasoned · Max")


def test_a_kpi_is_found_by_measure_name_and_subject(world, search):
    rows = world.fill_acme()
    assert any("Promoter" in text or "NPS" in text for text in texts(search("nps canary touchpoint")["kpi"]))
    with world.inside():
        type(rows["kpi"]).objects.filter(pk=rows["kpi"].pk).update(name="Days to the visit")
    found = search("days visit")["kpi"]
    assert len(found.choices) == 1
    assert "Days to the visit" in texts(found)[0]
    assert found.choices[0].url.endswith(f"#kpi-{rows['kpi'].pk}") or "/kpis/" in found.choices[0].url


def test_pages_and_actions_are_found_by_their_names(search):
    assert search("home")["pages"].choices[0].url == "/w/acme/"
    assert search("inbox")["pages"].choices[0].url == "/w/acme/inbox/"
    assert "Switch to dark" in texts(search("dark theme")["actions"])


def test_the_kind_with_the_best_match_comes_first(world, sign_in):
    named(world, "At home with Lea", "Homework")
    client = sign_in(world.vi)
    assert [g.key for g in client.get("/w/acme/search/?q=home").context["groups"]] == ["pages", "touchpoint"]
    assert [g.key for g in client.get("/w/acme/search/?q=lea").context["groups"]][0] == "person"


@pytest.mark.parametrize(("typed", "kind"), [("t: lea", "touchpoint"), ("P:lea", "person"), ("j :lea", "map")])
def test_a_letter_asks_for_one_kind(world, search, typed, kind):
    named(world, "Lead time")
    with world.inside():
        lay_out("Leaving", [], world.max)
    assert list(search(typed)) == [kind]


def test_an_unknown_letter_is_part_of_the_words(world, search):
    named(world, "x: ray")
    assert texts(search("x: ray")["touchpoint"]) == ["x: ray"]


@pytest.mark.parametrize("words", ["canary", "canary acme", "of", "nothing-like-this", "100%", "a_b", "\\"])
@pytest.mark.parametrize("who", ["ada", "vi"])
def test_all_leads_to_a_list_of_just_as_many(world, sign_in, words, who):
    world.fill_acme()
    named(world, "100% sure", "a_b", "a\\b", "axb", *(f"Desk of {n}" for n in range(12)))
    client = sign_in(getattr(world, who))
    for group in client.get("/w/acme/search/", {"q": words}).context["groups"]:
        pages = {"map": "journeys", "touchpoint": "touchpoints", "person": "people", "finding": "findings"}
        if group.key in pages:
            listed = client.get(f"/w/acme/{pages[group.key]}/?{urlencode({'q': words})}").context["page"]
            assert listed.total == group.count, group.key
        if group.key in (*pages, "kpi"):
            whole = client.get("/w/acme/search/", {"q": words, "kind": group.key}).context["page"]
            assert whole.total == group.count, group.key


def test_at_most_eight_of_a_kind_and_the_way_to_all(world, search):
    named(world, *(f"Desk {n}" for n in range(20)))
    group = search("desk")["touchpoint"]
    assert len(group.choices) == 8
    assert group.count == 20
    assert group.all_url == "/w/acme/touchpoints/?q=desk"


def test_one_kind_alone_goes_on_by_pages(world, sign_in):
    named(world, *(f"Desk {n:02}" for n in range(30)))
    client = sign_in(world.vi)
    first = client.get("/w/acme/search/?q=desk&kind=touchpoint")
    second = client.get("/w/acme/search/?q=desk&kind=touchpoint&page=2")
    seen = [text for answer in (first, second) for text in texts(answer.context["groups"][0])]
    assert sorted(seen) == [f"Desk {n:02}" for n in range(30)]


def test_archived_and_merged_records_and_people_who_left_are_not_found(world, search):
    rows = world.fill_acme()
    with world.inside():
        now = rows["touchpoint"].created_at
        Touchpoint.objects.update(archived_at=now)
        Map.objects.update(archived_at=now)
        Finding.objects.update(archived_at=now)
        type(world.vi).objects.exclude(pk=world.vi.pk).update(left_at=now)
    assert not {"map", "touchpoint", "finding", "kpi", "person"} & set(search("canary"))


def test_as_many_queries_for_many_as_for_few(world, sign_in):
    world.fill_acme()
    client = sign_in(world.vi)
    few = {each: _queries(client, each) for each in ("page", "palette", "recent")}
    with world.inside():
        for number in range(30):
            touchpoint, _ = touchpoints.find_or_create(f"Canary {number}", by=world.ada)
            lay_out(f"Canary {number}", [touchpoint], world.max)
            findings.find_or_create(kind="pain", name=f"Canary {number}", by=world.ada)
    assert {each: _queries(client, each) for each in few} == few
    assert max(few.values()) < 12


def _queries(client, which):
    """Questions about rows; those that open and close the scope are the same on every page."""
    headers = {} if which == "page" else HX
    recent = ",".join(f"{kind}-{n}" for kind in ("touchpoint", "map", "finding", "kpi", "person") for n in (1, 2))
    query = {"recent": recent} if which == "recent" else {"q": "canary"}
    client.get("/w/acme/search/", query, headers=headers)
    with CaptureQueriesContext(connection) as seen:
        client.get("/w/acme/search/", query, headers=headers)
    return sum(query["sql"].startswith("SELECT") for query in seen)


def test_a_person_is_found_without_accents(world, search):
    User.objects.filter(pk=world.lea.user_id).update(name="Léa Ångström")
    assert texts(search("lea angstrom")["person"]) == ["Léa Ångström"]


def test_a_department_is_found_and_leads_to_what_it_accepted(world, search):
    world.fill_acme()
    [found] = search("serv")["department"].choices
    assert (found.text, found.detail) == ("Service", "0 touchpoints · Lea")
    assert found.url == f"/w/acme/touchpoints/?department={world.service.pk}&owner=accepted"
    assert list(search("d: serv")) == ["department"]
    with world.inside():
        type(world.service).objects.update(archived_at=timezone.now())
    assert "department" not in search("serv")


@pytest.mark.parametrize("who", ["vi", "ivo"])
def test_a_feed_is_found_by_its_name_and_by_its_connection(world, search, who):
    rows = world.fill_acme()
    for words in ("push feed", "PUSH canary"):
        [found] = search(words, who)["feed"].choices
        assert found.text == rows["push_feed"].name
        assert found.url == f"/w/acme/feeds/{rows['push_feed'].pk}/"
    assert list(search("f: push", who)) == ["feed"]


def test_many_departments_and_feeds_ask_no_more(world, sign_in):
    rows = world.fill_acme()
    client = sign_in(world.ada)
    few = {each: _queries(client, each) for each in ("page", "palette", "recent")}
    with world.inside():
        for number in range(20):
            type(world.service).objects.create(name=f"Canary {number}")
            feed = rows["push_feed"]
            type(feed).objects.create(
                name=f"Canary {number}", connection=feed.connection, source=feed.source, mapping={}
            )
    assert {each: _queries(client, each) for each in few} == few
    assert max(few.values()) < 12
