"""The word of a release changes with whatever makes pages, and with nothing else."""

import pytest

from cxhub.web.release import release_of


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("old")
    (tmp_path / "tests").mkdir()
    return tmp_path


@pytest.mark.parametrize("changed", ["templates/page.html", "templates/new.html", "constraints.txt"])
def test_it_changes_with_what_makes_pages(tree, changed):
    before = release_of(tree)
    assert release_of(tree) == before
    (tree / changed).write_text("new")
    assert release_of(tree) != before


def test_a_moved_line_and_a_renamed_file_count(tree):
    before = release_of(tree)
    (tree / "templates" / "page.html").rename(tree / "templates" / "other.html")
    assert release_of(tree) != before


def test_tests_and_what_python_compiles_do_not_count(tree):
    before = release_of(tree)
    (tree / "tests" / "test_page.py").write_text("new")
    (tree / "templates" / "page.pyc").write_text("new")
    assert release_of(tree) == before
