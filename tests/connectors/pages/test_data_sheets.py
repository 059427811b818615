"""Each kind brings a data sheet for the security review, for everybody to read; and what it says is so."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import reverse

from connectors import registry, walks
from connectors.base import DataSheet
from connectors.queries import data_sheets
from connectors.queries.expiries import WARNED_DAYS
from connectors.rows import reading
from connectors.systems.file import bounded
from cxhub.lib import http
from cxhub.lib.bounded import asking
from cxhub.lib.outbound.rules import Rules

KINDS = sorted(registry.CONNECTORS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_one_with_an_answer_to_each_question(kind):
    found = data_sheets.sections(kind)
    assert len(found) == 7
    assert all(all(map(str, sentences)) and sentences for _heading, sentences in found)


@pytest.mark.parametrize("sheet", [None, "see our site"], ids=["none", "no-sheet"])
def test_a_kind_without_one_is_refused(sheet):
    with pytest.raises(ValueError, match="needs a data_sheet"):
        registry.register(SimpleNamespace(kind="unwritten", name="Unwritten", data_sheet=sheet))
    assert "unwritten" not in registry.CONNECTORS


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_who_reads_the_workspace_reads_it(world, page, kind):
    text = page("data_sheet", kind, by=world.vi)
    for heading, _sentences in data_sheets.sections(kind):
        assert heading in text


def test_a_kind_that_does_not_exist_is_not_found(page):
    page("data_sheet", "telepathy", status=404)


@pytest.mark.parametrize(("name", "kind"), [("http_json_new", "http_json"), ("upload_new", "file")])
def test_the_page_that_sets_a_kind_up_leads_to_it(world, page, name, kind):
    assert reverse("data_sheet", args=[world.acme.slug, kind]) in page(name)


def words(kind: str) -> str:
    sheet = registry.data_sheet(kind)
    assert isinstance(sheet, DataSheet)
    return " ".join(str(sentence) for _heading, sentences in data_sheets.sections(kind) for sentence in sentences)


def test_what_the_sheet_of_files_says_is_so():
    told, reading = words("file"), bounded.READING
    assert f"{settings.MAX_UPLOAD_MB} MB" in told
    assert f"{reading.memory_bytes // 1024**3} GB of memory" in told
    assert f"{reading.cpu_seconds // 60} minutes of processor time" in told
    assert not {"DATABASE_URL", "ENCRYPTION_KEYS", "SECRET_KEY"} & set(asking.KEPT)


def test_what_the_sheet_of_json_says_is_so():
    told, rules = words("http_json"), Rules()
    assert f"at most {rules.deadline_seconds:g} seconds" in told
    assert f"at most {rules.most_bytes // 1024**2} MiB" in told
    assert f"at most {walks.MOST_PAGES:,} pages" in told
    assert f"Up to {http.MOST_REDIRECTS} redirects" in told
    assert f"up to {reading.LONGEST_SHOWN} characters" in told
    assert "{} and {} days before".format(*WARNED_DAYS) in told
