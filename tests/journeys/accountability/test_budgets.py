"""Budget line, funding and teams: edited in place, told in history, narrowed by in both lists and in their files."""

import csv
import io
import re


def test_budget_and_funding_are_edited_in_place_and_history_tells(desk, world):
    spot = desk.owned("Hotline")
    for key, value in {"budget_line": "  Cost centre\n4711 ", "funding": "asked"}.items():
        path = f"touchpoints/{spot.pk}/fields/{key}/"
        version = re.search(r'name="version" value="(\d+)"', desk.get(f"{path}?edit=yes", world.lea).content.decode())
        saved = desk.post(path, world.lea, value=value, version=version[1] if version else desk.again(spot).version)
        assert saved.status_code in {200, 302}, key
        assert desk.post(path, world.vi, value=value, version=1).status_code == 403
    page = desk.get(f"touchpoints/{spot.pk}/", world.vi).content.decode()
    assert "Cost centre 4711" in page
    assert "Asked for" in page
    assert "Lea changed the funding" in desk.get(f"touchpoints/{spot.pk}/history/", world.vi).content.decode()
    path = f"touchpoints/{spot.pk}/fields/funding/"
    assert desk.post(path, world.lea, value="stolen", version=desk.again(spot).version).status_code == 422


def lines(desk, path, member):
    file = b"".join(desk.get(path, member).streaming_content).decode().lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(file)))


def test_lists_and_files_are_narrowed_by_funding_and_by_team(desk, world):
    sales = desk.department("Sales")
    desk.make("Hotline", funding="funded", budget_line="4711", designed_by=str(sales.pk), run_by=str(world.service.pk))
    desk.make("Letter", funding="cut", built_by=str(sales.pk))
    desk.make("Shop", tested_by=str(world.service.pk))
    asks = {
        "funding=funded": {"Hotline"},
        "funding=cut": {"Letter"},
        "funding=unsaid": {"Shop"},
        "funding=x": {"Hotline", "Letter", "Shop"},
    }
    teams = {
        f"designed_by={sales.pk}": {"Hotline"},
        f"built_by={sales.pk}": {"Letter"},
        f"tested_by={world.service.pk}": {"Shop"},
        f"run_by={world.service.pk}": {"Hotline"},
        "run_by=none": {"Letter", "Shop"},
        f"run_by=none&tested_by=none&built_by={sales.pk}": {"Letter"},
        f"run_by={sales.pk}": set(),
    }
    for query, expected in {**asks, **teams}.items():
        matrix = lines(desk, f"ownership.csv?{query}", world.vi)
        assert {line["Touchpoint"] for line in matrix} == expected, query
        shown = desk.get(f"ownership/?{query}", world.vi).content.decode().count('<tr id="touchpoint-')
        assert shown == len(expected), query
    for query, expected in asks.items():
        listed = lines(desk, f"touchpoints.csv?{query}", world.vi)
        assert {line["Touchpoint"] for line in listed} == expected, query
        page = desk.get(f"touchpoints/?{query}&col=funding&col=budget_line", world.vi).content.decode()
        assert page.count('<tr id="touchpoint-') == len(expected), query
    [line] = lines(desk, "ownership.csv?funding=funded", world.vi)
    assert [line[key] for key in ("Designed by", "Run by", "Budget line", "Funding")] == [
        "Sales",
        "Service",
        "4711",
        "Funded",
    ]
    assert "4711" in desk.get("touchpoints/?col=budget_line", world.vi).content.decode()
