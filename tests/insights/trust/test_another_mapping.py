"""A feed that is read in another way gives other numbers: what its owner certified is unconfirmed again."""

import pytest
from django.utils import timezone

from insights.models import Kpi
from insights.services import trust
from tests.connectors.desk import ANSWERS, bring, csv_of, give

ROWS = [("Desk", "2018-05-07", 4), ("Desk", "2018-05-08", 5)]


@pytest.fixture
def certified(world):
    run = bring(world, csv_of(*ROWS))
    with world.inside():
        kpi = Kpi.objects.get(source=run.feed.source)
        trust.name_owner(kpi=kpi, owner=world.con, by=world.ada)
        trust.certify(kpi=kpi, by=world.con, now=timezone.now())
    return run.feed


def standing(world, feed):
    with world.inside():
        return Kpi.objects.get(source=feed.source).standing


def test_another_way_to_count_silence_takes_the_certificate_back(world, certified):
    give(world, csv_of(*ROWS, ("Desk", "2018-05-09", "")), ANSWERS.changed(blank="not_asked"), feed=certified)
    assert standing(world, certified) == "unconfirmed"


def test_the_next_file_read_the_same_way_keeps_it(world, certified):
    bring(world, csv_of(("Desk", "2018-05-10", 3)), feed=certified)
    assert standing(world, certified) == "certified"


def test_a_file_that_is_only_written_differently_keeps_it(world, certified):
    bring(world, csv_of(("Desk", "2018-05-10", 3), delimiter=";"), ANSWERS.changed(delimiter=";"), feed=certified)
    assert standing(world, certified) == "certified"
