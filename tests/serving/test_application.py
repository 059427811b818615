"""What uvicorn runs, with Django behind it."""

import pytest

from cxhub.asgi import application
from tests.serving.servers import serving


@pytest.mark.django_db(transaction=True)
def test_the_front_stands_before_django(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    with serving(application) as served:
        assert served.get("/healthz").body == b"ok\n"
        assert served.get("/readyz").body == b"ready\n"
        assert served.get("/static/no.css").body == b"There is no such file.\n"
        assert served.get("/").headers["location"].endswith("/?next=/")


def test_the_operator_sets_how_large_an_upload_may_be(settings):
    assert application.limits.upload_bytes == settings.MAX_UPLOAD_MB * 1024 * 1024
