"""A mail server, and a comment that mentions Eli."""

import pytest

from tests.orgs.notifications.post_office import open_office


@pytest.fixture
def office(settings):
    settings.BASE_URL = "https://cx.acme.example"
    with open_office(settings) as office:
        yield office
