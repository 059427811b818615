"""Every figure on the Overview, worked out again from readings in plain SQL and naive Python of its own."""

import re
from datetime import timedelta

from django.db import connection

from tests.days import local_today
from tests.insights.overview.company import BAD, GOOD, company, headline, kpi, last_month

URL = "/w/acme/overview/"
LATEST = """
    select k.id, k.touchpoint_id, t.name, k.direction, k.smallest_sample, k.watch_threshold, r.value, r.low, r.high,
           r.answered, r.asked, r.starts_on, b.value,
           (select value from insights_kpitarget g where g.kpi_id = k.id
             and g.valid_from <= (r.starts_on + interval '1 month' - interval '1 day')
             and coalesce(g.valid_until, 'infinity') >= (r.starts_on + interval '1 month' - interval '1 day')
             order by valid_from desc limit 1) as target,
           t.is_moment_of_truth, t.importance_to_customer, t.importance_to_company
      from insights_kpi k
      join journeys_touchpoint t on t.id = k.touchpoint_id and t.archived_at is null
      join insights_reading r on r.kpi_id = k.id and r.grain = 'month' and r.segment = ''
       and r.starts_on = (select max(x.starts_on) from insights_reading x where x.kpi_id = k.id and x.grain = 'month'
             and x.segment = '' and x.value is not null and x.starts_on < date_trunc('month', %s::date))
      left join insights_reading b on b.kpi_id = k.id and b.grain = 'month' and b.segment = ''
       and b.starts_on = r.starts_on - interval '1 month'
"""
PAST = "select value, high from insights_reading where kpi_id = %s and grain = 'month' and starts_on = %s"
PLACED = """
    select j.id, j.name, h.name, p.touchpoint_id
      from journeys_journey j
      join journeys_map m on m.journey_id = j.id and m.state = 'current' and m.archived_at is null
      join journeys_stage s on s.map_id = m.id
      join journeys_lifecyclephase h on h.id = s.phase_id
      left join journeys_step q on q.stage_id = s.id
      left join journeys_touchpointplacement p on p.step_id = q.id
     order by h.position
"""


def rows(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def status(value, low, high, answered, target, direction, smallest, watch):
    """The rule of the glossary, said again."""
    if value is None or target is None or (answered is not None and answered < smallest):
        return None
    low, high = (value, value) if low is None else (low, high)
    if direction == "lower":
        low, high, target = -high, -low, -target
    if high < target:
        return "off"
    return "on" if low >= target + watch else "watch"


def judged():
    """What each touchpoint's worst outcome is, with gap and importance."""
    found = {}
    for row in rows(LATEST, local_today()):
        pk, touchpoint, name, direction, smallest, watch, value, low, high, answered = row[:10]
        told = status(value, low, high, answered, row[13], direction, smallest, watch)
        if told:
            stated = [each for each in row[15:17] if each is not None] or [3]
            weight = sum(stated) / len(stated)
            gap = (value - row[13]) * (1 if direction == "higher" else -1)
            found[touchpoint] = (told, gap, name, weight, row[14], pk)
    return found


def health(ids, found):
    known = [found[pk] for pk in ids if pk in found]
    if not known or 3 * len(known) < len(ids):
        return "Not enough measured", known
    every = sum(each[3] for each in known)
    off = sum(each[3] for each in known if each[0] == "off")
    if any(each[0] == "off" and each[4] for each in known) or off / every >= 0.25:
        return "Off target", known
    on_watch = sum(each[3] for each in known if each[0] == "watch")
    return ("Watch" if off or on_watch / every >= 0.25 else "On target"), known


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def page(client):
    return client.get(URL).content.decode()


def section(html, key):
    """The part of the page from its heading on."""
    return re.search(rf'<section class="overview-panel overview-{key}".*?</section>', html, re.DOTALL)[0]


def test_every_cell_of_the_portfolio(world, sign_in):
    with world.inside():
        company(world, 9)
        found, placed = judged(), rows(PLACED)
    html = section(page(sign_in(world.eli)), "portfolio")
    phases = list(dict.fromkeys(row[2] for row in placed))
    seen = 0
    for line in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)[1:]:
        name = plain(re.search(r'<a class="clamp" href="[^"]+" dir="auto">(.*?)</a>', line)[1])
        cells = re.findall(r"<td.*?</td>", line, re.DOTALL)
        of_journey = {row[3] for row in placed if row[1] == name and row[3]}
        expected = [of_journey] + [
            {row[3] for row in placed if row[1] == name and row[2] == phase and row[3]} for phase in phases
        ]
        for cell, ids in zip(cells, expected, strict=True):
            told, known = health(ids, found)
            shown = plain(cell)
            assert shown.startswith(told)
            assert f"{len(known)} of {len(ids)} measured" in shown
            if known:
                rank = {"off": 0, "watch": 1, "on": 2}
                _status, gap, *_rest = min(known, key=lambda each: (rank[each[0]], each[1]))
                assert f"{abs(gap):.2f} {'worse' if gap < 0 else 'better'}" in shown
            seen += 1
    assert seen == 9 * 5


def test_the_sentence_the_counts_and_the_headline(world, sign_in):
    with world.inside():
        company(world, 9)
        overall = kpi(world, None, [GOOD, BAD])
        headline(overall)
        found, placed = judged(), rows(PLACED)
        total = rows("select count(*) from journeys_touchpoint where archived_at is null")[0][0]
        unowned = rows("select count(*) from journeys_touchpoint where accountability <> 'accepted'")[0][0]
        value, asked = rows(
            "select value, asked from insights_reading where kpi_id = %s and grain = 'month' and starts_on = %s",
            overall.pk,
            last_month().starts_on,
        )[0]
    html = page(sign_in(world.eli))
    journeys = {row[0] for row in placed}
    off = sum(
        health({row[3] for row in placed if row[0] == each and row[3]}, found)[0] == "Off target" for each in journeys
    )
    kpis_off = sum(each[0] == "off" for each in found.values()) + 1  # and the headline
    assert f"{off} of {len(journeys)} journeys are off target." in plain(html)
    assert f"{unowned} of {total} touchpoints have no owner" in plain(html)
    assert f"{kpis_off} of {kpis_off} off target have nobody acting" in plain(html)
    assert f"All {kpis_off} off target" in plain(html)
    head = plain(section(html, "headlines"))
    for words in (f"{value:.2f}", "Target 4.45", f"{4.45 - value:.2f} worse", "Down 3.00 since"):
        assert words in head
    assert asked == 200


def test_the_risks(world, sign_in):
    """Severity x reach x age: the gap by the width of the scale, those asked in 30 days, days since it is off."""
    with world.inside():
        company(world, 9)
        expected = []
        for row in rows(LATEST, local_today()):
            told = status(row[6], row[7], row[8], row[9], row[13], row[3], row[4], row[5])
            if told == "off":
                start = row[11]
                while True:
                    before = (start - timedelta(days=1)).replace(day=1)
                    past = rows(
                        PAST,
                        row[0],
                        before,
                    )
                    if not past or past[0][1] >= row[13]:
                        break
                    start = before
                month_days = ((row[11].replace(day=28) + timedelta(days=4)).replace(day=1) - row[11]).days
                score = (row[13] - row[6]) / 4 * row[10] * 30 / month_days * (local_today() - start).days
                expected.append((-score, row[0], row[2], (local_today() - start).days, row[10] * 30 / month_days))
    html = page(sign_in(world.eli))
    part = html[html.index('id="risks-title"') : html.index('id="nobody-acting-title"')]
    shown = [plain(each) for each in re.findall(r"<li>.*?</li>", part, re.DOTALL)]
    expected.sort()
    assert len(shown) == min(5, len(expected)) == 5
    for line, (score, _pk, name, days, reach) in zip(shown, expected, strict=False):
        assert f"· {name} " in line
        assert f"{round(reach):,} customers in 30 days" in line
        assert f"{days} days" in line
        assert f"= {round(-score):,}" in line


def test_a_planted_untruth_is_seen(world, sign_in):
    """The oracle is worth something: a reading changed behind the page's back changes what it says."""
    with world.inside():
        company(world, 1)
        found = judged()
        worst = min(found.values(), key=lambda each: each[1])
        rows_before = page(sign_in(world.eli))
    with world.inside(), connection.cursor() as cursor:
        cursor.execute("update insights_reading set value = 4.9, low = 4.8, high = 5 where kpi_id = %s", [worst[5]])
    with world.inside():
        assert judged() != found
    assert page(sign_in(world.eli)) != rows_before
