"""Sortable headers: the URL names the order, a second click turns it round."""

from django.test import RequestFactory

from cxhub.web.sorting import Column, headers, ordering, sort_of

ORDERS = {"name": ["name"], "worst": ["-gap", "name"]}
COLUMNS = [Column("Name", "name"), Column("Gap", "worst", is_number=True), Column("Owner")]


def ask(query=""):
    return RequestFactory().get(f"/?{query}")


def test_an_unknown_key_gives_the_default():
    assert sort_of(ask("sort=password"), ORDERS, default="name") == "name"
    assert sort_of(ask(), ORDERS, default="-worst") == "-worst"
    assert sort_of(ask("sort=-worst"), ORDERS, default="name") == "-worst"


def test_descending_turns_every_field_round():
    assert ordering("worst", ORDERS) == ["-gap", "name"]
    assert ordering("-worst", ORDERS) == ["gap", "-name"]


def test_the_sorted_column_links_to_the_other_direction():
    name, gap, owner = headers(ask("sort=name&q=x&page=3"), COLUMNS, sort="name")
    assert (name.sort, name.url) == ("ascending", "?sort=-name&q=x")
    assert (gap.sort, gap.url) == ("none", "?sort=worst&q=x")
    assert (owner.sort, owner.url) == ("", "")


def test_a_descending_column_links_back_to_ascending():
    assert headers(ask("sort=-name"), COLUMNS, sort="-name")[0].url == "?sort=name"
