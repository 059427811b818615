"""Control totals: sums that a file should have, and a sentence for each that it does not have."""

import pytest

from connectors.base import Checked, SetupProblem
from connectors.systems.file import totals
from connectors.systems.file.looking import Head
from connectors.systems.file.sniff import sniff
from insights.models import Reading
from tests.connectors.desk import ANSWERS, BERLIN, VALUES, bring, csv_of, read

HEADER = ("touchpoint", "month", "value")
FILE = csv_of(
    ("Desk", "2018-10", 10),
    ("Gate", "2018-10", 5.5),
    ("Desk", "2018-11", 7),
    ("Gate", "2018-11", "many"),
    header=HEADER,
)


def checked(**said):
    return next(record for record in read(FILE, VALUES.changed(**said)) if isinstance(record, Checked))


def test_totals_that_agree_are_counted():
    assert checked(total=22.5, totals=(("2018-10", 15.5), ("2018-11", 7))) == Checked(3)


def test_each_total_that_differs_is_said_in_a_sentence():
    found = checked(total=22, totals=(("2018-10", 20), ("2018-12", 3)))
    assert found.agreed == 0
    assert list(found.differences) == [
        "The whole file: the rows add up to 22.5, 0.5 more than the control total of 22.",
        "Oct 2018: the rows add up to 15.5, 4.5 less than the control total of 20.",
        "Dec 2018: the control total is 3, but the file has no such rows.",
        "Nov 2018: the rows add up to 7, but there is no control total.",
    ]


@pytest.mark.parametrize("totals", [(("2018", 22.5),), (("2018-Q4", 22.5),), (("2018-10-01", 15.5), ("2018-11-01", 7))])
def test_totals_may_be_of_any_period(totals):
    assert checked(totals=totals) == Checked(len(totals))


def test_answers_are_counted_or_any_column_is_added_up():
    data = csv_of(("Desk", "2018-10-03", 4), ("Desk", "2018-10-05", ""), ("Desk", "2018-10-05", 9))
    assert read(data, ANSWERS.changed(totals=(("2018-10", 2),)))[-1] == Checked(1)
    assert read(data, ANSWERS.changed(totals=(("2018-10", 4),), total_column="score"))[-1] == Checked(1)


def test_without_totals_nothing_is_checked():
    assert not any(isinstance(record, Checked) for record in read(FILE, VALUES))


def test_a_difference_is_a_warning_and_the_figures_land(world):
    run = bring(world, FILE, VALUES.changed(totals=(("2018-10", 15.5), ("2018-11", 9))))
    assert (run.state, run.rows_read, run.rows_rejected) == ("done", 4, 1)
    assert run.checks == {
        "agreed": 1,
        "differences": ["Nov 2018: the rows add up to 7, 2 less than the control total of 9."],
    }
    with world.inside():
        assert Reading.objects.filter(grain="month").count() == 3


def look(data):
    return totals.read(*sniff(Head([data])), BERLIN)


def test_a_file_of_totals_is_read_by_its_names():
    data = csv_of(
        (2018, "2018-10", "1,015"), (2018, "2018-11", "7"), header=("year of report", "month", "claimed_total")
    )
    assert look(data)["columns"] == ["month", "claimed_total"]
    assert look(data)["totals"] == [("2018-10", 1015.0), ("2018-11", 7.0)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (csv_of(("a", "b"), header=("x", "y")), "needs a column of periods"),
        (csv_of(("2018-10", 5), ("2018-10", 6), header=("month", "total")), "two control totals"),
        (csv_of(*[(f"{n // 365 + 1990}-01-01", n) for n in range(1)], header=("month", "name")), None),
    ],
)
def test_a_file_that_holds_no_totals_is_explained(data, says):
    if says is None:
        assert look(data)["totals"]
        return
    with pytest.raises(SetupProblem, match=says):
        look(data)
