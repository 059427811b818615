"""A map shows at the step that customers leave what was agreed on for where they go."""

from tests.governance.test_handoffs_measured import days, number


def lane(handing, drawn, member):
    page = handing.get(f"maps/{drawn.pk}/", member).content.decode()
    return page.split('id="lane-handoffs"')[1].split("</tr>")[0] if 'id="lane-handoffs"' in page else ""


def test_it_says_whether_it_is_agreed_and_kept(handing, world):
    drawn = handing.draw(handing.order, handing.visit)
    assert lane(handing, drawn, world.vi) == ""  # nothing is agreed on: no empty row
    made = handing.propose(wait_kpi=number(handing, "mean", days(9), unit="days"))
    shown = lane(handing, drawn, world.vi)
    assert f'href="/w/acme/handoffs/{made.pk}/"' in shown
    assert "To Visit" in shown
    assert "Waiting" in shown
    handing.post(f"handoffs/{made.pk}/agreement/", world.lea, terms=1)
    assert "Broken" in lane(handing, drawn, world.vi)
    handing.post(f"handoffs/{made.pk}/ending/", world.lea, reason="Over")
    assert lane(handing, drawn, world.vi) == ""


def test_one_to_a_touchpoint_elsewhere_stands_on_no_map(handing, world):
    drawn = handing.draw(handing.order)
    handing.propose()
    assert lane(handing, drawn, world.vi) == ""
