"""An editor makes a signing secret by keyboard; the example of the how-to posts with it as it stands."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import needed, violations
from tests.governance.expecting import Expecting

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]
HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "expect-things-of-a-touchpoint.md"


def example(secret, address):
    """Run the example word by word; returns what came back."""
    (script,) = re.findall(r"```sh\n(BODY=.*?)```", HOW_TO.read_text(), re.DOTALL)
    told = {**os.environ, "SECRET": secret, "ADDRESS": address}
    done = subprocess.run(["sh", "-euc", script], env=told, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_secret_is_made_once_and_the_example_posts_with_it(committed_world, sign_in, site, page, wear):
    expected = Expecting(committed_world, sign_in)
    made = expected.posted()
    wear(page, committed_world.max)
    page.goto(f"{site}/w/acme/expectations/{made.pk}/")
    page.get_by_role("button", name="Make a signing secret").press("Enter")
    secret = page.get_by_label("Signing secret").input_value()
    address = page.get_by_label("Address for signed results").input_value()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []

    assert example(secret, address) == '{"result": "accepted", "id": "nightly-812"}'
    assert example(secret, address) == '{"result": "duplicate", "id": "nightly-812"}'
    page.goto(f"{site}/w/acme/expectations/{made.pk}/")
    expect(page.get_by_label("Signing secret")).to_have_count(0)
    expect(page.get_by_role("row").filter(has_text="2 of 41 failed")).to_be_visible()
    assert expected.told() == ["Lea"]
