"""Icons and status marks: drawn once, skipped by screen readers, each state with its own shape and word."""

from zipfile import ZipFile

import lucide
import pytest

from cxhub.web.icons import icon
from cxhub.web.marks import MARKS
from cxhub.web.templatetags import cx


def test_an_icon_is_one_path_and_hidden_from_screen_readers():
    drawn = icon("users", 18)
    assert drawn.count("<path") == 1
    assert 'aria-hidden="true"' in drawn
    assert 'width="18"' in drawn


def test_every_icon_of_the_package_can_be_drawn():
    with ZipFile(f"{lucide.__path__[0]}/lucide.zip") as package:
        for name in package.namelist():
            assert 'd="M' in icon.__wrapped__(name.removesuffix(".svg"))


def test_a_relative_start_does_not_hang_on_the_shape_before():
    assert 'd="M0 0m15 18-6-6 6-6"' in icon("chevron-left")


def test_a_name_that_is_no_icon_fails():
    with pytest.raises(lucide.IconDoesNotExist):
        icon("no-such-icon")


def test_every_status_has_a_shape_of_its_own():
    shapes = [mark.shape for mark in MARKS.values()]
    assert len(set(shapes)) == len(shapes)


def test_every_status_has_a_word_of_its_own():
    words = [str(mark.word) for mark in MARKS.values()]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Ada Moreau", "AM"), ("ada@acme.example", "A"), ("Ada de la Cruz", "AC"), ("", ""), ("🛋️", "🛋")],
)
def test_initials(name, expected):
    assert cx.initials(name) == expected
