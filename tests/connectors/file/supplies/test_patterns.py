"""Name patterns: * for any letters, ? for one, everything else for itself."""

import pytest

from connectors.systems.file.patterns import matcher, trouble


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("*", "anything.csv", True),
        ("*.csv", "a.csv", True),
        ("*.csv", "a.csv.gz", False),
        ("*.csv*", "a.csv.gz", True),
        ("nps-????.csv", "nps-2026.csv", True),
        ("nps-????.csv", "nps-26.csv", False),
        ("*.CSV", "a.csv", True),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-c-b", False),
        ("[ab].csv", "a.csv", False),
        ("[ab].csv", "[ab].csv", True),
        ("a.csv", "aXcsv", False),
        ("", "a", False),
        ("**", "", True),
        ("?", "ß", True),
    ],
)
def test_it_fits_or_not(pattern, name, fits):
    assert matcher(pattern)(name) is fits


@pytest.mark.parametrize("pattern", ["", "  ", "a/b", "a\\b", "a\nb", "x" * 201])
def test_what_is_wrong_with_it_is_said(pattern):
    assert trouble(pattern)


def test_a_good_one_has_no_trouble():
    assert trouble("answers-2026-??.csv") == ""
