"""Rules every template keeps: the CSP allows nothing inline, and a component says what it needs."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.TEMPLATES[0]["DIRS"][0])
TEMPLATES = sorted(ROOT.rglob("*.html"))
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script with text": re.compile(r"<script(?![^>]*\bsrc=)"),
    "an event attribute": re.compile(r"\s(?:on[a-z]+|hx-on[:\w-]*)\s*="),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "an address elsewhere": re.compile(r"(?:src|href|action)=[\"']?(?:https?:)?//"),
    "markup marked safe": re.compile(r"\|\s*safe\b|autoescape off"),
}

# Programs that read mails pass stylesheets over; these are never served to a browser, and keep all other rules.
LETTERS = {"orgs/mail.html", "orgs/mail_base.html", "orgs/mail_digest.html", "orgs/_mail_button.html"}
OF_LETTERS = {"a style attribute", "a style element"}


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline(path):
    source, allowed = path.read_text(), OF_LETTERS if name(path) in LETTERS else set()
    assert [what for what, pattern in INLINE.items() if what not in allowed and pattern.search(source)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_compiles(path):
    get_template(name(path))


@pytest.mark.parametrize("path", sorted((ROOT / "components").glob("*.html")), ids=name)
def test_a_component_says_first_what_it_needs(path):
    first = [line for line in path.read_text().splitlines() if not line.startswith("{% load")][0]
    assert first.startswith("{# needs")


@pytest.mark.parametrize("sample", ['<p style="x">', "<style>", "<script>", '<a onclick="x">', '<b hx-on:click="x">'])
def test_the_rules_would_catch(sample):
    assert any(pattern.search(sample) for pattern in INLINE.values())


def test_scripts_of_our_own_are_not_caught():
    assert not INLINE["a script with text"].search('<script src="/static/js/app.js" defer></script>')
