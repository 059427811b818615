"""A page of a list: two queries, links that keep the filters, rows that never show twice."""

import pytest
from django.test import RequestFactory

from cxhub.web.pagination import page_url, paginate
from orgs.models import Department


def ask(query=""):
    return RequestFactory().get(f"/list/?{query}")


@pytest.fixture
def departments(inside):
    """Thirty departments, and "Service" of the cast."""
    Department.objects.bulk_create(Department(workspace=inside.acme, name=f"Team {n:02}") for n in range(30))
    return Department.objects.all()


def test_the_first_page_links_forward_only(departments):
    page = paginate(ask(), departments, per_page=10)
    assert (page.first, page.last, page.total, page.pages) == (1, 10, 31, 4)
    assert page.previous_url == ""
    assert page.next_url == "?page=2"


def test_the_last_page_holds_the_rest(departments):
    page = paginate(ask("page=4"), departments, per_page=10)
    assert (page.first, page.last, len(page.items)) == (31, 31, 1)
    assert page.next_url == ""


def test_links_keep_filters_and_encode_them(departments):
    page = paginate(ask("q=a%26b&department=1&department=2&page=2"), departments, per_page=10)
    assert page.next_url == "?q=a%26b&department=1&department=2&page=3"
    assert page.previous_url == "?q=a%26b&department=1&department=2"


@pytest.mark.parametrize("asked", ["0", "-1", "x", "", "1.5", "²", "9" * 400])
def test_a_senseless_page_number_gives_the_first_page(departments, asked):
    assert paginate(ask(f"page={asked}"), departments, per_page=10).number == 1


def test_a_number_beyond_the_end_gives_the_last_page(departments):
    assert paginate(ask("page=99"), departments, per_page=10).number == 4


def test_one_count_and_one_page_query_however_many_rows(departments, django_assert_num_queries):
    with django_assert_num_queries(2):
        paginate(ask("page=2"), departments, per_page=10)


def test_an_empty_list_is_one_empty_page(inside, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = paginate(ask(), Department.objects.filter(name="nobody"))
    assert (page.items, page.number, page.pages, page.first, page.last) == ([], 1, 1, 0, 0)


def test_rows_that_tie_show_once_each(departments):
    tied = departments.order_by("archived_at")
    seen = [row.pk for n in (1, 2, 3, 4) for row in paginate(ask(f"page={n}"), tied, per_page=10).items]
    assert len(set(seen)) == 31


def test_page_one_has_no_number():
    assert page_url(ask("page=7").GET, 1) == "?"
