"""JSON of another program becomes a map: what its lists mean is guessed, shown, and changed by a person."""

import json
import re
from pathlib import Path

import pytest

from journeys.models import Map, MapImport
from journeys.pipelines.map_import import foreign, parts
from tests.journeys.maps.map_files import accepted, document_of, sent

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "journey_maps"
VETERANS = DATA / "va_journeys_of_veterans.json"
ROUTES = {
    "info": {"title": "Moving"},
    "blocks": [
        {
            "label": "Before",
            "moves": [
                {"label": "Pack", "is_key": True, "text": "I pack my things"},
                {"label": "Call", "is_key": False},
            ],
        },
        {"label": "After", "moves": [{"label": "pack", "is_key": False, "tools": ["Van", "Van"]}]},
    ],
}


def test_what_its_lists_mean_is_guessed_shown_and_changed(world, sign_in):
    client = sign_in(world.ada)
    answer = sent(client, json.dumps(ROUTES).encode())
    url = answer["Location"]
    page = client.get(url).content.decode()
    assert "1 phase · 2 stages · 3 steps" in page
    assert "2 steps are called “Pack”. All of them are kept." in page
    given = {"title": "Moving", "stages": "blocks", "stage_name": "label", "steps": "blocks.moves"}
    wrong = client.post(url, {**given, "steps": "blocks"})
    assert (wrong.status_code, "Choose one list for the stages" in wrong.content.decode()) == (422, True)
    given |= {"step_name": "label", "matters": "is_key=true", "lane:text": "notes", "lane:tools": "touchpoints"}
    looked = client.post(url, {**given, "look": "yes"}).content.decode()
    assert "Moments that matter: 1" in looked
    with world.inside():
        assert Map.objects.count() == 0
    accepted(client, client.post(url, given))
    with world.inside():
        told = document_of(Map.objects.get().pk)
        assert MapImport.objects.get().foreign is None
    assert [[step["name"] for step in stage["steps"]] for stage in told["stages"]] == [["Pack", "Call"], ["pack"]]
    assert [one["name"] for one in told["stages"][1]["steps"][0]["touchpoints"]] == ["Van"]
    names = {lane["uid"]: lane["name"] or lane["kind"] for lane in told["lanes"]}
    [pack, _call] = told["stages"][0]["steps"]
    written = {names[uid]: text for uid, text in pack["cells"].items()}
    assert written == {"notes": "I pack my things", "Moments that matter": "Moment that matters"}


def test_what_was_chosen_stays_while_what_the_parts_mean_is_changed(world, sign_in):
    client = sign_in(world.ada)
    url = sent(client, json.dumps(ROUTES).encode())["Location"]
    given = {"title": "Moving", "stages": "blocks", "stage_name": "label", "steps": "blocks.moves"}
    given |= {"step_name": "label", "lane:text": "notes", "lane:tools": "touchpoints"}
    look = client.post(url, given)["Location"]
    van = re.search(r'name="(touchpoints:[0-9a-f]+)"', client.get(look).content.decode())[1]
    chosen = {"title": "Moving out", van: "leave", f"{van}:name": "No\0body", "back": "yes"}
    assert client.post(look, chosen)["Location"] == url
    assert 'value="Moving out"' in client.get(url).content.decode()
    assert client.post(url, {**given, "title": "Moving out", "lane:text": ""})["Location"] == look
    page = client.get(look).content.decode()
    assert re.search(rf'<select name="{van}".*?value="leave" selected', page, re.S)
    assert re.search(rf'name="{van}:name" value="Nobody"', page)
    with world.inside():
        assert Map.objects.count() == 0


@pytest.mark.skipif(not VETERANS.exists(), reason="the shared data are not here")
def test_the_journeys_of_veterans_are_guessed_whole(world, sign_in):
    expected = json.loads((DATA / "expected.json").read_text())[VETERANS.name]
    client = sign_in(world.ada)
    answer = sent(client, VETERANS.read_bytes())
    page = client.get(answer["Location"]).content.decode()
    shown = dict(re.findall(r'<select name="([^"]+)"[^>]*>.*?value="([^"]*)" selected', page, re.S))
    [twice] = expected["duplicate_moment_names"]
    assert f"2 steps are called “{twice}”. All of them are kept." in page
    said = "{phases} phases · {life_stages} stages · {moments} steps".format(**expected)
    assert said in page
    assert f"Moments that matter: {expected['moments_that_matter']}" in page
    done = accepted(client, client.post(answer["Location"], {"title": "Veterans", **shown}))
    with world.inside():
        told = document_of(int(re.search(r"maps/(\d+)/", done["Location"])[1]))
    assert {stage["name"]: len(stage["steps"]) for stage in told["stages"]} == expected["moments_per_stage"]
    assert len({stage["phase"] for stage in told["stages"]}) == expected["phases"]
    steps = [step for stage in told["stages"] for step in stage["steps"]]
    [matters] = [lane["uid"] for lane in told["lanes"] if lane["name"] == "Moments that matter"]
    assert sum(matters in step["cells"] for step in steps) == expected["moments_that_matter"]
    assert sum(bool(step["touchpoints"]) for step in steps) == expected["moments_with_services"]
    assert sum(len(step["touchpoints"]) for step in steps) == expected["service_links"]
    placed = {one["id"] for step in steps for one in step["touchpoints"]}
    assert len(placed) == expected["distinct_service_names"] - 1  # two names differ in letter case alone


def test_a_list_that_lies_beside_the_stages_is_no_list_of_steps():
    found = {"stages": [{"name": "A"}], "steps": [{"name": "B"}]}
    with pytest.raises(parts.BadPart, match="does not lie inside"):
        foreign.document(found, foreign.Meaning(title="T", stages="stages", steps="steps"))
